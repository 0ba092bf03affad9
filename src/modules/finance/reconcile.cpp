#include "finance/reconcile.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

namespace ballast::finance {

Reconciliation reconcile(const std::vector<AccountLine>& book, const std::vector<AccountLine>& bank,
                         int days_apart) {
    std::multimap<Money, std::size_t> at_bank;
    for (std::size_t i = 0; i < bank.size(); ++i) at_bank.emplace(bank[i].amount, i);
    std::vector<Reconciliation::Pair> candidates;
    for (std::size_t i = 0; i < book.size(); ++i) {
        const auto [first, last] = at_bank.equal_range(book[i].amount);
        for (auto it = first; it != last; ++it)
            if (const int apart = std::abs(book[i].day - bank[it->second].day); apart <= days_apart)
                candidates.push_back({i, it->second, apart});
    }
    std::ranges::sort(candidates, {},
                      [](const auto& pair) { return std::tuple(pair.days_apart, pair.book, pair.bank); });

    Reconciliation out;
    std::vector<bool> book_taken(book.size()), bank_taken(bank.size());
    for (const auto& pair : candidates) {
        if (book_taken[pair.book] || bank_taken[pair.bank]) continue;
        book_taken[pair.book] = bank_taken[pair.bank] = true;
        out.agreed.push_back(pair);
    }
    std::ranges::sort(out.agreed, {}, &Reconciliation::Pair::book);
    for (std::size_t i = 0; i < book.size(); ++i) {
        out.difference -= book[i].amount;
        if (!book_taken[i]) out.only_in_book.push_back(i);
    }
    for (std::size_t i = 0; i < bank.size(); ++i) {
        out.difference += bank[i].amount;
        if (!bank_taken[i]) out.only_at_bank.push_back(i);
    }
    return out;
}

}  // namespace ballast::finance
