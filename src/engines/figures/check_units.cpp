// C8, C9 and the plain sense of a single figure: a fee has a period, households are not people, a share is
// not above the whole, things that are counted are whole, a range goes upwards, a day is in the calendar.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

class Units {
public:
    Units(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Paragraph& paragraph) {
        for (const Sentence& sentence : paragraph.sentences)
            for (Index i = sentence.first; i < sentence.last; ++i) {
                if (prose_.amount(i)) {
                    fee(i, sentence);
                    noun(i);
                    whole(i);
                }
                if (prose_.percent(i)) share(i);
                if (prose_.points(i)) points(i);
                if (i + 1 < sentence.last) range(i);
            }
    }

private:
    void warn(std::string_view check, std::vector<Span> where, std::string printed, std::string computed,
              std::string_view reason, Verdict verdict = Verdict::warn) {
        out_.add(Finding{.verdict = verdict,
                         .check = std::string(check),
                         .where = std::move(where),
                         .printed = std::move(printed),
                         .computed = std::move(computed),
                         .candidates = {},
                         .reason = std::string(reason)});
    }

    std::string surface(Index i) const { return text::utf8(bare(prose_.of(prose_.at(i).span))); }

    // C8: 按每人2元至6元标准收费: for a month, for a year?
    void fee(Index i, const Sentence& sentence) {
        if (!prose_.at(i).unit.starts_with("元") || prose_.at(i).qualifier == Qualifier::range_low) return;
        const Text around = prose_.of(sentence.span);
        if (!contains_any(around, {U"收费", U"收取", U"缴费", U"缴纳", U"物业费", U"卫生费", U"保洁费",
                                   U"保洁费", U"租金", U"管理费"}))
            return;
        const std::size_t end = prose_.at(i).span.end;
        std::size_t clause = prose_.at(i).span.start;
        while (clause > sentence.span.start && Text(U"，；。").find(prose_.text[clause - 1]) == Text::npos)
            --clause;
        std::size_t last = end;
        while (last < sentence.span.end && Text(U"，；。").find(prose_.text[last]) == Text::npos) ++last;
        const Text words = prose_.of({clause, last});
        const Text behind = prose_.text.substr(end, 3);
        const bool of_each = prose_.at(i).unit.find('/') != std::string::npos || behind.starts_with(U"/人") ||
                             behind.starts_with(U"/户") || contains_any(prose_.label(i), {U"每人", U"每户"});
        if (!of_each || !contains_any(words, {U"费", U"收取", U"缴", U"租金"})) return;
        if (contains_any(around, {U"每年", U"每月", U"年", U"月", U"季", U"/次", U"每次", U"一次", U"学期",
                                  U"每天", U"每日", U"/天", U"按次"}))
            return;
        std::vector<Span> where;
        if (i > 0 && prose_.at(i - 1).qualifier == Qualifier::range_low &&
            prose_.at(i - 1).span.start >= sentence.span.start)
            where.push_back(prose_.at(i - 1).span);
        where.push_back(prose_.at(i).span);
        warn("C8", std::move(where), surface(i), "", "figures.fee_period");
    }

    // 400户低收入人口: households, of people.
    void noun(Index i) {
        const std::string_view unit = prose_.at(i).unit;
        const std::size_t from = prose_.at(i).span.end;
        std::size_t to = from;
        while (to < prose_.text.size() && to - from < 12 && text::is_han(prose_.text[to])) ++to;
        if (i + 1 < prose_.mentions.size() && prose_.at(i + 1).span.start < to && prose_.amount(i + 1))
            to = prose_.at(i + 1).span.start;
        const Text words = prose_.of({from, to});
        if (words.empty()) return;
        if (unit == "户") {
            for (const Text people : {Text(U"人口"), Text(U"劳动力"), Text(U"人员")}) {
                const std::size_t at = words.find(people);
                if (at == Text::npos || at > 8 ||
                    contains_any(words.substr(0, at),
                                 {U"户", U"家庭", U"有", U"的", U"涉及", U"共", U"中", U"为"}))
                    continue;
                return warn("C9", {prose_.at(i).span, {from, from + at + people.size()}}, "户",
                            text::utf8(words.substr(0, at + people.size())), "figures.unit_noun");
            }
        } else if (unit == "人" && prose_.text.substr(from - std::min<std::size_t>(from, 1), 1) == U"人") {
            const std::size_t at = words.find(U'户');
            if (at == Text::npos || at == 0 || at > 6 || at + 1 < words.size()) {
                if (at == Text::npos || at == 0 || at > 6) return;
                if (contains_any(words.substr(at), {U"籍", U"口", U"主", U"外", U"用"})) return;
            }
            if (!contains_any(words.substr(0, at + 1),
                              {U"农户", U"脱贫户", U"贫困户", U"监测户", U"低保户", U"养殖户", U"种植户",
                               U"搬迁户", U"困难户", U"致贫户", U"用户", U"大户"}))
                return;
            if (contains_any(words.substr(0, at), {U"的", U"为", U"带动", U"帮助", U"服务", U"入", U"到",
                                                   U"和", U"与", U"联系", U"帮扶", U"走访"}))
                return;
            warn("C9", {prose_.at(i).span, {from, from + at + 1}}, "人", text::utf8(words.substr(0, at + 1)),
                 "figures.unit_noun");
        }
    }

    // 6.89人次
    void whole(Index i) {
        constexpr std::array<std::string_view, 22> counted{
            "人", "户", "名", "人次", "户次", "人(户)", "个", "所", "家", "村", "项",
            "场", "期", "节", "台",   "辆",   "套",     "座", "头", "只", "件", "名"};
        const Mention& m = prose_.at(i);
        if (std::find(counted.begin(), counted.end(), m.unit) == counted.end()) return;
        if (m.value->rounded(0, Rounding::down) == *m.value) return;
        if (prose_.rate(i) || contains_any(prose_.label(i), {U"均", U"每", U"平均", U"比"})) return;
        if (prose_.of(m.digits).find_first_of(U"半") != Text::npos ||
            prose_.of(m.span).find(U'半') != Text::npos)
            return;
        warn("C9", {m.span}, surface(i), "", "figures.not_whole", Verdict::fails);
    }

    // A share of more than the whole; growth and completion may be more.
    void share(Index i) {
        const Mention& m = prose_.at(i);
        if (!m.value || *m.value <= Decimal{100}) return;
        std::size_t from = m.span.start;
        while (from > 0 && m.span.start - from < 40 &&
               Text(U"，；。\n").find(prose_.text[from - 1]) == Text::npos)
            --from;
        const Text label = bare(prose_.of({from, m.span.start}));
        if (contains_any(label, {U"增",     U"长",   U"升",     U"涨",     U"提高",   U"完成",   U"达产",
                                 U"相当于", U"扩大", U"翻",     U"负债",   U"杠杆",   U"执行率", U"产销率",
                                 U"超",     U"进度", U"同期",   U"利用率", U"入学率", U"入园率", U"降",
                                 U"回报",   U"收益", U"是",     U"为上年", U"赔付",   U"拨备",   U"偿付",
                                 U"充足率", U"周转", U"存贷比", U"预算",   U"序时",   U"指数",   U"比率",
                                 U"加",     U"任务", U"计划",   U"目标"}))
            return;
        const bool of_a_whole = contains_any(label, {U"占", U"率", U"比重", U"比例", U"覆盖面"});
        out_.add(Relation{Law::at_most_whole,
                          "C2",
                          {i},
                          of_a_whole ? Verdict::fails : Verdict::warn,
                          "figures.above_whole"});
    }

    // 占66.7个百分点, 参保率达98.0个百分点: a level, not a change.
    void points(Index i) {
        const Text label = bare(prose_.label(i));
        // 占42.6亿元的50.5个百分点
        const bool of_an_amount = i > 0 && label == U"的" && prose_.amount(i - 1);
        const bool level = of_an_amount || contains(label, U"占") ||
                           ends_with_any(label, {U"率", U"率达", U"率为", U"率达到", U"比重", U"比例",
                                                 U"比例为", U"比重为", U"比例达", U"比重达"});
        if (!level ||
            contains_any(label, {U"增", U"升", U"降", U"提高", U"高", U"低", U"回落", U"减", U"加", U"差",
                                 U"扩大", U"收窄", U"拉动", U"贡献", U"快", U"慢", U"比上", U"比去", U"较"}))
            return;
        warn("C11", {prose_.at(i).span}, "个百分点", "%", "figures.points_of_amount");
    }

    // 1斤至5元/人
    void mixed_range(Index i) {
        const Text gap = bare(prose_.between(i, i + 1));
        if (gap != U"至" && gap != U"到" && gap != U"—" && gap != U"-" && gap != U"~") return;
        const std::string &low = prose_.at(i).unit, &high = prose_.at(i + 1).unit;
        const auto a = in_base_unit(prose_, i), b = in_base_unit(prose_, i + 1);
        if (low.empty() || high.empty() || high.starts_with(low) || low.starts_with(high) ||
            interchangeable(prose_, i, i + 1) || (a && b && a->dimension == b->dimension))
            return;
        warn("C9", {prose_.at(i).span, prose_.at(i + 1).span}, low, high, "figures.unlike_units");
    }

    void range(Index i) {
        if (prose_.amount(i) && prose_.amount(i + 1)) mixed_range(i);
        if (prose_.at(i).qualifier != Qualifier::range_low ||
            prose_.at(i + 1).qualifier != Qualifier::range_high)
            return;
        if (!prose_.at(i).value || !prose_.at(i + 1).value || prose_.at(i).kind != prose_.at(i + 1).kind)
            return;
        if (!(prose_.amount(i) || prose_.percent(i))) return;
        out_.add(Relation{Law::more, "C2", {i, i + 1}, Verdict::fails, "figures.range"});
    }

    const Prose& prose_;
    Findings& out_;
};

// Shares rounded each by itself may make 99.9: doubtful, as such sums are, and no contradiction.
Verdict verdict_of_shares(const Decimal& total, int places, std::size_t shares) {
    const Decimal off = total > Decimal{100} ? total - Decimal{100} : Decimal{100} - total;
    if (off == Decimal{}) return Verdict::holds;
    const Decimal slack = Decimal::from_parts(5, places + 1) * Decimal{static_cast<std::int64_t>(shares)};
    return places > 0 && off <= slack ? Verdict::warn : Verdict::fails;
}

// 17.4:42.1:40.5, said to be a structure, makes 100.
void check_structure(const Prose& prose, const Paragraph& paragraph, Findings& out) {
    const auto digit = [&](std::size_t i) {
        return i < paragraph.span.end && prose.text[i] >= U'0' && prose.text[i] <= U'9';
    };
    for (std::size_t i = prose.until(paragraph.span.end).find_first_of(U":：∶", paragraph.span.start);
         i < paragraph.span.end;) {
        std::size_t start = i;
        while (start > paragraph.span.start && (digit(start - 1) || prose.text[start - 1] == U'.')) --start;
        std::vector<Span> parts;
        std::size_t at = start;
        while (digit(at)) {
            const std::size_t from = at;
            while (digit(at) || (at < paragraph.span.end && prose.text[at] == U'.')) ++at;
            parts.push_back({from, at});
            if (at >= paragraph.span.end || Text(U":：∶").find(prose.text[at]) == Text::npos) break;
            ++at;
        }
        if (parts.size() >= 3) {
            const std::size_t back = std::max(paragraph.span.start, start > 24 ? start - 24 : 0);
            const bool said = contains_any(prose.of({back, start}), {U"结构", U"比例", U"构成", U"比重"});
            Decimal total;
            bool readable = true;
            int places = 0;
            for (const Span part : parts) {
                const auto value = Decimal::parse(text::utf8(prose.of(part)));
                readable = readable && value && part.end - part.start <= 6;
                if (!readable) break;
                total = total + *value;
                places = std::max(places, value->scale());
            }
            if (said && readable && total > Decimal{55} && total < Decimal{195} &&
                (places > 0 || (total > Decimal{90} && total < Decimal{110})))
                out.add(Finding{.verdict = verdict_of_shares(total, places, parts.size()),
                                .check = "C1",
                                .where = parts,
                                .printed = "100",
                                .computed = total.plain(),
                                .candidates = {},
                                .reason = "figures.hundred"});
        }
        i = prose.until(paragraph.span.end).find_first_of(U":：∶", std::max(at, i + 1));
    }
}

// 2月30日, 13月, 3月12日至36日
class Calendar {
public:
    Calendar(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const Paragraph& paragraph) {
        const Text text = prose_.until(paragraph.span.end);
        for (std::size_t i = text.find(U'月', paragraph.span.start); i < text.size();
             i = text.find(U'月', i + 1)) {
            const auto month = number_before(i, paragraph.span.start);
            if (!month) continue;
            std::size_t after = i + 1;
            const auto day = day_at(after, text);
            if (!in_calendar(month->value, day ? day->value : 1)) {
                refuse({month->span.start, day ? after : i + 1});
                continue;
            }
            if (!day || after >= text.size() || Text(U"至到—").find(text[after]) == Text::npos) continue;
            const std::size_t to = ++after;
            const auto last = day_at(after, text);
            if (last && !in_calendar(month->value, last->value)) refuse({to, after});
        }
    }

private:
    struct Numeral {
        int value;
        Span span;
    };

    static bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }

    std::optional<Numeral> number_before(std::size_t end, std::size_t least) const {
        while (end > least && prose_.text[end - 1] == ' ') --end;
        std::size_t start = end;
        while (start > least && digit(prose_.text[start - 1])) --start;
        if (start == end || end - start > 2) return std::nullopt;
        if (start > least && Text(U".-/—~～").find(prose_.text[start - 1]) != Text::npos) return std::nullopt;
        return Numeral{std::stoi(text::utf8(prose_.of({start, end}))), {start, end}};
    }

    // "15日"; `at` moves behind it.
    static std::optional<Numeral> day_at(std::size_t& at, Text text) {
        std::size_t i = at;
        while (i < text.size() && text[i] == ' ') ++i;
        const std::size_t start = i;
        while (i < text.size() && digit(text[i])) ++i;
        const std::size_t end = i;
        while (i < text.size() && text[i] == ' ') ++i;
        if (start == end || end - start > 2 || i >= text.size() || text[i] != U'日') return std::nullopt;
        at = i + 1;
        return Numeral{std::stoi(text::utf8(text.substr(start, end - start))), {start, end}};
    }

    static bool in_calendar(int month, int day) {
        constexpr std::array<int, 13> days{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        return month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month)];
    }

    void refuse(Span span) {
        out_.add(Finding{.verdict = Verdict::fails,
                         .check = "C15",
                         .where = {span},
                         .printed = text::utf8(prose_.of(span)),
                         .computed = {},
                         .candidates = {},
                         .reason = "figures.no_such_day"});
    }

    const Prose& prose_;
    Findings& out_;
};

}  // namespace

void check_units(const Prose& prose, Findings& out) {
    Units units(prose, out);
    Calendar calendar(prose, out);
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item) {
            units.read(paragraph);
            check_structure(prose, paragraph, out);
            calendar.read(paragraph);
        }
}

}  // namespace ballast::figures
