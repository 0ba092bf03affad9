#include <algorithm>
#include <filesystem>

#include "api/json.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "jobs/jobs.h"
#include "registry/export.h"
#include "registry/fields.h"
#include "registry/household_file.h"
#include "registry/import.h"

namespace ballast::api {
namespace {

using registry::CodeList;
using registry::Household;
using registry::HouseholdId;
using registry::ImportId;
using registry::PersonId;
using H = registry::HouseholdField;
using P = registry::PersonField;

constexpr const char* workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

template <class Tag>
std::string text(Id<Tag> id) {
    return std::to_string(id.number());
}
Json or_null(const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); }
Json or_null(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }

// -- codes -----------------------------------------------------------------------------------------------

Json coded(const Call& call, const CodeList& list, const std::string& code) {
    if (code.empty()) return {{"code", ""}, {"label", ""}};
    return {{"code", code}, {"label", call.say("registry.code." + std::string(list.name) + "." + code)}};
}
Json coded_or_null(const Call& call, const CodeList& list, const std::string& code) {
    return code.empty() ? Json(nullptr) : coded(call, list, code);
}
template <class Field>
std::string label(const Call& call, Field field) {
    const std::string of = std::is_same_v<Field, H> ? "household." : "person.";
    return call.say("registry.field." + of + std::string(registry::describe(field).name));
}

constexpr std::array kinds{std::pair{"01", "ordinary"}, std::pair{"02", "ex_poor"},
                           std::pair{"03", "monitored"}};
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

// -- lists -----------------------------------------------------------------------------------------------

Json line_json(const Call& call, const registry::Hit& hit) {
    Json json{{"id", text(hit.household)},
              {"household_no", hit.household_no},
              {"head_name", hit.head_name},
              {"village", area_json(call, hit.village)},
              {"kind", kind_name(hit.household_kind)},
              {"members", hit.members},
              {"worst_level", nullptr},
              {"warnings", 0}};
    if (hit.person && hit.person_name != hit.head_name)
        json["found"] = {{"person", text(*hit.person)},
                         {"name", hit.person_name},
                         {"relation", coded(call, registry::codes::relation, hit.person_relation)["label"]}};
    return json;
}

/// Opens its own transaction, for reading: a search must not wait for whoever writes.
Result<Reply> search(Call& call) {
    const Json asked = TRY(body(call));
    const auto what = TRY(field<std::string>(asked, "q"));
    const auto page = std::max<std::int64_t>(1, TRY(optional_field<std::int64_t>(asked, "page")).value_or(1));
    const auto size =
        std::clamp<std::int64_t>(TRY(optional_field<std::int64_t>(asked, "size")).value_or(20), 1, 200);
    constexpr int most = 500;  // whoever has more hits types another character
    const auto hits = TRY(call.database().read([&](db::Tx& tx) {
        return registry::search(tx, call.vault(), call.actor().scope(Right::registry_read), what,
                                call.today(), most);
    }));
    Json items = Json::array();
    const auto total = static_cast<std::int64_t>(hits.size());
    for (std::int64_t i = (page - 1) * size; i < std::min(total, page * size); ++i)
        items.push_back(line_json(call, hits[static_cast<std::size_t>(i)]));
    TRY(call.database().read([&](db::Tx& tx) { return mark_lines(call, tx, items); }));
    return ok({{"total", total}, {"items", items}});
}

AreaCode area_or_own(const Call& call, const std::optional<AreaCode>& asked) {
    return asked.value_or(call.context().settings.area);
}

Result<Reply> summary(Call& call, db::Tx& tx) {
    const AreaCode area = area_or_own(call, TRY(call.query<AreaCode>("area")));
    const auto tallies = TRY(registry::summary(tx, call.actor().scope(Right::registry_read), area));
    std::int64_t households = 0, people = 0;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> by_kind;
    std::map<AreaCode, std::pair<std::int64_t, std::int64_t>> by_child;
    for (const auto& one : tallies) {
        households += one.households;
        people += one.people;
        for (auto* sum : {&by_kind[kind_name(one.kind)], &by_child[one.area]}) {
            sum->first += one.households;
            sum->second += one.people;
        }
    }
    Json kinds_json = Json::array(), children = Json::array();
    for (const auto& [code, name] : kinds)
        kinds_json.push_back(
            {{"kind", name}, {"households", by_kind[name].first}, {"persons", by_kind[name].second}});
    for (const auto& [child, sum] : by_child)
        children.push_back(
            {{"area", area_json(call, child)}, {"households", sum.first}, {"persons", sum.second}});
    return ok({{"area", area_json(call, area)},
               {"households", households},
               {"persons", people},
               {"by_kind", kinds_json},
               {"by_child", children}});
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    registry::Listing listing;
    listing.area = area_or_own(call, TRY(call.query<AreaCode>("area")));
    if (const auto kind = TRY(call.query<std::string>("kind"))) listing.kind = TRY(kind_code(*kind));
    if (const auto ids = TRY(call.query<std::string>("ids"))) {
        for (std::size_t at = 0; at <= ids->size() && listing.ids.size() < 200;) {
            const auto end = std::min(ids->find(',', at), ids->size());
            const auto id = Call::parsed<HouseholdId>(std::string_view(*ids).substr(at, end - at));
            if (!id) return invalid("http.bad_parameter").with("name", "ids");
            listing.ids.push_back(*id);
            at = end + 1;
        }
    }
    listing.offset = page.offset();
    listing.limit = page.size;
    const auto hits = TRY(registry::list_households(tx, call.actor().scope(Right::registry_read), listing));
    Json items = Json::array();
    for (const auto& hit : hits.items) items.push_back(line_json(call, hit));
    TRY(mark_lines(call, tx, items));
    return ok({{"total", hits.total}, {"items", items}});
}

// -- one household ---------------------------------------------------------------------------------------

struct Fact {
    const char* section;
    H field;
    const char* unit;
};
constexpr std::array facts{
    Fact{"house", H::house_structure, ""},
    Fact{"house", H::house_area, "m2"},
    Fact{"house", H::house_grade, ""},
    Fact{"house", H::house_built, ""},
    Fact{"house", H::house_certificate, ""},
    Fact{"house", H::relocation_site, ""},
    Fact{"water", H::water_source, ""},
    Fact{"water", H::water_quantity, "litre"},
    Fact{"water", H::water_quality, ""},
    Fact{"water", H::water_fetch_minutes, "minute"},
    Fact{"water", H::water_guarantee_rate, "percent"},
    Fact{"living", H::electricity, ""},
    Fact{"living", H::road, ""},
    Fact{"living", H::broadband, ""},
    Fact{"living", H::fuel, ""},
    Fact{"living", H::sanitary_toilet, ""},
    Fact{"land", H::land_arable, "mu"},
    Fact{"land", H::land_forest, "mu"},
    Fact{"land", H::land_returned, "mu"},
    Fact{"land", H::land_orchard, "mu"},
    Fact{"land", H::land_grass, "mu"},
    Fact{"land", H::land_water, "mu"},
    Fact{"links", H::cooperative, ""},
    Fact{"links", H::leading_firm, ""},
    Fact{"links", H::leader, ""},
    Fact{"family", H::ex_poor_kind, ""},
    Fact{"family", H::helper, ""},
    Fact{"family", H::bank_name, ""},
    Fact{"family", H::bank_holder, ""},
    Fact{"family", H::military_family, ""},
    Fact{"family", H::only_child, ""},
    Fact{"family", H::two_daughters, ""},
};

Json facts_json(const Call& call, const Household& home) {
    Json out = Json::array();
    for (const auto& fact : facts) {
        if (!home.values.has(fact.field)) continue;
        Json json{{"section", call.say("registry.section." + std::string(fact.section))},
                  {"field", registry::describe(fact.field).name},
                  {"label", label(call, fact.field)},
                  {"value", shown(call, registry::describe(fact.field), home.values[fact.field])}};
        if (*fact.unit) json["unit"] = call.say("registry.unit." + std::string(fact.unit));
        out.push_back(std::move(json));
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
    return {{"id", text(member.id)},
            {"name", v[P::name]},
            {"is_head", member.head() && member.active()},
            {"relation", coded(call, registry::codes::relation, v[P::relation])},
            {"sex", coded(call, registry::codes::sex, v[P::sex])},
            {"birth", v[P::birth]},
            {"age", birth ? age_on(*birth, call.today()) : 0},
            {"id_masked", or_null(v[P::id_number])},
            {"id_notes", Json::array()},
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

/// One entry for every window on file, the newest first, each against the line in force at its end.
Result<Json> incomes_json(const Call& call, const registry::HouseholdPage& page) {
    const Household& home = page.household;
    const auto county = home.village.at(AreaLevel::county);
    const auto members = home.active_members();
    std::map<std::pair<Date, Date>, std::map<std::pair<registry::IncomeItem, std::string>, Money>> windows;
    for (const auto& line : home.income)
        windows[{line.window.last, line.window.first}][{line.item, line.sub}] += line.amount;
    Json out = Json::array();
    if (members == 0) return out;
    for (auto it = windows.rbegin(); it != windows.rend(); ++it) {
        const Period window{it->first.second, it->first.first};
        const auto income = registry::income_in(home.income, window, members);
        INVARIANT(income.has_value());
        Json items = Json::array();
        for (const auto& [what, amount] : it->second)
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
        const auto line = TRY(screening::parameter_on("monitoring_line", county, window.last,
                                                      call.context().paths.root + "/packs"));
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

Result<Reply> reply_household(Call& call, db::Tx& tx, HouseholdId id) {
    Json json = TRY(household_json(
        call, TRY(registry::household(tx, call.vault(), call.actor().scope(Right::registry_read), id,
                                      call.today()))));
    json["warnings"] = TRY(warnings_of(call, tx, id));
    return ok(json);
}

Result<Reply> one(Call& call, db::Tx& tx) {
    return reply_household(call, tx, TRY(call.path<HouseholdId>("id")));
}

// -- history ---------------------------------------------------------------------------------------------

struct Told {
    std::string label, before, after;
};

Told told(const Call& call, bool of_person, const std::string& field, const std::string& before,
          const std::string& after) {
    if (field.starts_with("guarantee.")) {
        const auto status = [&](const std::string& summary) {
            const std::string code = summary.substr(0, summary.find(' '));
            return code.empty() ? code : call.say("registry.code.guarantee_status." + code);
        };
        return {call.say("registry.code.guarantee_item." + field.substr(10)), status(before), status(after)};
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

Result<Reply> history(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<HouseholdId>("id"));
    const auto page = TRY(call.page());
    const auto entries =
        TRY(registry::timeline(tx, call.vault(), call.actor().scope(Right::registry_read), id));
    Json items = Json::array();
    const auto total = static_cast<std::int64_t>(entries.size());
    for (auto i = page.offset(); i < std::min(total, page.offset() + page.size); ++i) {
        const auto& entry = entries[static_cast<std::size_t>(i)];
        const Told words = entry.what == "first"
                               ? Told{call.say("registry.first." + entry.field), "", ""}
                               : told(call, entry.person.has_value(), entry.field, entry.before, entry.after);
        items.push_back({{"id", entry.key},
                         {"at", iso_instant(entry.recorded_at)},
                         {"person", entry.person ? Json(text(*entry.person)) : Json(nullptr)},
                         {"person_name", or_null(entry.person_name)},
                         {"field", entry.field},
                         {"label", words.label},
                         {"old", or_null(words.before)},
                         {"new", or_null(words.after)},
                         {"since", entry.since.iso()},
                         {"source", entry.source},
                         {"by", or_null(entry.account)}});
    }
    return ok({{"total", total}, {"items", items}});
}

// -- change and reveal -----------------------------------------------------------------------------------

Result<Reply> change(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<HouseholdId>("id"));
    const Json asked = TRY(body(call));
    const auto since = TRY(Date::parse(TRY(field<std::string>(asked, "since"))));
    const auto reason = TRY(optional_field<std::string>(asked, "reason")).value_or("");
    std::vector<registry::Edit> edits;
    for (const auto& one : TRY(field<Json>(asked, "changes"))) {
        registry::Edit edit;
        edit.field = TRY(field<std::string>(one, "field"));
        edit.value = TRY(optional_field<std::string>(one, "value")).value_or("");
        if (const auto person = TRY(optional_field<std::string>(one, "person"))) {
            edit.person = Call::parsed<PersonId>(*person);
            if (!edit.person) return not_found("registry.no_person");
        }
        edits.push_back(std::move(edit));
    }
    TRY(registry::change(tx, call.vault(), call.actor(), id, TRY(field<std::int64_t>(asked, "version")),
                         edits, reason.empty() ? call.say("registry.by_hand") : reason, since, call.today(),
                         call.now()));
    return reply_household(call, tx, id);
}

Result<Reply> reveal_one(Call& call, db::Tx& tx, HouseholdId id, std::optional<PersonId> person) {
    const Json asked = TRY(body(call));
    const auto value = TRY(registry::reveal(tx, call.vault(), call.actor(), id, person,
                                            TRY(field<std::string>(asked, "field")),
                                            TRY(field<std::string>(asked, "purpose")), call.now()));
    return ok({{"value", value}});
}

Result<Reply> reveal_person(Call& call, db::Tx& tx) {
    const auto person = TRY(call.path<PersonId>("id"));
    const auto id = TRY(registry::household_of(tx, call.actor().scope(Right::registry_unmask), person));
    return reveal_one(call, tx, id, person);
}

Result<Reply> reveal_household(Call& call, db::Tx& tx) {
    return reveal_one(call, tx, TRY(call.path<HouseholdId>("id")), std::nullopt);
}

// -- imports ---------------------------------------------------------------------------------------------

std::string state_name(const std::string& state) {
    if (state == "receiving") return "reading";
    if (state == "staged") return "ready";
    if (state == "applied") return "applied";
    return "refused";
}

Json import_json(const registry::Import& import) {
    const auto& c = import.counts;
    return {{"id", text(import.id)},
            {"name", import.name},
            {"state", state_name(import.state)},
            {"received", iso_instant(import.received_at)},
            {"by", import.account},
            {"counts",
             {{"households",
               c.households_new + c.households_changed + c.households_unchanged + c.households_rejected},
              {"persons", c.people},
              {"new", c.rows_new},
              {"changed", c.rows_changed},
              {"unchanged", c.rows_unchanged},
              {"rejected", c.rows_rejected}}},
            {"job", nullptr}};
}

Result<Reply> imports(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    constexpr int most = 1'000;
    const auto all = TRY(registry::list_imports(tx, call.vault(), call.actor(), most));
    Json items = Json::array();
    const auto total = static_cast<std::int64_t>(all.size());
    for (auto i = page.offset(); i < std::min(total, page.offset() + page.size); ++i)
        items.push_back(import_json(all[static_cast<std::size_t>(i)]));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> import_one(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ImportId>("id"));
    return ok(import_json(TRY(registry::find_import(tx, call.vault(), call.actor(), id))));
}

Result<Reply> import_rows(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ImportId>("id"));
    const auto page = TRY(call.page());
    registry::PreviewFilter filter;
    filter.offset = page.offset();
    filter.limit = page.size;
    if (const auto wanted = TRY(call.query<std::string>("verdict"))) {
        using registry::Verdict;
        for (const auto verdict : {Verdict::added, Verdict::changed, Verdict::unchanged, Verdict::rejected})
            if (registry::name_of(verdict) == *wanted) filter.verdict = verdict;
        if (!filter.verdict) return invalid("http.bad_parameter").with("name", "verdict");
    }
    const auto preview = TRY(registry::preview(tx, call.vault(), call.actor(), id, filter));
    Json items = Json::array();
    for (const auto& row : preview.rows) {
        Json changes = Json::array(), findings = Json::array();
        for (const auto& one : row.changes) {
            const Told words =
                told(call, row.kind == registry::Sheet::person, one.field, one.before, one.after);
            changes.push_back({{"field", one.field},
                               {"label", words.label},
                               {"old", or_null(words.before)},
                               {"new", or_null(words.after)}});
        }
        for (const auto& one : row.findings) {
            findings.push_back(finding_json(call, one));
            findings.back()["sheet"] = row.sheet;
            findings.back()["row"] = row.row;
        }
        items.push_back({{"sheet", row.sheet},
                         {"row", row.row},
                         {"verdict", registry::name_of(row.verdict)},
                         {"household_no", row.household_no},
                         {"household", row.household ? Json(text(*row.household)) : Json(nullptr)},
                         {"name", row.name},
                         {"changes", changes},
                         {"findings", findings}});
    }
    return ok({{"total", preview.total}, {"items", items}});
}

Result<Reply> receive(Call& call, db::Tx& tx) {
    auto& request = call.request();
    if (request.uploads.empty()) return invalid("registry.no_upload");
    const auto form = [&](std::string_view name) {
        const auto found = request.form.find(name);
        return found == request.form.end() ? std::string() : found->second;
    };
    registry::Submission submission;
    submission.county =
        form("area").empty() ? call.context().settings.area : TRY(AreaCode::parse(form("area")));
    submission.as_of = form("as_of").empty() ? call.today() : TRY(Date::parse(form("as_of")));
    submission.source = form("source").empty() ? call.say("registry.import") : form("source");
    for (const auto& upload : request.uploads)
        submission.name += (submission.name.empty() ? "" : "、") + upload.file_name();
    const auto id = TRY(registry::announce(tx, call.vault(), call.actor(), submission, call.now()));
    Json files = Json::array();
    for (auto& upload : request.uploads) files.push_back(std::move(upload).keep());
    const auto job =
        TRY(jobs::enqueue(tx,
                          {"registry.read", Json{{"import", id.number()}, {"files", files}}.dump(),
                           submission.county, jobs::Order::Stop::never},
                          call.actor(), call.now()));
    return accepted({{"job", text(job)}, {"id", text(id)}});
}

Result<Reply> apply(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ImportId>("id"));
    const auto import = TRY(registry::find_import(tx, call.vault(), call.actor(), id));
    if (import.state != "staged") return conflict("registry.import_state").with("state", import.state);
    const auto job = TRY(jobs::enqueue(
        tx, {"registry.apply", Json{{"import", id.number()}}.dump(), import.county, jobs::Order::Stop::never},
        call.actor(), call.now()));
    return accepted({{"job", text(job)}, {"id", text(id)}});
}

/// A place in the spool for a workbook that is about to be sent; its name tells nothing.
std::string spool_file(const Call& call) {
    return call.context().paths.spool + "/" + crypto::random_token() + ".xlsx";
}

Reply sent(const std::string& path, const std::string& name) {
    Reply reply = Reply::download(path, name, workbook);
    reply.remove_file = true;
    return reply;
}

Result<Reply> rejects(Call& call) {
    const auto id = TRY(call.path<ImportId>("id"));
    const std::string path = spool_file(call);
    TRY(registry::rejects(call.database(), call.vault(), call.actor(), id, path, call.language()));
    return sent(path, "rejects-" + text(id) + ".xlsx");
}

Result<Reply> export_area(Call& call) {
    const Json asked = TRY(body(call));
    const auto area = TRY(AreaCode::parse(TRY(field<std::string>(asked, "area"))));
    const auto purpose = TRY(optional_field<std::string>(asked, "purpose")).value_or("");
    const auto masking = purpose.empty() || !call.actor().may(Right::registry_unmask)
                             ? registry::Masking::masked
                             : registry::Masking::clear;
    const std::string path = spool_file(call);
    TRY(registry::export_register(call.database(), call.vault(), call.actor(), area, masking, purpose, path,
                                  call.now()));
    return sent(path, "registry-" + area.short_digits() + ".xlsx");
}

Result<Reply> blank(Call& call) {
    const std::string path = spool_file(call);
    TRY(registry::write_template(path));
    return sent(path, "registry-template.xlsx");
}

constexpr std::array table{
    Route{post, "/api/registry/search", Right::registry_read, search},
    Route{get, "/api/registry/summary", Right::registry_read, summary},
    Route{get, "/api/registry/households", Right::registry_read, list},
    Route{get, "/api/registry/households/{id}", Right::registry_read, one},
    Route{get, "/api/registry/households/{id}/history", Right::registry_read, history},
    Route{post, "/api/registry/households/{id}/changes", Right::registry_write, change},
    Route{post, "/api/registry/persons/{id}/reveal", Right::registry_unmask, reveal_person},
    Route{post, "/api/registry/households/{id}/reveal", Right::registry_unmask, reveal_household},
    Route{get, "/api/registry/imports", Right::registry_import, imports},
    Route{post, "/api/registry/imports", Right::registry_import, receive},
    Route{get, "/api/registry/imports/{id}", Right::registry_import, import_one},
    Route{get, "/api/registry/imports/{id}/rows", Right::registry_import, import_rows},
    Route{post, "/api/registry/imports/{id}/apply", Right::registry_import, apply},
    Route{get, "/api/registry/imports/{id}/rejects", Right::registry_import, rejects},
    Route{post, "/api/registry/export", Right::registry_export, export_area},
    Route{get, "/api/registry/template", Right::registry_import, blank},
};

}  // namespace

Result<Json> household_lines(Call& call, db::Tx& tx, const std::vector<HouseholdId>& ids) {
    Json out = Json::object();
    if (ids.empty()) return out;
    registry::Listing listing;
    listing.ids = ids;
    listing.limit = static_cast<std::int64_t>(ids.size());
    for (const auto& hit :
         TRY(registry::list_households(tx, call.actor().scope(Right::warnings_read), listing)).items)
        out[text(hit.household)] = line_json(call, hit);
    return out;
}

const Routes registry_routes = table;

}  // namespace ballast::api
