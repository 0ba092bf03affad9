#include "finance/loan_procedure.h"

#include <algorithm>
#include <array>
#include <string>

namespace ballast::finance {
namespace {

using S = LoanState;
using A = LoanAction;

using R = auth::Right;

// The procedure. Anything not listed is refused.
constexpr std::array procedure{
    LoanStep{S::applied, A::check_village, S::village_checked, R::loans_recommend},
    LoanStep{S::applied, A::refuse, S::refused, R::loans_recommend},
    LoanStep{S::village_checked, A::recommend, S::recommended, R::loans_recommend, A::check_village},
    LoanStep{S::village_checked, A::refuse, S::refused, R::loans_recommend},
    LoanStep{S::recommended, A::approve, S::approved, R::loans_write},
    LoanStep{S::recommended, A::refuse, S::refused, R::loans_write},
    LoanStep{S::approved, A::disburse, S::disbursed, R::loans_write, A::approve},
    LoanStep{S::approved, A::refuse, S::refused, R::loans_write},  // the borrower did not come
    LoanStep{S::disbursed, A::begin_repayment, S::in_repayment},
    LoanStep{S::disbursed, A::settle, S::settled},  // paid back at once
    LoanStep{S::disbursed, A::miss, S::overdue, R::loans_write},
    LoanStep{S::disbursed, A::extend, S::extended, R::loans_write},
    LoanStep{S::in_repayment, A::miss, S::overdue, R::loans_write},
    LoanStep{S::in_repayment, A::extend, S::extended, R::loans_write},
    LoanStep{S::in_repayment, A::settle, S::settled},
    LoanStep{S::overdue, A::catch_up, S::in_repayment},
    LoanStep{S::overdue, A::extend, S::extended, R::loans_write},
    LoanStep{S::overdue, A::settle, S::settled},
    LoanStep{S::overdue, A::ask_claim, S::overdue, R::loans_write},
    LoanStep{S::overdue, A::claim, S::claimed, R::loans_decide, A::ask_claim},
    LoanStep{S::extended, A::miss, S::overdue, R::loans_write},
    LoanStep{S::extended, A::settle, S::settled},
    LoanStep{S::claimed, A::settle, S::settled},  // recovered whole
    LoanStep{S::claimed, A::write_off, S::written_off, R::loans_decide, A::claim},
};

constexpr std::array<std::string_view, 12> state_names{
    "applied", "village_checked", "recommended", "approved", "disbursed",   "in_repayment",
    "overdue", "extended",        "settled",     "claimed",  "written_off", "refused"};
constexpr std::array<std::string_view, 14> action_names{
    "check_village", "recommend", "approve", "refuse", "disburse",  "begin_repayment", "miss",
    "catch_up",      "extend",    "settle",  "ask_claim", "claim", "write_off", "take_back"};
static_assert(state_names.size() == static_cast<std::size_t>(S::refused) + 1);
static_assert(action_names.size() == static_cast<std::size_t>(A::take_back) + 1);

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

std::vector<const LoanStep*> awaited(LoanState state, bool claim_asked, const auth::Actor& who) {
    std::vector<const LoanStep*> out;
    for (const auto& row : procedure) {
        const bool leads_on = row.action == A::check_village || row.action == A::recommend ||
                              row.action == A::approve || row.action == A::disburse ||
                              (row.action == A::claim && claim_asked);
        if (row.from == state && leads_on && !who.may(*row.who)) out.push_back(&row);
    }
    return out;
}

std::string_view name_of(LoanState state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name_of(LoanAction action) { return action_names.at(static_cast<std::size_t>(action)); }

Result<LoanState> loan_state_named(std::string_view name) {
    const auto at = std::ranges::find(state_names, name);
    if (at == state_names.end()) return invalid("finance.no_such_state").with("name", std::string(name));
    return static_cast<LoanState>(at - state_names.begin());
}
Result<LoanAction> loan_action_named(std::string_view name) {
    const auto at = std::ranges::find(action_names, name);
    if (at == action_names.end()) return invalid("finance.no_such_action").with("name", std::string(name));
    return static_cast<LoanAction>(at - action_names.begin());
}

Result<const LoanStep*> loan_step(LoanState from, LoanAction action) {
    const auto step = std::ranges::find_if(
        procedure, [&](const LoanStep& row) { return row.from == from && row.action == action; });
    if (step == procedure.end())
        return conflict("finance.wrong_state")
            .with("state", std::string(name_of(from)))
            .with("action", std::string(name_of(action)));
    return &*step;
}

Result<LoanCourse> after(const LoanCourse& before, LoanAction action, Date today, const LoanLimits& limits,
                         std::optional<Date> new_maturity) {
    const auto* step = TRY(loan_step(before.state, action));
    if (today < before.entered) return invalid("finance.before_last_step").with("date", before.entered.iso());

    LoanCourse now = before;
    now.state = step->to;
    now.entered = today;
    if (action == A::extend) {
        TRY(check_extension(before, today, limits, new_maturity));
        now.maturity = *new_maturity;
        now.was_extended = true;
    }
    if (action == A::claim || action == A::ask_claim) {
        INVARIANT(before.overdue_since);
        const Date first = before.overdue_since->plus_days(limits.claim_after_days + 1);
        if (today < first) return conflict("finance.claimed_too_early").with("date", first.iso());
    }
    if (now.state == S::overdue)
        now.overdue_since = before.overdue_since.value_or(today);
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
