/// A bulletin (简报): an issue, its articles in their columns, its imprint. Plain values; what may be done
/// with them is in procedure.h, where they are kept in issue_file.h.
///
/// Texts are as people typed them. Nothing here is personal data: a bulletin is written for everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/clock.h"
#include "base/id.h"

namespace ballast::bulletin {

struct IssueTag;
using IssueId = Id<IssueTag>;
struct ArticleTag;
using ArticleId = Id<ArticleTag>;

enum class State : std::uint8_t { collecting, editing, checked, reviewing, approved, published, archived };
std::string_view name_of(State state);
std::optional<State> state_named(std::string_view name);

/// The last page (版权页). Each is the text as printed, "" for none.
struct Imprint {
    std::string producer = {};    // 制作
    std::string editors = {};     // 责任编辑
    std::string reviewer = {};    // 审核
    std::string email = {};       // 联系邮箱
    std::string address = {};     // 地址
    std::string qr_caption = {};  // 识别二维码 关注我们
    std::string qr_link = {};     // what the code holds; "" leaves it out
    std::string other = {};       // lines that are none of these
    friend bool operator==(const Imprint&, const Imprint&) = default;
};

struct Issue {
    IssueId id = {};
    AreaCode area = {};  // of the office that makes it
    std::string masthead = {};
    std::optional<std::string> number = {};
    std::optional<Date> date = {};
    bool date_inferred = false;  // read out of the text; somebody must confirm it
    Imprint imprint = {};
    std::vector<std::string> contents = {};  // the list as it was imported, line by line
    State state = State::collecting;
    std::int64_t version = 1;
    std::string checked_digest = {};
    std::optional<Date> published_on = {};
    std::string published_digest = {};
    std::string source_name = {};
    std::string account = {};
    Instant at = {};
};

enum class ArticleKind : std::uint8_t { news, commentary, notice, data };
std::string_view name_of(ArticleKind kind);
std::optional<ArticleKind> article_kind_named(std::string_view name);

/// Half open, in code points of the imported text.
struct Piece {
    std::size_t start = 0, end = 0;
    friend bool operator==(Piece, Piece) = default;
};

struct Article {
    ArticleId id = {};
    IssueId issue = {};
    std::string column = {};  // a column's code; "" until one is chosen
    std::int64_t position = 0;
    std::string place = {};  // as printed: 四川凉山
    std::optional<AreaCode> area = {};
    std::string organisation = {};  // "" when the place is an area, or not known
    std::string headline = {};
    std::vector<std::string> paragraphs = {};
    /// Where each paragraph stood in the imported text; more than one piece where a page broke it. Empty for
    /// what was typed.
    std::vector<std::vector<Piece>> pieces = {};
    ArticleKind kind = ArticleKind::news;
    std::string source_name = {};
    std::string source_url = {};
    std::optional<Date> source_date = {};
    std::vector<std::string> tags = {};
    std::int64_t version = 1;
    std::string account = {};
    Instant at = {};

    std::string body() const;  // the paragraphs, a line each
};

struct Column {
    std::string code = {}, name = {};
    std::int64_t position = 0;
    bool active = true;
};

/// What is printed: the articles in the order of their columns and places.
struct Edition {
    Issue issue = {};
    std::vector<Column> columns = {};  // those with articles
    std::vector<Article> articles = {};
    const Column* column(std::string_view code) const;
};

/// "四川凉山 | 标题"; without a place the headline alone.
std::string printed_headline(const Article& article);

}  // namespace ballast::bulletin
