/// The regulator's indicators Q1 to Q6 of rural credit: pure sums over counties. Source: domain specification 6.2 (the table of
/// regulator indicators) and item 8 of its chapter 1.
///
/// Amounts of one indicator are all in one unit. What is compared is compared exactly: a verdict never hangs on how a percentage was
/// rounded to be shown. Where a county that counts has not reported there is no verdict, and the reason says how many have.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/decimal.h"
#include "indicators/attainment.h"

namespace ballast::indicators {

/// Two amounts of one county: at the start restated to the scope of the end (同口径), so that growth is of one thing.
struct Change {
    AreaCode county;
    std::optional<Decimal> before, after;  // nothing: not reported
};

/// Why there is no verdict.
enum class Doubt : std::uint8_t {
    none,
    no_list,      // no list of counties covers the area
    none_listed,  // a list does, and none of its counties lies here
    missing,      // not all that count have reported: `counted` of `listed`
    negative,     // an amount below nought
    no_base,      // growth of nothing
    hidden,       // a small count is in it
    no_target,    // nobody has said how much is enough
    province_missing,
    province_differs,  // two counties state the province's loans differently
};
std::string_view name_of(Doubt doubt);

struct CountyChange {
    AreaCode county;
    Standing standing = Standing::unknown;
    std::optional<Decimal> before, after;
    std::optional<Decimal> value;  // growth in percent, or more or fewer kinds
};
struct Outcome {
    Standing standing = Standing::unknown;
    Doubt doubt = Doubt::none;
    std::optional<Decimal> numerator, denominator;
    std::optional<Decimal> value;    // percent, or percentage points in `mean_above`; 4 places, half up
    std::optional<Decimal> against;  // what the value had to pass, where that is not nought
    std::int64_t listed = 0, counted = 0;
    std::vector<CountyChange> parts = {};
};

/// after / before - 1 in percent, with 4 places: 128.40 after 115.90 is 10.7852. Errors, invalid: "indicators.credit.no_base" where
/// `before` is nought; "indicators.credit.negative" where either is below it.
Result<Decimal> growth_percent(const Decimal& before, const Decimal& after);

/// Q1, Q2: all of them together grow. Numerator: what was added; denominator: what there was before.
Outcome grows_together(std::span<const Change> all);

enum class Mean : std::uint8_t { simple, weighted };
/// Q3: the mean growth of the counties is above the province's. Simple: numerator is the sum of the growths in percent, denominator the
/// number of counties; weighted: what they added together over what they had. Growths are carried with 12 places; a
/// difference below the last of them is none.
Outcome mean_above(std::span<const Change> all, const Change& province, Mean mean);

/// Q4: every one grows. Numerator: those that do; denominator: all.
Outcome each_grows(std::span<const Change> all);
/// Q5: in none there are fewer than before. Numerator: those where there are not; denominator: all.
Outcome none_falls(std::span<const Change> all);

/// Q6: part of whole in percent, against a target.
Outcome share_of(const std::optional<Decimal>& part, const std::optional<Decimal>& whole, const std::optional<Decimal>& target,
                 Direction direction);

}  // namespace ballast::indicators
