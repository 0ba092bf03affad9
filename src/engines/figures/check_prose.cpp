#include "figures/check_prose.h"

#include <algorithm>
#include <array>

namespace ballast::figures {
namespace {

constexpr Text clause_ends = U"，；：。！？（()！？;:,\n";

bool ends_a_sentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'!' || c == U'?'; }

// Within a sentence figures are held against each other, so it has its bounds: a longer one is cut behind a
// clause, or anywhere when it has none.
constexpr std::size_t longest_sentence = 2000, longest_clause = 1000;  // characters
constexpr Index most_figures = 64;

void cut(const Prose& prose, Span span, Index& next, std::vector<Paragraph>& into) {
    const auto& mentions = prose.mentions;
    while (next < mentions.size() && mentions[next].span.start < span.start) ++next;
    Paragraph paragraph{.span = span, .sentences = {}, .first = next, .last = next};
    std::size_t start = span.start;
    const auto close = [&](std::size_t end) {
        Sentence sentence{.span = {start, end}, .first = next, .last = next};
        while (next < mentions.size() && mentions[next].span.start < end) ++next;
        sentence.last = next;
        paragraph.sentences.push_back(sentence);
        start = end;
    };
    Index met = next;
    for (std::size_t i = span.start; i < span.end; ++i) {
        while (met < mentions.size() && mentions[met].span.start <= i) ++met;
        const char32_t c = prose.text[i];
        const bool within = met > next && i + 1 < mentions[met - 1].span.end;
        const bool full = (met - next >= most_figures || i - start >= longest_sentence) && !within &&
                          (Text(U"，、；").find(c) != Text::npos || met - next >= 2 * most_figures ||
                           i - start >= longest_sentence + longest_clause);
        if (ends_a_sentence(c) || full) close(i + 1);
    }
    if (start < span.end) close(span.end);
    paragraph.last = next;
    into.push_back(std::move(paragraph));
}

struct Alias {
    std::string_view unit, base;
};
constexpr std::array aliases{
    Alias{"名", "人"},     Alias{"位", "人"},       Alias{"千克", "公斤"},
    Alias{"千米", "公里"}, Alias{"元人民币", "元"},
};

}  // namespace

bool interchangeable(const Prose& prose, Index a, Index b) {
    constexpr std::array<std::string_view, 22> own{
        "人", "户",     "人次", "户次", "人(户)", "元",     "亩", "吨", "公斤", "斤",   "公里",
        "米", "平方米", "公顷", "头",   "只",     "立方米", "天", "年", "个月", "小时", "口人"};
    const auto measures = [&](Index i) {
        return std::find(own.begin(), own.end(), prose.unit(i)) == own.end() &&
               prose.at(i).unit.find('/') == std::string::npos;
    };
    return measures(a) && measures(b);
}

std::optional<Measured> in_base_unit(const Prose& prose, Index i) {
    struct Unit {
        std::string_view name;
        char dimension;
        std::int64_t worth;
    };
    constexpr std::array units{
        Unit{"分钟", 't', 1},
        Unit{"刻钟", 't', 15},
        Unit{"小时", 't', 60},
        Unit{"个小时", 't', 60},
        Unit{"天", 't', 1440},
        Unit{"日", 't', 1440},
        Unit{"个工作日", 't', 1440},
        Unit{"周", 't', 10'080},
        Unit{"个月", 't', 43'200},
        Unit{"年", 't', 525'600},
        Unit{"毫米", 'l', 1},
        Unit{"厘米", 'l', 10},
        Unit{"米", 'l', 1000},
        Unit{"公里", 'l', 1'000'000},
        Unit{"千米", 'l', 1'000'000},
        Unit{"克", 'w', 1},
        Unit{"斤", 'w', 500},
        Unit{"公斤", 'w', 1000},
        Unit{"千克", 'w', 1000},
        Unit{"吨", 'w', 1'000'000},
        Unit{"平方米", 'a', 1},
        Unit{"公顷", 'a', 10'000},
        Unit{"平方公里", 'a', 1'000'000},
    };
    const auto unit =
        std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == prose.at(i).unit; });
    if (unit == units.end() || !prose.number(i)) return std::nullopt;
    return Measured{unit->dimension, prose.number(i)->value * unit->worth};
}

bool contains(Text text, Text word) { return text.find(word) != Text::npos; }

bool contains_any(Text text, std::initializer_list<Text> words) {
    return std::any_of(words.begin(), words.end(), [&](Text w) { return contains(text, w); });
}

bool ends_with_any(Text text, std::initializer_list<Text> words) {
    return std::any_of(words.begin(), words.end(), [&](Text w) { return text.ends_with(w); });
}

Text bare(Text text) {
    constexpr Text blanks = U" \t\r\n\u3000\u00A0";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == Text::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool has_one_of(Text text, Text characters) { return text.find_first_of(characters) != Text::npos; }

bool only_joins(Text between) {
    return between.find_first_not_of(U"、和与及以 \t\u3000\u00A0") == Text::npos;
}

Text Prose::between(Index a, Index b) const { return of({mentions[a].span.end, mentions[b].span.start}); }

namespace {

bool is_amount(const Mention& m) {
    return (m.kind == Kind::quantity || m.kind == Kind::count || m.kind == Kind::duration) &&
           m.value.has_value() && m.unit != "倍";
}

Span label_span_of(const Prose& prose, Index i) {
    const auto& mentions = prose.mentions;
    const std::size_t end = mentions[i].span.start;
    // Years, ordinals and the like belong to the words.
    std::size_t least = 0;
    for (Index j = i; j-- > 0 && end - mentions[j].span.end < 40;)
        if (prose.amount(j) || prose.percent(j) || prose.points(j)) {
            least = mentions[j].span.end;
            break;
        }
    std::size_t start = end;
    while (start > least && end - start < 40 && clause_ends.find(prose.text[start - 1]) == Text::npos)
        --start;
    return {start, end};
}

}  // namespace

Text Prose::tail(Index i) const {
    const std::size_t start = mentions[i].span.end;
    std::size_t most = std::min(text.size(), start + 40);
    for (Index j = i + 1; j < mentions.size() && mentions[j].span.start < most; ++j)
        if (amount(j) || percent(j) || points(j)) most = mentions[j].span.start;
    std::size_t end = start;
    while (end < most && clause_ends.find(text[end]) == Text::npos && text[end] != U'）' && text[end] != U')')
        ++end;
    return of({start, std::max(start, end)});
}

namespace {

std::string_view unit_of(const Mention& mention) {
    for (const Alias& alias : aliases)
        if (alias.unit == mention.unit) return alias.base;
    return mention.unit;
}

/// The 6265万元 of 占年初预算6265万元的41.9%.
bool is_base(const Prose& prose, Index i) {
    return i + 1 < prose.mentions.size() && prose.percent(i + 1) && bare(prose.between(i, i + 1)) == U"的";
}

/// The 两年 of 两年平均增长6.2%, the 三年 of 三年来: over how long, and no part of anything.
bool is_window(const Prose& prose, Index i) {
    if (prose.at(i).kind != Kind::duration) return false;
    const Text behind = bare(prose.tail(i));
    return behind.starts_with(U"平均") || behind.starts_with(U"年均") || behind.starts_with(U"以来") ||
           behind.starts_with(U"来");
}

bool exact(const Mention& m) {
    return m.qualifier == Qualifier::none || m.qualifier == Qualifier::eq ||
           m.qualifier == Qualifier::target || m.qualifier == Qualifier::increase ||
           m.qualifier == Qualifier::decrease;
}

// 较2015年的842公里, 比上年末的3万户: what something is compared with.
bool base(Text words) {
    std::size_t at = words.rfind(U'较');
    if (at == Text::npos) at = words.rfind(U'比');
    if (at == Text::npos || at + 1 >= words.size() || Text(U"例重率").find(words[at + 1]) != Text::npos)
        return false;
    return contains_any(words.substr(at), {U"年", U"去", U"同期", U"上月", U"上季"}) &&
           ends_with_any(words, {U"的", U"末", U"初", U"期"});
}

bool tells_a_change(const Mention& m, Text label) {
    const Text words = bare(label);
    if (ends_with_any(words, {U"到", U"至", U"为", U"达", U"达到", U"于"})) return false;
    if (base(words)) return true;
    // What a household earned more (增收) is an amount of its own, unless it is held against another year.
    if (ends_with_any(words, {U"增收", U"增产"}) && !has_one_of(words, U"比较同")) return false;
    if (m.qualifier == Qualifier::increase || m.qualifier == Qualifier::decrease) return true;
    if (has_one_of(words, U"比较") &&
        ends_with_any(words, {U"增产", U"减产", U"增收", U"减收", U"多", U"少", U"多了", U"少了"}))
        return true;
    return contains_any(words, {U"同比", U"环比", U"增长", U"增加", U"减少", U"下降", U"提高", U"上升",
                                U"降低", U"净增", U"比上年", U"较上年"}) &&
           ends_with_any(words, {U"增长", U"增加", U"减少", U"下降", U"提高", U"上升", U"降低", U"净增",
                                 U"了", U"约", U"增", U"降", U"减"});
}

// 每百户拥有汽车31.6辆、空调84.2台: of so many for each, also over a list.
bool of_a_hundred(const Prose& prose, Index i) {
    const Text label = prose.label(i);
    if (contains_any(label, {U"每百", U"每千", U"每万", U"每十万"})) return true;
    return i > 0 && prose.notes[i - 1].of_a_hundred && label.starts_with(U"、") &&
           prose.label_span(i).start == prose.at(i - 1).span.end;
}

bool tells_a_rate(const Mention& m, Text words) {
    if (m.unit.find('/') != std::string::npos) return true;
    if (!has_one_of(words, U"均每价")) return false;
    return contains_any(
        words, {U"人均", U"户均", U"亩均", U"村均", U"校均", U"平均", U"每人",   U"每户", U"每亩", U"每村",
                U"每个", U"每名", U"每头", U"每年", U"每月", U"每吨", U"每公斤", U"每斤", U"每只", U"每县",
                U"每天", U"每日", U"单价", U"年均", U"吨均", U"校均", U"镇均",   U"乡均", U"县均", U"日均",
                U"月均", U"村均", U"每镇", U"每乡", U"每校", U"每支", U"每座",   U"每所"});
}

}  // namespace

std::optional<Reckoning> reckon(const Prose& prose, Law law, const std::vector<Index>& figures) {
    const auto numbers = numbers_of(prose, figures);
    if (!numbers) return std::nullopt;
    return reckon(law, *numbers);
}

std::optional<std::vector<Number>> numbers_of(const Prose& prose, const std::vector<Index>& figures) {
    prose.count(figures.size());
    std::vector<Number> out;
    out.reserve(figures.size());
    for (const Index i : figures) {
        if (!prose.number(i)) return std::nullopt;
        out.push_back(*prose.number(i));
    }
    return out;
}

namespace {

// 8650亿 for 8650万, 8650 for 8650万; of amounts that have digits enough, and room for the arithmetic.
std::vector<Number> other_scales(const Number& number) {
    const Decimal ten_thousand = 10'000;
    std::vector<Number> out;
    if (number.value.scale() > 4 || number.value <= Decimal{}) return out;
    if (number.value < Decimal{10'000'000'000})
        out.push_back({number.value * ten_thousand, number.last_digit * ten_thousand, number.rounded});
    const Decimal fewer = number.value.divided_by(ten_thousand, 4, Rounding::half_up);
    if (fewer * ten_thousand == number.value)
        out.push_back(
            {fewer, number.last_digit.divided_by(ten_thousand, 8, Rounding::half_up), number.rounded});
    return out;
}

/// Whether `needed` is one of other_scales of `value`.
bool scaled_by_a_slip(const Decimal& value, const Decimal& needed) {
    const Decimal ten_thousand = 10'000, most = 10'000'000'000;
    if (value.scale() > 4 || value <= Decimal{} || needed <= Decimal{}) return false;
    if (needed > value) return value < most && value * ten_thousand == needed;
    return needed < most && needed.scale() <= 8 && needed * ten_thousand == value;
}

}  // namespace

bool one_slip_short(const Prose& prose, Law law, const std::vector<Index>& figures) {
    auto numbers = numbers_of(prose, figures);
    if (!numbers) return false;
    if (law == Law::sum) {  // what each figure would have to be follows from the others
        Decimal parts;
        for (std::size_t k = 1; k < numbers->size(); ++k) parts = parts + (*numbers)[k].value;
        const Decimal off = numbers->front().value - parts, far = off < Decimal{} ? -off : off;
        for (std::size_t k = 0; k < figures.size(); ++k) {
            const Prose::Note& note = prose.notes[figures[k]];
            if (far > note.digit_reach && far != note.scale_reach) continue;
            const Decimal needed = k == 0 ? parts : (*numbers)[k].value + off;
            if (is_one_digit_from(prose.at(figures[k]), prose.text, needed)) return true;
            if (scaled_by_a_slip((*numbers)[k].value, needed)) return true;
        }
        return false;
    }
    for (std::size_t k = 0; k < figures.size(); ++k) {
        Number& figure = (*numbers)[k];
        const Number was = figure;
        const bool kept = any_digit_change(prose.at(figures[k]), prose.text, [&](const DigitChange& change) {
            figure = change.number;
            return outcome_of(law, *numbers) == Outcome::kept;
        });
        if (kept) return true;
        for (const Number& other : other_scales(was)) {
            figure = other;
            if (outcome_of(law, *numbers) == Outcome::kept) return true;
        }
        figure = was;
    }
    return false;
}

Prose prose_of(Text text, const std::vector<Mention>& mentions, const Outline& outline) {
    Prose prose{.text = text, .mentions = mentions, .outline = outline, .items = {}, .notes = {}};
    prose.notes.resize(mentions.size());
    for (Index i = 0; i < mentions.size(); ++i) {
        Prose::Note& note = prose.notes[i];
        note.number = number_of(mentions[i]);
        note.amount = is_amount(mentions[i]);
        note.label = label_span_of(prose, i);
        note.unit = unit_of(mentions[i]);
        if (note.number) {
            const Decimal& value = note.number->value;
            const Decimal size = value < Decimal{} ? -value : value;
            note.digit_reach = (size + mentions[i].scale) * 10;
            note.scale_reach = size.scale() <= 4 ? size * 9'999 : Decimal{};
        }
        if (!note.amount) continue;
        note.change = tells_a_change(mentions[i], prose.of(note.label));
        note.of_a_hundred = of_a_hundred(prose, i);
        note.rate = note.of_a_hundred || tells_a_rate(mentions[i], prose.of(note.label));
    }
    for (Index i = 0; i < mentions.size(); ++i)  // the words behind a figure end at the next amount
        prose.notes[i].level =
            prose.notes[i].amount && exact(mentions[i]) && !is_base(prose, i) && !is_window(prose, i);
    Index next = 0;
    for (const Item& item : outline.items) {
        auto& paragraphs = prose.items.emplace_back();
        for (const Span span : item.paragraphs) cut(prose, span, next, paragraphs);
    }
    return prose;
}

}  // namespace ballast::figures
