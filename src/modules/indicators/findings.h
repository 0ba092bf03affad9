/// What the relations between figures (rules of the catalogue) have found: each with verdict, priority, owner and due
/// date, until the figures fit or somebody explains them.
#pragma once

#include "indicators/consistency.h"
#include "indicators/desk.h"

namespace ballast::indicators {

struct FoundTag;
using FoundId = Id<FoundTag>;

struct Found {
    FoundId id;
    std::string rule, figure;
    AreaCode area;
    std::string term;
    Verdict verdict = Verdict::fails;
    std::string printed, computed;  // as written, in the figure's unit
    Priority priority = Priority::middle;
    AreaCode owner_area;
    std::string owner;  // who answers for that area, "" when nobody is named
    Date found_on, due_on;
    std::string state;  // open, explained
    std::string note;
    std::int64_t version = 0;
    std::string account;
};

/// Every rule over every area inside `area`, in the terms of their kinds that `on` lies in. What fits again is gone;
/// what was explained stays explained while its figures are the same. How many are open now.
Result<std::int64_t> check_figures(db::Tx& tx, const Desk& desk, AreaCode area, Date on);

inline constexpr std::int64_t most_findings = 10'000;  // of one answer or one sheet

/// By priority, then by due date: `limit` of them from `offset` on, and how many there are in all, unless `total` is null.
Result<std::vector<Found>> findings(db::Tx& tx, const Desk& desk, AreaCode area, std::string_view state,
                                    std::int64_t offset = 0, std::int64_t limit = most_findings,
                                    std::int64_t* total = nullptr);

/// Whoever enters figures there may say why they stand. Errors: not_found "indicators.no_such_finding"; conflict
/// "indicators.finding_changed"; invalid "indicators.reason_missing".
Result<void> explain(db::Tx& tx, const Desk& desk, FoundId id, std::int64_t version, std::string_view note);

}  // namespace ballast::indicators
