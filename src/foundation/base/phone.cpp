#include "base/phone.h"

#include "base/text.h"

namespace ballast {
namespace {

Error malformed() { return invalid("phone.malformed").with("expected", "0834-2123456"); }

// Beijing and the numbers 02x have three digits, all others four: 010, 021, 0834.
std::size_t area_code_length(std::string_view digits) {
    return digits.starts_with("01") || digits.starts_with("02") ? 3 : 4;
}

}  // namespace

Result<Phone> Phone::parse(std::string_view written) {
    std::string digits;
    const std::string narrow = text::half_width(text::trimmed(written));
    for (const char32_t c : text::code_points(narrow)) {
        const bool leading_plus = c == '+' && digits.empty();
        if (c == ' ' || c == 0xA0 || c == '-' || c == 0x2010 || c == 0x2013 || c == 0x2014 || c == '(' ||
            c == ')')
            continue;
        if (!leading_plus && (c < '0' || c > '9')) return malformed();
        digits.push_back(static_cast<char>(c));
    }
    std::string_view s = digits;
    for (const std::string_view prefix : {"+86", "0086"})
        if (s.starts_with(prefix)) s.remove_prefix(prefix.size());
    if (s.starts_with("86") && s.size() == 13) s.remove_prefix(2);

    Phone phone;
    if (s.size() == 11 && s[0] == '1' && s[1] >= '3') {
        phone.text_ = s;
        return phone;
    }
    if (s.size() < 10 || s[0] != '0' || s[1] == '0' || s.find('+') != s.npos) return malformed();
    const auto area = s.substr(0, area_code_length(s));
    const auto local = s.substr(area.size());
    if (local.size() < 7 || local.size() > 8 || local[0] < '2') return malformed();
    phone.text_ = std::string(area) + "-" + std::string(local);
    return phone;
}

std::string Phone::masked() const {
    const std::string_view s = text_;
    if (is_mobile()) return std::string(s.substr(0, 3)) + "****" + std::string(s.substr(7));
    const auto local = s.find('-') + 1;
    return std::string(s.substr(0, local)) + "****" + std::string(s.substr(local + 4));
}

}  // namespace ballast
