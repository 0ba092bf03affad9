#include "bulletin/draft.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "figures/outline.h"

namespace ballast::bulletin {
namespace {

using figures::Span;
using text::code_points;
using text::utf8;

struct Label {
    std::u32string_view words;
    std::string Imprint::*field;
};
constexpr std::array labels{
    Label{U"制作：", &Imprint::producer},    Label{U"编制：", &Imprint::producer},
    Label{U"责任编辑：", &Imprint::editors}, Label{U"责编：", &Imprint::editors},
    Label{U"编辑：", &Imprint::editors},     Label{U"审核：", &Imprint::reviewer},
    Label{U"联系邮箱：", &Imprint::email},   Label{U"邮箱：", &Imprint::email},
    Label{U"地址：", &Imprint::address},
};

std::string read_imprint_line(Imprint& imprint, std::u32string_view line) {
    for (const auto& label : labels)
        if (line.starts_with(label.words) && (imprint.*label.field).empty())
            return imprint.*label.field = utf8(line.substr(label.words.size()));
    if (line.find(U"二维码") != std::u32string_view::npos && imprint.qr_caption.empty())
        return imprint.qr_caption = utf8(line);
    return imprint.other += (imprint.other.empty() ? "" : "\n") + utf8(line);
}

bool is_number(std::u32string_view line) {
    return line.size() <= 30 && line.find(U'第') != std::u32string_view::npos &&
           line.find(U'期') != std::u32string_view::npos;
}

/// Days of a month in the text: 6月11日, 6 月 3 日, 2021年6月10日.
class Days {
public:
    Days(std::u32string_view text, Date today) : text_(text), today_(today) { scan(); }

    std::optional<Date> latest() const {
        std::optional<Date> out;
        const auto consider = [&](int year, int month, int day) {
            const auto date = Date::from(year, month, day);
            if (date && *date <= today_ && (!out || *date > *out)) out = date;
        };
        for (const auto& one : days_) {
            if (one.year > 0)
                consider(one.year, one.month, one.day);
            else if (year_ > 0)
                consider(year_, one.month, one.day);
        }
        return out;
    }

private:
    struct Day {
        int year, month, day;
    };

    /// The whole number that ends before `at`, blanks between allowed; -1 for none.
    int number_before(std::size_t& at) const {
        while (at > 0 && (text_[at - 1] == U' ' || text_[at - 1] == 0xA0)) --at;
        int value = 0, unit = 1, digits = 0;
        for (; at > 0 && digits < 5; --at, ++digits) {
            const char32_t c = text_[at - 1];
            const int digit = c >= U'0' && c <= U'9'     ? static_cast<int>(c - U'0')
                              : c >= U'０' && c <= U'９' ? static_cast<int>(c - U'０')
                                                         : -1;
            if (digit < 0) break;
            value += digit * unit;
            unit *= 10;
        }
        return digits == 0 || digits > 4 ? -1 : value;
    }
    bool before(std::size_t& at, char32_t sign) const {
        while (at > 0 && (text_[at - 1] == U' ' || text_[at - 1] == 0xA0)) --at;
        if (at == 0 || text_[at - 1] != sign) return false;
        --at;
        return true;
    }

    void scan() {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (text_[i] == U'年') {
                std::size_t at = i;
                const int year = number_before(at);
                if (year >= 1949 && year <= today_.year()) year_ = std::max(year_, year);
            } else if (text_[i] == U'日') {
                std::size_t at = i;
                const int day = number_before(at);
                if (day < 1 || !before(at, U'月')) continue;
                const int month = number_before(at);
                if (month < 1) continue;
                const int year = before(at, U'年') ? number_before(at) : 0;
                days_.push_back({std::max(year, 0), month, day});
            }
        }
    }

    std::u32string_view text_;
    Date today_;
    int year_ = 0;
    std::vector<Day> days_;
};

class Drafter {
public:
    Drafter(const Reading& reading, Date today)
        : reading_(reading), text_(code_points(reading.text)), today_(today) {}

    Draft run() {
        const auto outline = figures::outline_of(text_);
        contents(outline);
        for (const auto& item : outline.items) add(outline, item);
        for (const Span line : outline.imprint) read_imprint_line(draft_.imprint, of(line));
        if (!draft_.date)
            if (const auto latest = Days(text_, today_).latest()) {
                draft_.date = latest;
                draft_.date_inferred = true;
            }
        return std::move(draft_);
    }

private:
    std::u32string_view of(Span span) const {
        return std::u32string_view(text_).substr(span.start, span.end - span.start);
    }
    std::string words(Span span) const { return utf8(of(span)); }

    /// What stands above the first column or headline of the list is the masthead.
    void above(Span line) {
        const auto letters = of(line);
        if (const auto day = Date::parse_loose(words(line), Date::Serials::refuse); day && !draft_.date)
            draft_.date = *day;
        else if (is_number(letters) && !draft_.number)
            draft_.number = words(line);
        else if (draft_.masthead.empty())
            draft_.masthead = words(line);
        else
            read_imprint_line(draft_.imprint, letters);
    }

    void contents(const figures::Outline& outline) {
        std::vector<Span> lines;
        const auto is_column = [&](Span line) {
            return std::ranges::any_of(outline.columns, [&](Span column) { return of(column) == of(line); });
        };
        const std::size_t first_entry =
            outline.contents.empty() ? 0 : outline.contents.front().headline.line.start;
        for (const Span line : outline.contents_columns)
            if (lines.empty() && !is_column(line) && line.start < first_entry &&
                !last_before(outline, line, first_entry))
                above(line);
            else
                lines.push_back(line);
        for (const auto& entry : outline.contents) lines.push_back(entry.headline.line);
        std::ranges::sort(lines, {}, &Span::start);
        for (const Span line : lines) draft_.contents.push_back(words(line));
    }
    /// The line right above the first entry is its column, however the body calls it.
    static bool last_before(const figures::Outline& outline, Span line, std::size_t first_entry) {
        return std::ranges::none_of(outline.contents_columns, [&](Span other) {
            return other.start > line.start && other.start < first_entry;
        });
    }

    void add(const figures::Outline& outline, const figures::Item& item) {
        DraftArticle out;
        if (item.column) out.column = words(outline.columns.at(*item.column));
        Article& article = out.article;
        if (item.headline) {
            article.place = words(item.headline->place);
            article.headline = words(item.headline->title);
        } else if (draft_.articles.empty()) {
            article.headline = reading_.title;
        }
        for (const Span paragraph : item.paragraphs) {
            auto pieces = lines_in(paragraph);
            if (pieces.empty()) continue;
            draft_.joined += pieces.size() - 1;
            std::string joined;
            for (const auto& piece : pieces) joined += words({piece.start, piece.end});
            article.paragraphs.push_back(std::move(joined));
            article.pieces.push_back(std::move(pieces));
        }
        if (says_writer(item)) article.kind = ArticleKind::commentary;
        if (article.headline.empty() && article.paragraphs.empty()) return;
        // What stands before the first headline of a text without a contents list is no article.
        if (!item.headline && outline.items.size() > 1 && draft_.articles.empty()) {
            for (const Span paragraph : item.paragraphs) above(paragraph);
            return;
        }
        draft_.articles.push_back(std::move(out));
    }

    /// An opinion speaks of its writer.
    bool says_writer(const figures::Item& item) const {
        return std::ranges::any_of(item.paragraphs, [&](Span paragraph) {
            return of(paragraph).find(U"笔者") != std::u32string_view::npos;
        });
    }

    std::vector<Piece> lines_in(Span paragraph) const {
        std::vector<Piece> out;
        std::size_t start = paragraph.start;
        for (std::size_t i = paragraph.start; i <= paragraph.end; ++i) {
            if (i < paragraph.end && text_[i] != U'\n') continue;
            std::size_t first = start, last = i;
            const auto blank = [](char32_t c) {
                return c <= U' ' || c == 0x3000 || c == 0xA0 || c == 0xFEFF;
            };
            while (first < last && blank(text_[first])) ++first;
            while (last > first && blank(text_[last - 1])) --last;
            if (first < last) out.push_back({first, last});
            start = i + 1;
        }
        return out;
    }

    const Reading& reading_;
    const std::u32string text_;
    const Date today_;
    Draft draft_;
};

/// Entries of a feed: nothing says which column they belong to; "place | title" is read where it is written.
Draft of_feed(const std::vector<Reading::Item>& items) {
    Draft out;
    for (const auto& item : items) {
        Article article;
        const auto bar = item.headline.find(" | ");
        article.headline = bar == std::string::npos ? item.headline : item.headline.substr(bar + 3);
        if (bar != std::string::npos) article.place = item.headline.substr(0, bar);
        for (const auto line : text::split(item.body, '\n'))
            if (const auto words = text::trimmed(line); !words.empty())
                article.paragraphs.emplace_back(words);
        article.source_name = item.source_name;
        article.source_url = item.source_url;
        article.source_date = item.date;
        out.articles.push_back({"", std::move(article)});
    }
    return out;
}

}  // namespace

Draft draft_of(const Reading& reading, Date today) {
    if (!reading.items.empty()) return of_feed(reading.items);
    return Drafter(reading, today).run();
}

}  // namespace ballast::bulletin
