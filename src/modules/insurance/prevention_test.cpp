// Prevention cover: the reckoning line by line, and the course of a case.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/date.h"
#include "insurance/prevention_cover.h"
#include "insurance/prevention_procedure.h"
#include "insurance/product.h"

namespace ballast::insurance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }

const PreventionTerms medical{
    .warning_line = yuan("20000"),
    .deductible = {},
    .mode = TierMode::excess,
    .tiers = {{yuan("0"), dec("0.3")}, {yuan("30000"), dec("0.5")}, {yuan("60000"), dec("0.7")}},
    .annual_cap = std::nullopt};

TEST(PreventionReckoning, ShowsEveryStep) {  // B-1
    const auto told = reckon(medical, {.self_paid = yuan("172654.32"),
                                       .compensated = yuan("80000"),
                                       .excluded = yuan("5000"),
                                       .borne_before = {},
                                       .paid_this_year = {}})
                          .value();
    EXPECT_EQ(told.borne, yuan("87654.32"));
    EXPECT_EQ(told.counted, yuan("67654.32"));
    ASSERT_EQ(told.slices.size(), 3U);
    EXPECT_EQ(told.slices[2].amount, yuan("7654.32"));
    EXPECT_EQ(told.slices[2].part, dec("5358.024"));
    EXPECT_EQ(told.by_tiers, yuan("29358.02"));
    EXPECT_EQ(told.payable, yuan("29358.02"));
}

TEST(PreventionReckoning, PaysTheDifferenceForTheSecondCaseOfAYear) {
    const auto first =
        reckon(medical, {.self_paid = yuan("50000"), .compensated = {}, .paid_this_year = {}}).value();
    EXPECT_EQ(first.payable, yuan("9000"));
    const auto second = reckon(medical, {.self_paid = yuan("10000"),
                                         .compensated = {},
                                         .excluded = {},
                                         .borne_before = first.borne,
                                         .paid_this_year = first.payable})
                            .value();
    const auto at_once =
        compensation(medical, {.self_paid = yuan("60000"), .compensated = {}, .paid_this_year = {}});
    EXPECT_EQ(first.payable + second.payable, at_once.value());
    EXPECT_EQ(second.payable, yuan("5000"));
}

TEST(PreventionReckoning, PaysNothingAtTheLineAndNothingForMoreAidThanCost) {
    EXPECT_FALSE(
        reckon(medical, {.self_paid = yuan("20000"), .compensated = {}, .paid_this_year = {}})->crossed);
    EXPECT_TRUE(
        reckon(medical, {.self_paid = yuan("20000.01"), .compensated = {}, .paid_this_year = {}})->crossed);
    const auto over =
        reckon(medical, {.self_paid = yuan("100"), .compensated = yuan("300"), .paid_this_year = {}}).value();
    EXPECT_EQ(over.borne, Money());
    EXPECT_EQ(over.payable, Money());
}

TEST(PreventionScheme, HoldsForGroupsNotForNames) {
    const auto book = load_book().value();
    const auto& scheme = std::get<PreventionScheme>((*book.product("prevention"))->cover);
    EXPECT_EQ(scheme.group_of("02")->name, "ex_poor");
    EXPECT_EQ(scheme.group_of("01")->name, "low_income");
    EXPECT_EQ(scheme.group_of("09"), nullptr);
    EXPECT_NE(scheme.cause("medical", "ex_poor"), nullptr);
    EXPECT_EQ(scheme.cause("drought", "ex_poor"), nullptr);
    EXPECT_TRUE(scheme.excludes("cosmetic"));
    EXPECT_FALSE(scheme.excludes(""));
}

PreventionMoment ready(PreventionState state) {
    PreventionMoment out;
    out.state = state;
    out.today = day("2025-01-16");
    out.expenses = out.proofs = 1;
    out.income_per_head = yuan("6000");
    out.income_limit = yuan("6000");
    out.account_known = true;
    out.payable = yuan("1");
    out.posted_on = day("2025-01-10");
    out.publicity_days = 5;
    out.note = "说明";
    out.surveyor = "周工";
    out.assistant = "陈秀英";
    return out;
}
std::string refused(const PreventionMoment& moment, PreventionAction action) {
    const auto row = decide(moment, action);
    return row ? "" : row.error().id;
}

TEST(PreventionProcedure, LeadsFromTheProposalToThePayment) {
    using enum PreventionState;
    using enum PreventionAction;
    for (const auto& [from, action, to] : {std::tuple{proposed, survey, surveyed},
                                           {surveyed, assess, assessed},
                                           {assessed, publicise, publicised},
                                           {publicised, approve, approved},
                                           {approved, pay, paid},
                                           {paid, recover, recovered},
                                           {publicised, object, proposed},
                                           {publicised, send_back, proposed},
                                           {proposed, reject, rejected},
                                           {rejected, reopen, proposed}}) {
        const auto row = decide(ready(from), action);
        ASSERT_TRUE(row) << name_of(action) << " " << row.error().id;
        EXPECT_EQ((*row)->to, to) << name_of(action);
    }
    EXPECT_EQ(refused(ready(approved), reject), "insurance.wrong_state");
    EXPECT_EQ(refused(ready(paid), pay), "insurance.wrong_state");
}

TEST(PreventionProcedure, AsksWhatEachStepNeeds) {
    using enum PreventionState;
    using enum PreventionAction;
    const auto without = [](PreventionState state, auto&& spoil, PreventionAction action) {
        auto moment = ready(state);
        spoil(moment);
        return refused(moment, action);
    };
    EXPECT_EQ(without(
                  proposed, [](auto& m) { m.expenses = 0; }, survey),
              "insurance.expenses_missing");
    EXPECT_EQ(without(
                  proposed, [](auto& m) { m.proofs = 0; }, survey),
              "insurance.proof_missing");
    EXPECT_EQ(without(
                  proposed, [](auto& m) { m.assistant = m.surveyor; }, survey),
              "insurance.two_must_sign");
    EXPECT_EQ(without(
                  proposed, [](auto& m) { m.income_per_head.reset(); }, survey),
              "insurance.income_missing");
    EXPECT_EQ(without(
                  surveyed, [](auto& m) { m.income_per_head = yuan("6000.01"); }, assess),
              "insurance.income_above");
    EXPECT_EQ(without(
                  surveyed, [](auto& m) { m.account_known = false; }, assess),
              "insurance.account_missing");
    EXPECT_EQ(without(
                  assessed, [](auto& m) { m.payable = {}; }, publicise),
              "insurance.below_line");
    EXPECT_EQ(without(
                  publicised, [](auto& m) { m.took_part = true; }, approve),
              "insurance.own_work");
    EXPECT_EQ(without(
                  publicised, [](auto& m) { m.today = day("2025-01-15"); }, approve),
              "insurance.publicity_runs");
    EXPECT_EQ(without(
                  approved, [](auto& m) { m.approved_it = true; }, pay),
              "insurance.own_approval");
    EXPECT_EQ(without(
                  paid, [](auto& m) { m.note = " "; }, recover),
              "insurance.note_missing");
}

TEST(PreventionProcedure, SaysWhatIsMissingBeforeAFormIsFilledIn) {
    auto moment = ready(PreventionState::proposed);
    moment.expenses = 0;
    moment.surveyor = "";
    const auto steps = possible(moment, auth::system_actor("test"));
    ASSERT_EQ(steps.size(), 2U);
    ASSERT_EQ(steps.front().missing.size(), 1U);
    EXPECT_EQ(steps.front().missing.front().id, "insurance.expenses_missing");
}

}  // namespace
}  // namespace ballast::insurance
