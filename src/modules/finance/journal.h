/// Double entry: what a journal is, which accounts a fund has, and what its year comes to. Pure; the books
/// themselves are in ledger.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/id.h"

namespace ballast::finance {

struct FundTag;
using FundId = Id<FundTag>;
struct JournalTag;
using JournalId = Id<JournalTag>;

enum class FundKind : std::uint8_t {
    guarantee,     // 防贫保障基金, the county's guarantee fund (item 3 of the bulletin)
    risk_sharing,  // 政银保风险共担基金 (item 5)
    prevention,    // 防贫保 fund, kept with an insurer
    subsidy,       // budget for premium and interest subsidies
    insurance,     // an insurer's book of a county: premiums in, claims out
};
std::string_view name_of(FundKind kind);
Result<FundKind> fund_kind_named(std::string_view name);  // invalid "finance.no_such_kind" {name}

/// The accounts of every fund. The bank account holds the money; each of the others says where it came from
/// or went.
enum class Account : std::uint8_t {
    bank,
    contribution,  // from budgets and members
    top_up,        // 多退少补
    interest,      // of the bank
    recovery,      // of losses paid before
    transfer_in,   // from another fund
    transfer_out,
    payment,  // to households, borrowers' banks, insured
    service_fee,
};
std::string_view name_of(Account account);
Result<Account> account_named(std::string_view name);  // invalid "finance.no_such_account" {name}

/// Debit above zero, credit below: money into the bank is a debit of `bank` and a credit of where it comes
/// from.
struct Posting {
    FundId fund;
    Account account = Account::bank;
    Money amount;
    friend bool operator==(const Posting&, const Posting&) = default;
};

/// Money is fen in 64 bits, 9.2e16 yuan. A trillion yuan a journal leaves room for ninety thousand of the largest
/// before a balance overflows, and no county's year comes near one.
inline constexpr Money largest_journal = Money::yuan(1'000'000'000'000);

/// Errors, all invalid: "finance.too_few_postings"; "finance.zero_posting" {line}; "finance.unbalanced"
/// {difference}, of the first fund whose postings do not add up to zero; "finance.out_of_range" {name,
/// value}: a journal whose debits or credits reach `largest_journal`.
Result<void> check(const std::vector<Posting>& postings);

/// The two postings of money that comes in from, or goes out to, `other`. amount > 0.
std::vector<Posting> money_in(FundId fund, Account other, Money amount);
std::vector<Posting> money_out(FundId fund, Account other, Money amount);

/// opening + received - spent = closing. Amounts of the period, all as people count them: positive. A
/// reversal takes off.
struct FundYear {
    Money opening;
    Money contributions, top_ups, interest, recoveries, transfers_in;
    Money transfers_out, payments, service_fees;

    Money received() const { return contributions + top_ups + interest + recoveries + transfers_in; }
    Money closing() const { return opening + received() - transfers_out - payments - service_fees; }
    /// Of what there was to pay from: payments / (opening + received - transfers out); 4 places, half up. 0
    /// of nothing.
    Decimal usage() const;
};

/// Thresholds are dated parameters; the caller reads them.
struct FundLimits {
    Money floor;          // a county's guarantee fund: 3,000,000.00
    Decimal usage_warn;   // 0.7
    Decimal usage_alarm;  // 0.9
};
enum class FundAlarm : std::uint8_t { below_floor, usage_high, usage_critical };
/// Exactly at the floor is enough; exactly at a usage limit is not yet above it.
std::vector<FundAlarm> alarms(const FundYear& year, const FundLimits& limits);

/// The service fee of a contract: opening and contributions x rate at most.
/// Error: invalid, "finance.fee_above_contract" {most}.
Result<void> check_service_fee(Money fee, Money contributions, Decimal rate);

}  // namespace ballast::finance
