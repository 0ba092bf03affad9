// Boards, the lists behind figures, targets and what does not fit.
#include "api/indicators_sheets.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "indicators/counting.h"
#include "indicators/exchange.h"
#include "indicators/findings.h"
#include "indicators/responsible.h"
#include "indicators/targets.h"

namespace ballast::api {
namespace {

using namespace indicators;
using As = ListColumn::As;

Result<Reply> catalogue_all(Call& call) {
    const FigureDesk at(call);
    return ok(catalogue_json(call, *at.catalogue));
}

Json readings_json(const Call& call, const Desk& desk, const std::vector<Reading>& all) {
    Json out = Json::array();
    for (const auto& one : all) out.push_back(reading_json(call, desk, one));
    return out;
}

Result<Reply> board_one(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto on = TRY(asked_day(call));
    const auto found = TRY(board(tx, at.desk, area, on));
    return ok({{"area", area_json(call, area)},
               {"month", Term::of(TermKind::month, on).text()},
               {"may_drill", area.level() != AreaLevel::village},
               {"items", readings_json(call, at.desk, found)}});
}

/// The indicators of the area, and after them each by the areas below.
Result<Reply> board_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto on = TRY(asked_day(call));
    auto all = TRY(board(tx, at.desk, area, on));
    for (std::size_t n = 0, own = all.size(); n < own; ++n)
        for (auto& below : TRY(by_area(tx, at.desk, *all[n].of, area, on))) all.push_back(std::move(below));
    const auto head = [&](const char* word) { return call.say(std::string("indicators.column.") + word); };
    auto sheets = TRY(ListSheets::open(call));
    TRY(reading_sheet(call, at.desk, sheets, call.say("indicators.board"),
                      {{head("area"), "/area/name", As::text, 20},
                       {head("indicator"), "/title", As::text, 34},
                       {head("term"), "/term", As::text, 10}},
                      readings_json(call, at.desk, all), area_json(call, area)["name"].get<std::string>() + " " + on.iso()));
    return sheets.reply("board-" + area.short_digits() + "-" + on.iso().substr(0, 7));
}

Result<Reply> areas_below(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto* indicator = TRY(indicator_of(at.desk, TRY(call.path<std::string>("indicator"))));
    const auto found = TRY(by_area(tx, at.desk, *indicator, TRY(asked_area(call)), TRY(asked_day(call))));
    return ok({{"items", readings_json(call, at.desk, found)}});
}

struct Past {
    std::vector<Reading> terms;
    Json parts = Json::array();
};
/// A year of months, two of quarters, five years; and what the figure was made of in the last term.
Result<Past> past_of(Call& call, db::Tx& tx, const Desk& desk, const Indicator& indicator, AreaCode area, Date on) {
    const auto* figure = TRY(figure_of(desk, indicator.numerator));
    const int terms = figure->term == TermKind::month ? 12 : figure->term == TermKind::quarter ? 8 : 5;
    Past out;
    for (const auto& one : TRY(parts(tx, desk, *figure, area, Term::of(figure->term, on))))
        out.parts.push_back({{"label", title_of(call, figure->part(one.part)->title)},
                             {"value", one.hidden ? Json(nullptr) : value_or_null(figure->measure, one.sum.value)},
                             {"hidden", one.hidden},
                             {"counted", figure->source != Source::entered}});
    out.terms = TRY(history(tx, desk, indicator, area, on, terms));
    return out;
}

Result<Reply> history_one(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto* indicator = TRY(indicator_of(at.desk, TRY(call.path<std::string>("indicator"))));
    const auto past = TRY(past_of(call, tx, at.desk, *indicator, TRY(asked_area(call)), TRY(asked_day(call))));
    return ok({{"items", readings_json(call, at.desk, past.terms)}, {"parts", past.parts}});
}

/// What the page of an indicator shows: its terms, its parts, the areas below.
Result<Reply> history_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto* indicator = TRY(indicator_of(at.desk, TRY(call.path<std::string>("indicator"))));
    const auto area = TRY(asked_area(call));
    const auto on = TRY(asked_day(call));
    const auto head = [&](const char* word) { return call.say(std::string("indicators.column.") + word); };
    const auto title = title_of(call, indicator->title) + " " + area_json(call, area)["name"].get<std::string>();
    const auto past = TRY(past_of(call, tx, at.desk, *indicator, area, on));
    auto sheets = TRY(ListSheets::open(call));
    TRY(reading_sheet(call, at.desk, sheets, head("history"), {{head("term"), "/term", As::text, 10}},
                      readings_json(call, at.desk, past.terms), title));
    if (!past.parts.empty()) {
        TRY(sheets.sheet(head("parts"),
                         {{head("part"), "/label", As::text, 24}, {head("value"), "/value", As::number}, {head("remark"), "/remark", As::text, 24}},
                         title));
        Json lines = past.parts;
        for (auto& line : lines) line["remark"] = value_remark(call, line);
        TRY(sheets.rows(lines));
    }
    if (const auto below = TRY(by_area(tx, at.desk, *indicator, area, on)); !below.empty())
        TRY(reading_sheet(call, at.desk, sheets, head("by_area"), {{head("area"), "/area/name", As::text, 20}, {head("term"), "/term", As::text, 10}},
                          readings_json(call, at.desk, below), title));
    return sheets.reply("indicator-" + area.short_digits() + "-" + on.iso().substr(0, 7));
}

Result<Reply> behind_one(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto* figure = TRY(figure_of(at.desk, TRY(call.path<std::string>("figure"))));
    const auto page = TRY(call.page());
    const auto area = TRY(asked_area(call));
    const auto term = Term::of(figure->term, TRY(asked_day(call)));
    TRY(may_list(call, *figure, area, TRY(sum_of(tx, {figure->name, "", term.text()}, area)).hidden));
    std::int64_t total = 0;
    const auto rows = TRY(behind(tx, at.desk, *figure, term, area, page.offset(), page.size, &total));
    return ok({{"figure", figure->name},
               {"area", area_json(call, area)},
               {"title", title_of(call, figure->title)},
               {"unit", figure->measure.unit},
               {"about", about(*figure)},
               {"total", total},
               {"items", TRY(things_json(call, tx, about(*figure), rows))}});
}

/// The whole list, whatever the page.
Result<Reply> behind_sheet(Call& call) {
    const FigureDesk at(call);
    const auto* figure = TRY(figure_of(at.desk, TRY(call.path<std::string>("figure"))));
    const auto term = Term::of(figure->term, TRY(asked_day(call)));
    const auto area = TRY(asked_area(call));
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        TRY(may_list(call, *figure, area, TRY(sum_of(tx, {figure->name, "", term.text()}, area)).hidden));
        TRY(sheets.sheet(call.say("indicators.column.list"), thing_columns(call, about(*figure)),
                         title_of(call, figure->title) + " " + term.text()));
        TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) -> Result<Json> {
            return things_json(call, tx, about(*figure), TRY(behind(tx, at.desk, *figure, term, area, offset, limit, nullptr)));
        }));
        return TakenList{"indicators.export", figure->name + ":" + term.text(), area,
                         figure->name + "-" + area.short_digits() + "-" + term.text()};
    });
}

Result<Reply> count_now(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    return ok({{"counted", TRY(count_all(tx, at.desk))}});
}

// -- what does not fit -------------------------------------------------------------------------------------------------

Json found_json(const Call& call, const Desk& desk, const Found& one) {
    const auto* rule = desk.catalogue.rule(one.rule);
    const auto* figure = desk.catalogue.figure(one.figure);
    return {{"id", text(one.id)},
            {"rule", {{"code", one.rule}, {"label", rule ? title_of(call, rule->title) : one.rule}}},
            {"figure", {{"code", one.figure}, {"label", figure ? title_of(call, figure->title) : one.figure}}},
            {"unit", figure ? figure->measure.unit : ""},
            {"area", area_json(call, one.area)},
            {"term", one.term},
            {"verdict", indicators::name_of(one.verdict)},
            {"printed", one.printed},
            {"computed", one.computed},
            {"priority", indicators::name_of(one.priority)},
            {"owner_area", area_json(call, one.owner_area)},
            {"owner", one.owner},
            {"found_on", one.found_on.iso()},
            {"due_on", one.due_on.iso()},
            {"overdue", one.state == "open" && one.due_on < call.today()},
            {"state", one.state},
            {"note", one.note},
            {"version", one.version}};
}

Result<Reply> finding_list(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    Json items = Json::array();
    const auto state = TRY(call.query<std::string>("state")).value_or("open");
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    for (const auto& one : TRY(findings(tx, at.desk, TRY(asked_area(call)), state, page.offset(), page.size, &total)))
        items.push_back(found_json(call, at.desk, one));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> finding_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto state = TRY(call.query<std::string>("state")).value_or("open");
    const auto path = spooled_workbook(call);
    TRY(write_findings(tx, at.desk, area, state, path, call.language()));
    return workbook_reply(path, "findings-" + area.short_digits() + "-" + call.today().iso() + ".xlsx");
}

Result<Reply> finding_check(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    const auto month = TRY(term_of(TermKind::month, TRY(field<std::string>(asked, "month"))));
    return ok({{"open", TRY(check_figures(tx, at.desk, TRY(area_of(asked, "area")), month.last()))}});
}

Result<Reply> finding_explain(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    TRY(explain(tx, at.desk, TRY(call.path<FoundId>("id")), TRY(field<std::int64_t>(asked, "version")),
                TRY(field<std::string>(asked, "note"))));
    return Reply::empty();
}

// -- targets and who answers ---------------------------------------------------------------------------------------------

Result<Reply> target_set(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    const auto direction = direction_named(TRY(field<std::string>(asked, "direction")));
    if (!direction) return invalid("http.wrong_type").with("name", "direction");
    TRY(set_target(tx, at.desk,
                   {TRY(field<std::string>(asked, "indicator")), TRY(field<std::string>(asked, "term")),
                    TRY(area_of(asked, "area")), TRY(field<std::string>(asked, "value")), *direction,
                    TRY(field<std::int64_t>(asked, "version"))}));
    return Reply::empty();
}

Result<Reply> target_list(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto term = TRY(Term::parse(TRY(call.query<std::string>("term")).value_or(call.today().iso().substr(0, 7))));
    Json items = Json::array();
    for (const auto& one : TRY(targets(tx, at.desk, term, TRY(asked_area(call)))))
        items.push_back({{"indicator", one.indicator},
                         {"area", area_json(call, one.area)},
                         {"term", one.term},
                         {"value", one.value.plain()},
                         {"direction", indicators::name_of(one.direction)},
                         {"version", one.version},
                         {"by", one.name}});
    return ok({{"items", items}});
}

Json responsible_json(const Call& call, const Responsible& one) {
    const auto written = [](const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); };
    return {{"area", area_json(call, one.area)}, {"name", one.name},           {"post", one.post},
            {"version", one.version},            {"since", written(one.since)}, {"until", written(one.until)}};
}

Result<Reply> responsible_list(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto area = TRY(asked_area(call));
    const auto found = TRY(answering(tx, at.desk, area));
    Json items = Json::array(), before = Json::array(), gaps = Json::array();
    for (const auto& one : found.now) items.push_back(responsible_json(call, one));
    for (const auto& one : found.before) before.push_back(responsible_json(call, one));
    for (const auto& one : found.gaps) gaps.push_back(area_json(call, one));
    return ok({{"area", area_json(call, area)}, {"items", items}, {"before", before}, {"gaps", gaps}});
}

Result<Reply> responsible_set(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    TRY(set_responsible(tx, at.desk,
                        {TRY(area_of(asked, "area")), TRY(field<std::string>(asked, "name")),
                         TRY(optional_field<std::string>(asked, "post")).value_or(""), "",
                         TRY(field<std::int64_t>(asked, "version"))}));
    return Reply::empty();
}

constexpr std::array table{
    Route{get, "/api/indicators", Right::indicators_read, catalogue_all},
    Route{get, "/api/indicators/board", Right::indicators_read, board_one},
    Route{get, "/api/indicators/board/sheet", Right::indicators_read, board_sheet},
    Route{post, "/api/indicators/count", Right::indicators_manage, count_now},
    Route{get, "/api/indicators/by-area/{indicator}", Right::indicators_read, areas_below},
    Route{get, "/api/indicators/history/{indicator}", Right::indicators_read, history_one},
    Route{get, "/api/indicators/history/{indicator}/sheet", Right::indicators_read, history_sheet},
    Route{get, "/api/indicators/behind/{figure}", Right::indicators_read, behind_one},
    Route{post, "/api/indicators/behind/{figure}/sheet", Right::indicators_read, behind_sheet},
    Route{get, "/api/indicators/findings", Right::indicators_read, finding_list},
    Route{get, "/api/indicators/findings/sheet", Right::indicators_read, finding_sheet},
    Route{post, "/api/indicators/findings", Right::indicators_enter, finding_check},
    Route{post, "/api/indicators/findings/{id}/explanation", Right::indicators_enter, finding_explain},
    Route{get, "/api/indicators/targets", Right::indicators_read, target_list},
    Route{put, "/api/indicators/targets", Right::indicators_manage, target_set},
    Route{get, "/api/indicators/responsible", Right::indicators_read, responsible_list},
    Route{put, "/api/indicators/responsible", Right::indicators_manage, responsible_set},
};

}  // namespace

const Routes indicators_routes = table;

}  // namespace ballast::api
