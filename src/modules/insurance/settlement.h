/// The settlement of a season: all policies in force of an insurer for one index, price or futures product in
/// an area, paid from one frozen series (domain specification 5.5 to 5.8). Drafted at once, worked out row by
/// row as a job, looked at by the county, put up in the villages, confirmed, and paid in one journal of the
/// insurer's book with a posting for each policy. Each of those two jobs is one transaction: a process that
/// dies leaves nothing half done, and begun again they do it once.
///
/// A village sees a settlement in which it has policies, with its own rows and their sums alone.
#pragma once

#include <functional>

#include "insurance/policy.h"
#include "insurance/season.h"
#include "insurance/series.h"
#include "insurance/settlement_procedure.h"
#include "words/words.h"

namespace ballast::insurance {

struct SettlementTag;
using SettlementId = Id<SettlementTag>;

struct Settlement {
    SettlementId id;
    std::string number;
    InsurerId insurer;
    std::string product;
    AreaCode area;
    int season = 0;
    SettlementState state = SettlementState::draft;
    Date entered_on;
    std::int64_t version = 0;
    std::string authority;  // of the product's terms
    std::string terms_hash, series_hash;
    bool of_sale = false;  // its terms are those under which its policies were sold
    SeasonOutcome outcome;
    std::int64_t substituted = 0;
    bool calculated = false;
    // Of what the actor may see.
    std::int64_t policies = 0, insured = 0, paying = 0;
    Decimal units;
    Money sum_insured, payable, paid;
    std::optional<Date> posted_on, paid_on;
    std::optional<finance::JournalId> journal;
    std::optional<std::int64_t> job;  // the last one that was promised for it

    bool assumed() const { return authority.starts_with("assumed"); }
};

struct NewSettlement {
    std::string product;
    AreaCode area;
    int season = 0;
    std::string key;
};
/// Freezes the series and tells the index; the rows are `calculate`'s. Policies that were sold under other terms have
/// another window, index or steps, and so a settlement of their own: this one takes those that were sold first and are in
/// none yet. Policies whose terms of the sale are not on file take the pack's of the day.
///
/// Errors: forbidden; conflict "insurance.no_insurer", "insurance.window_runs" {date}: it is not over,
/// "insurance.no_series" {code}, "insurance.nothing_to_settle": no policy in force that is not settled
/// already; not_found "areas.unknown", "insurance.no_such_product"; invalid "insurance.not_by_series"
/// {product}, "insurance.bad_season", "insurance.wrong_place"; those of outcome(): what is missing in the
/// series, with its day.
Result<SettlementId> draft_settlement(db::Tx& tx, const Desk& desk, const NewSettlement& wanted,
                                      std::optional<InsurerId> on_behalf = {});

/// Policies of its insurer, product, season and area that were sold under other terms and are in no settlement yet.
Result<std::int64_t> sold_otherwise(db::Tx& tx, const Desk& desk, const Settlement& settlement);

/// Who insures that product and season there, with policies in force.
Result<std::vector<InsurerId>> insurers_of_season(db::Tx& tx, const Desk& desk, const NewSettlement& wanted);

/// Told how many rows of how many are done; may be called for every row.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Works out every row of a draft, from the series as they stand now. Errors: those of draft_settlement;
/// conflict "insurance.wrong_state", "insurance.settled_elsewhere": another settlement took one of the rows
/// at the same moment.
Result<void> calculate(db::Tx& tx, const Desk& desk, SettlementId id, const Progress& progress = {});

/// Pays what was confirmed: row by row into paid_claims, policy by policy into the insurer's book. Paid
/// already, it does nothing.
///
/// Errors: those of decide; forbidden; conflict "insurance.paid_meanwhile" {rows}: rows whose sum insured no
/// longer covers it; corrupt "insurance.does_not_add_up": what was worked out is not what is stored; those of
/// the ledger ("finance.fund_exhausted" {available}).
Result<void> pay_settlement(db::Tx& tx, const Desk& desk, SettlementId id, const Progress& progress = {});

struct SettlementOrder {
    std::int64_t version = 0;
    SettlementAction action = SettlementAction::check;
    std::string note;
};
/// Whether that step may be taken now; of `calculate` and `pay`, before a job is promised. Errors: those of
/// take_step.
Result<Settlement> check_step(db::Tx& tx, const Desk& desk, SettlementId id, const SettlementOrder& order);
/// All steps but those two. Errors: those of decide; not_found "insurance.no_such_settlement"; forbidden;
/// conflict "insurance.changed_meanwhile"; invalid "insurance.step_is_a_job" of those two.
Result<void> take_step(db::Tx& tx, const Desk& desk, SettlementId id, const SettlementOrder& order);
struct NextSettlementSteps {
    std::vector<PossibleSettlementStep> steps;
    std::vector<PossibleSettlementStep> awaited;  // of others
};
Result<NextSettlementSteps> next_steps(db::Tx& tx, const Desk& desk, const Settlement& settlement);
/// Which job works on it, so that its page can show it.
Result<void> note_job(db::Tx& tx, SettlementId id, std::int64_t job);

Result<std::vector<Settlement>> settlements(db::Tx& tx, const Desk& desk, std::string_view state,
                                            std::int64_t offset, std::int64_t limit, std::int64_t* total);
/// not_found "insurance.no_such_settlement".
Result<Settlement> load_settlement(db::Tx& tx, const Desk& desk, SettlementId id);

/// What it was made from, in the contract's order: the series with the values that were frozen.
struct SettledFrom {
    Series series;
    std::int64_t revision = 0;
    FrozenSeries frozen;
};
Result<std::vector<SettledFrom>> settled_from(db::Tx& tx, const Settlement& settlement);

struct SettlementLine {
    std::string policy_number;
    AreaCode area;
    std::int64_t line = 0;
    std::string name;  // masked, as for a public list
    Decimal units, amount;
    Money sum_insured;
    int counted_days = 0;
    Money payable;
};
/// In order of policy and line; those that the actor may see.
Result<std::vector<SettlementLine>> settlement_lines(db::Tx& tx, const Desk& desk,
                                                     const Settlement& settlement, std::int64_t offset,
                                                     std::int64_t limit);
/// The same rows as a workbook at `path`, with the index, the series and the sum at its head.
Result<void> write_settlement(db::Tx& tx, const Desk& desk, const Settlement& settlement,
                              const std::string& path, words::Language language);

/// What a product would have paid in the years of the series that the actor may see. `first`, `last`: seasons;
/// 0: as far as the series goes. Errors: invalid "insurance.not_by_series"; not_found
/// "insurance.no_such_product", "insurance.no_rate", "insurance.no_such_series"; those of burn().
struct BurnHistory {
    SeasonBurn burn;
    Decimal amount, rate;  // per unit, and what of it is asked as premium
    std::string rate_authority;
    std::vector<std::string> series;
};
Result<BurnHistory> burn_history(db::Tx& tx, const Desk& desk, std::string_view product, AreaCode area,
                                 int first, int last);

}  // namespace ballast::insurance
