/// Loans as JSON. Included by loans_routes.cpp only.
#pragma once

#include "api/json.h"
#include "finance/loan_money.h"

namespace ballast::api {

/// The schemes as they stand, and a desk over them; the book must outlive the desk.
Result<finance::LoanBook> loan_book_of(const Call& call);
finance::LoanDesk loan_desk_of(const Call& call, const finance::LoanBook& book);

/// {code, label}, by "finance.<kind>.<code>" of the word files.
Json coded_loan(const Call& call, std::string_view kind, std::string_view code);
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
