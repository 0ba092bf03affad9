// Units behind a number, simple and composed: 元, 元/亩·年, 人(户), 万头(只).
#include <array>

#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

bool refused(Text text, std::size_t after, const Unit& unit) {
    return std::ranges::any_of(unit.unless, [&](Text next) { return starts(text, after, next); });
}

std::optional<UnitRead> one_unit(Text text, std::size_t at) {
    std::array<Trie::Match, 8> found;
    for (std::size_t n = lexicon().units.all(text, at, found); n-- > 0;) {
        const Unit& unit = lexicon().unit[found[n].id];
        const std::size_t end = at + found[n].length;
        if (refused(text, end, unit)) continue;
        if (is_latin(text[at]) && is_latin(char_at(text, end))) continue;
        return UnitRead{end, unit.word, unit.unit_class};
    }
    return std::nullopt;
}

/// The unit that a figure is per: 亩 of 元/亩, 人·年 of 元/人·年.
/// A number behind the stroke is a count of its own (5种/3类) unless what is measured is measured out
/// (元/50公斤).
std::size_t denominator_end(Text text, std::size_t at, UnitClass of) {
    const bool measured = of == UnitClass::physical || of == UnitClass::people;
    std::size_t end = at;
    while (one_of(char_at(text, end), U"/·")) {
        std::size_t first = skip_blanks(text, end + 1);
        if (!measured && is_ascii_digit(char_at(text, first))) break;
        if (!one_unit(text, first))
            for (int n = 0;
                 n < 3 && (is_ascii_digit(char_at(text, first)) || one_of(char_at(text, first), U"百千万亿"));
                 ++n)
                ++first;  // 公里/百平方公里, 元/50公斤
        const auto unit = one_unit(text, first);
        if (!unit) {
            if (!one_of(char_at(text, first), U"月日年季")) break;
            end = first + 1;
            continue;
        }
        end = unit->end;
    }
    return end;
}

}  // namespace

std::optional<UnitRead> unit_at(Text text, std::size_t at) {
    const std::size_t first = skip_blanks(text, at);
    auto unit = one_unit(text, first);
    if (!unit) return std::nullopt;
    if (unit->word == "名" || unit->word == "人口" || unit->word == "余人") unit->word = "人";
    if (unit->word == "元人民币" || unit->word == "元整") unit->word = "元";
    const bool joins = unit->unit_class == UnitClass::people || unit->unit_class == UnitClass::physical ||
                       (unit->unit_class == UnitClass::measure && unit->word != "个");
    if (joins && char_at(text, unit->end) == U'(') {  // 人(户)
        std::string words;
        auto inner = one_unit(text, unit->end + 1);
        while (inner && inner->unit_class != UnitClass::body && one_of(char_at(text, inner->end), U"、,")) {
            words += inner->word + "、";  // 头(只、匹)
            inner = one_unit(text, inner->end + 1);
        }
        if (inner && inner->unit_class != UnitClass::body && char_at(text, inner->end) == U')') {
            unit->word += "(" + words + inner->word + ")";
            unit->end = inner->end + 1;
        }
    }
    if (const std::size_t end = denominator_end(text, unit->end, unit->unit_class); end > unit->end) {
        unit->word += text::utf8(text.substr(unit->end, end - unit->end));
        std::erase(unit->word, ' ');
        unit->end = end;
        unit->unit_class = UnitClass::physical;
    }
    return unit;
}

}  // namespace ballast::figures
