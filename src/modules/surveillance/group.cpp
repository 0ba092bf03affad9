#include "surveillance/group.h"

#include <algorithm>
#include <map>
#include <set>

namespace ballast::surveillance {

bool GroupLimits::reached(std::int64_t hit, std::int64_t on_file) const {
    return on_file > 0 && hit >= households && Decimal(hit) * Decimal(100) >= percent * Decimal(on_file);
}

std::int64_t Group::households() const {
    std::set<std::int64_t> different;
    for (const auto& one : signals) different.insert(one.household);
    return std::ssize(different);
}

std::vector<Group> groups(std::span<const Signal> free, std::span<const OpenGroup> open,
                          const std::function<std::int64_t(AreaCode)>& on_file, const GroupLimits& limits, Date today) {
    std::vector<Signal> left;
    for (const auto& one : free)
        if (limits.since(today) <= one.told_on && one.told_on <= today) left.push_back(one);

    std::vector<Group> out;
    const auto take = [&](Group group, const auto& belongs) {
        for (const auto& one : left)
            if (belongs(one)) group.signals.push_back(one);
        std::erase_if(left, belongs);
        if (!group.signals.empty()) out.push_back(std::move(group));
    };

    std::vector<OpenGroup> smallest_first(open.begin(), open.end());
    std::ranges::stable_sort(smallest_first, std::greater<>(), [](const OpenGroup& one) { return one.area.level(); });
    for (const auto& alarm : smallest_first)
        take({alarm.alarm, alarm.risk, alarm.area, {}},
             [&](const Signal& one) { return one.risk == alarm.risk && alarm.area.contains(one.village); });

    for (const auto level : {AreaLevel::village, AreaLevel::township}) {
        std::map<std::pair<std::string, AreaCode>, std::set<std::int64_t>> hit;
        for (const auto& one : left) hit[{one.risk, one.village.at(level)}].insert(one.household);
        for (const auto& [key, households] : hit) {
            const auto& [risk, area] = key;
            if (limits.reached(std::ssize(households), on_file(area)))
                take({{}, risk, area, {}},
                     [&](const Signal& one) { return one.risk == risk && one.village.at(level) == area; });
        }
    }
    return out;
}

}  // namespace ballast::surveillance
