/// Changes of a policy in force (批改, domain specification 5.2): rows that are added, leave or change, from a day after
/// today on. The insurer drafts it with its reason, the village puts it up, the farmers pay what they owe on top, then it
/// takes effect; one at a time of each policy. Rows of which a loss was reported are not changed, nor those of an index
/// cover once its window has begun. A claim takes the rows of the day of its loss.
#pragma once

#include "insurance/endorsement_price.h"
#include "insurance/policy.h"

namespace ballast::insurance {

struct EndorsementTag;
using EndorsementId = Id<EndorsementTag>;

enum class EndorsementState : std::uint8_t { draft, publicised, paid, effective, cancelled };
enum class EndorsementAction : std::uint8_t { publicise, collect, activate, cancel };
std::string_view name_of(EndorsementState state);
std::string_view name_of(EndorsementAction action);
std::optional<EndorsementAction> endorsement_action_named(std::string_view name);

/// The procedure, a row a step; anything else is conflict "insurance.wrong_state".
struct EndorsementRow {
    std::vector<EndorsementState> from;
    EndorsementAction action;
    EndorsementState to;
    auth::Right who;
};
std::span<const EndorsementRow> endorsement_procedure();

enum class ChangeKind : std::uint8_t { add, change, remove };
/// What is empty of a change stays as it was. A farmer stays the same: another one is a row that leaves and one added.
struct WantedChange {
    ChangeKind kind = ChangeKind::add;
    std::optional<InsuredId> row;  // of change and remove
    std::string name, id_number;   // of add
    std::string phone, plot, ring, tags, bank, account, holder;
    std::optional<Decimal> units;
    Decimal transferred;
};
struct NewEndorsement {
    PolicyId policy;
    Date from;  // the first day of the list as it will be
    std::string reason;
    std::vector<WantedChange> changes;
    std::string key;
};
/// Prices it, and holds the list as it would be against the register and other policies. Errors: forbidden; not_found
/// "insurance.no_such_policy"; conflict "insurance.not_in_force", "insurance.endorsement_open", "insurance.loss_reported"
/// {row}, "insurance.claim_without_sheet" {claim}, "insurance.window_begun" {date}; invalid
/// "insurance.endorsement_from" {first, last}, "insurance.note_missing", "insurance.nothing_changes",
/// "insurance.list_empty", with {row} of the change: "insurance.no_such_row", "insurance.row_twice", "insurance.text_missing" {name}, "insurance.account_of_another", those of
/// CitizenId, Phone, BankCard, rings and tags, those of check_list.
Result<EndorsementId> draft_endorsement(db::Tx& tx, const Desk& desk, const NewEndorsement& wanted);

struct EndorsedRow {
    ChangeKind kind = ChangeKind::add;
    std::optional<std::int64_t> line;  // of the row as it was
    std::string name, plot, account;   // as they will be; the account masked
    Decimal units_before, units;
    Money sum_before, sum_insured, premium_before, premium, due;
};
struct Endorsement {
    EndorsementId id;
    std::int64_t place = 0;  // 1 is the policy's first
    EndorsementState state = EndorsementState::draft;
    std::int64_t version = 0;
    Date wanted_on;
    std::optional<Date> posted_on, effective_on;
    std::string reason;
    Money sum_insured, premium;
    std::array<Money, payer_count> parts;
    std::vector<EndorsedRow> rows;
    std::vector<StepLine> history;
    std::vector<EndorsementAction> steps;  // that this actor may take now
};
/// The latest first.
Result<std::vector<Endorsement>> endorsements(db::Tx& tx, const Desk& desk, PolicyId policy);

struct EndorsementOrder {
    std::int64_t version = 0;
    EndorsementAction action = EndorsementAction::publicise;
    std::string note;
};
/// `collect` posts what farmers pay on top and what they are given back, each in a journal of its own; a cancellation
/// after it takes both back. Errors: forbidden; not_found "insurance.no_such_endorsement"; conflict
/// "insurance.wrong_state", "insurance.changed_meanwhile", "insurance.publicity_runs" {date}; those of the draft, looked
/// at again when it takes effect; those of the ledger.
Result<void> take_step(db::Tx& tx, const Desk& desk, PolicyId policy, std::int64_t place,
                       const EndorsementOrder& order);

/// The list as it was on a day; `total` without the page.
Result<std::vector<Insured>> insured_on(db::Tx& tx, const Desk& desk, PolicyId policy, Date on,
                                        const InsuredQuery& query, std::int64_t* total);

}  // namespace ballast::insurance
