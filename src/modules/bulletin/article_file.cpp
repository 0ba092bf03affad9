// Articles as they are typed and put in order.
#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "bulletin/issue_file.h"
#include "bulletin/places.h"
#include "bulletin/reading.h"
#include "bulletin/recorded.h"
#include "bulletin/store.h"

namespace ballast::bulletin {
namespace {

using auth::Right;

Result<void> line_into(std::string& into, std::string_view field, const std::optional<std::string>& typed) {
    if (!typed) return {};
    TRY(check_text(field, *typed));
    std::string line(text::trimmed(without_turning_marks(*typed)));
    std::ranges::replace(line, '\n', ' ');
    if (text::length(line) > longest_line)
        return invalid("bulletin.line_too_long")
            .with("field", std::string(field))
            .with("most", std::to_string(longest_line));
    into = std::move(line);
    return {};
}

/// Paragraphs as typed; one whose words are those of an imported one keeps its place in the imported text.
Result<void> body_into(Article& article, const std::optional<std::string>& typed) {
    if (!typed) return {};
    TRY(check_text("body", *typed));
    const auto body = without_turning_marks(*typed);
    if (const auto length = text::length(body); length > longest_article)
        return invalid("bulletin.article_too_long")
            .with("length", std::to_string(length))
            .with("most", std::to_string(longest_article));
    std::vector<std::string> paragraphs;
    std::vector<std::vector<Piece>> pieces;
    std::size_t from = 0;
    for (const auto line : text::split(body, '\n')) {
        const auto words = text::trimmed(line);
        if (words.empty()) continue;
        paragraphs.emplace_back(words);
        auto& where = pieces.emplace_back();
        const auto same = std::find(article.paragraphs.begin() + static_cast<std::ptrdiff_t>(from),
                                    article.paragraphs.end(), words);
        if (same == article.paragraphs.end()) continue;
        const auto index = static_cast<std::size_t>(same - article.paragraphs.begin());
        if (index < article.pieces.size()) where = article.pieces[index];
        from = index + 1;
    }
    article.paragraphs = std::move(paragraphs);
    const bool any = std::ranges::any_of(pieces, [](const auto& one) { return !one.empty(); });
    article.pieces = any ? std::move(pieces) : std::vector<std::vector<Piece>>{};
    return {};
}

Result<void> column_into(db::Tx& tx, Article& article, const std::optional<std::string>& code) {
    if (!code) return {};
    if (!code->empty()) {
        const auto known = TRY(store::columns(tx));
        if (std::ranges::find(known, *code, &Column::code) == known.end())
            return not_found("bulletin.no_such_column").with("column", *code);
    }
    article.column = *code;
    return {};
}

Result<void> place_into(db::Tx& tx, const Desk& desk, const Issue& issue, Article& article,
                        const ArticleChange& typed) {
    const std::string before = article.place;
    TRY(line_into(article.place, "place", typed.place));
    if (typed.area || typed.organisation) {
        if (typed.area) TRY(desk.division.get(*typed.area));
        article.area = typed.area;
        article.organisation.clear();
        TRY(line_into(article.organisation, "organisation", typed.organisation));
        return remember(tx, desk, article.place, article.area, article.organisation);
    }
    if (article.place == before && article.id) return {};
    auto meaning = TRY(meaning_of(tx, desk.division, issue.area, article.place));
    article.area = meaning.area;
    article.organisation = std::move(meaning.organisation);
    return {};
}

Result<void> typed_into(db::Tx& tx, const Desk& desk, const Issue& issue, Article& article,
                        const ArticleChange& typed) {
    TRY(column_into(tx, article, typed.column));
    TRY(place_into(tx, desk, issue, article, typed));
    TRY(line_into(article.headline, "headline", typed.headline));
    TRY(body_into(article, typed.body));
    TRY(line_into(article.source_name, "source_name", typed.source_name));
    TRY(line_into(article.source_url, "source_url", typed.source_url));
    const auto& address = article.source_url;
    if (!address.empty() && !address.starts_with("http://") && !address.starts_with("https://"))
        return invalid("bulletin.bad_address");
    if (typed.source_date) article.source_date = *typed.source_date;
    if (typed.kind) article.kind = *typed.kind;
    if (typed.tags) {
        article.tags.clear();
        for (const auto& tag : *typed.tags) {
            std::string word;
            TRY(line_into(word, "tags", tag));
            std::ranges::replace(word, ' ', '_');
            if (!word.empty()) article.tags.push_back(std::move(word));
        }
    }
    article.account = desk.actor.account;
    article.at = desk.now;
    return {};
}

std::vector<std::string> fields_of(const ArticleChange& typed) {
    std::vector<std::string> out;
    const auto given = [&](bool is, const char* name) {
        if (is) out.emplace_back(name);
    };
    given(typed.column.has_value(), "column");
    given(typed.place || typed.area || typed.organisation, "place");
    given(typed.headline.has_value(), "headline");
    given(typed.body.has_value(), "body");
    given(typed.source_name || typed.source_url || typed.source_date, "source");
    given(typed.tags.has_value(), "tags");
    given(typed.kind.has_value(), "kind");
    return out;
}

/// The article, its issue locked for changes.
struct Open {
    Issue issue;
    Article article;
};
Result<Open> open(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version) {
    const auto found = TRY(load_article(tx, desk.actor, id));
    auto issue = TRY(editable_issue(tx, desk, found.issue));
    auto article = TRY(store::article(tx, id));  // as it is now that nobody else writes
    if (article.version != version) return conflict("bulletin.stale");
    return Open{std::move(issue), std::move(article)};
}

}  // namespace

Result<Article> load_article(db::Tx& tx, const auth::Actor& actor, ArticleId id) {
    auto article = TRY(store::article(tx, id));
    const auto issue = store::issue(tx, actor.scope(Right::bulletin_read), article.issue);
    if (!issue && issue.error().kind == ErrorKind::not_found) return not_found("bulletin.no_such_article");
    if (!issue) return issue.error();
    return article;
}

Result<Article> add_article(db::Tx& tx, const Desk& desk, IssueId id, const ArticleChange& typed) {
    const auto issue = TRY(editable_issue(tx, desk, id));
    Article article;
    article.issue = id;
    TRY(typed_into(tx, desk, issue, article, typed));
    article.id = TRY(store::insert(tx, article));
    TRY(store::had_a_hand(tx, desk.actor, id));
    TRY(recorded(tx, desk, issue, "add_article", fields_of(typed), article.id.number()));
    return store::article(tx, article.id);
}

Result<Article> change_article(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version,
                               const ArticleChange& typed) {
    auto [issue, article] = TRY(open(tx, desk, id, version));
    const std::string column = article.column;
    TRY(typed_into(tx, desk, issue, article, typed));
    if (article.column != column)
        article.position =
            TRY(tx.number("SELECT COALESCE(MAX(position), 0) + 1 FROM bulletin_article WHERE issue_id = ? "
                          "AND column_code = ?",
                          {article.issue, article.column}));
    TRY(store::update(tx, article));
    TRY(store::had_a_hand(tx, desk.actor, issue.id));
    TRY(recorded(tx, desk, issue, "change_article", fields_of(typed), id.number()));
    return article;
}

Result<void> remove_article(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version) {
    const auto [issue, article] = TRY(open(tx, desk, id, version));
    TRY(store::remove(tx, id));
    TRY(tx.exec(
        "UPDATE bulletin_finding SET settlement = 'gone' WHERE article_id = ? AND settlement = 'open'", id));
    TRY(store::had_a_hand(tx, desk.actor, issue.id));
    return recorded(tx, desk, issue, "remove_article", {}, id.number());
}

Result<Issue> arrange(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version,
                      const std::vector<Lane>& lanes) {
    Issue issue = TRY(editable_issue(tx, desk, id));
    if (issue.version != version) return conflict("bulletin.stale");
    const auto articles = TRY(store::articles(tx, id));
    const auto known = TRY(store::columns(tx));
    for (const auto& lane : lanes) {
        if (!lane.column.empty() && std::ranges::find(known, lane.column, &Column::code) == known.end())
            return not_found("bulletin.no_such_column").with("column", lane.column);
        std::int64_t position = 0;
        for (const auto article : lane.articles) {
            if (std::ranges::find(articles, article, &Article::id) == articles.end())
                return not_found("bulletin.no_such_article");
            TRY(store::place(tx, article, lane.column, ++position));
        }
    }
    TRY(store::update(tx, issue));
    TRY(store::had_a_hand(tx, desk.actor, id));
    TRY(recorded(tx, desk, issue, "arrange", {}));
    return issue;
}

Result<std::vector<Column>> columns(db::Tx& tx) { return store::columns(tx); }

Result<std::vector<Column>> set_columns(db::Tx& tx, const Desk& desk, std::vector<Column> wanted) {
    TRY(auth::require(desk.actor, Right::bulletin_edit));
    const auto before = TRY(store::columns(tx));
    std::vector<std::string> names;
    for (auto& column : wanted) {
        column.name = std::string(text::trimmed(column.name));
        const auto length = text::length(column.name);
        if (length < 1 || length > 20 || std::ranges::count(names, column.name) > 0)
            return invalid("bulletin.column_name");
        TRY(check_text("column", column.name));
        names.push_back(column.name);
        if (!column.code.empty() && std::ranges::find(before, column.code, &Column::code) == before.end())
            return not_found("bulletin.no_such_column").with("column", column.code);
    }
    // Names are free first, so that two columns may exchange theirs.
    TRY(tx.exec("UPDATE bulletin_column SET active = 0, name = '- ' || code"));
    std::int64_t position = 0, next = std::ssize(before);
    for (auto& column : wanted) {
        ++position;
        if (column.code.empty()) {
            column.code = "column" + std::to_string(++next);
            TRY(tx.exec("INSERT INTO bulletin_column (code, name, position, active) VALUES (?, ?, ?, 1)",
                        column.code, column.name, position));
        } else {
            TRY(tx.exec("UPDATE bulletin_column SET name = ?, position = ?, active = ? WHERE code = ?",
                        column.name, position, column.active, column.code));
        }
    }
    for (const auto& column : before)
        if (std::ranges::find(wanted, column.code, &Column::code) == wanted.end()) {
            const bool taken = std::ranges::count(names, column.name) > 0;
            TRY(tx.exec("UPDATE bulletin_column SET name = ?, position = ? WHERE code = ?",
                        taken ? column.name + "（" + column.code + "）" : column.name, ++position,
                        column.code));
        }
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"bulletin.columns", "bulletin:columns",
                       desk.actor.scope(Right::bulletin_edit).areas().front(), "", "{}"},
                      desk.now));
    return store::columns(tx);
}

}  // namespace ballast::bulletin
