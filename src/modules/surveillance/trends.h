/// R34 and R35: a price that falls, people who lose their work; pure. Domain specification 4.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "base/date.h"
#include "base/decimal.h"
#include "base/money.h"

namespace ballast::surveillance {

struct PriceLimits {
    Decimal percent = 20;
    int months = 3;
    int compared = 12;  // with the month so many months before
};
using Prices = std::map<Date, Money>;  // by the first of the month; one product in one place, in one unit

struct PriceFall {
    Date first, last;      // months
    Money before, now;     // of the last month, and of the one that it is compared with
    std::set<Date> months;
};
/// The last `months` months on file, when they follow each other, the last of them is no older than two months, and the price of each
/// lies at least `percent` below that of the month it is compared with. A month without a price on either side says nothing. Months
/// in `used` stand behind an alarm already.
std::optional<PriceFall> price_fall(const Prices& prices, const std::set<Date>& used, const PriceLimits& limits, Date today);

struct WorkLimits {
    Decimal percent = 20;
    std::int64_t least = 10;  // people of the month
};
/// `now` is at least `percent` more than `before`. Where nobody was counted before there is no rate, and no alarm.
bool rose(std::int64_t now, std::int64_t before, const WorkLimits& limits);

}  // namespace ballast::surveillance
