#include "pricing/futures_cover.h"

#include <algorithm>
#include <map>

namespace ballast::pricing {

std::vector<Date> trading_days(const Period& period, const WorkingCalendar& calendar) {
    std::vector<Date> out;
    for (Date day = period.first; day <= period.last; day = day.plus_days(1))
        if (day.weekday() <= 5 && calendar.is_working_day(day)) out.push_back(day);
    return out;
}

Result<FuturesSettlement> settle(const FuturesCover& cover, const std::vector<Settlement>& settlements,
                                 const WorkingCalendar& calendar) {
    TRY(within_contract("strike", cover.strike));
    if (cover.strike <= 0) return invalid("pricing.not_positive").with("name", "strike");
    TRY(insured_units(cover.quantity));
    const auto days = trading_days(cover.averaging, calendar);
    if (days.empty())
        return invalid("pricing.no_trading_day")
            .with("first", cover.averaging.first.iso())
            .with("last", cover.averaging.last.iso());

    std::map<Date, Decimal> prices;
    for (const auto& [day, price] : settlements) {
        if (!cover.averaging.contains(day)) continue;
        if (!std::ranges::binary_search(days, day))
            return invalid("pricing.not_a_trading_day").with("date", day.iso());
        TRY(within_contract("price", price));
        if (price <= 0) return invalid("pricing.not_positive").with("name", "price");
        if (!prices.emplace(day, price).second)
            return invalid("pricing.settlement_twice").with("date", day.iso());
    }

    Decimal sum;
    for (const Date day : days) {
        const auto found = prices.find(day);
        if (found == prices.end()) return invalid("pricing.settlement_missing").with("date", day.iso());
        const bool cut = cover.kind == Averaging::enhanced && found->second > cover.strike;
        sum = sum + (cut ? cover.strike : found->second);
    }
    FuturesSettlement out;
    out.average = Quotient(sum, static_cast<std::int64_t>(days.size()));
    out.per_tonne = std::max(cover.strike - out.average, Quotient());
    out.paid = (out.per_tonne * cover.quantity).to_money();
    return out;
}

}  // namespace ballast::pricing
