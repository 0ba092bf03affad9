/// The facts about what befell a household: illness found, disaster, accident, death, a failed project, dead
/// livestock, a loan overdue, no water, a call for help. Pure. Inside the module only; README.md says what
/// each of them means where the specification leaves a choice.
#pragma once

#include <vector>

#include "screening/facts.h"

namespace ballast::screening {

/// What departments say, and the platform's own loans.
struct Sources {
    const std::vector<feeds::Fact>& rows;
    const std::vector<Lent>& loans;
};

void add_events(Facts& facts, const registry::Household& household, const Sources& sources, Date as_of,
                const Windows& windows);

}  // namespace ballast::screening
