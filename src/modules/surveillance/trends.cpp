#include "surveillance/trends.h"

namespace ballast::surveillance {

std::optional<PriceFall> price_fall(const Prices& prices, const std::set<Date>& used, const PriceLimits& limits, Date today) {
    if (prices.empty() || limits.months < 1) return std::nullopt;
    PriceFall out;
    out.last = prices.rbegin()->first;
    out.first = out.last.plus_months(1 - limits.months);
    if (out.last < today.first_of_month().plus_months(-2)) return std::nullopt;
    for (auto month = out.first; month <= out.last; month = month.plus_months(1)) {
        const auto now = prices.find(month), before = prices.find(month.plus_months(-limits.compared));
        if (now == prices.end() || before == prices.end() || used.contains(month)) return std::nullopt;
        const auto share = Decimal(100) - limits.percent;
        if (Decimal::yuan(now->second) * Decimal(100) > Decimal::yuan(before->second) * share) return std::nullopt;
        out.now = now->second;
        out.before = before->second;
        out.months.insert(month);
    }
    return out;
}

bool rose(std::int64_t now, std::int64_t before, const WorkLimits& limits) {
    return before > 0 && now >= limits.least && Decimal(now - before) * Decimal(100) >= limits.percent * Decimal(before);
}

}  // namespace ballast::surveillance
