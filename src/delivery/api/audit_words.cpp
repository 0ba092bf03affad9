#include "api/audit_words.h"

#include <algorithm>
#include <array>

#include "api/programmes_json.h"
#include "base/text.h"
#include "feeds/contract.h"

namespace ballast::api {
namespace {

/// What the actions of a prefix are about, and where the words of their steps, states and kinds stand. The first that fits.
struct Vocabulary {
    std::string_view prefix, object, steps, states, kinds;
};
constexpr std::array vocabularies{
    Vocabulary{"insurance.policy.", "policy", "insurance.action.", "insurance.state.", ""},
    Vocabulary{"insurance.endorsement.", "endorsement", "insurance.endorsement_action.", "insurance.endorsement_state.", ""},
    Vocabulary{"insurance.claim.", "claim", "insurance.claim_action.", "insurance.claim_state.", ""},
    Vocabulary{"insurance.settlement.", "settlement", "insurance.settlement_action.", "insurance.settlement_state.", ""},
    Vocabulary{"insurance.prevention.", "prevention", "insurance.prevention_action.", "insurance.prevention_state.", ""},
    Vocabulary{"insurance.evaluation.", "evaluation", "insurance.evaluation_action.", "insurance.evaluation_state.", ""},
    Vocabulary{"finance.loan.", "loan", "finance.loan_action.", "finance.loan_state.", ""},
    Vocabulary{"finance.order.", "order", "finance.order_action.", "finance.order_state.", ""},
    Vocabulary{"finance.", "", "", "", "finance.kind."},
    Vocabulary{"bulletin.", "bulletin", "bulletin.action.", "bulletin.state.", ""},
    Vocabulary{"rules.", "rules", "rules.action.", "rules.stage.", ""},
    Vocabulary{"employment.startup", "", "employment.startup_action.", "employment.startup_state.", ""},
    Vocabulary{"employment.decide", "", "", "employment.proposal.", ""},
    Vocabulary{"employment.", "", "", "", "employment.kind."},
    Vocabulary{"casework.", "", "", "casework.state.", ""},
    Vocabulary{"clues.", "", "", "clues.state.", ""},
    Vocabulary{"feeds.", "", "", "feeds.state.", ""},
    Vocabulary{"registry.", "", "", "registry.state.", ""},
    Vocabulary{"surveillance.", "", "", "surveillance.state.", ""},
    Vocabulary{"tasks.", "", "", "tasks.state.", ""},
    Vocabulary{"programmes.", "", "", "", "api.kind."},
    Vocabulary{"campaigns.", "", "", "", "registry.code.household_kind."},
};

const Vocabulary* vocabulary_of(std::string_view action) {
    const auto found =
        std::ranges::find_if(vocabularies, [&](const Vocabulary& one) { return action.starts_with(one.prefix); });
    return found == vocabularies.end() ? nullptr : &*found;
}

/// Where the words of a code stand, by the name that it is recorded under.
struct Coded {
    std::string_view name;
    std::array<std::string_view, 3> words;
};
constexpr std::array codes{
    Coded{"reason", {"clues.reason.", "casework.end.", "employment.refusal."}},
    Coded{"source", {"clues.source.", "", ""}},
    Coded{"channel", {"clues.channel.", "", ""}},
    Coded{"matched", {"clues.matched.", "", ""}},
    Coded{"field", {"registry.field.person.", "registry.field.household.", "clues.field."}},
    Coded{"fields", {"registry.field.person.", "registry.field.household.", ""}},
    Coded{"risks", {"screening.risk.", "", ""}},
    Coded{"role", {"api.role.", "", ""}},
    Coded{"cause", {"api.cause.", "", ""}},
    Coded{"trade", {"employment.trade.", "", ""}},
    Coded{"item", {"insurance.evaluation_item.", "", ""}},
    Coded{"period", {"programmes.fee_period.", "", ""}},
};

bool is_state(std::string_view name) { return name == "from" || name == "to" || name == "state"; }

std::optional<std::string> known(const Call& call, std::string_view prefix, const std::string& code) {
    if (prefix.empty()) return std::nullopt;
    const auto id = std::string(prefix) + code;
    if (!words::known(id)) return std::nullopt;
    return call.say(id);
}

}  // namespace

std::optional<std::string> AuditWords::action(std::string_view action) const {
    if (auto own = known(call_, "api.action.", std::string(action))) return own;
    const auto* of = vocabulary_of(action);
    if (!of || of->object.empty()) return std::nullopt;
    const auto step = known(call_, of->steps, std::string(action.substr(of->prefix.size())));
    if (!step) return std::nullopt;
    return call_.say("api.action_of", {{"object", call_.say("api.object." + std::string(of->object))}, {"step", *step}});
}

std::string AuditWords::roles(std::string_view roles) const {
    std::string out;
    for (const auto role : ballast::text::split(roles, ',')) {
        const auto name = std::string(role);
        out += (out.empty() ? "" : call_.say("api.role.between")) + known(call_, "api.role.", name).value_or(name);
    }
    return out;
}

Json AuditWords::facts(const audit::Event& event) {
    Json out = Json::array();
    const auto details = Json::parse(event.details, nullptr, /*allow_exceptions=*/false);
    if (!details.is_object()) return out;
    for (const auto& [name, held] : details.items()) {
        // Nobody, and nothing said.
        if (held.is_null() || held == "" || ((name == "household" || name == "clue") && held == 0)) continue;
        // "matched" is a count of rows in some events and a way of matching in others; "from" a state or a day.
        std::string kind;
        if (held.is_number()) kind = ".n";
        if (held.is_string() && Date::parse(held.get<std::string>())) kind = ".day";
        auto label = known(call_, "api.detail.", name + kind);
        if (!label) label = known(call_, "api.detail.", name);
        auto said = held.is_string() ? of_programme(details, name, held.get<std::string>()) : std::nullopt;
        if (!said) said = value(event, name, held);
        out.push_back({{"name", name}, {"label", label.value_or(name)}, {"value", *said}});
    }
    return out;
}

std::string AuditWords::value(const audit::Event& event, std::string_view name, const Json& held) {
    if (held.is_string()) {
        const auto text = held.get<std::string>();
        if (name != "risks") return code(event, name, text);
        std::string out;
        for (const auto risk : ballast::text::split(text, ' '))
            if (!risk.empty())
                out += (out.empty() ? "" : call_.say("screening.and")) + code(event, name, std::string(risk));
        return out;
    }
    if (held.is_array() || held.is_object()) {
        std::string out;
        for (const auto& [key, one] : held.items()) {
            const auto said = value(event, held.is_object() ? std::string_view(key) : name, one);
            if (said.empty()) continue;
            if (!out.empty()) out += held.is_object() ? " " : call_.say("screening.and");
            out += said;
        }
        return out;
    }
    if (held.is_boolean()) return call_.say(held.get<bool>() ? "api.truth.yes" : "api.truth.no");
    if (held.is_number_integer() && (name == "fen" || name == "premium" || name == "claims"))
        return Money::fen(held.get<std::int64_t>()).plain();
    return held.dump();
}

std::string AuditWords::code(const audit::Event& event, std::string_view name, const std::string& code) {
    if (const auto* of = vocabulary_of(event.action)) {
        if (is_state(name)) {
            if (auto said = known(call_, of->states, code)) return *said;
            // A clue may end in a case.
            if (of->prefix == "clues.")
                if (auto said = known(call_, "casework.state.", code)) return *said;
        }
        if (name == "kind")
            if (auto said = known(call_, of->kinds, code)) return *said;
        if (name == "action")
            if (auto said = known(call_, of->steps, code)) return *said;
    }
    for (const auto& one : codes)
        if (one.name == name)
            for (const auto prefix : one.words)
                if (auto said = known(call_, prefix, code)) return *said;
    if (name == "scheme") return scheme(code);
    if (name == "product") return product(code);
    if (name == "feed")
        if (const auto agreed = feeds::contract(code))
            return call_.language() == words::Language::en ? (*agreed)->title_en : (*agreed)->title_zh;
    if (name == "department")
        for (const auto& agreed : feeds::contracts())
            if (agreed.department == code)
                return call_.language() == words::Language::en ? agreed.department_en : agreed.department_zh;
    if (name == "area")
        if (const auto area = AreaCode::parse(code))
            if (const auto found = call_.division().find(*area)) return areas::everyday_name(found->name);
    // Why something was refused: the short form of the error where there is one, else its sentence.
    const auto dot = code.find('.');
    if ((name == "reason" || name == "error") && dot != std::string::npos) {
        if (auto said = known(call_, "feeds.why.", code.substr(dot + 1))) return *said;
        if (words::known(code)) return call_.say(code);
    }
    return code;
}

std::optional<std::string> AuditWords::of_programme(const Json& details, std::string_view name, const std::string& code) {
    const auto held = [&](const char* key) {
        const auto found = details.find(key);
        return found != details.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto pack = held("programme");
    if (pack.empty()) return std::nullopt;
    if (!programmes_.contains(pack)) {
        auto found = programmes::programme(call_.context().paths.root + "/packs", pack);
        programmes_[pack] = found ? *found : nullptr;
    }
    const auto& programme = programmes_[pack];
    if (!programme) return std::nullopt;  // a pack that was taken away: the codes stand
    const auto said = [&](const auto* one) { return one ? std::optional(title_of(call_, one->title)) : std::nullopt; };
    if (name == "programme") return title_of(call_, {programme->pack.title.zh, programme->pack.title.en});
    const auto* of = programme->find_register(held("register"));
    if (name == "register") return said(of);
    if (name == "action" && of) {
        const auto step = std::ranges::find(of->steps, code, &programmes::Step::action);
        return step != of->steps.end() ? said(&*step) : known(call_, "programmes.action.", code);
    }
    if (name == "field" && of) return said(of->field(code));
    if (name != "kind") return std::nullopt;
    if (auto kind = said(programme->contract(code))) return kind;
    if (auto kind = said(programme->activity(code))) return kind;
    return said(programme->project(code));
}

std::string AuditWords::scheme(const std::string& name) {
    if (!loans_) loans_.emplace(loan_book_of(call_));
    return *loans_ ? title_of(call_, **loans_, name) : name;
}

std::string AuditWords::product(const std::string& name) {
    if (!products_) products_.emplace(book_of(call_));
    if (!*products_) return name;
    const auto found = (*products_)->product(name);
    if (!found) return name;
    return call_.language() == words::Language::zh ? (*found)->title.zh : (*found)->title.en;
}

}  // namespace ballast::api
