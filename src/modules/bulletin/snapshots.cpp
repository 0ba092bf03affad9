// Frozen figures as they are kept, and the lists behind them.
#include "bulletin/snapshots.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bulletin/store.h"

namespace ballast::bulletin {
namespace {

using Json = nlohmann::json;

constexpr std::string_view columns_read = "id, query, query_version, rules, as_of, figures, at";

std::string figures_json(const Snapshot& snapshot) {
    Json figures = Json::array();
    for (const auto& one : snapshot.figures)
        figures.push_back({{"key", one.key}, {"value", one.value}, {"told", one.told}});
    Json out{{"area", snapshot.area.digits()}, {"total", snapshot.total}, {"figures", figures}};
    if (snapshot.period) {
        out["from"] = snapshot.period->first.iso();
        out["to"] = snapshot.period->last.iso();
    }
    if (snapshot.by) out["by"] = name_of(*snapshot.by);
    return out.dump();
}

/// What this program wrote itself.
Date day_in(const Json& figures, const char* name) {
    const auto day = Date::parse(figures.at(name).get<std::string>());
    INVARIANT(day);
    return *day;
}

Snapshot snapshot_of(const db::Row& row) {
    Snapshot out;
    out.id = row.id<SnapshotId>(0);
    out.query = row.text(1);
    out.query_version = row.integer(2);
    out.rules = row.text(3);
    out.as_of = row.date(4);
    const auto figures = Json::parse(row.text(5));
    out.total = figures.at("total").get<std::int64_t>();
    const auto area = AreaCode::parse(figures.at("area").get<std::string>());
    INVARIANT(area);
    out.area = *area;
    if (figures.contains("from")) out.period = Period{day_in(figures, "from"), day_in(figures, "to")};
    if (figures.contains("by")) out.by = breakdown_named(figures.at("by").get<std::string>());
    for (const auto& one : figures.at("figures"))
        out.figures.push_back({one.at("key").get<std::string>(), one.at("value").get<std::int64_t>(),
                               one.at("told").get<bool>()});
    out.at = Instant{row.integer(6)};
    return out;
}

/// Which of a snapshot's rows are behind a figure: SQL without values of anybody's typing.
std::optional<std::string> rows_of(const Snapshot& snapshot, std::string_view key) {
    const auto in_area = [](std::string_view digits) {
        return auth::Scope({AreaCode::parse(digits).value()}).sql("area_code");
    };
    if (key == whole) return "1 = 1";
    std::vector<std::string> keys;
    for (const auto& one : snapshot.figures)
        if (key == together ? !one.told : one.key == key) keys.push_back(one.key);
    if (keys.empty()) return {};
    std::string any;
    for (const auto& one : keys)
        any += (any.empty() ? "" : " OR ") +
               (snapshot.by == Breakdown::area ? in_area(one) : "SUBSTR(on_day, 1, 7) = '" + one + "'");
    return "(" + any + ")";
}

}  // namespace

Result<void> store::insert(db::Tx& tx, const Desk& desk, const Article& article, const Snapshot& snapshot) {
    TRY(tx.exec(
        "INSERT INTO bulletin_snapshot (id, issue_id, article_id, query, query_version, rules, as_of, "
        "figures, account, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        snapshot.id, article.issue, article.id, snapshot.query, snapshot.query_version, snapshot.rules,
        snapshot.as_of, figures_json(snapshot), desk.actor.account, desk.now.ms));
    return {};
}

Result<std::vector<Snapshot>> store::told_in(db::Tx& tx, IssueId id) {
    return tx.all(
        fmt::format("SELECT {} FROM bulletin_snapshot WHERE issue_id = ? ORDER BY id", columns_read), {id},
        snapshot_of);
}

Result<std::vector<Snapshot>> store::told_outside(db::Tx& tx, IssueId id) {
    return tx.all(
        fmt::format("SELECT {} FROM bulletin_snapshot WHERE issue_id <> ? AND issue_id IN (SELECT id "
                    "FROM bulletin_issue WHERE state IN ('published', 'archived')) ORDER BY id",
                    columns_read),
        {id}, snapshot_of);
}

Result<void> store::remove_snapshots(db::Tx& tx, ArticleId id) {
    TRY(
        tx.exec("DELETE FROM bulletin_snapshot_row WHERE snapshot_id IN (SELECT id FROM bulletin_snapshot "
                "WHERE article_id = ?)",
                id));
    TRY(tx.exec("DELETE FROM bulletin_snapshot WHERE article_id = ?", id));
    return {};
}

Result<std::vector<Snapshot>> snapshots_of(db::Tx& tx, const auth::Actor& actor, ArticleId id) {
    TRY(load_article(tx, actor, id));
    return tx.all(
        fmt::format("SELECT {} FROM bulletin_snapshot WHERE article_id = ? ORDER BY id", columns_read), {id},
        snapshot_of);
}

bool may_open(const auth::Actor& actor, const Snapshot& snapshot, std::string_view key) {
    const auto* query = data_query(snapshot.query);
    if (!query) return false;
    const bool of_area = snapshot.by == Breakdown::area && key != whole && key != together;
    return actor.scope(query->right).contains(of_area ? AreaCode::parse(key).value() : snapshot.area);
}

Result<ListBehind> list_behind(db::Tx& tx, const auth::Actor& actor, SnapshotId id, std::string_view key,
                               std::int64_t offset, std::int64_t limit) {
    struct Found {
        Snapshot snapshot;
        ArticleId article;
    };
    auto found =
        TRY(tx.first(fmt::format("SELECT {}, article_id FROM bulletin_snapshot WHERE id = ?", columns_read),
                     {id}, [](const db::Row& row) {
                         return Found{snapshot_of(row), row.id<ArticleId>(7)};
                     }));
    const auto missing = not_found("bulletin.no_such_snapshot");
    if (!found) return missing;
    auto& snapshot = found->snapshot;
    const auto condition = rows_of(snapshot, key);
    if (!condition) return missing;
    if (!may_open(actor, snapshot, key)) {
        if (!load_article(tx, actor, found->article)) return missing;
        const auto* query = data_query(snapshot.query);
        return forbidden("auth.not_allowed")
            .with("right", std::string(query ? auth::name_of(query->right) : ""));
    }
    ListBehind out{std::move(snapshot)};
    out.total = TRY(tx.number(
        "SELECT COUNT(*) FROM bulletin_snapshot_row WHERE snapshot_id = ? AND " + *condition, {id}));
    out.rows = TRY(
        tx.all("SELECT record_id, area_code, on_day FROM bulletin_snapshot_row WHERE snapshot_id = ? AND " +
                   *condition + " ORDER BY area_code, on_day, record_id, id LIMIT ? OFFSET ?",
               {id, limit, offset}, [](const db::Row& row) {
                   return RowBehind{row.integer(0), row.area(1),
                                    row.text(2).empty() ? std::optional<Date>() : row.date(2)};
               }));
    return out;
}

}  // namespace ballast::bulletin
