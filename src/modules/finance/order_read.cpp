#include <fmt/format.h>

#include "finance/loan_account.h"
#include "finance/order_store.h"

namespace ballast::finance {
namespace {

Result<std::string> condition_of(db::Tx& tx, const LoanDesk& desk, const OrderQuery& query,
                                 std::vector<db::Value>& values) {
    std::string out = TRY(visible_order(tx, desk, auth::Right::loans_read, "o"));
    if (query.area) out += " AND " + auth::Scope({*query.area}).sql("o.area_code");
    if (query.buyer) out += " AND o.buyer_id = ?", values.emplace_back(*query.buyer);
    if (query.year) out += " AND o.year = ?", values.emplace_back(static_cast<std::int64_t>(*query.year));
    if (!query.state.empty()) out += " AND o.state = ?", values.emplace_back(query.state);
    if (query.household) out += " AND o.household_id = ?", values.emplace_back(*query.household);
    return out;
}

}  // namespace

Result<std::vector<Order>> orders(db::Tx& tx, const LoanDesk& desk, const OrderQuery& query, std::int64_t* total) {
    std::vector<db::Value> values;
    const auto condition = TRY(condition_of(tx, desk, query, values));
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) FROM finance_order o WHERE " + condition, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    return orders_where(tx, desk, condition + " ORDER BY o.id DESC LIMIT ? OFFSET ?", values);
}

Result<Order> load_order(db::Tx& tx, const LoanDesk& desk, auth::Right right, OrderId id) {
    auto found = TRY(orders_where(tx, desk, "o.id = ? AND " + TRY(visible_order(tx, desk, right, "o")), {id}));
    if (found.empty()) return not_found("finance.no_such_order");
    return std::move(found.front());
}

Result<std::vector<OrderLinked>> orders_linked(db::Tx& tx, const LoanDesk& desk, const OrderQuery& query) {
    std::vector<db::Value> values;
    const auto condition = TRY(condition_of(tx, desk, query, values));
    std::vector<OrderLinked> out;
    TRY(tx.each_row(
        "SELECT o.buyer_id, b.area_code, b.name, o.year, COUNT(*), COUNT(DISTINCT o.household_id), COUNT(DISTINCT CASE WHEN "
        "h.low_income = 1 THEN o.household_id END), CAST(SUM(o.mu) AS BIGINT), CAST(SUM(o.delivered) AS BIGINT), "
        "CAST(SUM(o.inputs) AS BIGINT), CAST(SUM(o.grain) AS BIGINT), CAST(SUM(o.to_grower) AS BIGINT) FROM finance_order "
        "o JOIN finance_buyer b ON b.id = o.buyer_id LEFT JOIN registry_v_household h ON h.id = o.household_id WHERE "
        "o.state <> 'cancelled' AND " +
            condition + " GROUP BY o.buyer_id, b.area_code, b.name, o.year ORDER BY o.year DESC, b.name",
        values, [&](const db::Row& row) -> Result<void> {
            out.push_back({{row.id<BuyerId>(0), row.area(1), std::string(row.text(2))},
                           static_cast<int>(row.integer(3)),
                           row.integer(4),
                           row.integer(5),
                           row.integer(6),
                           Decimal::from_parts(row.integer(7), 2),
                           Decimal::from_parts(row.integer(8), 2),
                           row.money(9),
                           row.money(10),
                           row.money(11)});
            return {};
        }));
    return out;
}

Result<std::vector<OrderLine>> order_lines(db::Tx& tx, const LoanDesk& desk, OrderId id) {
    std::vector<OrderLine> out;
    TRY(tx.each_row(
        "SELECT id, kind, on_day, item, unit, slip, name, quantity, deduction, price, net, amount, back_on, "
        "back_name, back_reason FROM finance_order_line WHERE order_id = ? ORDER BY on_day, id",
        std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
            OrderLine one;
            one.id = row.id<OrderLineId>(0);
            one.kind = TRY(order_line_kind_named(row.text(1)));
            one.on = row.date(2);
            one.item = row.text(3);
            one.unit = row.text(4);
            one.slip = row.text(5);
            one.name = row.text(6);
            one.quantity = Decimal::from_parts(row.integer(7), 4);
            one.deduction = Decimal::from_parts(row.integer(8), 4);
            one.price = Decimal::from_parts(row.integer(9), 4);
            one.net = Decimal::from_parts(row.integer(10), one.kind == OrderLineKind::grain ? 2 : 4);
            one.amount = row.money(11);
            if (!row.null(12))
                one.back = OrderLine::Back{row.date(12), std::string(row.text(13)),
                                           TRY(desk.vault.open("finance_order_line.back_reason", row.bytes(14)))};
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

Result<std::vector<OrderStepLine>> order_steps(db::Tx& tx, const LoanDesk& desk, OrderId id) {
    std::vector<OrderStepLine> out;
    TRY(tx.each_row("SELECT version, action, on_day, name, note FROM finance_order_step WHERE order_id = ? ORDER BY version",
                    std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
                        out.push_back({row.integer(0), std::string(row.text(1)), row.date(2), std::string(row.text(3)),
                                       TRY(desk.vault.open("finance_order_step.note", row.bytes(4)))});
                        return {};
                    }));
    return out;
}

Result<std::optional<Money>> order_loan_owes(db::Tx& tx, const LoanDesk& desk, const Order& order) {
    if (!order.loan) return std::optional<Money>();
    const auto found = TRY(loans_where(tx, desk, "l.id = ?", {*order.loan}));
    INVARIANT(!found.empty());
    if (!found.front().is_out()) return std::optional(Money());
    const auto now = TRY(standing(*found.front().contract, TRY(payments_of(tx, *order.loan)), desk.today));
    return std::optional(now.payoff());
}

Result<std::vector<OrderCover>> order_covers(db::Tx& tx, const Order& order) {
    return tx.all(
        "SELECT DISTINCT id, policy_no, product FROM insurance_v_cover WHERE household_id = ? AND state IN ('effective', "
        "'expired') AND first_day <= ? AND last_day >= ? ORDER BY policy_no",
        {order.household, *Date::from(order.year, 12, 31), *Date::from(order.year, 1, 1)},
        [](const db::Row& row) {
            return OrderCover{row.integer(0), std::string(row.text(1)), std::string(row.text(2))};
        });
}

}  // namespace ballast::finance
