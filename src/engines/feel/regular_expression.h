/// Regular expressions as XPath writes them (DMN 1.5, 10.3.4.3), over PCRE2. What would run for ever ends in
/// an error: the work of one match is bounded.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ballast::feel {

class RegularExpression {
public:
    /// `flags` of s, m, i, x, q. Error: invalid "feel.bad_pattern" {pattern, detail}.
    static Result<RegularExpression> compile(std::string_view pattern, std::string_view flags);

    // Errors of all three: invalid "feel.pattern_too_slow".
    Result<bool> matches(std::string_view text) const;
    /// `$1` is a group, `$0` the whole match, `\$` and `\\` are themselves. Errors: invalid
    /// "feel.bad_replacement", "feel.empty_match" when the pattern matches nothing at all, "feel.too_large".
    Result<std::string> replace(std::string_view text, std::string_view replacement,
                                std::size_t longest) const;
    /// The pieces between the matches.
    Result<std::vector<std::string>> split(std::string_view text, std::size_t most) const;

private:
    struct Match {
        std::size_t first, last;
        std::vector<std::pair<std::size_t, std::size_t>> groups;
    };
    Result<std::vector<Match>> all_matches(std::string_view text, std::size_t most) const;
    std::shared_ptr<const void> code_;
    bool literal_ = false;
};

}  // namespace ballast::feel
