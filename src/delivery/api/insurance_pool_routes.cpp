// Coinsurance pools: founded, a month as it stands or was settled, the statement as a workbook.
#include "api/insurance_json.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "insurance/policy.h"
#include "insurance/pool_month.h"
#include "table/table.h"

namespace ballast::api {
namespace {

using namespace insurance;

Json pool_json(const Call& call, const Book& book, const PoolContract& pool) {
    const auto product = book.product(pool.product);
    Json members = Json::array();
    for (const auto& member : pool.members)
        members.push_back(
            {{"insurer", text(member.insurer)}, {"name", member.name}, {"share", member.share.plain()}});
    return {
        {"id", text(pool.id)},
        {"area", area_json(call, pool.area)},
        {"name", pool.name},
        {"product",
         {{"code", pool.product},
          {"label", product ? title_in(call, (*product)->title) : call.say("insurance.pool_all_products")}}},
        {"first_day", pool.period.first.iso()},
        {"last_day", pool.period.last.iso()},
        {"members", members},
        {"lead_fee", pool.lead_fee.plain()},
        {"fee_assumed", pool.fee_authority.starts_with("assumed")}};
}

Json month_json(const PoolContract& pool, const PoolMonth& month) {
    Json items = Json::array(), members = Json::array();
    for (const auto& item : month.items) {
        Json parts = Json::array();
        for (const auto part : item.parts) parts.push_back(part.fen());
        items.push_back({{"kind", item.kind},
                         {"about", std::to_string(item.about)},
                         {"number", item.number},
                         {"amount_fen", item.amount.fen()},
                         {"parts_fen", parts}});
    }
    for (std::size_t i = 0; i < month.members.size(); ++i) {
        const auto& one = month.members[i];
        members.push_back({{"insurer", text(pool.members[i].insurer)},
                           {"name", one.insurer},
                           {"share", pool.members[i].share.plain()},
                           {"premium_fen", one.premium.fen()},
                           {"claims_fen", one.claims.fen()},
                           {"fee_fen", one.fee.fen()},
                           {"net_fen", one.net().fen()}});
    }
    return {{"month", month.month},
            {"settled", month.settled},
            {"on", month.on ? Json(month.on->iso()) : Json(nullptr)},
            {"journal", month.journal ? Json(text(*month.journal)) : Json(nullptr)},
            {"premium_fen", month.premium.fen()},
            {"claims_fen", month.claims.fen()},
            {"items", items},
            {"members", members}};
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, PoolId id) {
    const auto pool = TRY(load_pool(tx, desk, id));
    Json out = pool_json(call, desk.book, pool);
    out["months"] = Json::array();
    for (const auto& month : TRY(settled_months(tx, id)))
        out["months"].push_back({{"month", month.month},
                                 {"on", month.on.iso()},
                                 {"premium_fen", month.premium.fen()},
                                 {"claims_fen", month.claims.fen()}});
    const auto own = desk.actor.may(Right::insurance_write) ? own_insurer(tx, desk)
                                                            : Result<Insurer>(forbidden("auth.not_allowed"));
    out["leads"] = own && own->id == pool.lead().insurer;
    return out;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    Json items = Json::array();
    for (const auto& pool : TRY(pools(tx, desk_of(call, book)))) items.push_back(pool_json(call, book, pool));
    return ok({{"items", items}});
}

Result<Reply> add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    NewPool wanted;
    wanted.area = TRY(area_of(asked, "area"));
    wanted.name = TRY(field<std::string>(asked, "name"));
    wanted.product = TRY(optional_field<std::string>(asked, "product")).value_or("");
    wanted.period = {TRY(day_of(asked, "first_day")), TRY(day_of(asked, "last_day"))};
    for (const auto& member : TRY(field<Json>(asked, "members"))) {
        const auto insurer = member.is_object()
                                 ? Call::parsed<InsurerId>(TRY(field<std::string>(member, "insurer")))
                                 : std::nullopt;
        if (!insurer) return invalid("http.wrong_type").with("name", "members");
        wanted.members.push_back({*insurer, TRY(decimal_of(member, "share"))});
    }
    if (asked.contains("lead_fee")) wanted.lead_fee = TRY(decimal_of(asked, "lead_fee"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    return created(TRY(whole(call, tx, desk, TRY(found_pool(tx, desk, wanted)))));
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole(call, tx, desk_of(call, book), TRY(call.path<PoolId>("id")))));
}

Result<Reply> month_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto pool = TRY(load_pool(tx, desk, TRY(call.path<PoolId>("id"))));
    return ok(month_json(pool, TRY(pool_month(tx, desk, pool, TRY(call.path<std::string>("month"))))));
}

Result<Reply> month_settle(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PoolId>("id"));
    const auto month = TRY(settle(tx, desk, id, TRY(call.path<std::string>("month"))));
    return created(month_json(TRY(load_pool(tx, desk, id)), month));
}

Result<void> write_sheets(Call& call, const PoolContract& pool, const PoolMonth& month,
                          const std::string& path) {
    using Type = table::Writer::Type;
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    const auto said = [&](const char* id) { return call.say(std::string("insurance.pool_sheet.") + id); };
    const auto title = pool.name + " " + month.month + (month.settled ? "" : said("draft"));
    const std::vector<table::Writer::Column> by_member{
        {said("insurer"), Type::text, 28},  {said("share"), Type::text, 10},
        {said("premium"), Type::money, 16}, {said("claims"), Type::money, 16},
        {said("fee"), Type::money, 14},     {said("net"), Type::money, 16}};
    TRY(writer->sheet(said("statement"), by_member, title));
    for (std::size_t i = 0; i < month.members.size(); ++i) {
        const auto& one = month.members[i];
        TRY(writer->row({one.insurer, pool.members[i].share.plain(), one.premium.plain(), one.claims.plain(),
                         one.fee.plain(), one.net().plain()}));
    }
    std::vector<table::Writer::Column> by_item{
        {said("kind"), Type::text, 10}, {said("number"), Type::text, 24}, {said("amount"), Type::money, 16}};
    for (const auto& member : pool.members) by_item.push_back({member.name, Type::money, 18});
    TRY(writer->sheet(said("items"), by_item, title));
    for (const auto& item : month.items) {
        std::vector<std::string> cells{said(item.kind.c_str()), item.number, item.amount.plain()};
        for (const auto part : item.parts) cells.push_back(part.plain());
        TRY(writer->row(cells));
    }
    return writer->finish();
}

Result<Reply> month_sheet(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto pool = TRY(load_pool(tx, desk, TRY(call.path<PoolId>("id"))));
    const auto month = TRY(pool_month(tx, desk, pool, TRY(call.path<std::string>("month"))));
    const auto path = spooled_workbook(call);
    TRY(write_sheets(call, pool, month, path));
    return workbook_reply(path, "pool-" + text(pool.id) + "-" + month.month + ".xlsx");
}

constexpr std::array table_of_pools{
    Route{get, "/api/insurance/pools", Right::insurance_read, list},
    Route{post, "/api/insurance/pools", Right::insurance_subsidy, add},
    Route{get, "/api/insurance/pools/{id}", Right::insurance_read, one},
    Route{get, "/api/insurance/pools/{id}/months/{month}", Right::insurance_read, month_one},
    Route{post, "/api/insurance/pools/{id}/months/{month}", Right::insurance_write, month_settle},
    Route{get, "/api/insurance/pools/{id}/months/{month}/sheet", Right::insurance_read, month_sheet},
};

}  // namespace

const Routes insurance_pool_routes = table_of_pools;

}  // namespace ballast::api
