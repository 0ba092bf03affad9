/// Who acts, where and when; whom it is about. Shared by the files of this module and their callers.
#pragma once

#include "areas/areas.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "employment/terms.h"
#include "registry/household.h"

namespace ballast::employment {

using registry::HouseholdId;
using registry::PersonId;

struct PostTag;
using PostId = Id<PostTag>;
struct PlacementTag;
using PlacementId = Id<PlacementTag>;
struct ClassTag;
using ClassId = Id<ClassTag>;
struct StartupTag;
using StartupId = Id<StartupTag>;
struct MatchingTag;
using MatchingId = Id<MatchingTag>;
struct ProposalTag;
using ProposalId = Id<ProposalTag>;

inline constexpr auth::Right may_read = auth::Right::employment_read;
inline constexpr auth::Right may_write = auth::Right::employment_write;
inline constexpr auth::Right may_decide = auth::Right::employment_decide;

struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    Date today;
    Instant now;
    Terms terms;
};

/// What the register says of somebody.
struct Worker {
    PersonId person;
    HouseholdId household;
    AreaCode village;
    std::string name;
    std::optional<Date> birth;
    std::string labour;  // registry codes::labour
    bool active = false;
    std::optional<Date> left_on;
    std::optional<int> age(Date on) const;
    /// An ordinary, a skilled or a half worker.
    bool able() const { return labour == "1" || labour == "2" || labour == "3"; }
};
/// Errors: not_found "employment.no_person": none inside the scope.
Result<Worker> worker(db::Tx& tx, const auth::Scope& scope, PersonId person);

/// The same, read while the person's household is held until the transaction ends: whatever counts over a
/// household comes one after the other. Locks are taken in this order: household, post or class, placement.
///
/// Errors: those of `worker`; conflict "employment.changed_meanwhile": moved to another household just now.
Result<Worker> held_worker(db::Tx& tx, const Desk& desk, const auth::Scope& scope, PersonId person);

/// A code that speaks of health, sealed in one width: how long it is says nothing.
db::Blob seal_code(const Desk& desk, std::string_view context, std::string_view code);
Result<std::string> open_code(const Desk& desk, std::string_view context,
                              std::span<const std::uint8_t> sealed);
/// Whom the actor may see a sealed fact of. Errors: forbidden "auth.not_allowed" (registry_unmask).
Result<auth::Scope> unmask_scope(const Desk& desk);
/// Notes in the audit that `field` of `what` was shown, and what for. Errors: invalid
/// "employment.purpose_missing".
Result<void> note_reveal(db::Tx& tx, const Desk& desk, const Worker& who, std::string what,
                         std::string_view field, std::string_view purpose);

/// SQL that holds for what concerns the scope: rows in its areas, and in the areas above them.
std::string concerns(const auth::Scope& scope, std::string_view column);
/// The area, when the scope holds it. Errors: not_found "areas.unknown" {code}.
Result<void> require_area(const Desk& desk, const auth::Scope& scope, AreaCode area);
/// Trimmed. Errors: invalid "employment.text.<field>" {least, most}.
Result<std::string> text_of(std::string_view typed, std::string_view field, std::size_t least,
                            std::size_t most);

db::Value key_value(const std::string& key);
template <class Tag>
std::string object(std::string_view kind, Id<Tag> id) {
    return std::string(kind) + ":" + std::to_string(id.number());
}
/// What the sender's key was given before; nothing without a key.
template <class I>
Result<std::optional<I>> sent_before(db::Tx& tx, const Desk& desk, std::string_view table,
                                     const std::string& key) {
    if (key.empty()) return std::optional<I>();
    return tx.first("SELECT id FROM " + std::string(table) + " WHERE account = ? AND sender_key = ?",
                    {desk.actor.account, key}, [](const db::Row& row) { return row.id<I>(0); });
}

}  // namespace ballast::employment
