/// The fee pilots of villages on file: the scheme as it was approved, and its income and expense, for the monthly
/// sheet that hangs in the village.
#pragma once

#include "programmes/fee.h"
#include "programmes/records.h"

namespace ballast::programmes {

struct FeeTag;
using FeeId = Id<FeeTag>;

struct Fee {
    FeeId id;
    FeeScheme scheme;
    FeeDue due;
    bool assumed = false;  // a number of the terms was
    Money income, expense; // up to today
    std::string key;
};

/// Errors: forbidden "auth.not_allowed"; not_found "programmes.no_fee", those of known_area; invalid
/// "programmes.village_needed", those of fee_due; conflict "programmes.fee_overlaps" {from, to}.
Result<FeeId> add_fee(db::Tx& tx, const Desk& desk, const Programme& programme, const FeeScheme& scheme,
                      std::string_view key);
Result<std::vector<Fee>> fees(db::Tx& tx, const Desk& desk, const Programme& programme, std::optional<AreaCode> area);
/// not_found "programmes.no_such_fee".
Result<Fee> fee(db::Tx& tx, const Desk& desk, const Programme& programme, FeeId id);

struct FeeEntry {
    Date on;
    bool expense = false;
    std::string item;  // of an expense: what it was for
    Money amount;
    std::string note;
    std::string account;
};
/// Errors: as `fee`; invalid "programmes.fee_entry_outside" (not between the scheme's days, or in future),
/// "programmes.fee_entry_amount", "programmes.fee_used_otherwise" {item}: an expense for what was not approved.
Result<void> add_fee_entry(db::Tx& tx, const Desk& desk, const Programme& programme, FeeId id, FeeEntry entry,
                           std::string_view key);
/// In order of day; of a fee that the caller has found to be readable.
Result<std::vector<FeeEntry>> fee_entries(db::Tx& tx, FeeId id);

/// How many people of a village the register knows, and how many of them the pack's table exempts.
struct Heads {
    std::int64_t persons = 0, exempt = 0;
};
Result<Heads> heads(db::Tx& tx, const Desk& desk, const Programme& programme, AreaCode village);

}  // namespace ballast::programmes
