#include "figures/relation.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "figures/numerals.h"

namespace ballast::figures {
namespace {

using Numbers = std::span<const Number>;

// Two such coefficients and a factor of 1000 still fit into a Decimal.
constexpr std::size_t most_digits = 16;

constexpr std::int64_t power_of_ten(int n) { return n == 0 ? 1 : 10 * power_of_ten(n - 1); }

Decimal magnitude(Decimal d) { return d < Decimal{} ? -d : d; }

Decimal half(Decimal d) { return d * Decimal::from_parts(5, 1); }

Reckoning exact(std::size_t printed, Decimal was, Decimal should) {
    return {was == should ? Outcome::kept : Outcome::broken, printed, should};
}

enum class Wanted : std::uint8_t { computed, outcome };

// result = numerator / denominator * 100 (or * 1), within half a last digit of the result.
Reckoning ratio(Wanted wanted, Numbers figures, std::size_t at, Decimal numerator, Decimal slack_of_numerator,
                Decimal denominator, Decimal slack_of_denominator, int factor) {
    const Number& result = figures[at];
    if (denominator <= Decimal{}) return {Outcome::broken, at, {}};
    const Decimal target = numerator * factor;
    const Decimal off = magnitude(result.value * denominator - target);
    const Decimal allowed = half(result.last_digit) * denominator;
    const Decimal computed =
        wanted == Wanted::computed ? target.divided_by(denominator, 9, Rounding::half_up) : Decimal{};
    if (off <= allowed) return {Outcome::kept, at, computed};
    const Decimal inputs = slack_of_numerator * factor + slack_of_denominator * result.value;
    return {off <= allowed + magnitude(inputs) ? Outcome::rounding : Outcome::broken, at, computed};
}

Reckoning sum(Numbers figures) {
    // Each figure with places (105.2万) may be off by half of its last digit: such sums are doubtful, not
    // wrong.
    Decimal total, slack;
    for (const Number& part : figures.subspan(1)) total = total + part.value;
    for (const Number& figure : figures)
        if (figure.rounded) slack = slack + half(figure.last_digit);
    const Decimal off = magnitude(figures[0].value - total);
    if (off == Decimal{}) return {Outcome::kept, 0, total};
    return {off <= slack ? Outcome::rounding : Outcome::broken, 0, total};
}

Reckoning moved(Numbers f, bool up) {
    const Decimal should = up ? f[0].value + f[1].value : f[0].value - f[1].value;
    const Decimal off = magnitude(should - f[2].value);
    const auto [least, most] = std::minmax({f[0].last_digit, f[1].last_digit, f[2].last_digit});
    // 18.6万人 less 6850人 is a rounded number of people; percentages are as printed.
    if (off == Decimal{} || (most > Decimal{1} && least != most && off <= half(most)))
        return {Outcome::kept, 2, should};
    return {Outcome::broken, 2, should};
}

Reckoning product(Numbers f) {
    const std::size_t last = f.size() - 1;
    Decimal should;
    for (std::size_t k = 0; k + 1 < last; k += 2) should = should + f[k].value * f[k + 1].value;
    const Decimal off = magnitude(should - f[last].value);
    const bool rounded = f[last].last_digit > Decimal{1} && off < half(f[last].last_digit);
    return {off == Decimal{} || rounded ? Outcome::kept : Outcome::broken, last, should};
}

}  // namespace

std::optional<Number> number_of(const Mention& mention) {
    if (!mention.value) return std::nullopt;
    const int scale = mention.value->scale();
    if (scale > static_cast<int>(most_digits) ||
        magnitude(*mention.value) >= Decimal{power_of_ten(static_cast<int>(most_digits) - scale)})
        return std::nullopt;
    if (mention.scale <= Decimal{} || mention.places < 0 || mention.places > 6) return std::nullopt;
    const Decimal last =
        mention.places == 0 ? mention.scale : mention.scale * Decimal::from_parts(1, mention.places);
    return Number{*mention.value, last,
                  mention.places > 0 || (mention.scale >= Decimal{100'000'000} && mention.places == 0)};
}

namespace {

Reckoning reckon(Wanted wanted, Law law, Numbers f) {
    const auto yes = [](bool kept, std::size_t printed, Decimal limit) {
        return Reckoning{kept ? Outcome::kept : Outcome::broken, printed, limit};
    };
    switch (law) {
        case Law::sum:
            return sum(f);
        case Law::hundred: {
            Decimal total;
            for (const Number& share : f) total = total + share.value;
            return {total == Decimal{100} ? Outcome::kept : Outcome::broken, 0, total};
        }
        case Law::at_most:
            return yes(f[0].value <= f[1].value, 0, f[1].value);
        case Law::at_most_whole:
            return yes(f[0].value <= Decimal{100}, 0, Decimal{100});
        case Law::more:
            return yes(f[0].value < f[1].value, 1, f[0].value);
        case Law::less:
            return yes(f[0].value > f[1].value, 1, f[0].value);
        case Law::same:
            return exact(1, f[1].value, f[0].value);
        case Law::rise:
            return moved(f, true);
        case Law::fall:
            return moved(f, false);
        case Law::growth:
            return ratio(wanted, f, 2, f[1].value - f[0].value, half(f[0].last_digit) + half(f[1].last_digit),
                         f[0].value, half(f[0].last_digit), 100);
        case Law::decline:
            return ratio(wanted, f, 2, f[0].value - f[1].value, half(f[0].last_digit) + half(f[1].last_digit),
                         f[0].value, half(f[0].last_digit), 100);
        case Law::grown_by:
            return ratio(wanted, f, 2, f[1].value, half(f[1].last_digit), f[0].value - f[1].value,
                         half(f[0].last_digit) + half(f[1].last_digit), 100);
        case Law::declined_by:
            return ratio(wanted, f, 2, f[1].value, half(f[1].last_digit), f[0].value + f[1].value,
                         half(f[0].last_digit) + half(f[1].last_digit), 100);
        case Law::share:
            return ratio(wanted, f, 2, f[0].value, half(f[0].last_digit), f[1].value, half(f[1].last_digit),
                         100);
        case Law::quotient:
            return ratio(wanted, f, 2, f[0].value, half(f[0].last_digit), f[1].value, half(f[1].last_digit),
                         1);
        case Law::product:
            return product(f);
        case Law::times:
            return ratio(wanted, f, 2, f[0].value, half(f[0].last_digit), f[1].value, half(f[1].last_digit),
                         1);
        case Law::times_more:
            return ratio(wanted, f, 2, f[1].value - f[0].value, half(f[0].last_digit) + half(f[1].last_digit),
                         f[0].value, half(f[0].last_digit), 1);
    }
    return {};
}

}  // namespace

Reckoning reckon(Law law, Numbers f) { return reckon(Wanted::computed, law, f); }
Outcome outcome_of(Law law, Numbers f) { return reckon(Wanted::outcome, law, f).outcome; }

std::string in_print(const Mention& like, Decimal value, std::optional<int> places) {
    if (value.plain().size() > 24) return value.rounded(0, Rounding::half_up).plain();
    Decimal unscaled = value;
    if (like.scale > Decimal{}) unscaled = unscaled.divided_by(like.scale, 12, Rounding::half_up);
    if (places) return unscaled.rounded(*places, Rounding::half_up).plain();
    std::string text = unscaled.plain();
    if (text.find('.') != std::string::npos) {
        while (text.back() == '0') text.pop_back();
        if (text.back() == '.') text.pop_back();
    }
    return text;
}

namespace {

constexpr std::u32string_view han_digits = U"〇一二三四五六七八九";

int digit_of_figure(char32_t c) {
    if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
    if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
    return -1;
}

/// 三 becomes 四, 五十六 becomes 五十七: read anew, for a digit's worth lies in the characters about it.
bool any_han_change(const Mention& mention, std::u32string_view printed, const Number& was,
                    const DigitUse& use) {
    std::u32string changed(printed);
    for (std::size_t i = 0; i < printed.size(); ++i) {
        const bool two = printed[i] == U'两';
        if (han_digits.find(printed[i]) == Text::npos && !two) continue;
        for (std::size_t d = 1; d <= 9; ++d) {
            changed[i] = han_digits[d];
            const auto numeral = chinese_at(changed, 0);
            if (changed[i] == printed[i] || (two && d == 2) || !numeral || numeral->end != printed.size() ||
                !numeral->value)
                continue;
            const Decimal value = printed.size() == 1 ? *numeral->value : *numeral->value * mention.scale;
            if (use({mention.digits.start + i, han_digits[d], {value, was.last_digit, was.rounded}}))
                return true;
        }
        changed[i] = printed[i];
    }
    return false;
}

}  // namespace

bool any_digit_change(const Mention& mention, std::u32string_view text, const DigitUse& use) {
    const auto was = number_of(mention);
    if (!was) return false;
    const Text printed = text.substr(mention.digits.start, mention.digits.end - mention.digits.start);
    // What the digits are worth, from the last; what they make is to be the figure's value.
    struct Place {
        std::size_t at;
        int digit;
    };
    std::array<Place, most_digits + 1> places{};
    std::size_t n = 0;
    for (std::size_t i = printed.size(); i-- > 0;) {
        const int digit = digit_of_figure(printed[i]);
        if (digit >= 0 && n < places.size())
            places[n++] = {i, digit};
        else if (Text(U".．,，").find(printed[i]) == Text::npos)
            return any_han_change(mention, printed, *was, use);
    }
    Decimal worth = was->last_digit, total;
    for (std::size_t p = 0; p < n; ++p, worth = worth * 10) total = total + worth * places[p].digit;
    const bool negative = was->value < Decimal{};
    if (total != (negative ? -was->value : was->value)) return false;  // 1/3, 3亿5000万
    worth = was->last_digit;
    for (std::size_t p = 0; p < n; ++p, worth = worth * 10)
        for (int d = 0; d <= 9; ++d) {
            const bool leads = p + 1 == n && n > 1 && places[p].at + 1 < printed.size() &&
                               digit_of_figure(printed[places[p].at + 1]) >= 0;
            if (d == places[p].digit || (leads && d == 0)) continue;
            const Decimal step = worth * (d - places[p].digit);
            const char32_t nought = printed[places[p].at] >= U'０' ? U'０' : U'0';
            if (use({mention.digits.start + places[p].at,
                     nought + static_cast<char32_t>(d),
                     {negative ? was->value - step : was->value + step, was->last_digit, was->rounded}}))
                return true;
        }
    return false;
}

bool is_one_digit_from(const Mention& mention, std::u32string_view text, Decimal needed) {
    if (!mention.value) return false;
    const Decimal off = magnitude(needed - *mention.value);
    if (off > magnitude(*mention.value) * 10 + mention.scale * 10) return false;  // no digit is worth as much
    return any_digit_change(mention, text, [&](const DigitChange& c) { return c.number.value == needed; });
}

std::vector<OneDigit> one_digit_changes(const Mention& mention, std::u32string_view text) {
    std::vector<OneDigit> out;
    std::u32string printed(text.substr(mention.digits.start, mention.digits.end - mention.digits.start));
    any_digit_change(mention, text, [&](const DigitChange& change) {
        std::u32string changed = printed;
        changed[change.at - mention.digits.start] = change.digit;
        out.push_back({text::utf8(changed), change.number});
        return false;
    });
    return out;
}

}  // namespace ballast::figures
