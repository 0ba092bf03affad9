/// Settlements in and out. Inside the module only.
#pragma once

#include "insurance/settlement.h"

namespace ballast::insurance {

/// SQL that holds for settlements (`alias`) that the actor may see: of its areas, or with policies in them.
Result<std::string> settlement_visible(db::Tx& tx, const Desk& desk, std::string_view alias);
/// The same with a right over some of its policies (a village's), or over the whole of it.
Result<std::string> concerns(db::Tx& tx, const Desk& desk, auth::Right right, std::string_view alias);
/// As it is stored, whole. not_found "insurance.no_such_settlement".
Result<Settlement> whole_settlement(db::Tx& tx, const Desk& desk, const std::string& condition,
                                    SettlementId id);
/// Moves it on, if nobody else has. conflict "insurance.changed_meanwhile".
Result<void> advance(db::Tx& tx, const Settlement& before, std::int64_t version, SettlementState to,
                     Date today);
Result<SettlementMoment> moment_of(db::Tx& tx, const Desk& desk, const Settlement& settlement);

/// The series that a product needs and that are on file with an insurer, frozen as they stand now.
Result<std::vector<SettledFrom>> freeze(db::Tx& tx, const Desk& desk, const Product& product,
                                        std::string_view condition, const Period& days);

}  // namespace ballast::insurance
