#include "indicators/consistency.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "figures/relation.h"

namespace ballast::indicators {
namespace {

constexpr std::array<std::string_view, 4> verdicts{"holds", "fails", "warn", "unverifiable"};

figures::Law law_of(Law law) {
    switch (law) {
        case Law::at_most: return figures::Law::at_most;
        case Law::same: return figures::Law::same;
        case Law::rise: return figures::Law::rise;
        case Law::growth: return figures::Law::growth;
        case Law::share: return figures::Law::share;
        case Law::quotient: return figures::Law::quotient;
        default: return figures::Law::sum;
    }
}

std::int64_t median(std::vector<std::int64_t> values) {
    std::ranges::sort(values);
    const auto n = values.size();
    return n % 2 ? values[n / 2] : values[n / 2 - 1] + (values[n / 2] - values[n / 2 - 1]) / 2;
}

}  // namespace

std::string_view name_of(Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; }

Judgement judge(Law law, const Measure& measure, std::span<const std::int64_t> values) {
    if (values.size() < 2 || std::ranges::find(values, absent) != values.end()) return {};
    std::vector<figures::Number> numbers;
    for (const auto value : values) numbers.push_back({decimal_of(measure, value), Decimal::from_parts(1, measure.places), false});
    const auto found = figures::reckon(law_of(law), numbers);
    const auto computed = read_value(measure, found.computed.rounded(measure.places, Rounding::half_up).plain());
    Judgement out;
    out.printed = values[found.printed];
    out.computed = computed ? *computed : absent;
    // Of two equals a text cannot say which is wrong; here the register is what the report is held against.
    if (law == Law::same) std::tie(out.printed, out.computed) = std::pair(values[0], values[1]);
    // Counts are not rounded: what a printed text is forgiven, a form is not.
    out.verdict = found.outcome == figures::Outcome::kept ? Verdict::holds : Verdict::fails;
    return out;
}

Judgement judge_ratio(Law law, std::span<const Stated> values) {
    if (values.size() != 3 || std::ranges::find(values, absent, &Stated::value) != values.end()) return {};
    std::vector<figures::Number> numbers;
    for (const auto& one : values) {
        const bool exact = one.measure->places == 0 && &one != &values.back();
        numbers.push_back({decimal_of(*one.measure, one.value),
                           exact ? Decimal(0) : Decimal::from_parts(1, one.measure->places), !exact});
    }
    // A growth over nothing, a share of nothing: there is no such number to hold it against.
    const auto base = law == Law::growth ? numbers[0].value : numbers[1].value;
    if (base <= Decimal(0)) return {};
    const auto found = figures::reckon(law_of(law), numbers);
    const auto& last = values.back();
    const auto computed = read_value(*last.measure, found.computed.rounded(last.measure->places, Rounding::half_up).plain());
    const auto verdict = found.outcome == figures::Outcome::kept       ? Verdict::holds
                         : found.outcome == figures::Outcome::rounding ? Verdict::warn
                                                                       : Verdict::fails;
    return {verdict, last.value, computed ? *computed : absent};
}

Judgement outlier(std::int64_t value, std::span<const std::int64_t> history) {
    std::vector<std::int64_t> known;
    for (const auto one : history)
        if (one != absent) known.push_back(one);
    if (value == absent || known.size() < least_history) return {};
    const auto middle = median(known);
    std::vector<std::int64_t> distances;
    for (const auto one : known) distances.push_back(std::abs(one - middle));
    const auto spread = std::max<std::int64_t>(median(distances), 1);
    const auto away = std::abs(value - middle);
    const bool far = away > 5 * spread && away * 10 > std::abs(middle);
    return {far ? Verdict::warn : Verdict::holds, value, middle};
}

}  // namespace ballast::indicators
