/// What covers of price, income and quality pay (domain specification 5.6 and 5.7). Prices and amounts in
/// yuan, each formula exact and rounded once, half up, at its end; nothing pays above its sum insured.
///
/// Errors of every function here: invalid, "pricing.out_of_range" {name, value}; "pricing.not_positive"
/// {name} of what must be above zero; "pricing.negative" {name} of what may be zero.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "pricing/quotient.h"

namespace ballast::pricing {

/// A price as its source published it.
struct Quote {
    Date day;
    Decimal price;  // yuan per unit of weight
};

/// How often a source quotes, as the contract says: a gap would move the mean.
enum class Every : std::uint8_t {
    week,   // at least one in every Monday-to-Sunday week that lies whole in the window
    month,  // one in every calendar month that lies whole in the window, and in none two
};

/// The plain mean of the quotes inside the window. Errors: invalid, "pricing.quotes_missing" {first, last},
/// the first week without a quote; "pricing.quote_twice" {date}; of a monthly source "pricing.month_unquoted"
/// {month} and "pricing.month_quoted_twice" {month}.
Result<Quotient> average_price(const std::vector<Quote>& quotes, const Period& window,
                               Every every = Every::week);

/// max(0, target - actual) x quantity x coverage.
struct PriceCover {
    Decimal target;
    Decimal coverage = 1;   // of the shortfall, above 0 and at most 1
    Decimal quantity;       // insured: agreed yield x area, or tonnes
    Decimal most_quantity;  // area x highest yield: what is claimed above it is not believed
    Money sum_insured;
};
Result<Money> paid(const PriceCover& cover, const Quotient& actual);

/// The garlic formula: sum insured x (target - actual) / target x (full cost - actual) / full cost; nothing
/// unless the actual price lies below both. Prices in any one unit.
struct CostPriceCover {
    Decimal target;
    Decimal full_cost;
    Money sum_insured;
};
Result<Money> paid(const CostPriceCover& cover, Decimal actual);

/// max(0, insured income - yield x price) x area, the first two per unit of area.
struct IncomeCover {
    Decimal insured_income;
    Decimal area;
};
Result<Money> paid(const IncomeCover& cover, Decimal yield, Decimal price);

/// Sum over the grades of (agreed - actual) x quantity; a grade that fetched more than agreed takes nothing
/// off.
struct Grade {
    Decimal agreed;
    Decimal actual;
    Decimal quantity;
};
Result<Money> paid_for_quality(const std::vector<Grade>& grades, Money sum_insured);

}  // namespace ballast::pricing
