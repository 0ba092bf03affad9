#include "api/json.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "casework/clue_file.h"
#include "casework/clue_receive.h"

namespace ballast::api {
namespace {

using casework::Clue;
using casework::ClueId;
using casework::ClueState;

/// {code, label}; the label is a word of clues.<kind>.<code>.
Json coded(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("clues." + std::string(kind) + "." + std::string(code))}};
}
Json coded_or_null(const Call& call, std::string_view kind, std::string_view code) {
    return code.empty() ? Json(nullptr) : coded(call, kind, code);
}
/// Nobody's name when the system did it.
Json by(const std::string& account, const std::string& name) {
    return account.starts_with("system:") ? Json("") : Json(name);
}
Json risks_json(const Call& call, const std::vector<std::string>& risks) {
    Json out = Json::array();
    for (const auto& code : risks)
        out.push_back({{"code", code}, {"label", call.say("screening.risk." + code)}});
    return out;
}

Json line_json(const Call& call, const Clue& clue, const Json& households, const casework::Told& told) {
    Json household;
    if (clue.household) {
        const auto line = households.find(text(*clue.household));
        if (line != households.end()) household = *line;
    }
    const auto urgency = casework::urgency(clue, call.today());
    return {{"id", text(clue.id)},
            {"number", casework::number_of(clue)},
            {"name", household.is_null() ? Json(told.name) : household.at("head_name")},
            {"household", std::move(household)},
            {"place", told.place},
            {"area", area_json(call, clue.area)},
            {"source", coded(call, "source", name_of(clue.source))},
            {"risks", risks_json(call, clue.risks)},
            {"state", coded(call, "state", name_of(clue.state))},
            {"closed_reason", coded_or_null(call, "reason", clue.closed_reason)},
            {"created_on", clue.created_on.iso()},
            {"due_on", clue.due_on.iso()},
            {"urgency", urgency.empty() ? Json(nullptr) : Json(urgency)}};
}

Result<Json> lines_json(Call& call, db::Tx& tx, const std::vector<Clue>& clues) {
    std::vector<registry::HouseholdId> known;
    std::vector<ClueId> unknown;
    for (const auto& clue : clues)
        if (clue.household)
            known.push_back(*clue.household);
        else
            unknown.push_back(clue.id);
    const Json households = TRY(household_lines(call, tx, known));
    auto told = TRY(casework::first_told(tx, call.vault(), unknown));
    Json out = Json::array();
    for (const auto& clue : clues) out.push_back(line_json(call, clue, households, told[clue.id]));
    return out;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    casework::ClueQuery query;
    const auto state = TRY(call.query<std::string>("state")).value_or("waiting");
    query.state = casework::clue_state_named(state);
    query.any_state = state == "any";
    if (!query.state && state != "waiting" && state != "any")
        return invalid("http.bad_parameter").with("name", "state");
    if (const auto source = TRY(call.query<std::string>("source"))) {
        query.source = casework::source_named(*source);
        if (!query.source) return invalid("http.bad_parameter").with("name", "source");
    }
    query.risk = TRY(call.query<std::string>("risk")).value_or("");
    query.area = TRY(call.query<AreaCode>("area"));
    query.household = TRY(call.query<registry::HouseholdId>("household"));
    query.overdue = TRY(call.query<std::string>("overdue")) == "true";
    query.offset = page.offset();
    query.limit = page.size;
    casework::ClueCounts counts;
    const auto found = TRY(casework::clues(tx, call.actor(), query, call.today(), &counts));
    Json by_state = Json::object();
    for (const auto one : casework::all_clue_states())
        by_state[std::string(name_of(one))] = counts.by_state[one];
    return ok({{"total", counts.total},
               {"overdue", counts.overdue},
               {"by_state", by_state},
               {"items", TRY(lines_json(call, tx, found))}});
}

/// The warning behind a signal, for who may read warnings; null otherwise.
Result<Json> warning_behind(Call& call, db::Tx& tx, const casework::Signal& signal) {
    if (!signal.warning || !call.actor().may(Right::warnings_read)) return Json(nullptr);
    const auto found =
        screening::warning(tx, call.vault(), call.actor(), screening::WarningId(*signal.warning));
    if (!found) {
        if (found.error().kind == ErrorKind::not_found) return Json(nullptr);
        return found.error();
    }
    const Json households = TRY(household_lines(call, tx, {found->household}));
    return warning_line(call, *found, households.at(text(found->household)));
}

Result<Json> signal_json(Call& call, db::Tx& tx, const casework::Signal& signal) {
    const auto& told = signal.told;
    Json out{{"id", text(signal.id)},
             {"source", coded(call, "source", name_of(signal.source))},
             {"channel", coded(call, "channel", signal.channel)},
             {"risks", risks_json(call, signal.risks)},
             {"matched", coded(call, "matched", signal.matched)},
             {"on", signal.on.iso()},
             {"at", iso_instant(signal.at)},
             {"by", by(signal.account, signal.name)},
             {"text", told.text},
             {"name", told.name},
             {"id_masked", told.id_number},
             {"phone_masked", told.phone},
             {"place", told.place},
             {"teller", coded_or_null(call, "teller", told.teller)},
             {"teller_name", told.teller_name},
             {"teller_phone_masked", told.teller_phone},
             {"warning", TRY(warning_behind(call, tx, signal))}};
    if (told.birth) out["birth"] = told.birth->iso();
    return out;
}

Json step_json(const Call& call, const casework::ClueStep& step) {
    return {{"sequence", step.sequence},
            {"action", coded(call, "action", step.action)},
            {"to", coded(call, "state", name_of(step.to))},
            {"reason", coded_or_null(call, "reason", step.reason)},
            {"village", step.village ? area_json(call, *step.village) : Json(nullptr)},
            {"at", iso_instant(step.at)},
            {"by", by(step.account, step.name)},
            {"note", step.note}};
}

Json next_json(const Call& call, const Clue& clue) {
    Json out = Json::array();
    for (const auto& step : casework::possible(clue, call.actor())) {
        Json reasons = Json::array(), missing = Json::array();
        for (const auto reason : step.row->reasons) reasons.push_back(coded(call, "reason", reason));
        for (const auto& error : step.missing) missing.push_back(words::say(error, call.language()));
        out.push_back({{"action", coded(call, "action", name_of(step.row->action))},
                       {"reasons", reasons},
                       {"missing", missing}});
    }
    return out;
}

Result<Json> candidates_json(Call& call, db::Tx& tx, const Clue& clue) {
    const auto found = TRY(casework::candidates(tx, call.vault(), call.actor(), clue, call.today()));
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : found.candidates) ids.push_back(one.household);
    const Json households = TRY(household_lines(call, tx, ids));
    Json out = Json::array();
    for (const auto& one : found.candidates)
        if (const auto line = households.find(text(one.household)); line != households.end())
            out.push_back({{"household", *line}, {"why", coded(call, "matched", one.why)}});
    return out;
}

Result<Json> clue_json(Call& call, db::Tx& tx, ClueId id) {
    const auto file = TRY(casework::clue_file(tx, call.vault(), call.actor(), id));
    const auto& clue = file.clue;
    Json out = TRY(lines_json(call, tx, {clue})).at(0);
    out["version"] = clue.version;
    out["entered_on"] = clue.entered_on.iso();
    out["into"] = clue.into ? Json(text(*clue.into)) : Json(nullptr);
    out["risk_case"] = clue.risk_case ? Json(text(*clue.risk_case)) : Json(nullptr);
    out["signals"] = Json::array();
    for (const auto& signal : file.signals) out["signals"].push_back(TRY(signal_json(call, tx, signal)));
    out["steps"] = Json::array();
    for (const auto& step : file.steps) out["steps"].push_back(step_json(call, step));
    out["next"] = next_json(call, clue);
    out["candidates"] = TRY(candidates_json(call, tx, clue));
    return out;
}

Result<Reply> one(Call& call, db::Tx& tx) {
    return ok(TRY(clue_json(call, tx, TRY(call.path<ClueId>("id")))));
}

Result<Reply> source_list(Call& call, db::Tx&) {
    Json items = Json::array();
    for (const auto& row : casework::sources()) {
        if (!row.who || !call.actor().may(*row.who)) continue;
        Json channels = Json::array();
        for (const auto channel : row.channels) channels.push_back(coded(call, "channel", channel));
        items.push_back({{"source", coded(call, "source", name_of(row.source))}, {"channels", channels}});
    }
    return ok({{"items", items}});
}

// -- what comes in ---------------------------------------------------------------------------------------

Result<std::string> text_field(const Json& asked, const char* name) {
    return TRY(optional_field<std::string>(asked, name)).value_or("");
}

/// A sender's key for knowing a second sending.
Result<std::string> key_of(const Json& asked) {
    auto key = TRY(text_field(asked, "key"));
    if (key.size() > 64) return invalid("http.bad_parameter").with("name", "key");
    return key;
}

template <class T>
Result<std::optional<T>> named_field(const Json& asked, const char* name) {
    const auto given = TRY(text_field(asked, name));
    if (given.empty()) return std::optional<T>();
    auto value = Call::parsed<T>(given);
    if (!value) return invalid("http.wrong_type").with("name", name);
    return value;
}

Result<casework::Report> report_of(Call& call, const Json& asked) {
    casework::Report report;
    report.county = call.context().settings.area;
    const auto source = casework::source_named(TRY(field<std::string>(asked, "source")));
    if (!source) return invalid("http.wrong_type").with("name", "source");
    report.source = *source;
    report.channel = TRY(field<std::string>(asked, "channel"));
    report.household = TRY(named_field<registry::HouseholdId>(asked, "household"));
    report.village = TRY(named_field<AreaCode>(asked, "village"));
    for (const auto& code : TRY(field<Json>(asked, "risks"))) {
        if (!code.is_string()) return invalid("http.wrong_type").with("name", "risks");
        report.risks += code.get<std::string>() + " ";
    }
    auto& told = report.told;
    told.text = TRY(field<std::string>(asked, "text"));
    told.name = TRY(text_field(asked, "name"));
    told.id_number = TRY(text_field(asked, "id_number"));
    told.phone = TRY(text_field(asked, "phone"));
    told.place = TRY(text_field(asked, "place"));
    told.birth = TRY(named_field<Date>(asked, "birth"));
    told.teller = TRY(field<std::string>(asked, "teller"));
    told.teller_name = TRY(text_field(asked, "teller_name"));
    told.teller_phone = TRY(text_field(asked, "teller_phone"));
    report.key = TRY(key_of(asked));
    return report;
}

casework::ClueDesk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}

Result<Reply> report(Call& call, db::Tx& tx) {
    const auto report = TRY(report_of(call, TRY(body(call))));
    const auto terms =
        TRY(casework::clue_terms(call.packs(), report.county, call.today()));
    const auto received = TRY(casework::receive(tx, desk_of(call), terms, report));
    return created({{"id", text(received.clue)},
                    {"number", received.number},
                    {"joined", received.joined},
                    {"overlaps", received.overlaps},
                    {"repeated", received.repeated},
                    {"matched", coded(call, "matched", received.matched)}});
}

Result<Reply> act(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ClueId>("id"));
    const Json asked = TRY(body(call));
    const auto action = casework::clue_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    casework::ClueOrder order{*action, {}, {}, {}, "", ""};
    order.village = TRY(named_field<AreaCode>(asked, "village"));
    order.household = TRY(named_field<registry::HouseholdId>(asked, "household"));
    order.reason = TRY(text_field(asked, "reason"));
    order.note = TRY(text_field(asked, "note"));
    if (const auto other = TRY(text_field(asked, "duplicate_of")); !other.empty()) {
        order.duplicate_of = casework::clue_numbered(other);
        if (!order.duplicate_of) order.duplicate_of = Call::parsed<ClueId>(other);
        if (!order.duplicate_of) return invalid("clues.duplicate_of_what");
    }
    const auto now = TRY(casework::act(tx, desk_of(call), id, TRY(field<std::int64_t>(asked, "version")),
                                       TRY(key_of(asked)), order));
    if (!now.open && now.household)
        TRY(screening::close_ended(tx, call.vault(), call.actor(), *now.household, now.area, call.now()));
    return ok(TRY(clue_json(call, tx, id)));
}

Result<Reply> reveal(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto signal = TRY(named_field<casework::SignalId>(asked, "signal"));
    if (!signal) return invalid("http.missing_field").with("name", "signal");
    return ok({{"value", TRY(casework::reveal(tx, call.vault(), call.actor(), TRY(call.path<ClueId>("id")),
                                              *signal, TRY(field<std::string>(asked, "field")),
                                              TRY(field<std::string>(asked, "purpose")), call.now()))}});
}

constexpr std::array table{
    Route{get, "/api/clues", Right::clues_read, list},
    Route{post, "/api/clues", Right::clues_write, report},
    Route{get, "/api/clues/sources", Right::clues_write, source_list},
    Route{get, "/api/clues/{id}", Right::clues_read, one},
    Route{post, "/api/clues/{id}/actions", Right::clues_write, act},
    Route{post, "/api/clues/{id}/reveal", Right::clues_write, reveal},
};

}  // namespace

const Routes clues_routes = table;

}  // namespace ballast::api
