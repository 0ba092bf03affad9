// Activities with their photos, contracts, projects, and the fee with its monthly sheet.
#include <fstream>
#include <set>

#include "api/list_sheets.h"
#include "api/paper_reply.h"
#include "api/programmes_json.h"
#include "api/routes.h"
#include "areas/areas.h"
#include "programmes/fee_sheet.h"

namespace ballast::api {
namespace {

using namespace programmes;
using As = ListColumn::As;

std::string programme_title(const Call& call, const Programme& programme) {
    return title_of(call, {programme.pack.title.zh, programme.pack.title.en});
}

std::string sheet_file(const Call& call, const Programme& programme, const char* list) {
    return programme.pack.name + "-" + list + "-" + call.today().iso();
}

Result<Json> asked_activities(Call& call, db::Tx& tx, const Programme& programme, Page page, std::int64_t* total) {
    ActivityQuery query;
    query.kind = TRY(call.query<std::string>("kind")).value_or("");
    query.area = TRY(call.query<AreaCode>("area"));
    query.record = TRY(call.query<RecordId>("record"));
    query.failed = TRY(call.query<std::string>("failed")) == "true";
    query.offset = page.offset;
    query.limit = page.limit;
    Json items = Json::array();
    for (const auto& one : TRY(activities(tx, call.actor(), programme, query, total)))
        items.push_back(activity_json(call, programme, one));
    return items;
}

Result<Reply> activity_list(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    Json items = TRY(asked_activities(call, tx, *programme, {page.offset(), page.size}, &total));
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Reply> activity_sheet(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    auto sheets = TRY(ListSheets::open(call));
    const auto head = [&](const char* word) { return call.say(std::string("programmes.column.") + word); };
    TRY(sheets.sheet(head("activities"),
                     {{head("kind"), "/kind/label", As::text, 18},
                      {"", "/area", As::place},
                      {head("on"), "/on", As::day},
                      {head("venue"), "/venue", As::text, 20},
                      {head("people"), "/people", As::number, 10},
                      {head("score"), "/score", As::number, 10},
                      {head("highest"), "/highest", As::number, 10},
                      {head("passed"), "/passed", As::truth, 10},
                      {head("photos"), "/photo_count", As::number, 10},
                      {head("note"), "/note", As::text, 40},
                      {head("by"), "/by"}},
                     programme_title(call, *programme)));
    TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) -> Result<Json> {
        Json lines = TRY(asked_activities(call, tx, *programme, {offset, limit}, nullptr));
        for (auto& line : lines) line["photo_count"] = line["photos"].size();
        return lines;
    }));
    return sheets.reply(sheet_file(call, *programme, "activities"));
}

Result<Reply> activity_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    Activity wanted;
    wanted.kind = TRY(field<std::string>(asked, "kind"));
    if (TRY(optional_field<std::string>(asked, "area")).value_or("") != "") wanted.area = TRY(area_of(asked, "area"));
    if (const auto record = TRY(optional_field<std::string>(asked, "record")); record && !record->empty()) {
        wanted.record = Call::parsed<RecordId>(*record);
        if (!wanted.record) return invalid("http.wrong_type").with("name", "record");
    }
    wanted.on = TRY(date_of(asked, "on"));
    wanted.venue = TRY(optional_field<std::string>(asked, "venue")).value_or("");
    wanted.people = TRY(optional_field<std::int64_t>(asked, "people"));
    wanted.note = TRY(optional_field<std::string>(asked, "note")).value_or("");
    wanted.key = TRY(field<std::string>(asked, "key"));
    if (const auto points = TRY(optional_field<Json>(asked, "points")))
        for (const auto& [item, n] : points->items()) {
            if (!n.is_number_integer()) return invalid("http.wrong_type").with("name", "points");
            wanted.points.emplace_back(item, n.get<std::int64_t>());
        }
    const auto id = TRY(add_activity(tx, desk_of(call), *programme, std::move(wanted)));
    return created(activity_json(call, *programme, TRY(activity(tx, call.actor(), *programme, id))));
}

Result<std::string> bytes_of(const http::Upload& upload) {
    if (upload.size() > largest_photo)
        return invalid("programmes.photo_too_large").with("most", std::to_string(largest_photo / (1024 * 1024)));
    std::ifstream in(upload.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (std::ssize(bytes) != upload.size()) return unavailable("http.spool_full");
    return bytes;
}

Result<Reply> photo_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto id = TRY(call.path<ActivityId>("id"));
    if (call.request().uploads.empty()) return invalid("programmes.photo_empty");
    for (const auto& upload : call.request().uploads)
        TRY(add_photo(tx, desk_of(call), *programme, id, TRY(bytes_of(upload))));
    return created(activity_json(call, *programme, TRY(activity(tx, call.actor(), *programme, id))));
}

Result<Reply> photo_one(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    auto found = TRY(photo(tx, desk_of(call), *programme, TRY(call.path<ActivityId>("id")),
                           TRY(call.path<PhotoId>("photo"))));
    return Reply{.headers = {{"Content-Type", found.type}, {"Cache-Control", "private, no-store"}},
                 .body = std::move(found.bytes)};
}

Result<Json> asked_contracts(Call& call, db::Tx& tx, const Programme& programme) {
    Json items = Json::array();
    for (const auto& one : TRY(contracts(tx, desk_of(call), programme, TRY(call.query<AreaCode>("area")))))
        items.push_back(contract_json(call, programme, one));
    return items;
}

Result<Reply> contract_list(Call& call, db::Tx& tx) {
    Json items = TRY(asked_contracts(call, tx, *TRY(programme_of(call))));
    const auto total = items.size();
    return ok({{"total", total}, {"items", std::move(items)}});
}

Result<Reply> contract_sheet(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    auto sheets = TRY(ListSheets::open(call));
    const auto head = [&](const char* word) { return call.say(std::string("programmes.column.") + word); };
    TRY(sheets.sheet(head("contracts"),
                     {{head("kind"), "/kind/label", As::text, 18},
                      {"", "/area", As::place},
                      {head("party"), "/party", As::text, 24},
                      {head("scope"), "/scope", As::text, 30},
                      {head("payer"), "/payer", As::text, 20},
                      {head("price"), "/price_fen", As::fen, 16},
                      {head("begins_on"), "/begins_on", As::day},
                      {head("ends_on"), "/ends_on", As::day},
                      {head("state"), "/standing"},
                      {head("days_left"), "/left", As::number, 10},
                      {head("ended_on"), "/ended_on", As::day}},
                     programme_title(call, *programme)));
    Json lines = TRY(asked_contracts(call, tx, *programme));
    for (auto& line : lines) {
        const bool over = line["days_left"] < 0;
        const auto* standing = !line["ended_on"].is_null() ? "given_up" : over ? "over" : "runs";
        line["standing"] = call.say(std::string("programmes.contract.") + standing);
        if (line["ended_on"].is_null() && !over) line["left"] = line["days_left"];
    }
    TRY(sheets.rows(lines));
    return sheets.reply(sheet_file(call, *programme, "contracts"));
}

Result<Reply> contract_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    Contract wanted;
    wanted.kind = TRY(field<std::string>(asked, "kind"));
    wanted.area = TRY(area_of(asked, "area"));
    wanted.party = TRY(field<std::string>(asked, "party"));
    wanted.scope = TRY(optional_field<std::string>(asked, "scope")).value_or("");
    wanted.payer = TRY(optional_field<std::string>(asked, "payer")).value_or("");
    wanted.price = TRY(fen_of(asked, "price_fen"));
    wanted.begins_on = TRY(date_of(asked, "begins_on"));
    wanted.ends_on = TRY(date_of(asked, "ends_on"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    return created({{"id", text(TRY(add_contract(tx, desk_of(call), *programme, std::move(wanted))))}});
}

Result<Reply> contract_end(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    TRY(end_contract(tx, desk_of(call), *programme, TRY(call.path<ContractId>("id")),
                     TRY(field<std::int64_t>(asked, "version"))));
    return Reply::empty();
}

Result<Json> asked_projects(Call& call, db::Tx& tx, const Programme& programme) {
    Json items = Json::array();
    for (const auto& one : TRY(projects(tx, desk_of(call), programme, TRY(call.query<AreaCode>("area")))))
        items.push_back(project_json(call, programme, one));
    return items;
}

Result<Reply> project_list(Call& call, db::Tx& tx) {
    Json items = TRY(asked_projects(call, tx, *TRY(programme_of(call))));
    const auto total = items.size();
    return ok({{"total", total}, {"items", std::move(items)}});
}

/// A column for each source of funds that any of the projects has.
Result<Reply> project_sheet(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    Json lines = TRY(asked_projects(call, tx, *programme));
    const auto head = [&](const char* word) { return call.say(std::string("programmes.column.") + word); };
    std::vector<ListColumn> columns{{head("project"), "/title", As::text, 30},
                                    {head("kind"), "/kind/label", As::text, 18},
                                    {"", "/area", As::place},
                                    {head("begins_on"), "/begins_on", As::day},
                                    {head("ends_on"), "/ends_on", As::day},
                                    {head("total"), "/total_fen", As::fen, 16}};
    std::set<std::string> known;
    for (auto& line : lines) {
        Json by_source = Json::object();
        for (const auto& fund : line["funds"]) {
            const auto source = fund["source"]["code"].get<std::string>();
            by_source[source] = fund["fen"];
            if (known.insert(source).second)
                columns.push_back({call.say("programmes.column.in_yuan", {{"title", fund["source"]["label"].get<std::string>()}}),
                                   "/by_source/" + source, As::fen, 16});
        }
        line["by_source"] = std::move(by_source);
    }
    auto sheets = TRY(ListSheets::open(call));
    TRY(sheets.sheet(head("projects"), std::move(columns), programme_title(call, *programme)));
    TRY(sheets.rows(lines));
    return sheets.reply(sheet_file(call, *programme, "projects"));
}

Result<Reply> project_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    Project wanted;
    wanted.kind = TRY(field<std::string>(asked, "kind"));
    wanted.area = TRY(area_of(asked, "area"));
    wanted.title = TRY(field<std::string>(asked, "title"));
    wanted.begins_on = TRY(date_of(asked, "begins_on"));
    wanted.ends_on = TRY(date_of(asked, "ends_on"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    for (const auto& fund : TRY(field<Json>(asked, "funds"))) {
        if (!fund.is_object()) return invalid("http.wrong_type").with("name", "funds");
        wanted.funds.emplace_back(TRY(field<std::string>(fund, "source")), TRY(fen_of(fund, "fen")));
    }
    return created({{"id", text(TRY(add_project(tx, desk_of(call), *programme, std::move(wanted))))}});
}

Result<FeeScheme> scheme_of(const Json& asked) {
    FeeScheme out;
    out.village = TRY(area_of(asked, "village"));
    for (const auto& item : TRY(field<Json>(asked, "items"))) {
        if (!item.is_string()) return invalid("http.wrong_type").with("name", "items");
        out.items.push_back(item.get<std::string>());
    }
    out.amount = TRY(fen_of(asked, "amount_fen"));
    out.period = fee_period_named(TRY(optional_field<std::string>(asked, "period")).value_or(""));
    out.persons = TRY(field<std::int64_t>(asked, "persons"));
    out.exempt = TRY(field<std::int64_t>(asked, "exempt"));
    out.present = TRY(field<std::int64_t>(asked, "present"));
    out.in_favour = TRY(field<std::int64_t>(asked, "in_favour"));
    out.approved_on = TRY(date_of(asked, "approved_on"));
    out.from = TRY(date_of(asked, "from"));
    out.to = TRY(date_of(asked, "to"));
    return out;
}

Result<Reply> fee_list(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    Json items = Json::array();
    for (const auto& one : TRY(fees(tx, desk_of(call), *programme, TRY(call.query<AreaCode>("area")))))
        items.push_back(fee_json(call, *programme, one));
    return ok({{"total", items.size()}, {"items", items}});
}

Result<Reply> fee_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    const auto id = TRY(add_fee(tx, desk_of(call), *programme, TRY(scheme_of(asked)), TRY(field<std::string>(asked, "key"))));
    return created(fee_json(call, *programme, TRY(fee(tx, desk_of(call), *programme, id))));
}

/// What a scheme would come to, before it is entered; refused as it would be.
Result<Reply> fee_calculate(Call& call) {
    const auto programme = TRY(programme_of(call));
    if (!programme->fee) return not_found("programmes.no_fee");
    const auto scheme = TRY(scheme_of(TRY(body(call))));
    const auto terms = TRY(fee_terms(*programme, scheme.village, scheme.approved_on));
    const auto due = TRY(fee_due(*programme->fee, terms, scheme));
    return ok({{"paying", due.paying},
               {"a_period_fen", due.a_period.fen()},
               {"periods", due.periods},
               {"whole_fen", due.whole.fen()},
               {"least_fen", terms.least.fen()},
               {"most_fen", terms.most.fen()},
               {"authority", terms.authority},
               {"assumed", terms.assumed}});
}

Result<Reply> fee_heads(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto village = TRY(call.query<AreaCode>("village"));
    if (!village) return invalid("http.bad_parameter").with("name", "village");
    const auto found = TRY(heads(tx, desk_of(call), *programme, *village));
    return ok({{"persons", found.persons}, {"exempt", found.exempt}});
}

Result<Reply> fee_one(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto found = TRY(fee(tx, desk_of(call), *programme, TRY(call.path<FeeId>("id"))));
    Json out = fee_json(call, *programme, found);
    out["entries"] = Json::array();
    for (const auto& entry : TRY(fee_entries(tx, found.id)))
        out["entries"].push_back({{"on", entry.on.iso()},
                                  {"expense", entry.expense},
                                  {"item", entry.item},
                                  {"fen", entry.amount.fen()},
                                  {"note", entry.note},
                                  {"by", entry.account}});
    return ok(out);
}

Result<Reply> fee_entry_add(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const Json asked = TRY(body(call));
    FeeEntry entry{TRY(date_of(asked, "on")),
                   TRY(field<bool>(asked, "expense")),
                   TRY(optional_field<std::string>(asked, "item")).value_or(""),
                   TRY(fen_of(asked, "fen")),
                   TRY(optional_field<std::string>(asked, "note")).value_or(""),
                   {}};
    TRY(add_fee_entry(tx, desk_of(call), *programme, TRY(call.path<FeeId>("id")), std::move(entry),
                      TRY(field<std::string>(asked, "key"))));
    return created(Json::object());
}

Result<Reply> fee_print(Call& call, db::Tx& tx) {
    const auto programme = TRY(programme_of(call));
    const auto language = TRY(paper_language(call));
    const auto month = Date::parse(TRY(call.query<std::string>("month")).value_or(call.today().iso().substr(0, 7)) + "-01");
    if (!month) return invalid("http.bad_parameter").with("name", "month");
    const auto found = TRY(fee(tx, desk_of(call), *programme, TRY(call.path<FeeId>("id"))));
    const auto area = call.division().find(found.scheme.village);
    const FeeSheet sheet{area ? areas::everyday_name(area->name) : found.scheme.village.digits(),
                         title_of(call, programme->fee->title),
                         found,
                         TRY(fee_entries(tx, found.id)),
                         programme->fee->items,
                         *month,
                         "",
                         call.today()};
    return printed_paper(fee_sheet(sheet, language), "fee-" + month->iso().substr(0, 7));
}

constexpr std::array table{
    Route{get, "/api/programmes/{programme}/activities", may_read, activity_list},
    Route{get, "/api/programmes/{programme}/activities/sheet", may_read, activity_sheet},
    Route{post, "/api/programmes/{programme}/activities", may_write, activity_add},
    Route{post, "/api/programmes/{programme}/activities/{id}/photos", may_write, photo_add},
    Route{get, "/api/programmes/{programme}/activities/{id}/photos/{photo}", may_read, photo_one},
    Route{get, "/api/programmes/{programme}/contracts", may_read, contract_list},
    Route{get, "/api/programmes/{programme}/contracts/sheet", may_read, contract_sheet},
    Route{post, "/api/programmes/{programme}/contracts", may_manage, contract_add},
    Route{post, "/api/programmes/{programme}/contracts/{id}/end", may_manage, contract_end},
    Route{get, "/api/programmes/{programme}/projects", may_read, project_list},
    Route{get, "/api/programmes/{programme}/projects/sheet", may_read, project_sheet},
    Route{post, "/api/programmes/{programme}/projects", may_manage, project_add},
    Route{get, "/api/programmes/{programme}/fees", may_read, fee_list},
    Route{post, "/api/programmes/{programme}/fees", may_write, fee_add},
    Route{post, "/api/programmes/{programme}/fees/calculate", may_read, fee_calculate},
    Route{get, "/api/programmes/{programme}/fees/heads", may_read, fee_heads},
    Route{get, "/api/programmes/{programme}/fees/{id}", may_read, fee_one},
    Route{post, "/api/programmes/{programme}/fees/{id}/entries", may_write, fee_entry_add},
    Route{get, "/api/programmes/{programme}/fees/{id}/sheet", may_read, fee_print},
};

}  // namespace

const Routes programmes_doings_routes = table;

}  // namespace ballast::api
