// Years and durations: 2018年至2020年三年行动, 3月1日至3月15日为期15天, 从2006年开始…十几年来, 提前9个月.
#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"
#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

struct Year {
    int value = 0;
    Span span;
};

class Years {
public:
    Years(const Prose& prose, Findings& out) : prose_(prose), out_(out) {
        for (const Mention& m : prose.mentions)
            if (m.kind == Kind::year || m.kind == Kind::date)
                if (const int y = year_of(m); y > 0 && !future(m))
                    ++seen_[static_cast<std::size_t>(y - 1900)];
    }

    void read(const Paragraph& paragraph) {
        for (const Sentence& sentence : paragraph.sentences) {
            for (std::size_t at = prose_.until(sentence.span.end).find(U'年', sentence.span.start);
                 at < sentence.span.end; at = prose_.until(sentence.span.end).find(U'年', at + 1))
                read_span(at, sentence);
            read_days(sentence);
            read_ahead(sentence);
        }
        read_since(paragraph);
    }

private:
    static int year_of(const Mention& m) {
        if (m.date.size() < 4) return 0;
        int y = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            if (m.date[i] < '0' || m.date[i] > '9') return 0;
            y = 10 * y + (m.date[i] - '0');
        }
        return y >= 1900 && y < 2100 ? y : 0;
    }

    bool future(const Mention& m) const {
        const std::size_t start = m.span.start;
        return start > 0 && Text(U"到至").find(prose_.text[start - 1]) != Text::npos;
    }

    bool digit(std::size_t i) const {
        return i < prose_.text.size() && prose_.text[i] >= U'0' && prose_.text[i] <= U'9';
    }

    std::optional<Year> year_before(std::size_t mark) const {
        std::size_t end = mark;
        while (end > 0 && prose_.text[end - 1] == ' ') --end;
        if (end < 4) return std::nullopt;
        for (std::size_t i = end - 4; i < end; ++i)
            if (!digit(i)) return std::nullopt;
        if (end > 4 && digit(end - 5)) return std::nullopt;
        return Year{std::stoi(text::utf8(prose_.of({end - 4, end}))), {end - 4, mark + 1}};
    }

    // 2018年至2020年…三年行动
    void read_span(std::size_t at, const Sentence& sentence) {
        const auto first = year_before(at);
        if (!first) return;
        std::size_t next = at + 1;
        while (next < sentence.span.end && prose_.text[next] == ' ') ++next;
        if (next >= sentence.span.end || Text(U"至到—-－~～").find(prose_.text[next]) == Text::npos) return;
        while (next < sentence.span.end && Text(U"至到—-－~～ ").find(prose_.text[next]) != Text::npos)
            ++next;
        const std::size_t mark = prose_.until(sentence.span.end).find(U'年', next);
        if (mark >= sentence.span.end || mark - next > 6) return;
        const auto last = year_before(mark);
        if (!last) return;
        if (last->value < first->value) {
            say(Verdict::fails, {first->span, last->span}, first->value, last->value, "figures.range", "C2");
            return;
        }
        for (Index i = sentence.first; i < sentence.last; ++i) {
            const Mention& m = prose_.at(i);
            if (m.span.start < last->span.end || m.span.start - last->span.end > 24) continue;
            if (!years_long(m) || m.qualifier == Qualifier::gt || m.qualifier == Qualifier::ge) continue;
            if (has_one_of(prose_.of({last->span.end, m.span.start}), U"，。；") &&
                m.span.start - last->span.end > 6)
                return;
            const Text behind = bare(prose_.text.substr(m.digits.end, 6));
            const bool plan = contains_any(behind, {U"行动", U"计划", U"规划", U"攻坚", U"方案"});
            const bool bare_span =
                m.span.start - last->span.end <= 3 || contains_any(behind, {U"间", U"期间", U"时间"});
            if (!plan && !bare_span) return;
            if (contains_any(prose_.of({last->span.end, m.span.start}),
                             {U"第", U"提前", U"近", U"前", U"后"}))
                return;
            const int years = last->value - first->value + 1;
            const bool inclusive = *m.value == Decimal{years}, elapsed = *m.value == Decimal{years - 1};
            const Verdict verdict = inclusive          ? Verdict::holds
                                    : elapsed && !plan ? Verdict::plausible
                                                       : Verdict::fails;
            out_.add(Finding{.verdict = verdict,
                             .check = "C3",
                             .where = {first->span, last->span, m.span},
                             .printed = m.value->plain(),
                             .computed = std::to_string(years),
                             .candidates = {},
                             .reason = "figures.years"});
            return;
        }
    }

    // 三年, also where it is part of a name (三年行动).
    bool years_long(const Mention& m) const {
        return m.value &&
               (m.kind == Kind::duration || m.kind == Kind::fixed || m.kind == Kind::count ||
                m.kind == Kind::quantity) &&
               m.digits.end < prose_.text.size() &&
               bare(prose_.text.substr(m.digits.end, 2)).starts_with(U"年");
    }

    void say(Verdict verdict, std::vector<Span> where, int printed, int computed, std::string_view reason,
             std::string_view check) {
        out_.add(Finding{.verdict = verdict,
                         .check = std::string(check),
                         .where = std::move(where),
                         .printed = std::to_string(printed),
                         .computed = std::to_string(computed),
                         .candidates = {},
                         .reason = std::string(reason)});
    }

    // 3月1日至3月15日，为期15天
    void read_days(const Sentence& sentence) {
        for (Index i = sentence.first; i + 2 < sentence.last; ++i) {
            if (prose_.at(i).kind != Kind::date || prose_.at(i + 1).kind != Kind::date) continue;
            const Text joint = bare(prose_.between(i, i + 1));
            if (joint != U"至" && joint != U"到" && joint != U"—" && joint != U"-" && joint != U"——")
                continue;
            const auto lasting = duration_after(i + 1, sentence);
            const auto span = days_between(prose_.at(i), prose_.at(i + 1));
            if (!lasting || !span) continue;
            const Mention& days = prose_.at(*lasting);
            out_.add(Finding{.verdict = *days.value == Decimal{*span} ? Verdict::holds : Verdict::fails,
                             .check = "C3",
                             .where = {prose_.at(i).span, prose_.at(i + 1).span, days.span},
                             .printed = days.value->plain(),
                             .computed = std::to_string(*span),
                             .candidates = {},
                             .reason = "figures.days"});
        }
    }

    // The 15天 of 为期15天.
    std::optional<Index> duration_after(Index date, const Sentence& sentence) const {
        for (Index i = date + 1; i < std::min(sentence.last, date + 8); ++i) {
            const Mention& m = prose_.at(i);
            if (m.kind == Kind::date) return std::nullopt;
            if (m.kind == Kind::duration && m.value && (m.unit == "天" || m.unit == "日") &&
                ends_with_any(bare(prose_.between(i - 1, i)), {U"为期", U"历时", U"共"}))
                return i;
        }
        return std::nullopt;
    }

    // Both included. Without a year (3月12日至16日) only days of one month can be counted.
    std::optional<std::int64_t> days_between(const Mention& a, const Mention& b) const {
        const auto from = Date::parse(a.date), to = Date::parse(b.date);
        if (from && to) return (*to - *from) + 1;
        const auto first = day_of(a), last = day_of(b);
        if (!first || !last || contains(prose_.of(b.span), U"月")) return std::nullopt;
        return *last - *first + 1;
    }

    std::optional<std::int64_t> day_of(const Mention& m) const {
        std::size_t end = m.span.end;
        if (end == 0 || prose_.text[end - 1] != U'日') return std::nullopt;
        --end;
        while (end > m.span.start && prose_.text[end - 1] == ' ') --end;
        std::size_t start = end;
        while (start > m.span.start && digit(start - 1)) --start;
        if (start == end || end - start > 2) return std::nullopt;
        return std::stoi(text::utf8(prose_.of({start, end})));
    }

    // 2020年3月…提前9个月: the date it was due, which only a date in the sentence can confirm.
    void read_ahead(const Sentence& sentence) {
        const std::size_t at = prose_.until(sentence.span.end).find(U"提前", sentence.span.start);
        if (at >= sentence.span.end) return;
        for (Index i = sentence.first; i < sentence.last; ++i) {
            const Mention& m = prose_.at(i);
            if (m.kind != Kind::duration || m.unit != "个月" || !m.value || m.span.start < at ||
                m.span.start > at + 4)
                continue;
            for (Index d = i; d-- > sentence.first;) {
                const std::string& date = prose_.at(d).date;
                if (prose_.at(d).kind != Kind::date || date.size() < 7 || date[4] != '-') continue;
                if (m.value->scale() > 0 || *m.value > Decimal{120} || date[5] < '0' || date[5] > '1') return;
                const int month = std::stoi(date.substr(0, 4)) * 12 + std::stoi(date.substr(5, 2)) - 1 +
                                  std::stoi(m.value->plain());
                const std::string due = std::to_string(month / 12) + "-" + (month % 12 + 1 < 10 ? "0" : "") +
                                        std::to_string(month % 12 + 1);
                // Nobody says when it was due; the end of a year is the usual day.
                out_.add(Finding{.verdict = month % 12 == 11 ? Verdict::plausible : Verdict::unverifiable,
                                 .check = "C4",
                                 .where = {prose_.at(d).span, m.span},
                                 .printed = m.value->plain(),
                                 .computed = due,
                                 .candidates = {},
                                 .reason = "figures.due"});
                return;
            }
        }
    }

    /// How many whole decades 十几年, 二十多年 speak of; nothing of 几十年, which says none.
    std::optional<int> decades_before(std::size_t ten) const {
        static constexpr Text figures = U"一二三四五六七八九";
        if (ten == 0) return 1;
        const char32_t before = prose_.text[ten - 1];
        if (before == U'几' || before == U'数') return std::nullopt;
        const auto at = figures.find(before);
        return at == Text::npos ? 1 : static_cast<int>(at) + 1;
    }

    // 从1998年开始…二十多年来, measured from the latest year that the text speaks of as past.
    void read_since(const Paragraph& paragraph) {
        const Text text = prose_.until(paragraph.span.end);
        for (std::size_t at = text.find(U'十', paragraph.span.start); at < paragraph.span.end;
             at = text.find(U'十', at + 1)) {
            const Text spoken = prose_.text.substr(at, 4);
            if (spoken != U"十几年来" && spoken != U"十多年来" && spoken != U"十余年来") continue;
            const auto decades = decades_before(at);
            if (!decades) continue;
            const std::size_t start = at > 0 && *decades > 1 ? at - 1 : at;
            const std::size_t back = std::max(paragraph.span.start, at > 120 ? at - 120 : 0);
            for (std::size_t mark = at; mark-- > back;) {
                if (prose_.text[mark] != U'年') continue;
                const auto year = year_before(mark);
                if (!year) continue;
                const Text behind = prose_.text.substr(mark + 1, 3);
                if (!contains_any(behind, {U"开始", U"起", U"以来"})) continue;
                const auto latest = latest_year(year->value);
                if (!latest) return;
                const int passed = *latest - year->value;
                const bool kept = passed > *decades * 10 && passed < (*decades + 1) * 10;
                out_.add(Finding{.verdict = kept ? Verdict::holds : Verdict::warn,
                                 .check = "C3",
                                 .where = {year->span, {start, at + 4}},
                                 .printed = text::utf8(prose_.text.substr(start, at + 3 - start)),
                                 .computed = std::to_string(passed),
                                 .candidates = {},
                                 .reason = "figures.since"});
                return;
            }
        }
    }

    // Not counting the one mention that is in question.
    std::optional<int> latest_year(int in_question) const {
        for (std::size_t y = seen_.size(); y-- > 0;) {
            const int year = static_cast<int>(y) + 1900;
            const int others = seen_[y] - (year == in_question ? 1 : 0);
            if (others > 0) return year;
        }
        return std::nullopt;
    }

    const Prose& prose_;
    Findings& out_;
    std::array<int, 200> seen_{};
};

}  // namespace

void check_years(const Prose& prose, Findings& out) {
    Years years(prose, out);
    for (const auto& item : prose.items)
        for (const Paragraph& paragraph : item) years.read(paragraph);
}

}  // namespace ballast::figures
