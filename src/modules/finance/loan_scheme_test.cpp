#include "finance/loan_scheme.h"

#include <gtest/gtest.h>

namespace ballast::finance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }

// 脱贫人口小额信贷 [S21]; the rates are those of LPR 3.85 % and 4.65 %.
LoanScheme microloan() {
    LoanScheme out;
    out.most = yuan("50000");
    out.most_rate_to_a_year = dec("0.0385");
    out.most_rate_above_a_year = dec("0.0465");
    return out;
}

LoanApplication ordinary() {
    LoanApplication out;
    out.amount = yuan("50000");
    out.rate = dec("0.0385");
    return out;
}

std::vector<std::string> ids(const LoanApplication& application, const LoanScheme& scheme,
                             Fuse fuse = Fuse::open) {
    std::vector<std::string> out;
    for (const auto& error : objections(application, scheme, fuse)) out.push_back(error.id);
    return out;
}
using Ids = std::vector<std::string>;

TEST(LoanScheme, LendsUpToItsLimits) {
    EXPECT_EQ(ids(ordinary(), microloan()), Ids{});
    EXPECT_EQ(ids(ordinary(), microloan(), Fuse::warning), Ids{});
    auto more = ordinary();
    more.amount = yuan("50000.01");
    EXPECT_EQ(ids(more, microloan()), Ids{"finance.amount_above_scheme"});
    auto longer = ordinary();
    longer.months = 36;
    longer.rate = dec("0.0465");
    EXPECT_EQ(ids(longer, microloan()), Ids{});
    longer.months = 37;
    EXPECT_EQ(ids(longer, microloan()), Ids{"finance.term_above_scheme"});
    longer.months = 12;
    EXPECT_EQ(ids(longer, microloan()), Ids{"finance.rate_above_scheme"});
}

TEST(LoanScheme, LendsOnceToAHouseholdForItsOwnProduction) {
    auto application = ordinary();
    application.open_in_household = 1;
    EXPECT_EQ(ids(application, microloan()), Ids{"finance.household_has_loan"});
    application = ordinary();
    application.use = LoanUse::lent_on;
    EXPECT_EQ(ids(application, microloan()), Ids{"finance.use_not_allowed"});
    auto start_up = microloan();
    start_up.most_times = 3;
    application = ordinary();
    application.had_before = 2;
    EXPECT_EQ(ids(application, start_up), Ids{});
    application.had_before = 3;
    EXPECT_EQ(ids(application, start_up), Ids{"finance.too_often"});
}

TEST(LoanScheme, SaysEverythingAtOnce) {
    LoanApplication wrong;
    wrong.amount = -yuan("1");
    wrong.months = 0;
    wrong.rate = 4;
    wrong.use = LoanUse::consumption;
    EXPECT_EQ(ids(wrong, microloan(), Fuse::blown),
              (Ids{"finance.out_of_range", "finance.out_of_range", "finance.out_of_range",
                   "finance.rate_above_scheme", "finance.use_not_allowed", "finance.fuse_blown"}));
}

}  // namespace
}  // namespace ballast::finance
