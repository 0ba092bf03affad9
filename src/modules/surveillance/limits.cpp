#include "surveillance/limits.h"

#include <array>
#include <charconv>

#include "packs/packs.h"

namespace ballast::surveillance {
namespace {

constexpr std::string_view kind_prefix = "kind_";

class Reading {
public:
    Reading(const packs::Pack& pack, AreaCode area, Date on, Limits& into) : pack_(pack), area_(area), on_(on), into_(into) {}

    Result<std::int64_t> whole(const std::string& name, std::int64_t least, std::int64_t most) {
        const auto value = TRY(decimal(name, least, most)).plain();
        std::int64_t out = 0;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), out);
        if (read.ptr != value.data() + value.size()) return bad(name, least, most);
        return out;
    }
    Result<int> days(const std::string& name, int least, int most) { return static_cast<int>(TRY(whole(name, least, most))); }
    Result<Decimal> decimal(const std::string& name, std::int64_t least, std::int64_t most) {
        const auto bound = TRY(pack_.bind(name, on_, area_));
        const auto& value = bound.value->value;
        if (value < Decimal(least) || Decimal(most) < value) return bad(name, least, most);
        into_.all.push_back({name, value.plain(), bound.value->from, bound.value->authority});
        return value;
    }

private:
    static Error bad(const std::string& name, std::int64_t least, std::int64_t most) {
        return invalid("surveillance.bad_parameter")
            .with("name", name)
            .with("least", std::to_string(least))
            .with("most", std::to_string(most));
    }
    const packs::Pack& pack_;
    AreaCode area_;
    Date on_;
    Limits& into_;
};

}  // namespace

std::vector<Limit> Limits::of(std::string_view rule, std::string_view subject) const {
    const std::string_view prefix = rule == by_group ? "group_" : rule == by_price ? "price_" : "work_";
    std::vector<Limit> out;
    for (const auto& one : all)
        if (one.name.starts_with(prefix) || (rule == by_group && one.name == std::string(kind_prefix) + std::string(subject)))
            out.push_back(one);
    return out;
}

Result<Limits> limits_on(const std::string& folder, AreaCode area, Date on) {
    const auto pack = TRY(packs::load("surveillance", folder));
    Limits out;
    Reading read(pack, area, on, out);
    out.group = {TRY(read.days("group_days", 1, 366)), TRY(read.whole("group_households", 1, 10'000)),
                 TRY(read.decimal("group_percent", 0, 100))};
    out.price = {TRY(read.decimal("price_fall_percent", 1, 100)), TRY(read.days("price_fall_months", 1, 24)),
                 TRY(read.days("price_compared_months", 1, 36))};
    out.work = {TRY(read.decimal("work_rise_percent", 1, 1'000)), TRY(read.whole("work_least_people", 1, 1'000'000))};
    out.clocks = {TRY(read.days("check_within", 0, 365)), TRY(read.days("decide_within", 0, 365)),
                  TRY(read.days("respond_within", 0, 365))};
    for (const auto& one : pack.parameters)
        if (one.name.starts_with(kind_prefix) && TRY(read.whole(one.name, 0, 1)) == 1)
            out.kinds.insert(one.name.substr(kind_prefix.size()));
    return out;
}

}  // namespace ballast::surveillance
