#include "api/employment_json.h"

#include "employment/fit.h"

namespace ballast::api {

using namespace employment;

namespace {

Json day_json(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }
Json number_json(const std::optional<std::int64_t>& n) { return n ? Json(*n) : Json(nullptr); }

Json word(const Call& call, std::string_view list, std::string_view code) {
    return {{"code", code}, {"label", call.say("employment." + std::string(list) + "." + std::string(code))}};
}

Json codes_json(const Call& call, const CodeList& list, std::string_view codes) {
    Json out = Json::array();
    for (const auto& one : split_codes(codes)) out.push_back(code_json(call, list, one));
    return out;
}

}  // namespace

Result<Desk> employment_desk(const Call& call) {
    const auto& context = call.context();
    return Desk{
        call.vault(), call.division(),
        call.actor(), call.today(),
        call.now(),   TRY(terms_on(call.packs(), context.settings.area, call.today()))};
}

Json code_json(const Call& call, const CodeList& list, std::string_view code) {
    return code.empty() ? Json(nullptr) : word(call, list.name, code);
}

Json worker_json(const Call& call, const Worker& who) {
    const auto age = who.age(call.today());
    return {{"id", text(who.person)},
            {"household", text(who.household)},
            {"name", who.name},
            {"area", area_json(call, who.village)},
            {"age", age ? Json(*age) : Json(nullptr)}};
}

Json profile_json(const Call& call, const Profile& profile) {
    return {{"wants_training", profile.wants_training},
            {"wants_job", profile.wants_job},
            {"wants_startup", profile.wants_startup},
            {"wanted_trade", code_json(call, codes::trade, profile.wanted_trade)},
            {"skills", codes_json(call, codes::trade, profile.skills)},
            {"reach", code_json(call, codes::reach, profile.reach)},
            {"wage_fen", profile.wage.fen()},
            {"home_daily", profile.home_daily},
            {"bears", "***"},
            {"asked_on", profile.asked_on.iso()},
            {"version", profile.version}};
}

Json post_json(const Call& call, const Post& of) {
    return {{"id", text(of.id)},
            {"area", area_json(call, of.area)},
            {"kind", code_json(call, codes::kind, of.kind)},
            {"employer", of.employer},
            {"title", of.title},
            {"place", of.place},
            {"away", code_json(call, codes::reach, of.away)},
            {"trade", code_json(call, codes::trade, of.trade)},
            {"skilled", of.skilled},
            {"load", code_json(call, codes::load, of.load)},
            {"wage_fen", of.wage.fen()},
            {"openings", of.openings},
            {"taken", of.taken},
            {"hours", number_json(of.hours)},
            {"age_from", number_json(of.age_from)},
            {"age_to", number_json(of.age_to)},
            {"from_day", of.from_day.iso()},
            {"to_day", day_json(of.to_day)},
            {"closed_on", day_json(of.closed_on)},
            {"open", of.open(call.today())},
            {"version", of.version}};
}

Json placement_json(const Call& call, const PlacementLine& line) {
    const auto& one = line.placement;
    Json pay = Json::array();
    for (const auto& month : line.pay)
        pay.push_back({{"month", month.month.iso().substr(0, 7)},
                       {"fen", month.amount.fen()},
                       {"days", number_json(month.days)}});
    return {{"id", text(one.id)},
            {"who", worker_json(call, line.who)},
            {"post", post_json(call, line.post)},
            {"full_time", one.full_time},
            {"started_on", one.started_on.iso()},
            {"agreed_to", day_json(one.agreed_to)},
            {"ended_on", day_json(one.ended_on)},
            {"end_group", code_json(call, codes::end_group, one.end_group)},
            {"contract", one.contract},
            {"insured", one.insured},
            {"destination", one.destination},
            {"organiser", one.organiser},
            {"transport_fen", one.transport.fen()},
            {"live", one.live(call.today())},
            {"pay", pay},
            {"version", one.version}};
}

Json class_json(const Call& call, const TrainingClass& one) {
    return {{"id", text(one.id)},
            {"area", area_json(call, one.area)},
            {"trade", code_json(call, codes::trade, one.trade)},
            {"title", one.title},
            {"organiser", one.organiser},
            {"venue", one.venue},
            {"hours", one.hours},
            {"begins_on", one.begins_on.iso()},
            {"ends_on", one.ends_on.iso()},
            {"capacity", one.capacity},
            {"funds_fen", one.funds.fen()},
            {"attended", one.attended},
            {"passed", one.passed},
            {"paid_fen", one.paid.fen()}};
}

Json attendance_json(const Attendance& one) {
    return {{"days", one.days},
            {"passed", one.passed},
            {"certificate", one.certificate},
            {"subsidy_fen", one.subsidy.fen()}};
}

Json startup_json(const Call& call, const StartupLine& line) {
    const auto& one = line.startup;
    Json actions = Json::array();
    for (const auto action : next_actions(one)) actions.push_back(word(call, "startup_action", action));
    return {{"id", text(one.id)},
            {"who", worker_json(call, line.who)},
            {"project", one.project},
            {"state", code_json(call, codes::startup_state, one.state)},
            {"plan", one.plan},
            {"scheme", code_json(call, codes::scheme, one.scheme)},
            {"finance_fen", one.finance.fen()},
            {"expert", one.expert},
            {"result", one.result},
            {"jobs", one.jobs},
            {"actions", actions},
            {"version", one.version}};
}

Json proposal_json(const Call& call, const Proposal& one) {
    Json points = Json::array(), cheaper = Json::array();
    for (const auto& [name, n] : one.points) {
        Json line = word(call, "points", name);
        line["points"] = n;
        points.push_back(line);
    }
    for (const auto id : one.cheaper) cheaper.push_back(text(id));
    return {
        {"id", text(one.id)},
        {"matching", text(one.of)},
        {"who", worker_json(call, one.who)},
        {"post", post_json(call, one.post)},
        {"points", points},
        {"cost", one.cost},
        {"distance",
         code_json(
             call, codes::reach,
             codes::reach.codes[static_cast<std::size_t>(distance(one.who.village, one.post.vacancy()))])},
        {"first_worker", one.first_worker},
        {"cheaper", cheaper},
        {"state", word(call, "proposal", one.state)},
        {"reason", code_json(call, codes::refusal, one.reason)},
        {"note", one.note},
        {"placement", one.placement ? Json(text(*one.placement)) : Json(nullptr)}};
}

Json matching_json(const Call& call, const Matching& one) {
    return {{"id", text(one.id)},           {"area", area_json(call, one.area)},
            {"as_of", one.as_of.iso()},     {"people", one.people},
            {"posts", one.posts},           {"openings", one.openings},
            {"households", one.households}, {"in_work", one.in_work},
            {"newly", one.newly},           {"cost", one.cost},
            {"assumed", one.assumed},       {"account", one.account}};
}

Json left_out_json(const Call& call, const LeftOutHousehold& one) {
    Json facts = Json::array();
    for (const auto& [name, n] : one.facts) {
        const auto colon = name.find(':');
        words::Places places{{"n", std::to_string(n)}};
        std::string id = "employment.missing." + name.substr(0, colon);
        if (colon != std::string::npos && name.starts_with("all:"))
            id = "employment.rules_out." + name.substr(colon + 1);
        else if (colon != std::string::npos)
            places.emplace_back("trade", call.say("employment.trade." + name.substr(colon + 1)));
        facts.push_back({{"name", name}, {"n", n}, {"label", call.say(id, places)}});
    }
    return {{"household", text(one.household)},
            {"head", one.head},
            {"area", area_json(call, one.village)},
            {"why", word(call, "left_out", one.why)},
            {"facts", facts}};
}

Json where_of(const Json& post) { return post["place"] == "" ? post["area"]["name"] : post["place"]; }

std::string head_of(const Call& call, const char* name) { return call.say(std::string("employment.column.") + name); }

Json warnings_json(const Call& call, const Warnings& warnings) {
    Json out = Json::array();
    for (const auto& one : warnings) out.push_back(word(call, "warning", one));
    return out;
}

Result<Placement> placement_in(const Json& asked) {
    Placement out;
    out.full_time = TRY(optional_field<bool>(asked, "full_time")).value_or(true);
    out.started_on = TRY(date_of(asked, "started_on"));
    out.agreed_to = TRY(maybe_date_of(asked, "agreed_to"));
    out.contract = TRY(optional_field<bool>(asked, "contract")).value_or(false);
    out.insured = TRY(optional_field<bool>(asked, "insured")).value_or(false);
    out.destination = TRY(text_in(asked, "destination"));
    out.organiser = TRY(text_in(asked, "organiser"));
    out.transport = Money::fen(TRY(optional_field<std::int64_t>(asked, "transport_fen")).value_or(0));
    return out;
}

Result<Declared> declared_in(const Json& asked) {
    return Declared{TRY(optional_field<bool>(asked, "cadre_or_family")).value_or(false)};
}

Result<std::optional<Date>> maybe_date_of(const Json& object, const char* name) {
    const auto text = TRY(text_in(object, name));
    if (text.empty()) return std::optional<Date>();
    return std::optional(TRY(date_of(object, name)));
}

Result<std::string> text_in(const Json& object, const char* name) {
    return TRY(optional_field<std::string>(object, name)).value_or("");
}

}  // namespace ballast::api
