/// Order farming (订单农业): a company's contract with a member of a household for a season, what went out in kind,
/// what came in by weighing slip, how it was settled. Who settles has entered none of it. The company's money is
/// its own and only recorded: no fund is touched. What is withheld for a loan, the bank records with that loan.
#pragma once

#include "finance/loan_desk.h"
#include "finance/order_terms.h"
#include "registry/household.h"

namespace ballast::finance {

struct BuyerTag;
struct OrderTag;
struct OrderLineTag;
using BuyerId = Id<BuyerTag>;
using OrderId = Id<OrderTag>;
using OrderLineId = Id<OrderLineTag>;

struct Buyer {
    BuyerId id;
    AreaCode area;  // a county
    std::string name;
};
/// Errors: forbidden; not_found "areas.unknown"; invalid "finance.buyer_name_missing" (2 to 50 characters);
/// conflict "finance.buyer_exists".
Result<BuyerId> add_buyer(db::Tx& tx, const LoanDesk& desk, AreaCode county, std::string_view name);
/// A village or township sees those of its county.
Result<std::vector<Buyer>> buyers(db::Tx& tx, const LoanDesk& desk);

enum class OrderState : std::uint8_t { growing, settled, paid, cancelled };
std::string_view name_of(OrderState state);
Result<OrderState> order_state_named(std::string_view name);  // invalid "finance.no_such_state" {name}

struct Order {
    OrderId id;
    AreaCode area;  // the village
    Buyer buyer;
    std::string crop;
    int year = 0;
    registry::HouseholdId household;
    registry::PersonId person;
    std::string name, id_masked, account_masked;
    Decimal mu, kg;  // as agreed
    OrderPricing pricing = OrderPricing::fixed;
    Decimal price;  // yuan a kilogram
    Date first_day, last_day;  // of delivery
    Date signed_on;
    std::optional<LoanId> loan;
    OrderState state = OrderState::growing;
    std::int64_t version = 0;
    OrderSettlement money;  // the sums as they stand; the rest is zero until it is settled
    Decimal delivered;      // net
    std::optional<Date> settled_on, paid_on;
};

struct NewOrder {
    registry::PersonId person;
    BuyerId buyer;
    std::string crop;
    int year = 0;
    Decimal mu, kg;
    OrderPricing pricing = OrderPricing::fixed;
    Decimal price;
    Date first_day, last_day;
    Date signed_on;                     // a contract may be entered later than it was signed
    std::string account, account_name;  // as on the grower's card
    std::optional<LoanId> loan;         // one of the household that is not over
    std::string key;  // sent again with the same key, the first contract is answered
};
/// Errors: forbidden; not_found "finance.no_such_person", "finance.no_such_buyer", "finance.no_such_loan" (none of
/// this household, or over); invalid "finance.not_a_grower" (no longer a member, or under 18),
/// "finance.account_of_another", "finance.order_text_missing" {name, most}, "finance.out_of_range", "finance.future_date",
/// "finance.window_wrong" (ends before it begins or before it was signed, or outside of the year and the next), those of BankCard; conflict
/// "finance.order_exists": one of company, crop and year with the household.
Result<OrderId> sign_order(db::Tx& tx, const LoanDesk& desk, const NewOrder& wanted);

struct OrderQuery {
    std::optional<AreaCode> area;
    std::optional<BuyerId> buyer;
    std::optional<int> year;
    std::string state;
    std::optional<registry::HouseholdId> household;
    std::int64_t offset = 0, limit = 50;
};
/// Newest first. A bank sees those that name a loan of its own.
Result<std::vector<Order>> orders(db::Tx& tx, const LoanDesk& desk, const OrderQuery& query,
                                  std::int64_t* total = nullptr);
/// not_found "finance.no_such_order".
Result<Order> load_order(db::Tx& tx, const LoanDesk& desk, auth::Right right, OrderId id);

/// A company's season: how many households it is linked with; cancelled contracts are left out.
struct OrderLinked {
    Buyer buyer;
    int year = 0;
    std::int64_t contracts = 0, households = 0;
    std::int64_t low_income = 0;  // of the households, by the register today
    Decimal mu, delivered;
    Money inputs, grain, to_grower;
};
Result<std::vector<OrderLinked>> orders_linked(db::Tx& tx, const LoanDesk& desk, const OrderQuery& query);

enum class OrderLineKind : std::uint8_t { input, grain };
std::string_view name_of(OrderLineKind kind);
Result<OrderLineKind> order_line_kind_named(std::string_view name);  // invalid "finance.no_such_line_kind" {name}

struct NewOrderLine {
    OrderLineKind kind = OrderLineKind::input;
    Date on;
    std::string item;   // what it is: 复合肥; of grain its grade
    Decimal quantity;   // of grain kilograms as weighed
    std::string unit;   // of an input
    Decimal price;      // yuan: of an input a unit's, of grain the market's of the day
    Decimal deduction;  // of grain, a share
    std::string slip;   // number of the delivery note or weighing slip
    std::string key;
};
struct OrderLine {
    OrderLineId id;
    OrderLineKind kind = OrderLineKind::input;
    Date on;
    std::string item, unit, slip;
    std::string name;  // of who entered it
    Decimal quantity, deduction;
    Decimal price;  // that was paid
    Decimal net;    // what counts of the quantity
    Money amount;
    struct Back {
        Date on;
        std::string name, reason;
    };
    std::optional<Back> back;
};
/// Errors: forbidden; not_found "finance.no_such_order"; conflict "finance.order_not_growing"; invalid
/// "finance.future_date", "finance.before_signing" {date}, "finance.outside_window" {first, last} (grain),
/// "finance.order_text_missing" {name, most}, "finance.out_of_range"; conflict "finance.slip_used" {slip}: of this company,
/// on any contract.
Result<void> add_order_line(db::Tx& tx, const LoanDesk& desk, OrderId id, const NewOrderLine& line);
/// Errors: forbidden; not_found "finance.no_such_order", "finance.no_such_line"; conflict
/// "finance.order_not_growing", "finance.order_taken_back_before"; invalid "finance.note_missing".
Result<void> take_back_order_line(db::Tx& tx, const LoanDesk& desk, OrderId id, OrderLineId line,
                                  std::string_view reason);
Result<std::vector<OrderLine>> order_lines(db::Tx& tx, const LoanDesk& desk, OrderId id);

enum class OrderAction : std::uint8_t { settle, reopen, pay, cancel };
std::string_view name_of(OrderAction action);
Result<OrderAction> order_action_named(std::string_view name);  // invalid "finance.no_such_action" {name}

struct OrderStep {
    std::int64_t version = 0;
    OrderAction action = OrderAction::settle;
    Date on;
    Money to_loan;     // settle
    std::string note;  // reopen, cancel
};
/// Errors: forbidden; not_found "finance.no_such_order"; conflict "finance.order_changed", those of
/// next_order_steps, "finance.not_this_step"; invalid "finance.future_date", "finance.order_before_last" {date},
/// "finance.note_missing", "finance.withheld_too_much" {most}.
Result<void> take_order_step(db::Tx& tx, const LoanDesk& desk, OrderId id, const OrderStep& step);

struct PossibleOrderStep {
    OrderAction action;
    /// conflict "finance.nothing_delivered" (and no inputs), "finance.order_two_people": has entered a line;
    /// "finance.owed_carried": what was owed stands in a later contract; "finance.order_has_lines";
    /// "finance.nothing_to_pay".
    std::vector<Error> missing;
};
Result<std::vector<PossibleOrderStep>> next_order_steps(db::Tx& tx, const LoanDesk& desk, const Order& order);

struct OrderStepLine {
    std::int64_t version;
    std::string action;
    Date on;
    std::string name, note;
};
Result<std::vector<OrderStepLine>> order_steps(db::Tx& tx, const LoanDesk& desk, OrderId id);

/// Principal and interest that the contract's loan owes today; nothing without one.
Result<std::optional<Money>> order_loan_owes(db::Tx& tx, const LoanDesk& desk, const Order& order);

struct OrderCover {
    std::int64_t policy;
    std::string number, product;
};
/// Policies in force that name the household within the year.
Result<std::vector<OrderCover>> order_covers(db::Tx& tx, const Order& order);

}  // namespace ballast::finance
