// People with their wishes, posts, who works where, pay; figures. Training, start-ups and matching: see
// employment_training_routes.cpp and employment_matching_routes.cpp.
#include "api/employment_json.h"
#include "api/list_sheets.h"
#include "api/routes.h"
#include "employment/indicators.h"

namespace ballast::api {
namespace {

using namespace employment;
using As = ListColumn::As;

Result<Reply> options(Call& call) {
    Json out = Json::object();
    for (const auto* list : codes::all()) {
        Json items = Json::array();
        for (const auto code : list->codes) items.push_back(code_json(call, *list, code));
        out[std::string(list->name)] = items;
    }
    return ok(out);
}

Result<Group> group_of(const Call& call) {
    const auto group = TRY(call.query<std::string>("group")).value_or("everybody");
    if (group != "everybody" && group != "registered")
        return invalid("http.bad_parameter").with("name", "group");
    return group == "registered" ? Group::registered : Group::everybody;
}

Result<AreaCode> area_asked(const Call& call) {
    return TRY(call.query<AreaCode>("area")).value_or(own_area(call, may_read));
}

Result<PeopleQuery> people_query(Call& call) {
    PeopleQuery out;
    out.area = TRY(area_asked(call));
    out.group = TRY(group_of(call));
    out.state = TRY(call.query<std::string>("state")).value_or("");
    if (!out.state.empty() && !words::known("employment.state." + out.state))
        return invalid("http.bad_parameter").with("name", "state");
    if (const auto name = TRY(call.query<std::string>("indicator"))) {
        out.indicator = indicator_named(*name);
        if (!out.indicator) return invalid("http.bad_parameter").with("name", "indicator");
    }
    const auto part = TRY(call.query<std::string>("part")).value_or("all");
    if (part == "reached") out.part = PeopleQuery::Part::reached;
    if (part == "missing") out.part = PeopleQuery::Part::missing;
    return out;
}

Result<Json> people_json(Call& call, db::Tx& tx, const Desk& desk, const PeopleQuery& query, std::int64_t* total) {
    Json items = Json::array();
    for (const auto& one : TRY(people(tx, desk, query, total))) {
        Json line = worker_json(call, one.who);
        line["asked"] = one.asked;
        line["wants_training"] = one.wants_training;
        line["wants_job"] = one.wants_job;
        line["wants_startup"] = one.wants_startup;
        line["working"] = one.working;
        line["said_to_work"] = one.said_to_work;
        line["post"] = one.post;
        items.push_back(line);
    }
    return items;
}

Result<Reply> people_list(Call& call, db::Tx& tx) {
    auto query = TRY(people_query(call));
    const auto page = TRY(call.page());
    query.offset = page.offset();
    query.limit = page.size;
    std::int64_t total = 0;
    Json items = TRY(people_json(call, tx, TRY(employment_desk(call)), query, &total));
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Json> person_json(Call& call, db::Tx& tx, const Desk& desk, PersonId id) {
    const auto who = TRY(worker(tx, call.actor().scope(may_read), id));
    Json out = worker_json(call, who);
    const auto wishes = TRY(profile(tx, desk, id));
    out["profile"] = wishes ? profile_json(call, *wishes) : Json(nullptr);
    out["placements"] = Json::array();
    PlacementQuery placed;
    placed.person = id;
    placed.limit = 100;
    for (const auto& one : TRY(placements(tx, desk, placed, nullptr)))
        out["placements"].push_back(placement_json(call, one));
    out["training"] = Json::array();
    for (const auto& one : TRY(training_of(tx, id))) {
        Json line = attendance_json(one.what);
        line["class"] = class_json(call, one.in);
        out["training"].push_back(line);
    }
    out["startups"] = Json::array();
    for (const auto& one : TRY(startups(tx, desk, {}, id)))
        out["startups"].push_back(startup_json(call, one));
    out["proposals"] = Json::array();
    ProposalQuery proposed;
    proposed.person = id;
    for (const auto& one : TRY(proposals(tx, desk, proposed)))
        if (one.state != "superseded") out["proposals"].push_back(proposal_json(call, one));
    return out;
}

Result<Reply> person_one(Call& call, db::Tx& tx) {
    return ok(TRY(person_json(call, tx, TRY(employment_desk(call)), TRY(call.path<PersonId>("id")))));
}

Result<Reply> profile_save(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<PersonId>("id"));
    const Json asked = TRY(body(call));
    Profile typed;
    typed.wants_training = TRY(field<bool>(asked, "wants_training"));
    typed.wants_job = TRY(field<bool>(asked, "wants_job"));
    typed.wants_startup = TRY(field<bool>(asked, "wants_startup"));
    typed.wanted_trade = TRY(text_in(asked, "wanted_trade"));
    for (const auto& one : TRY(field<Json>(asked, "skills"))) {
        if (!one.is_string()) return invalid("http.wrong_type").with("name", "skills");
        typed.skills += (typed.skills.empty() ? "" : " ") + one.get<std::string>();
    }
    typed.reach = TRY(field<std::string>(asked, "reach"));
    typed.wage = TRY(fen_of(asked, "wage_fen"));
    typed.home_daily = TRY(field<bool>(asked, "home_daily"));
    if (const auto bears = TRY(text_in(asked, "bears")); !bears.empty()) typed.bears = bears;
    typed.asked_on = TRY(date_of(asked, "asked_on"));
    typed.version = TRY(field<std::int64_t>(asked, "version"));
    const auto desk = TRY(employment_desk(call));
    TRY(save_profile(tx, desk, id, typed));
    return ok(TRY(person_json(call, tx, desk, id)));
}

Result<Reply> profile_reveal(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto value = TRY(reveal_bears(tx, TRY(employment_desk(call)), TRY(call.path<PersonId>("id")),
                                        TRY(field<std::string>(asked, "purpose"))));
    return ok({{"bears", code_json(call, codes::load, value)}});
}

Result<Json> asked_posts(Call& call, db::Tx& tx, std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    PostQuery query;
    query.area = TRY(call.query<AreaCode>("area"));
    query.kind = TRY(call.query<std::string>("kind")).value_or("");
    const auto state = TRY(call.query<std::string>("state")).value_or("");
    query.open_only = state == "open";
    query.free_only = state == "free";
    query.offset = offset;
    query.limit = limit;
    Json items = Json::array();
    for (const auto& one : TRY(posts(tx, TRY(employment_desk(call)), query, total)))
        items.push_back(post_json(call, one));
    return items;
}

Result<Reply> post_list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    Json items = TRY(asked_posts(call, tx, page.offset(), page.size, &total));
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Reply> post_sheet(Call& call, db::Tx& tx) {
    auto sheets = TRY(ListSheets::open(call));
    TRY(sheets.sheet(head_of(call, "posts"), {{head_of(call, "post"), "/title", As::text, 20},
                                              {head_of(call, "kind"), "/kind/label", As::text, 16},
                                              {head_of(call, "employer"), "/employer", As::text, 24},
                                              {"", "/area", As::place},
                                              {head_of(call, "away"), "/away/label"},
                                              {head_of(call, "place"), "/place", As::text, 18},
                                              {head_of(call, "trade"), "/trade/label"},
                                              {head_of(call, "skilled"), "/skilled", As::truth, 10},
                                              {head_of(call, "load"), "/load/label", As::text, 10},
                                              {head_of(call, "wage"), "/wage_fen", As::fen},
                                              {head_of(call, "openings"), "/openings", As::number, 10},
                                              {head_of(call, "taken"), "/taken", As::number, 10},
                                              {head_of(call, "hours_month"), "/hours", As::number, 12},
                                              {head_of(call, "from_day"), "/from_day", As::day},
                                              {head_of(call, "to_day"), "/to_day", As::day},
                                              {head_of(call, "closed_on"), "/closed_on", As::day}}));
    TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) { return asked_posts(call, tx, offset, limit, nullptr); }));
    return sheets.reply("employment-posts-" + call.today().iso());
}

Result<Reply> post_one(Call& call, db::Tx& tx) {
    const auto desk = TRY(employment_desk(call));
    const auto id = TRY(call.path<PostId>("id"));
    Json out = post_json(call, TRY(employment::post(tx, desk, id)));
    PlacementQuery query;
    query.post = id;
    query.limit = 200;
    out["placements"] = Json::array();
    for (const auto& one : TRY(placements(tx, desk, query, nullptr)))
        out["placements"].push_back(placement_json(call, one));
    return ok(out);
}

Result<Reply> post_add(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    Post wanted;
    wanted.area = TRY(area_of(asked, "area"));
    wanted.kind = TRY(field<std::string>(asked, "kind"));
    wanted.employer = TRY(field<std::string>(asked, "employer"));
    wanted.title = TRY(field<std::string>(asked, "title"));
    wanted.place = TRY(text_in(asked, "place"));
    wanted.away = TRY(text_in(asked, "away"));
    wanted.trade = TRY(field<std::string>(asked, "trade"));
    wanted.skilled = TRY(optional_field<bool>(asked, "skilled")).value_or(false);
    wanted.load = TRY(field<std::string>(asked, "load"));
    wanted.wage = TRY(fen_of(asked, "wage_fen"));
    wanted.openings = TRY(field<std::int64_t>(asked, "openings"));
    wanted.hours = TRY(optional_field<std::int64_t>(asked, "hours"));
    wanted.age_from = TRY(optional_field<std::int64_t>(asked, "age_from"));
    wanted.age_to = TRY(optional_field<std::int64_t>(asked, "age_to"));
    wanted.from_day = TRY(date_of(asked, "from_day"));
    wanted.to_day = TRY(maybe_date_of(asked, "to_day"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    const auto desk = TRY(employment_desk(call));
    return created(post_json(call, TRY(employment::post(tx, desk, TRY(add_post(tx, desk, wanted))))));
}

Result<Reply> post_close(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    TRY(close_post(tx, TRY(employment_desk(call)), TRY(call.path<PostId>("id")),
                   TRY(field<std::int64_t>(asked, "version"))));
    return Reply::empty();
}

Result<Json> asked_placements(Call& call, db::Tx& tx, std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    PlacementQuery query;
    query.area = TRY(call.query<AreaCode>("area"));
    query.live_only = TRY(call.query<std::string>("state")).value_or("") == "live";
    query.offset = offset;
    query.limit = limit;
    Json items = Json::array();
    for (const auto& one : TRY(placements(tx, TRY(employment_desk(call)), query, total)))
        items.push_back(placement_json(call, one));
    return items;
}

Result<Reply> placement_list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    Json items = TRY(asked_placements(call, tx, page.offset(), page.size, &total));
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Reply> placement_sheet(Call& call) {
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        TRY(sheets.sheet(head_of(call, "placements"), {{head_of(call, "person"), "/who/name", As::text, 10},
                                                       {head_of(call, "age"), "/who/age", As::number, 8},
                                                       {"", "/who/area", As::place},
                                                       {head_of(call, "post"), "/post/title", As::text, 20},
                                                       {head_of(call, "kind"), "/post/kind/label", As::text, 16},
                                                       {head_of(call, "employer"), "/post/employer", As::text, 24},
                                                       {head_of(call, "place"), "/where", As::text, 18},
                                                       {head_of(call, "organiser"), "/organiser", As::text, 18},
                                                       {head_of(call, "contract"), "/contract", As::truth, 10},
                                                       {head_of(call, "insured"), "/insured", As::truth, 10},
                                                       {head_of(call, "started_on"), "/started_on", As::day},
                                                       {head_of(call, "agreed_to"), "/agreed_to", As::day},
                                                       {head_of(call, "ended_on"), "/ended_on", As::day},
                                                       {head_of(call, "paid_month"), "/pay/0/month", As::text, 12},
                                                       {head_of(call, "paid_fen"), "/pay/0/fen", As::fen}}));
        TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) -> Result<Json> {
            Json lines = TRY(asked_placements(call, tx, offset, limit, nullptr));
            for (auto& line : lines) line["where"] = line["destination"] == "" ? where_of(line["post"]) : line["destination"];
            return lines;
        }));
        return TakenList{"employment.export", "placements", TRY(area_asked(call)),
                         "employment-placements-" + call.today().iso()};
    });
}

Result<Reply> placement_add(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    auto wanted = TRY(placement_in(asked));
    wanted.person = TRY(id_in<PersonId>(asked, "person"));
    wanted.post = TRY(id_in<PostId>(asked, "post"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    const auto desk = TRY(employment_desk(call));
    const auto placed = TRY(place(tx, desk, wanted, TRY(declared_in(asked))));
    Json out = placement_json(call, TRY(placement(tx, desk, placed.id)));
    out["warnings"] = warnings_json(call, placed.warnings);
    return created(out);
}

Result<Reply> placement_end(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<PlacementId>("id"));
    const Json asked = TRY(body(call));
    const auto desk = TRY(employment_desk(call));
    TRY(end_placement(tx, desk, id,
                      {TRY(field<std::int64_t>(asked, "version")), TRY(date_of(asked, "on")),
                       TRY(field<std::string>(asked, "reason"))}));
    return ok(placement_json(call, TRY(placement(tx, desk, id))));
}

Result<Reply> placement_reveal(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto value =
        TRY(reveal_end_reason(tx, TRY(employment_desk(call)), TRY(call.path<PlacementId>("id")),
                              TRY(field<std::string>(asked, "purpose"))));
    return ok({{"end_reason", code_json(call, codes::end_reason, value)}});
}

Result<Reply> placement_pay(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<PlacementId>("id"));
    const Json asked = TRY(body(call));
    const auto month = Date::parse(TRY(field<std::string>(asked, "month")) + "-01");
    if (!month) return invalid("http.wrong_type").with("name", "month");
    const auto desk = TRY(employment_desk(call));
    TRY(pay(tx, desk, id,
            {*month, TRY(fen_of(asked, "fen")), TRY(optional_field<std::int64_t>(asked, "days"))}));
    return ok(placement_json(call, TRY(placement(tx, desk, id))));
}

Json unit_json(const Call& call, Unit of) {
    return {{"code", employment::name_of(of)},
            {"label", call.say("employment.unit." + std::string(employment::name_of(of)))}};
}

Result<Json> rates_json(Call& call, db::Tx& tx, const Desk& desk, AreaCode area, Group group) {
    Json items = Json::array();
    for (const auto& one : TRY(rates(tx, desk, area, group))) {
        const auto rate = TRY(percent(one.numerator, one.denominator));
        items.push_back({{"name", one.of->name},
                         {"title", call.say("employment.indicator." + std::string(one.of->name))},
                         {"meaning", call.say("employment.meaning." + std::string(one.of->name))},
                         {"unit", unit_json(call, one.of->unit)},
                         {"numerator", one.numerator.n},
                         {"denominator", one.denominator.n},
                         {"percent", rate ? Json(rate->plain()) : Json(nullptr)},
                         {"target", one.of->target > 0 ? Json(one.of->target) : Json(nullptr)}});
    }
    return items;
}

Result<Reply> indicator_list(Call& call, db::Tx& tx) {
    const auto desk = TRY(employment_desk(call));
    const auto area = TRY(area_asked(call));
    const auto group = TRY(group_of(call));
    Json items = TRY(rates_json(call, tx, desk, area, group)), counted = Json::array();
    for (const auto& one : TRY(figures(tx, desk, area, group)))
        counted.push_back({{"name", one.name},
                           {"title", call.say("employment.figure." + std::string(one.name))},
                           {"unit", unit_json(call, one.count.unit)},
                           {"n", one.count.n}});
    return ok({{"area", area_json(call, area)}, {"items", items}, {"figures", counted}});
}

/// What of its list a sheet of people holds: a figure and which side of it, or a state.
std::string narrowed_to(const Call& call, const PeopleQuery& query) {
    if (query.indicator) {
        const auto part = query.part == PeopleQuery::Part::reached   ? "reached"
                          : query.part == PeopleQuery::Part::missing ? "missing"
                                                                     : "all";
        return " " + call.say("employment.indicator." + std::string(query.indicator->name)) + " " +
               call.say(std::string("employment.part.") + part);
    }
    return query.state.empty() ? "" : " " + call.say("employment.state." + query.state);
}

/// The whole list, whatever the page; after it the rates of the area.
Result<Reply> people_sheet(Call& call) {
    auto query = TRY(people_query(call));
    const auto desk = TRY(employment_desk(call));
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        const auto title = area_json(call, query.area)["name"].get<std::string>() + " " + call.today().iso();
        TRY(sheets.sheet(head_of(call, "people"),
                         {{head_of(call, "person"), "/name", As::text, 10},
                          {head_of(call, "age"), "/age", As::number, 8},
                          {"", "/area", As::place},
                          {head_of(call, "asked"), "/asked", As::truth, 10},
                          {head_of(call, "wants_training"), "/wants_training", As::truth, 10},
                          {head_of(call, "wants_job"), "/wants_job", As::truth, 10},
                          {head_of(call, "wants_startup"), "/wants_startup", As::truth, 10},
                          {head_of(call, "working"), "/working", As::truth, 10},
                          {head_of(call, "said_to_work"), "/said_to_work", As::truth, 14},
                          {head_of(call, "post"), "/post", As::text, 24}},
                         title + narrowed_to(call, query)));
        TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) -> Result<Json> {
            query.offset = offset;
            query.limit = limit;
            Json lines = TRY(people_json(call, tx, desk, query, nullptr));
            for (auto& line : lines)
                if (!line["asked"].get<bool>())
                    for (const auto* wish : {"wants_training", "wants_job", "wants_startup"}) line[wish] = nullptr;
            return lines;
        }));
        const auto listed = sheets.written();
        if (listed == 0) return not_found("api.nothing_to_export");
        TRY(sheets.sheet(head_of(call, "rates"),
                         {{head_of(call, "rate"), "/title", As::text, 34},
                          {head_of(call, "numerator"), "/numerator", As::number},
                          {head_of(call, "denominator"), "/denominator", As::number},
                          {head_of(call, "unit"), "/unit/label", As::text, 8},
                          {head_of(call, "percent"), "/percent", As::number},
                          {head_of(call, "target"), "/target", As::number}},
                         title));
        TRY(sheets.rows(TRY(rates_json(call, tx, desk, query.area, query.group))));
        return TakenList{"employment.export", "people", query.area,
                         "employment-people-" + query.area.short_digits() + "-" + call.today().iso(), listed};
    });
}

constexpr std::array table{
    Route{get, "/api/employment/options", may_read, options},
    Route{get, "/api/employment/people", may_read, people_list},
    Route{post, "/api/employment/people/sheet", may_read, people_sheet},
    Route{get, "/api/employment/people/{id}", may_read, person_one},
    Route{put, "/api/employment/people/{id}/profile", may_write, profile_save},
    Route{post, "/api/employment/people/{id}/reveal", Right::registry_unmask, profile_reveal},
    Route{get, "/api/employment/posts", may_read, post_list},
    Route{get, "/api/employment/posts/sheet", may_read, post_sheet},
    Route{post, "/api/employment/posts", may_write, post_add},
    Route{get, "/api/employment/posts/{id}", may_read, post_one},
    Route{post, "/api/employment/posts/{id}/close", may_write, post_close},
    Route{get, "/api/employment/placements", may_read, placement_list},
    Route{post, "/api/employment/placements/sheet", may_read, placement_sheet},
    Route{post, "/api/employment/placements", may_write, placement_add},
    Route{post, "/api/employment/placements/{id}/end", may_write, placement_end},
    Route{post, "/api/employment/placements/{id}/reveal", Right::registry_unmask, placement_reveal},
    Route{put, "/api/employment/placements/{id}/pay", may_write, placement_pay},
    Route{get, "/api/employment/indicators", may_read, indicator_list},
};

}  // namespace

const Routes employment_routes = table;

}  // namespace ballast::api
