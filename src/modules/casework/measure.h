/// What a visit found, measured: income of the twelve months before it against the line in force that day,
/// and what follows for scope and category. Pure. Source: domain specification 2.1.
#pragma once

#include "casework/category.h"
#include "casework/risk_case.h"

namespace ballast::casework {

/// invalid "registry.no_members"; "casework.no_such_income_item" {item}.
Result<Measured> measure(const Visit& visit, std::int64_t members, std::optional<Money> line,
                         registry::Bound bound);

/// Of a verified case.
Findings findings(const RiskCase& now, const Measured& measured, bool ex_poor);

}  // namespace ballast::casework
