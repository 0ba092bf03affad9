#include "bulletin/text_out.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::bulletin {
namespace {

class Printer {
public:
    explicit Printer(const Edition& edition) : edition_(edition) {}

    Printed run(Contents contents, Around around) {
        if (around == Around::printed) top();
        list(contents);
        articles();
        if (around == Around::printed) imprint();
        return std::move(out_);
    }

private:
    void add(std::string_view words) { out_.text += text::code_points(words); }
    void line(std::string_view words, Stretch stretch) {
        stretch.start = out_.text.size();
        add(words);
        stretch.end = out_.text.size();
        out_.stretches.push_back(stretch);
        add("\n\n");
    }

    /// The example leaves four lines for what stands above the contents list.
    void top() {
        const auto& issue = edition_.issue;
        const auto before = out_.text.size();
        if (!issue.masthead.empty()) add(issue.masthead + "\n\n");
        if (issue.number && !issue.number->empty()) add(*issue.number + "\n\n");
        if (issue.date && !issue.date_inferred) add(issue.date->chinese() + "\n\n");
        if (out_.text.size() == before) add("\n\n\n\n");
    }

    void list(Contents contents) {
        const auto& imported = edition_.issue.contents;
        const bool as_imported = contents == Contents::as_imported && !imported.empty();
        for (const auto& one : as_imported ? imported : contents_of(edition_))
            line(one, {.part = Stretch::Part::contents});
    }

    void articles() {
        std::string_view column;
        for (std::size_t i = 0; i < edition_.articles.size(); ++i) {
            const Article& article = edition_.articles[i];
            if (article.column != column) {
                column = article.column;
                if (const auto* named = edition_.column(column))
                    line(named->name, {.part = Stretch::Part::column});
            }
            line(printed_headline(article), {.part = Stretch::Part::headline, .article = i});
            for (std::size_t p = 0; p < article.paragraphs.size(); ++p)
                line(article.paragraphs[p], {.part = Stretch::Part::body, .article = i, .paragraph = p});
        }
    }

    void imprint() {
        const auto& imprint = edition_.issue.imprint;
        std::vector<std::string> lines;
        const auto labelled = [&](std::string_view label, const std::string& value) {
            if (!value.empty()) lines.push_back(std::string(label) + "：" + value);
        };
        if (!imprint.qr_caption.empty()) lines.push_back(imprint.qr_caption);
        labelled("制作", imprint.producer);
        labelled("责任编辑", imprint.editors);
        labelled("审核", imprint.reviewer);
        labelled("联系邮箱", imprint.email);
        labelled("地址", imprint.address);
        for (const auto other : text::split(imprint.other, '\n'))
            if (!other.empty()) lines.emplace_back(other);
        if (lines.empty()) return;
        add("\n\n");
        for (std::size_t i = 0; i < lines.size(); ++i) add((i == 0 ? "" : "\n\n") + lines[i]);
    }

    const Edition& edition_;
    Printed out_;
};

std::string letters_of(std::string_view line) {
    std::string out;
    for (const char c : text::half_width(line))
        if (c != ' ' && c != '\t') out += c;
    return out;
}

}  // namespace

std::string_view name_of(Stretch::Part part) {
    constexpr std::array<std::string_view, 4> names{"contents", "column", "headline", "body"};
    return names.at(static_cast<std::size_t>(part));
}

Printed printed(const Edition& edition, Contents contents, Around around) {
    return Printer(edition).run(contents, around);
}

std::string text_of(const Edition& edition) {
    return text::utf8(printed(edition, Contents::of_the_articles, Around::printed).text);
}

std::vector<std::string> contents_of(const Edition& edition) {
    std::vector<std::string> out;
    std::string_view column;
    for (const auto& article : edition.articles) {
        if (article.column != column) {
            column = article.column;
            if (const auto* named = edition.column(column)) out.push_back(named->name);
        }
        out.push_back(printed_headline(article));
    }
    return out;
}

std::vector<ContentsDifference> contents_differences(const Edition& edition) {
    const auto& listed = edition.issue.contents;
    if (listed.empty()) return {};
    const auto made = contents_of(edition);
    std::vector<ContentsDifference> out;
    // The longest common run of lines stays; what lies between two common lines differs. Lists are short.
    const std::size_t n = listed.size(), m = made.size();
    std::vector<std::vector<std::size_t>> common(n + 1, std::vector<std::size_t>(m + 1));
    const auto same = [&](std::size_t i, std::size_t j) {
        return letters_of(listed[i]) == letters_of(made[j]);
    };
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;)
            common[i][j] =
                same(i, j) ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    std::vector<std::string> only_listed, only_made;
    const auto flush = [&] {
        for (std::size_t k = 0; k < std::max(only_listed.size(), only_made.size()); ++k)
            out.push_back(
                {k < only_listed.size() ? only_listed[k] : "", k < only_made.size() ? only_made[k] : ""});
        only_listed.clear();
        only_made.clear();
    };
    std::size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && same(i, j)) {
            flush();
            ++i, ++j;
        } else if (j == m || (i < n && common[i + 1][j] >= common[i][j + 1])) {
            only_listed.push_back(listed[i++]);
        } else {
            only_made.push_back(made[j++]);
        }
    }
    flush();
    return out;
}

}  // namespace ballast::bulletin
