// Large-scale alarms: the list, one of them with what stands behind it, its steps; prices; the bottom-line board.
#include <filesystem>

#include "api/indicators_json.h"
#include "api/surveillance_routes.h"
#include "api/warnings_json.h"
#include "api/workbook_reply.h"
#include "jobs/jobs.h"
#include "surveillance/board.h"
#include "surveillance/prices.h"
#include "surveillance/run.h"

namespace ballast::api {
namespace {

namespace watch = surveillance;
using watch::Alarm;

constexpr std::int64_t fewest_shown = 5;  // households, above the village

watch::Desk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}
Result<watch::Limits> limits_of(const Call& call, AreaCode area) {
    return watch::limits_on(call.context().paths.root + "/packs", area, call.today());
}

Json coded(const Call& call, std::string_view list, std::string_view code) {
    return {{"code", code}, {"label", call.say("surveillance." + std::string(list) + "." + std::string(code))}};
}
Json day(const std::optional<Date>& on) { return on ? Json(on->iso()) : Json(nullptr); }

/// The one scale of urgency: red within a day or overdue, orange 3 days, yellow 7.
Json level_of(const Alarm& alarm, Date today) {
    if (!alarm.open() || !alarm.due_on) return nullptr;
    const int left = *alarm.due_on - today;
    if (left <= 1) return "red";
    if (left <= 3) return "orange";
    return left <= 7 ? Json("yellow") : Json(nullptr);
}

std::string percent(Decimal part, Decimal whole) {
    return whole.is_zero() ? "—" : (part * Decimal(100)).divided_by(whole, 2, Rounding::half_up).plain();
}
std::string month_text(Date month) { return month.iso().substr(0, 7); }

/// One sentence with the two numbers that the rule holds against each other.
std::string sentence(const Call& call, const Alarm& alarm) {
    const auto n = std::to_string(alarm.observed), base = std::to_string(alarm.base);
    if (alarm.rule == watch::by_group) {
        const words::Places when{{"from", alarm.first_day.iso()}, {"to", alarm.last_day.iso()}};
        if (alarm.area.level() != AreaLevel::village && alarm.observed < fewest_shown)
            return call.say("surveillance.says.few", when);
        auto places = when;
        places.insert(places.end(), {{"n", n}, {"base", base}, {"percent", percent(alarm.observed, alarm.base)}});
        return call.say("surveillance.says.R33", places);
    }
    if (alarm.rule == watch::by_price) {
        const auto now = Decimal::yuan(Money::fen(alarm.observed)), before = Decimal::yuan(Money::fen(alarm.base));
        return call.say("surveillance.says.R34", {{"from", month_text(alarm.first_day)},
                                                  {"to", month_text(alarm.last_day)},
                                                  {"now", now.plain()},
                                                  {"before", before.plain()},
                                                  {"percent", percent(before - now, before)}});
    }
    return call.say("surveillance.says.R35", {{"month", month_text(alarm.last_day)},
                                              {"n", n},
                                              {"before", base},
                                              {"percent", percent(alarm.observed - alarm.base, alarm.base)}});
}

Json subject_json(const Call& call, const Alarm& alarm) {
    const auto label = alarm.rule == watch::by_group ? call.say("screening.risk." + alarm.subject) : alarm.subject;
    return {{"code", alarm.subject}, {"label", label}};
}

Json line_json(const Call& call, const Alarm& alarm) {
    Json told = Json::array();
    for (const auto area : watch::told(alarm.area)) told.push_back(area_json(call, area));
    return {{"id", text(alarm.id)},
            {"rule", coded(call, "rule", alarm.rule)},
            {"subject", subject_json(call, alarm)},
            {"area", area_json(call, alarm.area)},
            {"says", sentence(call, alarm)},
            {"state", coded(call, "state", alarm.state)},
            {"raised_on", alarm.raised_on.iso()},
            {"met_on", alarm.met_on.iso()},
            {"lapsed_on", day(alarm.lapsed_on)},
            {"due_on", day(alarm.due_on)},
            {"overdue", alarm.overdue(call.today())},
            {"level", level_of(alarm, call.today())},
            {"told", told}};
}

Json limit_json(const Call& call, const watch::Limit& limit) {
    return {{"name", limit.name},
            {"label", call.say("surveillance.limit." + limit.name)},
            {"value", limit.value},
            {"since", limit.since.iso()},
            {"authority", limit.authority},
            {"assumed", limit.assumed()}};
}

Json page_json(const Call& call, const watch::Page& page) {
    Json out = line_json(call, page.alarm);
    out["version"] = page.alarm.version;
    out["reason"] = page.alarm.reason.empty() ? Json(nullptr) : coded(call, "reason", page.alarm.reason);
    out["may_list"] = page.may_list;
    out["limits"] = Json::array();
    for (const auto& one : page.limits) out["limits"].push_back(limit_json(call, one));
    out["measures"] = Json::array();
    for (const auto& one : page.measures)
        out["measures"].push_back({{"id", text(one.id)},
                                   {"what", one.what},
                                   {"office", one.office},
                                   {"due_on", one.due_on.iso()},
                                   {"done_on", day(one.done_on)},
                                   {"overdue", !one.done_on && one.due_on < call.today()}});
    out["steps"] = Json::array();
    for (const auto& row : page.next) {
        Json one = coded(call, "action", row.action);
        one["needs"] = row.needs;
        out["steps"].push_back(one);
    }
    out["reasons"] = Json::array();
    for (const auto reason : watch::reasons()) out["reasons"].push_back(coded(call, "reason", reason));
    out["history"] = Json::array();
    for (const auto& event : page.history)
        out["history"].push_back({{"action", coded(call, "action", event.action)},
                                  {"state", coded(call, "state", event.to_state)},
                                  {"reason", event.reason.empty() ? Json(nullptr) : coded(call, "reason", event.reason)},
                                  {"note", event.note},
                                  {"by", event.name},
                                  {"at", iso_instant(event.at)}});
    return out;
}

Json last_run_json(const std::optional<watch::LastRun>& last) {
    return last ? Json{{"as_of", last->as_of.iso()}, {"at", iso_instant(last->at)}} : Json(nullptr);
}

// -- alarms --------------------------------------------------------------------------------------------------------------------

Result<Reply> alarm_list(Call& call, db::Tx& tx) {
    const auto desk = desk_of(call);
    const auto paged = TRY(call.page());
    watch::Query query;
    query.state = TRY(call.query<std::string>("state")).value_or("open");
    query.rule = TRY(call.query<std::string>("rule")).value_or("");
    query.area = TRY(call.query<AreaCode>("area"));
    query.offset = paged.offset();
    query.limit = paged.size;
    Json counts = Json::array(), items = Json::array();
    for (const auto* state : {"open", "overdue", "ended"}) {
        auto figure = query;
        figure.state = state;
        counts.push_back({{"state", state}, {"n", TRY(watch::count(tx, desk, figure))}});
    }
    for (const auto& one : TRY(watch::list(tx, desk, query))) items.push_back(line_json(call, one));
    const auto area = query.area.value_or(own_area(call, watch::may_read));
    return ok({{"total", TRY(watch::count(tx, desk, query))},
               {"counts", counts},
               {"last_run", last_run_json(TRY(watch::last_run(tx, area)))},
               {"items", items}});
}

Result<Reply> alarm_one(Call& call, db::Tx& tx) {
    return ok(page_json(call, TRY(watch::page(tx, desk_of(call), TRY(call.path<watch::AlarmId>("id"))))));
}

Result<Reply> alarm_step(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<watch::AlarmId>("id"));
    const Json asked = TRY(body(call));
    watch::Order order;
    order.version = TRY(field<std::int64_t>(asked, "version"));
    order.action = TRY(field<std::string>(asked, "action"));
    order.note = TRY(optional_field<std::string>(asked, "note")).value_or("");
    order.reason = TRY(optional_field<std::string>(asked, "reason")).value_or("");
    order.office = TRY(optional_field<std::string>(asked, "office")).value_or("");
    if (asked.contains("due_on") && !asked["due_on"].is_null()) order.due_on = TRY(date_of(asked, "due_on"));
    if (const auto measure = TRY(optional_field<std::string>(asked, "measure"))) {
        order.measure = Call::parsed<watch::MeasureId>(*measure);
        if (!order.measure) return invalid("http.wrong_type").with("name", "measure");
    }
    const auto desk = desk_of(call);
    const auto clocks = TRY(limits_of(call, TRY(watch::page(tx, desk, id)).alarm.area)).clocks;
    TRY(watch::step(tx, desk, id, order, clocks));
    return ok(page_json(call, TRY(watch::page(tx, desk, id))));
}

Result<Reply> alarm_households(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    const auto rows = TRY(watch::behind(tx, desk_of(call), TRY(call.path<watch::AlarmId>("id")), page.offset(), page.size, &total));
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : rows) ids.emplace_back(one.household);
    const Json lines = TRY(household_lines(call, tx, ids));
    Json items = Json::array();
    for (const auto& one : rows) {
        const auto line = lines.find(std::to_string(one.household));
        items.push_back({{"id", std::to_string(one.household)},
                         {"household", line == lines.end() ? Json(nullptr) : *line},
                         {"area", area_json(call, one.village)},
                         {"facts", one.facts},
                         {"last", one.last.iso()}});
    }
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> run_begin(Call& call, db::Tx& tx) {
    const auto area = own_area(call, watch::may_run);
    if (!call.context().settings.area.contains(area) || !call.actor().scope(watch::may_run).contains(area))
        return not_found("areas.unknown").with("code", area.digits());
    const auto job = TRY(jobs::enqueue(tx, {"surveillance.run", "{}", area}, call.actor(), call.now()));
    return accepted({{"job", text(job)}});
}

// -- prices --------------------------------------------------------------------------------------------------------------------

Result<Reply> price_list(Call& call, db::Tx& tx) {
    const auto area = TRY(asked_area(call));
    const auto limits = TRY(limits_of(call, area));
    Json items = Json::array();
    for (const auto& one : TRY(watch::prices(tx, desk_of(call), area, limits.price.compared))) {
        const auto now = Decimal::yuan(one.of.price);
        items.push_back({{"area", area_json(call, one.of.area)},
                         {"product", one.of.product},
                         {"month", month_text(one.of.month)},
                         {"price", now.plain()},
                         {"unit", one.of.unit},
                         {"before", one.before ? Json(Decimal::yuan(*one.before).plain()) : Json(nullptr)},
                         {"change", one.before ? Json(percent(now - Decimal::yuan(*one.before), Decimal::yuan(*one.before)))
                                               : Json(nullptr)}});
    }
    Json shown = Json::array();
    for (const auto& one : limits.of(watch::by_price, "")) shown.push_back(limit_json(call, one));
    return ok({{"limits", shown}, {"items", items}});
}

Result<Reply> price_enter(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    watch::Price price;
    price.area = TRY(area_of(asked, "area"));
    price.product = TRY(field<std::string>(asked, "product"));
    price.month = TRY(watch::month_of(TRY(field<std::string>(asked, "month"))));
    price.price = TRY(Money::parse(TRY(field<std::string>(asked, "price"))));
    price.unit = TRY(field<std::string>(asked, "unit"));
    TRY(watch::enter_price(tx, desk_of(call), price));
    return Reply::empty();
}

Result<Reply> price_import(Call& call, db::Tx& tx) {
    if (call.request().uploads.size() != 1) return invalid("indicators.one_file");
    const auto& file = call.request().uploads.front();
    const auto done = TRY(watch::import_prices(tx, desk_of(call), file.path(), file.file_name()));
    Json refused = Json::array();
    for (const auto& one : done.refused)
        refused.push_back(
            {{"row", one.row}, {"column", one.column}, {"what", words::say(one.what, call.language())}, {"id", one.what.id}});
    return ok({{"taken", done.taken}, {"refused", refused}});
}

// -- the bottom-line board --------------------------------------------------------------------------------------------------------

/// A place where an indicator has nothing to say is a gap.
Json cell_json(const indicators::Reading& one) {
    return {{"value", one.value ? Json(one.value->plain()) : Json(nullptr)}, {"hidden", one.hidden}};
}
Json row_json(const Call& call, const watch::BoardRow& row) {
    Json cells = Json::array();
    for (const auto& one : row.readings) cells.push_back(cell_json(one));
    return {{"area", area_json(call, row.area)}, {"alarms", row.alarms}, {"cells", cells}};
}

Result<Reply> board_one(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto on = TRY(asked_day(call));
    const auto found = TRY(watch::bottom_line(tx, at.desk, area, on));
    Json columns = Json::array(), below = Json::array();
    for (const auto& one : found.whole.readings)
        columns.push_back({{"indicator", one.of->name},
                           {"figure", one.of->numerator},
                           {"title", title_of(call, one.of->title)},
                           {"unit", unit_of(at.desk, *one.of)},
                           {"good", one.of->good ? Json(indicators::name_of(*one.of->good)) : Json(nullptr)}});
    for (const auto& row : found.below) below.push_back(row_json(call, row));
    return ok({{"area", area_json(call, area)},
               {"month", month_text(on)},
               {"counted_at", found.counted_at ? Json(iso_instant(*found.counted_at)) : Json(nullptr)},
               {"columns", columns},
               {"whole", row_json(call, found.whole)},
               {"below", below}});
}

Result<Reply> board_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto on = TRY(asked_day(call));
    const auto path = spooled_workbook(call);
    TRY(watch::write_bottom_line(tx, at.desk, area, on, path, call.language()));
    return workbook_reply(path, "bottom-line-" + area.short_digits() + "-" + month_text(on) + ".xlsx");
}

constexpr std::array table{
    Route{get, "/api/surveillance/alarms", watch::may_read, alarm_list},
    Route{get, "/api/surveillance/alarms/{id}", watch::may_read, alarm_one},
    Route{post, "/api/surveillance/alarms/{id}/steps", watch::may_read, alarm_step},
    Route{get, "/api/surveillance/alarms/{id}/households", watch::may_list, alarm_households},
    Route{post, "/api/surveillance/runs", watch::may_run, run_begin},
    Route{get, "/api/surveillance/prices", watch::may_read_prices, price_list},
    Route{post, "/api/surveillance/prices", watch::may_enter_prices, price_enter},
    Route{post, "/api/surveillance/prices/sheet", watch::may_enter_prices, price_import},
    Route{get, "/api/surveillance/board", Right::indicators_read, board_one},
    Route{get, "/api/surveillance/board/sheet", Right::indicators_read, board_sheet},
};

}  // namespace

const Routes surveillance_routes = table;

}  // namespace ballast::api
