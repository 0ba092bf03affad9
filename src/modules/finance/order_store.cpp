#include "finance/order_store.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "base/text.h"
#include "registry/household_file.h"

namespace ballast::finance {
namespace {

constexpr std::string_view columns =
    "o.id, o.area_code, o.buyer_id, b.area_code, b.name, o.crop, o.year, o.household_id, o.person_id, o.grower, o.id_masked, "
    "o.bank_account, o.mu, o.kg, o.pricing, o.price, o.first_day, o.last_day, o.signed_on, o.loan_id, o.state, o.version, o.inputs, o.grain, "
    "o.delivered, o.earlier, o.to_loan, o.to_grower, o.owed, o.settled_on, o.paid_on";
/// Of a growing contract: what settlements before left owed to the company and no contract has taken over.
constexpr std::string_view earlier =
    "(SELECT CAST(COALESCE(SUM(e.owed), 0) AS BIGINT) FROM finance_order e WHERE e.buyer_id = o.buyer_id AND "
    "e.household_id = o.household_id AND e.id <> o.id AND e.carried_into IS NULL AND e.state = 'settled')";

Result<Order> read(const LoanDesk& desk, const db::Row& row) {
    Order out;
    out.id = row.id<OrderId>(0);
    out.area = row.area(1);
    out.buyer = {row.id<BuyerId>(2), row.area(3), std::string(row.text(4))};
    out.crop = row.text(5);
    out.year = static_cast<int>(row.integer(6));
    out.household = row.id<registry::HouseholdId>(7);
    out.person = row.id<registry::PersonId>(8);
    out.name = TRY(desk.vault.open("finance_order.grower", row.bytes(9)));
    out.id_masked = TRY(desk.vault.open("finance_order.id_masked", row.bytes(10)));
    out.account_masked = registry::masked_account(TRY(desk.vault.open("finance_order.bank_account", row.bytes(11))));
    out.mu = Decimal::from_parts(row.integer(12), 2);
    out.kg = Decimal::from_parts(row.integer(13), 2);
    out.pricing = TRY(order_pricing_named(row.text(14)));
    out.price = Decimal::from_parts(row.integer(15), 4);
    out.first_day = row.date(16);
    out.last_day = row.date(17);
    out.signed_on = row.date(18);
    if (!row.null(19)) out.loan = row.id<LoanId>(19);
    out.state = TRY(order_state_named(row.text(20)));
    out.version = row.integer(21);
    out.delivered = Decimal::from_parts(row.integer(24), 2);
    out.money = {{row.money(22), row.money(23), row.money(25)}, row.money(26), row.money(27), row.money(28)};
    if (out.state == OrderState::growing) out.money.of.earlier = row.money(31);
    out.settled_on = row.maybe_date(29);
    out.paid_on = row.maybe_date(30);
    return out;
}

}  // namespace

std::int64_t parts(Decimal value, int places) {
    for (int i = 0; i < places; ++i) value = value * Decimal(10);
    return (value * Decimal::from_parts(1, 2)).to_money(Rounding::half_up).fen();
}

Result<std::string> visible_order(db::Tx& tx, const LoanDesk& desk, auth::Right right, std::string_view alias) {
    std::string out = desk.actor.scope(right).sql(std::string(alias) + ".area_code");
    if (desk.actor.is_system() || !desk.actor.may(auth::Right::loans_write)) return out;
    return out + fmt::format(" AND {}.loan_id IN (SELECT l.id FROM finance_loan l WHERE {})", alias,
                             TRY(visible(tx, desk, right, "l")));
}

Result<std::vector<Order>> orders_where(db::Tx& tx, const LoanDesk& desk, const std::string& condition,
                                        const std::vector<db::Value>& values) {
    std::vector<Order> out;
    TRY(tx.each_row(fmt::format("SELECT {}, {} FROM finance_order o JOIN finance_buyer b ON b.id = o.buyer_id WHERE {}",
                                columns, earlier, condition),
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read(desk, row)));
                        return {};
                    }));
    return out;
}

Result<void> keep_order_step(db::Tx& tx, const LoanDesk& desk, OrderId id, AreaCode area, std::string_view action,
                             Date on, std::string_view note) {
    TRY(tx.exec("INSERT INTO finance_order_step (order_id, version, action, on_day, at, account, name, note) SELECT id, "
                "version, ?, ?, ?, ?, ?, ? FROM finance_order WHERE id = ?",
                action, on, desk.now.ms, desk.actor.account, desk.actor.name,
                blob(desk.vault.seal("finance_order_step.note", text::trimmed(note))), id));
    return audit::record(
        tx, desk.vault, desk.actor,
        {fmt::format("finance.order.{}", action), fmt::format("order:{}", id.number()), area, "", "{}"}, desk.now);
}

}  // namespace ballast::finance
