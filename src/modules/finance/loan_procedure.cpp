#include "finance/loan_procedure.h"

#include <algorithm>
#include <array>
#include <string>

namespace ballast::finance {
namespace {

using S = LoanState;
using A = LoanAction;

// The procedure. Anything not listed is refused.
constexpr std::array procedure{
    LoanStep{S::applied, A::check_village, S::village_checked},
    LoanStep{S::applied, A::refuse, S::refused},
    LoanStep{S::village_checked, A::recommend, S::recommended},
    LoanStep{S::village_checked, A::refuse, S::refused},
    LoanStep{S::recommended, A::approve, S::approved},
    LoanStep{S::recommended, A::refuse, S::refused},
    LoanStep{S::approved, A::disburse, S::disbursed},
    LoanStep{S::disbursed, A::begin_repayment, S::in_repayment},
    LoanStep{S::disbursed, A::settle, S::settled},  // paid back at once
    LoanStep{S::in_repayment, A::miss, S::overdue},
    LoanStep{S::in_repayment, A::extend, S::extended},
    LoanStep{S::in_repayment, A::settle, S::settled},
    LoanStep{S::overdue, A::catch_up, S::in_repayment},
    LoanStep{S::overdue, A::extend, S::extended},
    LoanStep{S::overdue, A::settle, S::settled},
    LoanStep{S::overdue, A::claim, S::claimed},
    LoanStep{S::extended, A::miss, S::overdue},
    LoanStep{S::extended, A::settle, S::settled},
    LoanStep{S::claimed, A::settle, S::settled},  // recovered whole
    LoanStep{S::claimed, A::write_off, S::written_off},
};

constexpr std::array<std::string_view, 12> state_names{
    "applied", "village_checked", "recommended", "approved", "disbursed",   "in_repayment",
    "overdue", "extended",        "settled",     "claimed",  "written_off", "refused"};
constexpr std::array<std::string_view, 12> action_names{
    "check_village", "recommend", "approve", "refuse", "disburse", "begin_repayment",
    "miss",          "catch_up",  "extend",  "settle", "claim",    "write_off"};
static_assert(state_names.size() == static_cast<std::size_t>(S::refused) + 1);
static_assert(action_names.size() == static_cast<std::size_t>(A::write_off) + 1);

Result<void> check_extension(const LoanCourse& loan, Date today, const LoanLimits& limits,
                             std::optional<Date> new_maturity) {
    if (loan.was_extended) return conflict("finance.extended_before");
    const Date most = loan.maturity.plus_months(limits.longest_extension_months);
    if (!new_maturity || *new_maturity <= loan.maturity || *new_maturity <= today || *new_maturity > most)
        return invalid("finance.extension_too_long").with("most", most.iso());
    return {};
}

}  // namespace

std::span<const LoanStep> loan_procedure() { return procedure; }
std::string_view name_of(LoanState state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name_of(LoanAction action) { return action_names.at(static_cast<std::size_t>(action)); }

Result<LoanCourse> after(const LoanCourse& before, LoanAction action, Date today, const LoanLimits& limits,
                         std::optional<Date> new_maturity) {
    const auto step = std::ranges::find_if(
        procedure, [&](const LoanStep& row) { return row.from == before.state && row.action == action; });
    if (step == procedure.end())
        return conflict("finance.wrong_state")
            .with("state", std::string(name_of(before.state)))
            .with("action", std::string(name_of(action)));
    if (today < before.entered) return invalid("finance.before_last_step").with("date", before.entered.iso());

    LoanCourse now = before;
    now.state = step->to;
    now.entered = today;
    if (action == A::extend) {
        TRY(check_extension(before, today, limits, new_maturity));
        now.maturity = *new_maturity;
        now.was_extended = true;
    }
    if (action == A::claim) {
        INVARIANT(before.overdue_since);
        const Date first = before.overdue_since->plus_days(limits.claim_after_days + 1);
        if (today < first) return conflict("finance.claimed_too_early").with("date", first.iso());
    }
    if (now.state == S::overdue)
        now.overdue_since = today;
    else if (now.state != S::claimed && now.state != S::written_off)
        now.overdue_since.reset();
    return now;
}

bool warns(const LoanCourse& course, Date today, const LoanLimits& limits) {
    return course.state == S::overdue && course.overdue_since &&
           today - *course.overdue_since > limits.warn_after_days;
}

bool matures_soon(const LoanCourse& course, Date today, int days) {
    const bool running =
        course.state == S::disbursed || course.state == S::in_repayment || course.state == S::extended;
    return running && course.maturity >= today && course.maturity - today <= days;
}

}  // namespace ballast::finance
