#include "base/credit_code.h"

#include <algorithm>

#include "base/text.h"

namespace ballast {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // no I, O, S, V, Z

}  // namespace

char CreditCode::check_character(std::string_view first_17) {
    INVARIANT(first_17.size() == 17);
    std::size_t sum = 0;
    std::size_t weight = 1;  // of place i: 3^i mod 31
    for (const char c : first_17) {
        const auto value = alphabet.find(c);
        INVARIANT(value != std::string_view::npos);
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

Result<CreditCode> CreditCode::parse(std::string_view written) {
    CreditCode code;
    for (const char c : text::half_width(text::trimmed(written)))
        if (c != ' ') code.text_.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    const std::string_view s = code.text_;
    const bool area_is_digits = s.size() == 18 && s.substr(2, 6).find_first_not_of("0123456789") == s.npos;
    if (!area_is_digits || s.find_first_not_of(alphabet) != s.npos)
        return invalid("credit_code.malformed").with("expected", "18");
    if (s[17] != check_character(s.substr(0, 17)))
        return invalid("credit_code.checksum").with("expected", "GB 32100");
    return code;
}

}  // namespace ballast
