#include "registry/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "areas/areas.h"
#include "db_testing/testing.h"
#include "registry/editing.h"
#include "registry/household_file.h"
#include "registry/test_households.h"
#include "schema/shipped.h"

namespace ballast::registry {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Instant now{1'781'500'000'000};

/// A village of 昭觉县 that exists in the division, and another.
AreaCode village(std::size_t n) {
    const auto& division = areas::Division::shipped();
    const auto township = division.children(zhaojue).at(0);
    return division.children(township.code).at(n).code;
}

const std::vector<std::string> household_titles{"户编号",   "行政村代码",   "村民小组",
                                                "农户类型", "耕地面积(亩)", "银行账号"};
const std::vector<std::string> person_titles{"户编号",   "姓名",     "证件号码", "与户主关系",
                                             "联系电话", "健康状况", "成员状态"};
const std::vector<std::string> income_titles{"户编号", "年度", "工资性收入", "生产经营性收入", "养老金"};
const std::vector<std::string> guarantee_titles{"户编号", "不愁吃", "义务教育", "评估日期", "评估人"};

class RegistryImport : public db_testing::OnBothEngines {
protected:
    ImportId receive_file(const std::string& path, Instant at = now) {
        const auto id = receive(database(), *vault, actor, {zhaojue, "册.xlsx", "年度更新", today},
                                {{path, std::filesystem::path(path).filename()}}, today, at);
        EXPECT_TRUE(id) << id.error().id << id.error().detail;
        return id ? *id : ImportId{};
    }
    ImportCounts counts(ImportId id) {
        return database().read([&](db::Tx& tx) { return find_import(tx, *vault, actor, id); })->counts;
    }
    Preview rows(ImportId id, std::optional<Verdict> verdict = {}) {
        PreviewFilter filter;
        filter.verdict = verdict;
        return *database().read([&](db::Tx& tx) { return preview(tx, *vault, actor, id, filter); });
    }
    std::vector<std::string> reasons(ImportId id) {
        std::vector<std::string> out;
        for (const auto& row : rows(id, Verdict::rejected).rows)
            for (const auto& finding : row.findings)
                out.push_back(row.sheet + " " + std::to_string(row.row) + " " + finding.id);
        return out;
    }
    void apply_file(const std::string& path) {
        const auto applied = apply(database(), *vault, actor, receive_file(path), now);
        ASSERT_TRUE(applied) << applied.error().id;
    }
    HouseholdPage page(const std::string& number) {
        return *database().read([&](db::Tx& tx) -> Result<HouseholdPage> {
            const auto id = TRY(household_numbered(tx, scope, zhaojue, number));
            return registry::household(tx, *vault, scope, id, today);
        });
    }

    /// Two households; the second of a single man.
    std::vector<SheetContent> book() {
        return {{"户信息",
                 household_titles,
                 {{"0001", village(0).digits(), "三组", "脱贫户", "2.5", "6222021234567890123"},
                  {"0002", village(1).digits(), "一组", "01", "1", ""}},
                 "昭觉县户信息表"},
                {"成员信息",
                 person_titles,
                 {{"0001", "吉克·阿依", id_of(day(1980, 3, 1), 11), "户主", "13800001111", "长期慢性病", ""},
                  {"0001", "沙马·木果", id_of(day(1982, 5, 9), 22), "配偶", "", "健康", ""},
                  {"0002", "张三丰", id_of(day(1950, 1, 2), 33), "01", "", "", "正常"}},
                 ""},
                {"收入信息", income_titles, {{"0001", "2025", "24,000.00", "9500", "1200"}}, ""},
                {"保障信息", guarantee_titles, {{"0001", "有保障", "不涉及", "2026-03-02", "李玉兰"}}, ""}};
    }

    Folder folder;
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("registry");
    auth::Actor actor = auth::system_actor("test");
    auth::Scope scope = auth::Scope::whole_country();
};
ON_BOTH_ENGINES(RegistryImport);

TEST_P(RegistryImport, ShowsEveryRowBeforeItChangesAnything) {
    const auto id = receive_file(write_book(folder, "a.xlsx", book()));
    EXPECT_EQ(counts(id).rows_new, 7);
    EXPECT_EQ(counts(id).households_new, 2);
    EXPECT_EQ(rows(id).rows.size(), 7u);
    EXPECT_EQ(
        *database().read([](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM registry_household"); }), 0);
}

TEST_P(RegistryImport, PutsAHouseholdOnFileWithAllThatBelongsToIt) {
    apply_file(write_book(folder, "a.xlsx", book()));
    const auto one = page("0001");
    EXPECT_EQ(one.household.village, village(0));
    EXPECT_EQ(one.household.values[HouseholdField::land_arable], "250");
    EXPECT_EQ(one.household.values[HouseholdField::bank_account], "**** **** **** 0123");
    ASSERT_EQ(one.household.members.size(), 2u);
    EXPECT_EQ(one.household.members[0].values[PersonField::birth], "1980-03-01");
    EXPECT_EQ(one.household.members[0].values[PersonField::health], "2");
    EXPECT_THAT(one.household.members[0].values[PersonField::id_number], HasSubstr("********"));
    EXPECT_EQ(one.household.members[0].values[PersonField::phone], "138****1111");
    ASSERT_TRUE(one.income);
    EXPECT_EQ(one.income->net, Money::yuan(34'700));
    EXPECT_EQ(one.income->net_per_head, Money::yuan(17'350));
    ASSERT_EQ(one.household.guarantees.size(), 2u);
    EXPECT_EQ(one.household.guarantees[0].expires_on, day(2027, 3, 2));
    EXPECT_EQ(one.source, "年度更新");
}

TEST_P(RegistryImport, FindsTheSameFileUnchanged) {
    const auto path = write_book(folder, "a.xlsx", book());
    apply_file(path);
    const auto again = receive_file(path);
    EXPECT_EQ(counts(again).rows_unchanged, 7);
    EXPECT_EQ(counts(again).households_unchanged, 2);
    EXPECT_TRUE(
        database().read([&](db::Tx& tx) { return find_import(tx, *vault, actor, again); })->same_file_as);
    EXPECT_EQ(apply(database(), *vault, actor, again, now)->households, 0);
}

TEST_P(RegistryImport, NamesTheFieldsThatChangeAndKeepsTheirHistory) {
    apply_file(write_book(folder, "a.xlsx", book()));
    auto changed = book();
    changed[0].rows[0][4] = "3";
    changed[1].rows[0][4] = "13900002222";
    const auto id = receive_file(write_book(folder, "b.xlsx", changed));
    const auto list = rows(id, Verdict::changed).rows;
    ASSERT_EQ(list.size(), 2u);
    EXPECT_THAT(list[0].changes, ElementsAre(FieldChange{"land_arable", "250", "300"}));
    EXPECT_THAT(list[1].changes, ElementsAre(FieldChange{"phone", "***", "***"}));
    EXPECT_EQ(list[1].name, "吉克·阿依");
    ASSERT_TRUE(apply(database(), *vault, actor, id, now));
    EXPECT_EQ(page("0001").household.version, 2);

    const auto history =
        *database().read([&](db::Tx& tx) { return timeline(tx, *vault, scope, page("0001").household.id); });
    std::vector<std::string> told;
    for (const auto& entry : history)
        if (entry.what == "change") told.push_back(entry.field + " " + entry.before + " " + entry.after);
    EXPECT_THAT(told, ::testing::UnorderedElementsAre("land_arable 250 300", "phone *** ***"));
}

TEST_P(RegistryImport, AnEmptyCellLeavesWhatIsOnFileAndAMarkClearsIt) {
    apply_file(write_book(folder, "a.xlsx", book()));
    auto changed = book();
    changed[0].rows[0][4] = "";
    changed[0].rows[0][2] = "清空";
    apply_file(write_book(folder, "b.xlsx", changed));
    EXPECT_EQ(page("0001").household.values[HouseholdField::land_arable], "250");
    EXPECT_EQ(page("0001").household.values[HouseholdField::group_name], "");
}

TEST_P(RegistryImport, RefusesAHouseholdWholeAndTakesTheOthers) {
    auto bad = book();
    char& check = bad[1].rows[1][2].back();
    check = check == '1' ? '2' : '1';
    const auto id = receive_file(write_book(folder, "a.xlsx", bad));
    EXPECT_EQ(counts(id).households_rejected, 1);
    EXPECT_EQ(counts(id).households_new, 1);
    EXPECT_THAT(reasons(id),
                ElementsAre("户信息 3 registry.household_refused", "成员信息 2 registry.household_refused",
                            "成员信息 3 citizen_id.checksum", "收入信息 2 registry.household_refused",
                            "保障信息 2 registry.household_refused"));
    ASSERT_TRUE(apply(database(), *vault, actor, id, now));
    EXPECT_EQ(page("0002").household.members.size(), 1u);
    EXPECT_EQ(database()
                  .read([&](db::Tx& tx) { return household_numbered(tx, scope, zhaojue, "0001"); })
                  .error()
                  .id,
              "registry.no_household");
}

TEST_P(RegistryImport, GivesBackTheRefusedRowsToBeCorrectedAndSentAgain) {
    auto bad = book();
    bad[1].rows[1][3] = "户主";
    const auto id = receive_file(write_book(folder, "a.xlsx", bad));
    ASSERT_TRUE(apply(database(), *vault, actor, id, now));
    const auto path = folder.file("rejects.xlsx");
    EXPECT_EQ(*rejects(database(), *vault, actor, id, path, words::Language::zh), 5);

    // The file as the officer mends it: read, one cell changed, written.
    auto reader = *table::Reader::open(path, "rejects.xlsx");
    std::vector<SheetContent> mended;
    for (std::size_t s = 0; s < reader->sheets().size(); ++s) {
        SheetContent sheet{reader->sheets()[s], {}, {}, ""};
        ASSERT_TRUE(reader->read(s, [&](const table::Row& row) -> Result<void> {
            std::vector<std::string> cells;
            for (const auto& cell : row.cells) cells.emplace_back(cell.text);
            (row.number == 1 ? sheet.titles : sheet.rows.emplace_back()) = cells;
            return {};
        }));
        mended.push_back(sheet);
    }
    ASSERT_EQ(mended[1].rows.size(), 2u);
    EXPECT_THAT(mended[1].rows[1].back(), HasSubstr("两名户主"));
    mended[1].rows[1][3] = "配偶";
    apply_file(write_book(folder, "mended.xlsx", mended));
    EXPECT_EQ(page("0001").household.members.size(), 2u);
}

TEST_P(RegistryImport, RefusesAPersonInTwoHouseholdsNamingBoth) {
    auto bad = book();
    bad[1].rows.push_back({"0002", "沙马·木果", id_of(day(1982, 5, 9), 22), "其他", "", "", ""});
    const auto id = receive_file(write_book(folder, "a.xlsx", bad));
    EXPECT_EQ(counts(id).households_rejected, 2);
    bool named = false;
    for (const auto& row : rows(id, Verdict::rejected).rows)
        for (const auto& finding : row.findings)
            if (finding.id == "registry.person_elsewhere" && row.household_no == "0002") {
                named = true;
                EXPECT_THAT(finding.args,
                            ElementsAre(std::pair("household", "0002"), std::pair("other", "0001")));
            }
    EXPECT_TRUE(named);
}

TEST_P(RegistryImport, RefusesAPersonWhoIsOnFileElsewhereUntilTheyLeaveThere) {
    apply_file(write_book(folder, "a.xlsx", book()));
    const std::vector<std::string> here{"0002", "沙马·木果", id_of(day(1982, 5, 9), 22), "其他", "", "", ""};
    const auto move = write_book(folder, "b.xlsx", {{"成员信息", person_titles, {here}, ""}});
    EXPECT_THAT(reasons(receive_file(move)), ElementsAre("成员信息 2 registry.person_elsewhere"));
    apply_file(write_book(folder, "c.xlsx",
                          {{"成员信息",
                            person_titles,
                            {{"0001", "沙马·木果", id_of(day(1982, 5, 9), 22), "", "", "", "迁出"}},
                            ""}}));
    EXPECT_EQ(counts(receive_file(move)).rows_new, 1);
}

TEST_P(RegistryImport, FindsAHouseholdByItsHeadWhereNoNumberIsGiven) {
    apply_file(write_book(folder, "a.xlsx", book()));
    const auto path = write_book(folder, "b.xlsx",
                                 {{"户信息",
                                   {"户主证件号码", "行政村代码", "耕地面积"},
                                   {{id_of(day(1980, 3, 1), 11), village(0).digits(), "4"},
                                    {id_of(day(1970, 7, 7), 5), village(2).digits(), "5"}},
                                   ""},
                                  {"成员信息",
                                   {"户主证件号码", "姓名", "证件号码", "与户主关系"},
                                   {{id_of(day(1970, 7, 7), 5), "王五", id_of(day(1970, 7, 7), 5), "户主"}},
                                   ""}});
    const auto id = receive_file(path);
    EXPECT_EQ(counts(id).households_changed, 1);
    EXPECT_EQ(counts(id).households_new, 1);
    ASSERT_TRUE(apply(database(), *vault, actor, id, now));
    EXPECT_EQ(page("0001").household.values[HouseholdField::land_arable], "400");
    const auto hits = *database().read([&](db::Tx& tx) { return search(tx, *vault, scope, "王五", today); });
    ASSERT_EQ(hits.size(), 1u);
    EXPECT_THAT(hits[0].household_no, ::testing::StartsWith("B513431"));
    EXPECT_EQ(counts(receive_file(path)).rows_unchanged, 3);
}

// An old number is made a new one; that it was is kept, as is an area code that no table holds.
TEST_P(RegistryImport, KeepsWhatIsToBeKnownOfANumber) {
    const auto old_form = [](const std::string& number) { return number.substr(0, 6) + number.substr(8, 9); };
    const std::string converted = id_of(day(1980, 3, 1), 11);
    const std::string nowhere = CitizenId::compose("990099", day(1982, 5, 9), 22).reveal();
    auto sheets = book();
    sheets[1].rows[0][2] = old_form(converted);
    sheets[1].rows[1][2] = nowhere;
    apply_file(write_book(folder, "old.xlsx", sheets));
    const auto notes = [&] {
        std::vector<std::string> out;
        for (const auto& member : page("0001").household.members)
            out.push_back(member.values[PersonField::id_note]);
        return out;
    };
    EXPECT_THAT(notes(), ElementsAre("1", "2"));
    EXPECT_EQ(page("0001").household.members[0].values[PersonField::birth], "1980-03-01");

    // The same person in the new form: still a number that came in the old one.
    sheets[1].rows[0][2] = converted;
    sheets[1].rows[0][4] = "13800002222";
    apply_file(write_book(folder, "new.xlsx", sheets));
    EXPECT_THAT(notes(), ElementsAre("1", "2"));
    EXPECT_EQ(page("0002").household.members[0].values[PersonField::id_note], "");
}

TEST_P(RegistryImport, RefusesADamagedIdNamingTheRow) {
    auto bad = book();
    bad[1].rows[2][2] = "5.13431E+17";
    EXPECT_THAT(reasons(receive_file(write_book(folder, "a.xlsx", bad))),
                ElementsAre("户信息 4 registry.household_refused", "成员信息 4 citizen_id.damaged"));
}

TEST_P(RegistryImport, RefusesHouseholdsOfAnotherCountyAndVillagesThatAreNone) {
    auto bad = book();
    const auto& division = areas::Division::shipped();
    const auto other =
        division.children(division.children(*AreaCode::from_number(513432'000'000)).at(0).code).at(0);
    bad[0].rows[0][1] = other.code.digits();
    bad[0].rows[1][1] = "513431999999";
    EXPECT_THAT(reasons(receive_file(write_book(folder, "a.xlsx", bad))),
                ::testing::IsSupersetOf(
                    {"户信息 3 registry.other_county", "户信息 4 registry.village_code_unknown"}));
}

TEST_P(RegistryImport, TellsTheCodeThatAMergedVillagesNameHasNow) {
    const auto& division = areas::Division::shipped();
    auto merged = book();
    merged[0].titles = {"户编号", "行政村代码", "乡镇", "行政村", "农户类型"};
    merged[0].rows = {{"0001", "513431100999", std::string(division.find(village(0).parent())->name),
                       std::string(division.find(village(0))->name), "01"}};
    const auto id = receive_file(write_book(folder, "a.xlsx", merged));
    EXPECT_THAT(reasons(id), ::testing::Contains("户信息 3 registry.village_code_changed"));
}

TEST_P(RegistryImport, FindsAVillageByNameToo) {
    auto named = book();
    const auto& division = areas::Division::shipped();
    named[0].titles = {"户编号", "乡镇", "行政村", "农户类型"};
    const auto township = division.find(village(0).at(AreaLevel::township))->name;
    named[0].rows = {{"0001", std::string(township), std::string(division.find(village(0))->name), "01"},
                     {"0002", std::string(township), std::string(division.find(village(1))->name), "01"}};
    apply_file(write_book(folder, "a.xlsx", named));
    EXPECT_EQ(page("0002").household.village, village(1));
}

TEST_P(RegistryImport, RefusesRowsOfAHouseholdThatIsNotOnFile) {
    const auto path = write_book(folder, "a.csv", {{"", income_titles, {{"7777", "2025", "1", "", ""}}, ""}},
                                 table::Format::csv);
    EXPECT_THAT(reasons(receive_file(path)), ElementsAre(" 2 registry.household_unknown"));
}

TEST_P(RegistryImport, HoldsATotalOfTransfersAgainstItsParts) {
    auto bad = book();
    bad[2].titles.push_back("转移性收入");
    bad[2].rows[0].push_back("1300");
    EXPECT_THAT(reasons(receive_file(write_book(folder, "a.xlsx", bad))),
                ::testing::Contains("收入信息 2 registry.transfer_total"));
    bad[2].rows[0].back() = "1200";
    EXPECT_EQ(counts(receive_file(write_book(folder, "b.xlsx", bad))).rows_new, 7);
}

TEST_P(RegistryImport, LeavesAloneWhatSomebodyChangedAfterThePreview) {
    apply_file(write_book(folder, "a.xlsx", book()));
    auto changed = book();
    changed[0].rows[0][4] = "9";
    changed[0].rows[1][4] = "9";
    const auto id = receive_file(write_book(folder, "b.xlsx", changed));
    ASSERT_TRUE(database().write([&](db::Tx& tx) {
        return change(tx, *vault, actor, page("0001").household.id, 1,
                      {{{{}, "land_arable", "7"}}, {}, {}, "走访", today}, today, now);
    }));
    const auto applied = apply(database(), *vault, actor, id, now);
    ASSERT_TRUE(applied);
    EXPECT_EQ(applied->overtaken, 1);
    EXPECT_EQ(applied->households, 1);
    EXPECT_EQ(page("0001").household.values[HouseholdField::land_arable], "700");
    EXPECT_EQ(page("0002").household.values[HouseholdField::land_arable], "900");
    EXPECT_THAT(reasons(id), ::testing::Contains("户信息 3 registry.overtaken"));
}

TEST_P(RegistryImport, IsAppliedOnce) {
    const auto id = receive_file(write_book(folder, "a.xlsx", book()));
    ASSERT_TRUE(apply(database(), *vault, actor, id, now));
    EXPECT_EQ(apply(database(), *vault, actor, id, now).error().id, "registry.import_state");
}

TEST_P(RegistryImport, SurvivesARestartBetweenPreviewAndApply) {
    const auto id = receive_file(write_book(folder, "a.xlsx", book()));
    fresh().reopen();
    ASSERT_TRUE(sweep(database(), now));
    EXPECT_EQ(apply(database(), *vault, actor, id, now)->households, 2);
}

TEST_P(RegistryImport, LeavesNothingStagedBehind) {
    const auto staged = [&] {
        return *database().read([](db::Tx& tx) {
            return tx.number(
                "SELECT (SELECT COUNT(*) FROM registry_stage_household) +"
                " (SELECT COUNT(*) FROM registry_stage_person) +"
                " (SELECT COUNT(*) FROM registry_import_row)");
        });
    };
    ASSERT_TRUE(apply(database(), *vault, actor, receive_file(write_book(folder, "a.xlsx", book())), now));
    EXPECT_EQ(staged(), 0);
    auto bad = book();
    bad[1].rows[1][3] = "户主";
    const auto id = receive_file(write_book(folder, "b.xlsx", bad));
    ASSERT_TRUE(discard(database(), *vault, actor, id, now));
    EXPECT_EQ(staged(), 0);
}

TEST_P(RegistryImport, RefusesAFileWithoutAnyOfOurHeaders) {
    const auto path = write_book(folder, "a.xlsx", {{"Sheet1", {"甲", "乙"}, {{"1", "2"}}, ""}});
    const auto id = receive(database(), *vault, actor, {zhaojue, "册.xlsx", "年度更新", today},
                            {{path, "册.xlsx"}}, today, now);
    ASSERT_FALSE(id);
    EXPECT_EQ(id.error().id, "registry.no_sheet");
    const auto list = *database().read([&](db::Tx& tx) { return list_imports(tx, *vault, actor, 10); });
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].state, "failed");
}

TEST(RegistryAtRest, NoIdNumberPhoneOrAccountIsReadableInTheDatabaseFile) {
    Folder folder;
    const auto vault = crypto::test_vault("registry");
    const auto actor = auth::system_actor("test");
    const std::string id = id_of(day(1980, 3, 1), 11), phone = "13800001111", account = "6222021234567890123";
    const std::string disease = "慢性阻塞性肺疾病";
    {
        auto database = *db::Database::open("sqlite:" + folder.file("county.db"));
        ASSERT_TRUE(db::migrate(*database, schema::shipped_migrations(), now));
        const auto path = write_book(
            folder, "a.xlsx",
            {{"户信息", household_titles, {{"0001", village(0).digits(), "", "", "", account}}, ""},
             {"成员信息",
              {"户编号", "姓名", "证件号码", "与户主关系", "联系电话", "病种"},
              {{"0001", "吉克·阿依", id, "户主", phone, disease}},
              ""}});
        const auto import = receive(*database, *vault, actor, {zhaojue, id + ".xlsx", "年度更新", today},
                                    {{path, id + ".xlsx"}}, today, now);
        ASSERT_TRUE(import);
        ASSERT_TRUE(apply(*database, *vault, actor, *import, now));
    }
    for (const auto& file : std::filesystem::directory_iterator(folder.file(""))) {
        if (file.path().extension() == ".xlsx") continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        for (const auto& secret : {id, phone, account, disease})
            EXPECT_EQ(bytes.find(secret), std::string::npos) << file.path().filename();
    }
}

}  // namespace
}  // namespace ballast::registry
