#include "registry/editing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/areas.h"
#include "db_testing/testing.h"
#include "registry/household_file.h"
#include "registry/records.h"
#include "registry/test_households.h"

namespace ballast::registry {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::UnorderedElementsAre;
using P = PersonField;

const Instant later{1'781'000'000'000};

/// Two households of one village: the ordinary one, and that of a man who lives alone.
class RegistryEditing : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        const auto& division = areas::Division::shipped();
        village = division.children(division.children(zhaojue).at(0).code).at(0).code;
        other_village = division.children(division.children(zhaojue).at(0).code).at(1).code;
        Household home = ordinary_household();
        home.village = village;
        first = add(home);
        Household alone = ordinary_household();
        alone.village = village;
        alone.household_no = "5134310002";
        alone.members = {member("阿尔·拉则", "01", day(1990, 7, 7), 13)};
        second = add(alone);
    }
    HouseholdId add(Household home) {
        const Origin origin{day(2026, 1, 1), "建档", ImportId{}, "test", later};
        EXPECT_TRUE(database().write([&](db::Tx& tx) -> Result<void> {
            Ids ids(tx, 10);
            Writes writes;
            TRY(plan_writes(ids, *vault, nullptr, home, difference(nullptr, home), origin, writes));
            return write_now(tx, origin, writes);
        }));
        return home.id;
    }
    auto enter(HouseholdId id, std::int64_t version, Entry entry) {
        if (entry.source.empty()) entry.source = "入户走访";
        if (entry.since == Date()) entry.since = today;
        return database().write(
            [&](db::Tx& tx) { return change(tx, *vault, actor, id, version, entry, today, later); });
    }
    auto look(HouseholdId id, Entry entry) {
        entry.source = "入户走访";
        entry.since = today;
        return database().read([&](db::Tx& tx) {
            return outlook(tx, *vault, actor, id, page(id).household.version, entry, today);
        });
    }
    HouseholdPage page(HouseholdId id) {
        return *database().read([&](db::Tx& tx) {
            return registry::household(tx, *vault, auth::Scope::whole_country(), id, today);
        });
    }
    PersonId person(HouseholdId id, std::size_t index) { return page(id).household.members[index].id; }

    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("registry");
    auth::Actor actor = auth::system_actor("test");
    HouseholdId first, second;
    AreaCode village, other_village;
};
ON_BOTH_ENGINES(RegistryEditing);

Entry newborn(std::string id_number) {
    Entry entry;
    entry.joining = {{{"name", "吉克·木呷"},
                      {"id_number", std::move(id_number)},
                      {"relation", "之子"},
                      {"joined", "出生"}}};
    return entry;
}

TEST_P(RegistryEditing, AddsANewbornWithWhatTheNumberTells) {
    const auto edited = enter(first, 1, newborn(id_of(day(2026, 6, 1), 55)));
    ASSERT_TRUE(edited) << edited.error().id;
    EXPECT_EQ(edited->version, 2);
    const auto home = page(first).household;
    ASSERT_EQ(home.members.size(), 4u);
    EXPECT_EQ(home.active_members(), 4);
    EXPECT_EQ(home.members[3].values[P::birth], "2026-06-01");
    EXPECT_EQ(home.members[3].values[P::sex], "1");
    EXPECT_EQ(home.members[3].values[P::joined], "1");
    EXPECT_EQ(home.members[3].values[P::joined_on], today.iso());
    EXPECT_TRUE(edited->successions.empty());
}

TEST_P(RegistryEditing, ShowsWhatAnEntryWouldDoAndStoresNothing) {
    Entry entry = newborn("513431202606010550");
    entry.edits = {{{}, "land_arable", "2.5"}, {person(first, 1), "phone", "139"}};
    const auto seen = look(first, entry);
    ASSERT_TRUE(seen);
    std::vector<std::string> slips;
    for (const auto& slip : seen->slips)
        slips.push_back(slip.field +
                        (slip.joining  ? " joining "
                         : slip.person ? " person "
                                       : " ") +
                        slip.error.id);
    EXPECT_THAT(slips, UnorderedElementsAre("id_number joining citizen_id.checksum",
                                            "phone person registry.bad_phone"));
    std::vector<std::string> pairs;
    for (const auto& pair : seen->pairs) pairs.push_back(pair.field + " " + pair.before + "→" + pair.after);
    EXPECT_THAT(pairs, Contains("land_arable →250"));
    EXPECT_EQ(page(first).household.version, 1);
}

TEST_P(RegistryEditing, RefusesWhoIsAMemberElsewhereByAName) {
    auto entry = newborn(id_of(day(1990, 7, 7), 13));
    EXPECT_EQ(enter(first, 1, entry).error().id, "registry.person_elsewhere");

    actor.grants = {{auth::Role::village_officer, page(first).household.village, ""}};
    actor.user = auth::UserId(7);
    actor.account = "officer";
    ASSERT_EQ(enter(first, 1, entry).error().id, "registry.person_elsewhere");
    // Of a household that the officer may not see, not even the number is told.
    Household hidden = ordinary_household();
    hidden.household_no = "5134310003";
    hidden.village = other_village;
    hidden.members = {member("马·日火", "01", day(1985, 1, 1), 15)};
    add(hidden);
    const auto refused = enter(first, 1, newborn(id_of(day(1985, 1, 1), 15)));
    EXPECT_EQ(refused.error().id, "registry.person_elsewhere_outside");
    for (const auto& [name, value] : refused.error().args) EXPECT_EQ(value.find("5134310003"), value.npos);
}

TEST_P(RegistryEditing, NotesANumberOfTheOldFormUntilAnotherTakesItsPlace) {
    const std::string number = id_of(day(1990, 7, 7), 47), other = id_of(day(1990, 7, 7), 49);
    const std::string old_form = number.substr(0, 6) + number.substr(8, 9);
    ASSERT_TRUE(enter(first, 1, newborn(old_form)));
    const auto held = [&] { return page(first).household.members.back(); };
    EXPECT_EQ(held().values[PersonField::id_note], "1");
    ASSERT_TRUE(enter(first, 2, {{{person(first, 3), "id_number", number}}, {}, {}, "核对证件", today}));
    EXPECT_EQ(held().values[PersonField::id_note], "1");
    ASSERT_TRUE(enter(first, 2, {{{person(first, 3), "id_number", other}}, {}, {}, "核对证件", today}));
    EXPECT_EQ(held().values[PersonField::id_note], "");
}

TEST_P(RegistryEditing, LetsAMemberGoOnADayAndComeBack) {
    ASSERT_TRUE(
        enter(first, 1,
              {{{person(first, 1), "member_status", "死亡"}}, {}, {}, "死亡证明 2026-88", day(2026, 6, 2)}));
    auto home = page(first).household;
    EXPECT_EQ(home.active_members(), 2);
    EXPECT_EQ(home.members[1].values[P::left_on], "2026-06-02");

    ASSERT_TRUE(enter(first, 2,
                      {{{person(first, 1), "member_status", "正常"}, {person(first, 1), "joined", "返回"}},
                       {},
                       {},
                       "",
                       {}}));
    home = page(first).household;
    EXPECT_EQ(home.active_members(), 3);
    EXPECT_EQ(home.members[1].values[P::left_on], "");
    EXPECT_EQ(home.members[1].values[P::joined_on], today.iso());
}

TEST_P(RegistryEditing, KeepsTheHouseholdWithAHead) {
    EXPECT_EQ(enter(first, 1, {{{person(first, 0), "member_status", "死亡"}}, {}, {}, "", {}}).error().id,
              "registry.no_head");
    EXPECT_TRUE(enter(first, 1,
                      {{{person(first, 0), "member_status", "死亡"}, {person(first, 1), "relation", "户主"}},
                       {},
                       {},
                       "",
                       {}}));
}

TEST_P(RegistryEditing, EntersAndCorrectsIncomeByItemAndWindow) {
    const Period year{day(2025, 1, 1), day(2025, 12, 31)};
    Entry entry;
    entry.income = {{{}, year, IncomeItem::production, "", "12,000.50"},
                    {person(first, 0), year, IncomeItem::wage, "", "9000"}};
    ASSERT_TRUE(enter(first, 1, entry));
    entry.income[0].amount = "13000";
    ASSERT_TRUE(enter(first, 2, entry));
    const auto home = page(first).household;
    ASSERT_EQ(home.income.size(), 2u);
    EXPECT_EQ(home.income[0].amount, Money::yuan(13'000));
    EXPECT_EQ(home.income[1].member, 0u);

    const auto refused = [&](IncomeEdit edit) {
        Entry one;
        one.income = {std::move(edit)};
        return enter(first, 3, one).error().id;
    };
    EXPECT_EQ(refused({{}, {day(2025, 1, 1), day(2025, 12, 30)}, IncomeItem::wage, "", "1"}),
              "registry.window_missing");
    EXPECT_EQ(refused({{}, {day(2024, 12, 1), day(2025, 12, 31)}, IncomeItem::wage, "", "1"}),
              "registry.window_missing");
    EXPECT_EQ(refused({{}, {day(2026, 7, 1), day(2026, 7, 31)}, IncomeItem::wage, "", "1"}),
              "registry.window_missing");
    EXPECT_EQ(refused({{}, year, IncomeItem::transfer, "total", "1"}), "registry.no_field");
    EXPECT_EQ(refused({{}, year, IncomeItem::wage, "", "-1"}), "registry.negative");
    EXPECT_EQ(refused({{}, year, IncomeItem::wage, "", ""}), "registry.no_field");
}

TEST_P(RegistryEditing, AsksWhyAndSinceWhen) {
    const Entry entry{{{{}, "land_arable", "3"}}, {}, {}, " ", today};
    const auto without = database().write(
        [&](db::Tx& tx) { return change(tx, *vault, actor, first, 1, entry, today, later); });
    EXPECT_EQ(without.error().id, "registry.source_missing");
    EXPECT_EQ(enter(first, 1, {{{{}, "land_arable", "3"}}, {}, {}, "", today.plus_days(1)}).error().id,
              "registry.since_ahead");
}

TEST_P(RegistryEditing, AddsAHouseholdOnlyWithAHead) {
    const auto add = [&](Entry entry, AreaCode where) {
        entry.source = "新立户";
        entry.since = today;
        return database().write(
            [&](db::Tx& tx) { return add_household(tx, *vault, actor, where, entry, today, later); });
    };
    EXPECT_EQ(add(newborn(id_of(day(2026, 6, 1), 55)), village).error().id, "registry.no_head");
    Entry entry = newborn(id_of(day(1999, 6, 1), 55));
    entry.joining[0][2].value = "户主";
    entry.edits = {{{}, "household_kind", "一般农户"}};
    EXPECT_EQ(add(entry, village.parent()).error().id, "registry.village_unknown");
    const auto added = add(entry, village);
    ASSERT_TRUE(added) << added.error().id;
    const auto home = page(added->household).household;
    EXPECT_EQ(home.household_no.substr(0, 7), "B513431");
    EXPECT_EQ(home.head()->values[P::name], "吉克·木呷");
}

TEST_P(RegistryEditing, MovesAMemberWithAllThatIsOnFile) {
    const PersonId before = person(first, 2);
    const auto go = [&](HouseholdId from, HouseholdId to, PersonId who, std::int64_t version) {
        return database().write([&](db::Tx& tx) {
            return move(tx, *vault, actor, from, {who, version, to, "之女", "随父生活", today}, today, later);
        });
    };
    EXPECT_EQ(go(first, first, before, 1).error().id, "registry.move_nowhere");
    EXPECT_EQ(go(first, second, person(first, 0), 1).error().id, "registry.no_head");
    const auto moved = go(first, second, before, 1);
    ASSERT_TRUE(moved) << moved.error().id;
    EXPECT_EQ(page(first).household.active_members(), 2);
    EXPECT_EQ(page(first).household.members[2].values[P::member_status], "6");
    const auto there = page(second).household;
    ASSERT_EQ(there.members.size(), 2u);
    EXPECT_EQ(there.members[1].values[P::name], "吉克·伍加");
    EXPECT_EQ(there.members[1].values[P::student], "02");
    EXPECT_EQ(there.members[1].values[P::joined], "4");
    ASSERT_EQ(moved->successions.size(), 1u);
    EXPECT_EQ(moved->successions[0].before, before);
    EXPECT_EQ(moved->successions[0].now, there.members[1].id);

    // And back again, to the place that is on file there.
    const auto back = go(second, first, there.members[1].id, 2);
    ASSERT_TRUE(back) << back.error().id;
    EXPECT_EQ(back->successions[0].now, before);
    EXPECT_EQ(page(first).household.members.size(), 3u);
    EXPECT_EQ(page(first).household.active_members(), 3);
    EXPECT_EQ(go(second, first, there.members[1].id, 3).error().id, "registry.not_a_member");
}

TEST_P(RegistryEditing, NamesTheEarlierRowOfWhoJoinsAnew) {
    const PersonId before = person(first, 1);
    ASSERT_TRUE(enter(first, 1, {{{before, "member_status", "婚嫁离户"}}, {}, {}, "", {}}));
    Entry entry = newborn(id_of(day(1982, 5, 9), 22));
    entry.joining[0][0].value = "沙马·木果";
    entry.joining[0][2].value = "配偶";
    entry.joining[0][3].value = "婚入";
    const auto edited = enter(second, 1, entry);
    ASSERT_TRUE(edited) << edited.error().id;
    ASSERT_EQ(edited->successions.size(), 1u);
    EXPECT_EQ(edited->successions[0].before, before);
    EXPECT_EQ(edited->successions[0].household, second);
}

}  // namespace
}  // namespace ballast::registry
