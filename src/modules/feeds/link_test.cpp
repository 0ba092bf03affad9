#include "feeds/link.h"

#include <gtest/gtest.h>

#include "chinese/chinese.h"

namespace ballast::feeds {
namespace {

constexpr auto township = 513431101000, village = 513431101200, other_village = 513431101201;
AreaCode code(std::int64_t n) { return *AreaCode::from_number(n); }

/// Three women and a man of one township; two of the women share a name in one village.
class Linking : public testing::Test {
protected:
    Linking() {
        add(1, "A", "吉克·阿依", village, *Date::from(1980, 5, 1), Sex::female);
        add(2, "B", "王秀英", village, *Date::from(1950, 2, 3), Sex::female);
        add(3, "C", "王秀英", village, *Date::from(1971, 8, 9), Sex::female);
        add(4, "D", "马海·木乃", other_village, *Date::from(1990, 1, 1), Sex::male);
        places.add(code(township), "城北镇");
        places.add(code(village), "谷都村村民委员会");
        places.add(code(other_village), "塘木村村民委员会");
    }
    void add(std::int64_t id, std::string lookup, std::string name, std::int64_t where, Date birth, Sex sex) {
        index.add({registry::PersonId(id), registry::HouseholdId(id), std::move(lookup),
                   chinese::normalised_name(name), code(where), birth, sex});
    }
    static CheckedRow row(std::string name) {
        CheckedRow out;
        out.name = std::move(name);
        out.township = "城北镇";
        out.village = "谷都村";
        return out;
    }
    static CheckedRow with_id(CheckedRow out) {
        out.id = CitizenId::compose("513431", *Date::from(1950, 2, 3), 2);
        out.id_text = "sent";
        return out;
    }
    std::string outcome(const CheckedRow& sent, std::string_view lookup = "") const {
        const auto linked = link(sent, lookup, index, places);
        std::string out = std::string(name_of(linked.state)) + " " + linked.reason;
        for (const auto* person : linked.people) out += " " + std::to_string(person->person.number());
        return out;
    }
    LinkIndex index;
    Places places;
};

TEST_F(Linking, MatchesANumberInTheRegisterUnderTheSameNameHoweverItsDotIsWritten) {
    for (const auto* way : {"吉克·阿依", "吉克阿依", "吉克•阿依", "吉克 阿依", "吉克．阿依"})
        EXPECT_EQ(outcome(with_id(row(way)), "A"), "matched  1") << way;
    EXPECT_EQ(outcome(with_id(row("馬海·木乃")), "D"), "matched  4");
}

TEST_F(Linking, FindsThePlaceInOneTextOrItsCode) {
    EXPECT_EQ(places.find_in("昭觉县城北镇谷都村"), code(village));
    EXPECT_EQ(places.find_in("城北镇"), code(township));
    EXPECT_EQ(places.find_in("513431101201"), code(other_village));
    EXPECT_EQ(places.find_in("513431101"), code(township));
    EXPECT_FALSE(places.find_in("513431999201"));
    EXPECT_FALSE(places.find_in("西昌市"));
    CheckedRow sent;
    sent.name = "马海·木乃";
    sent.area = "昭觉县城北镇塘木村3组";
    EXPECT_EQ(outcome(sent), "candidate feeds.no_id 4");
}

TEST_F(Linking, OffersTheNumbersOwnerUnderAnotherNameAndTheBearerOfThatName) {
    EXPECT_EQ(outcome(with_id(row("吉克·阿衣")), "A"), "candidate feeds.name_differs 1");
    EXPECT_EQ(outcome(with_id(row("吉克·阿依")), "B"), "candidate feeds.name_differs 2 1");
}

TEST_F(Linking, WithoutANumberOffersTheOnlyBearerOfTheNameInTheVillage) {
    EXPECT_EQ(outcome(row("吉克·阿依")), "candidate feeds.no_id 1");
    EXPECT_EQ(outcome(row("王秀英")), "unmatched feeds.several_namesakes");
    EXPECT_EQ(outcome(row("马海·木乃")), "unmatched feeds.no_such_name");  // lives in the other village
}

TEST_F(Linking, TakesTheTownshipWhenNoVillageIsGiven) {
    auto sent = row("马海·木乃");
    sent.village.clear();
    EXPECT_EQ(outcome(sent), "candidate feeds.no_id 4");
    sent.township.clear();
    EXPECT_EQ(outcome(sent), "unmatched feeds.no_place");
}

TEST_F(Linking, UsesWhatADamagedNumberStillTells) {
    auto sent = row("王秀英");
    sent.id_text = "sent";
    EXPECT_EQ(outcome(sent), "unmatched feeds.several_namesakes");
    sent.told_birth = Date::from(1971, 8, 9);
    sent.told_sex = Sex::female;
    EXPECT_EQ(outcome(sent), "candidate feeds.damaged_id 3");
    sent.told_sex = Sex::male;
    EXPECT_EQ(outcome(sent), "unmatched feeds.no_such_name");
}

TEST_F(Linking, ASoundNumberThatTheRegisterDoesNotKnowNeedsNameBirthAndSex) {
    EXPECT_EQ(outcome(with_id(row("王秀英")), "nobody's"), "candidate feeds.id_unknown_name_known 2");
    EXPECT_EQ(outcome(with_id(row("吉克·阿依")), "nobody's"), "unmatched feeds.not_in_register");
}

TEST_F(Linking, KnowsAPlaceUnderItsEverydayNames) {
    for (const auto* way : {"谷都村村民委员会", "谷都村委会", "谷都村", "谷都"})
        EXPECT_EQ(places.find("", way), code(village)) << way;
    EXPECT_EQ(places.find("城北乡", ""), code(township));
    EXPECT_EQ(places.find("城北镇", "不存在的村"), std::nullopt);
}

TEST(Places, DoesNotChooseBetweenTwoVillagesOfOneNameUnlessTheTownshipIsNamed) {
    Places places;
    places.add(code(513431101000), "城北镇");
    places.add(code(513431102000), "竹核镇");
    places.add(code(513431101200), "大村村民委员会");
    places.add(code(513431102200), "大村村民委员会");
    EXPECT_EQ(places.find("", "大村"), std::nullopt);
    EXPECT_EQ(places.find("竹核", "大村"), code(513431102200));
}

TEST(Places, TellsAVillageFromTheCommunityOfTheSameName) {
    Places places;
    places.add(code(513431100000), "新城镇");
    places.add(code(513431100005), "南坪社区居民委员会");
    places.add(code(513431100200), "南坪村村民委员会");
    EXPECT_EQ(places.find("新城镇", "南坪村村民委员会"), code(513431100200));
    EXPECT_EQ(places.find("新城镇", "南坪社区"), code(513431100005));
    EXPECT_EQ(places.find("新城镇", "南坪"), std::nullopt);
}

}  // namespace
}  // namespace ballast::feeds
