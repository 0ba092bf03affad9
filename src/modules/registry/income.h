/// A household's income against the line, by the formulas of domain specification 2.1: computed exactly in
/// fen, rounded half up once, at the division by the number of members.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "registry/household.h"

namespace ballast::registry {

struct Income {
    Money wage, production, production_expense, property, transfer, self_paid, claims;
    Money net;             // wage + production + property + transfer - production_expense; may be negative
    Money deducted;        // net - self_paid + claims
    std::int64_t members;  // at least 1
    Money net_per_head;
    Money deducted_per_head;  // the figure that is compared with the line
};

/// The lines whose window lies within `window`, without those that a longer one of the same item covers: a
/// year and its months would count twice.
std::vector<const IncomeLine*> lines_in(std::span<const IncomeLine> lines, Period window);
/// Sums the lines whose window lies within `window`; of overlapping ones (a year and its months) the longer
/// counts. invalid "registry.no_members" when the household has none.
Result<Income> income_in(std::span<const IncomeLine> lines, Period window, std::int64_t members);

/// Whether the register speaks of all months of the window: by one line for it, or by shorter ones.
bool known_whole(std::span<const IncomeLine> lines, Period window);
/// The income that is held against the line, by the household's page and by the rules alike: that of the
/// latest twelve months, over by `as_of`, which are known whole. The first months of a year are no year's
/// income.
std::optional<Period> latest_known_window(std::span<const IncomeLine> lines, Date as_of);

enum class Bound : std::uint8_t { strict, inclusive };
/// Below the line; at it only when `inclusive`. A proposal for people to judge, never a decision.
bool in_scope(Money deducted_per_head, Money line, Bound bound);

}  // namespace ballast::registry
