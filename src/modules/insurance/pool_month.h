/// Coinsurance pools (domain specification 5.4): founded by the county among
/// insurers that work in it, settled month by month by the lead. Premiums are
/// those of the lead's policies that came into force, claims those that it
/// paid; each is split by itself, by largest remainder. One journal books the
/// gross shares in every member's book: the lead keeps only its own as income.
#pragma once

#include "insurance/coinsurance.h"
#include "insurance/desk.h"

namespace ballast::insurance {

struct PoolTag;
using PoolId = Id<PoolTag>;

struct PoolMember {
    InsurerId insurer;
    std::string name;
    finance::FundId fund;
    Decimal share;
};
struct PoolContract {
    PoolId id;
    AreaCode area;  // a county
    std::string name;
    std::string product;  // "" for all
    Period period;
    std::vector<PoolMember> members;  // the lead first
    Decimal lead_fee;
    std::string fee_authority;

    const PoolMember& lead() const { return members.front(); }
    /// For the calculations, members by their place.
    Pool shares() const;
};

struct NewPool {
    AreaCode area;
    std::string name, product;
    Period period;
    struct Member {
        InsurerId insurer;
        Decimal share;
    };
    std::vector<Member> members;      // the lead first
    std::optional<Decimal> lead_fee;  // absent: that of the pack
    std::string key;
};
/// Errors: forbidden; not_found "areas.unknown", "insurance.no_such_insurer",
/// "insurance.no_such_product"; invalid "insurance.name_missing",
/// "insurance.bad_period"; conflict "insurance.pool_overlaps" {name}: another
/// of its county and product in that time; those of check(Pool).
Result<PoolId> found_pool(db::Tx& tx, const Desk& desk, const NewPool& wanted);
/// Of one's county; an insurer those to which it belongs.
Result<std::vector<PoolContract>> pools(db::Tx& tx, const Desk& desk);
/// not_found "insurance.no_such_pool".
Result<PoolContract> load_pool(db::Tx& tx, const Desk& desk, PoolId id);
/// A policy in the pool's field is written by its lead alone. conflict
/// "insurance.pool_leads" {lead}.
Result<void> check_may_write(db::Tx& tx, const Insurer& insurer, std::string_view product, Date first_day);

struct PoolItem {
    std::string kind;  // "premium", "claim"
    std::int64_t about = 0;
    std::string number;  // of the policy or claim
    Money amount;
    std::vector<Money> parts;  // by member
};
struct PoolMonth {
    std::string month;  // "2025-08"
    bool settled = false;
    std::optional<Date> on;
    std::optional<finance::JournalId> journal;
    std::vector<PoolItem> items;
    std::vector<MemberMonth> members;  // in the order of the pool
    Money premium, claims;
};
/// As it was settled, or as it stands: all that came into force or was paid by
/// its end and has not been settled yet. invalid "insurance.bad_month".
Result<PoolMonth> pool_month(db::Tx& tx, const Desk& desk, const PoolContract& pool, std::string_view month);
struct SettledMonth {
    std::string month;
    Date on;
    Money premium, claims;
};
Result<std::vector<SettledMonth>> settled_months(db::Tx& tx, PoolId pool);
/// By the lead, after the month's last day and in order. Errors: forbidden
/// "auth.not_allowed"; not_found "insurance.no_such_pool": not the lead's;
/// conflict "insurance.month_runs" {date}, "insurance.month_settled",
/// "insurance.month_before" {month}: a later one has been settled,
/// "insurance.nothing_to_settle"; those of the ledger: a member who owes has
/// not enough.
Result<PoolMonth> settle(db::Tx& tx, const Desk& desk, PoolId id, std::string_view month);

}  // namespace ballast::insurance
