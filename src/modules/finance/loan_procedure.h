/// The course of a loan, from application to settlement or write-off (domain specification 6.2). The
/// procedure is the table in loan_procedure.cpp; anything not listed there is refused. Pure: values in,
/// values out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/date.h"

namespace ballast::finance {

enum class LoanState : std::uint8_t {
    applied,
    village_checked,  // credit rating of the household
    recommended,
    approved,
    disbursed,
    in_repayment,
    overdue,
    extended,
    settled,
    claimed,  // fund and insurer have paid the bank
    written_off,
    refused,
};
enum class LoanAction : std::uint8_t {
    check_village,
    recommend,
    approve,
    refuse,
    disburse,
    begin_repayment,
    miss,      // an instalment was not paid on its day
    catch_up,  // what was overdue has been paid
    extend,
    settle,
    ask_claim,  // the bank asks for it
    claim,      // the county lets fund and insurer pay
    write_off,
    take_back,  // money that was entered wrongly; no row of the procedure: see take_back() in loan_money.h
};
std::string_view name_of(LoanState state);
std::string_view name_of(LoanAction action);
Result<LoanState> loan_state_named(std::string_view name);    // invalid "finance.no_such_state" {name}
Result<LoanAction> loan_action_named(std::string_view name);  // invalid "finance.no_such_action" {name}

struct LoanStep {
    LoanState from;
    LoanAction action;
    LoanState to;
    /// Who takes it; nobody: it happens with the money that comes in.
    std::optional<auth::Right> who = std::nullopt;
    /// Taken by another account than the one that took this step before: two people.
    std::optional<LoanAction> not_by = std::nullopt;
};
std::span<const LoanStep> loan_procedure();
/// What leads on from here and is for others to do; `claim_asked`: the bank has asked for compensation.
std::vector<const LoanStep*> awaited(LoanState state, bool claim_asked, const auth::Actor& who);
/// conflict "finance.wrong_state" {state, action}.
Result<const LoanStep*> loan_step(LoanState from, LoanAction action);

/// Dated parameters; the figures here are those of the specification where it has one, else assumed.
struct LoanLimits {
    int longest_extension_months = 12;  // once
    int claim_after_days = 60;          // overdue for more than so many days: assumed
    int warn_after_days = 30;           // overdue for more: rule R29; screening asks its own pack
};

struct LoanCourse {
    LoanState state = LoanState::applied;
    Date entered;  // the day on which the loan came into its present state
    Date maturity;
    std::optional<Date> overdue_since;
    bool was_extended = false;

    bool is_over() const {
        return state == LoanState::settled || state == LoanState::written_off || state == LoanState::refused;
    }
    /// The fiscal subsidy stops with the first missed day, for as long as something is overdue.
    bool is_subsidised() const { return !overdue_since && !is_over() && state != LoanState::claimed; }
};

/// The loan as it stands after `action` on day `today`. `new_maturity` is of extend alone.
///
/// Errors:
///   conflict "finance.wrong_state" {state, action}       the procedure has no such step from here
///   conflict "finance.extended_before"                   a loan is extended once
///   invalid  "finance.extension_too_long" {most}         or not after the maturity it extends; {most} is a
///   date conflict "finance.claimed_too_early" {date}          the first day on which it may be claimed
///   invalid  "finance.before_last_step" {date}           today lies before the step before
Result<LoanCourse> after(const LoanCourse& before, LoanAction action, Date today, const LoanLimits& limits,
                         std::optional<Date> new_maturity = std::nullopt);

/// Overdue for so long that screening is to look at the household (R29).
bool warns(const LoanCourse& course, Date today, const LoanLimits& limits);

/// Matures within `days`, and is neither over nor overdue: to be followed when its household has an open
/// risk.
bool matures_soon(const LoanCourse& course, Date today, int days);

}  // namespace ballast::finance
