// Tasks down the levels: lists, one task with its parts and history, giving, the steps.
#include <fstream>
#include <iterator>

#include "api/list_sheets.h"
#include "api/routes.h"
#include "tasks/photos.h"
#include "tasks/task_file.h"

namespace ballast::api {
namespace {

using namespace tasks;

Desk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}

Json coded(const Call& call, std::string_view list, std::string_view code) {
    return {{"code", code}, {"label", call.say("tasks." + std::string(list) + "." + std::string(code))}};
}
Json day(const std::optional<Date>& on) { return on ? Json(on->iso()) : Json(nullptr); }

/// The one scale of urgency: red within a day or overdue, orange 3 days, yellow 7.
Json level_of(const Task& task, Date today) {
    if (!task.live() || task.state == "reported") return nullptr;
    const auto first = task.reply_due && *task.reply_due < task.due_on ? *task.reply_due : task.due_on;
    const int left = first - today;
    if (left <= 1) return "red";
    if (left <= 3) return "orange";
    return left <= 7 ? Json("yellow") : Json(nullptr);
}

Json line_json(const Call& call, const Line& line) {
    const auto& task = line.task;
    return {{"id", text(task.id)},
            {"kind", coded(call, "kind", task.kind)},
            {"area", area_json(call, task.area)},
            {"from", area_json(call, task.from)},
            {"title", task.title},
            {"due_on", task.due_on.iso()},
            {"days_left", task.due_on - call.today()},
            {"overdue", task.overdue(call.today())},
            {"level", level_of(task, call.today())},
            {"state", coded(call, "state", task.state)},
            {"percent", task.percent},
            {"parts", line.parts},
            {"parts_done", line.parts_done},
            {"reply_due", day(task.reply_due)},
            {"escalated_to", task.escalated_to ? area_json(call, *task.escalated_to) : Json(nullptr)}};
}

Json photos_json(const std::vector<Photo>& photos) {
    Json out = Json::array();
    for (const auto& one : photos) out.push_back({{"id", text(one.id)}, {"place", one.place}});
    return out;
}

Json page_json(const Call& call, const Page& page) {
    Json out = line_json(call, page.line);
    const auto& task = page.line.task;
    out["what"] = task.what;
    out["version"] = task.version;
    out["given_at"] = iso_instant(task.at);
    out["given_by"] = task.name;
    out["parent"] =
        page.parent ? Json{{"id", text(page.parent->id)}, {"title", page.parent->title}} : Json(nullptr);
    out["may_split"] = page.may_split;
    out["sub_tasks"] = Json::array();
    for (const auto& part : page.parts) out["sub_tasks"].push_back(line_json(call, part));
    out["steps"] = Json::array();
    for (const auto& row : page.next) {
        Json one = coded(call, "action", row.action);
        one["needs"] = row.needs;
        out["steps"].push_back(one);
    }
    out["photos_waiting"] = photos_json(page.waiting);
    out["may_photo"] = page.may_photo;
    out["history"] = Json::array();
    for (const auto& event : page.history)
        out["history"].push_back(
            {{"action", coded(call, "action", event.action)},
             {"state", coded(call, "state", event.to_state)},
             {"percent", event.percent},
             {"until", day(event.until)},
             {"to_area", event.to_area ? area_json(call, *event.to_area) : Json(nullptr)},
             {"note", event.note},
             {"proof", event.proof},
             {"photos", photos_json(event.photos)},
             {"by", event.name},
             {"at", iso_instant(event.at)}});
    return out;
}

/// The figures over the list; each is as long as the list that it opens.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> figures{{
    {"mine", "open"},
    {"mine", "overdue"},
    {"mine", "supervised"},
    {"given", "open"},
    {"given", "overdue"},
    {"given", "reported"},
    {"escalated", "open"},
}};

Result<Query> query_of(Call& call) {
    Query query;
    query.view = TRY(call.query<std::string>("view")).value_or("mine");
    query.state = TRY(call.query<std::string>("state")).value_or("open");
    query.area = TRY(call.query<AreaCode>("area"));
    return query;
}

/// The whole list as a workbook, whatever the page.
Result<Reply> task_sheet(Call& call, db::Tx& tx) {
    using As = ListColumn::As;
    auto query = TRY(query_of(call));
    auto sheets = TRY(ListSheets::open(call));
    const auto head = [&](const char* name) { return call.say(std::string("tasks.column.") + name); };
    TRY(sheets.sheet(head("sheet"), {{head("title"), "/title", As::text, 40},
                                     {head("doer"), "/area/name", As::text, 16},
                                     {head("giver"), "/from/name", As::text, 16},
                                     {head("given_on"), "/given_on", As::day},
                                     {head("due_on"), "/due_on", As::day},
                                     {head("late"), "/late", As::number, 10},
                                     {head("state"), "/state/label"},
                                     {head("percent"), "/percent", As::number, 10},
                                     {head("reply_due"), "/reply_due", As::day},
                                     {head("told"), "/escalated_to/name", As::text, 16}}));
    TRY(sheets.pages([&](std::int64_t offset, std::int64_t limit) -> Result<Json> {
        query.offset = offset;
        query.limit = limit;
        Json lines = Json::array();
        for (const auto& one : TRY(list(tx, desk_of(call), query))) {
            auto line = line_json(call, one);
            line["given_on"] = civil_date(one.task.at).iso();
            if (one.task.overdue(call.today())) line["late"] = call.today() - one.task.due_on;
            lines.push_back(std::move(line));
        }
        return lines;
    }));
    return sheets.reply("tasks-" + call.today().iso());
}

Result<Reply> task_list(Call& call, db::Tx& tx) {
    const auto desk = desk_of(call);
    const auto paged = TRY(call.page());
    auto query = TRY(query_of(call));
    query.offset = paged.offset();
    query.limit = paged.size;
    Json counts = Json::array(), items = Json::array();
    for (const auto& [view, state] : figures) {
        Query figure;
        figure.view = view;
        figure.state = state;
        figure.area = query.area;
        counts.push_back({{"view", view}, {"state", state}, {"n", TRY(count(tx, desk, figure))}});
    }
    for (const auto& line : TRY(list(tx, desk, query))) items.push_back(line_json(call, line));
    const auto terms =
        TRY(terms_on(call.packs(), call.context().settings.area, call.today()));
    return ok({{"total", TRY(count(tx, desk, query))},
               {"counts", counts},
               {"escalate_after",
                {{"days", terms.patience}, {"assumed", terms.assumed}, {"authority", terms.authority}}},
               {"items", items}});
}

Result<Reply> task_give(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    Wanted wanted;
    if (const auto parent = TRY(optional_field<std::string>(asked, "parent"))) {
        wanted.parent = Call::parsed<TaskId>(*parent);
        if (!wanted.parent) return invalid("http.wrong_type").with("name", "parent");
    }
    wanted.kind = TRY(optional_field<std::string>(asked, "kind")).value_or("task");
    wanted.title = TRY(field<std::string>(asked, "title"));
    wanted.what = TRY(field<std::string>(asked, "what"));
    for (const auto& one : TRY(field<Json>(asked, "areas"))) {
        const auto area = one.is_string() ? Call::parsed<AreaCode>(one.get<std::string>()) : std::nullopt;
        if (!area) return invalid("http.wrong_type").with("name", "areas");
        wanted.areas.push_back(*area);
    }
    wanted.due_on = TRY(date_of(asked, "due_on"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    Json ids = Json::array();
    for (const auto id : TRY(give(tx, desk_of(call), wanted))) ids.push_back(text(id));
    return created({{"ids", ids}});
}

Result<Reply> task_one(Call& call, db::Tx& tx) {
    return ok(page_json(call, TRY(page(tx, desk_of(call), TRY(call.path<TaskId>("id"))))));
}

Result<Reply> task_step(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<TaskId>("id"));
    const Json asked = TRY(body(call));
    Order order;
    order.version = TRY(field<std::int64_t>(asked, "version"));
    order.action = TRY(field<std::string>(asked, "action"));
    order.note = TRY(optional_field<std::string>(asked, "note")).value_or("");
    order.proof = TRY(optional_field<std::string>(asked, "proof")).value_or("");
    const auto percent = TRY(optional_field<std::int64_t>(asked, "percent")).value_or(0);
    if (percent < 0 || percent > 100) return invalid("tasks.percent_outside");
    order.percent = static_cast<int>(percent);
    if (asked.contains("until") && !asked["until"].is_null()) order.until = TRY(date_of(asked, "until"));
    const auto desk = desk_of(call);
    TRY(step(tx, desk, id, order));
    return ok(page_json(call, TRY(page(tx, desk, id))));
}

/// Photos of one place; they wait for the next report of whoever sends them.
Result<Reply> task_photo_add(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<TaskId>("id"));
    const auto desk = desk_of(call);
    const auto& request = call.request();
    const auto place = request.form.find("place");
    if (request.uploads.empty()) return invalid("tasks.photo_empty");
    for (const auto& upload : request.uploads) {
        if (upload.size() > largest_photo)
            return invalid("tasks.photo_too_large").with("most", std::to_string(largest_photo / (1024 * 1024)));
        std::ifstream in(upload.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        if (std::ssize(bytes) != upload.size()) return unavailable("http.spool_full");
        TRY(add_photo(tx, desk, id, place == request.form.end() ? "" : place->second, bytes));
    }
    return created(page_json(call, TRY(page(tx, desk, id))));
}

Result<Reply> task_photo(Call& call, db::Tx& tx) {
    auto found = TRY(photo(tx, desk_of(call), TRY(call.path<TaskId>("id")), TRY(call.path<PhotoId>("photo"))));
    return Reply{.headers = {{"Content-Type", found.type}, {"Cache-Control", "private, no-store"}},
                 .body = std::move(found.bytes)};
}

constexpr std::array table{
    Route{get, "/api/tasks", may_read, task_list},
    Route{get, "/api/tasks/sheet", may_read, task_sheet},
    Route{post, "/api/tasks", may_assign, task_give},
    Route{get, "/api/tasks/{id}", may_read, task_one},
    Route{post, "/api/tasks/{id}/steps", may_read, task_step},
    Route{post, "/api/tasks/{id}/photos", may_read, task_photo_add},
    Route{get, "/api/tasks/{id}/photos/{photo}", may_read, task_photo},
};

}  // namespace

const Routes tasks_routes = table;

}  // namespace ballast::api
