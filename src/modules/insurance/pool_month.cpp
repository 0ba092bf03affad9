#include "insurance/pool_month.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"

namespace ballast::insurance {
namespace {

using auth::Right;

constexpr std::string_view columns =
    "SELECT k.id, k.area_code, k.name, k.product, k.first_day, k.last_day, "
    "k.lead_fee, k.fee_authority FROM insurance_pool k WHERE ";

Decimal decimal(std::string_view text) {
    const auto out = Decimal::parse(text);
    INVARIANT(out.has_value());
    return *out;
}

Result<std::vector<PoolContract>> pools_where(db::Tx& tx, const std::string& condition,
                                              std::vector<db::Value> values) {
    std::vector<PoolContract> out;
    TRY(tx.each_row(std::string(columns) + condition + " ORDER BY k.area_code, k.first_day DESC, k.id",
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back({row.id<PoolId>(0),
                                       row.area(1),
                                       std::string(row.text(2)),
                                       std::string(row.text(3)),
                                       Period{row.date(4), row.date(5)},
                                       {},
                                       decimal(row.text(6)),
                                       std::string(row.text(7))});
                        return {};
                    }));
    for (auto& pool : out)
        pool.members =
            TRY(tx.all("SELECT m.insurer_id, i.name, i.fund_id, m.share FROM "
                       "insurance_pool_member m JOIN insurance_insurer i ON i.id = "
                       "m.insurer_id WHERE m.pool_id = ? ORDER BY m.line",
                       {pool.id}, [](const db::Row& row) {
                           return PoolMember{row.id<InsurerId>(0), std::string(row.text(1)),
                                             row.id<finance::FundId>(2), decimal(row.text(3))};
                       }));
    return out;
}

/// The county sees all of its pools, an insurer those to which it belongs.
Result<std::string> visible_pools(db::Tx& tx, const Desk& desk) {
    std::string out = desk.actor.scope(Right::insurance_read).sql("k.area_code");
    if (desk.actor.is_system() || !desk.actor.may(Right::insurance_write)) return out;
    const auto own = TRY(insurers(tx, desk));
    return out + fmt::format(
                     " AND EXISTS (SELECT 1 FROM insurance_pool_member m "
                     "WHERE m.pool_id = k.id AND m.insurer_id = {})",
                     own.empty() ? 0 : own.front().id.number());
}

Result<Period> days_of(std::string_view month) {
    const auto first = month.size() == 7 ? Date::parse(fmt::format("{}-01", month))
                                         : Result<Date>(invalid("insurance.bad_month"));
    if (!first) return invalid("insurance.bad_month");
    return Period{*first, first->last_of_month()};
}

/// What came into force, or was paid, by the end of the month, less what was
/// settled of it before.
Result<std::vector<PoolItem>> open_items(db::Tx& tx, const PoolContract& pool, Date last) {
    const std::string field = fmt::format("p.insurer_id = ? AND p.first_day BETWEEN ? AND ?{}",
                                          pool.product.empty() ? "" : " AND p.product = ?");
    const auto settled = [](const char* kind, const char* id) {
        return fmt::format(
            "(SELECT COALESCE(SUM(t.amount), 0) FROM insurance_pool_item t JOIN "
            "insurance_pool_month n ON n.id = t.month_id "
            "WHERE n.pool_id = ? AND t.kind = '{}' AND t.about_id = {})",
            kind, id);
    };
    const auto values = [&] {
        std::vector<db::Value> out{pool.id, pool.lead().insurer, pool.period.first, pool.period.last};
        if (!pool.product.empty()) out.emplace_back(pool.product);
        out.emplace_back(last);
        return out;
    };
    std::vector<PoolItem> out;
    const auto take = [&](const char* kind) {
        return [&out, kind](const db::Row& row) -> Result<void> {
            if (row.money(2) != Money())
                out.push_back({kind, row.integer(0), std::string(row.text(1)), row.money(2), {}});
            return {};
        };
    };
    TRY(tx.each_row(fmt::format("SELECT p.id, p.policy_no, CAST(p.premium - {} AS BIGINT) FROM "
                                "insurance_policy p WHERE {} AND "
                                "p.effective_on IS NOT NULL AND p.effective_on <= ? ORDER BY p.id",
                                settled("premium", "p.id"), field),
                    values(), take("premium")));
    TRY(tx.each_row(fmt::format("SELECT c.id, c.claim_no, CAST((SELECT COALESCE(SUM(l.paid), "
                                "0) FROM insurance_loss l WHERE l.claim_id = "
                                "c.id) - {} AS BIGINT) FROM insurance_claim c JOIN "
                                "insurance_policy p ON p.id = c.policy_id WHERE {} AND "
                                "c.paid_on IS NOT NULL AND c.paid_on <= ? ORDER BY c.id",
                                settled("claim", "c.id"), field),
                    values(), take("claim")));
    return out;
}

Result<std::vector<PoolItem>> settled_items(db::Tx& tx, std::int64_t month_id) {
    return tx.all(
        "SELECT t.kind, t.about_id, COALESCE(p.policy_no, c.claim_no), t.amount "
        "FROM insurance_pool_item t LEFT JOIN "
        "insurance_policy p ON t.kind = 'premium' AND p.id = t.about_id LEFT "
        "JOIN insurance_claim c ON t.kind = 'claim' AND "
        "c.id = t.about_id WHERE t.month_id = ? ORDER BY t.kind DESC, t.about_id",
        {month_id}, [](const db::Row& row) {
            return PoolItem{
                std::string(row.text(0)), row.integer(1), std::string(row.text(2)), row.money(3), {}};
        });
}

Result<PoolMonth> reckoned(const PoolContract& pool, std::string_view month, std::vector<PoolItem> items) {
    PoolMonth out;
    out.month = month;
    std::vector<Money> premiums, claims;
    for (auto& item : items) {
        item.parts = TRY(split(pool.shares(), item.amount));
        const bool premium = item.kind == "premium";
        (premium ? premiums : claims).push_back(item.amount);
        (premium ? out.premium : out.claims) += item.amount;
    }
    out.members = TRY(settle_month(pool.shares(), premiums, claims));
    for (std::size_t i = 0; i < out.members.size(); ++i) out.members[i].insurer = pool.members[i].name;
    out.items = std::move(items);
    return out;
}

/// Gross, in every member's book: of a follower the premium comes in, claims
/// and fee go out; the lead gives premium on, and what it paid and earned for
/// the others comes off its own.
std::vector<finance::Posting> postings_of(const PoolContract& pool, const PoolMonth& month) {
    using finance::Account;
    std::vector<finance::Posting> out;
    const auto add = [&](finance::FundId fund, Account account, Money amount) {
        if (amount != Money()) out.push_back({fund, account, amount});
    };
    Money premium, claims, fee;
    for (std::size_t i = 1; i < pool.members.size(); ++i) {
        const auto& part = month.members[i];
        const auto fund = pool.members[i].fund;
        add(fund, Account::bank, part.net());
        add(fund, Account::transfer_in, -part.premium);
        add(fund, Account::payment, part.claims);
        add(fund, Account::service_fee, part.fee);
        premium += part.premium;
        claims += part.claims;
        fee += part.fee;
    }
    const auto lead = pool.lead().fund;
    add(lead, Account::bank, claims + fee - premium);
    add(lead, Account::transfer_out, premium);
    add(lead, Account::payment, -claims);
    add(lead, Account::service_fee, -fee);
    return out;
}

struct Kept {
    std::int64_t id;
    Date on;
    std::optional<finance::JournalId> journal;
};
Result<std::optional<Kept>> kept_month(db::Tx& tx, PoolId pool, std::string_view month) {
    return tx.first(
        "SELECT id, on_day, journal_id FROM insurance_pool_month "
        "WHERE pool_id = ? AND month = ?",
        {pool, month}, [](const db::Row& row) {
            const auto journal = row.maybe_integer(2);
            return Kept{row.integer(0), row.date(1),
                        journal ? std::optional(finance::JournalId(*journal)) : std::nullopt};
        });
}

Result<void> keep(db::Tx& tx, const Desk& desk, const PoolContract& pool, const PoolMonth& month,
                  std::optional<finance::JournalId> journal, std::int64_t id) {
    TRY(
        tx.exec("INSERT INTO insurance_pool_month (id, pool_id, month, "
                "journal_id, on_day, at, account) VALUES (?, ?, ?, ?, ?, ?, ?)",
                id, pool.id, month.month, journal, desk.today, desk.now.ms, desk.actor.account));
    for (std::size_t i = 0; i < pool.members.size(); ++i)
        TRY(
            tx.exec("INSERT INTO insurance_pool_share (month_id, line, insurer_id, "
                    "premium, claims, fee) VALUES (?, ?, ?, ?, ?, ?)",
                    id, static_cast<std::int64_t>(i + 1), pool.members[i].insurer, month.members[i].premium,
                    month.members[i].claims, month.members[i].fee));
    for (const auto& item : month.items)
        TRY(
            tx.exec("INSERT INTO insurance_pool_item (month_id, kind, about_id, "
                    "amount) VALUES (?, ?, ?, ?)",
                    id, item.kind, item.about, item.amount));
    return audit::record(tx, desk.vault, desk.actor,
                         {"insurance.pool_settle", fmt::format("pool:{}", pool.id.number()), pool.area, "",
                          fmt::format(R"({{"month":"{}","premium":{},"claims":{}}})", month.month,
                                      month.premium.fen(), month.claims.fen())},
                         desk.now);
}

Result<void> check_free(db::Tx& tx, const NewPool& wanted) {
    const auto other =
        TRY(tx.first("SELECT name FROM insurance_pool WHERE area_code = ? AND "
                     "first_day <= ? AND last_day >= ? AND (product = '' "
                     "OR ? = '' OR product = ?)",
                     {wanted.area, wanted.period.last, wanted.period.first, wanted.product, wanted.product},
                     [](const db::Row& row) { return std::string(row.text(0)); }));
    if (other) return conflict("insurance.pool_overlaps").with("name", *other);
    return {};
}

}  // namespace

Pool PoolContract::shares() const {
    Pool out{{}, lead_fee};
    for (const auto& member : members)
        out.members.push_back({std::to_string(member.insurer.number()), member.share});
    return out;
}

Result<PoolId> found_pool(db::Tx& tx, const Desk& desk, const NewPool& wanted) {
    TRY(auth::require(desk.actor, Right::insurance_subsidy));
    if (wanted.area.level() != AreaLevel::county ||
        !desk.actor.scope(Right::insurance_subsidy).contains(wanted.area))
        return not_found("areas.unknown").with("code", wanted.area.digits());
    if (!wanted.key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM insurance_pool WHERE account = ? AND "
                                             "sender_key = ?",
                                             {desk.actor.account, wanted.key},
                                             [](const db::Row& row) { return row.id<PoolId>(0); })))
            return *before;
    const std::string name(text::trimmed(wanted.name));
    if (text::length(name) < 2 || text::length(name) > 60) return invalid("insurance.name_missing");
    if (wanted.period.last < wanted.period.first) return invalid("insurance.bad_period");
    if (!wanted.product.empty()) TRY(desk.book.product(wanted.product));
    PoolContract pool;
    pool.lead_fee =
        wanted.lead_fee.value_or(TRY(desk.book.limit("pool_lead_fee", wanted.period.first, wanted.area)));
    for (const auto& member : wanted.members) {
        const auto one = TRY(insurer(tx, desk, member.insurer));
        if (one.area != wanted.area) return not_found("insurance.no_such_insurer");
        pool.members.push_back({one.id, one.name, one.fund, member.share});
    }
    TRY(check(pool.shares()));
    TRY(check_free(tx, wanted));
    const bool assumed =
        !wanted.lead_fee && desk.book.assumed("pool_lead_fee", wanted.period.first, wanted.area);
    pool.id = PoolId(TRY(tx.reserve_ids("insurance_pool", 1)));
    TRY(
        tx.exec("INSERT INTO insurance_pool (id, area_code, name, product, first_day, "
                "last_day, lead_fee, fee_authority, version, at, "
                "account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
                pool.id, wanted.area, name, wanted.product, wanted.period.first, wanted.period.last,
                pool.lead_fee.plain(), assumed ? "assumed" : "", desk.now.ms, desk.actor.account,
                wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)));
    for (std::size_t i = 0; i < pool.members.size(); ++i)
        TRY(
            tx.exec("INSERT INTO insurance_pool_member (pool_id, line, insurer_id, "
                    "share) VALUES (?, ?, ?, ?)",
                    pool.id, static_cast<std::int64_t>(i + 1), pool.members[i].insurer,
                    pool.members[i].share.plain()));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.pool", fmt::format("pool:{}", pool.id.number()), wanted.area, "",
                       fmt::format(R"({{"members":{}}})", pool.members.size())},
                      desk.now));
    return pool.id;
}

Result<std::vector<PoolContract>> pools(db::Tx& tx, const Desk& desk) {
    return pools_where(tx, TRY(visible_pools(tx, desk)), {});
}

Result<PoolContract> load_pool(db::Tx& tx, const Desk& desk, PoolId id) {
    auto found = TRY(pools_where(tx, "k.id = ? AND " + TRY(visible_pools(tx, desk)), {id}));
    if (found.empty()) return not_found("insurance.no_such_pool");
    return std::move(found.front());
}

Result<void> check_may_write(db::Tx& tx, const Insurer& insurer, std::string_view product, Date first_day) {
    for (const auto& pool : TRY(pools_where(tx,
                                            "k.area_code = ? AND k.first_day <= ? AND k.last_day >= "
                                            "? AND (k.product = '' OR k.product = ?)",
                                            {insurer.area, first_day, first_day, product}))) {
        const auto belongs =
            std::ranges::find(pool.members, insurer.id, &PoolMember::insurer) != pool.members.end();
        if (belongs && pool.lead().insurer != insurer.id)
            return conflict("insurance.pool_leads").with("lead", pool.lead().name);
    }
    return {};
}

Result<PoolMonth> pool_month(db::Tx& tx, const Desk& desk, const PoolContract& pool, std::string_view month) {
    const auto days = TRY(days_of(month));
    const auto kept = TRY(kept_month(tx, pool.id, month));
    if (!kept) return reckoned(pool, month, TRY(open_items(tx, pool, std::min(days.last, desk.today))));
    auto out = TRY(reckoned(pool, month, TRY(settled_items(tx, kept->id))));
    out.settled = true;
    out.on = kept->on;
    out.journal = kept->journal;
    return out;
}

Result<std::vector<SettledMonth>> settled_months(db::Tx& tx, PoolId pool) {
    return tx.all(
        "SELECT n.month, n.on_day, CAST(COALESCE(SUM(s.premium), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(s.claims), 0) AS BIGINT) FROM "
        "insurance_pool_month n JOIN insurance_pool_share s ON s.month_id = n.id "
        "WHERE n.pool_id = ? GROUP BY n.month, n.on_day "
        "ORDER BY n.month DESC",
        {pool}, [](const db::Row& row) {
            return SettledMonth{std::string(row.text(0)), row.date(1), row.money(2), row.money(3)};
        });
}

Result<PoolMonth> settle(db::Tx& tx, const Desk& desk, PoolId id, std::string_view month) {
    TRY(auth::require(desk.actor, Right::insurance_write));
    const auto pool = TRY(load_pool(tx, desk, id));
    if (!desk.actor.is_system() && TRY(own_insurer(tx, desk)).id != pool.lead().insurer)
        return not_found("insurance.no_such_pool");
    const auto days = TRY(days_of(month));
    // From here to the end of the transaction another settlement of the pool
    // waits.
    TRY(tx.exec("UPDATE insurance_pool SET version = version + 1 WHERE id = ?", id));
    if (TRY(kept_month(tx, id, month))) return conflict("insurance.month_settled");
    if (desk.today <= days.last)
        return conflict("insurance.month_runs").with("date", days.last.plus_days(1).iso());
    const auto later = TRY(settled_months(tx, id));
    if (!later.empty() && later.front().month > month)
        return conflict("insurance.month_before").with("month", later.front().month);
    auto out = TRY(reckoned(pool, month, TRY(open_items(tx, pool, days.last))));
    if (out.items.empty()) return conflict("insurance.nothing_to_settle");
    const auto month_id = TRY(tx.reserve_ids("insurance_pool_month", 1));
    const auto postings = postings_of(pool, out);
    if (!postings.empty())
        out.journal = TRY(finance::post(tx, desk.ledger(Right::insurance_write),
                                        {desk.today, postings, fmt::format("pool:{}", id.number()), ""}, ""));
    TRY(keep(tx, desk, pool, out, out.journal, month_id));
    out.settled = true;
    out.on = desk.today;
    return out;
}

}  // namespace ballast::insurance
