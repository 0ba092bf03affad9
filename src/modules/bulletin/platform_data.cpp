#include "bulletin/platform_data.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "bulletin/recorded.h"
#include "bulletin/store.h"
#include "words/words.h"

namespace ballast::bulletin {
namespace {

using Json = nlohmann::json;
using auth::Right;

constexpr std::int64_t smallest_told = 5;

// What may be counted. {unit} is the size of the areas of the level below the one asked for; each query gives
// (area, count) for the villages inside {inside}.
constexpr std::array queries{
    DataQuery{
        "open_warnings", 1,
        "SELECT village_code / {unit} * {unit}, COUNT(*) FROM screening_v_open WHERE {inside} GROUP BY 1",
        "/warnings?area=", "条", Right::warnings_read, "poverty", true},
    DataQuery{"open_clues", 1,
              "SELECT area_code / {unit} * {unit}, COUNT(*) FROM casework_v_open_clue WHERE state IN ('new', "
              "'dispatched', 'verifying') AND {inside} "
              "GROUP BY 1",
              "/clues?area=", "条", Right::clues_read, "poverty"},
    DataQuery{
        "registered_households", 1,
        "SELECT village_code / {unit} * {unit}, COUNT(*) FROM registry_v_household WHERE {inside} GROUP BY 1",
        "/households?area=", "户", Right::registry_read, "poverty"},
};

std::int64_t unit_below(AreaLevel level) {
    constexpr std::array<std::int64_t, 6> units{10'000'000'000, 100'000'000, 1'000'000, 1'000, 1, 1};
    return units.at(static_cast<std::size_t>(level));
}

std::string filled(std::string_view sql, AreaCode area) {
    std::string out(sql);
    const std::string column = out.find("area_code") != std::string::npos ? "area_code" : "village_code";
    const auto replace = [&](std::string_view place, const std::string& with) {
        for (auto at = out.find(place); at != std::string::npos; at = out.find(place, at + with.size()))
            out.replace(at, place.size(), with);
    };
    replace("{unit}", std::to_string(unit_below(area.level())));
    replace("{inside}", auth::Scope({area}).sql(column));
    return out;
}

std::string name_of(const areas::Division& division, AreaCode code) {
    const auto area = division.find(code);
    if (!area) return code.short_digits();
    return code.level() == AreaLevel::village ? areas::everyday_name(area->name) : std::string(area->name);
}

std::string figures_json(const Snapshot& snapshot) {
    Json areas = Json::array();
    for (const auto& one : snapshot.figures)
        areas.push_back({{"area", one.area.digits()}, {"value", one.value}, {"told", one.told}});
    return Json{{"area", snapshot.area.digits()}, {"total", snapshot.total}, {"areas", areas}}.dump();
}

std::string say(std::string_view id, const words::Places& places) {
    return words::say("bulletin.data." + std::string(id), words::Language::zh, places);
}

/// The sentences of the article; figures stand in them as plain numbers.
std::string body_of(const Desk& desk, const DataQuery& query, const Snapshot& snapshot, AreaCode area) {
    const std::string unit(query.unit), code(query.code);
    std::string out = say(code, {{"date", snapshot.as_of.chinese()},
                                 {"place", name_of(desk.division, area)},
                                 {"total", std::to_string(snapshot.total)}});
    std::string list;
    std::int64_t kept_back = 0, together = 0;
    for (const auto& one : snapshot.figures) {
        if (!one.told) {
            ++kept_back;
            together += one.value;
            continue;
        }
        list +=
            (list.empty() ? "" : "，") + name_of(desk.division, one.area) + std::to_string(one.value) + unit;
    }
    if (!list.empty()) out += "\n" + say("by_area", {{"list", list}});
    if (kept_back > 0)
        out += (list.empty() ? "\n" : "") + say("kept_back", {{"count", std::to_string(kept_back)},
                                                              {"total", std::to_string(together)},
                                                              {"unit", unit}});
    return out;
}

Snapshot snapshot_of(const db::Row& row) {
    Snapshot out;
    out.id = row.integer(0);
    out.query = row.text(1);
    out.query_version = row.integer(2);
    out.rules = row.text(3);
    out.as_of = row.date(4);
    const auto figures = Json::parse(row.text(5));
    out.total = figures.at("total").get<std::int64_t>();
    const auto whole = AreaCode::parse(figures.at("area").get<std::string>());
    INVARIANT(whole);
    out.area = *whole;
    for (const auto& one : figures.at("areas")) {
        const auto area = AreaCode::parse(one.at("area").get<std::string>());
        INVARIANT(area);
        out.figures.push_back({*area, one.at("value").get<std::int64_t>(), one.at("told").get<bool>()});
    }
    out.at = Instant{row.integer(6)};
    return out;
}

}  // namespace

std::span<const DataQuery> data_queries() { return queries; }

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

Result<Article> draft_from_data(db::Tx& tx, const Desk& desk, IssueId id, std::string_view code,
                                AreaCode area, std::string_view rules) {
    const auto query = std::ranges::find(queries, code, &DataQuery::code);
    if (query == queries.end()) return invalid("bulletin.no_such_query").with("query", std::string(code));
    const auto issue = TRY(editable_issue(tx, desk, id));
    if (!issue.area.contains(area)) return not_found("areas.unknown").with("code", area.digits());
    Snapshot snapshot;
    snapshot.query = query->code;
    snapshot.query_version = query->version;
    if (query->ruled) snapshot.rules = rules;
    snapshot.as_of = desk.today;
    snapshot.area = area;
    TRY(tx.each_row(filled(query->sql, area), {}, [&](const db::Row& row) -> Result<void> {
        snapshot.figures.push_back({row.area(0), row.integer(1)});
        snapshot.total += row.integer(1);
        return {};
    }));
    std::ranges::sort(snapshot.figures, [](const DataFigure& a, const DataFigure& b) {
        return a.value != b.value ? a.value > b.value : a.area < b.area;
    });
    keep_small_figures_back(snapshot.figures);

    ArticleChange typed;
    typed.column = std::string(query->column);
    typed.kind = ArticleKind::data;
    typed.place = name_of(desk.division, area);
    typed.area = area;
    typed.headline = say(std::string(query->code) + ".headline", {});
    typed.body = body_of(desk, *query, snapshot, area);
    typed.source_name = say("source", {});
    typed.source_date = std::optional(desk.today);
    auto article = TRY(add_article(tx, desk, id, typed));
    TRY(tx.exec(
        "INSERT INTO bulletin_snapshot (issue_id, article_id, query, query_version, rules, as_of, figures, "
        "account, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, article.id, snapshot.query, snapshot.query_version, snapshot.rules, snapshot.as_of,
        figures_json(snapshot), desk.actor.account, desk.now.ms));
    return article;
}

Result<std::vector<Snapshot>> snapshots_of(db::Tx& tx, const auth::Actor& actor, ArticleId id) {
    TRY(load_article(tx, actor, id));
    return tx.all(
        "SELECT id, query, query_version, rules, as_of, figures, at FROM bulletin_snapshot WHERE article_id "
        "= ? "
        "ORDER BY id",
        {id}, snapshot_of);
}

}  // namespace ballast::bulletin
