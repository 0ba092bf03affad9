/// Screening: the rules of packs/screening over the households of a county, and the warnings that they raise.
///
/// A warning says which rule and row of which table was met, with which values, parameters (value, date,
/// authority) and department rows, and what would clear it. It is a question to be looked into on the spot,
/// never a decision.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "feeds/feeds.h"
#include "registry/household.h"
#include "screening/rules.h"

namespace ballast::screening {

struct WarningTag;
struct RunTag;
using WarningId = Id<WarningTag>;
using RunId = Id<RunTag>;

struct Run {
    RunId id;
    AreaCode county;
    Instant at;
    Date as_of;
    std::string account;
    std::string
        cause;  // "all", "area:513431100000" (several: with commas), "batch:7", "import:3", "household:41"
    std::int64_t households = 0;  // evaluated
    std::int64_t raised = 0;      // new warnings
    std::int64_t merged = 0;      // hits that joined an open warning of the same rule
    std::int64_t suppressed = 0;  // hits within the cooldown that say nothing new
    std::int64_t cleared = 0;     // warnings whose rows their sender has replaced
    std::string pack_hash;
    struct OfRule {
        Level level = Level::yellow;  // the most urgent
        std::int64_t raised = 0, merged = 0, suppressed = 0;
    };
    std::int64_t clues = 0;                      // begun by these warnings, and
    std::int64_t joined = 0;                     // warnings that joined an open one; neither is kept
    std::map<std::string, OfRule> by_rule = {};  // as `screen` answers; not kept
    std::optional<Instant> ended = {};           // noted by `note_end`
};

struct Warning {
    WarningId id;
    registry::HouseholdId household;
    AreaCode village;
    std::string rule, risk;
    Level level = Level::yellow;
    Date raised_on;
    Date visit_by;
    enum class State : std::uint8_t {
        open,
        cleared,  // raised in error: the rows behind it have been replaced or taken back
        closed,   // its clue was closed, or the case of it is over
    } state = State::open;
    std::optional<Date>
        lapsed_on;  // since when the rule is no longer met, though nobody has dealt with the warning
    std::int64_t merged = 0;
    Evidence evidence;
    std::optional<Date> closed_on = {};
    std::string closed_reason =
        {};  // "no_risk" and the like: the clue's; "case:enrolled": how the case ended
};

/// Whose: every household of `county`, or of areas `within` it, or those that a batch or an import touched.
struct Order {
    AreaCode county;
    std::optional<std::vector<feeds::Touched>> households;
    std::string cause = "all";
    std::vector<AreaCode> within = {};
};
/// Households evaluated, and of how many; false stops the run.
using Progress = std::function<bool(std::int64_t, std::int64_t)>;

/// Evaluates and stores in short transactions, and tells casework of what it raised in the same ones; a
/// household's warnings change together, and two runs at once raise nothing twice. A run that stops or fails
/// half-way may be begun anew: what it stored is right for the households that it did.
///
/// Errors: forbidden "auth.not_allowed"; not_found "screening.no_such_county", "screening.area_outside";
/// conflict "screening.stopped"; those of the rules.
Result<Run> screen(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                   const Rules& rules, const Order& order, Instant now, const Progress& progress = {});

/// Closes the household's open warnings whose clue was closed or whose case is over, with that reason, and
/// records how many: call when that happens, in the same transaction. A run does the same at its beginning
/// for the households that it looks at. What is closed counts for the cooldown, from that day.
Result<std::int64_t> close_ended(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                 registry::HouseholdId household, AreaCode village, Instant now);

/// That the run is done now, so that it can be told how long it took.
Result<void> note_end(db::Tx& tx, RunId run, Instant now);

std::string_view name_of(Warning::State state);
std::optional<Warning::State> state_named(std::string_view name);

/// What a run says of itself when a file of a department is its cause.
std::string cause_of(feeds::BatchId batch);

struct Query {
    std::optional<AreaCode> area;
    std::optional<Level> level;
    std::string risk, rule;
    std::optional<registry::HouseholdId> household;
    std::optional<feeds::BatchId> batch;  // raised by the screening that followed that file
    std::optional<Warning::State> state = Warning::State::open;  // nothing: every one
    std::int64_t offset = 0, limit = 20;
};
struct Counts {
    std::int64_t total = 0;                        // as the whole query says
    std::int64_t red = 0, orange = 0, yellow = 0;  // whatever level the query asks for
    struct OfRule {
        std::string rule, title_zh, title_en;  // as its latest warning says
        std::int64_t count = 0;
    };
    std::vector<OfRule> by_rule;  // whatever rule the query asks for
};
/// The most urgent first. A department's clerk sees only warnings with a row of their own department.
Result<std::vector<Warning>> warnings(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                      const Query& query, Counts* counts);
Result<Warning> warning(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                        WarningId id);  // not_found "screening.no_such_warning"
Result<std::vector<Run>> runs(db::Tx& tx, const auth::Scope& scope, std::int64_t offset, std::int64_t limit,
                              std::int64_t* total);

/// How many warnings each batch has raised, open or not: as many as its list (`Query::batch`) is long for
/// this actor. In the order of `batches`, at most some hundreds.
Result<std::vector<std::int64_t>> raised_by(db::Tx& tx, const auth::Actor& actor,
                                            std::span<const feeds::BatchId> batches);

/// For lists of households: how many open warnings, and the worst level.
struct Mark {
    std::int64_t open = 0;
    std::optional<Level> worst;
};
/// In the order of `households`, at most some hundreds.
Result<std::vector<Mark>> marks(db::Tx& tx, const auth::Actor& actor,
                                std::span<const registry::HouseholdId> households);

}  // namespace ballast::screening
