// The procedure of an alarm: who, in which order, with what; its clocks.
#include "surveillance/alarm.h"

#include <gtest/gtest.h>

namespace ballast::surveillance {
namespace {

const Date today = *Date::from(2025, 7, 30);

Alarm alarm_in(std::string state, std::string finder = "") {
    Alarm out;
    out.state = std::move(state);
    out.raised_on = out.entered_on = today;
    out.due_on = today.plus_days(1);
    out.finder = std::move(finder);
    return out;
}
Order order(std::string action) {
    Order out;
    out.action = std::move(action);
    out.note = "逐户看过";
    out.reason = "no_common_cause";
    out.office = "县农业农村局";
    out.due_on = today.plus_days(10);
    out.measure = MeasureId(1);
    return out;
}
Result<Alarm> taken(const Alarm& alarm, const Order& order, const std::vector<Measure>& measures = {}) {
    return after(alarm, order, measures, "leader", {}, today);
}
Measure measure(std::int64_t id, int due_in, bool done) {
    return {MeasureId(id), "排涝", "县水利局", today.plus_days(due_in), done ? std::optional(today) : std::nullopt};
}

TEST(Alarm, IsCheckedConfirmedAnsweredAndClosed) {
    const auto checking = taken(alarm_in("raised"), order("take_up")).value();
    EXPECT_EQ(checking.state, "checking");
    EXPECT_EQ(checking.due_on, today.plus_days(5));
    const auto found = taken(checking, order("find")).value();
    EXPECT_EQ(found.finder, "leader");
    const auto confirmed = taken(alarm_in("checking", "township"), order("confirm")).value();
    EXPECT_EQ(confirmed.due_on, today.plus_days(3)) << "until the first measure";
    EXPECT_EQ(taken(confirmed, order("respond")).value().due_on, today.plus_days(10));
    EXPECT_EQ(taken(confirmed, order("respond"), {measure(1, 4, false)}).value().due_on, today.plus_days(4)) << "the earlier of the two";
    EXPECT_FALSE(taken(confirmed, order("finish"), {measure(1, 4, false)}).value().due_on);
    const auto closed = taken(confirmed, order("close"), {measure(1, 4, true)}).value();
    EXPECT_EQ(closed.state, "closed");
    EXPECT_FALSE(closed.due_on);
    EXPECT_FALSE(closed.open());
}

TEST(Alarm, IsDecidedOnAFindingBySomebodyElse) {
    for (const auto* action : {"confirm", "dismiss"}) {
        EXPECT_EQ(taken(alarm_in("checking"), order(action)).error().id, "surveillance.no_finding");
        EXPECT_EQ(taken(alarm_in("checking", "leader"), order(action)).error().id, "surveillance.own_finding");
        EXPECT_TRUE(taken(alarm_in("checking", "township"), order(action)));
    }
}

TEST(Alarm, IsDismissedWithAReasonFromTheList) {
    auto without = order("dismiss");
    without.reason = "whatever";
    EXPECT_EQ(taken(alarm_in("checking", "township"), without).error().id, "surveillance.reason_missing");
    EXPECT_EQ(taken(alarm_in("checking", "township"), order("dismiss")).value().reason, "no_common_cause");
}

TEST(Alarm, IsNotClosedBeforeItsMeasuresAreDone) {
    EXPECT_EQ(taken(alarm_in("confirmed"), order("close")).error().id, "surveillance.no_measure");
    EXPECT_EQ(taken(alarm_in("confirmed"), order("close"), {measure(1, 4, true), measure(2, 4, false)}).error().id,
              "surveillance.measures_open");
}

TEST(Alarm, RefusesAMeasureThatIsNoneOrDoneOrLate) {
    EXPECT_EQ(taken(alarm_in("confirmed"), order("finish")).error().id, "surveillance.no_such_measure");
    EXPECT_EQ(taken(alarm_in("confirmed"), order("finish"), {measure(1, 4, true)}).error().id, "surveillance.measure_done");
    auto late = order("respond");
    late.due_on = today.plus_days(-1);
    EXPECT_EQ(taken(alarm_in("confirmed"), late).error().id, "surveillance.day_past");
    late.due_on.reset();
    EXPECT_EQ(taken(alarm_in("confirmed"), late).error().id, "surveillance.day_missing");
    late.office = "";
    EXPECT_EQ(taken(alarm_in("confirmed"), late).error().id, "surveillance.text.office");
}

TEST(Alarm, TakesNoStepThatIsNotListed) {
    for (const auto* state : {"dismissed", "closed"})
        for (const auto& row : rows()) EXPECT_FALSE(taken(alarm_in(state, "township"), order(std::string(row.action))));
    EXPECT_EQ(taken(alarm_in("raised"), order("confirm")).error().id, "surveillance.no_such_step");
    EXPECT_EQ(next_rows(alarm_in("raised"), true, false).size(), 1U);
    EXPECT_TRUE(next_rows(alarm_in("raised"), false, true).empty());
}

TEST(Alarm, IsOverdueTheDayAfterItWasDue) {
    const auto alarm = alarm_in("raised");
    EXPECT_FALSE(alarm.overdue(today.plus_days(1)));
    EXPECT_TRUE(alarm.overdue(today.plus_days(2)));
}

}  // namespace
}  // namespace ballast::surveillance
