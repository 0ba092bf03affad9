#include "bulletin/archive.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "bulletin/findings.h"
#include "bulletin/searched.h"
#include "bulletin/store.h"
#include "figures/extract.h"

namespace ballast::bulletin {
namespace {

using auth::Right;

struct Where {
    std::string sql;
    std::vector<db::Value> values;
    void also(std::string_view condition, std::initializer_list<db::Value> more = {}) {
        sql += (sql.empty() ? "" : " AND ") + std::string(condition);
        values.insert(values.end(), more);
    }
};

std::string like_pattern(std::string_view words) {
    std::string out = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return out + "%";
}

/// Its terms find the articles by the index; the words themselves are then looked for in what was found.
void words_into(Where& where, std::string_view words) {
    for (const auto& term : terms_of_query(words)) {
        if (text::length(term) == 1 && text::is_han(text::code_points(term).front()))
            where.also(
                "EXISTS (SELECT 1 FROM bulletin_term t WHERE t.article_id = a.id AND t.term >= ? AND t.term "
                "< ?)",
                {term, term + "\xF4\x8F\xBF\xBF"});
        else
            where.also("EXISTS (SELECT 1 FROM bulletin_term t WHERE t.article_id = a.id AND t.term = ?)",
                       {term});
    }
    for (const auto word : text::split(words, ' '))
        if (const auto form = searched_form(word); !form.empty())
            where.also("a.searched LIKE ? ESCAPE '!'", {like_pattern(form)});
}

/// 3.6万户 finds 36000户: by value, and by unit when one is said.
void figure_into(Where& where, std::string_view written) {
    for (const auto& mention : figures::extract(text::code_points(written))) {
        if (!mention.value) continue;
        if (mention.unit.empty())
            where.also("EXISTS (SELECT 1 FROM bulletin_figure g WHERE g.article_id = a.id AND g.value = ?)",
                       {value_of(mention)});
        else
            where.also(
                "EXISTS (SELECT 1 FROM bulletin_figure g WHERE g.article_id = a.id AND g.value = ? AND "
                "g.unit = ?)",
                {value_of(mention), mention.unit});
        return;
    }
    where.also("(1=0)");  // no figure at all
}

Where where_of(const auth::Actor& actor, const ArchiveQuery& query) {
    Where where;
    if (query.published_only)
        where.also("i.state IN ('published', 'archived')");
    else
        where.also(actor.scope(Right::bulletin_read).sql("i.area_code"));
    words_into(where, text::half_width(query.words));
    if (query.place) where.also(auth::Scope({*query.place}).sql("a.area_code"));
    if (!query.organisation.empty()) where.also("a.organisation = ?", {query.organisation});
    if (!query.column.empty()) where.also("a.column_code = ?", {query.column});
    if (!query.figure.empty()) figure_into(where, query.figure);
    if (query.from) where.also("i.issue_date >= ?", {*query.from});
    if (query.to) where.also("i.issue_date <= ?", {*query.to});
    return where;
}

constexpr std::string_view tables =
    " FROM bulletin_article a JOIN bulletin_issue i ON i.id = a.issue_id WHERE ";

std::string snippet_of(const Article& article, std::string_view words) {
    std::string_view first = text::trimmed(words);
    first = first.substr(0, first.find(' '));
    const auto word = text::code_points(first);
    if (word.empty()) return "";
    for (const auto& paragraph : article.paragraphs) {
        const auto text = text::code_points(paragraph);
        auto at = text.find(word);
        if (at == std::u32string::npos) continue;
        const std::size_t begin = at > 30 ? at - 30 : 0;
        return (begin > 0 ? "…" : "") + text::utf8(std::u32string_view(text).substr(begin, 90)) +
               (begin + 90 < text.size() ? "…" : "");
    }
    return article.paragraphs.empty()
               ? ""
               : text::utf8(std::u32string_view(text::code_points(article.paragraphs.front())).substr(0, 90));
}

}  // namespace

Result<std::vector<ArchiveHit>> search(db::Tx& tx, const auth::Actor& actor, const ArchiveQuery& query,
                                       std::int64_t* total) {
    Where where = where_of(actor, query);
    if (total)
        TRY(tx.each_row("SELECT COUNT(*)" + std::string(tables) + where.sql, where.values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    where.values.emplace_back(query.limit);
    where.values.emplace_back(query.offset);
    std::vector<ArticleId> ids;
    TRY(tx.each_row(
        "SELECT a.id" + std::string(tables) + where.sql +
            " ORDER BY COALESCE(i.issue_date, '') DESC, i.id DESC, a.position, a.id LIMIT ? OFFSET ?",
        where.values, [&](const db::Row& row) -> Result<void> {
            ids.push_back(row.id<ArticleId>(0));
            return {};
        }));
    std::vector<ArchiveHit> out;
    for (const auto id : ids) {
        ArchiveHit hit{TRY(store::article(tx, id)), {}, {}};
        hit.issue = TRY(store::issue(tx, auth::Scope::whole_country(), hit.article.issue));
        hit.snippet = snippet_of(hit.article, query.words);
        out.push_back(std::move(hit));
    }
    return out;
}

Result<std::vector<Duplicate>> duplicates(db::Tx& tx, const auth::Actor& actor, ArticleId id) {
    const auto article = TRY(store::article(tx, id));
    const auto digest = digest_of(article);
    const auto own = std::ssize(sketch_of(article));
    std::vector<Duplicate> out;
    const auto scope = actor.scope(Right::bulletin_read).sql("i.area_code");
    if (!digest.empty())
        TRY(tx.each_row(
            "SELECT a.id, a.issue_id FROM bulletin_article a JOIN bulletin_issue i ON i.id = a.issue_id "
            "WHERE a.body_digest = ? AND a.id <> ? AND " +
                scope + " ORDER BY a.id LIMIT 10",
            std::vector<db::Value>{digest, id}, [&](const db::Row& row) -> Result<void> {
                out.push_back({row.id<ArticleId>(0), row.id<IssueId>(1), 100});
                return {};
            }));
    if (own == 0) return out;
    TRY(tx.each_row(
        "SELECT s.article_id, a.issue_id, COUNT(*) FROM bulletin_sketch m JOIN bulletin_sketch s ON "
        "s.hash = m.hash JOIN bulletin_article a ON a.id = s.article_id JOIN bulletin_issue i ON "
        "i.id = a.issue_id WHERE m.article_id = ? AND s.article_id <> ? AND " +
            scope + " GROUP BY s.article_id, a.issue_id HAVING COUNT(*) * 2 >= ? ORDER BY 3 DESC, 1 LIMIT 10",
        std::vector<db::Value>{id, id, own}, [&](const db::Row& row) -> Result<void> {
            const auto other = row.id<ArticleId>(0);
            if (std::ranges::find(out, other, &Duplicate::article) == out.end())
                out.push_back({other, row.id<IssueId>(1),
                               static_cast<int>(std::min<std::int64_t>(99, row.integer(2) * 100 / own))});
            return {};
        }));
    return out;
}

}  // namespace ballast::bulletin
