#include "figures/list_marks.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::figures {
namespace {

constexpr Text numerals = U"一二三四五六七八九十";

enum class Form : std::uint8_t { is, must, first, heading, bracketed, arabic };

struct Mark {
    Form form;
    std::size_t number;
    Span span;
};

std::size_t number_at(Text text, std::size_t at, std::size_t& after) {
    // 一 to 十九 suffice for a list.
    const std::size_t first = at < text.size() ? numerals.find(text[at]) : Text::npos;
    if (first == Text::npos) return 0;
    after = at + 1;
    if (first == 9 && after < text.size()) {
        const std::size_t unit = numerals.find(text[after]);
        if (unit < 9) return ++after, 10 + unit + 1;
    }
    return first + 1;
}

class Marks {
public:
    Marks(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const std::vector<Paragraph>& item) {
        for (auto& marks : met_) marks.clear();
        last_of_ = {};
        for (const Paragraph& paragraph : item) read_paragraph(paragraph);
        for (auto& marks : met_) close(marks);
    }

private:
    void read_paragraph(const Paragraph& paragraph) {
        const Text text = prose_.text;
        bool opens = true;  // a clause
        for (std::size_t i = paragraph.span.start; i < paragraph.span.end; ++i) {
            if (opens) read_mark(i, i == paragraph.span.start);
            const char32_t c = text[i];
            opens = c == U'。' || c == U'；' || c == U'：' || c == U'，' || c == U'！' ||
                    (opens && (c == ' ' || c == U'\u3000' || c == '\n')) || c == U'“';
        }
    }

    void read_mark(std::size_t at, bool opens_paragraph) {
        const Text text = prose_.text;
        const auto next = [&](std::size_t i) { return i < text.size() ? text[i] : U'\0'; };
        std::size_t after = at;
        if (text[at] == U'第') {
            const std::size_t n = number_at(text, at + 1, after);
            if (n != 0 && (next(after) == U'，' || next(after) == U'、')) meet({Form::first, n, {at, after}});
            return;
        }
        if (text[at] == U'（') {
            const std::size_t n = number_at(text, at + 1, after);
            if (n != 0 && opens_paragraph && next(after) == U'）')
                meet({Form::bracketed, n, {at, after + 1}});
            return;
        }
        if (opens_paragraph && text[at] >= U'1' && text[at] <= U'9') {
            std::size_t n = 0;
            for (after = at; next(after) >= U'0' && next(after) <= U'9' && after < at + 2; ++after)
                n = n * 10 + (text[after] - U'0');
            const bool dot = next(after) == U'.' || next(after) == U'、' || next(after) == U'．';
            if (dot && !(next(after + 1) >= U'0' && next(after + 1) <= U'9'))
                meet({Form::arabic, n, {at, after}});
            return;
        }
        const std::size_t n = number_at(text, at, after);
        if (n == 0) return;
        if (next(after) == U'是')
            meet({Form::is, n, {at, after}});
        else if (next(after) == U'要')
            meet({Form::must, n, {at, after}});
        else if (next(after) == U'、' && opens_paragraph)
            meet({Form::heading, n, {at, after}});
    }

    void meet(const Mark& mark) {
        auto& marks = met_[static_cast<std::size_t>(mark.form)];
        if (mark.number == 1 && !marks.empty()) close(marks);
        marks.push_back(mark);
        if (mark.form == Form::heading)  // a new chapter numbers its sections anew
            for (const Form inner : {Form::bracketed, Form::arabic})
                close(met_[static_cast<std::size_t>(inner)]);
        if (mark.form == Form::bracketed) close(met_[static_cast<std::size_t>(Form::arabic)]);
    }

    void close(std::vector<Mark>& marks) {
        auto& last = last_of_[&marks - met_.data()];
        if (marks.size() >= 2) {
            judge(marks);
            last = marks.back();
        } else if (marks.size() == 1 && marks.front().number == 1 && last &&
                   marks.front().form != Form::bracketed && marks.front().form != Form::arabic &&
                   last->number >= 2) {
            // One alone after one and two: it should have gone on.
            broken({*last, marks.front()}, 1, last->number + 1);
        }
        marks.clear();
    }

    void judge(const std::vector<Mark>& marks) {
        const bool from_one =
            marks.front().number == 1 || marks.front().form == Form::is || marks.front().form == Form::must;
        const std::size_t first = from_one ? 1 : marks.front().number;
        for (std::size_t k = 0; k < marks.size(); ++k)
            if (marks[k].number != first + k) return broken(marks, k, first + k);
        std::vector<Span> where;
        for (const Mark& mark : marks) where.push_back(mark.span);
        out_.add(Finding{.verdict = Verdict::holds,
                         .check = "C3",
                         .where = where,
                         .printed = std::to_string(marks.size()),
                         .computed = std::to_string(marks.size()),
                         .candidates = {},
                         .reason = "figures.marks"});
        if (marks.front().number == 1) compare_with_claim(marks);
    }

    void broken(const std::vector<Mark>& marks, std::size_t at, std::size_t expected) {
        // Two in one place: the list may go over to another (其中一是 inside 二是); only a slip of one mark
        // is called one.
        std::size_t slips = 0;
        for (std::size_t k = 0; k < marks.size(); ++k) slips += marks[k].number != k + 1 ? 1 : 0;
        if (slips > 1 && marks.size() > 2 && marks.front().number == 1 && marks[at].form != Form::heading &&
            slips != marks.size() - at)
            return;
        Finding finding{.verdict = Verdict::fails,
                        .check = "C3",
                        .where = {},
                        .printed = std::to_string(marks[at].number),
                        .computed = std::to_string(expected),
                        .candidates = {},
                        .reason = "figures.marks"};
        if (at > 0) finding.where.push_back(marks[at - 1].span);
        finding.where.push_back(marks[at].span);
        if (slips == 1 && expected <= 10)
            finding.candidates.push_back(text::utf8(prose_.of(marks[at].span)) + "→" +
                                         text::utf8(numerals.substr(expected - 1, 1)));
        out_.add(std::move(finding));
    }

    // 重点做好三件事。一是…二是…三是…
    void compare_with_claim(const std::vector<Mark>& marks) {
        const std::size_t at = marks.front().span.start;
        const auto claim = claim_before(at);
        if (!claim) return;
        const auto& [index, n] = *claim;
        const bool kept = n == marks.size();
        Finding finding{.verdict = kept ? Verdict::holds : Verdict::fails,
                        .check = "C3",
                        .where = {prose_.at(index).span},
                        .printed = std::to_string(n),
                        .computed = std::to_string(marks.size()),
                        .candidates = {},
                        .reason = "figures.list"};
        for (const Mark& mark : marks) finding.where.push_back(mark.span);
        if (!kept)
            for (const OneDigit& change : one_digit_changes(prose_.at(index), prose_.text))
                if (change.number.value == Decimal{static_cast<std::int64_t>(marks.size())})
                    finding.candidates.push_back(text::utf8(prose_.of(prose_.at(index).digits)) + "→" +
                                                 change.printed);
        out_.add(std::move(finding));
    }

    std::optional<std::pair<Index, std::size_t>> claim_before(std::size_t at) const {
        // The sentence before the first mark, or the part of its own sentence that leads to it.
        std::size_t end = at, start = at;
        const auto stop = [&](char32_t c) { return c == U'。' || c == U'！' || c == U'\n' || c == U'；'; };
        while (end > 0 &&
               (stop(prose_.text[end - 1]) || prose_.text[end - 1] == U'：' ||
                prose_.text[end - 1] == U'，' || prose_.text[end - 1] == ' ' || prose_.text[end - 1] == U'”'))
            --end;
        start = end;
        while (start > 0 && end - start < 120 && !stop(prose_.text[start - 1])) --start;
        const auto& mentions = prose_.mentions;
        const auto behind =
            std::lower_bound(mentions.begin(), mentions.end(), end,
                             [](const Mention& m, std::size_t s) { return m.span.start < s; });
        for (auto i = static_cast<Index>(behind - mentions.begin());
             i-- > 0 && prose_.at(i).span.start >= start;) {
            if (const auto n = claims(i, end)) return std::pair{i, *n};
        }
        return std::nullopt;
    }

    // 两个关键词, 五项措施, right before the end.
    std::optional<std::size_t> claims(Index i, std::size_t end) const {
        const Mention& m = prose_.at(i);
        if ((m.kind != Kind::count && m.kind != Kind::quantity) || !m.value) return std::nullopt;
        if (m.digits.end - m.digits.start > 2 || *m.value < Decimal{2} || *m.value > Decimal{19} ||
            m.value->scale() > 0)
            return std::nullopt;
        const Text behind = bare(prose_.of({m.digits.end, end}));
        if (behind.size() > 14 || has_one_of(behind, U"，；。")) return std::nullopt;
        if (!has_one_of(behind.substr(0, 3), U"个项大点条方类步招件种")) return std::nullopt;
        return static_cast<std::size_t>(std::stoul(m.value->plain()));
    }

    const Prose& prose_;
    Findings& out_;
    std::array<std::vector<Mark>, 6> met_;
    std::array<std::optional<Mark>, 6> last_of_;  // of the list before, in this item
};

}  // namespace

void check_marks(const Prose& prose, Findings& out) {
    Marks marks(prose, out);
    for (const auto& item : prose.items) marks.read(item);
}

}  // namespace ballast::figures
