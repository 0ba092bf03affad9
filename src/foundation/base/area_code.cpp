#include "base/area_code.h"

#include <algorithm>

namespace ballast {

Result<AreaCode> AreaCode::parse(std::string_view digits) {
    constexpr std::size_t lengths[] = {2, 4, 6, 9, 12};
    const bool length_known = std::ranges::find(lengths, digits.size()) != std::end(lengths);
    if (!length_known || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return invalid("area.malformed").with("expected", "513431");
    std::int64_t n = 0;
    for (std::size_t i = 0; i < 12; ++i) n = n * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return AreaCode(n);
}

std::string AreaCode::digits() const {
    const std::string n = std::to_string(number_);
    return std::string(12 - n.size(), '0') + n;
}

std::string AreaCode::short_digits() const {
    constexpr std::size_t used[] = {2, 2, 4, 6, 9, 12};  // the nation is written "00"
    return digits().substr(0, used[static_cast<int>(level())]);
}

}  // namespace ballast
