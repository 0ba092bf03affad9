/// Checks the figures of a text against each other: what the text itself states must hold (domain
/// specification §1.4, C1 to C14). It repairs nothing and knows nothing but the text: where the text does not
/// say that figures belong together, nothing is said of them.
///
/// Pure and linear in the length of the text; relations lie within a sentence, a paragraph or an item.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "figures/mention.h"
#include "figures/outline.h"

namespace ballast::figures {

enum class Verdict : std::uint8_t {
    holds,
    fails,           // the text states a relation and contradicts it
    warn,            // something is amiss that a person should look at
    derived,         // follows from what is printed; the text does not state it
    plausible,       // agrees as far as rounding and missing dates let one say
    not_comparable,  // unlike units or bases
    unverifiable,    // an open list (等), or nothing to hold it against
};
std::string_view to_string(Verdict verdict);

struct Finding {
    Verdict verdict = Verdict::holds;
    std::string check;        // "C1"
    std::vector<Span> where;  // the figures or words of this relation and no others, in order
    std::string printed;      // the two numbers, names or words that disagree (or agree)
    std::string computed;
    std::vector<std::string>
        candidates;      // "1942→1642": changes of one digit that satisfy every relation of the figure
    std::string reason;  // a word id; its places are {printed} and {computed}
};

/// `mentions` in the order of the text, as extract gives them. The findings come in the order of the text.
std::vector<Finding> check(std::u32string_view text, const std::vector<Mention>& mentions);
std::vector<Finding> check(std::u32string_view text, const std::vector<Mention>& mentions,
                           const Outline& outline);
/// As check; `compared` grows by how many figures were held against others. For tests that count work instead
/// of time.
std::vector<Finding> check_counting(std::u32string_view text, const std::vector<Mention>& mentions,
                                    std::size_t& compared);

}  // namespace ballast::figures
