// What is published, and how it is corrected.
#include <algorithm>

#include "base/text.h"
#include "bulletin/issue_file.h"
#include "bulletin/recorded.h"
#include "bulletin/store.h"

namespace ballast::bulletin {
namespace {

using auth::Right;

constexpr std::string_view is_public = "i.state IN ('published', 'archived')";

Result<std::string*> part_of(Article& article, std::string_view part) {
    if (part == "place") return &article.place;
    if (part == "headline") return &article.headline;
    return invalid("bulletin.no_such_part");
}

}  // namespace

Result<Article> correct(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version,
                        std::string_view part, std::string_view text, std::string_view notice) {
    const auto seen = TRY(load_article(tx, desk.actor, id));
    auto issue = TRY(store::locked(tx, desk.actor.scope(Right::bulletin_read), seen.issue));
    TRY(auth::require(desk.actor, Right::bulletin_publish));
    if (issue.state != State::published && issue.state != State::archived)
        return conflict("bulletin.not_published");
    auto article = TRY(store::article(tx, id));
    if (article.version != version) return conflict("bulletin.stale");
    TRY(check_text("body", text));
    TRY(check_text("notice", notice));
    if (const auto length = text::length(text::trimmed(notice)); length < 4 || length > 1000)
        return invalid("bulletin.notice_missing");

    std::string before;
    if (part == "body") {
        before = article.body();
        article.paragraphs.clear();
        for (const auto line : text::split(text, '\n'))
            if (!text::trimmed(line).empty()) article.paragraphs.emplace_back(text::trimmed(line));
        article.pieces.clear();
    } else {
        std::string& line = *TRY(part_of(article, part));
        before = line;
        line = text::trimmed(text);
    }
    const std::string after = part == "body" ? article.body() : *TRY(part_of(article, part));
    if (after == before || after.empty()) return invalid("bulletin.nothing_changed");
    TRY(store::update(tx, article));
    TRY(tx.exec(
        "INSERT INTO bulletin_correction (issue_id, article_id, part, before, after, notice, corrected_on, "
        "account, name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        issue.id, id, part, before, after, text::trimmed(notice), desk.today, desk.actor.account,
        desk.actor.name, desk.now.ms));
    issue.published_digest = digest_of(TRY(store::edition(tx, issue)));
    TRY(store::update(tx, issue));
    TRY(recorded(tx, desk, issue, "correct", {std::string(part)}, id.number()));
    return article;
}

Result<std::vector<Correction>> corrections(db::Tx& tx, IssueId id) {
    return tx.all(
        "SELECT article_id, part, before, after, notice, corrected_on, name FROM bulletin_correction "
        "WHERE issue_id = ? ORDER BY id",
        {id}, [](const db::Row& row) {
            return Correction{row.id<ArticleId>(0),     std::string(row.text(1)), std::string(row.text(2)),
                              std::string(row.text(3)), std::string(row.text(4)), row.date(5),
                              std::string(row.text(6))};
        });
}

Result<std::vector<Issue>> published(db::Tx& tx, std::int64_t offset, std::int64_t limit,
                                     std::int64_t* total) {
    if (total)
        *total = TRY(tx.number("SELECT COUNT(*) FROM bulletin_issue i WHERE " + std::string(is_public)));
    return store::issues(tx,
                         std::string(is_public) + " ORDER BY i.issue_date DESC, i.id DESC LIMIT ? OFFSET ?",
                         {limit, offset});
}

Result<Edition> published_edition(db::Tx& tx, IssueId id) {
    auto found = TRY(store::issues(tx, std::string(is_public) + " AND i.id = ?", {db::Value(id)}));
    if (found.empty()) return not_found("bulletin.no_such_issue");
    return store::edition(tx, std::move(found.front()));
}

}  // namespace ballast::bulletin
