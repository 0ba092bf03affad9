/// Who acts, where, when, by which products. Policies and claims of another area are not found; whoever acts
/// for an insurer sees that insurer's alone.
#pragma once

#include "areas/areas.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "finance/ledger.h"
#include "insurance/product.h"

namespace ballast::insurance {

struct InsurerTag;
struct PolicyTag;
struct InsuredTag;
struct ClaimTag;
struct PhotoTag;
using InsurerId = Id<InsurerTag>;
using PolicyId = Id<PolicyTag>;
using InsuredId = Id<InsuredTag>;
using ClaimId = Id<ClaimTag>;
using PhotoId = Id<PhotoTag>;

struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const Book& book;
    const auth::Actor& actor;
    Date today;
    Instant now;

    /// For the ledger: the areas over which the actor has `right`.
    finance::Desk ledger(auth::Right right) const { return {vault, actor, actor.scope(right), today, now}; }
};

/// An insurer that works in a county, with its book in the ledger.
struct Insurer {
    InsurerId id;
    AreaCode area;  // a county
    std::string name;
    finance::FundId fund;
};
/// Opens its book too. Errors: forbidden "auth.not_allowed"; not_found "areas.unknown"; invalid
/// "insurance.name_missing"; conflict "insurance.insurer_exists".
Result<InsurerId> add_insurer(db::Tx& tx, const Desk& desk, AreaCode county, std::string_view name);
Result<std::vector<Insurer>> insurers(db::Tx& tx, const Desk& desk);
/// not_found "insurance.no_such_insurer".
Result<Insurer> insurer(db::Tx& tx, const Desk& desk, InsurerId id);
/// What the insurer's head office puts into its book of the county, or below zero, takes back: a deposit that
/// was wrong, too. Errors: forbidden; conflict
/// "insurance.no_insurer"; those of the ledger.
Result<finance::JournalId> deposit(db::Tx& tx, const Desk& desk, Money amount, std::string_view note,
                                   std::string_view key);
/// Lets an account act for the insurer. Errors: forbidden; not_found "insurance.no_such_insurer",
/// "insurance.no_such_account" {account}: none with an insurer's role over the county.
Result<void> assign_operator(db::Tx& tx, const Desk& desk, InsurerId id, std::string_view account);
/// For whom this account acts: conflict "insurance.no_insurer" when nobody has said so.
Result<Insurer> own_insurer(db::Tx& tx, const Desk& desk);
/// The account's own insurer; of the system itself, which acts for none, the one that is named. The same
/// errors; not_found "insurance.no_such_insurer".
Result<Insurer> acting_insurer(db::Tx& tx, const Desk& desk, std::optional<InsurerId> on_behalf);

/// SQL that holds for policies (`alias`.area_code, .insurer_id) that this actor may see with `right`.
Result<std::string> visible(db::Tx& tx, const Desk& desk, auth::Right right, std::string_view alias);

/// One step of a policy's or claim's course, as its page shows it.
struct StepLine {
    std::int64_t version;
    std::string action, from, to;
    Date on;
    std::string account, name, note;
};
struct NewStep {
    std::string_view about;  // "policy", "claim"
    std::int64_t id;
    std::int64_t version;
    std::string_view action, from, to;
    std::string_view note;
    AreaCode area;
};
/// Keeps it and records it.
Result<void> keep_step(db::Tx& tx, const Desk& desk, const NewStep& step);
Result<std::vector<StepLine>> steps(db::Tx& tx, const Desk& desk, std::string_view about, std::int64_t id);

/// Ten-thousandths, as units and shares are stored.
inline std::int64_t ten_thousandths(Decimal value) { return (value * 100).to_money(Rounding::down).fen(); }
inline Decimal from_ten_thousandths(std::int64_t n) { return Decimal::from_parts(n, 4); }

}  // namespace ballast::insurance
