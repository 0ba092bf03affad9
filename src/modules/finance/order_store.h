/// Rows of order-farming contracts in and out. Inside the module only.
#pragma once

#include "finance/loan_store.h"
#include "finance/order_contract.h"

namespace ballast::finance {

/// What is stored of a decimal with `places`; it was checked to have no more.
std::int64_t parts(Decimal value, int places);

/// SQL that holds for contracts (`alias`.area_code, .loan_id) that this actor may see with `right`.
Result<std::string> visible_order(db::Tx& tx, const LoanDesk& desk, auth::Right right, std::string_view alias);

Result<std::vector<Order>> orders_where(db::Tx& tx, const LoanDesk& desk, const std::string& condition,
                                        const std::vector<db::Value>& values);

/// Keeps a step under the version that the contract has now, and records it.
Result<void> keep_order_step(db::Tx& tx, const LoanDesk& desk, OrderId id, AreaCode area, std::string_view action,
                             Date on, std::string_view note);

}  // namespace ballast::finance
