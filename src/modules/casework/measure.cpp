#include "casework/measure.h"

#include <algorithm>

namespace ballast::casework {

Result<Measured> measure(const Visit& visit, std::int64_t members, std::optional<Money> line,
                         registry::Bound bound) {
    const Period window = income_window(visit.visited_on);
    std::vector<registry::IncomeLine> lines;
    for (const auto& total : visit.income) {
        const auto item = registry::income_item(total.item);
        if (!item) return invalid("casework.no_such_income_item").with("item", total.item);
        lines.push_back({{}, window, *item, "", total.amount, 0});
    }
    return Measured{window, TRY(registry::income_in(lines, window, members)), line, bound};
}

Findings findings(const RiskCase& now, const Measured& measured, bool ex_poor) {
    INVARIANT(now.visit.has_value());
    const Visit& visit = *now.visit;
    const bool gap = std::ranges::any_of(visit.guarantees, [](const GuaranteeFound& one) {
        return one.status == "at_risk" || one.status == "not_secured";
    });
    return {
        {ex_poor, measured.in_scope(), visit.risk_confirmed, visit.sudden_event && visit.severe_difficulty},
        now.hard_hit_open(),
        gap,
        visit.self_coping};
}

}  // namespace ballast::casework
