/// A fund's bank account held against the bank's own list (对账): what agrees, what only one side has.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"

namespace ballast::finance {

/// A line of either side: into the account above zero, out of it below.
struct AccountLine {
    Date day;
    Money amount;
    std::string reference;
};

struct Reconciliation {
    struct Pair {
        std::size_t book, bank;  // positions in the two lists
        int days_apart;
    };
    std::vector<Pair> agreed;
    std::vector<std::size_t> only_in_book;
    std::vector<std::size_t> only_at_bank;
    /// What the bank's list comes to more than the book.
    Money difference;
};

/// Lines agree when their amounts do, to the fen, and their days lie at most `days_apart` apart. The nearest
/// day is taken first, then the earlier line; each line agrees with one at most. Time grows with lines x
/// days_apart, however many of the lines are equal.
Reconciliation reconcile(const std::vector<AccountLine>& book, const std::vector<AccountLine>& bank,
                         int days_apart);

}  // namespace ballast::finance
