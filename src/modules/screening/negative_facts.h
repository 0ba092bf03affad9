/// What the verification rules ask: of each person, and of all together. Pure. Inside the module only.
#pragma once

#include <span>
#include <vector>

#include "feeds/said_about.h"
#include "screening/comparison.h"

namespace ballast::screening {

/// `feeds` are the sheets that were looked at: a fact of another sheet is not known.
std::vector<PersonFacts> negative_facts(const ComparisonOrder& order, std::span<const std::string> feeds,
                                        const std::vector<feeds::Said>& said);

}  // namespace ballast::screening
