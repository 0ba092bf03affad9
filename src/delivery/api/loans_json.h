/// Loans as JSON, and what their routes and those of order farming read in the same way.
#pragma once

#include "api/json.h"
#include "finance/loan_money.h"

namespace ballast::api {

/// The schemes as they stand, and a desk over them; the book must outlive the desk.
Result<finance::LoanBook> loan_book_of(const Call& call);
finance::LoanDesk loan_desk_of(const Call& call, const finance::LoanBook& book);

/// Runs `act` with the schemes and a desk over them.
template <class F>
Result<Reply> at_loan_desk(Call& call, F&& act) {
    const auto book = TRY(loan_book_of(call));
    return act(loan_desk_of(call, book));
}

/// {code, label}, by "finance.<kind>.<code>" of the word files.
Json coded_loan(const Call& call, std::string_view kind, std::string_view code);
/// What the pack calls a scheme; its name, where the pack no longer has it.
std::string title_of(const Call& call, const finance::LoanBook& book, const std::string& scheme);
Json bank_json(const Call& call, const finance::Bank& bank);
/// With the terms of today in that area.
Result<Json> scheme_json(const Call& call, const finance::LoanBook& book, const finance::Scheme& scheme,
                         AreaCode area);
Json loan_json(const Call& call, const finance::LoanBook& book, const finance::LoanFile& loan);
/// With schedule, standing of today, money, next steps and history.
Result<Json> loan_page(Call& call, db::Tx& tx, const finance::LoanDesk& desk, finance::LoanId id);
Json portfolio_json(const Call& call, const finance::LoanBook& book, const finance::PortfolioLine& line);
Json interest_subsidy_json(const Call& call, const finance::InterestSubsidyLine& line);

}  // namespace ballast::api
