// Loans to households: schemes, banks, files and their steps, money, the portfolio, the interest subsidy.
#include "api/loans_routes.h"

#include "api/loans_json.h"
#include "api/workbook_reply.h"
#include "audit/audit.h"
#include "table/table.h"

namespace ballast::api {
namespace {

using namespace finance;


Result<int> small_at(const Json& asked, const char* name) {
    const auto value = TRY(field<std::int64_t>(asked, name));
    if (value < 0 || value > 10'000) return invalid("http.wrong_type").with("name", name);
    return static_cast<int>(value);
}
Result<std::string> text_at(const Json& asked, const char* name) {
    return TRY(optional_field<std::string>(asked, name)).value_or("");
}

Result<Reply> scheme_list(Call& call) {
    const auto book = TRY(loan_book_of(call));
    const AreaCode area = own_area(call, Right::loans_read);
    Json items = Json::array();
    for (const auto& scheme : book.schemes) items.push_back(TRY(scheme_json(call, book, scheme, area)));
    return ok({{"items", items}});
}

Result<Reply> bank_list(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        Json items = Json::array();
        for (const auto& one : TRY(banks(tx, desk))) items.push_back(bank_json(call, one));
        return ok({{"items", items}});
    });
}

Result<Reply> bank_add(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        const auto id = TRY(add_bank(tx, desk, TRY(area_of(asked, "area")), TRY(field<std::string>(asked, "name"))));
        return created(bank_json(call, TRY(bank(tx, desk, id))));
    });
}

Result<Reply> clerk_add(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        TRY(assign_clerk(tx, desk, TRY(call.path<BankId>("id")), TRY(field<std::string>(asked, "account"))));
        return Reply::empty();
    });
}

Result<LoanQuery> query_of(Call& call) {
    LoanQuery out;
    out.area = TRY(call.query<AreaCode>("area"));
    out.scheme = TRY(call.query<std::string>("scheme")).value_or("");
    out.state = TRY(call.query<std::string>("state")).value_or("");
    if (!out.state.empty()) TRY(loan_state_named(out.state));
    out.bank = TRY(call.query<BankId>("bank"));
    out.household = TRY(call.query<registry::HouseholdId>("household"));
    out.out = TRY(call.query<std::string>("out")).value_or("") == "true";
    out.overdue = TRY(call.query<std::string>("overdue")).value_or("") == "true";
    out.matures_soon = TRY(call.query<std::string>("matures_soon")).value_or("") == "true";
    return out;
}

Result<Reply> loan_list(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        auto query = TRY(query_of(call));
        const auto page = TRY(call.page());
        query.offset = page.offset();
        query.limit = page.size;
        LoanTotals totals;
        Json items = Json::array();
        for (const auto& one : TRY(loans(tx, desk, query, &totals))) items.push_back(loan_json(call, desk.book, one));
        return ok({{"total", totals.loans},
                   {"amount_fen", totals.amount.fen()},
                   {"outstanding_fen", totals.outstanding.fen()},
                   {"items", items}});
    });
}

std::string day_text(const std::optional<Date>& day) { return day ? day->iso() : ""; }

/// The filtered list as a workbook, without ID numbers and accounts; how long it was is recorded.
Result<void> write_sheet(Call& call, const LoanDesk& desk, const std::vector<LoanFile>& lines,
                         const std::string& path) {
    using Type = table::Writer::Type;
    constexpr std::array names{"scheme", "bank",    "area",        "name",     "amount",   "months",
                               "state",  "paid_on", "outstanding", "next_due", "overdue_days"};
    constexpr std::array types{Type::text, Type::text, Type::text,  Type::text, Type::money, Type::number,
                               Type::text, Type::date, Type::money, Type::date, Type::number};
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    std::vector<table::Writer::Column> columns;
    for (std::size_t i = 0; i < names.size(); ++i)
        columns.push_back({call.say(std::string("finance.column.") + names.at(i)), types.at(i), 16});
    TRY(writer->sheet(call.say("finance.column.sheet"), columns));
    for (const auto& one : lines) {
        const Json row = loan_json(call, desk.book, one);
        TRY(writer->row({row["scheme"]["label"].get<std::string>(), one.bank.name,
                         row["area"]["name"].get<std::string>(), one.name, one.amount.plain(),
                         std::to_string(one.months), row["state"]["label"].get<std::string>(),
                         one.contract ? one.contract->loan.disbursed.iso() : "", one.outstanding.plain(),
                         day_text(one.next_due), std::to_string(one.days_overdue(call.today()))}));
    }
    return writer->finish();
}

Result<Reply> loan_sheet(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        auto query = TRY(query_of(call));
        query.limit = 100'000;
        const auto lines = TRY(loans(tx, desk, query));
        if (lines.empty()) return not_found("finance.nothing_to_export");
        const auto path = spooled_workbook(call);
        TRY(write_sheet(call, desk, lines, path));
        TRY(audit::record(tx, call.vault(), call.actor(),
                          {"finance.loans_export", "loans", own_area(call, Right::loans_read), "",
                           Json{{"rows", lines.size()}}.dump()},
                          call.now()));
        return workbook_reply(path, "loans-" + call.today().iso() + ".xlsx");
    });
}

Result<Reply> loan_add(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        NewLoan wanted;
        wanted.person = TRY(id_of<registry::PersonId>(asked, "person"));
        wanted.bank = TRY(id_of<BankId>(asked, "bank"));
        wanted.scheme = TRY(field<std::string>(asked, "scheme"));
        wanted.amount = TRY(fen_of(asked, "amount_fen"));
        wanted.months = TRY(small_at(asked, "months"));
        wanted.use = TRY(loan_use_named(TRY(field<std::string>(asked, "use"))));
        wanted.what = TRY(field<std::string>(asked, "what"));
        wanted.jobs = TRY(optional_field<std::int64_t>(asked, "jobs")).value_or(0);
        wanted.key = TRY(field<std::string>(asked, "key"));
        return created(TRY(loan_page(call, tx, desk, TRY(apply(tx, desk, wanted)))));
    });
}

Result<Reply> loan_one(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        return ok(TRY(loan_page(call, tx, desk, TRY(call.path<LoanId>("id")))));
    });
}

Result<LoanOrder> order_of(Call& call, const Json& asked) {
    LoanOrder out;
    out.version = TRY(field<std::int64_t>(asked, "version"));
    out.action = TRY(loan_action_named(TRY(field<std::string>(asked, "action"))));
    out.on = asked.contains("on") ? TRY(date_of(asked, "on")) : call.today();
    out.note = TRY(text_at(asked, "note"));
    out.credit = TRY(text_at(asked, "credit"));
    if (out.action == LoanAction::approve) {
        out.amount = TRY(fen_of(asked, "amount_fen"));
        out.months = TRY(small_at(asked, "months"));
        out.rate = TRY(decimal_of(asked, "rate"));
        out.repayment = TRY(repayment_named(TRY(field<std::string>(asked, "repayment"))));
        out.months_between = TRY(small_at(asked, "months_between"));
    }
    out.contract_number = TRY(text_at(asked, "contract_number"));
    out.id_number = TRY(text_at(asked, "id_number"));
    out.account = TRY(text_at(asked, "account"));
    if (out.action == LoanAction::extend) out.maturity = TRY(date_of(asked, "maturity"));
    return out;
}

Result<Reply> loan_step_taken(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const auto id = TRY(call.path<LoanId>("id"));
        const Json asked = TRY(body(call));
        TRY(take_step(tx, desk, id, TRY(order_of(call, asked))));
        return ok(TRY(loan_page(call, tx, desk, id)));
    });
}

template <class F>
Result<Reply> money_received(Call& call, db::Tx& tx, F&& enter) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const auto id = TRY(call.path<LoanId>("id"));
        const Json asked = TRY(body(call));
        TRY(enter(tx, desk, id,
                  Received{TRY(field<std::int64_t>(asked, "version")), TRY(date_of(asked, "on")),
                           TRY(fen_of(asked, "amount_fen")), TRY(field<std::string>(asked, "key"))}));
        return ok(TRY(loan_page(call, tx, desk, id)));
    });
}
Result<Reply> loan_repay(Call& call, db::Tx& tx) { return money_received(call, tx, repay); }
Result<Reply> loan_recover(Call& call, db::Tx& tx) { return money_received(call, tx, recover); }

Result<Reply> loan_take_back(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const auto id = TRY(call.path<LoanId>("id"));
        const Json asked = TRY(body(call));
        TRY(take_back(tx, desk, id,
                      {TRY(field<std::int64_t>(asked, "version")), TRY(call.path<std::int64_t>("line")),
                       TRY(field<std::string>(asked, "note"))}));
        return ok(TRY(loan_page(call, tx, desk, id)));
    });
}

Result<Reply> loan_reveal(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        return ok({{"value", TRY(reveal(tx, desk, TRY(call.path<LoanId>("id")),
                                        TRY(field<std::string>(asked, "field")),
                                        TRY(field<std::string>(asked, "purpose"))))}});
    });
}

Result<Reply> portfolio_list(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        Json items = Json::array();
        for (const auto& line : TRY(portfolio(tx, desk))) items.push_back(portfolio_json(call, desk.book, line));
        return ok({{"items", items}});
    });
}

Result<Reply> cover_set(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        TRY(set_cover(tx, desk, TRY(area_of(asked, "area")), TRY(field<std::string>(asked, "scheme")),
                      TRY(small_at(asked, "year")), TRY(fen_of(asked, "premium_fen"))));
        return Reply::empty();
    });
}

Result<Reply> subsidies(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        Json items = Json::array();
        for (const auto& line :
             TRY(interest_subsidy_due(tx, desk, TRY(call.query<std::string>("quarter")).value_or(""))))
            items.push_back(interest_subsidy_json(call, line));
        return ok({{"items", items}});
    });
}

Result<Reply> subsidy_pay(Call& call, db::Tx& tx) {
    return at_loan_desk(call, [&](const LoanDesk& desk) -> Result<Reply> {
        const Json asked = TRY(body(call));
        return created(interest_subsidy_json(
            call, TRY(pay_interest_subsidy(tx, desk, TRY(id_of<BankId>(asked, "bank")),
                                           TRY(id_of<FundId>(asked, "fund")),
                                           TRY(field<std::string>(asked, "quarter"))))));
    });
}

constexpr std::array table{
    Route{get, "/api/loans/schemes", Right::loans_read, scheme_list},
    Route{get, "/api/loans/banks", Right::loans_read, bank_list},
    Route{post, "/api/loans/banks", Right::loans_decide, bank_add},
    Route{post, "/api/loans/banks/{id}/clerks", Right::loans_decide, clerk_add},
    Route{get, "/api/loans/portfolio", Right::loans_read, portfolio_list},
    Route{put, "/api/loans/covers", Right::loans_decide, cover_set},
    Route{get, "/api/loans/subsidies", Right::loans_decide, subsidies},
    Route{post, "/api/loans/subsidies", Right::loans_decide, subsidy_pay},
    Route{post, "/api/loans/sheet", Right::loans_read, loan_sheet},
    Route{get, "/api/loans/files", Right::loans_read, loan_list},
    Route{post, "/api/loans/files", Right::loans_recommend, loan_add},
    Route{get, "/api/loans/files/{id}", Right::loans_read, loan_one},
    Route{post, "/api/loans/files/{id}/steps", Right::loans_read, loan_step_taken},
    Route{post, "/api/loans/files/{id}/repayments", Right::loans_write, loan_repay},
    Route{post, "/api/loans/files/{id}/recoveries", Right::loans_decide, loan_recover},
    Route{post, "/api/loans/files/{id}/money/{line}/taking_back", Right::loans_read, loan_take_back},
    Route{post, "/api/loans/files/{id}/reveal", Right::loans_write, loan_reveal},
};

}  // namespace

const Routes loans_routes = table;

}  // namespace ballast::api
