/// Numerals alone: what is written with digits or Chinese numeral characters and scale words, before any
/// unit.
#pragma once

#include <optional>

#include "figures/lexicon.h"

namespace ballast::figures {

struct Numeral {
    std::size_t start = 0, end = 0;  // with scale words and the 余 or 多 among them
    Span digits;
    std::optional<Decimal> value = std::nullopt;  // nullopt when it does not fit
    int small = -1;                               // the value when it is a whole number below 10,000
    Decimal scale = 1;
    int places = 0;
    bool chinese = false;
    bool more = false;        // 余 or 多 within
    bool vague = false;       // 几十, 三四百
    bool bare_scale = false;  // 万 without a digit
    bool positional = false;  // 二〇二一, 一二三: digits without place words
    std::size_t length() const { return end - start; }
};

/// The text as the reader sees it, as many code points as it has: full-width forms half-width, blanks of all
/// kinds ' ', traditional numeral characters simplified, capital ones (壹拾) the plain ones where they form a
/// numeral.
std::u32string folded(Text text);

/// A numeral of digits 0-9 at `at`: 1,234.5万, 3亿5000万, 20余万.
std::optional<Numeral> arabic_at(Text text, std::size_t at);
/// A numeral of Chinese characters: 二十三万五千, 三点五, 十多万, 二〇二一.
std::optional<Numeral> chinese_at(Text text, std::size_t at);

std::size_t skip_blanks(Text text, std::size_t at);
inline char32_t char_at(Text text, std::size_t at) { return at < text.size() ? text[at] : U'\0'; }
inline bool starts(Text text, std::size_t at, Text word) {
    return at <= text.size() && text.substr(at).starts_with(word);
}

}  // namespace ballast::figures
