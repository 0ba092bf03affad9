/// A household's income against the line, by the formulas of domain specification 2.1: computed exactly in
/// fen, rounded half up once, at the division by the number of members.
#pragma once

#include <optional>
#include <span>

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

/// Sums the lines whose window lies within `window`; of overlapping ones (a year and its months) the longer
/// counts. invalid "registry.no_members" when the household has none.
Result<Income> income_in(std::span<const IncomeLine> lines, Period window, std::int64_t members);

/// The latest twelve whole months that any line speaks of: the last year or window on file.
std::optional<Period> latest_window(std::span<const IncomeLine> lines);

enum class Bound : std::uint8_t { strict, inclusive };
/// Below the line; at it only when `inclusive`. A proposal for people to judge, never a decision.
bool in_scope(Money deducted_per_head, Money line, Bound bound);

}  // namespace ballast::registry
