#include "finance/order_contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "audit/audit.h"
#include "base/bank_card.h"
#include "base/text.h"
#include "chinese/chinese.h"
#include "finance/order_store.h"
#include "finance/range.h"

namespace ballast::finance {
namespace {

constexpr auto may_enter = auth::Right::loans_recommend;
constexpr std::array<std::string_view, 4> states{"growing", "settled", "paid", "cancelled"};
constexpr std::array<std::string_view, 2> kinds{"input", "grain"};
constexpr std::array<std::string_view, 4> actions{"settle", "reopen", "pay", "cancel"};

template <class E, std::size_t n>
Result<E> named(const std::array<std::string_view, n>& names, std::string_view name, const char* error) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return invalid(error).with("name", std::string(name));
    return static_cast<E>(at - names.begin());
}

Result<std::string> needed(std::string_view name, std::string_view given, std::size_t most) {
    std::string out(text::trimmed(given));
    if (out.empty() || text::length(out) > most) 
        return invalid("finance.order_text_missing").with("name", std::string(name)).with("most", std::to_string(most));
    return out;
}

/// Above zero, at most `most`, with no more than `places`.
Result<void> check_number(std::string_view name, Decimal value, std::int64_t most, int places) {
    if (value <= 0 || value > most || value.rounded(places, Rounding::down) != value)
        return out_of_range(name, value.plain());
    return {};
}

Result<void> check_terms(const NewOrder& wanted, Date today) {
    if (wanted.signed_on > today) return invalid("finance.future_date");
    TRY(check_number("mu", wanted.mu, 100'000, 2));
    TRY(check_number("kg", wanted.kg, 100'000'000, 2));
    TRY(check_number("price", wanted.price, 10'000, 4));
    if (wanted.year < 2000 || wanted.year > 2200) return out_of_range("year", std::to_string(wanted.year));
    // A crop sown in autumn is delivered in the next summer.
    if (wanted.last_day < std::max(wanted.first_day, wanted.signed_on) || wanted.first_day.year() < wanted.year ||
        wanted.last_day.year() > wanted.year + 1)
        return invalid("finance.window_wrong");
    return {};
}

/// The loan that is named is not over, and the household's: a bank lends on a contract.
Result<void> check_loan(db::Tx& tx, const LoanDesk& desk, LoanId id, registry::HouseholdId household) {
    const auto found = TRY(loans_where(
        tx, desk, "l.id = ? AND l.household_id = ? AND " + desk.actor.scope(may_enter).sql("l.area_code"),
        {id, household}));
    if (found.empty() || found.front().course.is_over()) return not_found("finance.no_such_loan");
    return {};
}

}  // namespace

std::string_view name_of(OrderState state) { return states.at(static_cast<std::size_t>(state)); }
Result<OrderState> order_state_named(std::string_view name) {
    return named<OrderState>(states, name, "finance.no_such_state");
}
std::string_view name_of(OrderLineKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }
Result<OrderLineKind> order_line_kind_named(std::string_view name) {
    return named<OrderLineKind>(kinds, name, "finance.no_such_line_kind");
}
std::string_view name_of(OrderAction action) { return actions.at(static_cast<std::size_t>(action)); }
Result<OrderAction> order_action_named(std::string_view name) {
    return named<OrderAction>(actions, name, "finance.no_such_action");
}

Result<BuyerId> add_buyer(db::Tx& tx, const LoanDesk& desk, AreaCode county, std::string_view given) {
    constexpr auto may_manage = auth::Right::loans_decide;
    TRY(auth::require(desk.actor, may_manage));
    if (county.level() != AreaLevel::county || !desk.division.exists(county) ||
        !desk.actor.scope(may_manage).contains(county))
        return not_found("areas.unknown").with("code", county.digits());
    const std::string name(text::trimmed(given));
    if (text::length(name) < 2 || text::length(name) > 50) return invalid("finance.buyer_name_missing");
    const auto added = TRY(tx.first(
        "INSERT INTO finance_buyer (area_code, name, at, account) VALUES (?, ?, ?, ?) ON CONFLICT (area_code, name) DO "
        "NOTHING RETURNING id",
        {county, name, desk.now.ms, desk.actor.account}, [](const db::Row& row) { return row.id<BuyerId>(0); }));
    if (!added) return conflict("finance.buyer_exists").with("name", name);
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"finance.buyer", fmt::format("buyer:{}", added->number()), county, "", "{}"}, desk.now));
    return *added;
}

Result<std::vector<Buyer>> buyers(db::Tx& tx, const LoanDesk& desk) {
    return tx.all("SELECT id, area_code, name FROM finance_buyer WHERE " + counties_of(desk.actor).sql("area_code") +
                      " ORDER BY area_code, name",
                  {}, [](const db::Row& row) {
                      return Buyer{row.id<BuyerId>(0), row.area(1), std::string(row.text(2))};
                  });
}

Result<OrderId> sign_order(db::Tx& tx, const LoanDesk& desk, const NewOrder& wanted) {
    TRY(auth::require(desk.actor, may_enter));
    if (!wanted.key.empty())
        if (const auto before = TRY(tx.first("SELECT id FROM finance_order WHERE account = ? AND sender_key = ?",
                                             {desk.actor.account, wanted.key},
                                             [](const db::Row& row) { return row.id<OrderId>(0); })))
            return *before;
    const auto who = TRY(who_signs(tx, desk, wanted.person, "finance.not_a_grower"));
    const auto all = TRY(buyers(tx, desk));
    const auto buyer = std::ranges::find(all, wanted.buyer, &Buyer::id);
    if (buyer == all.end() || !buyer->area.contains(who.village)) return not_found("finance.no_such_buyer");
    const auto crop = TRY(needed("crop", wanted.crop, 20));
    TRY(check_terms(wanted, desk.today));
    if (chinese::normalised_name(wanted.account_name) != chinese::normalised_name(who.name))
        return invalid("finance.account_of_another");
    const auto account = TRY(BankCard::parse(wanted.account)).reveal();
    if (wanted.loan) TRY(check_loan(tx, desk, *wanted.loan, who.household));
    const auto sealed = [&](const char* column, const std::string& what) {
        return blob(desk.vault.seal(std::string("finance_order.") + column, what));
    };
    const auto added = TRY(tx.first(
        "INSERT INTO finance_order (area_code, buyer_id, crop, year, household_id, person_id, grower, id_masked, "
        "bank_account, mu, kg, pricing, price, first_day, last_day, signed_on, loan_id, state, version, inputs, grain, "
        "delivered, earlier, to_loan, to_grower, owed, only_one, at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, 'growing', 1, 0, 0, 0, 0, 0, 0, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        {who.village, wanted.buyer, crop, wanted.year, who.household, wanted.person, sealed("grower", who.name),
         sealed("id_masked", who.id_masked), sealed("bank_account", account), parts(wanted.mu, 2), parts(wanted.kg, 2),
         name_of(wanted.pricing), parts(wanted.price, 4), wanted.first_day, wanted.last_day, wanted.signed_on,
         wanted.loan ? db::Value(*wanted.loan) : db::Value(db::Null{}), who.household, desk.now.ms, desk.actor.account,
         wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)},
        [](const db::Row& row) { return row.id<OrderId>(0); }));
    if (!added) return conflict("finance.order_exists");
    TRY(keep_order_step(tx, desk, *added, who.village, "sign", desk.today, ""));
    return *added;
}

namespace {

/// The contract, for an entry of the village or township.
Result<Order> order_to_change(db::Tx& tx, const LoanDesk& desk, OrderId id) {
    TRY(auth::require(desk.actor, may_enter));
    return load_order(tx, desk, may_enter, id);
}

/// From here to the end of the transaction others wait.
Result<void> hold_growing(db::Tx& tx, OrderId id) {
    if (TRY(tx.exec("UPDATE finance_order SET version = version + 1 WHERE id = ? AND state = 'growing'", id)) == 0)
        return conflict("finance.order_not_growing");
    return {};
}

Result<void> add_up(db::Tx& tx, OrderId id) {
    const auto sum = [](const char* what, const char* kind) {
        return fmt::format(
            "(SELECT CAST(COALESCE(SUM({}), 0) AS BIGINT) FROM finance_order_line WHERE order_id = finance_order.id AND kind "
            "= '{}' AND back_on IS NULL)",
            what, kind);
    };
    TRY(tx.exec(fmt::format("UPDATE finance_order SET inputs = {}, grain = {}, delivered = {} WHERE id = ?",
                            sum("amount", "input"), sum("amount", "grain"), sum("net", "grain")),
                id));
    return {};
}

Result<void> check_line(const Order& of, const LoanDesk& desk, const NewOrderLine& line) {
    if (line.on > desk.today) return invalid("finance.future_date");
    if (line.on < of.signed_on) return invalid("finance.before_signing").with("date", of.signed_on.iso());
    TRY(check_number("quantity", line.quantity, 100'000'000, line.kind == OrderLineKind::grain ? 2 : 4));
    // A fixed price asks for no other.
    const bool priced = line.kind == OrderLineKind::input || of.pricing == OrderPricing::floor;
    if (priced) TRY(check_number("price", line.price, 1'000'000, 4));
    if (line.kind == OrderLineKind::input) return {};
    if (line.on < of.first_day || line.on > of.last_day)
        return invalid("finance.outside_window").with("first", of.first_day.iso()).with("last", of.last_day.iso());
    if (line.deduction < 0 || line.deduction >= 1 || line.deduction.rounded(4, Rounding::down) != line.deduction)
        return out_of_range("deduction", line.deduction.plain());
    return {};
}

}  // namespace

Result<void> add_order_line(db::Tx& tx, const LoanDesk& desk, OrderId id, const NewOrderLine& line) {
    const auto of = TRY(order_to_change(tx, desk, id));
    if (!line.key.empty() &&
        TRY(tx.number("SELECT COUNT(*) FROM finance_order_line WHERE account = ? AND sender_key = ?",
                      {desk.actor.account, line.key})) > 0)
        return {};
    const bool grain = line.kind == OrderLineKind::grain;
    const auto item = TRY(needed("item", line.item, 40));
    const auto unit = grain ? std::string() : TRY(needed("unit", line.unit, 10));
    const auto slip = TRY(needed("slip", line.slip, 40));
    TRY(check_line(of, desk, line));
    const Decimal price = grain ? price_paid(of.pricing, of.price, line.price) : line.price;
    const Decimal net = grain ? net_weight(line.quantity, line.deduction) : line.quantity;
    const Money amount = (net * price).to_money(Rounding::half_up);
    if (amount <= Money()) return out_of_range("quantity", line.quantity.plain());
    TRY(hold_growing(tx, id));
    const auto added = TRY(tx.first(
        "INSERT INTO finance_order_line (order_id, buyer_id, kind, on_day, item, quantity, unit, price, deduction, net, "
        "amount, slip, at, account, name, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO "
        "NOTHING RETURNING id",
        {id, of.buyer.id, name_of(line.kind), line.on, item, parts(line.quantity, 4), unit, parts(price, 4),
         parts(grain ? line.deduction : Decimal(), 4), parts(net, grain ? 2 : 4), amount, slip, desk.now.ms,
         desk.actor.account, desk.actor.name, line.key.empty() ? db::Value(db::Null{}) : db::Value(line.key)},
        [](const db::Row& row) { return row.id<OrderLineId>(0); }));
    if (!added) return conflict("finance.slip_used").with("slip", slip);
    TRY(add_up(tx, id));
    return keep_order_step(tx, desk, id, of.area, name_of(line.kind), line.on, slip);
}

Result<void> take_back_order_line(db::Tx& tx, const LoanDesk& desk, OrderId id, OrderLineId line,
                                  std::string_view reason) {
    const auto of = TRY(order_to_change(tx, desk, id));
    if (text::length(text::trimmed(reason)) < 2) return invalid("finance.note_missing");
    if (TRY(tx.number("SELECT COUNT(*) FROM finance_order_line WHERE id = ? AND order_id = ?", {line, id})) == 0)
        return not_found("finance.no_such_line");
    TRY(hold_growing(tx, id));
    if (TRY(tx.exec("UPDATE finance_order_line SET back_on = ?, back_account = ?, back_name = ?, back_reason = ? WHERE id "
                    "= ? AND back_on IS NULL",
                    desk.today, desk.actor.account, desk.actor.name,
                    blob(desk.vault.seal("finance_order_line.back_reason", text::trimmed(reason))), line)) == 0)
        return conflict("finance.order_taken_back_before");
    TRY(add_up(tx, id));
    return keep_order_step(tx, desk, id, of.area, "take_back", desk.today, reason);
}

namespace {

Result<bool> has_entered(db::Tx& tx, const LoanDesk& desk, OrderId id) {
    return TRY(tx.number("SELECT COUNT(*) FROM finance_order_line WHERE order_id = ? AND account = ? AND back_on IS NULL",
                         {id, desk.actor.account})) > 0;
}

std::vector<OrderAction> open_to(OrderState state) {
    using enum OrderAction;
    switch (state) {
        case OrderState::growing: return {settle, cancel};
        case OrderState::settled: return {pay, reopen};
        case OrderState::paid:
        case OrderState::cancelled: break;
    }
    return {};
}

}  // namespace

Result<std::vector<PossibleOrderStep>> next_order_steps(db::Tx& tx, const LoanDesk& desk, const Order& order) {
    std::vector<PossibleOrderStep> out;
    if (!desk.actor.scope(may_enter).contains(order.area)) return out;
    const auto& sums = order.money.of;
    for (const auto action : open_to(order.state)) {
        PossibleOrderStep step{action, {}};
        const auto missing = [&](bool holds, const char* error) {
            if (holds) step.missing.push_back(conflict(error));
        };
        if (action == OrderAction::settle) {
            missing(sums.inputs == Money() && sums.grain == Money(), "finance.nothing_delivered");
            missing(TRY(has_entered(tx, desk, order.id)), "finance.order_two_people");
        }
        if (action == OrderAction::cancel)
            missing(sums.inputs != Money() || sums.grain != Money(), "finance.order_has_lines");
        if (action == OrderAction::pay)
            missing(order.money.to_grower + order.money.to_loan == Money(), "finance.nothing_to_pay");
        if (action == OrderAction::reopen)
            missing(TRY(tx.number("SELECT COUNT(*) FROM finance_order WHERE id = ? AND carried_into IS NOT NULL",
                                  {order.id})) > 0,
                    "finance.owed_carried");
        out.push_back(std::move(step));
    }
    return out;
}

namespace {

Result<void> settle(db::Tx& tx, const LoanDesk& desk, const Order& of, const OrderStep& step) {
    const auto last = TRY(tx.first("SELECT MAX(on_day) FROM finance_order_line WHERE order_id = ? AND back_on IS NULL", {of.id},
                                   [](const db::Row& row) { return row.maybe_date(0); }));
    if (last && *last && step.on < **last) return invalid("finance.order_before_last").with("date", (*last)->iso());
    const Money owes = TRY(order_loan_owes(tx, desk, of)).value_or(Money());
    const auto settled = TRY(settle_order(of.money.of, step.to_loan, owes));
    TRY(tx.exec("UPDATE finance_order SET earlier = ?, to_loan = ?, to_grower = ?, owed = ?, settled_on = ? WHERE id = ?",
                settled.of.earlier, settled.to_loan, settled.to_grower, settled.owed, step.on, of.id));
    TRY(tx.exec("UPDATE finance_order SET carried_into = ? WHERE buyer_id = ? AND household_id = ? AND id <> ? AND "
                "carried_into IS NULL AND state = 'settled' AND owed > 0",
                of.id, of.buyer.id, of.household, of.id));
    return {};
}

Result<void> do_step(db::Tx& tx, const LoanDesk& desk, const Order& of, const OrderStep& step) {
    switch (step.action) {
        case OrderAction::settle: return settle(tx, desk, of, step);
        case OrderAction::reopen:
            TRY(tx.exec("UPDATE finance_order SET earlier = 0, to_loan = 0, to_grower = 0, owed = 0, settled_on = NULL WHERE "
                        "id = ?",
                        of.id));
            TRY(tx.exec("UPDATE finance_order SET carried_into = NULL WHERE carried_into = ?", of.id));
            return {};
        case OrderAction::pay:
            if (step.on < *of.settled_on)
                return invalid("finance.order_before_last").with("date", of.settled_on->iso());
            TRY(tx.exec("UPDATE finance_order SET paid_on = ? WHERE id = ?", step.on, of.id));
            return {};
        case OrderAction::cancel:
            TRY(tx.exec("UPDATE finance_order SET only_one = NULL WHERE id = ?", of.id));
            return {};
    }
    return {};
}

constexpr OrderState leads_to(OrderAction action) {
    switch (action) {
        case OrderAction::settle: return OrderState::settled;
        case OrderAction::reopen: return OrderState::growing;
        case OrderAction::pay: return OrderState::paid;
        case OrderAction::cancel: break;
    }
    return OrderState::cancelled;
}

}  // namespace

Result<void> take_order_step(db::Tx& tx, const LoanDesk& desk, OrderId id, const OrderStep& step) {
    const auto seen = TRY(order_to_change(tx, desk, id));
    if (step.on > desk.today) return invalid("finance.future_date");
    const bool why = step.action == OrderAction::reopen || step.action == OrderAction::cancel;
    if (why && text::length(text::trimmed(step.note)) < 2) return invalid("finance.note_missing");
    // Others wait from here on: contracts of the household are settled one after the other, for what one leaves owed
    // goes over to the next. All are taken hold of at once, so that two never wait for each other.
    TRY(tx.exec("UPDATE finance_order SET version = version WHERE buyer_id = ? AND household_id = ?", seen.buyer.id,
                seen.household));
    if (TRY(tx.exec("UPDATE finance_order SET version = version + 1 WHERE id = ? AND version = ?", id, step.version)) == 0)
        return conflict("finance.order_changed");
    const auto of = TRY(load_order(tx, desk, may_enter, id));
    const auto possible = TRY(next_order_steps(tx, desk, of));
    const auto found = std::ranges::find(possible, step.action, &PossibleOrderStep::action);
    if (found == possible.end()) return conflict("finance.not_this_step");
    if (!found->missing.empty()) return found->missing.front();
    TRY(do_step(tx, desk, of, step));
    TRY(tx.exec("UPDATE finance_order SET state = ? WHERE id = ?", name_of(leads_to(step.action)), id));
    return keep_order_step(tx, desk, id, of.area, name_of(step.action), step.on, step.note);
}

}  // namespace ballast::finance
