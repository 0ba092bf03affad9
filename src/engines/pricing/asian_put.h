/// The put on the arithmetic average of futures settlement prices (domain specification 5.8): what an insurer
/// of "insurance + futures" buys. Paid on the day of the last fixing: max(0, strike - average).
///
/// Black-76 on real dates: Actual/365, rate continuously compounded, no carry (the underlying is a futures
/// price), one volatility. Prices are per unit (yuan per tonne as a rule). A value here is an estimate by a
/// model and therefore a floating-point number; it is never posted. What a cover pays is settled in
/// futures_cover.h, exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/rng.h"

namespace ballast::pricing {

struct Fixing {
    Date day;
    std::optional<double> settled;  // known on and before the day of valuation
};

struct AsianPut {
    double futures;  // the futures price on the day of valuation
    double strike;
    double rate;        // 0.03 is 3 % a year
    double volatility;  // 0.18 is 18 % a year
    Date valuation;
    std::vector<Fixing>
        fixings;  // in order of days; one on the day of valuation without a price fixes at `futures`
};

struct Valuation {
    double price = 0;
    double standard_error = 0;  // 0 where the method draws nothing
    double delta = 0;           // change of the price for one yuan more of the futures price: -1 .. 0
};

/// The two moments of the average, exact on the schedule, put into a lognormal (Turnbull and Wakeman 1991
/// with two moments; Levy 1992). An approximation: up to 4 % off near the money and more far out.
///
/// Errors, all invalid: "pricing.not_positive" and "pricing.out_of_range", both {name}; "pricing.no_fixings";
/// "pricing.too_many_fixings" {count, most}; "pricing.fixings_out_of_order" {date}; "pricing.fixing_unknown"
/// {date}, of a day before the valuation without its price; "pricing.fixing_in_future" {date}, of a price
/// that nobody can know; "pricing.already_paid" {date}.
Result<Valuation> two_moment(const AsianPut& put);

inline constexpr std::int64_t fewest_samples = 1'000;
inline constexpr std::int64_t most_samples = 10'000'000;

/// The mean over `samples` drawn paths, with the put on the geometric average, whose value is known, as
/// control variate; the delta from the same paths. The same rng draws the same price. Errors: those of
/// two_moment; "pricing.out_of_range" {name: samples}.
Result<Valuation> monte_carlo(const AsianPut& put, std::int64_t samples, Rng& rng);

}  // namespace ballast::pricing
