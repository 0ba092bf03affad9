// Escalation as it is stored: once for each due date, however often the night's job runs.
#include "tasks/task_file.h"

#include <gtest/gtest.h>

#include "db_testing/testing.h"
#include "tasks/photos.h"

namespace ballast::tasks {
namespace {

const AreaCode county = *AreaCode::from_number(513431'000'000);
const AreaCode village = *AreaCode::from_number(513431'100'200);
const Date given = *Date::from(2025, 3, 3), due = *Date::from(2025, 3, 10);

class Tasks : public db_testing::OnBothEngines {
protected:
    Desk desk(Date on) { return {*vault_, areas::Division::shipped(), officer_, on, {1'741'000'000'000}}; }
    std::int64_t escalated(Date on) {
        const auto told = database().write([&](db::Tx& tx) { return escalate(tx, desk(on), county, 7); });
        EXPECT_TRUE(told) << told.error().id;
        return told ? *told : -1;
    }
    Page page_of(TaskId id, Date on) {
        return database().read([&](db::Tx& tx) { return page(tx, desk(on), id); }).value();
    }
    TaskId give_one() {
        Wanted wanted;
        wanted.title = "排查危房";
        wanted.what = "逐户查看";
        wanted.areas = {village};
        wanted.due_on = due;
        return database().write([&](db::Tx& tx) { return give(tx, desk(given), wanted); }).value().front();
    }

    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("tasks");
    auth::Actor officer_{auth::UserId(1), "county", "李玉兰", {{auth::Role::county_officer, county, ""}}};
};
ON_BOTH_ENGINES(Tasks);

TEST_P(Tasks, TellTheLevelsAboveOnceForEachDueDate) {
    const auto id = give_one();
    EXPECT_EQ(escalated(due), 0);
    EXPECT_EQ(escalated(due.plus_days(1)), 1);
    EXPECT_EQ(escalated(due.plus_days(1)), 0) << "the same night again";
    EXPECT_EQ(page_of(id, due.plus_days(1)).line.task.escalated_to, county);
    EXPECT_EQ(escalated(due.plus_days(8)), 1);
    EXPECT_EQ(escalated(due.plus_days(30)), 0);
    const auto late = page_of(id, due.plus_days(30));
    EXPECT_EQ(late.line.task.escalated_to, county.parent());
    ASSERT_EQ(late.history.size(), 3U);
    EXPECT_EQ(late.history.front().action, "escalate");

    Order extend;
    extend.version = late.line.task.version;
    extend.action = "extend";
    extend.note = "雨季后再修";
    extend.until = due.plus_days(60);
    ASSERT_TRUE(database().write([&](db::Tx& tx) { return step(tx, desk(due.plus_days(30)), id, extend); }));
    EXPECT_FALSE(page_of(id, due.plus_days(30)).line.task.escalated_to);
    EXPECT_EQ(escalated(due.plus_days(60)), 0);
    EXPECT_EQ(escalated(due.plus_days(61)), 1);
}

TEST_P(Tasks, AreProvenByPhotosThatHaveAPlace) {
    const auto id = give_one();
    const auth::Actor officer{auth::UserId(2), "village", "阿木", {{auth::Role::village_officer, village, ""}}};
    const Desk here{*vault_, areas::Division::shipped(), officer, given, {1'741'000'000'000}};
    const std::string picture = "\xFF\xD8\xFF picture";
    const auto add = [&](const Desk& by, std::string_view place, std::string_view bytes) {
        const auto made = database().write([&](db::Tx& tx) { return add_photo(tx, by, id, place, bytes); });
        return made ? std::string() : made.error().id;
    };
    EXPECT_EQ(add(here, " ", picture), "tasks.photo_without_place");
    EXPECT_EQ(add(here, "三组王家门前", "text"), "tasks.photo_type");
    EXPECT_EQ(add(desk(given), "三组王家门前", picture), "tasks.photo_not_yours");
    EXPECT_EQ(add(here, "三组王家门前", picture), "");
    const auto take = [&](std::string action, std::int64_t version) {
        Order order;
        order.version = version;
        order.action = std::move(action);
        order.note = "已看 3 户";
        order.percent = 60;
        return database().write([&](db::Tx& tx) { return step(tx, here, id, order); });
    };
    ASSERT_TRUE(take("receive", 1));
    ASSERT_TRUE(take("report", 2));
    const auto seen = page_of(id, given);
    ASSERT_EQ(seen.history.front().photos.size(), 1U);
    EXPECT_EQ(seen.history.front().photos[0].place, "三组王家门前");
    EXPECT_EQ(database().read([&](db::Tx& tx) { return photo(tx, here, id, seen.history.front().photos[0].id); })->bytes, picture);
    EXPECT_EQ(take("submit", 3).error().id, "tasks.text.proof") << "the photo went with the report before";
    EXPECT_EQ(add(here, "五组沟口", picture), "");
    ASSERT_TRUE(take("submit", 3));
    EXPECT_EQ(add(here, "五组沟口", picture), "tasks.photo_not_now");
}

TEST_P(Tasks, TellTheLevelAboveWhenASupervisionIsNotAnswered) {
    const auto id = give_one();
    Order supervise;
    supervise.version = 1;
    supervise.action = "supervise";
    supervise.note = "进度落后";
    supervise.until = given.plus_days(2);
    ASSERT_TRUE(database().write([&](db::Tx& tx) { return step(tx, desk(given), id, supervise); }));
    EXPECT_EQ(escalated(given.plus_days(2)), 0);
    EXPECT_EQ(escalated(given.plus_days(3)), 1);
    EXPECT_EQ(escalated(given.plus_days(3)), 0) << "the same night again";
    const auto told = page_of(id, given.plus_days(3));
    EXPECT_EQ(told.line.task.escalated_to, county.parent());
    EXPECT_EQ(told.history.front().action, "escalate_reply");
    EXPECT_EQ(told.history.front().until, given.plus_days(2));
}

TEST_P(Tasks, AreCountedAsTheyAreListed) {
    give_one();
    give_one();
    for (const std::string view : {"mine", "given", "escalated", "all"})
        for (const std::string state : {"open", "overdue", "supervised", "reported", "closed", "all"}) {
            Query query;
            query.view = view;
            query.state = state;
            const auto on = due.plus_days(1);
            const auto n = database().read([&](db::Tx& tx) { return count(tx, desk(on), query); });
            const auto lines = database().read([&](db::Tx& tx) { return list(tx, desk(on), query); });
            ASSERT_TRUE(n && lines);
            EXPECT_EQ(*n, static_cast<std::int64_t>(lines->size())) << view << " " << state;
        }
}

}  // namespace
}  // namespace ballast::tasks
