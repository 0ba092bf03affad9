// Placing and enrolling on either engine: two at once, what stands sealed, and pay that forbids an end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <latch>
#include <thread>

#include "db_testing/testing.h"
#include "employment/indicators.h"
#include "employment/matchings.h"
#include "employment/profiles.h"
#include "employment/training.h"
#include "registry/import.h"
#include "registry/test_households.h"

namespace ballast::employment {
namespace {

using registry::testing::day;
using registry::testing::id_of;
using registry::testing::zhaojue;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Date today = day(2026, 4, 10);
const AreaCode village = *AreaCode::from_number(513431'100'200);

/// One household with a couple that can work.
class Placing : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        registry::testing::Folder files;
        const auto path = registry::testing::write_book(
            files, "册.xlsx",
            {{"户信息", {"户编号", "行政村代码", "农户类型"}, {{"0001", village.digits(), "脱贫户"}}, ""},
             {"成员信息",
              {"户编号", "姓名", "证件号码", "与户主关系", "劳动技能"},
              {{"0001", "吉克·阿依", id_of(day(1980, 3, 1), 12), "户主", "1"},
               {"0001", "沙马·木果", id_of(day(1982, 5, 9), 21), "配偶", "1"}},
              ""}});
        const auto id = registry::receive(database(), *vault, system, {zhaojue, "册.xlsx", "建档", today},
                                          {{path, "册.xlsx"}}, today, now);
        ASSERT_TRUE(id) << id.error().id;
        ASSERT_TRUE(registry::apply(database(), *vault, system, *id, now));
        const auto both = database().read([](db::Tx& tx) {
            return tx.all("SELECT id FROM registry_v_person ORDER BY id", {},
                          [](const db::Row& row) { return row.id<PersonId>(0); });
        });
        ASSERT_EQ(both->size(), 2U);
        couple = {both->at(0), both->at(1)};
    }

    Desk desk() const { return {*vault, areas::Division::shipped(), system, today, now, Terms{}}; }
    template <class F>
    auto write(F&& act) {
        return database().write([&](db::Tx& tx) { return act(tx, desk()); });
    }
    std::int64_t count(const std::string& sql) {
        return *database().read([&](db::Tx& tx) { return tx.number(sql); });
    }

    PostId opened(const std::string& kind, const std::string& load = "light", std::int64_t openings = 5) {
        Post one;
        one.area = village;
        one.kind = kind;
        one.employer = "村委会";
        one.title = "保洁员";
        one.trade = "general";
        one.load = load;
        one.wage = Money::yuan(800);
        one.openings = openings;
        one.from_day = day(2026, 1, 1);
        if (one.welfare()) {
            one.hours = 60;
            one.to_day = day(2026, 12, 31);
        }
        const auto id = write([&](db::Tx& tx, const Desk& by) { return add_post(tx, by, one); });
        EXPECT_TRUE(id) << id.error().id;
        return *id;
    }
    Result<Placed> send(PersonId who, PostId where, Date from = today) {
        Placement one;
        one.person = who;
        one.post = where;
        one.started_on = from;
        one.agreed_to = day(2026, 12, 31);
        return write([&](db::Tx& tx, const Desk& by) { return place(tx, by, one, {}); });
    }
    Result<void> paid(PlacementId id, Date month, std::int64_t yuan, std::optional<std::int64_t> days = {}) {
        return write([&](db::Tx& tx, const Desk& by) {
            return pay(tx, by, id, {month, Money::yuan(yuan), days});
        });
    }
    Result<void> ended(PlacementId id, Date on, const std::string& reason) {
        return write([&](db::Tx& tx, const Desk& by) { return end_placement(tx, by, id, {1, on, reason}); });
    }
    void asked(PersonId who, const std::string& bears) {
        Profile one;
        one.wants_job = true;
        one.bears = bears;
        one.asked_on = today;
        EXPECT_TRUE(write([&](db::Tx& tx, const Desk& by) { return save_profile(tx, by, who, one); }));
    }
    /// Both at once, each on a connection of its own; how many were done.
    template <class F>
    std::size_t at_once(F&& act) {
        std::latch both(2);
        std::array<bool, 2> done{};
        {
            std::vector<std::jthread> senders;
            for (std::size_t i = 0; i < 2; ++i)
                senders.emplace_back([&, i] {
                    both.arrive_and_wait();
                    done[i] = act(i);
                });
        }
        return static_cast<std::size_t>(done[0]) + static_cast<std::size_t>(done[1]);
    }

    const Instant now{1'775'800'000'000};
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("employment");
    const auth::Actor system = auth::system_actor("test");
    std::array<PersonId, 2> couple{};
};
ON_BOTH_ENGINES(Placing);

// Husband and wife are sent to two public-welfare posts by two clerks at once; the household may hold one.
TEST_P(Placing, GivesAHouseholdOnePublicWelfarePostAlsoWhenTwoAreGivenAtOnce) {
    for (int round = 0; round < 6; ++round) {
        const Date from = day(2026, 1, 5).plus_days(10 * round);
        const std::array posts{opened("public"), opened("public")};
        EXPECT_EQ(at_once([&](std::size_t i) { return send(couple[i], posts[i], from).has_value(); }), 1U);
        ASSERT_EQ(count("SELECT COUNT(*) FROM employment_placement WHERE ended_on IS NULL"), 1);
        const PlacementId held(count("SELECT id FROM employment_placement WHERE ended_on IS NULL"));
        ASSERT_TRUE(ended(held, from.plus_days(5), "term"));
    }
}

TEST_P(Placing, GivesTheLastPlaceOfAClassOnceAndHasNobodyInTwoClassesAtOnce) {
    const auto held = [&](const std::string& title, std::int64_t capacity) {
        TrainingClass one;
        one.area = village;
        one.trade = "cooking";
        one.title = title;
        one.organiser = "县人社局";
        one.venue = "村委会";
        one.hours = 40;
        one.begins_on = day(2026, 3, 2);
        one.ends_on = day(2026, 3, 6);
        one.capacity = capacity;
        one.funds = Money::yuan(1000);
        return *write([&](db::Tx& tx, const Desk& by) { return add_class(tx, by, one); });
    };
    const auto enrol = [&](ClassId in, PersonId who) {
        return write([&](db::Tx& tx, const Desk& by) {
                   return attend(tx, by, {in, who, 5, true, "", Money::yuan(600)});
               })
            .has_value();
    };
    for (int round = 0; round < 6; ++round) {
        const auto full = held("只有一个名额", 1);
        EXPECT_EQ(at_once([&](std::size_t i) { return enrol(full, couple[i]); }), 1U);
        EXPECT_EQ(count("SELECT COUNT(*) FROM employment_attendance"), 1);
        ASSERT_TRUE(
            database().write([](db::Tx& tx) { return tx.exec("DELETE FROM employment_attendance"); }));
        // 1,000 yuan pay one subsidy of 600.
        const auto poor = held("经费只够一人", 30);
        EXPECT_EQ(at_once([&](std::size_t i) { return enrol(poor, couple[i]); }), 1U);
        ASSERT_TRUE(
            database().write([](db::Tx& tx) { return tx.exec("DELETE FROM employment_attendance"); }));
        const std::array classes{held("甲班", 30), held("乙班", 30)};
        EXPECT_EQ(at_once([&](std::size_t i) { return enrol(classes[i], couple[0]); }), 1U);
        ASSERT_TRUE(
            database().write([](db::Tx& tx) { return tx.exec("DELETE FROM employment_attendance"); }));
    }
}

TEST_P(Placing, KeepsWhyWorkEndedSealedAndTellsOnlyItsGroup) {
    const auto firm = opened("enterprise");
    const auto of = [&](PersonId who, const char* reason) {
        const auto id = send(who, firm)->id;
        EXPECT_TRUE(ended(id, today, reason));
        return id;
    };
    const auto ill = of(couple[0], "illness"), left = of(couple[1], "left");
    const auto line = *write([&](db::Tx& tx, const Desk& by) { return placement(tx, by, ill); });
    EXPECT_EQ(line.placement.end_group, "over");
    EXPECT_EQ(count("SELECT COUNT(DISTINCT LENGTH(end_reason)) FROM employment_placement"), 1)
        << "the length tells nothing";
    const auto told = database().read([](db::Tx& tx) {
        return tx.all("SELECT details FROM audit_entry WHERE action LIKE 'employment.%'", {},
                      [](const db::Row& row) { return std::string(row.text(0)); });
    });
    ASSERT_TRUE(told) << told.error().id;
    for (const auto& one : *told) EXPECT_THAT(one, Not(HasSubstr("illness")));
    const auto reveal = [&](PlacementId id, const char* purpose) {
        return write([&](db::Tx& tx, const Desk& by) { return reveal_end_reason(tx, by, id, purpose); });
    };
    EXPECT_EQ(reveal(ill, " ").error().id, "employment.purpose_missing");
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action = 'employment.reveal'"), 0);
    EXPECT_EQ(*reveal(ill, "核实失业原因"), "illness");
    EXPECT_EQ(*reveal(left, "核实失业原因"), "left");
    EXPECT_EQ(count("SELECT COUNT(*) FROM audit_entry WHERE action = 'employment.reveal'"), 2);
    EXPECT_EQ(reveal(send(couple[0], opened("flexible"))->id, "核实失业原因").error().id, "employment.runs");
}

TEST_P(Placing, EndsNothingBeforeAMonthThatWasPaid) {
    const auto id = send(couple[0], opened("enterprise"), day(2026, 1, 5))->id;
    ASSERT_TRUE(paid(id, day(2026, 3, 1), 800));
    ASSERT_TRUE(paid(id, day(2026, 4, 1), 0));
    EXPECT_EQ(ended(id, day(2026, 2, 20), "left").error().id, "employment.paid_after")
        << "the latest row says nothing was paid, an earlier one does";
    EXPECT_TRUE(ended(id, day(2026, 3, 1), "death")) << "a firm's pay of the month itself stands";

    const auto cleaning = send(couple[1], opened("public"), day(2026, 1, 5))->id;
    ASSERT_TRUE(paid(cleaning, day(2026, 3, 1), 800, 20));
    EXPECT_EQ(ended(cleaning, day(2026, 3, 31), "death").error().id, "employment.paid_after");
    EXPECT_EQ(ended(cleaning, day(2026, 3, 31), "moved").error().id, "employment.paid_after");
    ASSERT_TRUE(paid(cleaning, day(2026, 3, 1), 0, 0));
    EXPECT_TRUE(ended(cleaning, day(2026, 3, 31), "death"));
    EXPECT_EQ(paid(cleaning, day(2026, 3, 1), 800, 20).error().id, "employment.holder_gone");
}

// Employment's own figure and the indicator of the board read one view, so they cannot differ.
TEST_P(Placing, CountsAHouseholdAsInWorkByWhatIsOnFileAndElseByTheRegister) {
    const auto in_work = [&] {
        EXPECT_EQ(count("SELECT COUNT(*) FROM employment_v_labour_household"), 1);
        const auto of =
            write([&](db::Tx& tx, const Desk& by) { return rates(tx, by, village, Group::everybody); });
        const auto one =
            std::ranges::find(*of, "household_employment", [](const Rate& r) { return r.of->name; });
        EXPECT_EQ(one->denominator.n, 1);
        EXPECT_EQ(one->numerator.n, count("SELECT at_work FROM employment_v_labour_household"));
        return one->numerator.n;
    };
    EXPECT_EQ(in_work(), 0);
    ASSERT_TRUE(database().write([](db::Tx& tx) {
        return tx.exec("UPDATE registry_person SET work_months = 8 WHERE relation = '02'");
    }));
    EXPECT_EQ(in_work(), 1) << "said by the register";
    const auto id = send(couple[1], opened("enterprise"), day(2026, 1, 5))->id;
    EXPECT_EQ(in_work(), 1);
    ASSERT_TRUE(ended(id, day(2026, 3, 31), "dismissed"));
    EXPECT_EQ(in_work(), 0) << "what is on file is newer than the register";
}

// The same people and posts, once with somebody who can just bear the work and once with one who bears any:
// what is kept and shown is the same to the point.
TEST_P(Placing, TellsNothingOfWhatSomebodyCanBear) {
    opened("enterprise", "normal");
    const auto matched = [&] {
        const auto id = *write([&](db::Tx& tx, const Desk& by) { return match(tx, by, village); });
        return *write([&](db::Tx& tx, const Desk& by) -> Result<std::pair<Matching, Proposal>> {
            ProposalQuery query;
            query.of = id;
            return std::pair(TRY(matching(tx, by, id)), TRY(proposals(tx, by, query)).at(0));
        });
    };
    asked(couple[0], "normal");
    const auto just = matched();
    ASSERT_TRUE(database().write([](db::Tx& tx) { return tx.exec("DELETE FROM employment_profile"); }));
    asked(couple[0], "heavy");
    const auto any = matched();
    EXPECT_EQ(just.second.points, any.second.points);
    EXPECT_EQ(just.second.cost, any.second.cost);
    EXPECT_EQ(just.first.cost, any.first.cost);

    ASSERT_TRUE(database().write([](db::Tx& tx) { return tx.exec("DELETE FROM employment_profile"); }));
    asked(couple[0], "light");
    const auto none = *write([&](db::Tx& tx, const Desk& by) -> Result<std::vector<LeftOutHousehold>> {
        return left_out(tx, by, TRY(match(tx, by, village)));
    });
    ASSERT_EQ(none.size(), 1U);
    EXPECT_EQ(none[0].facts, (std::vector<std::pair<std::string, std::int64_t>>{{"other", 0}}));
}

}  // namespace
}  // namespace ballast::employment
