#include "api/warnings_json.h"

#include "base/decimal.h"
#include "feeds/feeds.h"

namespace ballast::api {
namespace {

using screening::UsedFact;
using screening::UsedParameter;

bool english(const Call& call) { return call.language() == words::Language::en; }

std::string title_of(const Call& call, const std::string& zh, const std::string& en) {
    // "（元）" is said once, behind the amount.
    std::string title = english(call) ? en : zh;
    for (const std::string_view unit : {"（元）", " (yuan)"})
        if (title.ends_with(unit)) title.resize(title.size() - unit.size());
    return title;
}

std::string with_unit(const Call& call, const std::string& value, const std::string& unit) {
    if (unit == "fen")
        return call.say("screening.amount", {{"value", Money::fen(std::stoll(value)).formatted()}});
    if (unit == "ratio")  // 0.3 is 30%; a tenth of a percent is never lost
        if (const auto ratio = Decimal::parse(value)) {
            const Decimal percent = *ratio * Decimal(100);
            const Decimal whole = percent.rounded(0, Rounding::half_up);
            return (whole == percent ? whole : percent).plain() + "%";
        }
    const std::string id = "screening.unit." + unit;
    return words::known(id) ? call.say(id, {{"value", value}}) : value;
}

std::string shown(const Call& call, const UsedFact& fact) {
    if (fact.kind == "boolean") return call.say(fact.value == "true" ? "screening.yes" : "screening.no");
    const std::string id = "screening.value." + fact.value;
    return fact.kind == "text" && words::known(id) ? call.say(id) : fact.value;
}

std::string joined(const Call& call, const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : call.say("screening.and")) + part;
    return out;
}

/// A parameter of the same measure as the fact can be held against it in so many words.
bool measures(const UsedFact& fact, const UsedParameter& parameter) {
    if (fact.kind == "money") return parameter.unit == "fen";
    return fact.kind == "count" && (parameter.unit == "days" || parameter.unit == "people" ||
                                    parameter.unit == "times" || parameter.unit == "months");
}

Result<Json> rows_json(Call& call, db::Tx& tx, const screening::Warning& warning) {
    const auto own = call.actor().department();
    Json rows = Json::array();
    for (const auto& row : TRY(feeds::evidence(tx, call.vault(), call.actor().scope(Right::warnings_read),
                                               warning.evidence.rows))) {
        const auto& agreed = *TRY(feeds::contract(row.feed));
        if (!own.empty() && agreed.department != own) continue;
        Json values = Json::array();
        for (const auto& [title, value] : row.values) values.push_back({{"title", title}, {"value", value}});
        rows.push_back({{"batch", std::to_string(row.batch.number())},
                        {"row", row.row_number},
                        {"sheet", row.sheet},
                        {"department", english(call) ? agreed.department_en : agreed.department_zh},
                        {"title", english(call) ? agreed.title_en : agreed.title_zh},
                        {"file", row.file},
                        {"period", row.period},
                        {"received", iso_instant(row.received_at)},
                        {"person_name", row.name},
                        {"values", values}});
    }
    return rows;
}

/// With which reason somebody has ended it, or how the case did.
Json closed_json(const Call& call, const screening::Warning& warning) {
    if (!warning.closed_on) return nullptr;
    constexpr std::string_view by_case = "case:";
    const auto& code = warning.closed_reason;
    const std::string id =
        code.starts_with(by_case) ? "casework.state." + code.substr(by_case.size()) : "clues.reason." + code;
    return {{"on", warning.closed_on->iso()}, {"reason", {{"code", code}, {"label", call.say(id)}}}};
}

}  // namespace

Json parameter_json(const Call& call, const screening::UsedParameter& parameter) {
    return {
        {"name", parameter.name},       {"title", english(call) ? parameter.title_en : parameter.title_zh},
        {"value", parameter.value},     {"unit", parameter.unit},
        {"from", parameter.from.iso()}, {"authority", parameter.authority},
        {"assumed", parameter.assumed}};
}

std::string summary(const Call& call, const screening::Evidence& evidence) {
    std::vector<std::string> measured, said, against;
    const UsedFact* single = nullptr;
    for (const auto& fact : evidence.facts) {
        const auto title = title_of(call, fact.title_zh, fact.title_en);
        if (fact.kind == "boolean") {
            said.push_back(fact.value == "true" ? title : call.say("screening.not", {{"what", title}}));
            continue;
        }
        single = measured.empty() ? &fact : nullptr;
        measured.push_back(title + " " +
                           (fact.kind == "money" ? with_unit(call, fact.value, "fen") : shown(call, fact)));
    }
    std::string out = joined(call, measured.empty() ? said : measured);
    if (single && evidence.parameters.size() == 1 && measures(*single, evidence.parameters[0])) {
        const auto& limit = evidence.parameters[0];
        const bool reached = std::stoll(single->value) >= std::stoll(limit.value);
        return out + call.say(reached ? "screening.reaches" : "screening.below",
                              {{"limit", with_unit(call, limit.value, limit.unit)}});
    }
    for (const auto& parameter : evidence.parameters)
        against.push_back(title_of(call, parameter.title_zh, parameter.title_en) + " " +
                          with_unit(call, parameter.value, parameter.unit));
    return against.empty() ? out : out + call.say("screening.against", {{"what", joined(call, against)}});
}

Json warning_line(const Call& call, const screening::Warning& warning, const Json& household) {
    return {{"id", std::to_string(warning.id.number())},
            {"household", household},
            {"level", screening::name_of(warning.level)},
            {"risk", {{"code", warning.risk}, {"label", call.say("screening.risk." + warning.risk)}}},
            {"rule", warning.rule},
            {"title", english(call) ? warning.evidence.title_en : warning.evidence.title_zh},
            {"raised_on", warning.raised_on.iso()},
            {"visit_by", warning.visit_by.iso()},
            {"state", screening::name_of(warning.state)},
            {"lapsed_on", warning.lapsed_on ? Json(warning.lapsed_on->iso()) : Json(nullptr)},
            {"closed", closed_json(call, warning)},
            {"summary", summary(call, warning.evidence)}};
}

Result<Json> warning_json(Call& call, db::Tx& tx, const screening::Warning& warning, const Json& household) {
    const auto& evidence = warning.evidence;
    Json json = warning_line(call, warning, household), inputs = Json::array(), parameters = Json::array();
    for (const auto& fact : evidence.facts) {
        Json input{{"name", fact.name},
                   {"label", title_of(call, fact.title_zh, fact.title_en)},
                   {"value", fact.kind == "money" ? fact.value : shown(call, fact)}};
        if (fact.kind == "money") input["unit"] = "fen";
        inputs.push_back(input);
    }
    for (const auto& parameter : evidence.parameters) parameters.push_back(parameter_json(call, parameter));
    json["decision"] = evidence.table;
    json["decision_row"] = evidence.row;
    json["inputs"] = inputs;
    json["parameters"] = parameters;
    json["rows"] = TRY(rows_json(call, tx, warning));
    json["clears_when"] = english(call) ? evidence.clears_en : evidence.clears_zh;
    json["pack"] = {{"name", evidence.pack}, {"hash", evidence.pack_hash}};
    json["merged"] = warning.merged;
    return json;
}

Result<Json> warnings_of(Call& call, db::Tx& tx, registry::HouseholdId household) {
    constexpr std::int64_t most = 100;
    Json out = Json::array();
    if (!call.actor().may(Right::warnings_read)) return out;
    const Json line =
        TRY(household_lines(call, tx, std::vector{household}))[std::to_string(household.number())];
    for (const auto state : {screening::Warning::State::open, screening::Warning::State::closed,
                             screening::Warning::State::cleared}) {
        screening::Query query;
        query.household = household;
        query.state = state;
        query.limit = most;
        for (const auto& one : TRY(screening::warnings(tx, call.vault(), call.actor(), query, nullptr)))
            out.push_back(TRY(warning_json(call, tx, one, line)));
    }
    return out;
}

Result<void> mark_lines(Call& call, db::Tx& tx, Json& lines) {
    if (!call.actor().may(Right::warnings_read)) return {};
    std::vector<registry::HouseholdId> ids;
    for (const auto& line : lines)
        ids.emplace_back(Call::parsed<std::int64_t>(line.at("id").get_ref<const std::string&>()).value());
    const auto marks = TRY(screening::marks(tx, call.actor(), ids));
    for (std::size_t i = 0; i < marks.size(); ++i) {
        lines[i]["warnings"] = marks[i].open;
        if (marks[i].worst) lines[i]["worst_level"] = screening::name_of(*marks[i].worst);
    }
    return {};
}

}  // namespace ballast::api
