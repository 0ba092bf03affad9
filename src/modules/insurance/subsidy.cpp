#include "insurance/subsidy.h"

#include <fmt/format.h>

#include "audit/audit.h"

namespace ballast::insurance {
namespace {

Result<Date> last_day_of(std::string_view quarter) {
    if (quarter.size() == 6 && quarter[4] == 'Q' && quarter[5] >= '1' && quarter[5] <= '4')
        if (const auto first =
                Date::parse(fmt::format("{}-{:02}-01", quarter.substr(0, 4), 3 * (quarter[5] - '0'))))
            return first->last_of_month();
    return invalid("insurance.bad_quarter");
}

}  // namespace

Result<std::vector<SubsidyLine>> subsidy_due(db::Tx& tx, const Desk& desk, AreaCode county,
                                             std::string_view quarter) {
    const Date last = TRY(last_day_of(quarter));
    const auto where = TRY(visible(tx, desk, auth::Right::insurance_read, "p")) + " AND " +
                       auth::Scope({county}).sql("p.area_code");
    return tx.all(
        fmt::format("SELECT i.id, i.name, CAST(SUM(d.policies) AS BIGINT), CAST(SUM(d.farmers) AS BIGINT), "
                    "CAST(SUM(d.amount) AS BIGINT) FROM (SELECT p.insurer_id, 1 AS policies, p.farmers, p.premium - "
                    "p.farmer AS amount FROM insurance_policy p WHERE p.effective_on IS NOT NULL AND "
                    "p.effective_on <= ? AND p.subsidy_id IS NULL AND {0} UNION ALL SELECT p.insurer_id, 0, 0, "
                    "e.premium - e.farmer FROM insurance_endorsement e JOIN insurance_policy p ON p.id = "
                    "e.policy_id WHERE p.subsidy_id IS NOT NULL AND e.subsidy_id IS NULL AND e.effective_on <= ? "
                    "AND {0}) d JOIN insurance_insurer i ON i.id = d.insurer_id GROUP BY i.id, i.name ORDER BY "
                    "i.name",
                    where),
        {last, last}, [](const db::Row& row) {
            return SubsidyLine{row.id<InsurerId>(0), std::string(row.text(1)), row.integer(2), row.integer(3),
                               row.money(4)};
        });
}

namespace {

/// Changes of policies whose subsidy was paid: what it comes to more, or less.
Result<Money> claim_changes(db::Tx& tx, InsurerId id, std::int64_t payment, Date last) {
    TRY(tx.exec("UPDATE insurance_endorsement SET subsidy_id = ? WHERE subsidy_id IS NULL AND effective_on <= ? AND "
                "policy_id IN (SELECT p.id FROM insurance_policy p WHERE p.insurer_id = ? AND p.subsidy_id IS NOT "
                "NULL)",
                payment, last, id));
    return Money::fen(TRY(tx.number("SELECT CAST(COALESCE(SUM(premium - farmer), 0) AS BIGINT) FROM "
                                    "insurance_endorsement WHERE subsidy_id = ?",
                                    {payment})));
}

/// Out of the county's fund into the insurer's book; the other way round where changes have lowered it by more than is
/// claimed.
std::vector<finance::Posting> moved(finance::FundId county, finance::FundId insurer, Money amount) {
    const bool back = amount < Money();
    const Money sum = back ? -amount : amount;
    auto out = finance::money_out(back ? insurer : county, finance::Account::transfer_out, sum);
    for (const auto& line : finance::money_in(back ? county : insurer, finance::Account::transfer_in, sum))
        out.push_back(line);
    return out;
}

}  // namespace

Result<SubsidyLine> pay_subsidy(db::Tx& tx, const Desk& desk, InsurerId id, finance::FundId from,
                                std::string_view quarter) {
    TRY(auth::require(desk.actor, auth::Right::insurance_subsidy));
    const Date last = TRY(last_day_of(quarter));
    if (desk.today <= last) return invalid("insurance.quarter_runs").with("date", last.iso());
    const auto to = TRY(insurer(tx, desk, id));
    const auto ledger = desk.ledger(auth::Right::insurance_subsidy);
    const auto fund = TRY(finance::load_fund(tx, ledger.scope, from));
    if (fund.kind != finance::FundKind::subsidy) return not_found("finance.no_such_fund");

    // The rows are marked first, and what was marked is paid: a policy that comes into force meanwhile waits.
    const auto payment = TRY(tx.reserve_ids("insurance_subsidy", 1));
    const Money changes = TRY(claim_changes(tx, id, payment, last));
    TRY(tx.exec(
        "UPDATE insurance_policy SET subsidy_id = ? WHERE insurer_id = ? AND effective_on IS NOT NULL AND "
        "effective_on <= ? AND subsidy_id IS NULL",
        payment, id, last));
    SubsidyLine out{id, to.name, 0, 0, {}};
    TRY(
        tx.each_row("SELECT COUNT(*), CAST(COALESCE(SUM(farmers), 0) AS BIGINT), CAST(COALESCE(SUM(premium - "
                    "farmer), 0) AS "
                    "BIGINT) FROM insurance_policy WHERE subsidy_id = ?",
                    std::vector<db::Value>{payment}, [&](const db::Row& row) -> Result<void> {
                        out.policies = row.integer(0);
                        out.farmers = row.integer(1);
                        out.amount = row.money(2);
                        return {};
                    }));
    // What these policies were changed by is in their premium already.
    TRY(tx.exec("UPDATE insurance_endorsement SET subsidy_id = ? WHERE subsidy_id IS NULL AND effective_on IS NOT NULL "
                "AND policy_id IN (SELECT p.id FROM insurance_policy p WHERE p.subsidy_id = ?)",
                payment, payment));
    out.amount += changes;
    if (out.amount == Money()) return conflict("insurance.no_subsidy_due");
    const finance::NewJournal journal{desk.today, moved(from, to.fund, out.amount),
                                      "subsidy:" + std::to_string(payment), ""};
    const auto posted = TRY(finance::post(tx, ledger, journal, ""));
    TRY(
        tx.exec("INSERT INTO insurance_subsidy (id, insurer_id, area_code, quarter, policies, farmers, "
                "amount, journal_id, at, "
                "account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                payment, id, to.area, quarter, out.policies, out.farmers, out.amount, posted, desk.now.ms,
                desk.actor.account));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.subsidy", fmt::format("subsidy:{}", payment), to.area, "",
                       fmt::format(R"({{"policies":{},"fen":{},"quarter":"{}"}})", out.policies,
                                   out.amount.fen(), quarter)},
                      desk.now));
    return out;
}

}  // namespace ballast::insurance
