/// Whether figures of an area keep a relation. The arithmetic is that of the bulletin's checker (engines/figures), so a
/// county's figures and a bulletin's are held to the same laws; only the outlier is ours.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "indicators/catalogue.h"

namespace ballast::indicators {

/// As the bulletin's checker says them (domain 1.4, C15), as far as they apply here.
enum class Verdict : std::uint8_t { holds, fails, warn, unverifiable };
std::string_view name_of(Verdict verdict);

struct Judgement {
    Verdict verdict = Verdict::unverifiable;
    std::int64_t printed = absent;   // the figure that does not fit
    std::int64_t computed = absent;  // what it should be; of an outlier, the median of its history
};

/// Of one area and term; what is absent makes it unverifiable, never wrong.
///
///   areas     stated, sum of the areas below          stated = sum
///   parts     whole, part, part ...                   whole = sum of the parts
///   at_most   part, whole                             part <= whole
///   same      reported, by the register               equal
///   rise      before, change, after                   before + change = after
Judgement judge(Law law, const Measure& measure, std::span<const std::int64_t> values);

/// A value in its own measure.
struct Stated {
    const Measure* measure = nullptr;
    std::int64_t value = absent;
};
/// A ratio as it was stated, against the counts it is made of; right within half of its last place. Counts are exact; where
/// one of them has places of its own and is rounded, what that alone may explain is a warning.
///
///   growth    before, after, percent                  after = before * (1 + percent / 100)
///   share     part, whole, percent
///   quotient  total, count, average
Judgement judge_ratio(Law law, std::span<const Stated> values);

/// A value against its own history, the oldest first: further from the median than five times the median distance, and
/// than a tenth of the median. [assumed] Under six values of history nothing is said. A warning, never a failure.
Judgement outlier(std::int64_t value, std::span<const std::int64_t> history);
inline constexpr std::size_t least_history = 6;

}  // namespace ballast::indicators
