// Shares: 2/3, 三分之二, 百分之八十, 千分之三, 一半, 过半; and halves of units: 半年.
#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

/// three places, half up: 三分之二 is 66.667.
std::optional<Decimal> ratio(std::optional<Decimal> part, std::optional<Decimal> whole) {
    if (!part || !whole || whole->is_zero() || *whole > Decimal{1'000'000'000} ||
        *part > Decimal{1'000'000'000})
        return std::nullopt;
    return (*part * Decimal{100}).divided_by(*whole, 3, Rounding::half_up);
}

}  // namespace

// 2/3 is a share; 7:3 and 12.5∶38.2∶49.3 are no figures.
bool Reader::read_ratio(const Numeral& numeral) {
    const char32_t mark = at(numeral.end);
    if (!one_of(mark, U"/:∶") || numeral.scale != Decimal{1} || numeral.more ||
        !is_ascii_digit(at(numeral.end + 1)))
        return false;
    const auto second = arabic_at(text_, numeral.end + 1);
    if (second->scale != Decimal{1} || second->more || unit_at(text_, second->end)) return false;
    if (mark == U'/') {
        const auto share = numeral.value < second->value ? ratio(numeral.value, second->value) : std::nullopt;
        if (!share) return false;
        Found& out = add(numeral.start, second->end, Kind::percent);
        out.mention.value = share;
        out.mention.unit = "%";
        return true;
    }
    std::size_t end = second->end;
    while (at(end) == mark && is_ascii_digit(at(end + 1))) end = arabic_at(text_, end + 1)->end;
    add(numeral.start, end, Kind::fixed);
    return true;
}

// 3分之2.
bool Reader::read_arabic_fraction(const Numeral& numeral) {
    if (numeral.scale != Decimal{1} || numeral.more || !starts(text_, numeral.end, U"分之")) return false;
    const std::size_t first = numeral.end + 2;
    const auto part = is_ascii_digit(at(first)) ? arabic_at(text_, first) : chinese_at(text_, first);
    if (!part) return false;
    Found& out = add(numeral.start, part->end, Kind::percent);
    out.mention.value = ratio(part->value, numeral.value);
    out.mention.unit = "%";
    return true;
}

// 三分之二, 百分之八十, 千分之三, 万分之五.
bool Reader::read_fraction() {
    const auto whole = chinese_at(text_, pos_);
    if (!whole || !starts(text_, whole->end, U"分之")) return false;
    const std::size_t first = skip_blanks(text_, whole->end + 2);
    const auto part = is_ascii_digit(at(first)) ? arabic_at(text_, first) : chinese_at(text_, first);
    if (!part) return false;
    const std::size_t start = pos_;
    const bool per_mille = *whole->value == Decimal{1000} && whole->bare_scale;
    Found& out = add(start, part->end, Kind::percent);
    out.tight_more = part->more;
    out.mention.digits = part->digits;
    out.mention.places = part->places;
    out.mention.unit = per_mille ? "‰" : "%";
    out.mention.value = per_mille ? part->value
                        : whole->bare_scale && whole->value && *whole->value == Decimal{100}
                            ? part->value
                            : ratio(part->value, whole->value);
    return true;
}

// 一半, 半数, 半年, 半个月, 过半.
bool Reader::read_half() {
    const std::size_t start = pos_;
    const auto percent = [&](std::size_t end) {
        Found& out = add(start, end, Kind::percent);
        out.mention.value = Decimal{50};
        out.mention.unit = "%";
        return true;
    };
    if (here(U"一半")) return percent(start + 2);
    if (at(start) != U'半') return false;
    if (here(U"半数")) return percent(start + 2);
    if (one_of(before(start), U"过超") && !unit_at(text_, start + 1)) return percent(start + 1);
    const auto unit = unit_at(text_, start + 1);
    if (!unit || (unit->unit_class != UnitClass::time && unit->unit_class != UnitClass::physical))
        return false;
    if (starts(text_, start + 1, U"年级") || one_of(before(start), U"上下前后大小多")) return false;
    Found& out = add(start, unit->end, unit->unit_class == UnitClass::time ? Kind::duration : Kind::quantity);
    out.mention.value = Decimal::from_parts(5, 1);
    out.mention.digits = {start, start + 1};
    out.mention.unit = unit->word;
    return true;
}

}  // namespace ballast::figures
