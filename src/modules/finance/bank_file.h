/// A bank's list of an account's movements (银行流水), as CSV or XLSX: one row a movement, with its day and
/// what came in or went out.
#pragma once

#include <string>
#include <vector>

#include "finance/reconcile.h"

namespace ballast::finance {

struct BankList {
    std::vector<AccountLine> lines;
    Date first, last;  // days of the list
};
/// Errors: those of table::Reader and table::find_header; invalid "finance.bank_list_empty";
/// "finance.bank_row" {row, column}: no day, no amount or both in and out; "finance.bank_row_twice" {row,
/// first}: day, amount and reference are those of an earlier row. Rows without a reference may be equal.
Result<BankList> read_bank_file(const std::string& path, const std::string& name);

}  // namespace ballast::finance
