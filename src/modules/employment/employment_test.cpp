// What decides, without a database: fit, eligibility, rates, terms. The rest is
// tests/stories/employment.story.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "employment/codes.h"
#include "employment/indicators.h"
#include "employment/placements.h"
#include "employment/startups.h"
#include "packs/packs.h"

namespace ballast::employment {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const AreaCode village = *AreaCode::from_number(513431'100'200);
const AreaCode next_village = *AreaCode::from_number(513431'100'201);
const AreaCode county = *AreaCode::from_number(513431'000'000);

/// Of thirty, of the village, would go within the county, asks for 3,000 yuan, bears normal work.
Seeker seeker() {
    Seeker out;
    out.village = village;
    out.age = 30;
    out.reach = Reach::county;
    out.wage = Money::yuan(3000);
    out.bears = Load::normal;
    return out;
}
Vacancy vacancy() {
    Vacancy out;
    out.area = county;
    out.trade = "welding";
    out.load = Load::light;
    out.wage = Money::yuan(3000);
    return out;
}
std::int64_t points(const Seeker& who, const Vacancy& where) { return fit(who, where, Terms{}).cost(); }

TEST(Fit, CountsHowFarAPostIsFromHome) {
    auto where = vacancy();
    EXPECT_EQ(distance(village, where), Reach::county);
    where.area = next_village;
    EXPECT_EQ(distance(village, where), Reach::township);
    where.area = village;
    EXPECT_EQ(distance(village, where), Reach::village);
    where.away = Reach::anywhere;
    EXPECT_EQ(distance(village, where), Reach::anywhere);
    EXPECT_THAT(fit(seeker(), where, Terms{}).bars, ElementsAre(Bar::distance));
}

TEST(Fit, RulesOutWhatCannotBe) {
    auto where = vacancy();
    where.skilled = true;
    where.load = Load::heavy;
    where.age_to = 30;
    EXPECT_THAT(fit(seeker(), where, Terms{}).bars, ElementsAre(Bar::skill, Bar::age));
    EXPECT_TRUE(fit(seeker(), where, Terms{}).too_heavy);
    auto who = seeker();
    who.skills = {"welding"};
    who.bears = Load::heavy;
    who.age = 29;
    EXPECT_TRUE(fit(who, where, Terms{}).possible());
    who.home_daily = true;
    who.reach = Reach::anywhere;
    where.away = Reach::province;
    EXPECT_THAT(fit(who, where, Terms{}).bars, ElementsAre(Bar::home_daily));
}

TEST(Fit, KeepsAPublicWelfarePostForPeopleOfItsPlaceOneAHousehold) {
    auto where = vacancy();
    where.welfare = true;
    where.area = next_village;
    EXPECT_THAT(fit(seeker(), where, Terms{}).bars, ElementsAre(Bar::distance));
    where.area = village;
    auto who = seeker();
    EXPECT_THAT(fit(who, where, Terms{}).bars, IsEmpty());
    who.public_full = true;
    who.age = 65;
    EXPECT_THAT(fit(who, where, Terms{}).bars, ElementsAre(Bar::age, Bar::public_holder));
}

TEST(Fit, GivesPointsForEachThingThatSuitsLess) {
    auto who = seeker();
    auto where = vacancy();
    EXPECT_EQ(points(who, where), 30) << "the county";
    where.wage = Money::yuan(2999);
    EXPECT_EQ(points(who, where), 32) << "each hundred yuan begun counts";
    where.wage = Money::yuan(2800);
    EXPECT_EQ(points(who, where), 34);
    where.wage = Money::yuan(9000);
    who.wanted_trade = "cooking";
    EXPECT_EQ(points(who, where), 70);
    who.skills = {"cooking"};
    EXPECT_EQ(points(who, where), 100);
    who.skills.emplace_back("welding");
    EXPECT_EQ(points(who, where), 70);
    where.load = Load::normal;
    EXPECT_EQ(points(who, where), 90);
    who.care_at_home = true;
    EXPECT_EQ(points(who, where), 150);
    EXPECT_EQ(points_text(fit(who, where, Terms{})), "distance=30 trade=40 family=60");
    EXPECT_EQ(fit(who, where, Terms{}).told(), 130) << "what somebody can bear counts, and is not told";
}

TEST(PublicWelfarePost, SaysAllThatSpeaksAgainstAHolder) {
    const Terms terms;
    HolderFacts facts;
    facts.age = 64;
    EXPECT_THAT(not_eligible(facts, terms), IsEmpty());
    facts.age = 65;
    EXPECT_THAT(not_eligible(facts, terms), ElementsAre("too_old"));
    facts.age = 16;
    EXPECT_THAT(not_eligible(facts, terms), IsEmpty());
    facts = {false, 15, false, true, true, 1};
    EXPECT_THAT(not_eligible(facts, terms), ElementsAre("not_local", "too_young", "not_able",
                                                        "works_elsewhere", "cadre", "household_holds"));
}

// The bulletin's item 4 prints 15.36万人次, of which 6.89万人次, and 32,202 people: the last is no share of
// the others.
TEST(Rates, NeverDividePeopleByPersonTimes) {
    EXPECT_EQ(*percent({68'900, Unit::person_times}, {153'600, Unit::person_times}).value(),
              *Decimal::parse("44.86"));
    const auto mixed = percent({32'202, Unit::people}, {68'900, Unit::person_times});
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().id, "employment.unlike_units");
    EXPECT_FALSE(percent({0, Unit::people}, {0, Unit::people}).value()) << "of nobody there is no share";
}

TEST(Indicators, HaveTheTargetsOfTheBulletin) {
    EXPECT_EQ(indicator_named("train_rate")->target, 100);
    EXPECT_EQ(indicator_named("offer_rate")->target, 100);
    EXPECT_EQ(indicator_named("transfer_rate")->target, 50);
    EXPECT_EQ(indicator_named("household_employment")->unit, Unit::households);
}

TEST(EmploymentPack, GivesEveryTermAndSaysThatMostAreAssumed) {
    const auto terms = terms_on({}, county, *Date::from(2026, 1, 1));
    ASSERT_TRUE(terms);
    EXPECT_EQ(terms->labour_age_from, 16);
    EXPECT_EQ(terms->distance[4], 120);
    EXPECT_TRUE(terms->assumed);
    EXPECT_EQ(terms->pack_hash.size(), 64u);
}

TEST(Codes, AreKeptOnceAndInOrder) {
    EXPECT_EQ(*check_codes(codes::trade, "welding general  welding"), "general welding");
    EXPECT_EQ(check_codes(codes::trade, "welding juggling").error().id, "employment.no_such_code");
}

TEST(StartupService, GoesOnlyByItsRows) {
    for (const auto& step : startup_steps()) {
        EXPECT_TRUE(codes::startup_state.place(step.from));
        EXPECT_TRUE(codes::startup_state.place(step.to));
    }
    Startup one;
    EXPECT_THAT(next_actions(one), ElementsAre("plan", "give_up"));
    one.state = "given_up";
    EXPECT_THAT(next_actions(one), IsEmpty());
}

}  // namespace
}  // namespace ballast::employment
