#include "bulletin/platform_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "bulletin/reckoned.h"
#include "bulletin/recorded.h"
#include "bulletin/snapshots.h"
#include "words/words.h"

namespace ballast::bulletin {
namespace {

constexpr std::size_t most_figures = 10;

std::int64_t unit_below(AreaLevel level) {
    constexpr std::array<std::int64_t, 6> units{10'000'000'000, 100'000'000, 1'000'000, 1'000, 1, 1};
    return units.at(static_cast<std::size_t>(level));
}

/// " FROM view WHERE ...", and the values of it.
struct Source {
    std::string sql;
    std::vector<db::Value> values;
};
Source source_of(const DataQuery& query, AreaCode area, Period period) {
    Source out{fmt::format(" FROM {} WHERE {}", query.view, auth::Scope({area}).sql(query.area)), {}};
    if (!query.condition.empty()) out.sql += fmt::format(" AND {}", query.condition);
    if (query.over_time()) {
        out.sql += fmt::format(" AND {} BETWEEN ? AND ?", query.day);
        out.values = {period.first, period.last};
    }
    return out;
}

std::string name_of(const areas::Division& division, AreaCode code) {
    const auto area = division.find(code);
    if (!area) return code.short_digits();
    return code.level() == AreaLevel::village ? areas::everyday_name(area->name) : std::string(area->name);
}

std::string say(std::string_view id, const words::Places& places) {
    return words::say("bulletin.data." + std::string(id), words::Language::zh, places);
}

/// The rows that are counted, kept; the ids of the snapshot and of its rows belong together.
Result<void> freeze(db::Tx& tx, const DataQuery& query, const Snapshot& snapshot, Period period) {
    const auto source = source_of(query, snapshot.area, period);
    std::vector<db::Value> values{snapshot.id};
    for (const auto& value : source.values) values.push_back(value);
    TRY(tx.run(fmt::format("INSERT INTO bulletin_snapshot_row (snapshot_id, record_id, area_code, on_day) "
                           "SELECT CAST(? AS BIGINT), {}, {}, {}{}",
                           query.record, query.area, query.over_time() ? query.day : "''", source.sql),
               values));
    return {};
}

std::vector<DataFigure> months_of(Period period) {
    std::vector<DataFigure> out;
    for (Date month = period.first.first_of_month(); month <= period.last; month = month.plus_months(1))
        out.push_back({month.iso().substr(0, 7)});
    return out;
}

Result<void> count(db::Tx& tx, Snapshot& snapshot) {
    snapshot.total =
        TRY(tx.number("SELECT COUNT(*) FROM bulletin_snapshot_row WHERE snapshot_id = ?", {snapshot.id}));
    if (snapshot.by == Breakdown::month) {
        snapshot.figures = months_of(*snapshot.period);
        TRY(tx.each_row(
            "SELECT SUBSTR(on_day, 1, 7), COUNT(*) FROM bulletin_snapshot_row WHERE "
            "snapshot_id = ? GROUP BY 1",
            std::array<db::Value, 1>{snapshot.id}, [&](const db::Row& row) -> Result<void> {
                std::ranges::find(snapshot.figures, row.text(0), &DataFigure::key)->value = row.integer(1);
                return {};
            }));
    } else if (snapshot.by == Breakdown::area) {
        TRY(tx.each_row(fmt::format("SELECT area_code / {0} * {0}, COUNT(*) FROM bulletin_snapshot_row "
                                    "WHERE snapshot_id = ? GROUP BY 1",
                                    unit_below(snapshot.area.level())),
                        std::array<db::Value, 1>{snapshot.id}, [&](const db::Row& row) -> Result<void> {
                            snapshot.figures.push_back({row.area(0).digits(), row.integer(1)});
                            return {};
                        }));
        std::ranges::sort(snapshot.figures, [](const DataFigure& a, const DataFigure& b) {
            return a.value != b.value ? a.value > b.value : a.key < b.key;
        });
    }
    keep_small_figures_back(snapshot.figures);
    return {};
}

/// The total as it may be printed: nought is told, what is small is only said to be so.
std::string printed_total(std::int64_t total) {
    if (total_is_told(total)) return std::to_string(total);
    return say("fewer", {{"least", std::to_string(smallest_told)}});
}

/// A paragraph; figures stand in it as plain numbers, each after what it is of.
std::string paragraph_of(const areas::Division& division, const DataQuery& query, const Snapshot& snapshot) {
    words::Places places{{"date", snapshot.as_of.chinese()},
                         {"place", name_of(division, snapshot.area)},
                         {"total", printed_total(snapshot.total)}};
    if (snapshot.period) {
        places.emplace_back("from", snapshot.period->first.chinese());
        places.emplace_back("to", snapshot.period->last.chinese());
    }
    std::string out = say(query.code, places), list;
    std::int64_t kept_back = 0;
    const std::string unit(query.unit);
    for (const auto& one : snapshot.figures) {
        if (!one.told) {
            ++kept_back;
            continue;
        }
        list += (list.empty() ? "" : "，") + label_of(division, snapshot, one.key) + " " +
                std::to_string(one.value) + " " + unit;
    }
    if (list.empty()) return out;  // the total says it all
    if (kept_back == 0) return out + say("parts", {{"list", list}});
    return out + say(snapshot.by == Breakdown::month ? "parts_and_months" : "parts_and_places",
                     {{"list", list},
                      {"count", std::to_string(kept_back)},
                      {"total", std::to_string(snapshot.kept_back())},
                      {"unit", unit}});
}

Result<void> check(const Desk& desk, const Issue& issue, const DraftOrder& order) {
    if (!issue.area.contains(order.area)) return not_found("areas.unknown").with("code", order.area.digits());
    if (order.figures.empty()) return invalid("bulletin.no_figures_chosen");
    if (order.figures.size() > most_figures)
        return invalid("bulletin.too_many_figures").with("most", std::to_string(most_figures));
    for (const auto& one : order.figures) {
        const auto* query = data_query(one.query);
        if (!query) return invalid("bulletin.no_such_query").with("query", one.query);
        if (one.by == Breakdown::month && !query->over_time())
            return invalid("bulletin.not_over_time").with("query", one.query);
    }
    const auto& period = order.period;
    if (period && (period->last < period->first || period->first > desk.today ||
                   period->first.plus_months(120) < period->last))
        return invalid("bulletin.bad_period");
    return {};
}

Result<void> nothing_given_away(const areas::Division& division, const std::vector<Snapshot>& own,
                                const std::vector<Snapshot>& others) {
    const auto found = given_away(own, others);
    if (!found) return {};
    const auto at = found->snapshot;
    return conflict("bulletin.small_figure_reckoned")
        .with("figure", say(found->query + ".headline", {}))
        .with("place", label_of(division, at < own.size() ? own[at] : others[at - own.size()], found->key));
}

}  // namespace

std::string_view name_of(Breakdown by) { return by == Breakdown::area ? "area" : "month"; }
std::optional<Breakdown> breakdown_named(std::string_view name) {
    if (name == "area") return Breakdown::area;
    if (name == "month") return Breakdown::month;
    return {};
}

std::int64_t Snapshot::kept_back() const {
    if (std::ranges::none_of(figures, &DataFigure::told)) return 0;
    std::int64_t out = 0;
    for (const auto& one : figures)
        if (!one.told) out += one.value;
    return out;
}

bool total_is_told(std::int64_t total) { return total == 0 || total >= smallest_told; }

void keep_small_figures_back(std::vector<DataFigure>& figures) {
    std::int64_t kept = 0, sum = 0;
    for (auto& one : figures)
        if (one.value < smallest_told) {
            one.told = false;
            ++kept;
            sum += one.value;
        }
    // One alone is the total less the others; and several that are small together are still small.
    while (kept > 0 && (kept < 2 || sum < smallest_told)) {
        DataFigure* next = nullptr;
        for (auto& one : figures)
            if (one.told && (!next || one.value < next->value)) next = &one;
        if (!next) break;
        next->told = false;
        ++kept;
        sum += next->value;
    }
}

std::string label_of(const areas::Division& division, const Snapshot& snapshot, std::string_view key) {
    if (key == whole) return name_of(division, snapshot.area);
    if (key == together) return say("together", {});
    if (key.size() == 12) return name_of(division, AreaCode::parse(key).value());
    const auto first = Date::parse(std::string(key) + "-01").value();
    const bool one_year = snapshot.period && snapshot.period->first.year() == snapshot.period->last.year();
    return (one_year ? "" : std::to_string(first.year()) + "年") + std::to_string(first.month()) + "月";
}

Period usual_period(Date today) { return {today.first_of_month().plus_months(-11), today}; }

Result<std::int64_t> count_now(db::Tx& tx, const DataQuery& query, AreaCode area, Period period) {
    const auto source = source_of(query, area, period);
    std::int64_t out = 0;
    TRY(tx.each_row("SELECT COUNT(*)" + source.sql, source.values, [&](const db::Row& row) -> Result<void> {
        out = row.integer(0);
        return {};
    }));
    return out;
}

Result<void> nothing_given_away(db::Tx& tx, const Desk& desk, IssueId id) {
    return nothing_given_away(desk.division, TRY(store::told_in(tx, id)), TRY(store::told_outside(tx, id)));
}

Result<Article> draft_from_data(db::Tx& tx, const Desk& desk, IssueId id, const DraftOrder& order) {
    const auto issue = TRY(editable_issue(tx, desk, id));
    TRY(check(desk, issue, order));
    const Period period = order.period.value_or(usual_period(desk.today));
    std::vector<Snapshot> frozen, beside = TRY(store::told_in(tx, id));
    for (auto& one : TRY(store::told_outside(tx, id))) beside.push_back(std::move(one));
    std::string body;
    for (const auto& chosen : order.figures) {
        const auto& query = *data_query(chosen.query);
        Snapshot snapshot;
        snapshot.id = SnapshotId(TRY(tx.reserve_ids("bulletin_snapshot", 1)));
        snapshot.query = query.code;
        snapshot.query_version = query.version;
        if (query.ruled) snapshot.rules = order.rules;
        snapshot.as_of = desk.today;
        snapshot.area = order.area;
        if (query.over_time()) snapshot.period = period;
        snapshot.by = chosen.by;
        TRY(freeze(tx, query, snapshot, period));
        TRY(count(tx, snapshot));
        if (Snapshot fewer = snapshot; keep_back_beside(fewer, beside))
            snapshot = std::move(fewer);
        else
            TRY(nothing_given_away(desk.division, {snapshot}, beside));
        beside.push_back(snapshot);
        body += (body.empty() ? "" : "\n") + paragraph_of(desk.division, query, snapshot);
        frozen.push_back(std::move(snapshot));
    }
    const bool one = frozen.size() == 1;
    ArticleChange typed;
    typed.column = std::string(data_query(frozen.front().query)->column);
    typed.kind = ArticleKind::data;
    typed.place = name_of(desk.division, order.area);
    typed.area = order.area;
    typed.headline = say(one ? frozen.front().query + ".headline" : "several.headline", {});
    typed.body = body;
    typed.source_name = say("source", {});
    typed.source_date = std::optional(desk.today);
    auto article = TRY(add_article(tx, desk, id, typed));
    std::vector<std::string> codes;
    for (const auto& snapshot : frozen) {
        TRY(store::insert(tx, desk, article, snapshot));
        codes.push_back(snapshot.query);
    }
    TRY(recorded(tx, desk, issue, "freeze", codes, article.id.number()));
    return article;
}

}  // namespace ballast::bulletin
