#include "indicators/suppression.h"

#include <optional>

#include "indicators/measure.h"

namespace ballast::indicators {
namespace {

struct Cover {
    std::size_t hidden = 0;  // members that are, the total counted too
    std::int64_t parts = 0;  // sum of the hidden parts
};
Cover cover(std::span<const std::int64_t> counts, const std::vector<bool>& out, const Equation& sum) {
    Cover found;
    found.hidden = out[sum.total];
    for (const auto part : sum.parts)
        if (out[part]) {
            ++found.hidden;
            found.parts += counts[part];
        }
    return found;
}

/// The least count that would cover it: a part that counts something, else an empty one, else the total.
std::optional<std::size_t> another(std::span<const std::int64_t> counts, const std::vector<bool>& out,
                                   const Equation& sum) {
    std::optional<std::size_t> best;
    const auto before = [&](std::size_t a, std::size_t b) {
        if ((counts[a] == 0) != (counts[b] == 0)) return counts[b] == 0;
        return counts[a] < counts[b];
    };
    for (const auto part : sum.parts)
        if (!out[part] && counts[part] != absent && (!best || before(part, *best))) best = part;
    if (!best && !out[sum.total]) best = sum.total;
    return best;
}

}  // namespace

std::vector<bool> hidden(std::span<const std::int64_t> counts, std::span<const Equation> sums) {
    std::vector<bool> out(counts.size());
    for (std::size_t n = 0; n < counts.size(); ++n) out[n] = small(counts[n]);
    // Each round hides at least one more, so it ends.
    for (bool changed = true; changed;) {
        changed = false;
        for (const auto& sum : sums)
            for (;;) {
                const auto found = cover(counts, out, sum);
                const bool told = found.hidden == 1 ||
                                  (!out[sum.total] && found.hidden > 1 && found.parts < smallest_shown);
                if (!told) break;
                const auto more = another(counts, out, sum);
                if (!more) break;
                out[*more] = true;
                changed = true;
            }
    }
    return out;
}

}  // namespace ballast::indicators
