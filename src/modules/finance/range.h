/// Bounds of what people enter, so that exact products of it always fit into a Decimal.
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::finance {

inline Error out_of_range(std::string_view name, std::string value) {
    return invalid("finance.out_of_range").with("name", std::string(name)).with("value", std::move(value));
}

/// 0 <= rate < 1 with at most 6 places.
inline Result<void> check_rate(std::string_view name, Decimal rate) {
    if (rate < 0 || rate >= 1 || rate.rounded(6, Rounding::down) != rate)
        return out_of_range(name, rate.plain());
    return {};
}

/// Above 0 and below a trillion yuan.
inline Result<void> check_amount(std::string_view name, Money amount) {
    if (amount <= Money() || amount >= Money::yuan(1'000'000'000'000))
        return out_of_range(name, amount.plain());
    return {};
}

}  // namespace ballast::finance
