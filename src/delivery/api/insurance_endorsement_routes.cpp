// Changes of policies in force, and the list as it was on a day.
#include "api/insurance_json.h"
#include "api/insurance_tables.h"
#include "insurance/endorsement.h"

namespace ballast::api {
namespace {

using namespace insurance;

std::string_view word_of(ChangeKind kind) {
    constexpr std::array<std::string_view, 3> names{"add", "change", "remove"};
    return names.at(static_cast<std::size_t>(kind));
}

Json row_json(const Call& call, const EndorsedRow& row) {
    return {{"kind", coded_insurance(call, "change", word_of(row.kind))},
            {"line", row.line ? Json(*row.line) : Json(nullptr)},
            {"name", row.name},
            {"plot", row.plot},
            {"account", row.account},
            {"units_before", units_text(row.units_before)},
            {"units", units_text(row.units)},
            {"sum_before_fen", row.sum_before.fen()},
            {"sum_insured_fen", row.sum_insured.fen()},
            {"premium_before_fen", row.premium_before.fen()},
            {"premium_fen", row.premium.fen()},
            {"due_fen", row.due.fen()}};
}

Json endorsement_json(const Call& call, const Endorsement& it) {
    Json rows = Json::array(), steps = Json::array(), history = Json::array();
    for (const auto& row : it.rows) rows.push_back(row_json(call, row));
    for (const auto action : it.steps)
        steps.push_back(coded_insurance(call, "endorsement_action", name_of(action)));
    for (const auto& step : it.history) {
        Json line = step_json(step);
        line["label"] = call.say("insurance.endorsement_action." + step.action);
        history.push_back(line);
    }
    return {{"place", it.place},
            {"state", coded_insurance(call, "endorsement_state", name_of(it.state))},
            {"version", it.version},
            {"from", it.effective_on.value_or(it.wanted_on).iso()},
            {"posted_on", it.posted_on ? Json(it.posted_on->iso()) : Json(nullptr)},
            {"reason", it.reason},
            {"sum_insured_fen", it.sum_insured.fen()},
            {"premium_fen", it.premium.fen()},
            {"parts", parts_json(it.parts)},
            {"rows", rows},
            {"steps", steps},
            {"history", history}};
}

Result<Json> all_of(Call& call, db::Tx& tx, const Desk& desk, PolicyId id) {
    Json items = Json::array();
    for (const auto& one : TRY(endorsements(tx, desk, id))) items.push_back(endorsement_json(call, one));
    return Json{{"items", items}};
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(all_of(call, tx, desk_of(call, book), TRY(call.path<PolicyId>("id")))));
}

Result<WantedChange> change_of(const Json& asked) {
    WantedChange out;
    const auto kind = TRY(field<std::string>(asked, "kind"));
    if (kind == "change")
        out.kind = ChangeKind::change;
    else if (kind == "remove")
        out.kind = ChangeKind::remove;
    else if (kind != "add")
        return invalid("http.wrong_type").with("name", "kind");
    if (const auto row = TRY(optional_field<std::string>(asked, "row"))) {
        out.row = Call::parsed<InsuredId>(*row);
        if (!out.row) return invalid("http.wrong_type").with("name", "row");
    }
    const auto text_of = [&](const char* name, std::string& into) -> Result<void> {
        into = TRY(optional_field<std::string>(asked, name)).value_or("");
        return {};
    };
    TRY(text_of("name", out.name));
    TRY(text_of("id_number", out.id_number));
    TRY(text_of("phone", out.phone));
    TRY(text_of("plot", out.plot));
    TRY(text_of("ring", out.ring));
    TRY(text_of("tags", out.tags));
    TRY(text_of("bank", out.bank));
    TRY(text_of("account", out.account));
    TRY(text_of("holder", out.holder));
    if (asked.contains("units")) out.units = TRY(decimal_of(asked, "units"));
    if (asked.contains("transferred")) out.transferred = TRY(decimal_of(asked, "transferred"));
    return out;
}

Result<Reply> add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    NewEndorsement wanted{TRY(call.path<PolicyId>("id")), TRY(day_of(asked, "from")),
                          TRY(field<std::string>(asked, "reason")), {}, TRY(field<std::string>(asked, "key"))};
    for (const auto& one : TRY(field<Json>(asked, "changes"))) wanted.changes.push_back(TRY(change_of(one)));
    TRY(draft_endorsement(tx, desk, wanted));
    return created(TRY(all_of(call, tx, desk, wanted.policy)));
}

Result<Reply> step(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PolicyId>("id"));
    const Json asked = TRY(body(call));
    const auto action = endorsement_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    TRY(take_step(tx, desk, id, TRY(call.path<std::int64_t>("place")),
                  EndorsementOrder{TRY(field<std::int64_t>(asked, "version")), *action,
                                   TRY(optional_field<std::string>(asked, "note")).value_or("")}));
    return ok(TRY(all_of(call, tx, desk, id)));
}

Result<Reply> rows_then(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto page = TRY(call.page());
    const auto on = TRY(call.query<std::string>("on"));
    if (!on) return invalid("http.missing_field").with("name", "on");
    const auto day = TRY(Date::parse(*on));
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& row : TRY(insured_on(tx, desk_of(call, book), TRY(call.path<PolicyId>("id")), day,
                                          {false, page.offset(), page.size}, &total)))
        items.push_back(insured_json(call, row));
    return ok({{"total", total}, {"items", items}});
}

constexpr std::array table{
    Route{get, "/api/insurance/policies/{id}/endorsements", Right::insurance_read, list},
    Route{post, "/api/insurance/policies/{id}/endorsements", Right::insurance_write, add},
    Route{post, "/api/insurance/policies/{id}/endorsements/{place}/steps", Right::insurance_read, step},
    Route{get, "/api/insurance/policies/{id}/rows_then", Right::insurance_read, rows_then},
};

}  // namespace

const Routes insurance_endorsement_routes = table;

}  // namespace ballast::api
