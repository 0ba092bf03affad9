#include "registry/fields.h"

#include <gtest/gtest.h>

#include "registry/columns.h"
#include "registry/test_households.h"
#include "words/words.h"

namespace ballast::registry {
namespace {

using namespace testing;

std::string read(PersonField field, std::string_view cell) {
    const auto value = read_value(describe(field), cell, today);
    return value ? *value : value.error().id;
}
std::string read(HouseholdField field, std::string_view cell) {
    const auto value = read_value(describe(field), cell, today);
    return value ? *value : value.error().id;
}

TEST(Fields, ReadACodeInEveryFormPeopleWrite) {
    for (const auto cell : {"02", "2", "配偶", "02 配偶", "02-配偶", " ０２ "})
        EXPECT_EQ(read(PersonField::relation, cell), "02") << cell;
    EXPECT_EQ(read(PersonField::relation, "儿媳"), "05");
    EXPECT_EQ(read(PersonField::ethnic, "彝"), "07");
    EXPECT_EQ(read(PersonField::relation, "邻居"), "registry.bad_code");
    EXPECT_EQ(read(PersonField::health, "残疾、长期慢性病"), "2,4");
}

TEST(Fields, KeepLandInHundredthsAndMonthsInTenths) {
    EXPECT_EQ(read(HouseholdField::land_arable, "2.5"), "250");
    EXPECT_EQ(read(HouseholdField::land_arable, "2.555"), "registry.bad_number");
    EXPECT_EQ(read(HouseholdField::land_arable, "-1"), "registry.negative");
    EXPECT_EQ(read(PersonField::work_months, "6.5"), "65");
    EXPECT_EQ(written_value(describe(HouseholdField::land_arable), "250"), "2.5");
}

TEST(Fields, KeepYuanInFen) {
    EXPECT_EQ(read(PersonField::low_income_amount, "1,234.50"), "123450");
    EXPECT_EQ(read(PersonField::low_income_amount, "-1"), "registry.negative");
}

TEST(Fields, RefuseADayThatIsNotYet) {
    EXPECT_EQ(read(PersonField::left_on, "2026-06-15"), "2026-06-15");
    EXPECT_EQ(read(PersonField::left_on, "2026-06-16"), "registry.bad_date");
    EXPECT_EQ(read(PersonField::low_income_since, "2024年3月"), "2024-03");
    EXPECT_EQ(read(PersonField::low_income_since, "202403"), "2024-03");
}

TEST(Fields, TakeMobileNumbersAndLandlines) {
    EXPECT_EQ(read(PersonField::phone, "138 0000 0000"), "13800000000");
    EXPECT_EQ(read(PersonField::phone, "0834-8332100"), "08348332100");
    EXPECT_EQ(read(PersonField::phone, "12800000000"), "registry.bad_phone");
}

TEST(Fields, AndCodesHaveTheSameNamesInFilesAndOnScreens) {
    const auto zh = [](const std::string& key) { return words::say(key, words::Language::zh); };
    for (const auto& field : household_fields())
        EXPECT_EQ(zh("registry.field.household." + std::string(field.name)), field.title);
    for (const auto& field : person_fields())
        EXPECT_EQ(zh("registry.field.person." + std::string(field.name)), field.title);
    for (const CodeList* list : code_lists())
        for (const Code& one : list->codes)
            EXPECT_EQ(zh("registry.code." + std::string(list->name) + "." + std::string(one.code)),
                      one.label);
}

TEST(Columns, AreRecognisedByTheirTitlesInAnyOrder) {
    const auto found =
        recognise(std::vector<std::string>{"身份证号", "姓名", "户编号", "与户主 关系", "序号"});
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->sheet, Sheet::person);
    EXPECT_FALSE((*found)->column_of[4]);
}

TEST(Columns, OfEverySheetAreRecognisedAsThatSheet) {
    for (std::size_t s = 0; s < sheet_count; ++s) {
        std::vector<std::string> header;
        for (const auto& column : columns(static_cast<Sheet>(s))) header.emplace_back(column.title);
        const auto found = recognise(header);
        ASSERT_TRUE(found) << found.error().id;
        ASSERT_TRUE(*found);
        EXPECT_EQ((*found)->sheet, static_cast<Sheet>(s));
        for (std::size_t i = 0; i < header.size(); ++i) EXPECT_EQ((*found)->column_of[i], i) << header[i];
    }
}

TEST(Columns, MissingOrDoubledAreNamed) {
    const auto missing = recognise(std::vector<std::string>{"户编号", "姓名", "与户主关系"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().id, "registry.column_missing");
    EXPECT_EQ(missing.error().args[0].second, "证件号码");
    const auto twice = recognise(std::vector<std::string>{"户编号", "姓名", "证件号码", "身份证号"});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().id, "registry.column_twice");
}

TEST(Columns, AreNotSeenInATitleLine) {
    const auto found = recognise(std::vector<std::string>{"昭觉县2025年成员信息表"});
    ASSERT_TRUE(found);
    EXPECT_FALSE(*found);
}

}  // namespace
}  // namespace ballast::registry
