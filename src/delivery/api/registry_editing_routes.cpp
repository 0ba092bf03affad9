#include "api/registry_json.h"
#include "api/routes.h"
#include "feeds/follow.h"
#include "jobs/jobs.h"
#include "registry/columns.h"
#include "registry/editing.h"

namespace ballast::api {
namespace {

using registry::describe;
using registry::HouseholdId;
using registry::PersonId;

// -- what can be entered ---------------------------------------------------------------------------------

std::string_view input_of(registry::Kind kind) {
    using registry::Kind;
    switch (kind) {
        case Kind::text:
            return "text";
        case Kind::code:
            return "code";
        case Kind::codes:
            return "codes";
        case Kind::truth:
            return "truth";
        case Kind::date:
            return "date";
        case Kind::month:
            return "month";
        case Kind::year:
            return "year";
        case Kind::whole:
        case Kind::tenths:
        case Kind::hundredths:
        case Kind::micro:
            return "number";
        case Kind::fen:
            return "money";
        case Kind::citizen_id:
            return "id_number";
        case Kind::phone:
            return "phone";
    }
    INVARIANT(false);
    return {};
}

Json options(const Call& call, const registry::CodeList& list) {
    Json out = Json::array();
    for (const auto& one : list.codes) out.push_back(coded(call, list, std::string(one.code)));
    return out;
}

template <class Section>
Json sections_json(const Call& call, std::span<const Section> sections) {
    Json out = Json::array();
    for (const auto& section : sections) {
        Json fields = Json::array();
        for (const auto named : section.fields) {
            const registry::Field& field = describe(named);
            Json json{{"field", field.name},
                      {"label", label(call, named)},
                      {"input", input_of(field.kind)},
                      {"protected", registry::sensitive(field)}};
            if (const auto in = unit(call, field); !in.empty()) json["unit"] = in;
            if (field.codes) json["options"] = options(call, *field.codes);
            fields.push_back(std::move(json));
        }
        out.push_back({{"section", section.name},
                       {"title", call.say("registry.section." + std::string(section.name))},
                       {"fields", fields}});
    }
    return out;
}

std::string item_code(registry::IncomeItem item, std::string_view sub) {
    return std::string(registry::code_of(item)) + (sub.empty() ? "" : "." + std::string(sub));
}

Result<Reply> form(Call& call) {
    Json items = Json::array();
    for (const auto& one : registry::income_columns())
        if (one.sub != "total") {
            const auto code = item_code(one.item, one.sub);
            items.push_back({{"code", code}, {"label", call.say("registry.income." + code)}});
        }
    return ok({{"household", sections_json(call, household_sections())},
               {"person", sections_json(call, person_sections())},
               {"income", items},
               {"guarantee_status", options(call, registry::codes::guarantee_status)}});
}

/// Values as a form holds them: codes as codes, all else as people write it; what is protected masked.
template <class Field>
Json values_json(std::span<const registry::Field> fields, const registry::Values<Field>& values,
                 Json& masked) {
    Json out = Json::object();
    masked = Json::object();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string& value = values[static_cast<Field>(i)];
        const registry::Field& field = fields[i];
        if (value.empty()) continue;
        if (registry::sensitive(field))
            masked[std::string(field.name)] = field.keeping == registry::Keeping::sealed ? value : "***";
        else
            out[std::string(field.name)] = field.codes || field.kind == registry::Kind::truth
                                               ? value
                                               : registry::written_value(field, value);
    }
    return out;
}

Result<Reply> form_of(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<HouseholdId>("id"));
    const auto page = TRY(
        registry::household(tx, call.vault(), call.actor().scope(Right::registry_write), id, call.today()));
    const auto& home = page.household;
    Json masked, members = Json::array(), income = Json::array(), guarantees = Json::array();
    const Json values = values_json(registry::household_fields(), home.values, masked);
    for (const auto& member : home.members) {
        Json hidden;
        const Json said = values_json(registry::person_fields(), member.values, hidden);
        members.push_back({{"id", text(member.id)},
                           {"name", member.values[registry::PersonField::name]},
                           {"active", member.active()},
                           {"head", member.active() && member.head()},
                           {"values", said},
                           {"masked", hidden}});
    }
    for (const auto& line : home.income)
        income.push_back({{"person", line.member ? Json(text(home.members[*line.member].id)) : Json(nullptr)},
                          {"first", line.window.first.iso()},
                          {"last", line.window.last.iso()},
                          {"item", item_code(line.item, line.sub)},
                          {"amount", line.amount.plain()}});
    for (const auto& one : registry::codes::guarantee_item.codes) {
        Json json{{"item", coded(call, registry::codes::guarantee_item, std::string(one.code))},
                  {"status", ""},
                  {"evidence", ""}};
        for (const auto& held : home.guarantees)
            if (held.item == one.code) {
                json["status"] = held.status;
                json["evidence"] = held.evidence;
            }
        guarantees.push_back(std::move(json));
    }
    return ok({{"id", text(home.id)},
               {"household_no", home.household_no},
               {"head_name", home.head() ? home.head()->values[registry::PersonField::name] : ""},
               {"village", area_json(call, home.village)},
               {"version", home.version},
               {"values", values},
               {"masked", masked},
               {"members", members},
               {"income", income},
               {"guarantees", guarantees}});
}

// -- what was entered ------------------------------------------------------------------------------------

Result<std::optional<PersonId>> person_in(const Json& one) {
    const auto person = TRY(optional_field<std::string>(one, "person"));
    if (!person) return std::optional<PersonId>();
    const auto id = Call::parsed<PersonId>(*person);
    if (!id) return not_found("registry.no_person");
    return std::optional(*id);
}

Result<Date> day_in(const Json& one, const char* name) {
    return Date::parse(TRY(field<std::string>(one, name)));
}

/// A list, absent when nothing of its kind was entered.
Result<Json> list_in(const Json& asked, const char* name) {
    const Json list = TRY(optional_field<Json>(asked, name)).value_or(Json::array());
    if (!list.is_array()) return invalid("http.wrong_type").with("name", name);
    for (const auto& one : list)
        if (!one.is_object()) return invalid("http.wrong_type").with("name", name);
    return list;
}

Result<registry::Entry> entry_in(const Json& asked) {
    registry::Entry entry;
    entry.since = TRY(day_in(asked, "since"));
    entry.source = TRY(optional_field<std::string>(asked, "reason")).value_or("");
    for (const auto& one : TRY(list_in(asked, "changes")))
        entry.edits.push_back({TRY(person_in(one)), TRY(field<std::string>(one, "field")),
                               TRY(optional_field<std::string>(one, "value")).value_or("")});
    for (const auto& one : TRY(list_in(asked, "joining"))) {
        auto& member = entry.joining.emplace_back();
        for (const auto& [name, value] : one.items()) {
            if (!value.is_string()) return invalid("http.wrong_type").with("name", name);
            member.push_back({name, value.get<std::string>()});
        }
    }
    for (const auto& one : TRY(list_in(asked, "income"))) {
        const auto code = TRY(field<std::string>(one, "item"));
        const auto dot = code.find('.');
        const auto item = registry::income_item(std::string_view(code).substr(0, dot));
        if (!item) return invalid("registry.no_field").with("field", code);
        entry.income.push_back({TRY(person_in(one)),
                                {TRY(day_in(one, "first")), TRY(day_in(one, "last"))},
                                *item,
                                dot == std::string::npos ? "" : code.substr(dot + 1),
                                TRY(field<std::string>(one, "amount"))});
    }
    return entry;
}

Json index_or_null(const std::optional<std::size_t>& index) { return index ? Json(*index) : Json(nullptr); }
Json id_or_null(const std::optional<PersonId>& id) { return id ? Json(text(*id)) : Json(nullptr); }

/// The label of the field stands in the sentence, in the reader's language.
std::string sentence(const Call& call, const registry::Slip& slip) {
    auto args = slip.error.args;
    const bool of_person = slip.person || slip.joining;
    const std::string named = told(call, of_person, slip.field, "", "").label;
    for (auto& [name, value] : args)
        if (name == "column" || name == "field") value = named;
    return call.say(slip.error.id, args);
}

Json outlook_json(const Call& call, const registry::Outlook& outlook) {
    Json pairs = Json::array(), slips = Json::array(), findings = Json::array();
    for (const auto& pair : outlook.pairs) {
        const Told words = told(call, pair.person || pair.joining, pair.field, pair.before, pair.after);
        pairs.push_back({{"person", id_or_null(pair.person)},
                         {"joining", index_or_null(pair.joining)},
                         {"person_name", or_null(pair.person_name)},
                         {"field", pair.field},
                         {"label", words.label},
                         {"before", words.before},
                         {"after", words.after}});
    }
    for (const auto& slip : outlook.slips)
        slips.push_back({{"person", id_or_null(slip.person)},
                         {"joining", index_or_null(slip.joining)},
                         {"field", slip.field},
                         {"id", slip.error.id},
                         {"message", sentence(call, slip)}});
    for (const auto& finding : outlook.findings) {
        findings.push_back(finding_json(call, finding));
        if (finding.member) findings.back()["person_name"] = outlook.members[*finding.member];
    }
    return {{"pairs", pairs}, {"slips", slips}, {"findings", findings}};
}

/// What the rules say of a household after it has changed is found out by a job, soon after.
Result<void> screen_again(Call& call, db::Tx& tx, const std::vector<HouseholdId>& households) {
    Json ids = Json::array();
    for (const auto id : households) ids.push_back(id.number());
    TRY(jobs::enqueue(tx,
                      {"screening.run",
                       Json{{"cause", "household:" + text(households.front())}, {"households", ids}}.dump(),
                       call.context().settings.area, jobs::Order::Stop::never},
                      call.actor(), call.now()));
    return {};
}

Result<Reply> check(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto entry = TRY(entry_in(asked));
    return ok(outlook_json(
        call, TRY(registry::outlook(tx, call.vault(), call.actor(), TRY(call.path<HouseholdId>("id")),
                                    TRY(field<std::int64_t>(asked, "version")), entry, call.today()))));
}

Result<Reply> change(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<HouseholdId>("id"));
    const Json asked = TRY(body(call));
    const auto entry = TRY(entry_in(asked));
    const auto edited =
        TRY(registry::change(tx, call.vault(), call.actor(), id, TRY(field<std::int64_t>(asked, "version")),
                             entry, call.today(), call.now()));
    TRY(feeds::follow(tx, edited.successions));
    TRY(screen_again(call, tx, {id}));
    return reply_household(call, tx, id);
}

Result<AreaCode> village_in(const Json& asked) {
    return AreaCode::parse(TRY(field<std::string>(asked, "village")));
}

Result<Reply> check_new(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto entry = TRY(entry_in(asked));
    return ok(outlook_json(call, TRY(registry::outlook_new(tx, call.vault(), call.actor(),
                                                           TRY(village_in(asked)), entry, call.today()))));
}

Result<Reply> add(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto entry = TRY(entry_in(asked));
    const auto added = TRY(registry::add_household(tx, call.vault(), call.actor(), TRY(village_in(asked)),
                                                   entry, call.today(), call.now()));
    TRY(feeds::follow(tx, added.successions));
    TRY(screen_again(call, tx, {added.household}));
    Reply reply = TRY(reply_household(call, tx, added.household));
    reply.status = 201;
    return reply;
}

Result<Reply> move(Call& call, db::Tx& tx) {
    const auto person = TRY(call.path<PersonId>("id"));
    const Json asked = TRY(body(call));
    const auto scope = call.actor().scope(Right::registry_write);
    const auto from = TRY(registry::household_of(tx, scope, person));
    const auto to = TRY(registry::household_numbered(tx, scope, call.context().settings.area,
                                                     TRY(field<std::string>(asked, "household_no"))));
    const auto moved = TRY(registry::move(
        tx, call.vault(), call.actor(), from,
        {person, TRY(field<std::int64_t>(asked, "version")), to, TRY(field<std::string>(asked, "relation")),
         TRY(optional_field<std::string>(asked, "reason")).value_or(""), TRY(day_in(asked, "since"))},
        call.today(), call.now()));
    TRY(feeds::follow(tx, moved.successions));
    TRY(screen_again(call, tx, {from, to}));
    return reply_household(call, tx, to);
}

constexpr std::array table{
    Route{get, "/api/registry/form", Right::registry_write, form},
    Route{get, "/api/registry/households/{id}/form", Right::registry_write, form_of},
    Route{post, "/api/registry/households", Right::registry_write, add},
    Route{post, "/api/registry/households/check", Right::registry_write, check_new},
    Route{post, "/api/registry/households/{id}/changes", Right::registry_write, change},
    Route{post, "/api/registry/households/{id}/changes/check", Right::registry_write, check},
    Route{post, "/api/registry/persons/{id}/move", Right::registry_write, move},
};

}  // namespace

const Routes registry_editing_routes = table;

}  // namespace ballast::api
