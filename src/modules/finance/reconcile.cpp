#include "finance/reconcile.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace ballast::finance {
namespace {

using Place = std::pair<Money, Date>;

// The bank's lines of one amount and day that no line of the book has taken yet, in their order. Equal lines
// wait in one queue and are never held against each other one by one.
using Waiting = std::map<Place, std::deque<std::size_t>>;

// The earlier of the first lines that wait on either day.
std::deque<std::size_t>* earlier(Waiting& waiting, Money amount, Date one, Date other) {
    const auto queue = [&](Date day) -> std::deque<std::size_t>* {
        const auto found = waiting.find({amount, day});
        return found == waiting.end() || found->second.empty() ? nullptr : &found->second;
    };
    auto* const first = queue(one);
    auto* const second = queue(other);
    if (!first || !second) return first ? first : second;
    return first->front() <= second->front() ? first : second;
}

}  // namespace

Reconciliation reconcile(const std::vector<AccountLine>& book, const std::vector<AccountLine>& bank,
                         int days_apart) {
    Waiting waiting;
    for (std::size_t i = 0; i < bank.size(); ++i) waiting[{bank[i].amount, bank[i].day}].push_back(i);

    Reconciliation out;
    std::vector<std::size_t> open(book.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
    for (int apart = 0; apart <= days_apart; ++apart) {
        std::vector<std::size_t> still_open;
        for (const auto i : open) {
            const auto& line = book[i];
            auto* const queue =
                earlier(waiting, line.amount, line.day.plus_days(-apart), line.day.plus_days(apart));
            if (!queue) {
                still_open.push_back(i);
                continue;
            }
            out.agreed.push_back({i, queue->front(), apart});
            queue->pop_front();
        }
        open = std::move(still_open);
    }
    std::ranges::sort(out.agreed, {}, &Reconciliation::Pair::book);
    out.only_in_book = std::move(open);
    for (const auto& [place, lines] : waiting)
        out.only_at_bank.insert(out.only_at_bank.end(), lines.begin(), lines.end());
    std::ranges::sort(out.only_at_bank);
    for (const auto& line : book) out.difference -= line.amount;
    for (const auto& line : bank) out.difference += line.amount;
    return out;
}

}  // namespace ballast::finance
