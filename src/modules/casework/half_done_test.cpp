// Concentrated checks and the runs of data quality over a database that fails at its n-th call, for every n:
// what is left is what was there before, or all of it, with its record.
#include <gtest/gtest.h>

#include "casework/campaign.h"
#include "casework/quality.h"
#include "casework/test_clues.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "registry/editing.h"

namespace ballast::casework {
namespace {

using testing::today;
using testing::zhaojue;

class HalfDone : public testing::OverARegister<db_testing::OnBothEngines> {
protected:
    std::int64_t rows(const std::string& table) { return count("SELECT COUNT(*) FROM " + table); }
    std::int64_t recorded(const std::string& action) {
        return rows("audit_entry WHERE action = '" + action + "'");
    }
    /// `act` again and again, each time with a later call failing, until none is left to fail.
    template <class Act, class Holds>
    int at_every_call(Act act, Holds holds) {
        for (int n = 1;; ++n) {
            db_testing::FailingDatabase failing(database(), n);
            const auto done = act(failing, n);
            holds();
            if (!failing.failed()) {
                EXPECT_TRUE(done) << done.error().id;
                return n - 1;
            }
            EXPECT_EQ(done ? "done" : done.error().id, "db.full") << n;
        }
    }
};
ON_BOTH_ENGINES(HalfDone);

TEST_P(HalfDone, NoCampaignIsBegunWithoutItsRecord) {
    Campaign campaign;
    campaign.area = zhaojue;
    campaign.name = "上半年集中排查";
    campaign.begins_on = today;
    campaign.ends_on = today.plus_days(30);
    const int calls = at_every_call(
        [&](db::Database& into, int) {
            return into.write([&](db::Tx& tx) { return begin_campaign(tx, desk(system), campaign, "key"); });
        },
        [&] { EXPECT_EQ(rows("casework_campaign"), recorded("campaigns.begin")); });
    EXPECT_GT(calls, 2);
    EXPECT_EQ(rows("casework_campaign"), 1);
}

TEST_P(HalfDone, NoHouseholdIsCheckedWithoutItsClueAndItsRecord) {
    Campaign campaign;
    campaign.area = zhaojue;
    campaign.name = "上半年集中排查";
    campaign.begins_on = campaign.ends_on = today;
    const auto id =
        database().write([&](db::Tx& tx) { return begin_campaign(tx, desk(system), campaign, "key"); })->id;
    Report found;
    found.county = zhaojue;
    found.channel = "concentrated_check";
    found.risks = "01";
    found.told.text = "户主住院";
    found.told.teller = "officer";
    const int calls = at_every_call(
        [&](db::Database& into, int) {
            return into.write([&](db::Tx& tx) {
                return check_household(tx, desk(system), {3, "assumed", true}, id, first, "住院", found);
            });
        },
        [&] {
            const auto checked = rows("casework_campaign_check");
            EXPECT_EQ(checked, recorded("campaigns.check"));
            EXPECT_EQ(checked, rows("casework_clue"));
            EXPECT_EQ(checked, rows("casework_clue_signal"));
            EXPECT_EQ(checked, recorded("clues.create"));
        });
    EXPECT_GT(calls, 8);
    EXPECT_EQ(rows("casework_campaign_check"), 1);
}

TEST_P(HalfDone, NoRunOfDataQualityLeavesAPartOfItsFindings) {
    // Who has left is still active, in one household; then that is mended, and found in the other.
    const auto left = [&](registry::HouseholdId household, const std::string& day) {
        ASSERT_TRUE(database().write([&](db::Tx& tx) -> Result<void> {
            const auto home =
                TRY(registry::household(tx, *vault, auth::Scope({zhaojue}), household, today)).household;
            registry::Entry entry;
            entry.edits = {{home.members.front().id, "left_on", day}};
            entry.source = "走访";
            entry.since = today;
            TRY(registry::change(tx, *vault, system, household, home.version, entry, today, at(today)));
            return {};
        }));
    };
    const auto examined = [&](db::Database& into, int) {
        return examine_county(into, *vault, areas::Division::shipped(), system, "", zhaojue, at(today));
    };
    const auto open = [&] {
        return rows("casework_quality_finding WHERE gone_on IS NULL AND rule = 'DQ10'");
    };
    const auto whole = [&] {
        EXPECT_EQ(rows("casework_quality_run"), recorded("quality.run"));
        // Each finding was seen by a run that is on file.
        EXPECT_EQ(rows("casework_quality_finding f WHERE NOT EXISTS (SELECT 1 FROM casework_quality_run r "
                       "WHERE r.id = f.seen_by)"),
                  0);
    };
    left(first, "2026-03-01");
    std::int64_t before = 0;
    int calls = at_every_call(examined, [&] {
        whole();
        EXPECT_EQ(open(), rows("casework_quality_run"));
    });
    EXPECT_GT(calls, 6);
    EXPECT_EQ(open(), 1);

    left(first, "");
    left(second, "2026-03-02");
    before = rows("casework_quality_run");
    const auto of_second = [&] {
        return rows("casework_quality_finding WHERE gone_on IS NULL AND rule = 'DQ10' AND household_id = " +
                    std::to_string(second.number()));
    };
    calls = at_every_call(examined, [&] {
        whole();
        EXPECT_EQ(open(), 1);
        EXPECT_EQ(of_second(), rows("casework_quality_run") - before);
    });
    EXPECT_GT(calls, 6);
}

}  // namespace
}  // namespace ballast::casework
