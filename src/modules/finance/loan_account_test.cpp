// What a loan comes to: interest by who bears it, what is due, since when it is overdue.
#include "finance/loan_account.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "finance/loan_book.h"

namespace ballast::finance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }
AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }

// 50,000 at 3.85 % for a year, all the interest paid by government.
Contract microloan() {
    return {.loan = {yuan("50000"), {dec("0.0385"), Basis::days_360}, day("2025-03-10"), 12,
                     Repayment::at_maturity, 1},
            .borrower_rate = {},
            .subsidy_until = day("2026-03-10"),
            .extension = {}};
}
// 200,000 at 5.35 %, of which the borrower pays 2.35 % for two years of three; interest by the quarter.
Contract start_up() {
    return {.loan = {yuan("200000"), {dec("0.0535"), Basis::days_365}, day("2025-01-10"), 36,
                     Repayment::interest_only, 3},
            .borrower_rate = dec("0.0235"),
            .subsidy_until = day("2027-01-10"),
            .extension = {}};
}
Standing at(const Contract& contract, std::vector<Payment> payments, const char* on) {
    return standing(contract, payments, day(on)).value();
}

TEST(LoanAccount, TheGovernmentBearsTheInterestOfAMicroloan) {
    const auto rows = due_rows(microloan()).value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].interest.fiscal, yuan("1951.74"));
    EXPECT_EQ(rows[0].amount(), yuan("50000.00"));
    const auto end = at(microloan(), {{day("2026-03-10"), yuan("50000")}}, "2026-03-10");
    EXPECT_EQ(end.payoff(), Money());
    EXPECT_EQ(end.fiscal, yuan("1951.74"));
    EXPECT_FALSE(end.next_due);
}

// Asked in between, as each quarter's subsidy does, nothing is lost to rounding.
TEST(LoanAccount, LooksOnTheWayDoNotChangeTheSum) {
    const std::vector<Payment> payments{{day("2026-03-10"), yuan("50000")}};
    Money paid;
    for (const char* quarter : {"2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31"})
        paid += at(microloan(), payments, quarter).fiscal - paid;
    EXPECT_EQ(paid, yuan("1951.74"));
}

TEST(LoanAccount, FromTheDayItIsOverdueTheBorrowerBearsAll) {
    const auto late = at(microloan(), {}, "2026-03-20");
    EXPECT_EQ(late.next_due, day("2026-03-10"));
    EXPECT_EQ(late.fiscal, yuan("1951.74"));
    EXPECT_EQ(late.interest, interest(yuan("50000"), {dec("0.0385"), Basis::days_360}, 10).value());
    EXPECT_EQ(late.due, late.payoff());
}

TEST(LoanAccount, SharesAYearOfAStartUpLoan) {
    auto yearly = start_up();
    yearly.loan.months_between = 12;
    EXPECT_EQ(due_rows(yearly).value()[0].interest.borrower, yuan("4700.00"));
    EXPECT_EQ(due_rows(yearly).value()[0].interest.fiscal, yuan("6000.00"));
    const auto rows = due_rows(start_up()).value();
    ASSERT_EQ(rows.size(), 12U);
    EXPECT_EQ(rows[8].interest.fiscal, Money()) << "the third year is not subsidised";
    EXPECT_EQ(rows[8].interest.borrower, interest(yuan("200000"), start_up().loan.terms, rows[8].days).value());
}

TEST(LoanAccount, APaymentIsTakenForInterestFirst) {
    const auto rows = due_rows(start_up()).value();
    const auto paid = at(start_up(), {{rows[0].due, rows[0].amount()}}, "2025-04-10");
    EXPECT_EQ(paid.taken[0].principal, Money());
    EXPECT_EQ(paid.taken[0].interest, rows[0].amount());
    EXPECT_EQ(paid.next_due, rows[1].due);
    const auto more = at(start_up(), {{rows[0].due, rows[0].amount() + yuan("10000")}}, "2025-04-10");
    EXPECT_EQ(more.outstanding, yuan("190000"));
}

// What was paid three days early is not missing on its day.
TEST(LoanAccount, AnInstalmentMayBePaidEarly) {
    auto contract = start_up();
    contract.loan.repayment = Repayment::equal_instalment;
    contract.loan.months_between = 1;
    const auto rows = due_rows(contract).value();
    const auto early = at(contract, {{rows[0].due.plus_days(-3), rows[0].amount()}}, "2025-02-20");
    EXPECT_EQ(early.next_due, rows[1].due);
    EXPECT_EQ(early.due, Money());
}

TEST(LoanAccount, RefusesMoreThanIsOwedAndDaysBeforeIt) {
    const auto error = [](std::vector<Payment> payments, const char* on) {
        return standing(microloan(), payments, day(on)).error();
    };
    EXPECT_EQ(error({{day("2025-06-01"), yuan("50000.01")}}, "2025-06-01").id, "finance.repaid_too_much");
    EXPECT_EQ(error({{day("2025-03-09"), yuan("1")}}, "2025-06-01").id, "finance.before_disbursement");
    EXPECT_EQ(error({}, "2025-03-09").id, "finance.before_disbursement");
}

TEST(LoanAccount, AnExtensionMovesAllThatIsLeftToItsDay) {
    auto contract = microloan();
    contract.extension = Extension{day("2026-03-01"), day("2026-09-10")};
    EXPECT_EQ(contract.maturity(), day("2026-09-10"));
    const auto then = at(contract, {}, "2026-06-01");
    EXPECT_EQ(then.next_due, day("2026-09-10"));
    EXPECT_EQ(then.due, Money());
    // Until the first maturity it is subsidised, afterwards it is not.
    EXPECT_GT(then.interest, Money());
    EXPECT_LE(then.fiscal, yuan("1951.75"));
    EXPECT_EQ(at(contract, {}, "2026-09-11").due, at(contract, {}, "2026-09-11").payoff());
}

// Whatever is paid whenever: principal and interest add up, and nothing is owed below zero.
TEST(LoanAccount, AlwaysAddsUp) {
    Rng rng(23);
    for (int round = 0; round < 300; ++round) {
        auto contract = round % 2 ? start_up() : microloan();
        contract.loan.repayment = static_cast<Repayment>(rng.between(0, 3));
        std::vector<Payment> payments;
        Date on = contract.loan.disbursed;
        Money paid;
        for (auto n = rng.between(0, 6); n > 0; --n) {
            on = on.plus_days(static_cast<int>(rng.between(0, 200)));
            payments.push_back({on, Money::fen(rng.between(1, 3'000'000))});
            if (!standing(contract, payments, on)) {
                payments.pop_back();
                continue;
            }
            paid += payments.back().amount;
        }
        const auto now = standing(contract, payments, on).value();
        ASSERT_EQ(now.principal_paid + now.interest_paid, paid);
        ASSERT_EQ(now.outstanding + now.principal_paid, contract.loan.principal);
        ASSERT_GE(now.interest, Money());
        ASSERT_GE(now.fiscal, Money());
        ASSERT_LE(now.due, now.payoff());
        ASSERT_EQ(now.next_due.has_value(), now.payoff() > Money());
    }
}

TEST(LoanBook, HoldsTheSchemesOfThePack) {
    const auto book = load_loan_book().value();
    ASSERT_EQ(book.schemes.size(), 4U);
    const auto* micro = book.scheme("microloan").value();
    const auto village = area("513431100200");
    const auto offer = book.offer(*micro, day("2021-06-10"), village).value();
    EXPECT_EQ(offer.most, yuan("50000"));
    EXPECT_EQ(offer.most_rate_to_a_year, dec("0.0385"));
    EXPECT_EQ(offer.most_rate_above_a_year, dec("0.0465"));
    EXPECT_EQ(book.borrower_rate(*micro, dec("0.0385"), 12, day("2021-06-10"), village).value(), Decimal());
    const auto* start = book.scheme("startup").value();
    EXPECT_EQ(book.borrower_rate(*start, dec("0.0535"), 12, day("2021-06-10"), village).value(), dec("0.0235"));
    EXPECT_TRUE(micro->on(day("2021-06-10"), village).value()->assumed());
    EXPECT_EQ(micro->on(day("2020-12-31"), village).error().id, "finance.no_terms");
    EXPECT_EQ(book.scheme("nothing").error().id, "finance.no_such_scheme");
}

TEST(LoanBook, SaysInWhichLineASchemeIsWrong) {
    const auto error = [](const std::string& bytes) {
        return read_loan_book({{"a.toml", bytes}, {"pack.toml", ""}}).error();
    };
    const std::string head = "title = { zh = \"甲\", en = \"A\" }\ndocument = \"d\"\nown_production_only = true\n"
                             "one_for_a_household = true\nrepayments = [\"at_maturity\"]\n";
    EXPECT_EQ(error(head).id, "packs.missing");
    const auto shares = error(head + "[[terms]]\nfrom = 2021-01-01\nmost_fen = 1\nmost_months = 1\nabove_prime = \"0\"\n"
                                     "fiscal_share = \"0\"\nsubsidised_months = 0\n"
                                     "shares = { insurer = \"0.5\", fund = \"0.5\", bank = \"0.1\" }\nauthority = \"x\"\n");
    EXPECT_EQ(shares.id, "packs.missing");
    EXPECT_EQ(shares.args.at(1).second, "13");
}

}  // namespace
}  // namespace ballast::finance
