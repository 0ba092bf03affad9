// C6: the contents list against the headlines, and the figures of a headline against its body and the other
// items.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

bool blank(char32_t c) { return c == ' ' || c == '\t' || c == U'\u3000' || c == 0xA0; }
bool numeral(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９') || c == U'.' ||
           Text(U"〇一二两三四五六七八九十百千万亿").find(c) != Text::npos;
}

// The letters of a span with where each stands.
struct Letters {
    std::u32string words;
    std::vector<std::size_t> at;

    Letters(const Prose& prose, Span span) {
        for (std::size_t i = span.start; i < span.end; ++i)
            if (!blank(prose.text[i])) {
                words.push_back(prose.text[i]);
                at.push_back(i);
            }
    }
    Span span(std::size_t from, std::size_t to) const { return {at[from], at[to - 1] + 1}; }
};

// Where two headlines part: the whole number, or the word from its beginning to where it parts.
struct Difference {
    std::size_t from, to_a, to_b;
};

std::optional<Difference> difference(const Letters& a, const Letters& b) {
    const std::size_t least = std::min(a.words.size(), b.words.size());
    std::size_t front = 0, back = 0;
    while (front < least && a.words[front] == b.words[front]) ++front;
    if (front == a.words.size() && front == b.words.size()) return std::nullopt;
    while (back < least - front && a.words[a.words.size() - 1 - back] == b.words[b.words.size() - 1 - back])
        ++back;
    std::size_t to_a = a.words.size() - back, to_b = b.words.size() - back, from = front;
    const bool number =
        (front < to_a && numeral(a.words[front])) || (front < to_b && numeral(b.words[front]));
    if (number) {
        while (from > 0 && numeral(a.words[from - 1])) --from;
        while (to_a < a.words.size() && to_b < b.words.size() && numeral(a.words[to_a]) &&
               a.words[to_a] == b.words[to_b])
            ++to_a, ++to_b;
    } else {
        while (from > 0 && front - from < 5 && text::is_han(a.words[from - 1])) --from;
    }
    if (from == to_a || from == to_b) {  // something is left out: show the letter behind it too
        if (to_a < a.words.size()) ++to_a;
        if (to_b < b.words.size()) ++to_b;
        if ((from == to_a || from == to_b) && from > 0) --from;
    }
    return Difference{from, to_a, to_b};
}

class Headlines {
public:
    Headlines(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read() {
        const Outline& outline = prose_.outline;
        for (const Entry& entry : outline.contents) {
            if (entry.item)
                compare(entry.headline.line, outline.items[*entry.item].headline->line);
            else
                missing(entry.headline.line, "figures.no_body");
        }
        if (!outline.contents.empty()) {
            std::vector<bool> announced(outline.items.size());
            for (const Entry& entry : outline.contents)
                if (entry.item) announced[*entry.item] = true;
            for (std::size_t i = 0; i < outline.items.size(); ++i)
                if (!announced[i] && outline.items[i].headline &&
                    outline.items[i].headline->place.start != outline.items[i].headline->place.end)
                    missing(outline.items[i].headline->line, "figures.not_in_contents");
        }
        if (outline.contents_columns.size() == outline.columns.size())
            for (std::size_t c = 0; c < outline.columns.size(); ++c)
                compare(outline.contents_columns[c], outline.columns[c]);
        for (std::size_t i = 0; i < outline.items.size(); ++i) read_figures(i);
        read_repeated();
    }

private:
    std::string words(Span s) const { return text::utf8(bare(prose_.of(s))); }

    void compare(Span in_contents, Span in_body) {
        const Letters a(prose_, in_contents), b(prose_, in_body);
        const auto parts = difference(a, b);
        if (!parts) {
            out_.add(Finding{.verdict = Verdict::holds,
                             .check = "C6",
                             .where = {in_contents, in_body},
                             .printed = words(in_contents),
                             .computed = words(in_body),
                             .candidates = {},
                             .reason = "figures.headline"});
            return;
        }
        Finding finding{.verdict = Verdict::fails,
                        .check = "C6",
                        .where = {},
                        .printed = {},
                        .computed = {},
                        .candidates = {},
                        .reason = "figures.headline"};
        if (parts->from < parts->to_a) finding.where.push_back(a.span(parts->from, parts->to_a));
        if (parts->from < parts->to_b) finding.where.push_back(b.span(parts->from, parts->to_b));
        finding.printed = parts->from < parts->to_a ? words(finding.where.front()) : "";
        finding.computed = parts->from < parts->to_b ? words(finding.where.back()) : "";
        out_.add(std::move(finding));
    }

    void missing(Span line, std::string_view reason) {
        out_.add(Finding{.verdict = Verdict::fails,
                         .check = "C6",
                         .where = {line},
                         .printed = words(line),
                         .computed = {},
                         .candidates = {},
                         .reason = std::string(reason)});
    }

    // --- a figure of the headline in its body
    // -----------------------------------------------------------------

    void read_figures(std::size_t item) {
        const auto& headline = prose_.outline.items[item].headline;
        if (!headline) return;
        const auto& mentions = prose_.mentions;
        auto at = std::lower_bound(mentions.begin(), mentions.end(), headline->line.start,
                                   [](const Mention& m, std::size_t start) { return m.span.start < start; });
        for (; at != mentions.end() && at->span.start < headline->line.end; ++at) {
            const Index figure = static_cast<Index>(at - mentions.begin());
            if (prose_.amount(figure) || prose_.percent(figure)) find_again(figure, item);
        }
    }

    void find_again(Index figure, std::size_t item) {
        std::optional<Index> same, near;
        bool equal = false;
        for (const Paragraph& paragraph : prose_.items[item])
            for (Index i = paragraph.first; i < paragraph.last; ++i) {
                if (prose_.at(i).kind != prose_.at(figure).kind || !prose_.like(i, figure) ||
                    !prose_.at(i).value)
                    continue;
                equal = equal || prose_.at(i).value == prose_.at(figure).value;
                if (!near && digits_of(figure) >= 2 && one_digit_apart(figure, i)) near = i;
                if (!one_thing(figure, i)) continue;
                same = i;
                if (prose_.at(i).value == prose_.at(figure).value) return hold(figure, i);
            }
        if (same)
            hold(figure, *same);
        else if (near && !equal)  // nowhere in its body, save for one digit
            out_.add(Relation{Law::same, "C6", {figure, *near}, Verdict::warn, "figures.repeated"});
    }

    std::size_t digits_of(Index i) const { return prose_.at(i).digits.end - prose_.at(i).digits.start; }

    void hold(Index headline, Index body) {
        out_.add(Relation{Law::same, "C6", {headline, body}, Verdict::fails, "figures.repeated"});
    }

    // Counted of the same: four characters in common behind the figure, or before it.
    bool one_thing(Index a, Index b) const {
        return common_front(bare(prose_.tail(a)), bare(prose_.tail(b))) >= 4 ||
               common_back(subject(a), subject(b)) >= 4;
    }

    Text subject(Index i) const {
        Text words = bare(prose_.label(i));
        for (const Text verb : {Text(U"达到"), Text(U"超过"), Text(U"突破"), Text(U"达"), Text(U"为"),
                                Text(U"超"), Text(U"至"), Text(U"到"), Text(U"约")})
            if (words.ends_with(verb)) {
                words.remove_suffix(verb.size());
                break;
            }
        return words;
    }

    static std::size_t common_front(Text a, Text b) {
        std::size_t n = 0;
        while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
        return n;
    }
    static std::size_t common_back(Text a, Text b) {
        std::size_t n = 0;
        while (n < a.size() && n < b.size() && a[a.size() - 1 - n] == b[b.size() - 1 - n]) ++n;
        return n;
    }

    // --- one figure printed twice, with one digit changed
    // -----------------------------------------------------

    void read_repeated() {
        std::unordered_map<std::u32string, std::vector<Index>> met;
        for (std::size_t item = 0; item < prose_.items.size(); ++item) {
            met.clear();
            for (const Paragraph& paragraph : prose_.items[item])
                for (Index i = paragraph.first; i < paragraph.last; ++i) {
                    if (!prose_.amount(i) || long_digits(i) < 3) continue;
                    const Text words = subject(i);
                    if (words.size() < 4) continue;
                    std::u32string key(words.substr(words.size() - 4));
                    for (const char c : prose_.unit(i)) key.push_back(static_cast<unsigned char>(c));
                    auto& earlier = met[key];
                    for (const Index e : earlier)
                        if (same_time(e, i) && one_digit_apart(e, i)) {
                            out_.add(Relation{Law::same, "C7", {e, i}, Verdict::warn, "figures.repeated"});
                            break;
                        }
                    if (earlier.size() < 4) earlier.push_back(i);
                }
        }
    }

    std::size_t long_digits(Index i) const {
        const Text digits = prose_.of(prose_.at(i).digits);
        return static_cast<std::size_t>(std::count_if(digits.begin(), digits.end(), [](char32_t c) {
            return (c >= U'1' && c <= U'9') || (c >= U'１' && c <= U'９');
        }));
    }

    bool same_time(Index a, Index b) const {
        const Text x = subject(a), y = subject(b);
        if (x == y)
            return !has_one_of(sentence_before(a), U"年月季") && !has_one_of(sentence_before(b), U"年月季");
        return !has_one_of(x, U"年月季上去今") && !has_one_of(y, U"年月季上去今") && x.size() >= 6 &&
               y.size() >= 6 && common_back(x, y) == std::min(x.size(), y.size());
    }

    Text sentence_before(Index i) const {
        const std::size_t end = prose_.at(i).span.start;
        std::size_t start = end;
        while (start > 0 && end - start < 80 && prose_.text[start - 1] != U'。' &&
               prose_.text[start - 1] != U'\n')
            --start;
        return prose_.of({start, end});
    }

    bool one_digit_apart(Index a, Index b) const {
        const Text x = prose_.of(prose_.at(a).digits), y = prose_.of(prose_.at(b).digits);
        if (x.size() != y.size() || !prose_.at(a).value || prose_.at(a).scale != prose_.at(b).scale)
            return false;
        std::size_t apart = 0;
        for (std::size_t k = 0; k < x.size(); ++k) apart += x[k] != y[k] ? 1 : 0;
        return apart == 1;
    }

    const Prose& prose_;
    Findings& out_;
};

}  // namespace

void check_headlines(const Prose& prose, Findings& out) { Headlines(prose, out).read(); }

}  // namespace ballast::figures
