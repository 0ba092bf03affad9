#include "finance/loan_procedure.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace ballast::finance {
namespace {

using S = LoanState;
using A = LoanAction;

Date day(std::string_view iso) { return Date::parse(iso).value(); }

const LoanLimits limits;

LoanCourse in(S state, const char* since) {
    LoanCourse out{.state = state, .entered = day(since), .maturity = day("2026-12-31"), .overdue_since = {}};
    if (state == S::overdue || state == S::claimed) out.overdue_since = day(since);
    return out;
}

TEST(LoanProcedure, GoesFromApplicationToSettlement) {
    auto loan = in(S::applied, "2026-01-05");
    for (const auto action :
         {A::check_village, A::recommend, A::approve, A::disburse, A::begin_repayment, A::settle}) {
        const auto next = after(loan, action, loan.entered.plus_days(3), limits);
        ASSERT_TRUE(next) << name_of(action);
        loan = *next;
    }
    EXPECT_EQ(loan.state, S::settled);
    EXPECT_TRUE(loan.is_over());
}

TEST(LoanProcedure, SkipsNoStep) {
    EXPECT_EQ(after(in(S::applied, "2026-01-05"), A::approve, day("2026-01-06"), limits).error().id,
              "finance.wrong_state");
    EXPECT_EQ(after(in(S::recommended, "2026-01-05"), A::disburse, day("2026-01-06"), limits).error().id,
              "finance.wrong_state");
    EXPECT_EQ(after(in(S::settled, "2026-01-05"), A::miss, day("2026-01-06"), limits).error().id,
              "finance.wrong_state");
    EXPECT_EQ(after(in(S::applied, "2026-01-05"), A::check_village, day("2026-01-04"), limits).error().id,
              "finance.before_last_step");
}

TEST(LoanProcedure, SubsidyStopsWhileSomethingIsOverdue) {
    const auto running = in(S::in_repayment, "2026-03-01");
    EXPECT_TRUE(running.is_subsidised());
    const auto late = after(running, A::miss, day("2026-04-01"), limits).value();
    EXPECT_FALSE(late.is_subsidised());
    EXPECT_TRUE(after(late, A::catch_up, day("2026-04-20"), limits)->is_subsidised());
}

TEST(LoanProcedure, WarnsAfterThirtyDaysAndIsClaimedAfterSixty) {
    const auto late = in(S::overdue, "2026-04-01");
    EXPECT_FALSE(warns(late, day("2026-05-01"), limits));
    EXPECT_TRUE(warns(late, day("2026-05-02"), limits));
    const auto early = after(late, A::claim, day("2026-05-31"), limits);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().id, "finance.claimed_too_early");
    EXPECT_EQ(early.error().args.at(0).second, "2026-06-01");
    const auto claimed = after(late, A::claim, day("2026-06-01"), limits);
    ASSERT_TRUE(claimed);
    EXPECT_FALSE(claimed->is_subsidised());
    EXPECT_TRUE(after(*claimed, A::write_off, day("2027-01-01"), limits));
}

TEST(LoanProcedure, IsExtendedOnceAndForAYearAtMost) {
    const auto running = in(S::in_repayment, "2026-03-01");
    const auto extend = [&](const LoanCourse& loan, const char* to) {
        return after(loan, A::extend, day("2026-12-01"), limits, day(to));
    };
    EXPECT_EQ(extend(running, "2028-01-01").error().id, "finance.extension_too_long");
    EXPECT_EQ(extend(running, "2026-12-31").error().id, "finance.extension_too_long");
    EXPECT_EQ(after(running, A::extend, day("2026-12-01"), limits).error().id, "finance.extension_too_long");
    const auto extended = extend(running, "2027-12-31");
    ASSERT_TRUE(extended);
    EXPECT_EQ(extended->maturity, day("2027-12-31"));
    const auto late = after(*extended, A::miss, day("2027-12-31"), limits).value();
    EXPECT_EQ(after(late, A::extend, day("2028-01-10"), limits, day("2028-06-30")).error().id,
              "finance.extended_before");
}

TEST(LoanProcedure, SaysWhatMaturesSoon) {
    const auto running = in(S::in_repayment, "2026-03-01");
    EXPECT_FALSE(matures_soon(running, day("2026-11-30"), 30));
    EXPECT_TRUE(matures_soon(running, day("2026-12-01"), 30));
    EXPECT_TRUE(matures_soon(running, day("2026-12-31"), 30));
    EXPECT_FALSE(matures_soon(running, day("2027-01-01"), 30));
    EXPECT_FALSE(matures_soon(in(S::overdue, "2026-11-01"), day("2026-12-15"), 30));
}

// Whatever is tried in whatever order: no loan leaves its end, none is extended twice, and a claim follows an
// overdue.
TEST(LoanProcedure, HoldsWhateverIsTried) {
    Rng rng(5);
    for (int round = 0; round < 500; ++round) {
        auto loan = in(S::applied, "2026-01-05");
        int extensions = 0;
        for (int tried = 0; tried < 60; ++tried) {
            const Date today = loan.entered.plus_days(static_cast<int>(rng.between(0, 90)));
            const auto action = static_cast<A>(rng.between(0, 11));
            const auto next = after(loan, action, today, limits,
                                    loan.maturity.plus_months(static_cast<int>(rng.between(0, 14))));
            if (!next) continue;
            ASSERT_FALSE(loan.is_over());
            extensions += action == A::extend;
            ASSERT_EQ(next->state == S::overdue, next->overdue_since.has_value() &&
                                                     next->state != S::claimed &&
                                                     next->state != S::written_off);
            loan = *next;
        }
        ASSERT_LE(extensions, 1);
    }
}

}  // namespace
}  // namespace ballast::finance
