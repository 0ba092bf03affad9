#include "api/json.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "feeds/calendar.h"
#include "feeds/confirm.h"
#include "feeds/reply.h"
#include "http/service.h"
#include "jobs/jobs.h"
#include "registry/people.h"
#include "screening/screening.h"

namespace ballast::api {
namespace {

using feeds::Batch;
using feeds::BatchId;
using feeds::Contract;

Json or_null(const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); }
Json or_null(const std::optional<BatchId>& id) { return id ? Json(text(*id)) : Json(nullptr); }

std::string in_language(const Call& call, const std::string& zh, const std::string& en) {
    return call.language() == words::Language::en ? en : zh;
}
Json department_json(const Call& call, const Contract& agreed) {
    return {{"code", agreed.department},
            {"label", in_language(call, agreed.department_zh, agreed.department_en)}};
}

Json batch_json(const Call& call, const Batch& batch) {
    const auto agreed = feeds::contract(batch.feed);  // none for a file that was not recognised
    const auto& c = batch.counts;
    Json json{
        {"id", text(batch.id)},
        {"feed", batch.feed},
        {"title", agreed ? in_language(call, (*agreed)->title_zh, (*agreed)->title_en) : ""},
        {"department",
         agreed ? department_json(call, **agreed) : Json{{"code", batch.department}, {"label", ""}}},
        {"file", batch.file},
        {"period", batch.period},
        {"received", iso_instant(batch.received_at)},
        {"by", batch.received_by},
        {"state", feeds::name_of(batch.state)},
        {"counts",
         {{"rows", c.rows()},
          {"accepted", c.accepted()},
          {"matched", c.matched},
          {"candidate", c.candidate},
          {"unmatched", c.unmatched},
          {"invalid", c.invalid},
          {"totals_dropped", c.totals_dropped}}},
        // Its progress is for who sent it.
        {"job", batch.job && batch.received_by == call.actor().account ? Json(std::to_string(*batch.job))
                                                                       : Json(nullptr)},
        {"same_as", or_null(batch.same_as)},
        {"rejects_of", or_null(batch.rejects_of)},
        {"replaces", or_null(batch.replaces)},
        {"replaced_by", or_null(batch.replaced_by)},
        {"decided", batch.decided},
        {"nil", batch.nil}};
    if (batch.error)
        json["error"] = Json::parse(
            http::error_json(*batch.error, words::say(*batch.error, call.language()), "B" + text(batch.id)));
    return json;
}

/// How many warnings stand behind each applied batch, for who may open their list.
Result<void> add_raised(const Call& call, db::Tx& tx, const std::vector<Batch>& batches, Json& items) {
    if (!call.actor().may(Right::warnings_read)) return {};
    std::vector<BatchId> ids;
    for (const auto& batch : batches) ids.push_back(batch.id);
    const auto raised = TRY(screening::raised_by(tx, call.actor(), ids));
    for (std::size_t i = 0; i < raised.size(); ++i)
        if (batches[i].state == Batch::State::applied) items[i]["warnings_raised"] = raised[i];
    return {};
}

std::string period_text(const Call& call, const Contract& agreed) {
    const auto* due = agreed.due_on(call.today());
    return call.say("feeds.period." + std::string(feeds::name_of(agreed.period)),
                    {{"day", due ? std::to_string(due->day) : ""}});
}

Result<Reply> contracts(Call& call, db::Tx& tx) {
    const auto own = call.actor().department();
    Json items = Json::array();
    for (const auto& agreed : feeds::contracts()) {
        if (!own.empty() && agreed.department != own) continue;
        Json columns = Json::array();
        for (const auto& column : agreed.columns)
            columns.push_back({{"title", column.title},
                               {"required", column.need != feeds::Column::Need::optional},
                               {"type", call.say("feeds.type." + std::string(feeds::name_of(column.type)))},
                               {"synonyms", column.synonyms},
                               {"sealed", column.sealed}});
        const auto last = TRY(feeds::batches(tx, call.actor(), {agreed.id, 0, 1}, nullptr));
        items.push_back({{"id", agreed.id},
                         {"department", department_json(call, agreed)},
                         {"title", in_language(call, agreed.title_zh, agreed.title_en)},
                         {"period", period_text(call, agreed)},
                         {"authority", agreed.authority},
                         {"columns", columns},
                         {"last", last.empty() ? Json(nullptr) : batch_json(call, last.front())}});
    }
    return ok({{"items", items}});
}

Json cell_json(const feeds::Cell& cell) {
    return {{"period", cell.period},
            {"state", feeds::name_of(cell.state)},
            {"due", cell.due ? Json(cell.due->iso()) : Json(nullptr)},
            {"days_late", cell.days_late},
            {"files", cell.files},
            {"rows", cell.rows},
            {"usual", cell.usual ? Json(*cell.usual) : Json(nullptr)},
            {"batch", or_null(cell.batch)},
            {"nil", cell.nil}};
}

/// `months` up to two years, the present one among them.
Result<Reply> calendar(Call& call, db::Tx& tx) {
    const auto months = TRY(call.query<std::int64_t>("months")).value_or(12);
    if (months < 1 || months > 24) return invalid("http.bad_parameter").with("name", "months");
    const AreaCode county = call.context().settings.area;
    const auto limits =
        TRY(feeds::CalendarLimits::load(county, call.today(), call.packs()));
    const auto shown =
        TRY(feeds::calendar(tx, call.actor(), county, call.today(), static_cast<int>(months), limits));
    Json lines = Json::array();
    for (const auto& line : shown.lines) {
        Json cells = Json::array();
        for (const auto& cell : line.cells) cells.push_back(cell_json(cell));
        lines.push_back({{"feed", line.contract->id},
                         {"department", department_json(call, *line.contract)},
                         {"title", in_language(call, line.contract->title_zh, line.contract->title_en)},
                         {"period", period_text(call, *line.contract)},
                         {"begun", line.begun},
                         {"cells", cells}});
    }
    return ok({{"periods", shown.periods},
               {"overdue", shown.overdue},
               {"due_soon", shown.due_soon},
               {"short", shown.short_ones},
               {"short_percent", limits.short_percent},
               {"assumed", limits.assumed},
               {"lines", lines}});
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    const auto feed = TRY(call.query<std::string>("feed")).value_or("");
    std::int64_t total = 0;
    Json items = Json::array();
    const auto found = TRY(feeds::batches(tx, call.actor(), {feed, page.offset(), page.size}, &total));
    for (const auto& batch : found) items.push_back(batch_json(call, batch));
    TRY(add_raised(call, tx, found, items));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<BatchId>("id"));
    const auto batch = TRY(feeds::batch(tx, call.actor(), id));
    Json items = Json::array({batch_json(call, batch)});
    TRY(add_raised(call, tx, {batch}, items));
    Json& json = items.front();
    json["reasons"] = Json::array();
    for (const auto& reason : TRY(feeds::reasons(tx, call.actor(), id)))
        json["reasons"].push_back(
            {{"state", feeds::name_of(reason.state)},
             {"reason", reason.reason},
             {"label", call.say("feeds.why." + reason.reason.substr(reason.reason.find('.') + 1))},
             {"count", reason.count}});
    return ok(json);
}

/// The file stays in the spool under a name of our own until the job has read it; what its sender called it
/// is sealed, for the job's order is in clear.
Result<Reply> receive(Call& call, db::Tx& tx) {
    auto& request = call.request();
    if (request.uploads.size() != 1) return invalid("feeds.no_upload");
    const auto form = [&](std::string_view name) {
        const auto found = request.form.find(name);
        return found == request.form.end() ? std::string() : found->second;
    };
    const AreaCode county = call.context().settings.area;
    TRY(feeds::may_send(call.actor(), county, form("feed")));
    auto& upload = request.uploads.front();
    const Json payload{{"name", call.vault().seal("feeds.upload_name", upload.file_name())},
                       {"feed", form("feed")},
                       {"period", form("period")},
                       {"path", upload.path()}};
    const auto job =
        TRY(jobs::enqueue(tx, {"feeds.receive", payload.dump(), county, jobs::Order::Stop::possible},
                          call.actor(), call.now()));
    std::ignore = std::move(upload).keep();
    return accepted({{"job", text(job)}});
}

Result<Reply> nothing(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    return created(batch_json(
        call, TRY(feeds::report_nothing(tx, call.vault(), call.actor(), call.context().settings.area,
                                        TRY(field<std::string>(asked, "feed")),
                                        TRY(field<std::string>(asked, "period")), call.now()))));
}

std::string sex_text(const Call& call, Sex sex) {
    if (sex == Sex::unknown) return "";
    return call.say(sex == Sex::male ? "registry.code.sex.1" : "registry.code.sex.2");
}

/// The year only: with the whole date a masked number would be a whole one.
Json person_json(const Call& call, const feeds::SentRow& row, registry::PersonId id,
                 const registry::PersonLine& person) {
    const auto village = call.division().find(person.village);
    return {{"person", text(id)},
            {"household", text(person.household)},
            {"name", person.name},
            {"id_masked", or_null(person.id_masked)},
            {"village", village ? areas::everyday_name(village->name) : person.village.digits()},
            {"born", person.birth ? Json(person.birth->year()) : Json(nullptr)},
            {"birth_agrees", row.birth && person.birth ? Json(row.birth == person.birth) : Json(nullptr)},
            {"sex", sex_text(call, person.sex)}};
}

Json row_json(const Call& call, const feeds::SentRow& row,
              const std::map<registry::PersonId, registry::PersonLine>& people) {
    Json values = Json::array(), persons = Json::array();
    for (const auto& [title, value] : row.values) values.push_back({{"title", title}, {"value", value}});
    for (const auto& meant : row.people)
        if (const auto found = people.find(meant.person); found != people.end())
            persons.push_back(person_json(call, row, found->first, found->second));
    Json json{{"id", text(row.id)},
              {"sheet", row.sheet},
              {"row", row.row_number},
              {"state", feeds::name_of(row.state)},
              {"reason", nullptr},
              {"message", nullptr},
              {"column", nullptr},
              {"name", row.name},
              {"id_masked", or_null(row.id_masked)},
              {"village", or_null(row.place)},
              {"values", values},
              {"persons", persons}};
    if (row.decision)
        json["decision"] = {
            {"verdict", row.decision->verdict == feeds::State::matched ? "confirmed" : "nobody"},
            {"by", row.decision->by},
            {"at", iso_instant(row.decision->at)},
            {"carried_from", or_null(row.decision->carried_from)},
            {"also", row.decision->also}};
    if (row.birth) json["born"] = row.birth->year();
    if (row.sex != Sex::unknown) json["sex"] = sex_text(call, row.sex);
    if (row.reason) {
        json["reason"] = row.reason->id;
        json["message"] = words::say(*row.reason, call.language());
        for (const auto& [name, value] : row.reason->args)
            if (name == "column") json["column"] = value;
    }
    return json;
}

Result<Reply> rows(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<BatchId>("id"));
    const auto page = TRY(call.page());
    feeds::RowQuery query;
    query.reason = TRY(call.query<std::string>("reason")).value_or("");
    query.offset = page.offset();
    query.limit = page.size;
    if (const auto state = TRY(call.query<std::string>("state"))) {
        query.accepted = *state == "accepted";
        query.state = feeds::state_named(*state);
        if (!query.state && !query.accepted) return invalid("http.bad_parameter").with("name", "state");
    }
    query.decided = TRY(call.query<std::int64_t>("decided")).value_or(0) != 0;
    std::int64_t total = 0;
    const auto found = TRY(feeds::rows(tx, call.vault(), call.actor(), id, query, &total));
    std::vector<registry::PersonId> meant;
    for (const auto& row : found)
        for (const auto& person : row.people) meant.push_back(person.person);
    const auto people = TRY(registry::people(tx, call.vault(), call.actor().scope(Right::feeds_read), meant));
    Json items = Json::array();
    for (const auto& row : found) items.push_back(row_json(call, row, people));
    return ok({{"total", total}, {"items", items}});
}

/// The households whose rows have changed are screened anew, by a job that is promised in the same
/// transaction.
Result<Reply> decided(Call& call, db::Tx& tx, feeds::RowId row, const feeds::Decided& outcome) {
    Json json{{"batch", batch_json(call, TRY(feeds::batch(tx, call.actor(), outcome.batch)))},
              {"job", nullptr},
              {"also_open", outcome.also_open}};
    if (!outcome.households.empty()) {
        Json households = Json::array();
        for (const auto& touched : outcome.households) households.push_back(touched.household.number());
        const Json payload{{"cause", "feed_row:" + text(row)}, {"households", households}};
        json["job"] = text(TRY(
            jobs::enqueue(tx, {"screening.run", payload.dump(), outcome.county}, call.actor(), call.now())));
    }
    return ok(json);
}

Result<Reply> confirm(Call& call, db::Tx& tx) {
    const auto row = TRY(call.path<feeds::RowId>("id"));
    const Json asked = TRY(body(call));
    const auto person = call.parsed<registry::PersonId>(TRY(field<std::string>(asked, "person")));
    if (!person) return invalid("feeds.not_among_candidates");
    return decided(call, tx, row,
                   TRY(feeds::confirm(tx, call.vault(), call.actor(), row, *person, call.now())));
}
Result<Reply> set_aside(Call& call, db::Tx& tx) {
    const auto row = TRY(call.path<feeds::RowId>("id"));
    return decided(call, tx, row, TRY(feeds::set_aside(tx, call.vault(), call.actor(), row, call.now())));
}
Result<Reply> undo(Call& call, db::Tx& tx) {
    const auto row = TRY(call.path<feeds::RowId>("id"));
    return decided(call, tx, row, TRY(feeds::undo(tx, call.vault(), call.actor(), row, call.now())));
}

/// A workbook about a batch, which `write` makes in the spool.
template <class Write>
Result<Reply> workbook(Call& call, const std::string& name, Write write) {
    const auto id = TRY(call.path<BatchId>("id"));
    const auto path = spooled_workbook(call);
    TRY(write(call.database(), call.vault(), call.actor(), id, path, call.language(), call.now()));
    return workbook_reply(path, name + "-" + text(id) + ".xlsx");
}
Result<Reply> rejects(Call& call) { return workbook(call, "rejects", feeds::write_rejects); }
Result<Reply> sender_reply(Call& call) { return workbook(call, "reply", feeds::write_reply); }

constexpr std::array table{
    Route{get, "/api/feeds/contracts", Right::feeds_read, contracts},
    Route{get, "/api/feeds/calendar", Right::feeds_read, calendar},
    Route{get, "/api/feeds/batches", Right::feeds_read, list},
    Route{post, "/api/feeds/batches", Right::feeds_upload, receive},
    Route{post, "/api/feeds/nil", Right::feeds_upload, nothing},
    Route{get, "/api/feeds/batches/{id}", Right::feeds_read, one},
    Route{get, "/api/feeds/batches/{id}/rows", Right::feeds_read, rows},
    Route{get, "/api/feeds/batches/{id}/rejects", Right::feeds_read, rejects},
    Route{get, "/api/feeds/batches/{id}/reply", Right::feeds_read, sender_reply},
    Route{post, "/api/feeds/rows/{id}/confirm", Right::feeds_confirm, confirm},
    Route{post, "/api/feeds/rows/{id}/set-aside", Right::feeds_confirm, set_aside},
    Route{post, "/api/feeds/rows/{id}/undo", Right::feeds_confirm, undo},
};

}  // namespace

const Routes feeds_routes = table;

}  // namespace ballast::api
