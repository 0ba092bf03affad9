// Q1 to Q6 of a prefecture and of one county, made of what the counties enter.
#include "indicators/credit_board.h"

#include <gtest/gtest.h>

#include <map>

#include "db_testing/testing.h"
#include "indicators/forms.h"
#include "indicators/snapshots.h"
#include "indicators/values.h"

namespace ballast::indicators {
namespace {

const AreaCode prefecture = *AreaCode::parse("5134"), zhaojue = *AreaCode::parse("513431"), muli = *AreaCode::parse("513422");
const Term quarter = Term::parse("2025-Q3").value();
using Told = std::map<std::string, std::string>;

class Credit : public db_testing::OnBothEngines {
protected:
    Desk desk() const {
        return {*vault_, areas::Division::shipped(), actor_, *catalogue_, prefecture, *Date::from(2025, 10, 20), {1'760'000'000'000}};
    }
    std::vector<AreaCode> counties() const { return areas_at(desk(), {}, AreaLevel::county, quarter.last()); }
    /// What every county tells alike, but for `changed`.
    static Told told(const Told& changed = {}) {
        Told out{{"agri_loans_start", "100"},       {"agri_loans_end", "110"},    {"inclusive_loans_start", "50"}, {"inclusive_loans_end", "60"},
                 {"all_loans_start", "115.90"},     {"all_loans_end", "128.40"},  {"province_loans_start", "6790"},
                 {"province_loans_end", "7340"},    {"insured_start", "40"},      {"insured_end", "42"},
                 {"speciality_kinds_before", "5"},  {"speciality_kinds", "5"},    {"microloan_willing", "100"},
                 {"microloan_lent", "95"},          {"microloan_balance", "500"}, {"microloan_overdue", "10"}};
        for (const auto& [figure, value] : changed) out[figure] = value;
        return out;
    }
    void tell(AreaCode county, const Told& figures, const Term& term = quarter) {
        std::vector<Entry> out;
        for (const auto& [figure, value] : figures)
            out.push_back({catalogue_->form(credit_form), term.text(), figure, "", county, value, {}, "entered"});
        const auto done = database().write([&](db::Tx& tx) { return enter_all(tx, desk(), out); });
        ASSERT_TRUE(done) << done.error().id;
    }
    void all_tell() {
        for (const auto county : counties()) tell(county, told());
    }
    std::unique_ptr<CreditBoard> board(AreaCode area, CountyLists lists = county_lists(""), const Term& term = quarter) {
        return database().read([&](db::Tx& tx) { return credit_board(tx, desk(), std::move(lists), area, term); }).value();
    }
    Sum sum(std::string figure, AreaCode area) {
        return database().read([&](db::Tx& tx) { return sum_of(tx, {std::move(figure), "", quarter.text()}, area); }).value();
    }

    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("indicators");
    auth::Actor actor_ = auth::system_actor("test");
    std::shared_ptr<const Catalogue> catalogue_ = catalogue("");
};
ON_BOTH_ENGINES(Credit);

TEST_P(Credit, OfAPrefectureIsOfThoseOnEachList) {
    all_tell();
    ASSERT_EQ(counties().size(), 17U);
    const auto found = board(prefecture);
    const auto line = [&](std::string_view id) { return *found->line(id); };
    EXPECT_EQ(line("q1a").outcome.denominator->plain(), "1700.00") << "all 17";
    EXPECT_EQ(line("q1a").outcome.value->plain(), "10.0000");
    EXPECT_EQ(line("q2a").outcome.listed, 11);
    EXPECT_EQ(line("q2a").outcome.denominator->plain(), "1274.90") << "the 11 that were lifted";
    EXPECT_EQ(line("q3").outcome.listed, 10);
    EXPECT_EQ(line("q3").outcome.value->plain(), "2.6850");
    EXPECT_EQ(line("q4").outcome.listed, 1);
    EXPECT_EQ(line("q4").outcome.parts.at(0).county, muli);
    EXPECT_EQ(line("q5").outcome.numerator->plain(), "11");
    EXPECT_EQ(line("q6a").outcome.value->plain(), "95.00");
    EXPECT_EQ(line("q6b").outcome.value->plain(), "2.00");
    for (const auto& one : found->lines) EXPECT_EQ(one.outcome.standing, Standing::reached) << one.id;
    EXPECT_EQ(list_of(*found, line("q3"), words::Language::en),
              "national key counties, version 2021 (from 2021-08-10): 10 of its 25 lie here");
    EXPECT_EQ(list_of(*found, line("q1a"), words::Language::en),
              "all counties of the area: 17 (division of " + std::to_string(areas::Division::shipped().year()) + ")");
    EXPECT_EQ(criterion_of(line("q3"), words::Language::en), "above the growth of all loans of the province, 8.1001%");
}

TEST_P(Credit, NeverAddsUpWhatEveryCountyStatesOfItsProvince) {
    all_tell();
    EXPECT_EQ(sum("province_loans_end", zhaojue).value, 734'000);
    EXPECT_EQ(sum("province_loans_end", prefecture).value, absent);
    EXPECT_EQ(sum("province_loans_end", prefecture).reported, 17);
    EXPECT_EQ(sum("all_loans_end", prefecture).value, 17 * 12'840);
    const auto again = database().write([&](db::Tx& tx) -> Result<Recomputed> {
        return recompute(tx, desk(), TRY(freeze(tx, desk(), prefecture, quarter, "三季度")));
    });
    EXPECT_GT(again.value().sums, 0);
    EXPECT_TRUE(again.value().differences.empty()) << "a snapshot's recomputation does not add it up either";
    tell(zhaojue, {{"province_loans_end", "7341"}});
    const auto q3 = *board(prefecture)->line("q3");
    EXPECT_EQ(q3.outcome.doubt, Doubt::province_differs);
    EXPECT_EQ(q3.outcome.standing, Standing::unknown);
    EXPECT_FALSE(q3.outcome.value);
    EXPECT_EQ(board(zhaojue)->line("q3")->outcome.standing, Standing::reached);
    tell(zhaojue, {{"province_loans_end", ""}});
    EXPECT_EQ(board(zhaojue)->line("q3")->outcome.doubt, Doubt::province_missing);
}

TEST_P(Credit, SaysNothingWhileACountyOnTheListIsSilent) {
    for (const auto county : counties())
        if (county != zhaojue) tell(county, told());
    const auto found = board(prefecture);
    for (const auto* id : {"q1a", "q1b", "q2a", "q2b", "q3", "q5", "q6a", "q6b"}) {
        EXPECT_EQ(found->line(id)->outcome.doubt, Doubt::missing) << id;
        EXPECT_EQ(found->line(id)->outcome.counted + 1, found->line(id)->outcome.listed) << id;
    }
    EXPECT_EQ(found->line("q4")->outcome.standing, Standing::reached) << "it is not on this list";
    EXPECT_TRUE(found->reported);
    EXPECT_FALSE(board(zhaojue)->reported);
    EXPECT_EQ(board(muli)->line("q3")->outcome.doubt, Doubt::none_listed);
}

TEST_P(Credit, GuessesNoListAndTakesTheVersionOfItsDay) {
    all_tell();
    const auto without = board(prefecture, {});
    for (const auto* id : {"q2a", "q2b", "q3", "q4", "q5"}) {
        EXPECT_EQ(without->line(id)->outcome.doubt, Doubt::no_list) << id;
        EXPECT_EQ(list_of(*without, *without->line(id), words::Language::en), "");
    }
    EXPECT_EQ(without->line("q1a")->outcome.standing, Standing::reached);

    auto lists = county_lists("");
    lists.lists.push_back({"newer", ListKind::national_key, prefecture, "2025", *Date::from(2025, 10, 1), "通知", {muli}});
    EXPECT_EQ(board(prefecture, lists)->line("q3")->list->version, "2021") << "the newer one begins the day after";
    lists.lists.back().from = quarter.last();
    const auto newer = board(prefecture, lists);
    EXPECT_EQ(newer->line("q3")->list->version, "2025");
    EXPECT_EQ(newer->line("q3")->outcome.listed, 1);
}

TEST_P(Credit, DividesByNoughtNowhereAndTakesNothingBelowIt) {
    tell(zhaojue, told({{"agri_loans_start", "0"}, {"insured_start", "0"}, {"all_loans_start", "0"}, {"microloan_willing", "0"}, {"microloan_lent", "0"},
                        {"microloan_balance", "0"}, {"microloan_overdue", "0"}}));
    const auto nought = board(zhaojue);
    for (const auto* id : {"q1a", "q2a", "q2b", "q3", "q6a", "q6b"}) EXPECT_EQ(nought->line(id)->outcome.doubt, Doubt::no_base) << id;
    EXPECT_EQ(verdict_of(nought->line("q2a")->outcome.parts.at(0), words::Language::en), "begins with 0: cannot be computed");
    tell(zhaojue, {{"agri_loans_start", "-1"}, {"all_loans_end", "-0.01"}, {"microloan_overdue", "-1"}});
    const auto below = board(zhaojue);
    for (const auto* id : {"q1a", "q2a", "q3", "q6b"}) {
        EXPECT_EQ(below->line(id)->outcome.doubt, Doubt::negative) << id;
        EXPECT_EQ(below->line(id)->outcome.standing, Standing::unknown) << id;
    }
}

TEST_P(Credit, HidesAFewHouseholdsAndHoldsTheRestAgainstTheNearestTarget) {
    tell(zhaojue, told({{"microloan_willing", "5"}, {"microloan_lent", "4"}}));
    EXPECT_EQ(board(zhaojue)->line("q6a")->outcome.doubt, Doubt::hidden);
    EXPECT_FALSE(board(zhaojue)->line("q6a")->outcome.numerator);
    tell(zhaojue, told());
    EXPECT_EQ(board(zhaojue)->line("q6a")->outcome.against->plain(), "90");
    EXPECT_EQ(remark_of(*board(zhaojue)->line("q6a"), words::Language::en), "target: assumed");
    ASSERT_TRUE(database().write([&](db::Tx& tx) {
        return set_target(tx, desk(), {"microloan_coverage", quarter.text(), zhaojue, "95.01", Direction::at_least, 0});
    }));
    const auto set = *board(zhaojue)->line("q6a");
    EXPECT_EQ(set.outcome.standing, Standing::missed);
    EXPECT_EQ(criterion_of(set, words::Language::en), "at least 95.01%");
    EXPECT_EQ(board(prefecture)->line("q6a")->outcome.against->plain(), "90");
}

TEST_P(Credit, TellsTheStartThatWasRestated) {
    tell(zhaojue, told({{"agri_loans_end", "98"}, {"inclusive_loans_end", "50"}}), Term::parse("2024-Q4").value());
    tell(zhaojue, told());
    const auto found = board(zhaojue);
    EXPECT_EQ(found->line("q1a")->published->plain(), "98.00");
    EXPECT_FALSE(found->line("q1b")->published) << "the same as was reported";
    EXPECT_EQ(remark_of(*found->line("q1a"), words::Language::en),
              "The scope has changed: last year's end was reported as 98.00 万元 and is restated");
}

TEST_P(Credit, HasQuartersOnlyAndNothingBelowTheCounty) {
    const auto year = database().read([&](db::Tx& tx) { return credit_board(tx, desk(), {}, zhaojue, Term::parse("2025").value()); });
    ASSERT_FALSE(year);
    EXPECT_EQ(year.error().id, "indicators.other_term");
    EXPECT_TRUE(board(*AreaCode::parse("513431100"))->lines.empty());
    const auto outside = database().read([&](db::Tx& tx) { return credit_board(tx, desk(), {}, *AreaCode::parse("632221"), quarter); });
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.error().id, "areas.unknown");
}

}  // namespace
}  // namespace ballast::indicators
