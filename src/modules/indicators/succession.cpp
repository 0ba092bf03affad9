#include "indicators/succession.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/shares.h"

namespace ballast::indicators {
namespace {

Error refuse(const char* id, const Succession& one) {
    return invalid(id).with("area", one.from.short_digits()).with("date", one.on.iso());
}

/// Day by day; what happens on one day happens at once.
std::map<Date, std::map<AreaCode, const Succession*>> by_day(std::span<const Succession> successions,
                                                             Date from, Date to) {
    std::map<Date, std::map<AreaCode, const Succession*>> out;
    for (const auto& one : successions)
        if (from < one.on && one.on <= to) out[one.on][one.from] = &one;
    return out;
}

/// Largest remainder, as with money: whole units, and they add up again.
std::vector<std::int64_t> shared(std::int64_t value, const Succession& one) {
    std::vector<Decimal> weights;
    for (const auto& heir : one.to) weights.push_back(heir.weight);
    const auto parts = by_largest_remainder(Money::fen(value), weights);
    INVARIANT(parts);  // `check` refuses what it would
    std::vector<std::int64_t> out;
    for (const auto& part : *parts) out.push_back(part.fen());
    return out;
}

}  // namespace

Result<void> check(std::span<const Succession> successions) {
    std::set<std::pair<Date, AreaCode>> seen;
    for (const auto& one : successions) {
        if (one.to.empty()) return refuse("indicators.no_heir", one);
        if (!seen.insert({one.on, one.from}).second) return refuse("indicators.changed_twice", one);
        std::set<AreaCode> heirs;
        std::vector<Decimal> weights;
        for (const auto& heir : one.to) {
            if (!heirs.insert(heir.code).second)
                return refuse("indicators.heir_twice", one).with("heir", heir.code.short_digits());
            if (heir.code.level() != one.from.level())
                return refuse("indicators.heir_level", one).with("heir", heir.code.short_digits());
            weights.push_back(heir.weight);
        }
        if (!by_largest_remainder(Money::fen(1), weights)) return refuse("indicators.weights_nought", one);
    }
    return {};
}

std::vector<AreaFigure> carried(std::vector<AreaFigure> figures, std::span<const Succession> successions,
                                Date from, Date to) {
    std::map<AreaCode, AreaFigure> now;
    const auto add = [](std::map<AreaCode, AreaFigure>& into, const AreaFigure& one) {
        auto& there = into.try_emplace(one.area, AreaFigure{one.area, 0, false}).first->second;
        there.value += one.value;
        there.apportioned |= one.apportioned;
    };
    for (const auto& one : figures) add(now, one);
    for (const auto& [day, changes] : by_day(successions, from, to)) {
        std::map<AreaCode, AreaFigure> next;
        for (const auto& [area, figure] : now) {
            const auto change = changes.find(area);
            if (change == changes.end()) {
                add(next, figure);
                continue;
            }
            const auto& heirs = change->second->to;
            const auto parts = shared(figure.value, *change->second);
            for (std::size_t n = 0; n < heirs.size(); ++n)
                add(next, {heirs[n].code, parts[n], figure.apportioned || heirs.size() > 1});
        }
        now = std::move(next);
    }
    std::vector<AreaFigure> out;
    for (const auto& [area, figure] : now) out.push_back(figure);
    return out;
}

std::vector<AreaCode> heirs(AreaCode area, std::span<const Succession> successions, Date from, Date to) {
    std::set<AreaCode> now{area};
    for (const auto& [day, changes] : by_day(successions, from, to)) {
        std::set<AreaCode> next;
        for (const auto code : now) {
            const auto change = changes.find(code);
            if (change == changes.end())
                next.insert(code);
            else
                for (const auto& heir : change->second->to) next.insert(heir.code);
        }
        now = std::move(next);
    }
    return {now.begin(), now.end()};
}

}  // namespace ballast::indicators
