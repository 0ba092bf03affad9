#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "base/text.h"
#include "programmes/receipts.h"
#include "programmes/record_rows.h"
#include "programmes/step_rules.h"

namespace ballast::programmes {

using Json = nlohmann::ordered_json;

std::string rows::facts_text(const Values& before, const Values& after, std::string_view note) {
    Json out = {{"before", Json::object()}, {"after", Json::object()}, {"note", note}};
    for (const auto& [name, value] : before)
        if (const auto now = after.find(name); now == after.end() || now->second != value) out["before"][name] = value;
    for (const auto& [name, value] : after)
        if (const auto was = before.find(name); was == before.end() || was->second != value) out["after"][name] = value;
    return out.dump();
}

Result<void> rows::read_facts(const Register& of, std::string_view text, Change& into) {
    const auto parsed = Json::parse(text, nullptr, false);
    if (!parsed.is_object()) return corrupt("programmes.values_damaged");
    into.note = parsed.value("note", "");
    const auto read = [&](const char* key, Values& out) -> Result<void> {
        out = TRY(from_json(parsed.value(key, Json::object()).dump()));
        for (auto& [name, value] : out)
            if (const auto* field = of.field(name); !field || field->sealed)
                value = field ? masked(*field, value) : "**";
        return {};
    };
    TRY(read("before", into.before));
    return read("after", into.after);
}

namespace {

struct Place {
    AreaCode area;
    std::optional<registry::HouseholdId> household;
    std::optional<registry::PersonId> person;
};

Result<Place> household_place(db::Tx& tx, const auth::Scope& scope, registry::HouseholdId id) {
    const auto village = TRY(tx.first("SELECT village_code FROM registry_v_household WHERE id = ? AND " +
                                          scope.sql("village_code"),
                                      {id}, [](const db::Row& row) { return row.area(0); }));
    if (!village) return not_found("registry.no_household");
    return Place{*village, id, {}};
}

Result<Place> person_place(db::Tx& tx, const auth::Scope& scope, registry::PersonId id) {
    const auto home = TRY(tx.first("SELECT household_id FROM registry_v_person WHERE id = ? AND " +
                                       scope.sql("village_code"),
                                   {id}, [](const db::Row& row) { return row.id<registry::HouseholdId>(0); }));
    if (!home) return not_found("programmes.no_person");
    auto place = TRY(household_place(tx, scope, *home));
    place.person = id;
    return place;
}

Result<Place> place_of(db::Tx& tx, const Desk& desk, const Programme& programme, const Register& kind,
                       const NewRecord& wanted) {
    const auto scope = desk.actor.scope(may_write);
    if (!kind.parent.empty()) {
        if (!wanted.parent) return not_found("programmes.no_parent");
        const auto parent = rows::one(tx, scope, programme, *wanted.parent);
        if (!parent || parent->kind != kind.parent) return not_found("programmes.no_parent");
        return Place{parent->area, parent->household, parent->person};
    }
    if (kind.about == About::household) {
        if (!wanted.household) return not_found("registry.no_household");
        return household_place(tx, scope, *wanted.household);
    }
    if (kind.about == About::person) {
        if (!wanted.person) return not_found("programmes.no_person");
        return person_place(tx, scope, *wanted.person);
    }
    if (!wanted.area) return invalid("programmes.area_missing");
    return Place{TRY(known_area(desk, scope, *wanted.area)), {}, {}};
}

/// Nothing is on record of somebody from before their birth.
Result<void> as_lived(db::Tx& tx, const Register& kind, const std::optional<registry::PersonId>& person,
                      const Values& values) {
    if (!person) return {};
    const auto birth = TRY(tx.first("SELECT birth FROM registry_v_person WHERE id = ? AND birth <> ''", {*person},
                                    [](const db::Row& row) { return row.date(0); }));
    return birth ? after_birth(kind.fields, values, *birth) : Result<void>();
}

/// Writes the unsealed values row by row, and gives the sealed ones as a blob.
Result<void> put_values(db::Tx& tx, const Register& kind, RecordId id, const Values& values) {
    TRY(tx.exec("DELETE FROM programmes_value WHERE record_id = ?", id));
    for (const auto& [name, value] : values)
        if (!kind.field(name)->sealed)
            TRY(tx.exec("INSERT INTO programmes_value (record_id, field, value) VALUES (?, ?, ?)", id, name, value));
    return {};
}
db::Blob sealed_part(const Desk& desk, const Register& kind, const Values& values) {
    Values sealed;
    for (const auto& [name, value] : values)
        if (kind.field(name)->sealed) sealed[name] = value;
    return desk.vault.seal(rows::sealed_context, to_json(sealed));
}

Result<void> note_change(db::Tx& tx, const Desk& desk, const Record& record, const Programme& programme,
                         std::string_view action, std::string_view to, std::string_view facts) {
    TRY(tx.exec("INSERT INTO programmes_change (record_id, version, action, from_state, to_state, at, account, name, "
                "facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                record.id, record.version + 1, action, record.state, to, desk.now.ms, desk.actor.account,
                desk.actor.name, desk.vault.seal(rows::change_context, facts)));
    return audit::record(tx, desk.vault, desk.actor,
                         {"programmes." + std::string(action == "enter" || action == "amend" ? action : "step"),
                          rows::object(record.id), record.area, "",
                          fmt::format(R"({{"programme":"{}","register":"{}","action":"{}","version":{}}})",
                                      programme.pack.name, record.kind, action, record.version + 1)},
                         desk.now);
}

struct TypedChange {
    Values before, after;
};
Result<TypedChange> with_typed(db::Tx& tx, const Desk& desk, const Register& kind, const Record& record,
                           const Values& typed) {
    TypedChange out;
    out.before = TRY(rows::sealed_values(tx, desk.vault, record.id));
    out.before.insert(record.values.begin(), record.values.end());
    out.after = TRY(checked(kind.fields, typed, desk.today, out.before));
    TRY(as_lived(tx, kind, record.person, out.after));
    return out;
}

/// What only one live row of the register may be: of a household or person, of a place, in a year.
std::optional<std::string> once_of(const Programme& programme, const Register& kind, const Record& record,
                                   const Values& values) {
    if (!kind.once) return std::nullopt;
    std::string out = programme.pack.name + "/" + kind.name + "/";
    if (record.household)
        out += fmt::format("{}/{}", record.household->number(), record.person ? record.person->number() : 0);
    else if (record.parent)
        out += fmt::format("below/{}", record.parent->number());
    else if (has_name(kind.about))
        out += fmt::format("area/{}/{}", record.area.digits(), record.subject);
    else
        out += "area/" + record.area.digits();
    for (const auto& by : kind.once_by)
        if (const auto at = values.find(by); at != values.end()) out += "/" + at->second;
    return out;
}
Result<void> not_there(db::Tx& tx, const Register& kind, const std::optional<std::string>& once, RecordId except) {
    if (!once) return {};
    const auto at = TRY(tx.first("SELECT at FROM programmes_record WHERE once_key = ? AND id <> ?", {*once, except},
                                 [](const db::Row& row) { return Instant{row.integer(0)}; }));
    if (!at) return {};
    return conflict(kind.about == About::household || kind.about == About::person ? "programmes.received_before"
                                                                                  : "programmes.entered_before")
        .with("register", kind.title.zh)
        .with("register.en", kind.title.en)
        .with("date", civil_date(*at).iso());
}

struct Outcome {
    std::string_view state;
    bool live = true, voided = false;
};
Result<void> store(db::Tx& tx, const Desk& desk, const Programme& programme, const Register& kind,
                   const Record& record, const Values& values, const Outcome& to) {
    const auto receipt = to.voided ? std::nullopt : receipt_of(kind, record, values);
    const auto once = to.live ? once_of(programme, kind, record, values) : std::nullopt;
    TRY(not_there(tx, kind, once, record.id));
    const auto changed =
        TRY(tx.exec("UPDATE programmes_record SET state = ?, live = ?, version = ?, sealed = ?, pack_hash = ?, once_key = "
                    "?, receipt_key = ? WHERE id = ? AND version = ?",
                    to.state, to.live, record.version + 1, sealed_part(desk, kind, values), programme.pack.hash, once,
                    receipt, record.id, record.version));
    if (changed == 0) return conflict("programmes.changed_meanwhile");
    return put_values(tx, kind, record.id, values);
}

Result<Record> to_change(db::Tx& tx, const auth::Scope& scope, const Programme& programme, RecordId id,
                         std::int64_t version) {
    auto found = TRY(rows::one(tx, scope, programme, id));
    if (!found.live) return conflict("programmes.over");
    if (found.version != version) return conflict("programmes.changed_meanwhile");
    return found;
}

bool may_take(const auth::Actor& actor, const Step& step, AreaCode area) {
    if (step.by == By::village)
        return actor.may(may_write) && actor.scope(may_write).contains(area);
    const auto level = step.by == By::township ? AreaLevel::township : AreaLevel::county;
    return actor.may(may_decide) && actor.scope(may_decide).contains(area.at(level));
}

}  // namespace

Result<AreaCode> known_area(const Desk& desk, const auth::Scope& scope, AreaCode area) {
    if (!scope.contains(area)) return not_found("areas.unknown").with("code", area.digits());
    if (!desk.division.exists(area))
        return invalid("programmes.area_moved")
            .with("code", area.digits())
            .with("year", std::to_string(desk.division.year()));
    return area;
}

Result<RecordId> enter(db::Tx& tx, const Desk& desk, const Programme& programme, const NewRecord& wanted) {
    TRY(auth::require(desk.actor, may_write));
    if (!wanted.key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM programmes_record WHERE account = ? AND sender_key = ?",
                                             {desk.actor.account, wanted.key},
                                             [](const db::Row& row) { return row.id<RecordId>(0); })))
            return *before;
    const auto* kind = programme.find_register(wanted.kind);
    if (!kind) return not_found("programmes.no_such_register").with("name", wanted.kind);
    const auto place = TRY(place_of(tx, desk, programme, *kind, wanted));
    if (kind->about == About::village && place.area.level() != AreaLevel::village)
        return invalid("programmes.village_needed");
    if (kind->about == About::township && place.area.level() != AreaLevel::township)
        return invalid("programmes.township_needed");
    const std::string subject(text::trimmed(wanted.subject));
    const bool named = has_name(kind->about) && kind->parent.empty();
    if (named && (text::length(subject) < 2 || text::length(subject) > 60)) return invalid("programmes.name_missing");
    const auto values = TRY(checked(kind->fields, wanted.typed, desk.today));
    TRY(as_lived(tx, *kind, place.person, values));
    Record made;
    made.kind = kind->name;
    made.area = place.area;
    made.household = place.household;
    made.person = place.person;
    made.parent = wanted.parent;
    made.subject = named ? subject : "";
    const auto once = once_of(programme, *kind, made, values);
    TRY(not_there(tx, *kind, once, RecordId()));
    made.id = RecordId(TRY(tx.number(
        "INSERT INTO programmes_record (pack, register, area_code, household_id, person_id, parent_id, subject, state, "
        "live, version, pack_hash, sealed, at, account, once_key, receipt_key, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
        "1, 1, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {programme.pack.name, kind->name, place.area, place.household, place.person, wanted.parent, named ? subject : "",
         kind->states.empty() ? "" : kind->states.front().name, programme.pack.hash, sealed_part(desk, *kind, values),
         desk.now.ms, desk.actor.account, once, receipt_of(*kind, made, values),
         wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)})));
    TRY(put_values(tx, *kind, made.id, values));
    TRY(note_change(tx, desk, made, programme, "enter", kind->states.empty() ? "" : kind->states.front().name,
                    rows::facts_text({}, values, "")));
    return made.id;
}

Result<void> amend(db::Tx& tx, const Desk& desk, const Programme& programme, RecordId id, std::int64_t version,
                   const Values& typed) {
    TRY(auth::require(desk.actor, may_write));
    const auto found = TRY(to_change(tx, desk.actor.scope(may_write), programme, id, version));
    const auto& kind = *programme.find_register(found.kind);
    const auto change = TRY(with_typed(tx, desk, kind, found, typed));
    if (change.before == change.after) return {};
    TRY(store(tx, desk, programme, kind, found, change.after, {found.state}));
    return note_change(tx, desk, found, programme, "amend", found.state,
                       rows::facts_text(change.before, change.after, ""));
}

Result<void> take_step(db::Tx& tx, const Desk& desk, const Programme& programme, RecordId id, const StepOrder& order) {
    const auto found = TRY(to_change(tx, desk.actor.scope(may_read), programme, id, order.version));
    const auto& kind = *programme.find_register(found.kind);
    const auto* step = kind.step(order.action, found.state);
    if (!step) return conflict("programmes.no_such_step").with("action", order.action).with("state", found.state);
    if (!may_take(desk.actor, *step, found.area))
        return forbidden("programmes.step_not_yours").with("level", std::string(name_of(step->by)));
    if (step->by != By::village && found.account == desk.actor.account) return forbidden("programmes.own_entry");
    if (step->note && text::trimmed(order.note).empty()) return invalid("programmes.note_missing");
    const auto change = TRY(with_typed(tx, desk, kind, found, order.typed));
    for (const auto& need : step->needs)
        if (!change.after.contains(need))
            return invalid("programmes.required")
                .with("field", need)
                .with("title", kind.field(need)->title.zh)
                .with("title.en", kind.field(need)->title.en);
    TRY(step_allowed(tx, programme, kind, *step, found, change.after, desk.today));
    TRY(store(tx, desk, programme, kind, found, change.after, {step->to, !step->ends, step->voids}));
    return note_change(tx, desk, found, programme, step->action, step->to,
                       rows::facts_text(change.before, change.after, text::trimmed(order.note)));
}

std::vector<const Step*> next_steps(const auth::Actor& actor, const Programme& programme, const Record& record) {
    std::vector<const Step*> out;
    const auto* kind = programme.find_register(record.kind);
    if (!kind || !record.live) return out;
    for (const auto& step : kind->steps)
        if (kind->step(step.action, record.state) == &step && may_take(actor, step, record.area) &&
            (step.by == By::village || record.account != actor.account))
            out.push_back(&step);
    return out;
}

}  // namespace ballast::programmes
