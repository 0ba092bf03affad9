#include "registry/household_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/areas.h"
#include "audit/audit.h"
#include "chinese/chinese.h"
#include "db_testing/testing.h"
#include "registry/editing.h"
#include "registry/export.h"
#include "registry/import.h"
#include "registry/records.h"
#include "registry/test_households.h"

namespace ballast::registry {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Instant now{1'781'500'000'000};
constexpr Instant later{1'781'600'000'000};

class RegistryFile : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        Household home = ordinary_household();
        const auto& division = areas::Division::shipped();
        home.village = division.children(division.children(zhaojue).at(0).code).at(0).code;
        home.members[0].values[PersonField::phone] = "13800001111";
        home.members[0].values[PersonField::health] = "2";
        home.values[HouseholdField::bank_account] = "6222021234567890123";
        home.guarantees = {{"food", "secured", "李玉兰", day(2026, 3, 2), day(2027, 3, 2), "走访", 0}};
        home.income = {
            {1, {day(2025, 1, 1), day(2025, 12, 31)}, IncomeItem::wage, "", Money::yuan(9'000), 0}};
        home.members[1].values[PersonField::work_months] = "60";
        home.members[1].values[PersonField::work_place] = "4";
        store(home);
        id = home.id;
        people = {home.members[0].id, home.members[1].id, home.members[2].id};
    }
    void store(Household& home) {
        const Origin origin{day(2026, 1, 1), "建档", ImportId{}, "test", now};
        ASSERT_TRUE(database().write([&](db::Tx& tx) -> Result<void> {
            Ids ids(tx, 10);
            Writes writes;
            TRY(plan_writes(ids, *vault, nullptr, home, difference(nullptr, home), origin, writes));
            return write_now(tx, origin, writes);
        }));
    }
    auto edit(std::int64_t version, std::vector<Edit> edits) {
        return database().write([&](db::Tx& tx) {
            return change(tx, *vault, actor, id, version, {edits, {}, {}, "走访", today}, today, later);
        });
    }
    auto found(std::string_view what, const auth::Scope& where) {
        return database().read([&](db::Tx& tx) { return search(tx, *vault, where, what, today); });
    }
    HouseholdPage page() {
        return *database().read(
            [&](db::Tx& tx) { return registry::household(tx, *vault, everywhere, id, today); });
    }

    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("registry");
    auth::Actor actor = auth::system_actor("test");
    auth::Scope everywhere = auth::Scope::whole_country();
    HouseholdId id;
    std::vector<PersonId> people;
};
ON_BOTH_ENGINES(RegistryFile);

TEST_P(RegistryFile, GivesBackAHouseholdAsItWasStored) {
    const auto homes = *database().read(
        [&](db::Tx& tx) { return load_households(tx, *vault, "h.id = ?", std::array{db::Value(id)}); });
    ASSERT_EQ(homes.size(), 1u);
    EXPECT_EQ(homes[0].members[0].values[PersonField::phone], "13800001111");
    EXPECT_EQ(homes[0].members[0].values[PersonField::health], "2");
    EXPECT_EQ(homes[0].values[HouseholdField::bank_account], "6222021234567890123");
    EXPECT_EQ(homes[0].income[0].member, 1u);
    EXPECT_EQ(homes[0].income[0].amount, Money::yuan(9'000));
    EXPECT_EQ(homes[0].guarantees[0].evidence, "走访");
    EXPECT_TRUE(difference(&homes[0], homes[0]).nothing());
}

TEST_P(RegistryFile, FindsAPersonByPartOfANameFromTwoCharacters) {
    for (const auto what : {"阿依", "吉克阿依", "吉克•阿依", "克阿"}) {
        const auto hits = found(what, everywhere);
        ASSERT_TRUE(hits);
        ASSERT_EQ(hits->size(), 1u) << what;
        EXPECT_EQ(hits->front().person_name, "吉克·阿依");
        EXPECT_EQ(hits->front().head_name, "吉克·阿依");
        EXPECT_EQ(hits->front().members, 3);
    }
    EXPECT_EQ(found("吉克", everywhere)->size(), 2u);
    EXPECT_EQ(found("阿", everywhere).error().id, "registry.search_too_short");
}

TEST_P(RegistryFile, FindsByWholeIdNumberPhoneAndTheBeginningOfAHouseholdNumber) {
    EXPECT_EQ(found(id_of(day(1982, 5, 9), 22), everywhere)->size(), 1u);
    EXPECT_EQ(found("13800001111", everywhere)->size(), 1u);
    EXPECT_EQ(found("13800001112", everywhere)->size(), 0u);
    EXPECT_EQ(found("513", everywhere)->size(), 1u);
    EXPECT_EQ(found("51", everywhere).error().id, "registry.search_too_short");
}

TEST_P(RegistryFile, ShowsNothingOutsideTheScope) {
    const auth::Scope elsewhere({*AreaCode::from_number(513432'000'000)});
    EXPECT_THAT(*found("阿依", elsewhere), IsEmpty());
    EXPECT_THAT(*found(id_of(day(1982, 5, 9), 22), elsewhere), IsEmpty());
    EXPECT_THAT(*found("5134310001", elsewhere), IsEmpty());
    const auto outside =
        database().read([&](db::Tx& tx) { return registry::household(tx, *vault, elsewhere, id, today); });
    EXPECT_EQ(outside.error().id, "registry.no_household");
    EXPECT_EQ(outside.error().kind, ErrorKind::not_found);
    EXPECT_EQ(database().read([&](db::Tx& tx) { return timeline(tx, *vault, elsewhere, id); }).error().id,
              "registry.no_household");
}

TEST_P(RegistryFile, ShowsNumbersMasked) {
    const auto one = page();
    EXPECT_EQ(one.household.members[0].values[PersonField::id_number].substr(0, 14), "513431********");
    EXPECT_EQ(one.household.members[0].values[PersonField::phone], "138****1111");
    EXPECT_EQ(one.household.values[HouseholdField::bank_account], "**** **** **** 0123");
    EXPECT_EQ(one.since, day(2026, 1, 1));
}

TEST_P(RegistryFile, RevealsOneFieldForAPurposeAndRecordsIt) {
    const auto ask = [&](std::string_view purpose) {
        return database().write([&](db::Tx& tx) {
            return reveal(tx, *vault, actor, id, people[0], "id_number", purpose, later);
        });
    };
    EXPECT_EQ(ask("看").error().id, "registry.purpose_missing");
    EXPECT_EQ(*ask("核对医保参保信息"), id_of(day(1980, 3, 1), 11));
    const auto entries = *database().read([&](db::Tx& tx) {
        audit::Query query;
        query.action = "registry.unmask";
        return audit::list(tx, everywhere, query);
    });
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].event.purpose, "核对医保参保信息");
    EXPECT_EQ(entries[0].event.object, "person:" + std::to_string(people[0].number()));
}

TEST_P(RegistryFile, RefusesToRevealWithoutTheRight) {
    actor.grants = {{auth::Role::village_officer, zhaojue, ""}};
    actor.user = auth::UserId(7);
    actor.account = "officer";
    const auto refused = database().write(
        [&](db::Tx& tx) { return reveal(tx, *vault, actor, id, people[0], "id_number", "核对信息", later); });
    EXPECT_EQ(refused.error().id, "registry.may_not_unmask");
}

TEST_P(RegistryFile, ChangesFieldsAndTellsItsHistory) {
    const auto edited = edit(
        1,
        {{{}, "land_arable", "2.5"}, {people[1], "phone", "13911112222"}, {{}, "guarantee.water", "有保障"}});
    ASSERT_TRUE(edited) << edited.error().id;
    EXPECT_EQ(edited->version, 2);
    EXPECT_EQ(page().household.values[HouseholdField::land_arable], "250");
    EXPECT_EQ(found("13911112222", everywhere)->size(), 1u);
    ASSERT_TRUE(edit(2, {{{}, "land_arable", "3"}}));

    std::vector<std::string> told;
    for (const auto& entry :
         *database().read([&](db::Tx& tx) { return timeline(tx, *vault, everywhere, id); }))
        if (entry.what == "change") told.push_back(entry.field + " " + entry.before + "→" + entry.after);
    EXPECT_THAT(told,
                ::testing::UnorderedElementsAre("land_arable →250", "phone →***", "land_arable 250→300"));
}

TEST_P(RegistryFile, RefusesAChangeOfAnOldVersion) {
    ASSERT_TRUE(edit(1, {{{}, "land_arable", "2.5"}}));
    const auto stale = edit(1, {{{}, "land_arable", "9"}});
    EXPECT_EQ(stale.error().id, "registry.stale");
    EXPECT_EQ(stale.error().kind, ErrorKind::conflict);
}

TEST_P(RegistryFile, RefusesAChangeThatBreaksARuleAndLeavesAllAsItWas) {
    EXPECT_EQ(edit(1, {{{}, "land_arable", "9"}, {people[1], "relation", "户主"}}).error().id,
              "registry.two_heads");
    EXPECT_EQ(edit(1, {{people[1], "relation", "邻居"}}).error().id, "registry.bad_code");
    EXPECT_EQ(edit(1, {{{}, "no_such", "1"}}).error().id, "registry.no_field");
    EXPECT_EQ(page().household.version, 1);
}

TEST_P(RegistryFile, FindsARenamedPersonByTheNewNameOnly) {
    ASSERT_TRUE(edit(1, {{people[2], "name", "吉克·尔古"}}));
    EXPECT_EQ(found("尔古", everywhere)->size(), 1u);
    EXPECT_THAT(*found("伍加", everywhere), IsEmpty());
}

TEST_P(RegistryFile, HoldsAPersonInOneHouseholdOnly) {
    Household other = ordinary_household();
    other.household_no = "5134310002";
    other.members.resize(1);
    const Origin origin{day(2026, 1, 1), "建档", ImportId{}, "test", now};
    const auto stored = database().write([&](db::Tx& tx) -> Result<void> {
        Ids ids(tx, 10);
        Writes writes;
        TRY(plan_writes(ids, *vault, nullptr, other, difference(nullptr, other), origin, writes));
        return write_now(tx, origin, writes);
    });
    ASSERT_FALSE(stored);
    EXPECT_EQ(stored.error().id, "db.duplicate");
}

TEST_P(RegistryFile, StreamsEverybodyForTheMatchingOfFeeds) {
    std::vector<std::string> names;
    ASSERT_TRUE(database().read([&](db::Tx& tx) {
        return match_index(tx, everywhere, zhaojue, [&](const MatchEntry& entry) -> Result<void> {
            names.emplace_back(entry.name_key);
            EXPECT_EQ(entry.household, id);
            EXPECT_EQ(entry.id_lookup.size(), 16u);
            return {};
        });
    }));
    EXPECT_THAT(names, ElementsAre("吉克阿依", "沙马木果", "吉克伍加"));
}

TEST_P(RegistryFile, PublishesViewsWithoutSealedContents) {
    EXPECT_EQ(
        *database().read([](db::Tx& tx) { return tx.number("SELECT n_members FROM registry_v_household"); }),
        3);
    EXPECT_EQ(
        *database().read([](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM registry_v_person"); }), 3);
    EXPECT_EQ(*database().read([](db::Tx& tx) { return tx.number("SELECT fen FROM registry_v_income"); }),
              900'000);
    EXPECT_EQ(
        *database().read([](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM registry_v_guarantee"); }),
        1);
}

TEST_P(RegistryFile, ExportsWhatAnImportFindsUnchanged) {
    Folder folder;
    const auto clear = folder.file("out.xlsx");
    const auto exported =
        export_register(database(), *vault, actor, zhaojue, Masking::clear, "年度核对用", clear, later);
    ASSERT_TRUE(exported) << exported.error().id;
    EXPECT_EQ(exported->people, 3);
    const auto import = receive(database(), *vault, actor, {zhaojue, "out.xlsx", "核对", today},
                                {{clear, "out.xlsx"}}, today, later);
    ASSERT_TRUE(import) << import.error().id;
    const auto counts =
        database().read([&](db::Tx& tx) { return find_import(tx, *vault, actor, *import); })->counts;
    EXPECT_EQ(counts.rows_unchanged, 6);
    EXPECT_EQ(counts.rows_new + counts.rows_changed + counts.rows_rejected, 0);
}

TEST_P(RegistryFile, ExportsMaskedNumbersAsText) {
    Folder folder;
    const auto path = folder.file("out.xlsx");
    ASSERT_TRUE(export_register(database(), *vault, actor, zhaojue, Masking::masked, "", path, later));
    auto reader = *table::Reader::open(path, "out.xlsx");
    EXPECT_THAT(reader->sheets(), ElementsAre("户信息", "成员信息", "收入信息", "保障信息"));
    int masked = 0;
    ASSERT_TRUE(reader->read(1, [&](const table::Row& row) -> Result<void> {
        for (const auto& cell : row.cells)
            masked += cell.text.find("********") != std::string_view::npos ? 1 : 0;
        return {};
    }));
    EXPECT_GE(masked, 3);
    EXPECT_EQ(export_register(database(), *vault, actor, zhaojue, Masking::clear, "", path, later).error().id,
              "registry.purpose_missing");
}

TEST(RegistryTemplate, IsRecognisedByAnImport) {
    Folder folder;
    const auto path = folder.file("template.xlsx");
    ASSERT_TRUE(write_template(path));
    EXPECT_EQ((*table::Reader::open(path, "template.xlsx"))->sheets().size(), 5u);
}

}  // namespace
}  // namespace ballast::registry
