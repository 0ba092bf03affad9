/// From the quotes and the reports of a season to what a price, income or quality cover is told by (domain
/// specification 5.6 and 5.7). Pure and exact.
#pragma once

#include "insurance/season.h"

namespace ballast::insurance {

/// What is missing in a series that a contract names: conflict "insurance.no_series" {code}.
Result<const FrozenSeries*> series_of(const std::vector<FrozenSeries>& series, std::string_view code,
                                      std::string_view variable);

/// The mean of a source's quotes. Errors: those of series_of and average_price.
Result<pricing::Quotient> price_over(const PriceSource& source, const std::vector<FrozenSeries>& series,
                                     const Period& window);

/// The one figure that a report tells of the season. Errors: those of series_of; conflict
/// "insurance.report_missing" {code, first, last}, "insurance.two_reports" {code, first, second}: nobody says
/// which of them holds.
Result<Decimal> reported(const std::vector<FrozenSeries>& series, std::string_view code,
                         std::string_view variable, const Period& window);

/// What a grade fetched and how much of the harvest it was.
struct GradeOutcome {
    pricing::Quotient price;  // yuan a unit, the mean
    Decimal share;            // of the harvest, as the test report has it
};
/// In the contract's order. Errors: those of price_over and reported; conflict
/// "insurance.grades_do_not_add_up" {sum}: the report's shares are not 100 %.
Result<std::vector<GradeOutcome>> grade_outcomes(const QualityTerms& terms,
                                                 const std::vector<FrozenSeries>& series,
                                                 const Period& window);
/// Yuan for a unit of the harvest: what each grade fetched less than agreed, by its share. A grade that
/// fetched more takes nothing off.
pricing::Quotient short_of_agreed(const QualityTerms& terms, const std::vector<GradeOutcome>& grades);

/// Sum insured x (target - price) / target x (full cost - price) / full cost; nothing unless the price lies
/// below both.
pricing::Quotient paid_below_cost(const CostPriceTerms& terms, const pricing::Quotient& price,
                                  Decimal amount);

}  // namespace ballast::insurance
