/// FEEL text as tokens. A name comes as its single words; the parser joins them, because only the scope
/// knows where a name with spaces ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/value.h"

namespace ballast::feel {

struct Token {
    enum class Kind : std::uint8_t { word, number, string, symbol, end };
    Kind kind = Kind::end;
    std::string text;  // words, digits, or the symbol; of strings what they mean
    Place place;
    std::size_t first = 0;  // code points
    std::size_t last = 0;   // one past the end
};

/// Ends with a token `end`. Full-width forms outside of strings come out half-width.
Result<std::vector<Token>> tokens(std::string_view text, std::string_view source);

/// The words of a name, as the lexer splits it: "a+b c" is {"a", "+", "b", "c"}.
std::vector<std::string> words_of(std::string_view name);

}  // namespace ballast::feel
