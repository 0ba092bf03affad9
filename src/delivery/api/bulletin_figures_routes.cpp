// Figures of the platform: what may be told, an article drafted of it, the list behind a printed number.
#include <algorithm>

#include "api/bulletin_desk.h"
#include "api/bulletin_snapshots.h"
#include "api/routes.h"
#include "screening/rules.h"

namespace ballast::api {

using namespace bulletin;

namespace {

/// Where the web front end shows the list; null without the right to see it.
Json list_of(const Call& call, const Snapshot& snapshot, std::string_view key) {
    if (!may_open(call.actor(), snapshot, key)) return nullptr;
    return "/bulletin/figures/" + text(snapshot.id) + (key == whole ? "" : "?key=" + std::string(key));
}

Json period_json(const std::optional<Period>& period) {
    return period ? Json{{"from", period->first.iso()}, {"to", period->last.iso()}} : Json(nullptr);
}

std::string title_of(const Call& call, std::string_view query) {
    return call.say("bulletin.data." + std::string(query) + ".headline");
}

/// A figure of one to four is for those who may open its list; to others it is only said to be small.
Json shown(std::int64_t value, bool may_list) {
    return total_is_told(value) || may_list ? Json(value) : Json(nullptr);
}

Json head_json(const Call& call, const Snapshot& snapshot) {
    return {{"id", text(snapshot.id)},
            {"query", snapshot.query},
            {"title", title_of(call, snapshot.query)},
            {"query_version", snapshot.query_version},
            {"rules", snapshot.rules},
            {"as_of", snapshot.as_of.iso()},
            {"area", area_json(call, snapshot.area)},
            {"period", period_json(snapshot.period)},
            {"unit", data_query(snapshot.query) ? data_query(snapshot.query)->unit : ""},
            {"total", shown(snapshot.total, may_open(call.actor(), snapshot, whole))}};
}

}  // namespace

Json snapshot_json(const Call& call, const Snapshot& snapshot, const std::vector<Traced>& told) {
    Json out = head_json(call, snapshot);
    const auto add = [&](std::string_view key, std::int64_t value) {
        const bool printed = std::ranges::any_of(
            told, [&](const Traced& one) { return one.snapshot == snapshot.id && one.key == key; });
        out["figures"].push_back({{"key", key},
                                  {"label", label_of(call.division(), snapshot, key)},
                                  {"value", shown(value, may_open(call.actor(), snapshot, key))},
                                  {"list", list_of(call, snapshot, key)},
                                  {"printed", printed}});
    };
    out["figures"] = Json::array();
    add(whole, snapshot.total);
    for (const auto& one : snapshot.figures)
        if (one.told) add(one.key, one.value);
    if (snapshot.kept_back() > 0) add(together, snapshot.kept_back());
    return out;
}

Json traced_json(const Call& call, const std::vector<Traced>& told, const std::vector<Snapshot>& snapshots) {
    Json out = Json::array();
    for (const auto& one : told) {
        const auto snapshot = std::ranges::find(snapshots, one.snapshot, &Snapshot::id);
        out.push_back({{"start", one.span.start},
                       {"end", one.span.end},
                       {"snapshot", text(one.snapshot)},
                       {"key", one.key},
                       {"as_of", snapshot->as_of.iso()},
                       {"list", list_of(call, *snapshot, one.key)}});
    }
    return out;
}

namespace {

Result<AreaCode> area_of(const Call& call, const std::optional<std::string>& given) {
    if (!given) return call.context().settings.area;
    const auto parsed = Call::parsed<AreaCode>(*given);
    if (!parsed) return invalid("http.wrong_type").with("name", "area");
    return *parsed;
}

Result<Reply> query_list(Call& call, db::Tx& tx) {
    const auto area = TRY(area_of(call, TRY(call.query<std::string>("area"))));
    if (!call.actor().scope(Right::bulletin_edit).contains(area))
        return not_found("areas.unknown").with("code", area.digits());
    Period period = usual_period(call.today());
    if (const auto from = TRY(call.query<Date>("from"))) period.first = *from;
    if (const auto to = TRY(call.query<Date>("to"))) period.last = *to;
    Json items = Json::array();
    for (const auto& query : data_queries())
        items.push_back({{"query", query.code},
                         {"title", title_of(call, query.code)},
                         {"unit", query.unit},
                         {"over_time", query.over_time()},
                         {"now", shown(TRY(count_now(tx, query, area, period)),
                                       call.actor().scope(query.right).contains(area))}});
    return ok({{"area", area_json(call, area)}, {"period", period_json(period)}, {"items", items}});
}

Result<DraftOrder> order_of(const Call& call, const Json& asked) {
    DraftOrder out;
    out.area = TRY(area_of(call, TRY(optional_field<std::string>(asked, "area"))));
    for (const auto& given : TRY(field<Json>(asked, "figures"))) {
        DraftOrder::Chosen chosen{TRY(field<std::string>(given, "query"))};
        if (const auto by = TRY(optional_field<std::string>(given, "by"))) {
            chosen.by = breakdown_named(*by);
            if (!chosen.by) return invalid("http.wrong_type").with("name", "by");
        }
        out.figures.push_back(std::move(chosen));
    }
    const auto from = TRY(day_field(asked, "from")).value_or(std::nullopt);
    const auto to = TRY(day_field(asked, "to")).value_or(std::nullopt);
    if (from || to) {
        const auto usual = usual_period(call.today());
        out.period = Period{from.value_or(usual.first), to.value_or(usual.last)};
    }
    return out;
}

Result<Reply> draft(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<IssueId>("id"));
    auto order = TRY(order_of(call, TRY(body(call))));
    order.rules =
        TRY(screening::Rules::load(call.context().settings.area, call.today(), call.packs())).pack_hash();
    const auto drafted = TRY(draft_from_data(tx, desk_of(call), id, order));
    return created(TRY(whole_article(call, tx, drafted.id)));
}

Result<Reply> rows(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    const auto key = TRY(call.query<std::string>("key")).value_or("");
    const auto found =
        TRY(list_behind(tx, call.actor(), TRY(call.path<SnapshotId>("id")), key, page.offset(), page.size));
    const auto* query = data_query(found.snapshot.query);
    Json items = Json::array();
    for (const auto& row : found.rows)
        items.push_back({{"record", std::to_string(row.record)},
                         {"page", std::string(query ? query->page : "") + std::to_string(row.record)},
                         {"area", area_json(call, row.area)},
                         {"on", row.day ? Json(row.day->iso()) : Json(nullptr)}});
    return ok({{"snapshot", head_json(call, found.snapshot)},
               {"label", label_of(call.division(), found.snapshot, key)},
               {"total", found.total},
               {"items", items}});
}

constexpr std::array table{
    Route{post, "/api/bulletin/issues/{id}/drafts", Right::bulletin_edit, draft},
    Route{get, "/api/bulletin/queries", Right::bulletin_edit, query_list},
    Route{get, "/api/bulletin/snapshots/{id}/rows", Right::signed_in, rows},
};

}  // namespace

const Routes bulletin_figures_routes = table;

}  // namespace ballast::api
