/// The course of a policy (domain specification 5.2), from its draft to its end. The procedure is the table
/// in policy_procedure.cpp; anything not listed there is refused. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

enum class PolicyState : std::uint8_t {
    draft,
    listed,
    inspected,
    publicised,
    paid,
    effective,
    expired,
    cancelled
};
enum class PolicyAction : std::uint8_t {
    submit,     // the insured list, to the village
    inspect,    // the drawn sample was looked at on the spot
    publicise,  // the masked list is put up in the village
    send_back,  // an objection, or something found: back to the list
    collect,    // every farmer has paid their own part
    activate,   // the policy is issued
    expire,
    cancel,
};
std::string_view name_of(PolicyState state);
std::string_view name_of(PolicyAction action);
std::optional<PolicyAction> policy_action_named(std::string_view name);
Result<PolicyState> policy_state_named(std::string_view name);

/// All that the guards look at.
struct PolicyMoment {
    PolicyState state = PolicyState::draft;
    bool has_list = true;        // the product insures named farmers
    std::int64_t farmers = 0;    // rows of the list
    std::int64_t unlooked = 0;   // rows of the sample that nobody has measured
    std::int64_t differing = 0;  // rows that were measured, and are less than what is insured
    std::int64_t paid = 0;       // rows whose farmer has paid
    std::int64_t unpaid = 0;     // rows whose farmer has not paid
    std::optional<Date> posted_on;
    int publicity_days = 0;
    Date last_day;
    Date today;
    std::string_view note;
};

struct PolicyGuard {
    std::string_view error;
    ErrorKind kind;
    bool standing;  // known before a form is filled in
    bool (*broken)(const PolicyMoment&);
};
struct PolicyRow {
    std::vector<PolicyState> from;
    PolicyAction action;
    PolicyState to;
    auth::Right who;
    bool lists;   // of products with an insured list
    bool groups;  // of those without
    std::vector<const PolicyGuard*> guards;
};
std::span<const PolicyRow> policy_procedure();

/// Errors: conflict "insurance.wrong_state" {state, action}; those of the row's guards.
Result<const PolicyRow*> decide(const PolicyMoment& moment, PolicyAction action);

/// What somebody with these rights may do next, and what is still missing.
struct PossiblePolicyStep {
    const PolicyRow* row;
    std::vector<Error> missing;
};
std::vector<PossiblePolicyStep> possible(const PolicyMoment& moment, const auth::Actor& who);
/// What leads on from here and is for others to do.
std::vector<PossiblePolicyStep> awaited(const PolicyMoment& moment, const auth::Actor& who);

}  // namespace ballast::insurance
