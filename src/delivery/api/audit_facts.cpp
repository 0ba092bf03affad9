#include "api/audit_facts.h"

#include <algorithm>
#include <array>

#include "api/programmes_json.h"
#include "base/text.h"
#include "feeds/contract.h"

namespace ballast::api {
namespace {

using Ordered = nlohmann::ordered_json;

/// Where the words of a code stand, by the name that it is recorded under. "*" is the event's module.
struct Coded {
    std::string_view name;
    std::array<std::string_view, 3> words;
};
constexpr std::array codes{
    Coded{"from", {"*.state.", "casework.state.", ""}},
    Coded{"to", {"*.state.", "casework.state.", ""}},
    Coded{"reason", {"clues.reason.", "casework.end.", ""}},
    Coded{"source", {"clues.source.", "", ""}},
    Coded{"channel", {"clues.channel.", "", ""}},
    Coded{"matched", {"clues.matched.", "", ""}},
    Coded{"field", {"registry.field.person.", "registry.field.household.", "clues.field."}},
    Coded{"fields", {"registry.field.person.", "registry.field.household.", ""}},
    Coded{"risks", {"screening.risk.", "", ""}},
    Coded{"role", {"api.role.", "", ""}},
    Coded{"cause", {"api.cause.", "", ""}},
    Coded{"kind", {"registry.code.household_kind.", "", ""}},
    Coded{"state", {"*.state.", "", ""}},
    Coded{"trade", {"employment.trade.", "", ""}},
    Coded{"item", {"insurance.evaluation_item.", "", ""}},
    Coded{"action", {"employment.startup_action.", "", ""}},
};

/// Actions that are steps of a procedure: what the object is called, and where the words of its steps stand.
struct Stepped {
    std::string_view prefix, object, steps;
};
constexpr std::array stepped{
    Stepped{"insurance.policy.", "policy", "insurance.action."},
    Stepped{"insurance.endorsement.", "endorsement", "insurance.endorsement_action."},
    Stepped{"insurance.claim.", "claim", "insurance.claim_action."},
    Stepped{"insurance.settlement.", "settlement", "insurance.settlement_action."},
    Stepped{"insurance.prevention.", "prevention", "insurance.prevention_action."},
    Stepped{"insurance.evaluation.", "evaluation", "insurance.evaluation_action."},
    Stepped{"finance.loan.", "loan", "finance.loan_action."},
    Stepped{"finance.order.", "order", "finance.order_action."},
    Stepped{"bulletin.", "bulletin", "bulletin.action."},
    Stepped{"rules.", "rules", "rules.action."},
};

std::string in_words(const Call& call, std::string_view module, std::string_view name,
                     const std::string& code) {
    for (const auto& one : codes)
        if (one.name == name)
            for (const auto prefix : one.words) {
                if (prefix.empty()) continue;
                const std::string id =
                    (prefix.front() == '*' ? std::string(module) + std::string(prefix.substr(1))
                                           : std::string(prefix)) +
                    code;
                if (words::known(id)) return call.say(id);
            }
    if (name == "feed")
        if (const auto agreed = feeds::contract(code))
            return call.language() == words::Language::en ? (*agreed)->title_en : (*agreed)->title_zh;
    if (name == "department")
        for (const auto& agreed : feeds::contracts())
            if (agreed.department == code)
                return call.language() == words::Language::en ? agreed.department_en : agreed.department_zh;
    if (name == "area")
        if (const auto area = AreaCode::parse(code))
            if (const auto found = call.division().find(*area)) return areas::everyday_name(found->name);
    // Why something was refused: the short form of the error where there is one, else its sentence.
    const auto dot = code.find('.');
    if ((name == "reason" || name == "error") && dot != std::string::npos) {
        const std::string why = "feeds.why." + code.substr(dot + 1);
        if (words::known(why)) return call.say(why);
        if (words::known(code)) return call.say(code);
    }
    return code;
}

std::string value_of(const Call& call, std::string_view module, std::string_view name, const Ordered& value) {
    if (value.is_string()) {
        const auto held = value.get<std::string>();
        if (name != "risks") return in_words(call, module, name, held);
        std::string out;
        for (const auto risk : ballast::text::split(held, ' '))
            if (!risk.empty())
                out += (out.empty() ? "" : call.say("screening.and")) +
                       in_words(call, module, name, std::string(risk));
        return out;
    }
    if (value.is_array() || value.is_object()) {
        std::string out;
        for (const auto& [key, one] : value.items()) {
            const auto said = value_of(call, module, value.is_object() ? key : name, one);
            if (said.empty()) continue;
            if (!out.empty()) out += value.is_object() ? " " : call.say("screening.and");
            out += said;
        }
        return out;
    }
    if (value.is_boolean()) return call.say(value.get<bool>() ? "api.truth.yes" : "api.truth.no");
    if (value.is_number_integer() && (name == "fen" || name == "premium" || name == "claims")) return Money::fen(value.get<std::int64_t>()).plain();
    return value.dump();
}

/// What a pack calls its programme, its registers and their steps.
void in_the_packs_words(const Call& call, const Ordered& details, Json& facts) {
    const auto held = [&](const char* name) {
        const auto found = details.find(name);
        return found != details.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto found = programmes::programme(call.context().paths.root + "/packs", held("programme"));
    if (!found) return;  // a pack that was taken away: the codes stand
    const auto& programme = **found;
    const auto* of = programme.find_register(held("register"));
    for (auto& fact : facts) {
        if (fact["name"] == "programme") fact["value"] = title_of(call, {programme.pack.title.zh, programme.pack.title.en});
        if (fact["name"] == "register" && of) fact["value"] = title_of(call, of->title);
        if (fact["name"] != "action" || !of) continue;
        const auto step = std::ranges::find(of->steps, held("action"), &programmes::Step::action);
        const auto own = "programmes.action." + held("action");
        if (step != of->steps.end()) fact["value"] = title_of(call, step->title);
        else if (words::known(own)) fact["value"] = call.say(own);
    }
}

}  // namespace

Json audit_facts(const Call& call, const audit::Event& event) {
    Json out = Json::array();
    const auto details = Ordered::parse(event.details, nullptr, /*allow_exceptions=*/false);
    if (!details.is_object()) return out;
    const auto module = event.action.substr(0, event.action.find('.'));
    for (const auto& [name, value] : details.items()) {
        // Nobody, and nothing said.
        if (value == "" || ((name == "household" || name == "clue") && value == 0)) continue;
        // "matched" is a count of rows in some events and a way of matching in others.
        const std::string label = "api.detail." + std::string(name) + (value.is_number() ? ".n" : "");
        const std::string plain = "api.detail." + std::string(name);
        out.push_back({{"name", name},
                       {"label", words::known(label)   ? call.say(label)
                                 : words::known(plain) ? call.say(plain)
                                                       : std::string(name)},
                       {"value", value_of(call, module, name, value)}});
    }
    if (details.contains("programme")) in_the_packs_words(call, details, out);
    return out;
}

std::optional<std::string> audit_label(const Call& call, std::string_view action) {
    if (const auto own = "api.action." + std::string(action); words::known(own)) return call.say(own);
    for (const auto& one : stepped) {
        if (!action.starts_with(one.prefix)) continue;
        const auto step = std::string(one.steps) + std::string(action.substr(one.prefix.size()));
        if (words::known(step))
            return call.say("api.action_of",
                            {{"object", call.say("api.object." + std::string(one.object))}, {"step", call.say(step)}});
    }
    return std::nullopt;
}

}  // namespace ballast::api
