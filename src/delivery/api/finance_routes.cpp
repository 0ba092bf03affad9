// The books of the funds: what there is, what moved, alarms, appropriation, the bank's list.
#include "api/fund_limits.h"
#include "api/json.h"
#include "api/routes.h"
#include "api/workbook_reply.h"
#include "finance/bank_file.h"
#include "finance/ledger.h"
#include "table/table.h"

namespace ballast::api {
namespace {

using namespace finance;

Desk desk_of(const Call& call, Right right) {
    return {call.vault(), call.actor(), call.actor().scope(right), call.today(), call.now()};
}

Json coded(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("finance." + std::string(kind) + "." + std::string(code))}};
}

Json fund_json(const Call& call, const Fund& fund) {
    return {{"id", text(fund.id)},
            {"name", fund.name},
            {"kind", coded(call, "kind", name_of(fund.kind))},
            {"area", area_json(call, fund.area)},
            {"organisation", fund.organisation},
            {"opened_on", fund.opened_on.iso()}};
}

Period year_of(Date day) { return {*Date::from(day.year(), 1, 1), *Date::from(day.year(), 12, 31)}; }

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto desk = desk_of(call, Right::ledger_read);
    Json items = Json::array();
    for (const auto& line : TRY(funds(tx, desk.scope, call.today()))) {
        Json one = fund_json(call, line.fund);
        one["balance_fen"] = line.balance.fen();
        const auto year = TRY(fund_year(tx, desk.scope, line.fund.id, year_of(call.today())));
        one["alarms"] = TRY(alarms_json(call, line.fund, year));
        items.push_back(one);
    }
    return ok({{"items", items}});
}

Result<Reply> add(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto area = Call::parsed<AreaCode>(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    if (!call.division().exists(*area)) return not_found("areas.unknown").with("code", area->digits());
    const auto kind = TRY(fund_kind_named(TRY(field<std::string>(asked, "kind"))));
    // An insurer's book is opened with the insurer.
    if (kind == FundKind::insurance) return invalid("finance.no_such_kind").with("name", "insurance");
    const auto desk = desk_of(call, Right::ledger_post);
    const auto id =
        TRY(open_fund(tx, desk, {{}, *area, kind, "", TRY(field<std::string>(asked, "name")), call.today()}));
    return created(fund_json(call, TRY(load_fund(tx, desk.scope, id))));
}

Result<Date> day_or(Call& call, const char* name, Date otherwise) {
    return TRY(call.query<Date>(name)).value_or(otherwise);
}

/// The year so far, unless days are given.
Result<Period> period_of(Call& call) {
    const Period asked{TRY(day_or(call, "from", year_of(call.today()).first)),
                       TRY(day_or(call, "to", call.today()))};
    if (asked.last < asked.first) return invalid("http.bad_parameter").with("name", "to");
    return asked;
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto desk = desk_of(call, Right::ledger_read);
    const auto id = TRY(call.path<FundId>("id"));
    const auto page = TRY(call.page());
    const Period asked = TRY(period_of(call));
    const auto fund = TRY(load_fund(tx, desk.scope, id));
    const auto year = TRY(fund_year(tx, desk.scope, id, asked));
    const auto limits = TRY(fund_limits(call, fund));
    Json out = fund_json(call, fund);
    out["balance_fen"] = TRY(balance(tx, desk.scope, id, Account::bank, call.today())).fen();
    out["period"] = {{"from", asked.first.iso()}, {"to", asked.last.iso()}};
    out["year"] = fund_year_json(year);
    out["floor_fen"] = limits.values.floor.fen();
    out["floor_authority"] = limits.floor_authority;
    out["alarms"] = TRY(alarms_json(call, fund, year));
    Json lines = Json::array();
    for (const auto& line : TRY(statement(tx, desk.scope, id, asked, page.offset(), page.size)))
        lines.push_back({{"journal", text(line.journal)},
                         {"on", line.value_date.iso()},
                         {"account", coded(call, "account", name_of(line.account))},
                         {"amount_fen", line.amount.fen()},
                         {"balance_fen", line.balance.fen()},
                         {"reference", line.reference},
                         {"reverses", line.reverses ? Json(text(*line.reverses)) : Json(nullptr)}});
    out["lines"] = lines;
    return ok(out);
}

constexpr std::int64_t most_lines = 1'000'000;  // a sheet holds a few more

/// "claim:3" as people say it, and as the page does.
std::string named(const Call& call, const std::string& reference) {
    const auto colon = reference.find(':');
    if (colon == std::string::npos) return reference;
    const std::string id = "finance.of." + reference.substr(0, colon);
    return words::known(id) ? call.say(id, {{"number", reference.substr(colon + 1)}}) : reference;
}

Result<void> write_statement(Call& call, const Fund& fund, const FundYear& year, const Period& period,
                             const std::vector<StatementLine>& lines, const std::string& path) {
    using Type = table::Writer::Type;
    const auto said = [&](const char* id) { return call.say(std::string("finance.statement.") + id); };
    const auto title = call.say("finance.statement.title", {{"fund", fund.name},
                                                            {"from", period.first.iso()},
                                                            {"to", period.last.iso()}});
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    const std::vector<table::Writer::Column> by_line{
        {said("on"), Type::date, 12},    {said("account"), Type::text, 16}, {said("reference"), Type::text, 22},
        {said("in"), Type::money, 18},   {said("out"), Type::money, 18},    {said("balance"), Type::money, 18},
        {said("journal"), Type::text, 12}};
    TRY(writer->sheet(said("lines"), by_line, title));
    for (const auto& line : lines) {
        const bool in = line.amount > Money();
        const auto account = call.say("finance.account." + std::string(name_of(line.account)));
        TRY(writer->row({line.value_date.iso(), line.reverses ? account + said("reversal") : account,
                         named(call, line.reference), in ? line.amount.plain() : "",
                         in ? "" : (-line.amount).plain(), line.balance.plain(), text(line.journal)}));
    }
    const std::vector<table::Writer::Column> by_item{{said("item"), Type::text, 22},
                                                     {said("amount"), Type::money, 18}};
    TRY(writer->sheet(said("summary"), by_item, title));
    const std::array<std::pair<const char*, Money>, 10> items{
        {{"opening", year.opening},
         {"contributions", year.contributions},
         {"top_ups", year.top_ups},
         {"interest", year.interest},
         {"recoveries", year.recoveries},
         {"transfers_in", year.transfers_in},
         {"transfers_out", -year.transfers_out},
         {"payments", -year.payments},
         {"service_fees", -year.service_fees},
         {"closing", year.closing()}}};
    for (const auto& [name, amount] : items) TRY(writer->row({said(name), amount.plain()}));
    return writer->finish();
}

Result<Reply> sheet(Call& call, db::Tx& tx) {
    const auto desk = desk_of(call, Right::ledger_read);
    const auto id = TRY(call.path<FundId>("id"));
    const Period asked = TRY(period_of(call));
    const auto fund = TRY(load_fund(tx, desk.scope, id));
    const auto lines = TRY(statement(tx, desk.scope, id, asked, 0, most_lines));
    if (lines.empty()) return not_found("finance.no_movements");
    const auto path = spooled_workbook(call);
    TRY(write_statement(call, fund, TRY(fund_year(tx, desk.scope, id, asked)), asked, lines, path));
    return workbook_reply(path, "fund-" + text(id) + "-" + asked.last.iso() + ".xlsx");
}

struct Entry {
    Date on;
    Money amount;
    std::string note, key;
};
Result<Entry> entry_of(const Json& asked) {
    const auto on = Date::parse(TRY(field<std::string>(asked, "on")));
    if (!on) return invalid("http.wrong_type").with("name", "on");
    const Money amount = Money::fen(TRY(field<std::int64_t>(asked, "amount_fen")));
    if (amount <= Money())
        return invalid("finance.out_of_range").with("name", "amount").with("value", amount.plain());
    return Entry{*on, amount, TRY(optional_field<std::string>(asked, "note")).value_or(""),
                 TRY(field<std::string>(asked, "key"))};
}

/// Money in, or out, of one fund. What moves between funds is an appropriation.
Result<Reply> enter(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto id = TRY(call.path<FundId>("id"));
    const auto account = TRY(account_named(TRY(field<std::string>(asked, "account"))));
    const auto entry = TRY(entry_of(asked));
    const auto desk = desk_of(call, Right::ledger_post);
    // An insurer keeps its own book.
    if (TRY(load_fund(tx, desk.scope, id)).kind == FundKind::insurance)
        return forbidden("finance.insurers_book");
    const bool in = account == Account::contribution || account == Account::top_up ||
                    account == Account::interest || account == Account::recovery;
    const bool out = account == Account::payment || account == Account::service_fee;
    if (!in && !out) return invalid("finance.no_such_account").with("name", std::string(name_of(account)));
    const auto journal = TRY(finance::post(
        tx, desk,
        {entry.on, in ? money_in(id, account, entry.amount) : money_out(id, account, entry.amount), "",
         entry.note},
        entry.key));
    return created({{"journal", text(journal)}});
}

Result<Reply> give(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto entry = TRY(entry_of(asked));
    Appropriation plan{TRY(call.path<FundId>("id")), entry.amount, {}};
    for (const auto& part : TRY(field<Json>(asked, "parts"))) {
        if (!part.is_object()) return invalid("http.wrong_type").with("name", "parts");
        const auto to = Call::parsed<FundId>(TRY(field<std::string>(part, "fund")));
        const auto weight = Decimal::parse(TRY(field<std::string>(part, "weight")));
        if (!to || !weight) return invalid("http.wrong_type").with("name", "parts");
        plan.parts.push_back({*to, *weight});
    }
    const auto journal =
        TRY(appropriate(tx, desk_of(call, Right::ledger_approve), plan, entry.on, entry.key));
    return created({{"journal", text(journal)}});
}

Result<Reply> turn_back(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto on = Date::parse(TRY(field<std::string>(asked, "on")));
    if (!on) return invalid("http.wrong_type").with("name", "on");
    const auto journal =
        TRY(reverse(tx, desk_of(call, Right::ledger_approve), TRY(call.path<JournalId>("id")), *on,
                    TRY(field<std::string>(asked, "note"))));
    return created({{"journal", text(journal)}});
}

Json line_json(const AccountLine& line) {
    return {{"on", line.day.iso()}, {"amount_fen", line.amount.fen()}, {"reference", line.reference}};
}

Result<Reply> hold_against_bank(Call& call, db::Tx& tx) {
    const auto desk = desk_of(call, Right::ledger_post);
    const auto id = TRY(call.path<FundId>("id"));
    TRY(load_fund(tx, desk.scope, id));
    if (call.request().uploads.size() != 1) return invalid("finance.one_file");
    const auto& upload = call.request().uploads.front();
    const auto bank = TRY(read_bank_file(upload.path(), upload.file_name()));
    const auto apart = TRY(call.query<std::int64_t>("days_apart")).value_or(3);
    if (apart < 0 || apart > 31) return invalid("http.bad_parameter").with("name", "days_apart");
    const Period period{bank.first, bank.last};
    std::vector<AccountLine> book;
    for (const auto& line : TRY(statement(tx, desk.scope, id, period, 0, most_lines)))
        book.push_back({line.value_date, line.amount, "journal:" + text(line.journal)});
    const auto held = reconcile(book, bank.lines, static_cast<int>(apart));
    Json only_book = Json::array(), only_bank = Json::array();
    for (const auto i : held.only_in_book) only_book.push_back(line_json(book[i]));
    for (const auto i : held.only_at_bank) only_bank.push_back(line_json(bank.lines[i]));
    return ok({{"from", period.first.iso()},
               {"to", period.last.iso()},
               {"agreed", held.agreed.size()},
               {"only_in_book", only_book},
               {"only_at_bank", only_bank},
               {"difference_fen", held.difference.fen()}});
}

constexpr std::array table{
    Route{get, "/api/funds", Right::ledger_read, list},
    Route{post, "/api/funds", Right::ledger_post, add},
    Route{get, "/api/funds/{id}", Right::ledger_read, one},
    Route{get, "/api/funds/{id}/sheet", Right::ledger_read, sheet},
    Route{post, "/api/funds/{id}/entries", Right::ledger_post, enter},
    Route{post, "/api/funds/{id}/appropriations", Right::ledger_approve, give},
    Route{post, "/api/funds/{id}/reconciliation", Right::ledger_post, hold_against_bank},
    Route{post, "/api/journals/{id}/reversal", Right::ledger_approve, turn_back},
};

}  // namespace

const Routes finance_routes = table;

}  // namespace ballast::api
