/// What "insurance + futures" pays from exchange settlement prices (domain specification 5.8), exactly.
#pragma once

#include <vector>

#include "base/date.h"
#include "base/working_calendar.h"
#include "pricing/quotient.h"

namespace ballast::pricing {

enum class Averaging : std::uint8_t {
    plain,     // strike less the average of the settlements
    enhanced,  // 增强亚式: each settlement counts at most the strike, so the mean of the daily shortfalls
};

struct FuturesCover {
    Decimal strike;    // yuan per tonne
    Decimal quantity;  // tonnes
    Period averaging;  // the settlements of all trading days in it
    Averaging kind = Averaging::plain;
};

struct Settlement {
    Date day;
    Decimal price;
};

struct FuturesSettlement {
    Quotient average;    // as averaged: of the enhanced kind, with each price cut at the strike
    Quotient per_tonne;  // max(0, strike - average)
    Money paid;
};

/// The days on which the exchanges trade: Monday to Friday without the holidays. A make-up workday at a
/// weekend (调休) is none.
std::vector<Date> trading_days(const Period& period, const WorkingCalendar& calendar);

/// Settlements outside of the period take no part.
///
/// Errors, all invalid: "pricing.settlement_missing" {date}, of a trading day; "pricing.settlement_twice"
/// {date}; "pricing.not_a_trading_day" {date}; "pricing.no_trading_day" {first, last}; "pricing.not_positive"
/// {name}; "pricing.out_of_range" {name, value}.
Result<FuturesSettlement> settle(const FuturesCover& cover, const std::vector<Settlement>& settlements,
                                 const WorkingCalendar& calendar);

}  // namespace ballast::pricing
