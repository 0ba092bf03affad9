// The procedure, roll-up and escalation, without a database. The rest is tests/stories/tasks.story.
#include "tasks/task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tasks/task_file.h"

namespace ballast::tasks {
namespace {

const AreaCode county = *AreaCode::from_number(513431'000'000);
const AreaCode township = *AreaCode::from_number(513431'100'000);
const AreaCode village = *AreaCode::from_number(513431'100'200);
const Date today = *Date::from(2025, 3, 3);

Task task_of(std::string state) {
    Task out;
    out.state = std::move(state);
    out.area = village;
    out.from = township;
    out.due_on = today.plus_days(5);
    return out;
}
Order order_of(std::string action) {
    Order out;
    out.action = std::move(action);
    out.note = "已入户核实";
    out.proof = "台账第3页";
    out.percent = 40;
    out.until = today.plus_days(3);
    return out;
}
std::string why(const Result<Task>& outcome) { return outcome ? "" : outcome.error().id; }

TEST(Procedure, GoesOnlyByItsRows) {
    int taken = 0;
    for (const std::string state : {"given", "in_progress", "reported", "done", "withdrawn"})
        for (const std::string action : {"receive", "report", "submit", "reply", "confirm", "send_back",
                                         "supervise", "extend", "withdraw"}) {
            auto task = task_of(state);
            task.reply_due = today;
            const auto outcome = after(task, order_of(action), {}, today);
            const auto listed = std::ranges::any_of(
                rows(), [&](const Row& row) { return row.action == action && row.from == state; });
            EXPECT_EQ(why(outcome), listed ? "" : "tasks.no_such_step") << state << " " << action;
            taken += outcome ? 1 : 0;
        }
    EXPECT_EQ(taken, static_cast<int>(rows().size()));
}

TEST(Procedure, WantsWordsProofAndDaysThatAreStillToCome) {
    auto order = order_of("submit");
    order.proof = " ";
    EXPECT_EQ(why(after(task_of("in_progress"), order, {}, today)), "tasks.text.proof");
    order = order_of("send_back");
    order.note = "";
    EXPECT_EQ(why(after(task_of("reported"), order, {}, today)), "tasks.text.note");
    order = order_of("extend");
    order.until = today.plus_days(-1);
    EXPECT_EQ(why(after(task_of("given"), order, {}, today)), "tasks.day_past");
    order.until.reset();
    EXPECT_EQ(why(after(task_of("given"), order, {}, today)), "tasks.day_missing");
    order = order_of("report");
    order.percent = 101;
    EXPECT_EQ(why(after(task_of("in_progress"), order, {}, today)), "tasks.percent_outside");
}

TEST(Supervision, WaitsForItsReply) {
    EXPECT_EQ(why(after(task_of("given"), order_of("reply"), {}, today)), "tasks.nothing_to_reply");
    const auto supervised = after(task_of("given"), order_of("supervise"), {}, today);
    ASSERT_TRUE(supervised);
    EXPECT_EQ(supervised->reply_due, today.plus_days(3));
    EXPECT_FALSE(supervised->reply_overdue(today.plus_days(3)));
    EXPECT_TRUE(supervised->reply_overdue(today.plus_days(4)));
    const auto replied = after(*supervised, order_of("reply"), {}, today);
    ASSERT_TRUE(replied);
    EXPECT_FALSE(replied->reply_due);
}

TEST(Parts, MakeTheProgressOfTheirTask) {
    EXPECT_FALSE(rolled_up({}));
    EXPECT_FALSE(rolled_up({{"withdrawn", 80}}));
    EXPECT_EQ(rolled_up({{"done", 30}, {"in_progress", 50}, {"withdrawn", 90}, {"given", 0}}), 50);
    EXPECT_EQ(rolled_up({{"done", 0}, {"done", 0}, {"in_progress", 99}}), 99)
        << "never 100 before all is done";
    const std::vector<Part> parts{{"done", 100}, {"in_progress", 10}};
    EXPECT_EQ(why(after(task_of("in_progress"), order_of("report"), parts, today)),
              "tasks.progress_from_parts");
    EXPECT_EQ(why(after(task_of("in_progress"), order_of("submit"), parts, today)), "tasks.parts_open");
    EXPECT_EQ(why(after(task_of("given"), order_of("withdraw"), parts, today)), "tasks.parts_open");
    EXPECT_EQ(
        why(after(task_of("in_progress"), order_of("submit"), {{"done", 100}, {"withdrawn", 0}}, today)), "");
}

TEST(Escalation, TellsTheGiverFirstAndTheLevelAboveLater) {
    auto task = task_of("in_progress");
    EXPECT_FALSE(to_be_told(task, task.due_on, 7)) << "it is due today";
    EXPECT_EQ(to_be_told(task, task.due_on.plus_days(1), 7), township);
    EXPECT_EQ(to_be_told(task, task.due_on.plus_days(7), 7), township);
    EXPECT_EQ(to_be_told(task, task.due_on.plus_days(8), 7), county);
    task.escalated_to = township;
    EXPECT_FALSE(to_be_told(task, task.due_on.plus_days(2), 7)) << "it was told already";
    EXPECT_EQ(to_be_told(task, task.due_on.plus_days(8), 7), county);
    task.escalated_to = county;
    EXPECT_FALSE(to_be_told(task, task.due_on.plus_days(80), 7));
    task.escalated_to.reset();
    task.state = "reported";
    EXPECT_FALSE(to_be_told(task, task.due_on.plus_days(8), 7)) << "it waits for its giver";
    task = task_of("given");
    task.area = task.from = township;
    EXPECT_EQ(to_be_told(task, task.due_on.plus_days(1), 7), county) << "of one's own the level above";
}

TEST(Escalation, OfASupervisionThatNobodyAnswersGoesAboveWhoeverSupervises) {
    auto task = task_of("in_progress");
    task.due_on = today.plus_days(60);
    task.reply_due = today;
    EXPECT_FALSE(to_be_told(task, today, 7)) << "the reply is due today";
    EXPECT_EQ(to_be_told(task, today.plus_days(1), 7), county);
    task.escalated_to = county;
    EXPECT_FALSE(to_be_told(task, today.plus_days(2), 7)) << "it was told already";
    const auto replied = after(task, order_of("reply"), {}, today.plus_days(2));
    ASSERT_TRUE(replied);
    EXPECT_FALSE(replied->escalated_to) << "told only because nobody answered";
}

TEST(TasksPack, SaysThatItsTermIsAssumed) {
    const auto terms = terms_on("", county, today);
    ASSERT_TRUE(terms) << terms.error().id;
    EXPECT_EQ(terms->patience, 7);
    EXPECT_TRUE(terms->assumed);
}

}  // namespace
}  // namespace ballast::tasks
