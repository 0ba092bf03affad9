/// Codes of the five-level division: 12 digits (province 2, prefecture 2, county 2, township 3, village 3),
/// the unused levels zero. Statistical code of the National Bureau of Statistics over GB/T 2260.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

enum class AreaLevel : std::uint8_t { nation, province, prefecture, county, township, village };

class AreaCode {
public:
    /// The whole country, 000000000000.
    constexpr AreaCode() = default;

    /// 2, 4, 6, 9 or 12 digits; shorter ones are filled with zeros. Whether such an area exists, and in
    /// which year, the module `areas` knows. Error: invalid, "area.malformed".
    static Result<AreaCode> parse(std::string_view digits);
    static constexpr std::optional<AreaCode> from_number(std::int64_t n) {
        if (n < 0 || n > 999'999'999'999) return std::nullopt;
        return AreaCode(n);
    }

    constexpr std::int64_t number() const { return number_; }
    std::string digits() const;  // always 12
    /// Without the zeros of unused levels: "51", "5134", "513431", "513431100", "513431100200".
    std::string short_digits() const;

    constexpr AreaLevel level() const {
        if (number_ == 0) return AreaLevel::nation;
        if (number_ % 10'000'000'000 == 0) return AreaLevel::province;
        if (number_ % 100'000'000 == 0) return AreaLevel::prefecture;
        if (number_ % 1'000'000 == 0) return AreaLevel::county;
        if (number_ % 1'000 == 0) return AreaLevel::township;
        return AreaLevel::village;
    }
    /// The area itself when it is at that level or above it.
    constexpr AreaCode at(AreaLevel wanted) const {
        constexpr std::int64_t unit[] = {1'000'000'000'000, 10'000'000'000, 100'000'000, 1'000'000, 1'000, 1};
        return AreaCode(number_ - number_ % unit[static_cast<int>(wanted)]);
    }
    constexpr AreaCode parent() const {
        const auto here = level();
        return here == AreaLevel::nation ? *this : at(static_cast<AreaLevel>(static_cast<int>(here) - 1));
    }
    /// All codes inside this area, itself included, are first()..last() as numbers.
    constexpr std::int64_t first() const { return number_; }
    constexpr std::int64_t last() const {
        constexpr std::int64_t unit[] = {1'000'000'000'000, 10'000'000'000, 100'000'000, 1'000'000, 1'000, 1};
        return number_ + unit[static_cast<int>(level())] - 1;
    }
    constexpr bool contains(AreaCode other) const {
        return first() <= other.number_ && other.number_ <= last();
    }

    friend constexpr auto operator<=>(AreaCode, AreaCode) = default;

private:
    constexpr explicit AreaCode(std::int64_t n) : number_(n) {}
    std::int64_t number_ = 0;
};

}  // namespace ballast

template <>
struct std::hash<ballast::AreaCode> {
    std::size_t operator()(ballast::AreaCode code) const noexcept {
        return std::hash<std::int64_t>{}(code.number());
    }
};
