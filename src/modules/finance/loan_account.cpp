#include "finance/loan_account.h"

#include <algorithm>
#include <set>

namespace ballast::finance {
namespace {

// Interest of the days after `from` up to `to`, by who bears it. `overdue`: something is, all the while.
Result<BorneInterest> accrued(const Contract& contract, Money outstanding, Date from, Date to, bool overdue) {
    BorneInterest out;
    if (outstanding == Money() || to <= from) return out;
    const Date change = overdue ? from : std::clamp(contract.subsidy_until, from, to);
    const auto& terms = contract.loan.terms;
    if (change > from) {
        const auto part = TRY(interest_borne(outstanding, terms, contract.borrower_rate, change - from));
        out.borrower += part.borrower;
        out.fiscal += part.fiscal;
    }
    if (to > change) out.borrower += TRY(interest(outstanding, terms, to - change));
    return out;
}

// By when how much of the borrower's money must have come in, in all; the last day asks for everything.
struct Demand {
    Date due;
    Money together;
};

class Walk {
public:
    Walk(const Contract& contract, std::vector<Demand> demands)
        : contract_(contract), demands_(std::move(demands)), at_(contract.loan.disbursed) {
        out_.outstanding = contract.loan.principal;
    }

    // Interest is rounded once between two days on which something changes.
    Result<void> go_to(Date day) {
        const auto part =
            TRY(accrued(contract_, out_.outstanding, at_, day, next_due() && *next_due() <= at_));
        out_.interest += part.borrower;
        out_.fiscal += part.fiscal;
        at_ = std::max(at_, day);
        return {};
    }
    Result<void> pay(Money amount) {
        if (amount > out_.payoff())
            return invalid("finance.repaid_too_much").with("most", out_.payoff().formatted());
        const Taken taken{amount - std::min(amount, out_.interest), std::min(amount, out_.interest)};
        out_.interest -= taken.interest;
        out_.outstanding -= taken.principal;
        out_.interest_paid += taken.interest;
        out_.principal_paid += taken.principal;
        out_.taken.push_back(taken);
        return {};
    }
    void extend(const Extension& extension) { demands_ = {{extension.maturity, Money()}}; }

    std::optional<Date> next_due() const {
        if (out_.payoff() == Money()) return std::nullopt;
        for (const auto& demand : demands_)
            if (&demand == &demands_.back() || paid() < demand.together) return demand.due;
        return std::nullopt;
    }
    Standing standing(Date as_of) const {
        Standing out = out_;
        out.next_due = next_due();
        for (const auto& demand : demands_) {
            if (demand.due > as_of) break;
            out.due = &demand == &demands_.back() ? out.payoff()
                                                  : std::clamp(demand.together - paid(), Money(), out.payoff());
        }
        return out;
    }

private:
    Money paid() const { return out_.principal_paid + out_.interest_paid; }

    const Contract& contract_;
    std::vector<Demand> demands_;
    Date at_;
    Standing out_;
};

}  // namespace

Date Contract::maturity() const {
    return extension ? extension->maturity : loan.disbursed.plus_months(loan.months);
}

Result<std::vector<DueRow>> due_rows(const Contract& contract) {
    std::vector<DueRow> out;
    Money before = contract.loan.principal;
    Date from = contract.loan.disbursed;
    for (const auto& row : TRY(schedule(contract.loan))) {
        const auto interest = TRY(accrued(contract, before, from, row.due, false));
        out.push_back({row.due, row.days, row.principal, interest, row.outstanding});
        before = row.outstanding;
        from = row.due;
    }
    return out;
}

Result<Standing> standing(const Contract& contract, std::span<const Payment> payments, Date as_of) {
    const Date begin = contract.loan.disbursed;
    if (as_of < begin) return invalid("finance.before_disbursement").with("date", begin.iso());
    std::vector<Demand> demands;
    std::set<Date> days{as_of};
    Money together;
    for (const auto& row : TRY(due_rows(contract))) {
        together += row.amount();
        demands.push_back({row.due, together});
        if (row.due < as_of) days.insert(row.due);
    }
    if (contract.extension) {
        if (contract.extension->on < as_of) days.insert(contract.extension->on);
        if (contract.extension->maturity < as_of) days.insert(contract.extension->maturity);
    }
    for (const auto& payment : payments) {
        if (payment.on < begin) return invalid("finance.before_disbursement").with("date", begin.iso());
        if (payment.on <= as_of) days.insert(payment.on);
    }

    Walk walk(contract, std::move(demands));
    auto payment = payments.begin();
    for (const Date day : days) {
        TRY(walk.go_to(day));
        for (; payment != payments.end() && payment->on <= day; ++payment) TRY(walk.pay(payment->amount));
        if (contract.extension && contract.extension->on == day) walk.extend(*contract.extension);
    }
    return walk.standing(as_of);
}

}  // namespace ballast::finance
