#include "casework/offices.h"

#include <gtest/gtest.h>

#include <fstream>

#include "registry/test_households.h"

namespace ballast::casework {
namespace {

using registry::testing::day;

class OfficesFile : public ::testing::Test {
protected:
    Result<Offices> load(const std::string& text) {
        std::ofstream(folder.file("offices.toml")) << text;
        return Offices::load(std::filesystem::path(folder.file("x")).parent_path());
    }
    static std::string line_of(const Error& error) {
        for (const auto& [name, value] : error.args)
            if (name == "line") return value;
        return "";
    }
    static AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }
    registry::testing::Folder folder;
};

TEST_F(OfficesFile, NamesTheOfficeOfTheDayAndTheNearestArea) {
    const auto offices = load(R"(
[[office]]
area = "5134"
from = 2021-06-01
name = "凉山州乡村振兴局"
authority = "test"
[[office]]
area = "513431"
from = 2021-06-01
name = "昭觉县乡村振兴局"
authority = "test"
[[office]]
area = "513431"
from = 2024-01-01
name = "昭觉县农业农村局"
phone = "0834-8321234"
authority = "test"
)");
    ASSERT_TRUE(offices) << offices.error().id;
    const auto village = area("513431100200");
    EXPECT_EQ(offices->of(village, day(2021, 5, 31)).name, "");
    EXPECT_EQ(offices->of(village, day(2021, 6, 1)).name, "昭觉县乡村振兴局");
    EXPECT_EQ(offices->of(village, day(2023, 12, 31)).name, "昭觉县乡村振兴局");
    EXPECT_EQ(offices->of(village, day(2024, 1, 1)).name, "昭觉县农业农村局");
    EXPECT_EQ(offices->of(village, day(2024, 1, 1)).phone, "0834-8321234");
    EXPECT_EQ(offices->of(village, day(2023, 12, 31)).phone, "");
    EXPECT_EQ(offices->of(area("513432"), day(2024, 1, 1)).name, "凉山州乡村振兴局");
    EXPECT_EQ(offices->of(area("510100"), day(2024, 1, 1)).name, "");
}

TEST_F(OfficesFile, ThatIsNotThereNamesNobody) {
    EXPECT_EQ(Offices::load("")->of(area("513431"), day(2024, 1, 1)).name, "");
    EXPECT_TRUE(Offices::load("/no/such/folder"));
}

TEST_F(OfficesFile, IsRefusedByItsLine) {
    const auto broken =
        load("[[office]]\narea = \"513431\"\nfrom = 2021-06-01\nname = \"\"\nauthority = \"x\"\n");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().id, "casework.bad_offices");
    EXPECT_EQ(line_of(broken.error()), "1");
    const auto no_phone = load(
        "[[office]]\narea = \"513431\"\nfrom = 2021-06-01\nname = \"甲\"\nphone = \"老李\"\nauthority = "
        "\"x\"\n");
    ASSERT_FALSE(no_phone);
    EXPECT_EQ(no_phone.error().id, "casework.bad_offices");
    EXPECT_EQ(load("office = 7\n").error().id, "casework.bad_offices");
    EXPECT_EQ(load("[[office]\n").error().id, "casework.bad_offices");
    const std::string one =
        "[[office]]\narea = \"513431\"\nfrom = 2021-06-01\nname = \"甲\"\nauthority = \"x\"\n";
    EXPECT_EQ(line_of(load(one + one).error()), "6");
}

}  // namespace
}  // namespace ballast::casework
