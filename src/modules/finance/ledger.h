/// The books of the funds: opened, posted to, reversed, read as of any day. Postings are only added. Every
/// call takes the areas that its caller may see; a fund outside of them is not_found "finance.no_such_fund".
///
/// Delivery asks for the right and passes the scope of that right; the money functions of other modules
/// (claims, loans) do the same.
#pragma once

#include <span>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "finance/journal.h"

namespace ballast::finance {

struct Desk {
    const crypto::Vault& vault;
    const auth::Actor& actor;
    auth::Scope scope;  // of the right with which the actor came
    Date today;
    Instant now;
};

struct Fund {
    FundId id;
    AreaCode area;
    FundKind kind = FundKind::guarantee;
    std::string organisation;  // who keeps it: an insurer's or bank's id; "" the government itself
    std::string name;
    Date opened_on;
};

/// Errors: not_found "areas.unknown" {code}; invalid "finance.name_missing" (2 to 60 characters);
/// "finance.future_date"; conflict "finance.fund_exists": one of a kind, area and organisation.
Result<FundId> open_fund(db::Tx& tx, const Desk& desk, const Fund& fund);

struct FundLine {
    Fund fund;
    Money balance;  // of the bank account
};
/// By area, kind and organisation.
Result<std::vector<FundLine>> funds(db::Tx& tx, const auth::Scope& scope, Date as_of);
Result<Fund> load_fund(db::Tx& tx, const auth::Scope& scope, FundId id);

struct NewJournal {
    Date value_date;
    std::vector<Posting> postings;
    std::string reference;  // "case:41", "policy:7"; "" or a word, a colon and a number
    std::string note;       // what people write; sealed
};

/// `key`: sent again with the same key by the same account, the first journal is answered and nothing posted;
/// "" for none, and two that arrive at once post once.
///
/// Errors: those of check(); not_found "finance.no_such_fund"; invalid "finance.future_date",
/// "finance.before_opening" {date}, "finance.bad_reference"; conflict "finance.fund_exhausted" {available}:
/// the bank account would fall below zero on the value date or a later day; "finance.key_used": a journal
/// over other funds was sent with the same key at the same moment.
Result<JournalId> post(db::Tx& tx, const Desk& desk, const NewJournal& journal, std::string_view key);

/// The same postings with the other sign. Errors: those of post(); not_found "finance.no_such_journal";
/// conflict "finance.reversed_before", "finance.is_reversal", "finance.correct_where_made" {reference}:
/// posted for a policy, claim, season or premium subsidy, which is corrected there; forbidden
/// "finance.insurers_book"; invalid "finance.before_original" {date}.
Result<JournalId> reverse(db::Tx& tx, const Desk& desk, JournalId id, Date value_date, std::string_view note);

/// From one fund to others by largest remainder, in one journal: what a prefecture gives to its counties.
struct Appropriation {
    FundId from;
    Money total;
    struct Part {
        FundId to;
        Decimal weight;
    };
    std::vector<Part> parts;
};
/// Errors: those of post() and by_largest_remainder(); invalid "finance.out_of_range" of the total;
/// "finance.fund_twice"; forbidden "finance.insurers_book": an insurer keeps its own.
Result<JournalId> appropriate(db::Tx& tx, const Desk& desk, const Appropriation& appropriation,
                              Date value_date, std::string_view key);

/// Of one account as of the end of a day: debits less credits.
Result<Money> balance(db::Tx& tx, const auth::Scope& scope, FundId fund, Account account, Date as_of);
Result<FundYear> fund_year(db::Tx& tx, const auth::Scope& scope, FundId fund, const Period& period);

struct StatementLine {
    JournalId journal;
    Date value_date;
    Account account;  // the other side
    Money amount;     // into the bank above zero, out of it below
    Money balance;    // of the bank account after it
    std::string reference;
    std::optional<JournalId> reverses;
};
/// The bank account in order of value date; at most `limit` lines after the first `offset`, with running
/// balances.
Result<std::vector<StatementLine>> statement(db::Tx& tx, const auth::Scope& scope, FundId fund,
                                             const Period& period, std::int64_t offset, std::int64_t limit);

}  // namespace ballast::finance
