#include "indicators/credit_rules.h"

#include <algorithm>
#include <array>

namespace ballast::indicators {
namespace {

constexpr int shown_places = 4, carried_places = 12;
constexpr std::array<std::string_view, 10> doubts{"none",   "no_list",   "none_listed",      "missing",         "negative",
                                                  "no_base", "hidden",   "no_target",        "province_missing", "province_differs"};

Decimal percent_of(const Decimal& part, const Decimal& whole, int places) {
    return (part * Decimal(100)).divided_by(whole, places, Rounding::half_up);
}
bool reported(const Change& one) { return one.before && one.after; }
bool below_nought(const Change& one) {
    return (one.before && *one.before < Decimal(0)) || (one.after && *one.after < Decimal(0));
}
Standing standing(bool reached) { return reached ? Standing::reached : Standing::missed; }

/// The counties as they were told, and what stands against any verdict.
Outcome begun(std::span<const Change> all) {
    Outcome out;
    out.listed = static_cast<std::int64_t>(all.size());
    out.counted = std::ranges::count_if(all, reported);
    for (const auto& one : all) out.parts.push_back({one.county, Standing::unknown, one.before, one.after, {}});
    if (all.empty())
        out.doubt = Doubt::none_listed;
    else if (std::ranges::any_of(all, below_nought))
        out.doubt = Doubt::negative;
    else if (out.counted < out.listed)
        out.doubt = Doubt::missing;
    return out;
}

/// Growth of each that has one.
void tell_growths(Outcome& out) {
    for (auto& one : out.parts)
        if (one.before && one.after)
            if (const auto growth = growth_percent(*one.before, *one.after)) {
                one.value = *growth;
                one.standing = standing(*one.after > *one.before);
            }
}

struct Both {
    Decimal before, after;
};
Both together(std::span<const Change> all) {
    Both out;
    for (const auto& one : all) {
        out.before = out.before + *one.before;
        out.after = out.after + *one.after;
    }
    return out;
}

}  // namespace

std::string_view name_of(Doubt doubt) { return doubts[static_cast<std::size_t>(doubt)]; }

Result<Decimal> growth_percent(const Decimal& before, const Decimal& after) {
    if (before < Decimal(0) || after < Decimal(0)) return invalid("indicators.credit.negative");
    if (before.is_zero()) return invalid("indicators.credit.no_base");
    return percent_of(after - before, before, shown_places);
}

Outcome grows_together(std::span<const Change> all) {
    auto out = begun(all);
    tell_growths(out);
    if (out.doubt != Doubt::none) return out;
    const auto [before, after] = together(all);
    out.numerator = after - before;
    out.denominator = before;
    if (before.is_zero()) {
        out.doubt = Doubt::no_base;
        return out;
    }
    out.value = percent_of(after - before, before, shown_places);
    out.standing = standing(after > before);
    return out;
}

Outcome mean_above(std::span<const Change> all, const Change& province, Mean mean) {
    auto out = begun(all);
    tell_growths(out);
    if (out.doubt != Doubt::none) return out;
    if (!reported(province)) {
        out.doubt = Doubt::province_missing;
        return out;
    }
    if (below_nought(province)) {
        out.doubt = Doubt::negative;
        return out;
    }
    const auto no_base = [](const Change& one) { return one.before->is_zero(); };
    if (no_base(province) || (mean == Mean::simple && std::ranges::any_of(all, no_base)) || together(all).before.is_zero()) {
        out.doubt = Doubt::no_base;
        return out;
    }
    Decimal own;
    if (mean == Mean::simple) {
        Decimal sum;
        for (const auto& one : all) sum = sum + percent_of(*one.after - *one.before, *one.before, carried_places);
        out.numerator = sum.rounded(shown_places, Rounding::half_up);
        out.denominator = Decimal(out.listed);
        own = sum.divided_by(Decimal(out.listed), carried_places, Rounding::half_up);
    } else {
        const auto [before, after] = together(all);
        out.numerator = after - before;
        out.denominator = before;
        own = percent_of(after - before, before, carried_places);
    }
    const auto theirs = percent_of(*province.after - *province.before, *province.before, carried_places);
    out.value = (own - theirs).rounded(shown_places, Rounding::half_up);
    out.against = theirs.rounded(shown_places, Rounding::half_up);
    out.standing = standing(own > theirs);
    return out;
}

Outcome each_grows(std::span<const Change> all) {
    auto out = begun(all);
    tell_growths(out);
    // One that fell is enough, whoever else has not reported yet.
    const auto fell = std::ranges::any_of(out.parts, [](const CountyChange& one) { return one.standing == Standing::missed; });
    if (out.doubt == Doubt::negative || out.doubt == Doubt::none_listed) return out;
    if (out.doubt == Doubt::none && std::ranges::any_of(out.parts, [](const CountyChange& one) { return !one.value; }))
        out.doubt = Doubt::no_base;
    out.numerator = Decimal(std::ranges::count(out.parts, Standing::reached, &CountyChange::standing));
    out.denominator = Decimal(out.listed);
    if (fell) out.doubt = Doubt::none;
    if (out.doubt == Doubt::none) out.standing = standing(!fell);
    return out;
}

Outcome none_falls(std::span<const Change> all) {
    auto out = begun(all);
    if (out.doubt == Doubt::negative || out.doubt == Doubt::none_listed) return out;
    for (auto& one : out.parts)
        if (one.before && one.after) {
            one.value = *one.after - *one.before;
            one.standing = standing(*one.after >= *one.before);
        }
    const auto fell = std::ranges::any_of(out.parts, [](const CountyChange& one) { return one.standing == Standing::missed; });
    out.numerator = Decimal(std::ranges::count(out.parts, Standing::reached, &CountyChange::standing));
    out.denominator = Decimal(out.listed);
    if (fell) out.doubt = Doubt::none;
    if (out.doubt == Doubt::none) out.standing = standing(!fell);
    return out;
}

Outcome share_of(const std::optional<Decimal>& part, const std::optional<Decimal>& whole, const std::optional<Decimal>& target,
                 Direction direction) {
    Outcome out;
    out.numerator = part;
    out.denominator = whole;
    out.against = target;
    if (!part || !whole) {
        out.doubt = Doubt::missing;
    } else if (*part < Decimal(0) || *whole < Decimal(0)) {
        out.doubt = Doubt::negative;
    } else if (whole->is_zero()) {
        out.doubt = Doubt::no_base;
    } else {
        out.value = percent_of(*part, *whole, 2);
        if (!target) {
            out.doubt = Doubt::no_target;
            return out;
        }
        const auto have = *part * Decimal(100), need = *target * *whole;
        out.standing = standing(direction == Direction::at_least ? have >= need : have <= need);
    }
    return out;
}

}  // namespace ballast::indicators
