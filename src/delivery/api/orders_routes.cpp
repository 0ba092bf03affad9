// Order farming: companies, contracts with growers, what went out and came in, settlement, payment.
#include "api/insurance_json.h"
#include "api/loans_json.h"
#include "api/loans_routes.h"
#include "api/workbook_reply.h"
#include "audit/audit.h"
#include "finance/order_contract.h"
#include "table/table.h"
#include "words/words.h"

namespace ballast::api {
namespace {

using namespace finance;

/// As people write it: 12.5 and not 12.5000, but never below `places`.
std::string short_of(Decimal value, int places) {
    for (int now = places; now < value.scale(); ++now)
        if (value.rounded(now, Rounding::down) == value) return value.rounded(now, Rounding::down).plain();
    return value.plain();
}
Json buyer_json(const Call& call, const Buyer& one) {
    return {{"id", text(one.id)}, {"name", one.name}, {"area", area_json(call, one.area)}};
}

Json order_json(const Call& call, const Order& order) {
    return {{"id", text(order.id)},
            {"version", order.version},
            {"area", area_json(call, order.area)},
            {"buyer", buyer_json(call, order.buyer)},
            {"crop", order.crop},
            {"year", order.year},
            {"household", text(order.household)},
            {"name", order.name},
            {"id_masked", order.id_masked},
            {"account_masked", order.account_masked},
            {"mu", order.mu.plain()},
            {"kg", order.kg.plain()},
            {"pricing", coded_loan(call, "order_pricing", name_of(order.pricing))},
            {"price", short_of(order.price, 2)},
            {"first_day", order.first_day.iso()},
            {"last_day", order.last_day.iso()},
            {"signed_on", order.signed_on.iso()},
            {"loan", order.loan ? Json(text(*order.loan)) : Json(nullptr)},
            {"state", coded_loan(call, "order_state", name_of(order.state))},
            {"inputs_fen", order.money.of.inputs.fen()},
            {"delivered_kg", order.delivered.plain()},
            {"grain_fen", order.money.of.grain.fen()},
            {"settled_on", maybe_day(order.settled_on)},
            {"paid_on", maybe_day(order.paid_on)},
            {"to_grower_fen", order.money.to_grower.fen()},
            {"owed_fen", order.money.owed.fen()}};
}

Json line_json(const Call& call, const OrderLine& line) {
    Json back;
    if (line.back) back = {{"on", line.back->on.iso()}, {"by", line.back->name}, {"reason", line.back->reason}};
    const bool grain = line.kind == OrderLineKind::grain;
    return {{"id", text(line.id)},
            {"kind", coded_loan(call, "order_line", name_of(line.kind))},
            {"on", line.on.iso()},
            {"item", line.item},
            {"quantity", short_of(line.quantity, grain ? 2 : 0)},
            {"unit", grain ? call.say("finance.kilogram") : line.unit},
            {"price", short_of(line.price, 2)},
            {"deduction", grain ? short_of(line.deduction * Decimal(100), 0) : std::string()},
            {"net", short_of(line.net, grain ? 2 : 0)},
            {"amount_fen", line.amount.fen()},
            {"slip", line.slip},
            {"by", line.name},
            {"taken_back", back}};
}

/// Of the household's policies those on crops: insured by the mu.
Result<Json> policies_json(Call& call, db::Tx& tx, const Order& order) {
    const auto book = TRY(book_of(call));
    Json out = Json::array();
    for (const auto& cover : TRY(order_covers(tx, order))) {
        const auto product = book.product(cover.product);
        if (product && insurance::name_of((*product)->unit) == "mu")
            out.push_back({{"id", std::to_string(cover.policy)}, {"number", cover.number}});
    }
    return out;
}

Result<Json> order_page(Call& call, db::Tx& tx, const LoanDesk& desk, OrderId id) {
    const auto order = TRY(load_order(tx, desk, Right::loans_read, id));
    Json out = order_json(call, order);
    out["lines"] = Json::array();
    for (const auto& line : TRY(order_lines(tx, desk, id))) out["lines"].push_back(line_json(call, line));
    // Until it is settled: what it would come to with nothing withheld.
    const auto money = order.state == OrderState::growing ? TRY(settle_order(order.money.of, Money(), Money()))
                                                          : order.money;
    out["settlement"] = {{"inputs_fen", money.of.inputs.fen()},   {"grain_fen", money.of.grain.fen()},
                         {"earlier_fen", money.of.earlier.fen()}, {"balance_fen", money.balance().fen()},
                         {"to_loan_fen", money.to_loan.fen()},    {"to_grower_fen", money.to_grower.fen()},
                         {"owed_fen", money.owed.fen()}};
    const auto owes = TRY(order_loan_owes(tx, desk, order));
    out["loan_owed_fen"] = owes ? Json(owes->fen()) : Json(nullptr);
    out["policies"] = TRY(policies_json(call, tx, order));
    out["may_enter"] =
        order.state == OrderState::growing && call.actor().scope(Right::loans_recommend).contains(order.area);
    out["steps"] = Json::array();
    for (const auto& step : TRY(next_order_steps(tx, desk, order))) {
        Json one = coded_loan(call, "order_action", name_of(step.action));
        one["missing"] = Json::array();
        for (const auto& error : step.missing) one["missing"].push_back(words::say(error, call.language()));
        out["steps"].push_back(one);
    }
    out["history"] = Json::array();
    for (const auto& line : TRY(order_steps(tx, desk, id)))
        out["history"].push_back({{"version", line.version},
                                  {"action", line.action},
                                  {"label", call.say("finance.order_action." + line.action)},
                                  {"on", line.on.iso()},
                                  {"by", line.name},
                                  {"note", line.note}});
    return out;
}

Result<OrderQuery> query_of(Call& call) {
    OrderQuery out;
    out.area = TRY(call.query<AreaCode>("area"));
    out.buyer = TRY(call.query<BuyerId>("buyer"));
    if (const auto year = TRY(call.query<std::int64_t>("year"))) {
        if (*year < 2000 || *year > 2200) return invalid("http.bad_parameter").with("name", "year");
        out.year = static_cast<int>(*year);
    }
    out.state = TRY(call.query<std::string>("state")).value_or("");
    if (!out.state.empty()) TRY(order_state_named(out.state));
    out.household = TRY(call.query<registry::HouseholdId>("household"));
    return out;
}

Result<Reply> buyer_list(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        Json items = Json::array();
        for (const auto& one : TRY(buyers(tx, desk))) items.push_back(buyer_json(call, one));
        return ok({{"items", items}});
    });
}

Result<Reply> buyer_add(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        const auto area = TRY(area_of(asked, "area"));
        const auto name = TRY(field<std::string>(asked, "name"));
        const auto id = TRY(add_buyer(tx, desk, area, name));
        return created(buyer_json(call, {id, area, name}));
    });
}

Result<Reply> order_list(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        auto query = TRY(query_of(call));
        const auto page = TRY(call.page());
        query.offset = page.offset();
        query.limit = page.size;
        std::int64_t total = 0;
        Json items = Json::array(), linked = Json::array();
        for (const auto& one : TRY(orders(tx, desk, query, &total))) items.push_back(order_json(call, one));
        for (const auto& one : TRY(orders_linked(tx, desk, query)))
            linked.push_back({{"buyer", buyer_json(call, one.buyer)},
                              {"year", one.year},
                              {"contracts", one.contracts},
                              {"households", one.households},
                              {"low_income", one.low_income},
                              {"mu", one.mu.plain()},
                              {"delivered_kg", one.delivered.plain()},
                              {"inputs_fen", one.inputs.fen()},
                              {"grain_fen", one.grain.fen()},
                              {"to_grower_fen", one.to_grower.fen()}});
        return ok({{"total", total}, {"linked", linked}, {"items", items}});
    });
}

/// Without ID numbers and accounts.
Result<void> write_orders(Call& call, const std::vector<Order>& lines, const std::string& path) {
    using Type = table::Writer::Type;
    constexpr std::array names{"buyer", "crop",  "year",  "area",    "name",      "mu",    "agreed_kg", "price",
                               "state", "delivered", "inputs", "grain", "earlier", "to_loan", "to_grower", "owed"};
    constexpr std::array types{Type::text,   Type::text,   Type::number, Type::text,  Type::text,  Type::number,
                               Type::number, Type::number, Type::text,   Type::number, Type::money, Type::money,
                               Type::money,  Type::money,  Type::money,  Type::money};
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    std::vector<table::Writer::Column> columns;
    for (std::size_t i = 0; i < names.size(); ++i)
        columns.push_back({call.say(std::string("finance.order_column.") + names.at(i)), types.at(i), 14});
    TRY(writer->sheet(call.say("finance.order_column.sheet"), columns));
    for (const auto& one : lines)
        TRY(writer->row({one.buyer.name, one.crop, std::to_string(one.year),
                         area_json(call, one.area)["name"].get<std::string>(), one.name, one.mu.plain(), one.kg.plain(),
                         short_of(one.price, 2), call.say("finance.order_state." + std::string(name_of(one.state))),
                         one.delivered.plain(), one.money.of.inputs.plain(), one.money.of.grain.plain(),
                         one.money.of.earlier.plain(), one.money.to_loan.plain(), one.money.to_grower.plain(),
                         one.money.owed.plain()}));
    return writer->finish();
}

Result<Reply> order_sheet(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        auto query = TRY(query_of(call));
        query.limit = 100'000;
        const auto lines = TRY(orders(tx, desk, query));
        if (lines.empty()) return not_found("finance.no_orders_to_export");
        const auto path = spooled_workbook(call);
        TRY(write_orders(call, lines, path));
        TRY(audit::record(tx, call.vault(), call.actor(),
                          {"finance.orders_export", "orders", own_area(call, Right::loans_read), "",
                           Json{{"rows", lines.size()}}.dump()},
                          call.now()));
        return workbook_reply(path, "orders-" + call.today().iso() + ".xlsx");
    });
}

Result<Reply> order_add(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        NewOrder wanted;
        wanted.person = TRY(id_of<registry::PersonId>(asked, "person"));
        wanted.buyer = TRY(id_of<BuyerId>(asked, "buyer"));
        wanted.crop = TRY(field<std::string>(asked, "crop"));
        const auto year = TRY(field<std::int64_t>(asked, "year"));
        wanted.year = year < 0 || year > 9'999 ? 0 : static_cast<int>(year);
        wanted.mu = TRY(decimal_of(asked, "mu"));
        wanted.kg = TRY(decimal_of(asked, "kg"));
        wanted.pricing = TRY(order_pricing_named(TRY(field<std::string>(asked, "pricing"))));
        wanted.price = TRY(decimal_of(asked, "price"));
        wanted.first_day = TRY(date_of(asked, "first_day"));
        wanted.last_day = TRY(date_of(asked, "last_day"));
        wanted.signed_on = asked.contains("signed_on") ? TRY(date_of(asked, "signed_on")) : call.today();
        wanted.account = TRY(field<std::string>(asked, "account"));
        wanted.account_name = TRY(field<std::string>(asked, "account_name"));
        wanted.loan = TRY(optional_id<LoanId>(asked, "loan"));
        wanted.key = TRY(field<std::string>(asked, "key"));
        return created(TRY(order_page(call, tx, desk, TRY(sign_order(tx, desk, wanted)))));
    });
}

Result<Reply> order_one(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        return ok(TRY(order_page(call, tx, desk, TRY(call.path<OrderId>("id")))));
    });
}

Result<Reply> line_add(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const auto id = TRY(call.path<OrderId>("id"));
        const Json asked = TRY(body(call));
        NewOrderLine line;
        line.kind = TRY(order_line_kind_named(TRY(field<std::string>(asked, "kind"))));
        line.on = TRY(date_of(asked, "on"));
        line.item = TRY(field<std::string>(asked, "item"));
        line.quantity = TRY(decimal_of(asked, "quantity"));
        line.unit = TRY(optional_field<std::string>(asked, "unit")).value_or("");
        if (!TRY(field<std::string>(asked, "price")).empty()) line.price = TRY(decimal_of(asked, "price"));
        if (!TRY(optional_field<std::string>(asked, "deduction")).value_or("").empty())
            line.deduction = TRY(decimal_of(asked, "deduction")) * Decimal::from_parts(1, 2);
        line.slip = TRY(field<std::string>(asked, "slip"));
        line.key = TRY(field<std::string>(asked, "key"));
        TRY(add_order_line(tx, desk, id, line));
        return ok(TRY(order_page(call, tx, desk, id)));
    });
}

Result<Reply> line_back(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const auto id = TRY(call.path<OrderId>("id"));
        const Json asked = TRY(body(call));
        TRY(take_back_order_line(tx, desk, id, TRY(call.path<OrderLineId>("line")),
                                 TRY(field<std::string>(asked, "reason"))));
        return ok(TRY(order_page(call, tx, desk, id)));
    });
}

Result<Reply> step_taken(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const auto id = TRY(call.path<OrderId>("id"));
        const Json asked = TRY(body(call));
        OrderStep step;
        step.version = TRY(field<std::int64_t>(asked, "version"));
        step.action = TRY(order_action_named(TRY(field<std::string>(asked, "action"))));
        step.on = asked.contains("on") ? TRY(date_of(asked, "on")) : call.today();
        if (asked.contains("to_loan_fen")) step.to_loan = TRY(fen_of(asked, "to_loan_fen"));
        step.note = TRY(optional_field<std::string>(asked, "note")).value_or("");
        TRY(take_order_step(tx, desk, id, step));
        return ok(TRY(order_page(call, tx, desk, id)));
    });
}

constexpr std::array table{
    Route{get, "/api/loans/buyers", Right::loans_read, buyer_list},
    Route{post, "/api/loans/buyers", Right::loans_decide, buyer_add},
    Route{post, "/api/loans/orders/sheet", Right::loans_read, order_sheet},
    Route{get, "/api/loans/orders", Right::loans_read, order_list},
    Route{post, "/api/loans/orders", Right::loans_recommend, order_add},
    Route{get, "/api/loans/orders/{id}", Right::loans_read, order_one},
    Route{post, "/api/loans/orders/{id}/lines", Right::loans_recommend, line_add},
    Route{post, "/api/loans/orders/{id}/lines/{line}/take_back", Right::loans_recommend, line_back},
    Route{post, "/api/loans/orders/{id}/steps", Right::loans_recommend, step_taken},
};

}  // namespace

const Routes orders_routes = table;

}  // namespace ballast::api
