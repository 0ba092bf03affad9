#include "indicators/rollup.h"

#include <algorithm>

namespace ballast::indicators {
namespace {

Error too_large(const Measure& measure, std::int64_t value) {
    return invalid("indicators.too_large").with("value", written(measure, value)).with("unit", measure.unit);
}

/// The sum and how many of the leaves reported, of [first, last).
struct Sum {
    std::int64_t value = 0;
    std::uint32_t reported = 0;
    bool overflow = false;

    void add(std::int64_t one, std::uint32_t from) {
        const bool there = one != absent;
        overflow |= __builtin_add_overflow(value, there ? one : 0, &value);
        reported += there ? from : 0;
    }
};

}  // namespace

Result<Rolled> roll_up(const Tree& tree, const Column& column) {
    INVARIANT(column.values.size() == tree.leaves().size());
    Rolled out;
    out.measure = column.measure;
    out.levels.push_back({column.values, std::vector<std::uint32_t>(column.values.size())});
    for (std::size_t n = 0; n < column.values.size(); ++n)
        out.levels[0].reported[n] = column.values[n] != absent;
    for (auto level = tree.lowest(); level != tree.highest();) {
        level = static_cast<AreaLevel>(static_cast<int>(level) - 1);
        const auto& below = out.levels.back();
        Rolled::Level made;
        const auto size = tree.at(level).size();
        made.sums.reserve(size);
        made.reported.reserve(size);
        for (std::size_t n = 0; n < size; ++n) {
            Sum sum;
            const auto [first, last] = tree.children(level, n);
            for (auto child = first; child < last; ++child) sum.add(below.sums[child], below.reported[child]);
            if (sum.overflow) return too_large(column.measure, sum.value);
            made.sums.push_back(sum.reported ? sum.value : absent);
            made.reported.push_back(sum.reported);
        }
        out.levels.push_back(std::move(made));
    }
    return out;
}

Result<void> re_roll(const Tree& tree, Rolled& rolled, std::size_t leaf, std::int64_t value) {
    const auto before = rolled.levels[0].sums[leaf];
    if (before == value) return {};
    const auto known = [](std::int64_t v) { return v == absent ? 0 : v; };
    const int came = (value != absent) - (before != absent);
    __extension__ using Wide = __int128;
    const Wide change = Wide(known(value)) - known(before);
    struct Step {
        std::size_t level, at;
        std::int64_t sum;
        std::uint32_t reported;
    };
    std::vector<Step> steps;
    auto at = leaf;
    auto level = tree.lowest();
    for (std::size_t n = 0; n < rolled.levels.size(); ++n) {
        const auto& here = rolled.levels[n];
        const auto reported = static_cast<std::uint32_t>(static_cast<int>(here.reported[at]) + came);
        const auto sum = known(here.sums[at]) + change;
        if (sum > std::numeric_limits<std::int64_t>::max() || sum <= absent)
            return too_large(rolled.measure, value);
        steps.push_back({n, at, reported ? static_cast<std::int64_t>(sum) : absent, reported});
        if (n + 1 == rolled.levels.size()) break;
        at = tree.parent(level, at);
        level = static_cast<AreaLevel>(static_cast<int>(level) - 1);
    }
    for (const auto& step : steps) {
        rolled.levels[step.level].sums[step.at] = step.sum;
        rolled.levels[step.level].reported[step.at] = step.reported;
    }
    return {};
}

}  // namespace ballast::indicators
