/// Loans of a demo county: a bank with two clerks, the fund that shares the risk, and files at every point of
/// their course: applied, recommended, running and soon mature, overdue, settled with its interest subsidised,
/// compensated and partly recovered. Beside them a company's order-farming contracts: paid, to be settled, growing.
#pragma once

#include "context/context.h"
#include "demo/county.h"
#include "demo/staff.h"

namespace ballast::demo {

/// After write_insurance(), whose subsidy budget it uses. Errors: those of the steps.
Result<void> write_loans(const delivery::Context& context, const County& county, const Staff& staff, Instant now);

}  // namespace ballast::demo
