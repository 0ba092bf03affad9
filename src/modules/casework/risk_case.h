/// A risk case: one household, one suspicion, from the day it is opened to a decision with reasons. It is the
/// fold of its steps: `after` is the only way in which a case changes. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/area_code.h"
#include "base/clock.h"
#include "casework/facts.h"
#include "casework/ids.h"
#include "casework/risk.h"
#include "registry/household.h"

namespace ballast::casework {

enum class State : std::uint8_t {
    opened,
    verified,
    consented,
    compared,
    explaining,
    reviewed,
    publicised,
    objected,
    town_reviewed,
    approved,
    enrolled,
    rejected,  // with a reason: asset, review, objection, township, county
    closed,    // with a reason: refused_consent, no_risk, resolved_on_spot ...
};
std::span<const State> all_states();
std::string_view name_of(State state);
std::optional<State> state_named(std::string_view name);
inline bool over(State state) { return state >= State::enrolled; }

enum class Action : std::uint8_t {
    open,
    verify,
    authorise,
    refuse_consent,
    withdraw_consent,
    compare,
    explain,
    judge,         // the township on an explanation
    judge_county,  // the county on that of a hard hit
    reject_asset,
    review,
    publicise,
    end_publicity,
    object,
    dismiss_objection,
    restart_publicity,
    repeat_review,
    reject_objection,
    township_review,
    return_township,
    correct,
    reject_township,
    approve,
    return_county,
    reject_county,
    enrol,
    close,
    green_help,
    extend,
    pause,
    resume,
};
std::span<const Action> all_actions();
std::string_view name_of(Action action);
std::optional<Action> action_named(std::string_view name);

/// One thing that was done.
struct Step {
    std::int64_t sequence = 0;  // 1, 2, 3 ... within the case
    Action action = Action::open;
    State from = State::opened, to = State::opened;
    std::string reason;  // of the state it ended in
    Date on;
    Instant at;
    auth::UserId user;
    std::string account, name, role;
    std::string key;  // the sender's, to know a second sending by
    Facts facts;
};

/// A hit of the last comparison, and what became of it.
struct HitState {
    Hit hit;
    std::optional<Explanation> explanation;
    std::optional<Judgement> township, county;
    bool hard() const { return hit.severity == "hard"; }
    /// Accepted by the township, and a hard one by the county too.
    bool accepted() const {
        return township && township->accepted && (!hard() || (county && county->accepted));
    }
};

struct Correction {
    std::string what;
    std::optional<std::string> note;  // when it is done
};
struct Pause {
    Date from;
    std::optional<Date> to;
    std::string reason;
};

struct RiskCase {
    CaseId id;
    std::string number;  // "2026-000041"
    registry::HouseholdId household;
    AreaCode village;
    std::optional<ClueId> clue;
    std::string source;  // of the clue: self_report, grassroots_check, department_screening, other
    Date day_zero;       // the day of the clue
    std::int64_t version = 0;

    State state = State::opened;
    std::string reason;  // of rejected and closed
    Date opened_on;
    Date entered;  // the day it came into its present state
    std::vector<std::string> risks;
    std::vector<Step> steps;

    std::optional<Visit> visit;
    std::optional<Consent> consent;
    bool consent_withdrawn = false;
    std::optional<Comparison> comparison;
    std::vector<HitState> hits;
    std::optional<Review> review;
    std::optional<Posting> notice;
    std::optional<TakenDown> taken_down;
    std::vector<Correction> corrections;
    std::optional<Approval> approval;
    std::optional<Enrolment> enrolment;
    std::vector<GreenHelp> green_help;
    std::optional<Date> green_since;
    std::vector<Pause> pauses;
    int extension_days = 0;

    bool paused() const { return !pauses.empty() && !pauses.back().to; }
    int paused_days(Date today) const;
    bool corrections_open() const;
    bool hits_settled() const;   // every hit accepted
    bool hard_hit_open() const;  // some hard hit not accepted
    bool self_did(std::span<const Action> actions, const auth::Actor& who) const;
};

/// The case with one step more.
RiskCase after(RiskCase before, const Step& step);

}  // namespace ballast::casework
