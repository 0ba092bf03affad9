#include "api/registry_json.h"

#include <algorithm>
#include <map>

#include "api/warnings_json.h"
#include "base/text.h"

namespace ballast::api {
namespace {

using registry::CodeList;
using registry::Household;
using H = registry::HouseholdField;
using P = registry::PersonField;

const std::vector<SectionOfHousehold> of_household{
    {"place", false, {H::group_name, H::address, H::longitude, H::latitude, H::coordinate_system}},
    {"kind",
     false,
     {H::household_kind, H::low_income, H::extreme_poverty, H::relocated, H::five_guarantee,
      H::poverty_year_in, H::poverty_year_out}},
    {"house",
     true,
     {H::house_structure, H::house_area, H::house_grade, H::house_built, H::house_certificate,
      H::relocation_site}},
    {"water",
     true,
     {H::water_source, H::water_quantity, H::water_quality, H::water_fetch_minutes, H::water_guarantee_rate}},
    {"living", true, {H::electricity, H::road, H::broadband, H::fuel, H::sanitary_toilet}},
    {"land",
     true,
     {H::land_arable, H::land_forest, H::land_returned, H::land_orchard, H::land_grass, H::land_water}},
    {"links", true, {H::cooperative, H::leading_firm, H::leader}},
    {"family",
     true,
     {H::ex_poor_kind, H::helper, H::bank_name, H::bank_holder, H::military_family, H::only_child,
      H::two_daughters}},
    {"account", false, {H::bank_account}},
};
const std::vector<SectionOfPerson> of_person{
    {"identity",
     {P::name, P::id_number, P::temp_no, P::birth, P::sex, P::ethnic, P::relation, P::politic, P::marriage,
      P::phone}},
    {"schooling", {P::education, P::student, P::school, P::dropout, P::schooling_exempt}},
    {"health", {P::health, P::disease, P::disability_certificate, P::disability_class, P::disability_grade}},
    {"work",
     {P::labour, P::work_place, P::work_months, P::employer, P::public_post, P::public_post_months,
      P::mandarin, P::certificates}},
    {"insurance",
     {P::medical, P::medical_reason, P::serious_illness_insurance, P::commercial_medical, P::pension}},
    {"aid",
     {P::low_income, P::low_income_amount, P::low_income_since, P::extreme_poverty, P::orphan,
      P::disability_subsidy, P::temporary_aid}},
    {"membership", {P::member_status, P::left_on, P::joined, P::joined_on}},
};

struct UnitOf {
    std::string_view field;
    const char* unit;
};
constexpr std::array units{UnitOf{"house_area", "m2"},
                           UnitOf{"water_quantity", "litre"},
                           UnitOf{"water_fetch_minutes", "minute"},
                           UnitOf{"water_guarantee_rate", "percent"},
                           UnitOf{"land_arable", "mu"},
                           UnitOf{"land_forest", "mu"},
                           UnitOf{"land_returned", "mu"},
                           UnitOf{"land_orchard", "mu"},
                           UnitOf{"land_grass", "mu"},
                           UnitOf{"land_water", "mu"}};

Json coded_or_null(const Call& call, const CodeList& list, const std::string& code) {
    return code.empty() ? Json(nullptr) : coded(call, list, code);
}

Json facts_json(const Call& call, const Household& home) {
    Json out = Json::array();
    for (const auto& section : household_sections()) {
        if (!section.on_page) continue;
        for (const H field : section.fields) {
            if (!home.values.has(field)) continue;
            Json json{{"section", call.say("registry.section." + std::string(section.name))},
                      {"field", registry::describe(field).name},
                      {"label", label(call, field)},
                      {"value", shown(call, registry::describe(field), home.values[field])}};
            const auto in = unit(call, registry::describe(field));
            if (!in.empty()) json["unit"] = in;
            out.push_back(std::move(json));
        }
    }
    return out;
}

template <class Field, class Values>
void add_flag(Json& flags, const Call& call, const Values& values, Field field) {
    const auto& described = registry::describe(field);
    const std::string& value = values[field];
    if (value.empty() || value == "0" || value == "00") return;
    const std::string said = described.codes ? shown(call, described, value) : label(call, field);
    flags.push_back({{"code", described.name}, {"label", said}});
}

Json origin_json(const registry::HouseholdPage& page) {
    return {{"source", page.source}, {"since", page.since.iso()}};
}

Json person_json(const Call& call, const registry::HouseholdPage& page, const registry::Member& member) {
    const auto& v = member.values;
    const auto birth = v.date(P::birth);
    Json aid = Json::array();
    for (const P one : {P::low_income, P::extreme_poverty, P::orphan, P::temporary_aid})
        add_flag(aid, call, v, one);
    const auto months = v.whole(P::work_months);
    Json notes = Json::array();
    for (const auto note : ballast::text::split(v[P::id_note], ','))
        if (!note.empty())
            notes.push_back(coded(call, registry::codes::id_note, std::string(note)).at("label"));
    return {{"id", text(member.id)},
            {"name", v[P::name]},
            {"is_head", member.head() && member.active()},
            {"relation", coded(call, registry::codes::relation, v[P::relation])},
            {"sex", coded(call, registry::codes::sex, v[P::sex])},
            {"birth", v[P::birth]},
            {"age", birth ? age_on(*birth, call.today()) : 0},
            {"id_masked", or_null(v[P::id_number])},
            {"id_notes", notes},
            {"phone_masked", or_null(v[P::phone])},
            {"ethnic", coded(call, registry::codes::ethnic, v[P::ethnic])},
            {"education", coded(call, registry::codes::education, v[P::education])},
            {"student", coded(call, registry::codes::student, v[P::student])},
            {"labour", coded(call, registry::codes::labour, v[P::labour])},
            {"health_masked", v.has(P::health)},
            {"work_place", coded_or_null(call, registry::codes::work_place, v[P::work_place])},
            {"work_months", months ? Json(static_cast<double>(*months) / 10) : Json(nullptr)},
            {"public_post", coded_or_null(call, registry::codes::public_post, v[P::public_post])},
            {"medical_insurance", coded(call, registry::codes::medical, v[P::medical])},
            {"pension", coded(call, registry::codes::pension, v[P::pension])},
            {"aid", aid},
            {"active", member.active()},
            {"ended", or_null(v.date(P::left_on))},
            {"origin", origin_json(page)}};
}

Json item_json(const Call& call, registry::IncomeItem item, const std::string& sub, Money amount) {
    using registry::IncomeItem;
    const std::string code = std::string(registry::code_of(item)) + (sub.empty() ? "" : "." + sub);
    const bool minus = item == IncomeItem::production_expense || item == IncomeItem::compliant_self_paid;
    const bool deduction = item == IncomeItem::compliant_self_paid || item == IncomeItem::insurance_claim;
    return {{"code", code},
            {"label", call.say("registry.income." + code)},
            {"amount_fen", amount.fen()},
            {"sign", minus ? -1 : 1},
            {"part_of", deduction ? "deducted" : "net"}};
}

std::vector<Period> windows_of(const registry::HouseholdPage& page) {
    std::vector<Period> out;
    for (const auto& line : page.household.income)
        if (std::find(out.begin(), out.end(), line.window) == out.end() && line.window != page.income_window)
            out.push_back(line.window);
    std::sort(out.begin(), out.end(), [](const Period& a, const Period& b) {
        return a.last != b.last ? a.last > b.last : a.first < b.first;
    });
    if (page.income_window) out.insert(out.begin(), *page.income_window);
    return out;
}

/// The income that is held against the line first, then one entry for every other window on file, the newest
/// first. The line is for a year: shorter windows are not compared.
Result<Json> incomes_json(const Call& call, const registry::HouseholdPage& page) {
    const Household& home = page.household;
    const auto county = home.village.at(AreaLevel::county);
    const auto members = home.active_members();
    Json out = Json::array();
    if (members == 0) return out;
    for (const Period window : windows_of(page)) {
        const auto income = registry::income_in(home.income, window, members);
        INVARIANT(income.has_value());
        Json items = Json::array();
        std::map<std::pair<registry::IncomeItem, std::string>, Money> sums;
        for (const auto* line : registry::lines_in(home.income, window))
            sums[{line->item, line->sub}] += line->amount;
        for (const auto& [what, amount] : sums)
            items.push_back(item_json(call, what.first, what.second, amount));
        out.push_back({{"year", window.last.year()},
                       {"window", {{"first", window.first.iso()}, {"last", window.last.iso()}}},
                       {"items", items},
                       {"members", members},
                       {"net_fen", income->net.fen()},
                       {"deducted_fen", income->deducted.fen()},
                       {"pc_net_fen", income->net_per_head.fen()},
                       {"pc_deducted_fen", income->deducted_per_head.fen()},
                       {"below_line", nullptr},
                       {"origin", origin_json(page)}});
        out.back()["compared"] = page.income_window && window == *page.income_window;
        if (window.first.plus_months(12).plus_days(-1) != window.last) continue;
        const auto line = TRY(screening::parameter_on("monitoring_line", county, window.last,
                                                      call.packs()));
        if (!line) continue;
        const Money amount = Money::fen(std::stoll(line->value));
        out.back()["line"] = parameter_json(call, *line);
        out.back()["below_line"] =
            registry::in_scope(income->deducted_per_head, amount, registry::Bound::strict);
    }
    return out;
}

Json guarantees_json(const Call& call, const Household& home) {
    Json out = Json::array();
    for (const auto& item : registry::codes::guarantee_item.codes) {
        const auto held = std::find_if(home.guarantees.begin(), home.guarantees.end(),
                                       [&](const auto& one) { return one.item == item.code; });
        Json json{{"item", coded(call, registry::codes::guarantee_item, std::string(item.code))}};
        if (held == home.guarantees.end()) {
            json["status"] = "unknown";
        } else {
            json["status"] = held->status;
            json["assessed_on"] = or_null(held->assessed_on);
            json["assessed_by"] = or_null(held->assessed_by);
            json["expires_on"] = or_null(held->expires_on);
            json["expired"] = held->expires_on && *held->expires_on < call.today();
            json["evidence"] = or_null(held->evidence);
        }
        out.push_back(std::move(json));
    }
    return out;
}

}  // namespace

std::span<const SectionOfHousehold> household_sections() { return of_household; }
std::span<const SectionOfPerson> person_sections() { return of_person; }

std::string unit(const Call& call, const registry::Field& field) {
    for (const auto& one : units)
        if (one.field == field.name) return call.say("registry.unit." + std::string(one.unit));
    return {};
}

Json coded(const Call& call, const CodeList& list, const std::string& code) {
    if (code.empty()) return {{"code", ""}, {"label", ""}};
    return {{"code", code}, {"label", call.say("registry.code." + std::string(list.name) + "." + code)}};
}
std::string label(const Call& call, H field) {
    return call.say("registry.field.household." + std::string(registry::describe(field).name));
}
std::string label(const Call& call, P field) {
    return call.say("registry.field.person." + std::string(registry::describe(field).name));
}

std::string kind_name(const std::string& code) {
    for (const auto& [ours, theirs] : kinds)
        if (code == ours) return theirs;
    return "ordinary";
}
Result<std::string> kind_code(const std::string& name) {
    for (const auto& [ours, theirs] : kinds)
        if (name == theirs) return std::string(ours);
    return invalid("http.bad_parameter").with("name", "kind");
}

/// How a canonical value reads in the caller's language.
std::string shown(const Call& call, const registry::Field& field, const std::string& value) {
    if (value.empty() || value == "***") return value;
    if (field.kind == registry::Kind::code || field.kind == registry::Kind::codes) {
        std::string out;
        for (std::size_t at = 0; at <= value.size();) {
            const auto end = std::min(value.find(',', at), value.size());
            const auto one = coded(call, *field.codes, value.substr(at, end - at));
            out += (out.empty() ? "" : ", ") + one["label"].get<std::string>();
            at = end + 1;
        }
        return out;
    }
    return registry::written_value(field, value);
}

Told told(const Call& call, bool of_person, const std::string& field, const std::string& before,
          const std::string& after) {
    if (field.starts_with("guarantee.")) {
        const auto status = [&](const std::string& summary) {
            // "secured 2025-03-02 2026-03-02 李玉兰 入户查看": until when follows from since when.
            const auto parts = text::split(summary, ' ');
            std::string out;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (parts[i].empty() || parts[i] == "-" || i == 2) continue;
                out += out.empty() ? call.say("registry.code.guarantee_status." + std::string(parts[i]))
                                   : " " + std::string(parts[i]);
            }
            return out;
        };
        // A slip may be about the evidence alone.
        const std::string item = field.substr(10, field.find('.', 10) - 10);
        return {call.say("registry.code.guarantee_item." + item), status(before), status(after)};
    }
    if (field.starts_with("income.")) {
        // income.I4.pension.2024-01-01.2024-12-31
        const std::string window = field.substr(field.size() - 21);
        const std::string code = field.substr(7, field.size() - 7 - 22);
        const auto yuan = [](const std::string& fen) {
            return fen.empty() ? fen : Money::fen(std::stoll(fen)).formatted();
        };
        return {call.say("registry.income." + code) + " " + window.substr(0, 10) + " – " + window.substr(11),
                yuan(before), yuan(after)};
    }
    if (field == "village_code") {
        const auto name = [&](const std::string& code) {
            const auto area = AreaCode::parse(code);
            return area ? call.division().full_name(*area) : code;
        };
        return {call.say("registry.village_code"), name(before), name(after)};
    }
    if (of_person)
        if (const auto known = registry::person_field(field)) {
            const auto& described = registry::describe(*known);
            return {label(call, *known), shown(call, described, before), shown(call, described, after)};
        }
    if (const auto known = registry::household_field(field)) {
        const auto& described = registry::describe(*known);
        return {label(call, *known), shown(call, described, before), shown(call, described, after)};
    }
    return {field, before, after};
}

Json finding_json(const Call& call, const registry::Finding& finding) {
    return {{"id", finding.id},
            {"severity", finding.severity == registry::Severity::error ? "error" : "warning"},
            {"message", call.say(finding.id, finding.args)},
            {"field", finding.field}};
}

Result<Json> household_json(const Call& call, const registry::HouseholdPage& page) {
    const Household& home = page.household;
    const auto& v = home.values;
    const registry::Member* head = home.head();
    Json flags = Json::array(), members = Json::array(), findings = Json::array(), may = Json::array();
    for (const H flag : {H::low_income, H::extreme_poverty, H::relocated, H::five_guarantee})
        add_flag(flags, call, v, flag);
    for (const auto& member : home.members) members.push_back(person_json(call, page, member));
    for (const auto& finding : page.findings) {
        findings.push_back(finding_json(call, finding));
        if (finding.member) findings.back()["person"] = text(home.members[*finding.member].id);
    }
    const std::array allowed{std::pair{Right::registry_write, "edit"},
                             std::pair{Right::registry_unmask, "unmask"},
                             std::pair{Right::registry_export, "export"}};
    for (const auto& [right, name] : allowed)
        if (call.actor().scope(right).contains(home.village)) may.push_back(name);
    const Json village = area_json(call, home.village);
    const auto year = [&](H field) {
        const auto n = v.whole(field);
        return n ? Json(*n) : Json(nullptr);
    };
    return Json{
        {"id", text(home.id)},
        {"household_no", home.household_no},
        {"version", home.version},
        {"village", village},
        {"path", call.division().full_name(home.village.parent()) + village["name"].get<std::string>()},
        {"group_name", or_null(v[H::group_name])},
        {"address", or_null(v[H::address])},
        {"kind", kind_name(v[H::household_kind])},
        {"kind_label", coded(call, registry::codes::household_kind, v[H::household_kind])["label"]},
        {"flags", flags},
        {"head_name", head ? head->values[P::name] : ""},
        {"phone_masked", head ? or_null(head->values[P::phone]) : Json(nullptr)},
        {"bank_masked", or_null(v[H::bank_account])},
        {"poverty_year_in", year(H::poverty_year_in)},
        {"poverty_year_out", year(H::poverty_year_out)},
        {"facts", facts_json(call, home)},
        {"members", members},
        {"incomes", TRY(incomes_json(call, page))},
        {"guarantees", guarantees_json(call, home)},
        {"warnings", Json::array()},
        {"findings", findings},
        {"origin", origin_json(page)},
        {"may", may}};
}

Result<Reply> reply_household(Call& call, db::Tx& tx, registry::HouseholdId id) {
    Json json = TRY(household_json(
        call, TRY(registry::household(tx, call.vault(), call.actor().scope(Right::registry_read), id,
                                      call.today()))));
    json["warnings"] = TRY(warnings_of(call, tx, id));
    return ok(json);
}

}  // namespace ballast::api
