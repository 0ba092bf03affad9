#include "insurance/price_season.h"

#include <algorithm>
#include <numeric>

namespace ballast::insurance {

using pricing::Quotient;

Result<const FrozenSeries*> series_of(const std::vector<FrozenSeries>& series, std::string_view code,
                                      std::string_view variable) {
    const auto found = std::ranges::find_if(
        series, [&](const auto& one) { return one.code == code && one.variable == variable; });
    if (found == series.end()) return conflict("insurance.no_series").with("code", std::string(code));
    return &*found;
}

Result<Quotient> price_over(const PriceSource& source, const std::vector<FrozenSeries>& series,
                            const Period& window) {
    std::vector<pricing::Quote> quotes;
    for (const auto& [day, price] : TRY(series_of(series, source.series, "price"))->values)
        if (window.contains(day)) quotes.push_back({day, price});
    return pricing::average_price(quotes, window, source.every);
}

Result<Decimal> reported(const std::vector<FrozenSeries>& series, std::string_view code,
                         std::string_view variable, const Period& window) {
    std::optional<std::pair<Date, Decimal>> out;
    for (const auto& [day, value] : TRY(series_of(series, code, variable))->values) {
        if (!window.contains(day)) continue;
        if (out)
            return conflict("insurance.two_reports")
                .with("code", std::string(code))
                .with("first", out->first.iso())
                .with("second", day.iso());
        out.emplace(day, value);
    }
    if (!out)
        return conflict("insurance.report_missing")
            .with("code", std::string(code))
            .with("first", window.first.iso())
            .with("last", window.last.iso());
    return out->second;
}

Result<std::vector<GradeOutcome>> grade_outcomes(const QualityTerms& terms,
                                                 const std::vector<FrozenSeries>& series,
                                                 const Period& window) {
    std::vector<GradeOutcome> out;
    Decimal sum;
    for (const auto& grade : terms.grades) {
        const auto percent = TRY(reported(series, grade.price.series, "grade_share", window));
        sum = sum + percent;
        out.push_back({TRY(price_over(grade.price, series, window)), percent * Decimal::from_parts(1, 2)});
    }
    if (sum != Decimal(100)) return conflict("insurance.grades_do_not_add_up").with("sum", sum.plain());
    return out;
}

namespace {

/// The number of quotes of a mean: always whole.
std::int64_t quotes_of(const Quotient& price) { return price.below().rounded(0, Rounding::down).to_money(Rounding::down).fen() / 100; }

}  // namespace

Quotient short_of_agreed(const QualityTerms& terms, const std::vector<GradeOutcome>& grades) {
    // Grades are quoted on different numbers of days: their means meet in the least common multiple.
    std::int64_t below = 1;
    for (const auto& grade : grades) below = std::lcm(below, quotes_of(grade.price));
    Decimal above;
    for (std::size_t i = 0; i < grades.size(); ++i) {
        const Quotient missing = std::max(terms.grades[i].agreed - grades[i].price, Quotient());
        above = above + missing.above() * grades[i].share * (below / quotes_of(missing));
    }
    return {above, below};
}

Quotient paid_below_cost(const CostPriceTerms& terms, const Quotient& price, Decimal amount) {
    const Quotient of_target = std::max(terms.target - price, Quotient());
    const Quotient of_cost = std::max(terms.full_cost - price, Quotient());
    return {of_target.above() * of_cost.above() * amount,
            of_target.below() * of_cost.below() * terms.target * terms.full_cost};
}

}  // namespace ballast::insurance
