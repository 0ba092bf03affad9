#include "casework/clue_procedure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ballast::casework {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum ClueState;

const AreaCode village = *AreaCode::from_number(513431'100'200);
const AreaCode other_village = *AreaCode::from_number(513431'100'201);
const auto household = registry::HouseholdId(7);
Date april(int day) { return *Date::from(2026, 4, day); }

Clue clue_in(ClueState state) {
    Clue clue;
    clue.id = ClueId(41);
    clue.area = village;
    clue.household = household;
    clue.risks = {"01"};
    clue.state = state;
    clue.created_on = april(1);
    clue.due_on = april(4);
    return clue;
}

std::string refused(const Clue& clue, const ClueOrder& order, bool exists = true,
                    std::optional<AreaCode> home = village, std::optional<ClueState> original = {}) {
    const auto row = decide({clue, order, exists, home, original});
    return row ? "" : row.error().id;
}
ClueOrder dispatch_to(AreaCode where, std::string note = "") {
    return {ClueAction::dispatch, where, {}, {}, "", std::move(note)};
}
ClueOrder close_as(std::string reason, std::string note = "入户看过") {
    return {ClueAction::close, {}, {}, ClueId(9), std::move(reason), std::move(note)};
}
const ClueOrder begin{ClueAction::begin, {}, {}, {}, "", ""};
const ClueOrder open_case{ClueAction::open_case, {}, {}, {}, "", ""};

// Domain specification 2.3: new, dispatched, verifying, then a case or a closing.
TEST(ClueProcedure, GoesThisWayAndNoOther) {
    for (const auto state : all_clue_states())
        for (const auto action : all_clue_actions()) {
            const bool listed = std::ranges::any_of(clue_procedure(), [&](const ClueRow& row) {
                return row.action == action && std::ranges::count(row.from, state) > 0;
            });
            const bool wrong =
                refused(clue_in(state), {action, village, household, {}, "", ""}) == "clues.wrong_state";
            EXPECT_EQ(wrong, !listed) << name_of(state) << " " << name_of(action);
        }
    EXPECT_EQ(refused(clue_in(fresh), begin), "clues.wrong_state");
    EXPECT_EQ(refused(clue_in(dispatched), begin), "");
    EXPECT_EQ(refused(clue_in(dispatched), open_case), "clues.wrong_state");
    EXPECT_EQ(refused(clue_in(verifying), open_case), "");
    EXPECT_EQ(refused(clue_in(dispatched), close_as("no_risk")), "clues.wrong_state");
    for (const auto& row : clue_procedure())
        for (const auto state : row.from) EXPECT_LT(state, case_opened) << "what is over stays over";
}

TEST(ClueProcedure, SendsAClueToAVillageByItsTwelveDigits) {
    EXPECT_EQ(refused(clue_in(fresh), dispatch_to(village)), "");
    EXPECT_EQ(refused(clue_in(fresh), dispatch_to(village.parent())), "clues.village_needed");
    EXPECT_EQ(refused(clue_in(fresh), dispatch_to(village), false), "clues.no_such_village");
    EXPECT_EQ(refused(clue_in(fresh), dispatch_to(other_village)), "clues.household_elsewhere");
    auto nobody = clue_in(fresh);
    nobody.household.reset();
    EXPECT_EQ(refused(nobody, dispatch_to(other_village), true, {}), "")
        << "the village finds out who is meant";
}

TEST(ClueProcedure, SendsItOnOnlyElsewhereAndWithANote) {
    auto nobody = clue_in(dispatched);
    nobody.household.reset();
    EXPECT_EQ(refused(nobody, dispatch_to(village, "不在本村"), true, {}), "clues.already_there");
    EXPECT_EQ(refused(nobody, dispatch_to(other_village), true, {}), "clues.note_missing");
    EXPECT_EQ(refused(nobody, dispatch_to(other_village, "不在本村"), true, {}), "");
}

TEST(ClueProcedure, AsksWhoseRiskItIsBeforeACaseOrAFinding) {
    auto nobody = clue_in(verifying);
    nobody.household.reset();
    EXPECT_EQ(refused(nobody, open_case, true, {}), "clues.household_unknown");
    for (const auto* reason : {"no_risk", "resolved_on_spot", "refused_consent"})
        EXPECT_EQ(refused(nobody, close_as(reason), true, {}), "clues.household_unknown") << reason;
    EXPECT_EQ(refused(nobody, close_as("false_report"), true, {}), "");
    auto of_nothing = clue_in(verifying);
    of_nothing.risks.clear();
    EXPECT_EQ(refused(of_nothing, open_case), "clues.risk_unknown");
}

TEST(ClueProcedure, ClosesWithAReasonOfTheRowAndANote) {
    EXPECT_EQ(refused(clue_in(verifying), close_as("")), "clues.reason_missing");
    EXPECT_EQ(refused(clue_in(verifying), close_as("merged_into_case")), "clues.reason_not_here");
    EXPECT_EQ(refused(clue_in(verifying), close_as("no_risk", "  ")), "clues.note_missing");
    for (const auto* reason :
         {"no_risk", "resolved_on_spot", "not_rural_household", "refused_consent", "false_report"})
        EXPECT_EQ(refused(clue_in(verifying), close_as(reason)), "") << reason;
    // Nobody has been there yet.
    EXPECT_EQ(refused(clue_in(fresh), close_as("no_risk")), "clues.reason_not_here");
    EXPECT_EQ(refused(clue_in(fresh), close_as("not_rural_household")), "");
}

TEST(ClueProcedure, TakesADuplicateOfAnotherOpenClueOnly) {
    EXPECT_EQ(refused(clue_in(verifying), close_as("duplicate")), "clues.duplicate_of_what");
    EXPECT_EQ(refused(clue_in(verifying), close_as("duplicate"), true, village, closed),
              "clues.original_closed");
    EXPECT_EQ(refused(clue_in(verifying), close_as("duplicate"), true, village, case_opened), "");
    auto itself = close_as("duplicate");
    itself.duplicate_of = ClueId(41);
    EXPECT_EQ(refused(clue_in(verifying), itself, true, village, verifying), "clues.duplicate_of_what");
}

TEST(ClueProcedure, AssignsAHouseholdOnceAndInTheVillageOnly) {
    const ClueOrder assign{ClueAction::assign, {}, household, {}, "", ""};
    EXPECT_EQ(refused(clue_in(dispatched), assign), "clues.household_known");
    auto nobody = clue_in(dispatched);
    nobody.household.reset();
    EXPECT_EQ(refused(nobody, {ClueAction::assign, {}, {}, {}, "", ""}, true, {}), "clues.household_missing");
    EXPECT_EQ(refused(nobody, assign, true, other_village), "clues.household_elsewhere");
    nobody.state = fresh;
    EXPECT_EQ(refused(nobody, assign, true, other_village), "")
        << "the dispatcher may send it anywhere in the county";
}

TEST(ClueProcedure, ShowsEachRoleItsNextStepWithWhatIsMissing) {
    auth::Actor officer{auth::UserId(1), "chen", "陈", {{auth::Role::village_officer, village, ""}}};
    EXPECT_THAT(possible(clue_in(fresh), officer), IsEmpty());
    const auto next = possible(clue_in(dispatched), officer);
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next[0].row->action, ClueAction::begin);
    auto nobody = clue_in(verifying);
    nobody.household.reset();
    std::vector<std::pair<ClueAction, std::size_t>> shown;
    for (const auto& step : possible(nobody, officer))
        shown.emplace_back(step.row->action, step.missing.size());
    EXPECT_THAT(shown, ElementsAre(std::pair(ClueAction::assign, 0U), std::pair(ClueAction::open_case, 1U),
                                   std::pair(ClueAction::close, 0U)));
    officer.grants[0].area = other_village;
    EXPECT_THAT(possible(clue_in(dispatched), officer), IsEmpty());
}

TEST(ClueProcedure, GrowsUrgentAsItsDayComesNear) {
    const auto clue = clue_in(dispatched);  // due on the 4th
    EXPECT_EQ(urgency(clue, april(5)), "red");
    EXPECT_EQ(urgency(clue, april(3)), "red");
    EXPECT_EQ(urgency(clue, april(2)), "orange");
    EXPECT_EQ(urgency(clue, april(1)), "yellow");
    EXPECT_EQ(urgency(clue, april(4).plus_days(-6)), "");
    EXPECT_EQ(urgency(clue_in(closed), april(30)), "");
}

TEST(Clue, IsCalledByTheYearOfItsDayZeroAndItsId) {
    EXPECT_EQ(number_of(clue_in(fresh)), "2026-000041");
    EXPECT_EQ(clue_numbered("2026-000041"), ClueId(41));
    for (const auto* wrong : {"", "41", "2026-", "2026-x", "2026-0", "20260-41", "2026-41x"})
        EXPECT_EQ(clue_numbered(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace ballast::casework
