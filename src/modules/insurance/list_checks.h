/// A list held against the register and other policies. Inside the module only.
#pragma once

#include "insurance/policy.h"

namespace ballast::insurance {

struct CheckedRows {
    std::vector<RowFinding> findings;
    std::vector<std::optional<std::int64_t>> households;  // row by row
};
/// Lists of a season wait for each other here, so that two that insure the same plot are not both taken.
Result<void> lock_season(db::Tx& tx, const Policy& policy);
Result<CheckedRows> check_rows(db::Tx& tx, const Desk& desk, const Policy& policy, const Product& product,
                               const std::vector<ListRow>& rows);

}  // namespace ballast::insurance
