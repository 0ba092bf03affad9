// Training classes with who attended them; the start-up service.
#include "api/employment_json.h"
#include "api/routes.h"

namespace ballast::api {
namespace {

using namespace employment;

Result<Reply> class_list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    ClassQuery query;
    query.area = TRY(call.query<AreaCode>("area"));
    query.trade = TRY(call.query<std::string>("trade")).value_or("");
    query.offset = page.offset();
    query.limit = page.size;
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& one : TRY(classes(tx, TRY(employment_desk(call)), query, &total)))
        items.push_back(class_json(call, one));
    return ok({{"total", total}, {"items", items}});
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

Result<Reply> startup_list(Call& call, db::Tx& tx) {
    Json items = Json::array();
    for (const auto& one :
         TRY(startups(tx, TRY(employment_desk(call)), TRY(call.query<AreaCode>("area")), {})))
        items.push_back(startup_json(call, one));
    return ok({{"total", items.size()}, {"items", items}});
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
    Route{post, "/api/employment/classes", may_write, class_add},
    Route{get, "/api/employment/classes/{id}", may_read, class_one},
    Route{put, "/api/employment/classes/{id}/attendance", may_write, attendance_save},
    Route{get, "/api/employment/startups", may_read, startup_list},
    Route{post, "/api/employment/startups", may_write, startup_add},
    Route{post, "/api/employment/startups/{id}/steps", may_write, startup_step},
};

}  // namespace

const Routes employment_training_routes = table;

}  // namespace ballast::api
