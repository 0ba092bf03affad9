#include "finance/journal.h"

#include <algorithm>
#include <array>
#include <map>

namespace ballast::finance {
namespace {

constexpr std::array<std::string_view, 5> kinds{"guarantee", "risk_sharing", "prevention", "subsidy",
                                                "insurance"};
constexpr std::array<std::string_view, 9> accounts{"bank",         "contribution", "top_up",
                                                   "interest",     "recovery",     "transfer_in",
                                                   "transfer_out", "payment",      "service_fee"};
static_assert(kinds.size() == static_cast<std::size_t>(FundKind::insurance) + 1);
static_assert(accounts.size() == static_cast<std::size_t>(Account::service_fee) + 1);

}  // namespace

std::string_view name_of(FundKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

Result<FundKind> fund_kind_named(std::string_view name) {
    const auto at = std::ranges::find(kinds, name);
    if (at == kinds.end()) return invalid("finance.no_such_kind").with("name", std::string(name));
    return static_cast<FundKind>(at - kinds.begin());
}

std::string_view name_of(Account account) { return accounts.at(static_cast<std::size_t>(account)); }

Result<Account> account_named(std::string_view name) {
    const auto at = std::ranges::find(accounts, name);
    if (at == accounts.end()) return invalid("finance.no_such_account").with("name", std::string(name));
    return static_cast<Account>(at - accounts.begin());
}

Result<void> check(const std::vector<Posting>& postings) {
    if (postings.size() < 2) return invalid("finance.too_few_postings");
    std::map<FundId, Money> sums;
    // Each side is held below the bound as it grows, so that no sum of the postings can overflow, in whatever order.
    Money debits, credits;
    for (std::size_t i = 0; i < postings.size(); ++i) {
        const Money amount = postings[i].amount;
        if (amount == Money()) return invalid("finance.zero_posting").with("line", std::to_string(i + 1));
        const bool fits = amount < largest_journal && amount > Money() - largest_journal;
        if (fits) (amount > Money() ? debits : credits) += amount;
        if (!fits || debits >= largest_journal || -credits >= largest_journal)
            return invalid("finance.out_of_range").with("name", "amount").with("value", amount.plain());
        sums[postings[i].fund] += amount;
    }
    for (const auto& [fund, sum] : sums)
        if (sum != Money()) return invalid("finance.unbalanced").with("difference", sum.formatted());
    return {};
}

std::vector<Posting> money_in(FundId fund, Account other, Money amount) {
    return {{fund, Account::bank, amount}, {fund, other, -amount}};
}

std::vector<Posting> money_out(FundId fund, Account other, Money amount) {
    return {{fund, other, amount}, {fund, Account::bank, -amount}};
}

Decimal FundYear::usage() const {
    const Money available = opening + received() - transfers_out;
    if (available <= Money()) return {};
    return Decimal::yuan(payments).divided_by(Decimal::yuan(available), 4, Rounding::half_up);
}

std::vector<FundAlarm> alarms(const FundYear& year, const FundLimits& limits) {
    std::vector<FundAlarm> out;
    if (year.closing() < limits.floor) out.push_back(FundAlarm::below_floor);
    // Compared without the rounding of the printed rate.
    const Decimal available = Decimal::yuan(year.opening + year.received() - year.transfers_out);
    const auto above = [&](Decimal limit) { return Decimal::yuan(year.payments) > available * limit; };
    if (above(limits.usage_alarm))
        out.push_back(FundAlarm::usage_critical);
    else if (above(limits.usage_warn))
        out.push_back(FundAlarm::usage_high);
    return out;
}

Result<void> check_service_fee(Money fee, Money contributions, Decimal rate) {
    const Money most = (Decimal::yuan(contributions) * rate).to_money(Rounding::half_up);
    if (fee > most) return invalid("finance.fee_above_contract").with("most", most.formatted());
    return {};
}

}  // namespace ballast::finance
