#include "api/cases_json.h"

#include "casework/consent.h"
#include "casework/facts_json.h"

namespace ballast::api {

namespace {

using namespace casework;

Json coded(const Call& call, std::string_view group, std::string_view code) {
    return {{"code", code}, {"label", call.say("casework." + std::string(group) + "." + std::string(code))}};
}
Json or_null(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }
Json or_null(const std::optional<Money>& amount) { return amount ? Json(amount->fen()) : Json(nullptr); }

Json limit_json(const Call& call, const Limit& limit) {
    const bool english = call.language() == words::Language::en;
    return {
        {"name", limit.name},       {"title", english ? limit.title.en : limit.title.zh},
        {"value", limit.value},     {"unit", limit.day_kind == DayKind::working ? "working_days" : "days"},
        {"from", limit.from.iso()}, {"authority", limit.authority},
        {"assumed", limit.assumed}};
}

Json error_line(const Call& call, const Error& error) {
    return {{"id", error.id}, {"message", words::say(error, call.language())}};
}

Json possible_json(const Call& call, const CaseFile& file) {
    Json out = Json::array();
    for (const auto& one : possible(file.now, call.actor(), file.terms, file.around, call.today())) {
        Json missing = Json::array();
        for (const auto& error : one.missing) missing.push_back(error_line(call, error));
        Json json = action_json(call, one.row->action);
        json["step"] = one.row->step;
        json["limit"] =
            one.row->limit.empty() ? Json(nullptr) : limit_json(call, file.terms.limit(one.row->limit));
        json["missing"] = missing;
        out.push_back(json);
    }
    return out;
}

Json awaited_json(const Call& call, const CaseFile& file) {
    const auto next = awaited(file.now, file.terms);
    if (!next) return nullptr;
    Json json = action_json(call, next->action);
    json["right"] = auth::name_of(next->who);
    json["mine"] = call.actor().may(next->who) && call.actor().scope(next->who).contains(file.now.village);
    json["due"] = due_json(call, next->due, file.terms);
    return json;
}

Json judgement_json(const std::optional<Judgement>& judged) {
    if (!judged) return nullptr;
    return {{"accepted", judged->accepted}, {"reason", judged->reason}};
}

Json hits_json(const Call& call, const RiskCase& now) {
    Json out = Json::array();
    for (const auto& one : now.hits)
        out.push_back({{"rule", one.hit.rule},
                       {"severity", coded(call, "severity", one.hit.severity)},
                       {"person", one.hit.person ? Json(std::to_string(*one.hit.person)) : Json(nullptr)},
                       {"summary", one.hit.summary},
                       {"source", one.hit.source},
                       {"explanation", one.explanation ? Json(one.explanation->text) : Json(nullptr)},
                       {"township", judgement_json(one.township)},
                       {"county", judgement_json(one.county)},
                       {"accepted", one.accepted()}});
    return out;
}

Json measured_json(const Call& call, const CaseFile& file) {
    if (!file.measured) return nullptr;
    const auto& measured = *file.measured;
    const auto& income = measured.income;
    Json json{{"window", {{"first", measured.window.first.iso()}, {"last", measured.window.last.iso()}}},
              {"members", income.members},
              {"net_fen", income.net.fen()},
              {"pc_net_fen", income.net_per_head.fen()},
              {"deducted_fen", income.deducted.fen()},
              {"pc_deducted_fen", income.deducted_per_head.fen()},
              {"line", nullptr},
              {"in_scope", measured.line ? Json(measured.in_scope()) : Json(nullptr)}};
    if (file.line) {
        const bool english = call.language() == words::Language::en;
        const auto& value = *file.line->value;
        const auto& title = file.line->parameter->title;
        json["line"] = {{"name", file.line->parameter->name}, {"title", english ? title.en : title.zh},
                        {"value", value.value.plain()},       {"unit", "fen"},
                        {"from", value.from.iso()},           {"authority", value.authority},
                        {"assumed", value.assumed()}};
    }
    return json;
}

Json proposal_json(const Call& call, const CaseFile& file) {
    if (!file.proposal) return nullptr;
    Json reasons = Json::array();
    for (const auto& one : file.proposal->reasons) reasons.push_back(call.say(one.id, one.args));
    Json json{{"advice", coded(call, "advice", name_of(file.proposal->advice))}, {"category", nullptr}};
    if (const auto category = file.proposal->category)
        json["category"] = category_json(call, std::string(name_of(*category)));
    json["reasons"] = reasons;
    return json;
}

Json notice_json(const Call& call, const CaseFile& file) {
    if (!file.now.notice) return nullptr;
    const Deadline until = publicity(file.now, file.terms);
    return {{"posted_on", file.now.notice->posted_on.iso()},
            {"last_day", until.last_day.iso()},
            {"next_step", until.next_step().iso()},
            {"assumed", until.assumed},
            {"limit", limit_json(call, file.terms.limit("publicity_days"))},
            {"text", file.now.notice->text},
            {"hotline", file.now.notice->hotline},
            {"taken_down_on",
             file.now.taken_down ? Json(file.now.taken_down->taken_down_on.iso()) : Json(nullptr)}};
}

Json timeline_json(const Call& call, const RiskCase& now) {
    Json out = Json::array();
    for (const auto& step : now.steps)
        out.push_back({{"sequence", step.sequence},
                       {"action", action_json(call, step.action)},
                       {"from", name_of(step.from)},
                       {"to", state_json(call, step.to, step.reason)},
                       {"on", step.on.iso()},
                       {"at", iso_instant(step.at)},
                       {"account", step.account},
                       {"name", step.name},
                       {"role", step.role.empty() ? "" : call.say("api.role." + step.role)},
                       {"form", Json::parse(to_json(step.facts, Show::masked))}});
    return out;
}

Json members_json(const CaseFile& file) {
    Json out = Json::array();
    for (const auto& one : file.around.members)
        out.push_back({{"person", std::to_string(one.person)},
                       {"name", one.name},
                       {"age", one.age},
                       {"adult", one.age >= adult_age}});
    return out;
}

Json corrections_json(const RiskCase& now) {
    Json out = Json::array();
    for (const auto& one : now.corrections)
        out.push_back({{"what", one.what}, {"note", one.note ? Json(*one.note) : Json(nullptr)}});
    return out;
}

Json consent_json(const Call& call, const RiskCase& now) {
    if (!now.consent) return nullptr;
    Json items = Json::array(), persons = Json::array();
    for (const auto& item : now.consent->items) items.push_back(coded(call, "consent_item", item));
    for (const auto& party : now.consent->parties)
        if (party.person) persons.push_back(std::to_string(*party.person));
    return {{"items", items},
            {"persons", persons},
            {"from", now.consent->from.iso()},
            {"to", now.consent->to.iso()},
            {"withdrawn", now.consent_withdrawn},
            {"holds", ConsentProof::of(now, call.today()).has_value()}};
}

Json attachments_json(const CaseFile& file) {
    Json out = Json::array();
    for (const auto& one : file.attachments)
        out.push_back({{"id", text(one.id)},
                       {"name", one.name},
                       {"type", one.type},
                       {"size", one.size},
                       {"at", iso_instant(one.at)},
                       {"account", one.account}});
    return out;
}

}  // namespace

Json state_json(const Call& call, State state, const std::string& reason) {
    Json json = coded(call, "state", name_of(state));
    json["reason"] = reason.empty() ? Json(nullptr) : coded(call, "end", reason);
    return json;
}
Json action_json(const Call& call, Action action) { return coded(call, "action", name_of(action)); }
Json category_json(const Call& call, const std::string& category) {
    return category.empty() ? Json(nullptr) : coded(call, "category", category);
}
Json clue_source_json(const Call& call, const std::string& source) { return coded(call, "source", source); }

Json risks_json(const Call& call, const std::vector<std::string>& codes) {
    Json out = Json::array();
    for (const auto& code : codes)
        out.push_back({{"code", code}, {"label", call.say("screening.risk." + code)}});
    return out;
}

Json due_json(const Call& call, const Deadline& deadline, const Terms& terms) {
    const auto clock = clock_on(call.today(), deadline, terms);
    return {{"last_day", clock.last_day.iso()},
            {"days_left", clock.days_left},
            {"urgency", name_of(clock.urgency)},
            {"assumed", clock.assumed}};
}

Json case_line(const Call& call, const CaseLine& line, const Json& household, const Terms& terms) {
    return {{"id", text(line.id)},
            {"number", line.number},
            {"version", line.version},
            {"household", household},
            {"village", area_json(call, line.village)},
            {"source", clue_source_json(call, line.source)},
            {"day_zero", line.day_zero.iso()},
            {"state", state_json(call, line.state, line.reason)},
            {"opened_on", line.opened_on.iso()},
            {"entered", line.entered.iso()},
            {"risks", risks_json(call, line.risks)},
            {"awaited", line.awaited ? action_json(call, *line.awaited) : Json(nullptr)},
            {"due", line.due ? due_json(call, *line.due, terms) : Json(nullptr)},
            {"decide_by", due_json(call, line.decide_by, terms)},
            {"paused", line.paused},
            {"green", line.green},
            {"category", category_json(call, line.category)}};
}

Json case_json(const Call& call, const CaseFile& file, const Json& household) {
    const RiskCase& now = file.now;
    const Deadline whole =
        overall_due(file.terms, now.day_zero, now.extension_days, now.paused_days(call.today()));
    return {{"id", text(now.id)},
            {"number", now.number},
            {"version", now.version},
            {"household", household},
            {"members", members_json(file)},
            {"village", area_json(call, now.village)},
            {"source", clue_source_json(call, now.source)},
            {"clue", now.clue ? Json(text(*now.clue)) : Json(nullptr)},
            {"day_zero", now.day_zero.iso()},
            {"state", state_json(call, now.state, now.reason)},
            {"opened_on", now.opened_on.iso()},
            {"entered", now.entered.iso()},
            {"risks", risks_json(call, now.risks)},
            {"decide_by", due_json(call, whole, file.terms)},
            {"decide_limit", limit_json(call, file.terms.limit("overall_limit"))},
            {"awaited", awaited_json(call, file)},
            {"possible", possible_json(call, file)},
            {"paused", now.paused()},
            {"extension_days", now.extension_days},
            {"consent", consent_json(call, now)},
            {"hits", hits_json(call, now)},
            {"measured", measured_json(call, file)},
            {"proposal", proposal_json(call, file)},
            {"notice", notice_json(call, file)},
            {"corrections", corrections_json(now)},
            {"green_since", or_null(now.green_since)},
            {"sample_due", file.around.sample_due},
            {"has_helper", file.around.has_helper},
            {"category", category_json(call, now.approval ? now.approval->category : "")},
            {"enrolled_on", now.enrolment ? Json(now.enrolment->identified_on.iso()) : Json(nullptr)},
            {"enrolled_line_fen", now.enrolment ? or_null(now.enrolment->line) : Json(nullptr)},
            {"timeline", timeline_json(call, now)},
            {"attachments", attachments_json(file)},
            {"terms_hash", file.terms.hash}};
}

Result<Rulebook> rulebook(const Call& call) { return Rulebook::load(call.packs()); }

}  // namespace ballast::api
