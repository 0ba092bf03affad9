#include "figures/outline.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"

namespace ballast::figures {
namespace {

using Text = std::u32string_view;

constexpr std::size_t longest_headline = 60;

bool blank(char32_t c) {
    return c == ' ' || c == '\t' || c == '\r' || c == U'\u3000' || c == 0xA0 || c == 0xFEFF || c == '\f';
}

Span trimmed(Text text, Span s) {
    while (s.start < s.end && blank(text[s.start])) ++s.start;
    while (s.end > s.start && blank(text[s.end - 1])) --s.end;
    return s;
}

Text of(Text text, Span s) { return text.substr(s.start, s.end - s.start); }

bool one_of(char32_t c, Text set) { return set.find(c) != Text::npos; }

std::vector<Span> lines_of(Text text) {
    std::vector<Span> lines;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = text.find(U'\n', start);
        if (end == Text::npos) end = text.size();
        const Span line = trimmed(text, {start, end});
        if (line.start < line.end) lines.push_back(line);
        start = end + 1;
    }
    return lines;
}

// A paragraph that stops without one of these goes on after the page break.
bool closes_a_paragraph(char32_t c) { return one_of(c, U"。！？”：）；…!?:;)》】"); }

bool ends_like_prose(char32_t c) { return one_of(c, U"。！？；，、：!?;,"); }

bool short_line(Text line) { return line.size() <= longest_headline && !ends_like_prose(line.back()); }

// 地方 | 标题. The bar may be full-width.
std::optional<Headline> with_place(Text text, Span line) {
    const Text words = of(text, line);
    if (words.size() > 2 * longest_headline || ends_like_prose(words.back())) return std::nullopt;
    const std::size_t bar = words.find_first_of(U"|｜");
    if (bar == Text::npos || bar == 0 || bar + 1 == words.size() || bar > 30) return std::nullopt;
    if (words.find_first_of(U"|｜", bar + 1) != Text::npos) return std::nullopt;  // a row of a table
    return Headline{line, trimmed(text, {line.start, line.start + bar}),
                    trimmed(text, {line.start + bar + 1, line.end})};
}

// "1. 标题", "（2）标题", "● 标题" without its mark.
Span without_number(Text text, Span line) {
    Span s = line;
    if (one_of(text[s.start], U"●•◆■▲★◇·")) return trimmed(text, {s.start + 1, s.end});
    std::size_t i = s.start + (one_of(text[s.start], U"（(") ? 1 : 0);
    const std::size_t digits = i;
    while (i < s.end && i - digits < 2 && text[i] >= '0' && text[i] <= '9') ++i;
    if (i == digits || i + 1 >= s.end || !one_of(text[i], U".．、）)")) return line;
    if (text[i + 1] >= '0' && text[i + 1] <= '9') return line;  // 1.2万亩
    return trimmed(text, {i + 1, s.end});
}

// The words of a contents entry without its number, leader dots and page: "1. 标题……3" is 标题.
Span bare_entry(Text text, Span line) {
    Span s = without_number(text, line);
    std::size_t i = s.end;
    while (i > s.start && (text[i - 1] >= '0' && text[i - 1] <= '9')) --i;
    std::size_t dots = i;
    while (dots > s.start && (one_of(text[dots - 1], U".…·—-") || blank(text[dots - 1]))) --dots;
    if (i < s.end && dots < i && i - dots >= 2) s.end = dots;
    if (s.end > s.start && text[s.end - 1] == U')' && s.end - s.start > 3) {
        std::size_t open = s.end - 1;
        while (open > s.start && text[open - 1] >= '0' && text[open - 1] <= '9') --open;
        if (open > s.start && open + 1 < s.end && text[open - 1] == U'(') s.end = open - 1;
    }
    return trimmed(text, s);
}

bool names_the_contents(Text line) {
    std::u32string letters;
    for (const char32_t c : line)
        if (!blank(c)) letters.push_back(c);
    constexpr std::array<Text, 9> names{U"目录", U"本期目录", U"要目",     U"本期要目", U"本期导读",
                                        U"导读", U"本期内容", U"内容提要", U"【目录】"};
    return std::find(names.begin(), names.end(), Text(letters)) != names.end();
}

bool opens_the_imprint(Text line) {
    constexpr std::array<Text, 14> openings{U"识别二维码", U"制作：", U"责任编辑", U"责编",   U"审核：",
                                            U"联系邮箱",   U"地址：", U"编辑：",   U"主编：", U"签发：",
                                            U"报送：",     U"主送：", U"抄送：",   U"印发："};
    return std::any_of(openings.begin(), openings.end(), [&](Text o) { return line.starts_with(o); });
}

std::u32string letters_of(Text words) {
    std::u32string out;
    for (const char32_t c : words)
        if (!blank(c)) out.push_back(c);
    return out;
}

// Of two headlines that may be one: how much of the shorter is common at both ends.
bool alike(Text a, Text b) {
    const std::u32string x = letters_of(a), y = letters_of(b);
    const std::size_t least = std::min(x.size(), y.size());
    if (least < 4) return false;
    std::size_t front = 0, back = 0;
    while (front < least && x[front] == y[front]) ++front;
    while (back < least - front && x[x.size() - 1 - back] == y[y.size() - 1 - back]) ++back;
    return 5 * (front + back) >= 3 * std::max(x.size(), y.size());
}

struct Reader {
    Text text;
    std::vector<Span> lines;
    Outline out;

    // Where the bodies begin, and whether lines before it are a contents list.
    std::size_t body = 0;
    bool marked_headlines = false;  // `place | title` is how this text writes its headlines

    bool prose(std::size_t i) const { return !short_line(of(text, lines[i])); }

    void find_the_body() {
        std::vector<std::size_t> headlines;
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (with_place(text, lines[i])) headlines.push_back(i);
        marked_headlines = !headlines.empty();
        if (marked_headlines)
            find_after_marked(headlines);
        else
            find_after_repeated();
    }

    // The headline above the first prose opens the first body; headlines before it are the contents list.
    void find_after_marked(const std::vector<std::size_t>& headlines) {
        const std::size_t first = headlines.front();
        std::size_t opening = first;
        for (std::size_t i = first; i < lines.size(); ++i) {
            if (with_place(text, lines[i]))
                opening = i;
            else if (prose(i))
                break;
        }
        body = opening;
        if (opening != first && opening > 0 && !with_place(text, lines[opening - 1])) --body;  // its column
        if (opening == first) body = 0;
    }

    // Without bars: a list called 目录, until its first line comes again.
    void find_after_repeated() {
        std::size_t start = lines.size();
        for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 30); ++i)
            if (names_the_contents(of(text, lines[i]))) {
                start = i + 1;
                break;
            }
        if (start >= lines.size()) return;
        std::size_t prose_at = start;
        while (prose_at < lines.size() && !prose(prose_at)) ++prose_at;
        std::size_t again = 0;  // the first line of the list that comes again before any prose
        for (std::size_t i = start + 1; i < prose_at && again == 0; ++i)
            if (same_words(bare_entry(text, lines[start]), without_number(text, lines[i]))) again = i;
        body = again != 0 ? again : prose_at > start ? prose_at - 1 : start;
        entries_from = start;
    }
    std::size_t entries_from = 0;

    bool same_words(Span a, Span b) const { return letters_of(of(text, a)) == letters_of(of(text, b)); }

    void read_contents() {
        for (std::size_t i = entries_from; i < body; ++i) {
            if (names_the_contents(of(text, lines[i]))) continue;
            const Span bare = bare_entry(text, lines[i]);
            if (bare.start == bare.end) continue;
            if (const auto headline = with_place(text, bare))
                out.contents.push_back({*headline, std::nullopt});
            else if (marked_headlines)
                out.contents_columns.push_back(bare);
            else
                out.contents.push_back({Headline{bare, {bare.start, bare.start}, bare}, std::nullopt});
        }
    }

    Item& item() {
        if (out.items.empty()) out.items.emplace_back();
        return out.items.back();
    }

    void open_item(const Headline& headline) {
        Item opened;
        opened.headline = headline;
        if (!out.columns.empty()) opened.column = out.columns.size() - 1;
        out.items.push_back(std::move(opened));
    }

    bool open_paragraph = false;

    void add(Span line) {
        auto& paragraphs = item().paragraphs;
        if (open_paragraph && !paragraphs.empty())
            paragraphs.back().end = line.end;
        else
            paragraphs.push_back(line);
        const Text words = of(text, line);
        open_paragraph = !closes_a_paragraph(words.back()) && words.size() > longest_headline / 2;
    }

    // A short line with nothing but letters before a headline.
    bool is_column(std::size_t i) const {
        return marked_headlines && i + 1 < lines.size() && of(text, lines[i]).size() <= 12 &&
               !ends_like_prose(text[lines[i].end - 1]) && with_place(text, lines[i + 1]).has_value();
    }

    void read_marked() {
        for (std::size_t i = body; i < lines.size(); ++i) {
            const Text words = of(text, lines[i]);
            if (opens_the_imprint(words) && !out.items.empty() && no_headline_after(i)) {
                out.imprint.assign(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.end());
                return;
            }
            if (const auto headline = with_place(text, lines[i])) {
                open_item(*headline);
                open_paragraph = false;
            } else if (!open_paragraph && is_column(i)) {
                out.columns.push_back(lines[i]);
            } else {
                add(lines[i]);
            }
        }
    }

    std::size_t last_headline = 0;
    bool no_headline_after(std::size_t i) const { return i > last_headline; }

    void read_plain() {
        // Entries are met in their order; a line that is much like the next ones is their headline.
        std::unordered_map<std::u32string, std::size_t> exact;
        for (std::size_t e = 0; e < out.contents.size(); ++e)
            exact.emplace(letters_of(of(text, out.contents[e].headline.line)), e);
        std::size_t next = 0;
        for (std::size_t i = body; i < lines.size(); ++i) {
            const Span line = without_number(text, lines[i]);
            const Text words = of(text, line);
            std::optional<std::size_t> entry;
            if (!out.contents.empty() && words.size() <= longest_headline) {
                if (const auto at = exact.find(letters_of(words)); at != exact.end())
                    entry = at->second;
                else
                    for (std::size_t e = next; !entry && e < std::min(next + 3, out.contents.size()); ++e)
                        if (alike(of(text, out.contents[e].headline.line), words)) entry = e;
            }
            if (entry) {
                open_item(Headline{line, {line.start, line.start}, line});
                if (!out.contents[*entry].item) out.contents[*entry].item = out.items.size() - 1;
                next = *entry + 1;
                open_paragraph = false;
            } else {
                add(lines[i]);
            }
        }
    }

    // Equal headlines first; what is left between two pairs is paired in order when alike.
    void pair_entries() {
        std::unordered_map<std::u32string, std::size_t> by_words;
        std::vector<bool> taken(out.items.size());
        for (std::size_t i = 0; i < out.items.size(); ++i)
            if (out.items[i].headline) by_words.emplace(letters_of(of(text, out.items[i].headline->line)), i);
        for (Entry& entry : out.contents)
            if (const auto at = by_words.find(letters_of(of(text, entry.headline.line)));
                at != by_words.end() && !taken[at->second]) {
                entry.item = at->second;
                taken[at->second] = true;
            }
        std::size_t from = 0;
        for (Entry& entry : out.contents) {
            if (entry.item) {
                from = *entry.item + 1;
                continue;
            }
            for (std::size_t i = from; i < std::min(from + 4, out.items.size()); ++i)
                if (!taken[i] && out.items[i].headline &&
                    alike(of(text, entry.headline.line), of(text, out.items[i].headline->line))) {
                    entry.item = i;
                    taken[i] = true;
                    from = i + 1;
                    break;
                }
        }
    }

    void read() {
        lines = lines_of(text);
        if (lines.empty()) return;
        find_the_body();
        read_contents();
        if (marked_headlines) {
            for (std::size_t i = 0; i < lines.size(); ++i)
                if (with_place(text, lines[i])) last_headline = i;
            read_marked();
            pair_entries();
        } else {
            read_plain();
        }
    }
};

}  // namespace

Outline outline_of(std::u32string_view text) {
    Reader reader{.text = text, .lines = {}, .out = {}};
    reader.read();
    return std::move(reader.out);
}

}  // namespace ballast::figures
