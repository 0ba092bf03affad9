// Figures entered cell by cell, as sheets, and as dataValueSets of DHIS2; terms closed; areas that change.
#include <algorithm>

#include "api/indicators_json.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "indicators/exchange.h"
#include "indicators/forms.h"
#include "indicators/values.h"

namespace ballast::api {
namespace {

using namespace indicators;

/// The form and term of a request about one.
struct Sheet {
    const Form* form;
    Term term;
};
Result<Sheet> sheet_of(const Call& call, const Desk& desk, const std::string& term) {
    const auto* form = TRY(form_of(desk, TRY(call.path<std::string>("form"))));
    return Sheet{form, term.empty() ? Term::of(form->term, desk.today) : TRY(term_of(form->term, term))};
}
Result<Sheet> sheet_asked(const Call& call, const Desk& desk) {
    return sheet_of(call, desk, TRY(call.query<std::string>("term")).value_or(""));
}

Json cell_json(const Desk& desk, const Cell& cell) {
    return {{"area", cell.area.digits()},
            {"figure", cell.figure},
            {"part", cell.part},
            {"value", value_or_null(desk.catalogue.figure(cell.figure)->measure, cell.value)},
            {"version", cell.version},
            {"origin", cell.origin},
            {"by", cell.name},
            {"on", civil_date(cell.at).iso()}};
}

Json questions_json(const Call& call, const Desk& desk, const Form& form) {
    Json out = Json::array();
    for (const auto& one : questions(desk.catalogue, form)) {
        const auto* part = one.figure->part(one.part);
        out.push_back({{"figure", one.figure->name},
                       {"part", one.part},
                       {"title", title_of(call, one.figure->title)},
                       {"part_title", part ? title_of(call, part->title) : ""},
                       {"unit", one.figure->measure.unit},
                       {"places", one.figure->measure.places}});
    }
    return out;
}

Json progress_json(const Call& call, const Progress& one) {
    return {{"area", area_json(call, one.area)},
            {"filled", one.filled},
            {"wanted", one.wanted},
            {"state", indicators::name_of(one.state)},
            {"completed_on", one.completed_on ? Json(one.completed_on->iso()) : Json(nullptr)},
            {"by", one.by}};
}

/// The areas at the form's level, what stands in their cells now and stood a term before, and how far each is.
Result<Reply> grid(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto [form, term] = TRY(sheet_asked(call, at.desk));
    const auto area = TRY(asked_area(call));
    Json now = Json::array(), before = Json::array(), rows = Json::array();
    for (const auto& one : TRY(cells(tx, at.desk, *form, term, area))) now.push_back(cell_json(at.desk, one));
    for (const auto& one : TRY(cells(tx, at.desk, *form, term.plus(-1), area))) before.push_back(cell_json(at.desk, one));
    for (const auto& one : TRY(progress(tx, at.desk, *form, term, area))) rows.push_back(progress_json(call, one));
    const auto closed = TRY(closing(tx, *form, term, area));
    const auto writes = call.actor().scope(Right::indicators_enter).contains(area);
    return ok({{"form", form->name},
               {"title", title_of(call, form->title)},
               {"term", term.text()},
               {"before", term.plus(-1).text()},
               {"after", term.plus(1).first() > call.today() ? Json(nullptr) : Json(term.plus(1).text())},
               {"due_on", form->due(term).iso()},
               {"area", area_json(call, area)},
               {"closed", closed ? Json{{"on", closed->on.iso()}, {"by", closed->account}, {"area", area_json(call, closed->area)}}
                                 : Json(nullptr)},
               {"may_enter", writes && !closed},
               {"states_itself", area.level() < form->level},
               {"questions", questions_json(call, at.desk, *form)},
               {"rows", rows},
               {"cells", now},
               {"cells_before", before}});
}

Result<Reply> cell_put(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    const auto [form, term] = TRY(sheet_of(call, at.desk, TRY(field<std::string>(asked, "term"))));
    const auto area = AreaCode::parse(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    Entry entry{form, term.text(), TRY(field<std::string>(asked, "figure")),
                TRY(optional_field<std::string>(asked, "part")).value_or(""), *area, TRY(field<std::string>(asked, "value")),
                TRY(field<std::int64_t>(asked, "version"))};
    return ok(cell_json(at.desk, TRY(enter(tx, at.desk, entry))));
}

Result<Reply> cell_history(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto [form, term] = TRY(sheet_asked(call, at.desk));
    const auto* figure = TRY(figure_of(at.desk, TRY(call.path<std::string>("figure"))));
    Json items = Json::array();
    for (const auto& one : TRY(cell_changes(tx, at.desk, figure->name, TRY(call.query<std::string>("part")).value_or(""), term,
                                            TRY(asked_area(call)))))
        items.push_back({{"version", one.version},
                         {"before", value_or_null(figure->measure, one.before)},
                         {"after", value_or_null(figure->measure, one.after)},
                         {"origin", one.origin},
                         {"by", one.name},
                         {"at", iso_instant(one.at)}});
    return ok({{"items", items}});
}

Result<Reply> form_act(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    const auto [form, term] = TRY(sheet_of(call, at.desk, TRY(field<std::string>(asked, "term"))));
    const auto area = AreaCode::parse(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    const auto action = TRY(field<std::string>(asked, "action"));
    if (action == "complete")
        TRY(complete(tx, at.desk, *form, term, *area));
    else if (action == "close")
        TRY(close(tx, at.desk, *form, term, *area));
    else if (action == "reopen")
        TRY(reopen(tx, at.desk, *form, term, *area, TRY(optional_field<std::string>(asked, "reason")).value_or("")));
    else
        return invalid("http.wrong_type").with("name", "action");
    return Reply::empty();
}

Result<Reply> form_sheet(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto [form, term] = TRY(sheet_asked(call, at.desk));
    const auto area = TRY(asked_area(call));
    const auto path = spooled_workbook(call);
    TRY(write_form(tx, at.desk, *form, term, area, path, call.language()));
    return workbook_reply(path, form->name + "-" + term.text() + ".xlsx");
}

Result<Reply> form_import(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto given = call.request().form.find("term");
    const auto [form, term] =
        TRY(sheet_of(call, at.desk, given == call.request().form.end() ? std::string() : given->second));
    if (call.request().uploads.size() != 1) return invalid("indicators.one_file");
    const auto& file = call.request().uploads.front();
    const auto done = TRY(read_form(tx, at.desk, *form, term, file.path(), file.file_name()));
    Json refused = Json::array();
    for (const auto& one : done.refused)
        refused.push_back({{"row", one.row}, {"column", one.column}, {"what", words::say(one.what, call.language())}, {"id", one.what.id}});
    return ok({{"taken", done.taken}, {"refused", refused}});
}

// -- DHIS2 ---------------------------------------------------------------------------------------------------------------

Result<Reply> value_set_out(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const auto set = TRY(call.query<std::string>("dataSet"));
    const auto* form = TRY(form_of(at.desk, set.value_or(at.desk.catalogue.forms.front().name)));
    const auto period = TRY(call.query<std::string>("period"));
    const auto term = period ? TRY(term_of(form->term, TRY(Term::parse(*period)).text())) : Term::of(form->term, at.desk.today);
    const auto unit = TRY(call.query<AreaCode>("orgUnit")).value_or(TRY(asked_area(call)));
    return Reply::json(TRY(data_value_set(tx, at.desk, *form, term, unit)));
}

/// The summary is that of DHIS2: a client of it reads status, counts and conflicts.
Result<Reply> value_set_in(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const bool dry = TRY(call.query<std::string>("dryRun")) == "true";
    const auto done = TRY(take_value_set(tx, at.desk, call.request().body, dry));
    Json conflicts = Json::array();
    for (const auto& one : done.conflicts)
        conflicts.push_back({{"object", one.object}, {"value", words::say(one.what, call.language())}, {"errorCode", one.what.id}});
    const bool fine = done.conflicts.empty();
    const auto outside = [](const auto& one) { return one.what.id == "areas.unknown"; };
    if (!fine && std::ranges::all_of(done.conflicts, outside)) return done.conflicts.front().what;
    auto reply = ok({{"responseType", "ImportSummary"},
                     {"status", fine ? "SUCCESS" : "ERROR"},
                     {"importCount",
                      {{"imported", done.imported}, {"updated", done.updated}, {"ignored", done.ignored}, {"deleted", done.deleted}}},
                     {"conflicts", conflicts}});
    reply.status = fine ? 200 : 409;
    return reply;
}

// -- areas that change -----------------------------------------------------------------------------------------------------

Result<Reply> area_changes(Call& call, db::Tx& tx) {
    Json items = Json::array();
    for (const auto& one : TRY(successions(tx))) {
        if (!call.actor().scope(Right::indicators_read).contains(one.from)) continue;
        Json heirs = Json::array();
        for (const auto& heir : one.to) heirs.push_back({{"area", area_json(call, heir.code)}, {"weight", heir.weight.plain()}});
        items.push_back({{"on", one.on.iso()}, {"from", area_json(call, one.from)}, {"to", heirs}});
    }
    return ok({{"items", items}});
}

Result<Reply> area_change_add(Call& call, db::Tx& tx) {
    const FigureDesk at(call);
    const Json asked = TRY(body(call));
    const auto on = Date::parse(TRY(field<std::string>(asked, "on")));
    const auto from = AreaCode::parse(TRY(field<std::string>(asked, "from")));
    if (!on) return invalid("http.wrong_type").with("name", "on");
    if (!from) return invalid("http.wrong_type").with("name", "from");
    Succession change{*on, *from, {}};
    for (const auto& heir : TRY(field<Json>(asked, "to"))) {
        const auto code = AreaCode::parse(heir.is_object() ? heir.value("area", "") : "");
        const auto weight = Decimal::parse(heir.is_object() ? heir.value("weight", "1") : "");
        if (!code || !weight) return invalid("http.wrong_type").with("name", "to");
        change.to.push_back({*code, *weight});
    }
    TRY(add_succession(tx, at.desk, change));
    return created(Json::object());
}

constexpr std::array table{
    Route{get, "/api/indicators/forms/{form}", Right::indicators_read, grid},
    Route{put, "/api/indicators/forms/{form}/cell", Right::indicators_enter, cell_put},
    Route{get, "/api/indicators/forms/{form}/cells/{figure}", Right::indicators_read, cell_history},
    Route{post, "/api/indicators/forms/{form}/actions", Right::indicators_enter, form_act},
    Route{get, "/api/indicators/forms/{form}/sheet", Right::indicators_read, form_sheet},
    Route{post, "/api/indicators/forms/{form}/sheet", Right::indicators_enter, form_import},
    Route{get, "/api/dataValueSets", Right::indicators_read, value_set_out},
    Route{post, "/api/dataValueSets", Right::indicators_enter, value_set_in},
    Route{get, "/api/indicators/area-changes", Right::indicators_read, area_changes},
    Route{post, "/api/indicators/area-changes", Right::indicators_manage, area_change_add},
};

}  // namespace

const Routes indicators_entry_routes = table;

}  // namespace ballast::api
