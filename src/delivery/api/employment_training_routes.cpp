// Training classes with who attended them; the start-up service.
#include "api/employment_json.h"
#include "api/list_sheets.h"
#include "api/routes.h"

namespace ballast::api {
namespace {

using namespace employment;
using As = ListColumn::As;

Result<Json> asked_classes(Call& call, db::Tx& tx, std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    ClassQuery query;
    query.area = TRY(call.query<AreaCode>("area"));
    query.trade = TRY(call.query<std::string>("trade")).value_or("");
    query.offset = offset;
    query.limit = limit;
    Json items = Json::array();
    for (const auto& one : TRY(classes(tx, TRY(employment_desk(call)), query, total)))
        items.push_back(class_json(call, one));
    return items;
}

Result<Reply> class_list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    Json items = TRY(asked_classes(call, tx, page.offset(), page.size, &total));
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Reply> class_sheet(Call& call, db::Tx& tx) {
    auto sheets = TRY(ListSheets::open(call));
    TRY(sheets.sheet(head_of(call, "classes"), {{head_of(call, "class"), "/title", As::text, 24},
                                                {head_of(call, "trade"), "/trade/label"},
                                                {"", "/area", As::place},
                                                {head_of(call, "organiser"), "/organiser", As::text, 20},
                                                {head_of(call, "venue"), "/venue", As::text, 20},
                                                {head_of(call, "begins_on"), "/begins_on", As::day},
                                                {head_of(call, "ends_on"), "/ends_on", As::day},
                                                {head_of(call, "hours"), "/hours", As::number, 10},
                                                {head_of(call, "capacity"), "/capacity", As::number, 12},
                                                {head_of(call, "attended"), "/attended", As::number, 12},
                                                {head_of(call, "passed_times"), "/passed", As::number, 12},
                                                {head_of(call, "funds"), "/funds_fen", As::fen},
                                                {head_of(call, "paid"), "/paid_fen", As::fen}}));
    TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) { return asked_classes(call, tx, offset, limit, nullptr); }));
    return sheets.reply("employment-classes-" + call.today().iso());
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, ClassId id) {
    Json out = class_json(call, TRY(training_class(tx, desk, id)));
    out["attendees"] = Json::array();
    for (const auto& one : TRY(attendees(tx, desk, id))) {
        Json line = attendance_json(one.what);
        line["who"] = worker_json(call, one.who);
        out["attendees"].push_back(line);
    }
    return out;
}

Result<Reply> class_one(Call& call, db::Tx& tx) {
    return ok(TRY(whole(call, tx, TRY(employment_desk(call)), TRY(call.path<ClassId>("id")))));
}

Result<Reply> attendance_sheet(Call& call) {
    const auto id = TRY(call.path<ClassId>("id"));
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        const Json all = TRY(whole(call, tx, TRY(employment_desk(call)), id));
        TRY(sheets.sheet(head_of(call, "attendance"),
                         {{head_of(call, "person"), "/who/name", As::text, 10},
                          {head_of(call, "age"), "/who/age", As::number, 8},
                          {"", "/who/area", As::place},
                          {head_of(call, "days"), "/days", As::number, 10},
                          {head_of(call, "passed"), "/passed", As::truth, 10},
                          {head_of(call, "certificate"), "/certificate", As::text, 20},
                          {head_of(call, "subsidy"), "/subsidy_fen", As::fen}},
                         all["title"].get<std::string>()));
        TRY(sheets.rows(all["attendees"]));
        return TakenList{"employment.export", "class:" + text(id), TRY(area_of(all["area"], "code")),
                         "employment-class-" + text(id)};
    });
}

Result<Reply> class_add(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    TrainingClass wanted;
    wanted.area = TRY(area_of(asked, "area"));
    wanted.trade = TRY(field<std::string>(asked, "trade"));
    wanted.title = TRY(field<std::string>(asked, "title"));
    wanted.organiser = TRY(field<std::string>(asked, "organiser"));
    wanted.venue = TRY(field<std::string>(asked, "venue"));
    wanted.hours = TRY(field<std::int64_t>(asked, "hours"));
    wanted.begins_on = TRY(date_of(asked, "begins_on"));
    wanted.ends_on = TRY(date_of(asked, "ends_on"));
    wanted.capacity = TRY(field<std::int64_t>(asked, "capacity"));
    wanted.funds = TRY(fen_of(asked, "funds_fen"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    const auto desk = TRY(employment_desk(call));
    return created(TRY(whole(call, tx, desk, TRY(add_class(tx, desk, wanted)))));
}

Result<Reply> attendance_save(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ClassId>("id"));
    const Json asked = TRY(body(call));
    Attendance wanted{id,
                      TRY(id_in<PersonId>(asked, "person")),
                      TRY(field<std::int64_t>(asked, "days")),
                      TRY(field<bool>(asked, "passed")),
                      TRY(text_in(asked, "certificate")),
                      Money::fen(TRY(optional_field<std::int64_t>(asked, "subsidy_fen")).value_or(0))};
    const auto desk = TRY(employment_desk(call));
    TRY(attend(tx, desk, wanted));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Json> asked_startups(Call& call, db::Tx& tx) {
    Json items = Json::array();
    for (const auto& one :
         TRY(startups(tx, TRY(employment_desk(call)), TRY(call.query<AreaCode>("area")), {})))
        items.push_back(startup_json(call, one));
    return items;
}

Result<Reply> startup_list(Call& call, db::Tx& tx) {
    Json items = TRY(asked_startups(call, tx));
    const auto total = items.size();
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Reply> startup_sheet(Call& call) {
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        TRY(sheets.sheet(head_of(call, "startups"), {{head_of(call, "project"), "/project", As::text, 24},
                                                     {head_of(call, "person"), "/who/name", As::text, 10},
                                                     {"", "/who/area", As::place},
                                                     {head_of(call, "state"), "/state/label"},
                                                     {head_of(call, "plan"), "/plan", As::text, 30},
                                                     {head_of(call, "scheme"), "/scheme/label", As::text, 16},
                                                     {head_of(call, "finance"), "/finance_fen", As::fen},
                                                     {head_of(call, "expert"), "/expert", As::text, 16},
                                                     {head_of(call, "jobs"), "/jobs", As::number, 12},
                                                     {head_of(call, "result"), "/result", As::text, 30}}));
        Json lines = TRY(asked_startups(call, tx));
        // What a later step will say is not nought.
        for (auto& line : lines)
            for (const auto* later : {"finance_fen", "jobs"})
                if (line[later] == 0) line[later] = nullptr;
        TRY(sheets.rows(lines));
        return TakenList{"employment.export", "startups",
                         TRY(call.query<AreaCode>("area")).value_or(own_area(call, may_read)),
                         "employment-startups-" + call.today().iso()};
    });
}

Result<Json> startup_of(Call& call, db::Tx& tx, const Desk& desk, StartupId id) {
    for (const auto& one : TRY(startups(tx, desk, {}, {})))
        if (one.startup.id == id) return startup_json(call, one);
    return not_found("employment.no_startup");
}

Result<Reply> startup_add(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    Startup wanted;
    wanted.person = TRY(id_in<PersonId>(asked, "person"));
    wanted.project = TRY(field<std::string>(asked, "project"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    const auto desk = TRY(employment_desk(call));
    return created(TRY(startup_of(call, tx, desk, TRY(begin_startup(tx, desk, wanted)))));
}

Result<Reply> startup_step(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<StartupId>("id"));
    const Json asked = TRY(body(call));
    StartupOrder order;
    order.version = TRY(field<std::int64_t>(asked, "version"));
    order.action = TRY(field<std::string>(asked, "action"));
    order.text = TRY(text_in(asked, "text"));
    order.scheme = TRY(text_in(asked, "scheme"));
    order.finance = Money::fen(TRY(optional_field<std::int64_t>(asked, "finance_fen")).value_or(0));
    order.jobs = TRY(optional_field<std::int64_t>(asked, "jobs")).value_or(0);
    const auto desk = TRY(employment_desk(call));
    TRY(step_startup(tx, desk, id, order));
    return ok(TRY(startup_of(call, tx, desk, id)));
}

constexpr std::array table{
    Route{get, "/api/employment/classes", may_read, class_list},
    Route{get, "/api/employment/classes/sheet", may_read, class_sheet},
    Route{post, "/api/employment/classes", may_write, class_add},
    Route{get, "/api/employment/classes/{id}", may_read, class_one},
    Route{post, "/api/employment/classes/{id}/sheet", may_read, attendance_sheet},
    Route{put, "/api/employment/classes/{id}/attendance", may_write, attendance_save},
    Route{get, "/api/employment/startups", may_read, startup_list},
    Route{post, "/api/employment/startups/sheet", may_read, startup_sheet},
    Route{post, "/api/employment/startups", may_write, startup_add},
    Route{post, "/api/employment/startups/{id}/steps", may_write, startup_step},
};

}  // namespace

const Routes employment_training_routes = table;

}  // namespace ballast::api
