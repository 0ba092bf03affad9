/// What a season pays: from a frozen series and a product to an index, and from there to the fen of every
/// insured row (domain specification 5.5 to 5.8). Pure and exact; the formulas are those of the engine
/// `pricing`. Equal series and equal terms give an equal outcome, and so do their hashes.
#pragma once

#include <map>

#include "insurance/product.h"
#include "insurance/series_sheet.h"
#include "pricing/quotient.h"

namespace ballast::insurance {

/// Which series a product is settled from, the contract's own station first.
struct NeededSeries {
    SeriesKind kind = SeriesKind::weather;
    std::string code, variable;
};
std::vector<NeededSeries> needed_series(const Product& product);

/// A series as it was frozen, in the contract's order.
struct FrozenSeries {
    std::string code;
    DayValues values;
    std::string variable = {};
};
/// Of what was frozen, within the window: the text of every station, day and value.
std::string hash_of(const std::vector<FrozenSeries>& series, const Period& window);

struct SeasonOutcome {
    Period window;
    /// mm, degrees; of a price or futures cover the average price in yuan; of an income cover what a unit
    /// brought in; of a quality cover what a unit fetched less than agreed.
    pricing::Quotient index;
    int days = 0;  // of the window; of prices those with one
    std::vector<pricing::Substitute> substitutes;
    std::optional<std::size_t> step;  // of a cover by steps, the last one reached
};
/// Errors: those of index_over and settle of the engine and of price_season.h; conflict
/// "insurance.no_series" {code} when one that the contract names is not among them (of stations, its own).
Result<SeasonOutcome> outcome(const Product& product, int season, const pricing::MissingDays& missing,
                              const std::vector<FrozenSeries>& series);

/// Yuan for one unit that is insured for `amount` and was covered all along.
pricing::Quotient paid_per_unit(const Product& product, const SeasonOutcome& outcome, Decimal amount);

/// The days of the window on which a policy that was in force on these days counts: all, some or none, as its
/// contract says. A policy that was in force for none of them has none.
int counted_days(const Product& product, const Period& window, const Period& in_force);

/// A row of an insured list, as far as its payment goes.
struct SeasonRow {
    Decimal units, amount;
    Money sum_insured, paid_before;
    int counted_days = 0;
};
/// Pays rows of one season; what many rows have in common is worked out once.
class SeasonPayer {
public:
    SeasonPayer(const Product& product, const SeasonOutcome& outcome)
        : product_(product), outcome_(outcome) {}
    /// Rounded once, half up; never above what is left of the row's sum insured.
    Money payable(const SeasonRow& row);
    /// Before the rounding, for one unit.
    const pricing::Quotient& per_unit(Decimal amount, int counted_days);

private:
    const Product& product_;
    const SeasonOutcome& outcome_;
    std::map<std::pair<std::string, int>, pricing::Quotient> per_unit_;
};

/// What a product would have paid in each year of a history, as shares of the sum insured.
struct BurnSeason {
    int season = 0;
    std::optional<Error> unknown;  // why it cannot be told; nothing below holds then
    pricing::Quotient index;
    Decimal share;  // 6 places
    int substituted = 0;
};
struct SeasonBurn {
    std::vector<BurnSeason> seasons;
    int known = 0, paying = 0;
    Decimal mean, median, high, largest;  // over the known ones; `high`: nine of ten years pay no more
};
/// Errors: invalid "pricing.bad_history" {first, last}; conflict "pricing.no_known_year".
Result<SeasonBurn> burn(const Product& product, Decimal amount, int first, int last,
                        const pricing::MissingDays& missing, const std::vector<FrozenSeries>& series);

}  // namespace ballast::insurance
