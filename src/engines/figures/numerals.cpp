#include "figures/numerals.h"

#include <array>
#include <vector>

namespace ballast::figures {
namespace {

using Whole = std::int64_t;
constexpr Whole wan = 10'000, yi = 100'000'000;

char32_t folded_slowly(char32_t c) {
    if (c > U' ' && c < 0xA0) return c;
    if (c >= 0xFF01 && c <= 0xFF5E && c != U'，' && c != U'；' && c != U'！' && c != U'？')
        return c - 0xFF01 + U'!';
    if (c == 0x3000 || c == 0xA0 || c == U'\t' || (c >= 0x2000 && c <= 0x200B) || c == 0x202F) return U' ';
    constexpr Text
        from = U"萬億兩個點餘戶畝時幾噸頃縣鄉鎮頭隻處棟輛條項種張筆課歲週號間級類臺場門連畢業開發環節層",
        to = U"万亿两个点余户亩时几吨顷县乡镇头只处栋辆条项种张笔课岁周号间级类台场门连毕业开发环节层";
    if (const auto at = from.find(c); at != Text::npos) return to[at];
    return c;
}

constexpr std::size_t plane = 0x10000;

char32_t plain_numeral(char32_t c) {
    constexpr Text from = U"壹贰貳叁肆伍陆陸柒捌玖拾佰仟", to = U"一二二三四五六六七八九十百千";
    const auto at = from.find(c);
    return at == Text::npos ? c : to[at];
}

bool is_capital_numeral(char32_t c) { return plain_numeral(c) != c; }

struct Fold {
    char16_t to;
    bool capital;  // 壹
};

/// Of the basic plane, looked up.
std::vector<Fold> folds() {
    std::vector<Fold> out(plane);
    for (std::size_t c = 0; c < plane; ++c) {
        const char32_t to = folded_slowly(static_cast<char32_t>(c));
        out[c] = {static_cast<char16_t>(to), is_capital_numeral(to)};
    }
    return out;
}

Whole place_of(char32_t c) {
    switch (c) {
        case U'十':
            return 10;
        case U'百':
            return 100;
        case U'千':
            return 1000;
        default:
            return 0;
    }
}

/// The scale word at `at` after digits: 万亿, 千万, 万, 千 ... and its length.
std::pair<Whole, std::size_t> scale_at(Text text, std::size_t at) {
    Whole scale = 1;
    std::size_t length = 0;
    while (length < 3) {
        const char32_t c = char_at(text, at + length), after = char_at(text, at + length + 1);
        if (c == U'亿' && scale < yi * yi / wan)
            scale *= yi;
        else if (c == U'万' && scale < wan)
            scale *= wan;
        else if (c == U'千' && scale == 1 && !one_of(after, U"克米瓦伏卡升帕焦赫字"))
            scale *= 1000;
        else if (c == U'百' && scale == 1 && !one_of(after, U"分"))
            scale *= 100;
        else
            break;
        ++length;
    }
    return {scale, length};
}

bool more_at(Text text, std::size_t at) {
    const char32_t c = char_at(text, at), after = char_at(text, at + 1);
    return (c == U'余' && !one_of(after, U"额款粮量地")) ||
           (c == U'多' && !one_of(after, U"数样党边方") && !starts(text, at + 1, U"元化")) ||
           (c == U'来' && one_of(after, U"个名家户人万亩条天岁位斤元块台头件只棵里公吨次座所间套年"));
}

struct Group {
    std::optional<Decimal> value;
    Whole scale = 1;
    int places = 0;
    bool more = false, scaled = false;
    std::size_t digits_end = 0, end = 0;
};

std::size_t digits_from(Text text, std::size_t at) {
    while (is_ascii_digit(char_at(text, at))) ++at;
    return at;
}

// 9 899万, 1 234 567人: groups of three parted by one blank, and something counted behind them. Digits before
// the first group make it a row of a table.
std::size_t parted_from(Text text, std::size_t at, std::size_t end) {
    if (at > 1 && text[at - 1] == U' ' && is_ascii_digit(text[at - 2])) return end;
    std::size_t last = end;
    while (char_at(text, last) == U' ') {
        const std::size_t next = digits_from(text, last + 1);
        if (next - last != 4) break;
        last = next;
    }
    if (last == end) return end;
    std::size_t after = last;
    if (char_at(text, after) == U'.') after = digits_from(text, after + 1);
    after = skip_blanks(text, after);
    const bool counts = one_of(char_at(text, after), U"万亿余多%");
    return counts || lexicon().units.longest(text, after) ? last : end;
}

// 1,234,567 with all groups of three; else the digits alone.
std::size_t grouped_from(Text text, std::size_t at) {
    std::size_t end = digits_from(text, at);
    if (end - at > 3) return end;
    if (char_at(text, end) == U' ' && char_at(text, at) != U'0') return parted_from(text, at, end);
    while (one_of(char_at(text, end), U",，")) {
        const std::size_t next = digits_from(text, end + 1);
        if (next - end != 4) break;
        end = next;
    }
    return end;
}

std::optional<Decimal> value_of(Text digits) {
    Whole coefficient = 0;
    int places = -1, n = 0;
    for (const char32_t c : digits) {
        if (c == U'.') places = 0;
        if (!is_ascii_digit(c)) continue;
        if (n > 0 || c != U'0') ++n;
        if (n > 17) return std::nullopt;
        coefficient = coefficient * 10 + static_cast<Whole>(c - U'0');
        if (places >= 0) ++places;
    }
    if (places > 12) return std::nullopt;
    return Decimal::from_parts(coefficient, std::max(places, 0));
}

Group group_at(Text text, std::size_t at) {
    Group out;
    std::size_t end = grouped_from(text, at);
    if (char_at(text, end) == U'.' && is_ascii_digit(char_at(text, end + 1))) {
        const std::size_t point = end;
        end = digits_from(text, end + 1);
        out.places = static_cast<int>(std::min<std::size_t>(end - point - 1, 1000));
    }
    out.value = value_of(text.substr(at, end - at));
    out.digits_end = out.end = end;
    if (more_at(text, end)) out.more = true, out.end = end + 1;
    const std::size_t gap = skip_blanks(text, out.end);
    if (const auto [scale, length] = scale_at(text, gap); length > 0) {
        out.scale = scale;
        out.scaled = true;
        out.end = gap + length;
        if (more_at(text, out.end)) out.more = true, ++out.end;
        if (out.value) out.value = *out.value * Decimal{scale};
    }
    return out;
}

/// Chinese place notation, strictly read: what does not continue a numeral ends it.
struct PlaceReader {
    Text text;
    std::size_t at;
    Whole total = 0, section = 0, last_place = wan;
    int pending = -1;
    bool zero = false, vague = false, any_digit = false, used_wan = false, used_yi = false;
    Whole smallest = 1;  // what the last place word was worth

    bool take_digit(int digit) {
        if (pending >= 0) return false;
        pending = digit;
        any_digit = true;
        return true;
    }
    bool take_place(Whole place) {
        if (place >= last_place) return false;
        if (pending < 0 && place != 10 && (section != 0 || total != 0)) return false;
        section += (pending < 0 ? 1 : pending) * place;
        if (place == 10 && pending < 0) any_digit = true;
        pending = -1;
        last_place = smallest = place;
        zero = false;
        return true;
    }
    bool take_scale(Whole scale) {
        if (scale == wan ? used_wan : used_yi) return false;
        Whole here = section + std::max(pending, 0);
        if (scale == wan) {
            if (here == 0 && total != 0) return false;
            total += (here == 0 ? 1 : here) * wan;
            used_wan = true;
        } else {
            here += total;
            total = (here == 0 ? 1 : here) * yi;
            used_yi = true;
            used_wan = false;
        }
        section = 0;
        pending = -1;
        last_place = wan;
        smallest = scale;
        zero = false;
        return true;
    }
    bool step() {
        const char32_t c = char_at(text, at);
        if (c == U'零' || c == U'〇') {
            const char32_t after = char_at(text, at + 1);
            if (pending >= 0 || (total == 0 && section == 0) || (digit_of(after) < 1 && after != U'十'))
                return false;
            return zero = true;
        }
        if (c == U'几') {
            if (const bool counts = section > 0 || one_of(char_at(text, at + 1), U"十百千万亿"); !counts)
                return false;
            vague = true;
            return take_digit(1);
        }
        if (const int digit = digit_of(c); digit > 0) return take_digit(digit);
        if (c == U'廿' || c == U'卅') {
            if (pending >= 0 || last_place <= 10) return false;
            section += c == U'廿' ? 20 : 30;
            last_place = smallest = 10;
            return any_digit = true;
        }
        if (const Whole place = place_of(c); place != 0) return take_place(place);
        if (c == U'万') return take_scale(wan);
        if (c == U'亿') return take_scale(yi);
        return false;
    }
    Whole value() const {
        Whole last = std::max(pending, 0);
        if (!zero && smallest >= 100 && pending > 0) last *= smallest / 10;  // 三百五, 一万二
        return total + section + last;
    }
};

// 一二三, 二〇二一: at least two digits in a row and no place word behind them.
std::optional<Numeral> positional_at(Text text, std::size_t at) {
    std::size_t end = at;
    while (digit_of(char_at(text, end)) >= 0 && text[end] != U'两') ++end;
    if (end - at < 2) return std::nullopt;
    Numeral out{.start = at, .end = end, .digits = {at, end}, .chinese = true, .positional = true};
    const char32_t after = char_at(text, end);
    if (one_of(after, U"十百千万亿")) {  // 三四十, 五六百
        if (end - at != 2 || digit_of(text[at + 1]) != digit_of(text[at]) + 1) return std::nullopt;
        out.end = end + 1;
        while (one_of(char_at(text, out.end), U"百千万亿")) ++out.end;
        out.vague = true;
        out.positional = false;
        return out;
    }
    if (end - at <= 16) {
        Whole value = 0;
        for (std::size_t i = at; i < end; ++i) value = value * 10 + digit_of(text[i]);
        out.value = Decimal{value};
        if (value < wan) out.small = static_cast<int>(value);
    }
    return out;
}

// 三点五: the places behind 点.
void read_point(Text text, Numeral& out) {
    if (char_at(text, out.end) != U'点' || !out.value) return;
    std::size_t end = out.end + 1;
    Whole places = 0;
    int n = 0;
    for (; digit_of(char_at(text, end)) >= 0 && text[end] != U'两' && n < 12; ++end, ++n)
        places = places * 10 + digit_of(text[end]);
    if (n == 0) return;
    out.value = *out.value + Decimal::from_parts(places, n);
    out.places = n;
    out.digits.end = out.end = end;
    Whole scale = 1;
    for (; one_of(char_at(text, out.end), U"万亿") && scale < yi * wan; ++out.end)
        scale *= text[out.end] == U'万' ? wan : yi;
    out.scale = scale;
    out.value = *out.value * Decimal{scale};
}

// 十多万, 三百余: the word and the scale that may follow it.
void read_more(Text text, Numeral& out) {
    if (!more_at(text, out.end)) return;
    out.more = true;
    ++out.end;
    for (Whole scale = 1; one_of(char_at(text, out.end), U"万亿") && scale < yi; ++out.end) {
        const Whole by = text[out.end] == U'万' ? wan : yi;
        scale *= by;
        out.scale = out.scale * Decimal{by};
        if (out.value) out.value = *out.value * Decimal{by};
    }
}

}  // namespace

std::u32string folded(Text text) {
    static const std::vector<Fold> table = folds();
    std::u32string out(text);
    bool capital = false;  // 壹 may be among them
    for (char32_t& c : out) {
        if (c >= plane) continue;
        const Fold fold = table[c];
        c = fold.to;
        capital = capital || fold.capital;
    }
    if (!capital) return out;
    for (std::size_t i = 0; i < out.size(); ++i) {  // 壹拾贰万
        if (!is_capital_numeral(out[i])) continue;
        std::size_t end = i;
        bool place = false;
        for (; end < out.size() && (is_capital_numeral(out[end]) || one_of(out[end], U"零万亿")); ++end)
            place = place || one_of(out[end], U"拾佰仟万亿");
        if (end - i > 1 && place && digit_of(plain_numeral(out[i])) > 0)
            for (std::size_t j = i; j < end; ++j) out[j] = plain_numeral(out[j]);
        i = end - 1;
    }
    return out;
}

std::size_t skip_blanks(Text text, std::size_t at) {
    for (int n = 0; n < 3 && char_at(text, at) == U' '; ++n) ++at;
    return at;
}

std::optional<Numeral> arabic_at(Text text, std::size_t at) {
    if (!is_ascii_digit(char_at(text, at))) return std::nullopt;
    Group group = group_at(text, at);
    Numeral out{.start = at,
                .end = group.end,
                .digits = {at, group.digits_end},
                .value = group.value,
                .scale = Decimal{group.scale},
                .places = group.places,
                .more = group.more};
    if (!group.scaled && group.places == 0 && group.digits_end - at <= 4) {
        out.small = 0;
        for (const char32_t c : text.substr(at, group.digits_end - at))
            out.small = out.small * 10 + static_cast<int>(c - U'0');
    }
    while (group.scaled && group.scale >= 1000 && is_ascii_digit(char_at(text, out.end))) {  // 3亿5000万
        const Group next = group_at(text, out.end);
        if (!out.value || !next.value || next.scale >= group.scale || *next.value >= Decimal{group.scale} ||
            next.places > 0)
            break;
        const bool tenth = !next.scaled && !next.more && next.digits_end - out.end == 1;  // 1万8
        out.value = *out.value + (tenth ? *next.value * Decimal{group.scale / 10} : *next.value);
        out.scale = Decimal{tenth ? group.scale / 10 : next.scale};
        out.places = 0;
        out.digits.end = next.digits_end;
        out.end = next.end;
        out.more = out.more || next.more;
        group = next;
    }
    return out;
}

std::optional<Numeral> chinese_at(Text text, std::size_t at) {
    if (auto positional = positional_at(text, at)) {
        if (!positional->vague) read_point(text, *positional);
        if (positional->places > 0) positional->small = -1;
        if (positional->vague) read_more(text, *positional);
        return positional;
    }
    PlaceReader reader{.text = text, .at = at};
    while (reader.at - at < 40 && reader.step()) ++reader.at;
    const bool nought = reader.at == at && one_of(char_at(text, at), U"零〇");
    if (reader.at == at && !nought) return std::nullopt;
    Numeral out{.start = at,
                .end = nought ? at + 1 : reader.at,
                .digits = {at, nought ? at + 1 : reader.at},
                .chinese = true,
                .vague = reader.vague,
                .bare_scale = !nought && !reader.any_digit};
    if (!reader.vague) out.value = Decimal{reader.value()};
    read_point(text, out);
    read_more(text, out);
    if (out.value && out.places == 0 && reader.value() < wan && out.scale == Decimal{1})
        out.small = static_cast<int>(reader.value());
    return out;
}

}  // namespace ballast::figures
