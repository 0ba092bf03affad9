#include "registry/editing.h"

#include <algorithm>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/text.h"
#include "registry/fields.h"
#include "registry/records.h"

namespace ballast::registry {

namespace {

using P = PersonField;

/// The household, held against others until the end of the transaction.
Result<Household> hold(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id) {
    TRY(tx.exec("UPDATE registry_household SET version = version WHERE id = ?", id));
    return load_household(tx, vault, actor.scope(auth::Right::registry_write), id);
}

Result<void> check_version(const Household& home, std::int64_t version) {
    if (home.version == version) return {};
    return conflict("registry.stale").with("version", std::to_string(home.version));
}

Result<void> check_occasion(const auth::Actor& actor, std::string_view source, Date since, Date today) {
    if (!actor.may(auth::Right::registry_write)) return forbidden("registry.may_not_write");
    if (text::length(text::trimmed(source)) < 2)
        return invalid("registry.source_missing").with("field", "source");
    if (since > today) return invalid("registry.since_ahead").with("field", "since");
    return {};
}

Result<Household> begun_in(const auth::Actor& actor, AreaCode village) {
    if (village.level() != AreaLevel::village)
        return invalid("registry.village_unknown").with("field", "village");
    const auto& division = areas::Division::shipped();
    if (!division.exists(village))
        return invalid("registry.village_code_unknown")
            .with("field", "village")
            .with("code", village.digits())
            .with("year", std::to_string(division.year()));
    if (!actor.scope(auth::Right::registry_write).contains(village)) return not_found("registry.no_area");
    Household begun;
    begun.village = village;
    return begun;
}

/// Other rows about the same person.
struct Other {
    PersonId person;
    HouseholdId household;
    std::string household_no;
    AreaCode village;
    bool active = false;
};
Result<std::vector<Other>> others(db::Tx& tx, const crypto::Vault& vault, const Member& member,
                                  HouseholdId household) {
    const std::string& number = member.values[P::id_number];
    if (number.empty()) return std::vector<Other>{};
    return tx.all(
        "SELECT p.id, p.household_id, h.household_no, p.village_code, p.member_status FROM registry_person p"
        " JOIN registry_household h ON h.id = p.household_id"
        " WHERE p.id_lookup = ? AND p.household_id <> ? ORDER BY p.id",
        {vault.lookup("citizen_id", number), household}, [](const db::Row& row) {
            return Other{row.id<PersonId>(0), row.id<HouseholdId>(1), std::string(row.text(2)), row.area(3),
                         row.maybe_text(4) == "1"};
        });
}

/// Whom the entry makes a member: the new ones, those who are back, and those whose number was corrected.
bool becomes_member(const Household* before, const Member& member, std::size_t index) {
    if (!member.active()) return false;
    if (!before || index >= before->members.size()) return true;
    const Member& was = before->members[index];
    return !was.active() || was.values[P::id_number] != member.values[P::id_number];
}

/// One active membership per person. The database would refuse it too, but not in a sentence.
Result<void> check_elsewhere(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                             const Household* before, Plan& plan) {
    const std::size_t on_file = before ? before->members.size() : 0;
    for (std::size_t i = 0; i < plan.after.members.size(); ++i) {
        const Member& member = plan.after.members[i];
        if (!becomes_member(before, member, i)) continue;
        for (const Other& other : TRY(others(tx, vault, member, plan.after.id))) {
            if (!other.active) continue;
            const bool seen = actor.scope(auth::Right::registry_read).contains(other.village);
            Error error = seen ? invalid("registry.person_elsewhere")
                                     .with("household", plan.after.household_no)
                                     .with("other", other.household_no)
                               : invalid("registry.person_elsewhere_outside");
            Slip slip{{}, {}, std::string(describe(P::id_number).name), std::move(error)};
            if (i >= on_file)
                slip.joining = i - on_file;
            else
                slip.person = member.id;
            plan.slips.push_back(std::move(slip));
        }
    }
    return {};
}

Result<std::vector<Succession>> successions(db::Tx& tx, const crypto::Vault& vault, const Household* before,
                                            const Household& after) {
    std::vector<Succession> out;
    for (std::size_t i = 0; i < after.members.size(); ++i)
        if (becomes_member(before, after.members[i], i))
            for (const Other& other : TRY(others(tx, vault, after.members[i], after.id)))
                out.push_back({other.person, other.household, after.members[i].id, after.id, after.village});
    return out;
}

Outlook outlook_of(const Plan& plan, const Household* before) {
    Outlook out{plan.pairs(before), plan.slips, plan.findings, {}};
    for (const Member& member : plan.after.members) out.members.push_back(member.values[P::name]);
    return out;
}

Result<void> refuse(const Plan& plan) {
    if (plan.slips.empty()) return {};
    const Slip& slip = plan.slips.front();
    Error error = slip.error;
    const bool named = std::any_of(error.args.begin(), error.args.end(),
                                   [](const auto& arg) { return arg.first == "field"; });
    if (!named && !slip.field.empty()) error.args.emplace_back("field", slip.field);
    return error;
}

/// Field names alone: what they held is nobody's business in the audit.
std::string details_of(const Plan& plan, const Household* before) {
    std::string fields;
    std::vector<std::string> named;
    for (const Pair& one : plan.pairs(before))
        if (std::find(named.begin(), named.end(), one.field) == named.end()) named.push_back(one.field);
    for (const auto& field : named) fields += (fields.empty() ? "\"" : ",\"") + field + "\"";
    return "{\"fields\":[" + fields + "],\"joined\":" + std::to_string(plan.difference.new_members.size()) +
           "}";
}

Result<void> store(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Household* before,
                   Plan& plan, std::string_view source, Date since, std::string action, Instant now) {
    if (plan.difference.nothing()) return {};
    const Origin origin{since, std::string(text::trimmed(source)), ImportId{}, actor.account, now};
    Ids ids(tx, 1);
    Writes writes;
    TRY(plan_writes(ids, vault, before, plan.after, plan.difference, origin, writes));
    TRY(write_now(tx, origin, writes));
    return audit::record(tx, vault, actor,
                         {std::move(action), "household:" + std::to_string(plan.after.id.number()),
                          plan.after.village, "", details_of(plan, before)},
                         now);
}

}  // namespace

Result<Outlook> outlook(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id,
                        std::int64_t version, const Entry& entry, Date today) {
    TRY(check_occasion(actor, entry.source, entry.since, today));
    const Household before = TRY(load_household(tx, vault, actor.scope(auth::Right::registry_write), id));
    TRY(check_version(before, version));
    Plan planned = plan(&before, {}, entry, actor.name, today);
    TRY(check_elsewhere(tx, vault, actor, &before, planned));
    return outlook_of(planned, &before);
}

Result<Edited> change(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id,
                      std::int64_t version, const Entry& entry, Date today, Instant now) {
    TRY(check_occasion(actor, entry.source, entry.since, today));
    const Household before = TRY(hold(tx, vault, actor, id));
    TRY(check_version(before, version));
    Plan planned = plan(&before, {}, entry, actor.name, today);
    TRY(check_elsewhere(tx, vault, actor, &before, planned));
    TRY(refuse(planned));
    TRY(store(tx, vault, actor, &before, planned, entry.source, entry.since, "registry.change", now));
    return Edited{planned.after.version, TRY(successions(tx, vault, &before, planned.after))};
}

Result<Outlook> outlook_new(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            AreaCode village, const Entry& entry, Date today) {
    TRY(check_occasion(actor, entry.source, entry.since, today));
    Plan planned = plan(nullptr, TRY(begun_in(actor, village)), entry, actor.name, today);
    TRY(check_elsewhere(tx, vault, actor, nullptr, planned));
    return outlook_of(planned, nullptr);
}

Result<Added> add_household(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            AreaCode village, const Entry& entry, Date today, Instant now) {
    TRY(check_occasion(actor, entry.source, entry.since, today));
    Plan planned = plan(nullptr, TRY(begun_in(actor, village)), entry, actor.name, today);
    TRY(check_elsewhere(tx, vault, actor, nullptr, planned));
    TRY(refuse(planned));
    TRY(store(tx, vault, actor, nullptr, planned, entry.source, entry.since, "registry.add_household", now));
    return Added{planned.after.id, TRY(successions(tx, vault, nullptr, planned.after))};
}

Result<Edited> move(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId from,
                    const Move& asked, Date today, Instant now) {
    TRY(check_occasion(actor, asked.source, asked.since, today));
    if (asked.to == from) return invalid("registry.move_nowhere").with("field", "to");
    // In the order of ids, so that two moves at once cannot wait for each other.
    std::optional<Household> left, there;
    for (const auto id : {std::min(from, asked.to), std::max(from, asked.to)})
        (id == from ? left : there) = TRY(hold(tx, vault, actor, id));
    TRY(check_version(*left, asked.version));
    if (left->village.at(AreaLevel::county) != there->village.at(AreaLevel::county))
        return invalid("registry.move_nowhere").with("field", "to");
    const auto at = left->index_of(asked.person);
    if (!at || !left->members[*at].active()) return invalid("registry.not_a_member");

    Entry leaving{{{asked.person, "member_status", "6"}}, {}, {}, asked.source, asked.since};
    Plan without = plan(&*left, {}, leaving, actor.name, today);
    TRY(refuse(without));
    TRY(store(tx, vault, actor, &*left, without, asked.source, asked.since, "registry.move_out", now));

    // Who lived there before takes up their old place; anybody else is new there, with all that is on file.
    Household begun = *there;
    PersonValues values = left->members[*at].values;
    values[P::relation] = TRY(read_value(describe(P::relation), asked.relation, today));
    values[P::joined] = "4";
    values[P::joined_on] = asked.since.iso();
    const auto back = std::find_if(begun.members.begin(), begun.members.end(), [&](const Member& one) {
        return values.has(P::id_number) && one.values[P::id_number] == values[P::id_number];
    });
    if (back != begun.members.end())
        back->values = values;
    else
        begun.members.push_back({PersonId{}, values});
    Plan with = plan_of(&*there, std::move(begun), today);
    TRY(refuse(with));
    TRY(store(tx, vault, actor, &*there, with, asked.source, asked.since, "registry.move_in", now));
    const auto arrived =
        std::find_if(with.after.members.begin(), with.after.members.end(),
                     [&](const Member& one) { return one.active() && one.values == values; });
    INVARIANT(arrived != with.after.members.end());
    return Edited{without.after.version, {{asked.person, from, arrived->id, asked.to, with.after.village}}};
}

}  // namespace ballast::registry
