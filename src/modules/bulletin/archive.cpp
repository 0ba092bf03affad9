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

/// What is looked for in "3.6万户"; nothing when there is no figure in it.
std::optional<figures::Mention> figure_in(std::string_view written) {
    for (const auto& mention : figures::extract(text::code_points(written)))
        if (mention.value) return mention;
    return {};
}

/// 3.6万户 finds 36000户: by value, and by unit when one is said.
void figure_into(Where& where, std::string_view written) {
    const auto mention = figure_in(written);
    if (!mention)
        where.also("(1=0)");
    else if (mention->unit.empty())
        where.also("EXISTS (SELECT 1 FROM bulletin_figure g WHERE g.article_id = a.id AND g.value = ?)",
                   {value_of(*mention)});
    else
        where.also(
            "EXISTS (SELECT 1 FROM bulletin_figure g WHERE g.article_id = a.id AND g.value = ? AND "
            "g.unit = ?)",
            {value_of(*mention), mention->unit});
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

/// Ninety characters of a line, from a little before `at`.
std::string around(std::u32string_view line, std::size_t at) {
    const std::size_t begin = at > 30 ? at - 30 : 0;
    return (begin > 0 ? "…" : "") + text::utf8(line.substr(begin, 90)) +
           (begin + 90 < line.size() ? "…" : "");
}

std::string around_words(const Article& article, std::string_view words) {
    const auto first = text::trimmed(words);
    const auto word = text::code_points(first.substr(0, first.find(' ')));
    for (const auto& paragraph : article.paragraphs) {
        const auto line = text::code_points(paragraph);
        if (const auto at = line.find(word); at != std::u32string::npos) return around(line, at);
    }
    return article.paragraphs.empty() ? "" : around(text::code_points(article.paragraphs.front()), 0);
}

std::string around_figure(const Article& article, std::optional<Date> issued, std::string_view written) {
    const auto wanted = figure_in(written);
    for (const auto& [part, mention] : figures_of(article, issued)) {
        if (!wanted || part != "body" || value_of(mention) != value_of(*wanted)) continue;
        if (!wanted->unit.empty() && mention.unit != wanted->unit) continue;
        const std::u32string body = text::code_points(article.body());
        const auto begin = body.rfind(U'\n', mention.span.start);
        const auto from = begin == std::u32string::npos ? 0 : begin + 1;
        const auto line = std::u32string_view(body).substr(from, body.find(U'\n', mention.span.start) - from);
        return around(line, mention.span.start - from);
    }
    return "";
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
        if (!text::trimmed(query.words).empty())
            hit.snippet = around_words(hit.article, query.words);
        else if (!query.figure.empty())
            hit.snippet = around_figure(hit.article, hit.issue.date, query.figure);
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
