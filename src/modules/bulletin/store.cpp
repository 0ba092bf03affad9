#include "bulletin/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "bulletin/findings.h"
#include "bulletin/searched.h"
#include "bulletin/snapshots.h"

namespace ballast::bulletin::store {
namespace {

constexpr std::string_view issue_columns =
    "i.id, i.area_code, i.masthead, i.number, i.issue_date, i.date_inferred, i.producer, i.editors, "
    "i.reviewer, i.email, i.address, i.qr_caption, i.qr_link, i.contents, i.state, i.version, "
    "i.checked_digest, i.published_on, i.published_digest, i.source_name, i.account, i.at, i.imprint_other";

std::vector<std::string> parted(std::string_view text, char separator) {
    std::vector<std::string> out;
    if (text.empty()) return out;
    for (const auto part : text::split(text, separator)) out.emplace_back(part);
    return out;
}

std::string joined(const std::vector<std::string>& parts, char separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i)
        out += (i == 0 ? "" : std::string(1, separator)) + parts[i];
    return out;
}

Issue issue_of(const db::Row& row) {
    Issue out;
    out.id = row.id<IssueId>(0);
    out.area = row.area(1);
    out.masthead = row.text(2);
    out.number = row.maybe_text(3);
    out.date = row.maybe_date(4);
    out.date_inferred = row.truth(5);
    out.imprint = {std::string(row.text(6)),  std::string(row.text(7)),  std::string(row.text(8)),
                   std::string(row.text(9)),  std::string(row.text(10)), std::string(row.text(11)),
                   std::string(row.text(12)), std::string(row.text(22))};
    out.contents = parted(row.text(13), '\n');
    const auto state = state_named(row.text(14));
    INVARIANT(state);
    out.state = *state;
    out.version = row.integer(15);
    out.checked_digest = row.text(16);
    out.published_on = row.maybe_date(17);
    out.published_digest = row.text(18);
    out.source_name = row.text(19);
    out.account = row.text(20);
    out.at = Instant{row.integer(21)};
    return out;
}

constexpr std::string_view article_columns =
    "a.id, a.issue_id, a.column_code, a.position, a.place, a.area_code, a.organisation, a.headline, a.body, "
    "a.pieces, a.kind, a.source_name, a.source_url, a.source_date, a.tags, a.version, a.account, a.at";

// "12-80 82-95;97-130"
std::string pieces_text(const std::vector<std::vector<Piece>>& paragraphs) {
    std::string out;
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
        if (i > 0) out += ';';
        for (std::size_t j = 0; j < paragraphs[i].size(); ++j)
            out += fmt::format("{}{}-{}", j == 0 ? "" : " ", paragraphs[i][j].start, paragraphs[i][j].end);
    }
    return out;
}

std::vector<std::vector<Piece>> pieces_of(std::string_view text) {
    std::vector<std::vector<Piece>> out;
    if (text.empty()) return out;
    for (const auto paragraph : text::split(text, ';')) {
        auto& pieces = out.emplace_back();
        if (paragraph.empty()) continue;
        for (const auto piece : text::split(paragraph, ' ')) {
            const auto dash = piece.find('-');
            INVARIANT(dash != std::string_view::npos);
            Piece one;
            std::from_chars(piece.data(), piece.data() + dash, one.start);
            std::from_chars(piece.data() + dash + 1, piece.data() + piece.size(), one.end);
            pieces.push_back(one);
        }
    }
    return out;
}

Article article_of(const db::Row& row) {
    Article out;
    out.id = row.id<ArticleId>(0);
    out.issue = row.id<IssueId>(1);
    out.column = row.text(2);
    out.position = row.integer(3);
    out.place = row.text(4);
    if (!row.null(5)) out.area = row.area(5);
    out.organisation = row.maybe_text(6).value_or("");
    out.headline = row.text(7);
    out.paragraphs = parted(row.text(8), '\n');
    out.pieces = pieces_of(row.text(9));
    const auto kind = article_kind_named(row.text(10));
    INVARIANT(kind);
    out.kind = *kind;
    out.source_name = row.text(11);
    out.source_url = row.text(12);
    out.source_date = row.maybe_date(13);
    out.tags = parted(row.text(14), ' ');
    out.version = row.integer(15);
    out.account = row.text(16);
    out.at = Instant{row.integer(17)};
    return out;
}

Result<void> index(db::Tx& tx, const Article& article) {
    TRY(tx.exec("DELETE FROM bulletin_term WHERE article_id = ?", article.id));
    TRY(tx.exec("DELETE FROM bulletin_sketch WHERE article_id = ?", article.id));
    const auto terms = TRY(tx.bulk("bulletin_term", std::array<std::string_view, 2>{"term", "article_id"}));
    for (const auto& term : terms_of(article)) TRY(terms->add({term, article.id}));
    TRY(terms->finish());
    const auto sketch =
        TRY(tx.bulk("bulletin_sketch", std::array<std::string_view, 2>{"hash", "article_id"}));
    for (const auto hash : sketch_of(article)) TRY(sketch->add({hash, article.id}));
    TRY(sketch->finish());
    TRY(tx.exec("DELETE FROM bulletin_figure WHERE article_id = ?", article.id));
    for (const auto& [part, mention] : figures_of(article, article.source_date)) {
        if (!mention.value) continue;
        TRY(tx.exec(
            "INSERT INTO bulletin_figure (article_id, part, begins, ends, surface, kind, value, unit) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            article.id, part, mention.span.start, mention.span.end, mention.surface,
            figures::to_string(mention.kind), value_of(mention), mention.unit));
    }
    return {};
}

}  // namespace

Result<IssueId> insert(db::Tx& tx, const Issue& issue, std::string_view source_text, std::string_view key) {
    return IssueId(TRY(tx.number(
        "INSERT INTO bulletin_issue (area_code, masthead, number, issue_date, date_inferred, producer, "
        "editors, "
        "reviewer, email, address, qr_caption, qr_link, imprint_other, contents, state, version, "
        "checked_digest, "
        "published_on, published_digest, source_name, source_text, sender_key, account, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '', NULL, '', ?, ?, ?, ?, ?) RETURNING id",
        {issue.area,
         issue.masthead,
         issue.number,
         issue.date,
         issue.date_inferred,
         issue.imprint.producer,
         issue.imprint.editors,
         issue.imprint.reviewer,
         issue.imprint.email,
         issue.imprint.address,
         issue.imprint.qr_caption,
         issue.imprint.qr_link,
         issue.imprint.other,
         joined(issue.contents, '\n'),
         name_of(issue.state),
         issue.source_name,
         source_text,
         key.empty() ? db::Value(db::Null{}) : db::Value(key),
         issue.account,
         issue.at.ms})));
}

Result<std::optional<Issue>> of_key(db::Tx& tx, std::string_view account, std::string_view key) {
    return tx.first("SELECT " + std::string(issue_columns) +
                        " FROM bulletin_issue i WHERE i.account = ? AND i.sender_key = ?",
                    {account, key}, issue_of);
}

Result<Issue> issue(db::Tx& tx, const auth::Scope& scope, IssueId id) {
    auto found = TRY(tx.first("SELECT " + std::string(issue_columns) +
                                  " FROM bulletin_issue i WHERE i.id = ? AND " + scope.sql("i.area_code"),
                              {id}, issue_of));
    if (!found) return not_found("bulletin.no_such_issue");
    return std::move(*found);
}

Result<Issue> locked(db::Tx& tx, const auth::Scope& scope, IssueId id) {
    TRY(tx.exec("UPDATE bulletin_issue SET at = at WHERE id = ?", id));
    return issue(tx, scope, id);
}

Result<void> update(db::Tx& tx, Issue& issue) {
    const auto& imprint = issue.imprint;
    TRY(tx.exec(
        "UPDATE bulletin_issue SET masthead = ?, number = ?, issue_date = ?, date_inferred = ?, "
        "producer = ?, editors = ?, reviewer = ?, email = ?, address = ?, qr_caption = ?, qr_link = ?, "
        "imprint_other = ?, contents = ?, state = ?, version = version + 1, checked_digest = ?, published_on "
        "= ?, "
        "published_digest = ? WHERE id = ?",
        issue.masthead, issue.number, issue.date, issue.date_inferred, imprint.producer, imprint.editors,
        imprint.reviewer, imprint.email, imprint.address, imprint.qr_caption, imprint.qr_link, imprint.other,
        joined(issue.contents, '\n'), name_of(issue.state), issue.checked_digest, issue.published_on,
        issue.published_digest, issue.id));
    ++issue.version;
    return {};
}

Result<std::vector<Issue>> issues(db::Tx& tx, const std::string& condition, std::vector<db::Value> values) {
    std::vector<Issue> out;
    TRY(tx.each_row("SELECT " + std::string(issue_columns) + " FROM bulletin_issue i WHERE " + condition,
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(issue_of(row));
                        return {};
                    }));
    return out;
}

Result<std::vector<Article>> articles(db::Tx& tx, IssueId issue) {
    return tx.all("SELECT " + std::string(article_columns) +
                      " FROM bulletin_article a LEFT JOIN bulletin_column c ON c.code = a.column_code "
                      "WHERE a.issue_id = ? ORDER BY COALESCE(c.position, 0), a.position, a.id",
                  {issue}, article_of);
}

Result<Article> article(db::Tx& tx, ArticleId id) {
    auto found =
        TRY(tx.first("SELECT " + std::string(article_columns) + " FROM bulletin_article a WHERE a.id = ?",
                     {id}, article_of));
    if (!found) return not_found("bulletin.no_such_article");
    return std::move(*found);
}

Result<ArticleId> insert(db::Tx& tx, Article article) {
    article.position = TRY(tx.number(
        "SELECT COALESCE(MAX(position), 0) + 1 FROM bulletin_article WHERE issue_id = ? AND column_code = ?",
        {article.issue, article.column}));
    article.id = ArticleId(TRY(
        tx.number("INSERT INTO bulletin_article (issue_id, column_code, position, place, area_code, "
                  "organisation, headline, "
                  "body, pieces, kind, source_name, source_url, source_date, tags, body_digest, searched, "
                  "version, account, "
                  "at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) RETURNING id",
                  {article.issue, article.column, article.position, article.place, article.area,
                   article.organisation.empty() ? db::Value(db::Null{}) : db::Value(article.organisation),
                   article.headline, article.body(), pieces_text(article.pieces), name_of(article.kind),
                   article.source_name, article.source_url, article.source_date, joined(article.tags, ' '),
                   digest_of(article), searched_text(article), article.account, article.at.ms})));
    TRY(index(tx, article));
    return article.id;
}

Result<void> update(db::Tx& tx, Article& article) {
    TRY(
        tx.exec("UPDATE bulletin_article SET column_code = ?, position = ?, place = ?, area_code = ?, "
                "organisation = ?, headline = ?, body = ?, pieces = ?, kind = ?, source_name = ?, "
                "source_url = ?, source_date = ?, tags = ?, body_digest = ?, searched = ?, "
                "version = version + 1, account = ?, at = ? WHERE id = ?",
                article.column, article.position, article.place, article.area,
                article.organisation.empty() ? db::Value(db::Null{}) : db::Value(article.organisation),
                article.headline, article.body(), pieces_text(article.pieces), name_of(article.kind),
                article.source_name, article.source_url, article.source_date, joined(article.tags, ' '),
                digest_of(article), searched_text(article), article.account, article.at.ms, article.id));
    ++article.version;
    return index(tx, article);
}

Result<void> place(db::Tx& tx, ArticleId id, std::string_view column, std::int64_t position) {
    TRY(tx.exec("UPDATE bulletin_article SET column_code = ?, position = ? WHERE id = ?", column, position,
                id));
    return {};
}

Result<void> remove(db::Tx& tx, ArticleId id) {
    TRY(remove_snapshots(tx, id));
    for (const auto* table : {"bulletin_term", "bulletin_sketch", "bulletin_figure"})
        TRY(tx.exec("DELETE FROM " + std::string(table) + " WHERE article_id = ?", id));
    TRY(tx.exec("DELETE FROM bulletin_article WHERE id = ?", id));
    return {};
}

Result<std::vector<Column>> columns(db::Tx& tx) {
    return tx.all(
        "SELECT code, name, position, active FROM bulletin_column ORDER BY position, code", {},
        [](const db::Row& row) {
            return Column{std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.truth(3)};
        });
}

Result<Edition> edition(db::Tx& tx, Issue issue) {
    Edition out;
    out.articles = TRY(articles(tx, issue.id));
    out.issue = std::move(issue);
    for (auto& column : TRY(columns(tx)))
        if (std::ranges::count(out.articles, column.code, &Article::column) > 0)
            out.columns.push_back(std::move(column));
    return out;
}

Result<void> had_a_hand(db::Tx& tx, const auth::Actor& actor, IssueId id) {
    if (actor.is_system()) return {};
    TRY(
        tx.exec("INSERT INTO bulletin_editor (issue_id, account, name) VALUES (?, ?, ?) "
                "ON CONFLICT (issue_id, account) DO NOTHING",
                id, actor.account, actor.name));
    return {};
}

}  // namespace ballast::bulletin::store
