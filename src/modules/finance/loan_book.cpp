#include "finance/loan_book.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ballast::finance {
namespace {

constexpr std::array<std::string_view, 4> repayments{"at_maturity", "interest_only", "equal_principal",
                                                     "equal_instalment"};
static_assert(repayments.size() == static_cast<std::size_t>(Repayment::equal_instalment) + 1);

constexpr std::string_view prime_of(int months) { return months <= 12 ? "lpr_1y" : "lpr_5y"; }

}  // namespace

std::string_view name_of(Repayment repayment) {
    return repayments.at(static_cast<std::size_t>(repayment));
}

Result<Repayment> repayment_named(std::string_view name) {
    const auto at = std::ranges::find(repayments, name);
    if (at == repayments.end()) return invalid("finance.no_such_repayment").with("name", std::string(name));
    return static_cast<Repayment>(at - repayments.begin());
}

Result<const SchemeTerms*> Scheme::on(Date day, AreaCode area) const {
    const SchemeTerms* best = nullptr;
    for (const auto& row : terms) {
        if (row.from > day || !row.area.contains(area)) continue;
        const bool nearer = best && row.area.level() > best->area.level();
        const bool later = best && row.area == best->area && row.from > best->from;
        if (!best || nearer || later) best = &row;
    }
    if (!best) return not_found("finance.no_terms").with("scheme", title.zh).with("date", day.iso());
    return best;
}

Result<const Scheme*> LoanBook::scheme(std::string_view name) const {
    const auto found = std::ranges::find(schemes, name, &Scheme::name);
    if (found == schemes.end()) return not_found("finance.no_such_scheme").with("name", std::string(name));
    return &*found;
}

Result<Decimal> LoanBook::limit(std::string_view name, Date on, AreaCode area) const {
    const auto bound = TRY(pack.bind(name, on, area));
    if (bound.value->unit == packs::Unit::percent)
        return bound.value->value.divided_by(100, 6, Rounding::half_up);
    return bound.value->in_rules();
}

Result<int> LoanBook::whole(std::string_view name, Date on, AreaCode area) const {
    const auto value = TRY(limit(name, on, area)).rounded(0, Rounding::half_up).plain();
    int out = 0;
    std::from_chars(value.data(), value.data() + value.size(), out);
    return out;
}

Result<LoanLimits> LoanBook::limits(Date on, AreaCode area) const {
    LoanLimits out;
    out.longest_extension_months = TRY(whole("longest_extension", on, area));
    out.claim_after_days = TRY(whole("claim_after", on, area));
    return out;
}

Result<FuseLimits> LoanBook::fuse_limits(Date on, AreaCode area) const {
    return FuseLimits{TRY(limit("fuse_warn", on, area)), TRY(limit("fuse_stop", on, area))};
}

Result<LoanScheme> LoanBook::offer(const Scheme& scheme, Date on, AreaCode area) const {
    const auto* terms = TRY(scheme.on(on, area));
    return LoanScheme{.most = terms->most,
                      .most_months = terms->most_months,
                      .most_rate_to_a_year = TRY(limit("lpr_1y", on, area)) + terms->above_prime,
                      .most_rate_above_a_year = TRY(limit("lpr_5y", on, area)) + terms->above_prime,
                      .most_times = terms->most_times,
                      .one_for_a_household = scheme.one_for_a_household,
                      .own_production_only = scheme.own_production_only};
}

Result<Decimal> LoanBook::borrower_rate(const Scheme& scheme, Decimal rate, int months, Date on,
                                        AreaCode area) const {
    const auto* terms = TRY(scheme.on(on, area));
    if (!terms->borrower_above_prime)
        return (rate * (Decimal(1) - terms->fiscal_share)).rounded(6, Rounding::half_up);
    const Decimal pays = TRY(limit(prime_of(months), on, area)) + *terms->borrower_above_prime;
    return std::clamp(pays, Decimal(), rate);
}

}  // namespace ballast::finance
