/// A relation that the text states between some of its figures, and whether they keep it. Exact arithmetic; a
/// printed ratio may be off by half of its last digit, as rounding leaves it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "figures/mention.h"

namespace ballast::figures {

/// The figures of a relation stand in the order named here.
enum class Law : std::uint8_t {
    sum,            // total, part, part ...: total = sum of the parts
    hundred,        // share, share ...: together 100
    at_most,        // part, total: part <= total
    at_most_whole,  // percent: not above 100
    more,           // before, after: before < after
    less,           // before, after: before > after
    same,           // a, b
    rise,           // before, change, after: before + change = after
    fall,           // before, change, after: before - change = after
    growth,         // before, after, percent: after = before * (1 + percent / 100)
    decline,        // before, after, percent
    grown_by,       // after, change, percent: change / (after - change)
    declined_by,    // after, change, percent: change / (after + change)
    share,          // part, total, percent
    quotient,       // total, count, average
    product,        // rate, count, rate, count ..., total: total = sum of each rate times its count
    times,          // a, b, n: a = n * b
    times_more,     // before, after, n: after = before * (1 + n)
};

/// A printed figure: its value in the base unit, and what its last printed digit is worth.
struct Number {
    Decimal value;
    Decimal last_digit = 1;
    bool rounded = false;  // printed with places, or in 亿
};

/// nullopt for a mention without value, or too long to be reckoned with.
std::optional<Number> number_of(const Mention& mention);

enum class Outcome : std::uint8_t {
    kept,
    rounding,  // off by more than the rounding of the result, but not by that of what it is made from
    broken,
};

struct Reckoning {
    Outcome outcome = Outcome::kept;
    std::size_t printed = 0;  // which of the figures the computed value should be
    Decimal computed;         // in the base unit
};

Reckoning reckon(Law law, std::span<const Number> figures);
/// The outcome alone, without the division that a ratio's computed value takes.
Outcome outcome_of(Law law, std::span<const Number> figures);

/// `value` as the figure is printed: in its scale, without its unit. 54542 for 545420000 beside 52252万元.
std::string in_print(const Mention& like, Decimal value, std::optional<int> places = std::nullopt);

/// One digit of a figure made another.
struct DigitChange {
    std::size_t at = 0;  // in the text
    char32_t digit = 0;
    Number number;  // the figure then
};
using DigitUse = std::function<bool(const DigitChange&)>;

/// Every change of one digit, until `use` says that it is enough; whether it did. None of a figure whose
/// value is not its digits' (1/3).
bool any_digit_change(const Mention& mention, std::u32string_view text, const DigitUse& use);
bool is_one_digit_from(const Mention& mention, std::u32string_view text, Decimal needed);

/// The figure with one digit changed, each way: "10307" gives "00307"... but for those that begin with a
/// nought that was not there.
struct OneDigit {
    std::string printed;
    Number number;
};
std::vector<OneDigit> one_digit_changes(const Mention& mention, std::u32string_view text);

}  // namespace ballast::figures
