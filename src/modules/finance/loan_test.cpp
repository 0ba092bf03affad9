// Loans: the worked examples of the domain specification, 6.2, to the fen.
#include <gtest/gtest.h>

#include "base/rng.h"
#include "finance/interest.h"
#include "finance/risk_share.h"
#include "finance/schedule.h"

namespace ballast::finance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }

TEST(Interest, CountsDaysByTheContractsYear) {
    EXPECT_EQ(interest(yuan("50000"), {dec("0.0385"), Basis::days_360}, 365).value(), yuan("1951.74"));
    EXPECT_EQ(interest(yuan("50000"), {dec("0.0385"), Basis::days_365}, 365).value(), yuan("1925.00"));
    EXPECT_EQ(interest(yuan("50000"), {dec("0.0385"), Basis::days_360}, 0).value(), yuan("0"));
}

TEST(Interest, IsBorneByBorrowerAndGovernment) {
    // The microloan with the whole interest subsidised, and the start-up loan: LPR 3.85 %, rate LPR + 150 bp.
    const auto micro = interest_borne(yuan("50000"), {dec("0.0385"), Basis::days_360}, 0, 365).value();
    EXPECT_EQ(micro.fiscal, yuan("1951.74"));
    EXPECT_EQ(micro.borrower, yuan("0"));
    const auto start_up =
        interest_borne(yuan("200000"), {dec("0.0535"), Basis::days_365}, dec("0.0235"), 365).value();
    EXPECT_EQ(start_up.borrower, yuan("4700.00"));
    EXPECT_EQ(start_up.fiscal, yuan("6000.00"));
    // Cheaper than what the borrower would pay at most: nothing is left for the government.
    const auto cheap =
        interest_borne(yuan("200000"), {dec("0.0200"), Basis::days_365}, dec("0.0235"), 365).value();
    EXPECT_EQ(cheap.borrower, yuan("4000.00"));
    EXPECT_EQ(cheap.fiscal, yuan("0"));
}

TEST(Interest, RefusesWhatIsNone) {
    const auto error = [](const char* principal, const char* rate, int days) {
        return interest(yuan(principal), {dec(rate), Basis::days_360}, days).error().id;
    };
    EXPECT_EQ(error("-1", "0.0385", 1), "finance.out_of_range");
    EXPECT_EQ(error("1", "3.85", 1), "finance.out_of_range");
    EXPECT_EQ(error("1", "-0.01", 1), "finance.out_of_range");
    EXPECT_EQ(error("1", "0.0385", -1), "finance.out_of_range");
}

Loan microloan(Repayment how, int months, int between) {
    return {.principal = yuan("50000"),
            .terms = {dec("0.0385"), Basis::days_360},
            .disbursed = day("2026-01-31"),
            .months = months,
            .repayment = how,
            .months_between = between};
}

TEST(Schedule, AtMaturityIsOneInstalment) {
    const auto rows = schedule(microloan(Repayment::at_maturity, 12, 1)).value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].due, day("2027-01-31"));
    EXPECT_EQ(rows[0].amount(), yuan("51951.74"));
}

TEST(Schedule, InterestOnlyPaysThePrincipalAtTheEnd) {
    const auto rows = schedule(microloan(Repayment::interest_only, 12, 3)).value();
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].due, day("2026-04-30"));  // the month has no 31st
    EXPECT_EQ(rows[0].days, 89);
    EXPECT_EQ(rows[0].amount(), yuan("475.90"));
    EXPECT_EQ(rows[3].principal, yuan("50000"));
    EXPECT_EQ(rows[3].outstanding, yuan("0"));
}

TEST(Schedule, EqualPrincipalDividesThePrincipal) {
    const auto rows = schedule(microloan(Repayment::equal_principal, 3, 1)).value();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].principal, yuan("16666.67"));
    EXPECT_EQ(rows[1].principal, yuan("16666.67"));
    EXPECT_EQ(rows[2].principal, yuan("16666.66"));
    EXPECT_EQ(rows[1].interest, yuan("110.51"));  // 33,333.33 x 3.85 % x 31 / 360
}

TEST(Schedule, EqualInstalmentsAreTheAnnuity) {
    const auto rows = schedule(microloan(Repayment::equal_instalment, 36, 1)).value();
    ASSERT_EQ(rows.size(), 36U);
    // 50,000 i / (1 - (1 + i)^-36), i = 3.85 % / 12
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) EXPECT_EQ(rows[i].amount(), yuan("1472.87"));
    EXPECT_EQ(rows.back().outstanding, yuan("0"));
    auto free = microloan(Repayment::equal_instalment, 3, 1);
    free.terms.rate = 0;
    EXPECT_EQ(schedule(free).value()[0].amount(), yuan("16666.67"));
}

TEST(Schedule, ThePrincipalAlwaysAddsUp) {
    Rng rng(31);
    for (int round = 0; round < 300; ++round) {
        const Loan loan{.principal = Money::fen(rng.between(1, 30'000'000)),
                        .terms = {Decimal::from_parts(rng.between(0, 240'000), 6),
                                  rng.chance(0.5) ? Basis::days_360 : Basis::days_365},
                        .disbursed = day("2026-01-01").plus_days(static_cast<int>(rng.between(0, 364))),
                        .months = static_cast<int>(rng.between(1, 60)),
                        .repayment = static_cast<Repayment>(rng.between(0, 3)),
                        .months_between = static_cast<int>(rng.between(1, 12))};
        const auto rows = schedule(loan);
        ASSERT_TRUE(rows);
        Money principal;
        Date before = loan.disbursed;
        for (const auto& row : *rows) {
            ASSERT_GT(row.due, before);
            ASSERT_GE(row.principal, Money());
            ASSERT_GE(row.interest, Money());
            principal += row.principal;
            ASSERT_EQ(row.outstanding, loan.principal - principal);
            before = row.due;
        }
        ASSERT_EQ(principal, loan.principal);
        ASSERT_EQ(before, loan.disbursed.plus_months(loan.months));
    }
}

const RiskShares assumed{dec("0.7"), dec("0.2"), dec("0.1")};

TEST(RiskShare, SharesALossAndItsRecovery) {
    const Limits ample{yuan("1000000"), yuan("1000000")};
    const auto borne = share_loss(yuan("48750.00"), assumed, ample).value();
    EXPECT_EQ(borne, (Borne{yuan("34125.00"), yuan("9750.00"), yuan("4875.00")}));
    EXPECT_EQ(share_recovery(yuan("4875.01"), borne, {}).value(),
              (Borne{yuan("3412.51"), yuan("975.00"), yuan("487.50")}));
    EXPECT_EQ(share_recovery(yuan("48750.01"), borne, {}).error().id, "finance.out_of_range");
    // Each alone lies below the loss; together they do not.
    const auto first = share_recovery(yuan("40000"), borne, {}).value();
    EXPECT_EQ(share_recovery(yuan("8750.01"), borne, first).error().id, "finance.out_of_range");
    EXPECT_EQ(share_recovery(yuan("8750.00"), borne, first).value(),
              (Borne{yuan("6125.00"), yuan("1750.00"), yuan("875.00")}));
}

TEST(RiskShare, AboveTheStopLossTheFundPaysAndThenTheBank) {
    EXPECT_EQ(stop_loss_left(yuan("20000"), dec("1.5"), yuan("5000")).value(), yuan("25000.00"));
    EXPECT_EQ(stop_loss_left(yuan("20000"), dec("1.5"), yuan("35000")).value(), yuan("0"));
    EXPECT_EQ(share_loss(yuan("48750"), assumed, {yuan("25000"), yuan("1000000")}).value(),
              (Borne{yuan("25000.00"), yuan("18875.00"), yuan("4875.00")}));
    const auto short_fund = share_loss(yuan("48750"), assumed, {yuan("0"), yuan("10000")}).value();
    EXPECT_EQ(short_fund, (Borne{yuan("0"), yuan("10000.00"), yuan("38750.00")}));
    // Recoveries go to those who paid, as they paid.
    EXPECT_EQ(share_recovery(yuan("4875"), short_fund, {}).value(),
              (Borne{yuan("0"), yuan("1000.00"), yuan("3875.00")}));
}

TEST(RiskShare, AlwaysTogetherTheLoss) {
    Rng rng(37);
    for (int round = 0; round < 1000; ++round) {
        const auto first = rng.between(0, 100), second = rng.between(0, 100 - first);
        const RiskShares shares{Decimal::from_parts(first, 2), Decimal::from_parts(second, 2),
                                Decimal::from_parts(100 - first - second, 2)};
        const Money loss = Money::fen(rng.between(1, 100'000'000));
        const Limits limits{Money::fen(rng.between(0, 100'000'000)),
                            Money::fen(rng.between(-100, 100'000'000))};
        const auto borne = share_loss(loss, shares, limits).value();
        ASSERT_EQ(borne.together(), loss);
        ASSERT_GE(borne.bank, Money());
        ASSERT_LE(borne.insurer, limits.insurer_left);
        Borne got;
        while (got.together() < loss) {
            const Money recovered = Money::fen(rng.between(1, (loss - got.together()).fen()));
            const auto back = share_recovery(recovered, borne, got).value();
            ASSERT_EQ(back.together(), recovered);
            got = {got.insurer + back.insurer, got.fund + back.fund, got.bank + back.bank};
            ASSERT_LE(got.fund, borne.fund);
            ASSERT_LE(got.insurer, borne.insurer);
            ASSERT_LE(got.bank, borne.bank);
        }
        ASSERT_EQ(got, borne);
    }
    EXPECT_EQ(share_loss(yuan("1"), {dec("0.5"), dec("0.2"), dec("0.1")}, {}).error().id, "shares.not_whole");
}

TEST(Fuse, BlowsAboveItsLimit) {
    const FuseLimits limits{dec("0.03"), dec("0.05")};
    EXPECT_EQ(fuse(yuan("3"), yuan("100"), limits), Fuse::open);
    EXPECT_EQ(fuse(yuan("3.01"), yuan("100"), limits), Fuse::warning);
    EXPECT_EQ(fuse(yuan("5"), yuan("100"), limits), Fuse::warning);
    EXPECT_EQ(fuse(yuan("5.01"), yuan("100"), limits), Fuse::blown);
    EXPECT_EQ(fuse(yuan("0"), yuan("0"), limits), Fuse::open);
}

}  // namespace
}  // namespace ballast::finance
