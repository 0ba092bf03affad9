/// The course of a claim (domain specification 5.3), from its report to its payment. The procedure is the
/// table in claim_procedure.cpp; anything not listed there is refused. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/date.h"
#include "base/result.h"

namespace ballast::insurance {

enum class ClaimState : std::uint8_t {
    reported,
    surveyed,
    assessed,
    publicised,
    agreed,
    paid,
    closed,
    rejected,
};
enum class ClaimAction : std::uint8_t {
    survey,     // on the spot, with photos, by two who sign
    estimate,   // a first figure; of crops that still grow
    assess,     // for good
    publicise,  // in the village, masked
    object,     // somebody objects: surveyed again
    agree,      // every farmer of the sheet agrees
    pay,        // row by row of the sheet
    close,
    reject,
    reopen,
};
std::string_view name_of(ClaimState state);
std::string_view name_of(ClaimAction action);
std::optional<ClaimAction> claim_action_named(std::string_view name);
Result<ClaimState> claim_state_named(std::string_view name);

/// All that the guards look at.
struct ClaimMoment {
    ClaimState state = ClaimState::reported;
    Date occurred_on, reported_on, today;
    std::int64_t photos = 0;
    std::int64_t losses = 0;            // rows of the loss sheet
    std::int64_t without_disposal = 0;  // dead animals without proof of harmless disposal
    bool awaits_harvest = false;        // a partial loss of a crop that is told for good at harvest
    std::optional<Date> harvest_on;
    std::optional<Date> posted_on, agreed_on;
    int survey_days = 0, publicity_days = 0, payment_days = 0;
    // What is asked for now.
    std::string_view note, surveyor, assistant;
};

struct ClaimGuard {
    std::string_view error;
    ErrorKind kind;
    bool standing;  // known before a form is filled in
    bool (*broken)(const ClaimMoment&);
};
struct ClaimRow {
    std::vector<ClaimState> from;
    ClaimAction action;
    ClaimState to;
    auth::Right who;
    std::vector<const ClaimGuard*> guards;
};
std::span<const ClaimRow> claim_procedure();

/// Errors: conflict "insurance.wrong_state" {state, action}; those of the row's guards.
Result<const ClaimRow*> decide(const ClaimMoment& moment, ClaimAction action);

struct PossibleClaimStep {
    const ClaimRow* row;
    std::vector<Error> missing;
};
std::vector<PossibleClaimStep> possible(const ClaimMoment& moment, const auth::Actor& who);
/// What leads on from here and is for others to do.
std::vector<PossibleClaimStep> awaited(const ClaimMoment& moment, const auth::Actor& who);

/// By when the next step is due, of those that have a limit: the survey, the payment.
std::optional<Date> due(const ClaimMoment& moment);

}  // namespace ballast::insurance
