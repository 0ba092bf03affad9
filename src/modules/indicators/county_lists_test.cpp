#include "indicators/county_lists.h"

#include <gtest/gtest.h>

#include "areas/areas.h"

namespace ballast::indicators {
namespace {

AreaCode code(std::string_view digits) { return AreaCode::parse(digits).value(); }
Date day(int year, int month, int of) { return *Date::from(year, month, of); }

const std::string national = R"([lists.national]
kind = "national_key"
area = "51"
version = "2021"
from = 2021-08-10
authority = "通知"
counties = ["513431", "513430"]
)";
CountyLists read(const std::string& text) {
    const std::vector<packs::File> files{{"mine/county_lists.toml", text}};
    return read_county_lists(files);
}
/// "id line", the line being that of what comes after `national`.
std::vector<std::string> wrong(const std::string& text) {
    std::vector<std::string> out;
    for (const auto& one : read(national + text).findings) out.push_back(one.what.id + " " + std::to_string(one.line - 7));
    return out;
}
using Wrong = std::vector<std::string>;

std::string list(const std::string& changed, const std::string& into) {
    auto text = national;
    text.replace(text.find("lists.national"), 14, "lists.other");
    text.replace(text.find("2021-08-10"), 10, "2026-01-01");
    text.replace(text.find(changed), changed.size(), into);
    return text;
}

TEST(CountyLists, InsideTheProgramNameCountiesThatThereAre) {
    const auto all = county_lists("");
    EXPECT_TRUE(all.findings.empty());
    EXPECT_NE(all.mean(day(2025, 12, 31)), nullptr);
    for (const auto& one : all.lists)
        for (const auto county : one.counties)
            EXPECT_TRUE(areas::Division::shipped().exists(county)) << one.name << " " << county.short_digits();
    EXPECT_EQ(all.list(ListKind::national_key, code("513431"), day(2025, 12, 31))->counties.size(), 25U);
    EXPECT_EQ(all.list(ListKind::provincial_key, code("51"), day(2025, 12, 31))->counties.size(), 25U);
    EXPECT_EQ(all.list(ListKind::lifted, code("5134"), day(2025, 12, 31))->counties.size(), 11U);
    EXPECT_EQ(all.list(ListKind::national_key, code("632221"), day(2025, 12, 31)), nullptr) << "never guessed";
}

TEST(CountyLists, HoldFromTheirDayAndTheNearestAreaGoesFirst) {
    const auto all = read(national + list("\"2021\"", "\"2026\"") + R"([lists.near]
kind = "national_key"
area = "5134"
version = "own"
from = 2025-01-01
authority = "通知"
counties = ["513431"]
)");
    ASSERT_TRUE(all.findings.empty());
    const auto version = [&](std::string_view area, Date on) {
        const auto* found = all.list(ListKind::national_key, code(area), on);
        return found ? found->version : "none";
    };
    EXPECT_EQ(version("51", day(2021, 8, 9)), "none");
    EXPECT_EQ(version("51", day(2021, 8, 10)), "2021");
    EXPECT_EQ(version("51", day(2025, 12, 31)), "2021");
    EXPECT_EQ(version("51", day(2026, 1, 1)), "2026");
    EXPECT_EQ(version("513431", day(2024, 12, 31)), "2021");
    EXPECT_EQ(version("513431", day(2026, 1, 1)), "own");
    EXPECT_EQ(all.list(ListKind::lifted, code("513431"), day(2026, 1, 1)), nullptr);
}

TEST(CountyLists, SayWhatIsWrongOnWhichLine) {
    EXPECT_EQ(wrong(""), Wrong{});
    EXPECT_EQ(wrong(list("\"national_key\"", "\"national\"")), Wrong{"indicators.pack_missing 2"});
    EXPECT_EQ(wrong(list("version = \"2021\"\n", "")), Wrong{"indicators.pack_missing 1"});
    EXPECT_EQ(wrong(list("\"2021\"", "\"\"")), Wrong{"indicators.pack_missing 4"});
    EXPECT_EQ(wrong(list("\"51\"", "\"fifty\"")), Wrong{"indicators.pack_missing 3"});
    EXPECT_EQ(wrong(list("2026-01-01", "\"2026\"")), Wrong{"indicators.pack_missing 5"});
    EXPECT_EQ(wrong(list("authority", "source")), (Wrong{"indicators.pack_unknown_key 6", "indicators.pack_missing 1"}));
    EXPECT_EQ(wrong(list("[\"513431\", \"513430\"]", "[]")), Wrong{"indicators.pack_missing 7"});
    EXPECT_EQ(wrong(list("\"513430\"", "\"513431\"")), Wrong{"indicators.pack_double 7"});
    EXPECT_EQ(wrong(list("\"513430\"", "\"632221\"")), Wrong{"indicators.pack_reference 7"}) << "not of this province";
    EXPECT_EQ(wrong(list("\"513430\"", "\"513431100\"")), Wrong{"indicators.pack_reference 7"}) << "a township";
    EXPECT_EQ(wrong(list("\"513430\"", "\"513499\"")), Wrong{"indicators.pack_reference 7"}) << "there is none";
    EXPECT_EQ(wrong(list("2026-01-01", "2021-08-10")), Wrong{"indicators.pack_double 1"});
    EXPECT_EQ(wrong("[list.x]\n"), Wrong{"indicators.pack_unknown_key 1"});
    EXPECT_EQ(read("mean = 3").findings.size(), 1U);
    EXPECT_EQ(read("mean = [{ from = 2021-01-01, value = \"median\", authority = \"a\" }]").findings.size(), 1U);
    EXPECT_EQ(read("mean = [{ from = 2021-01-01, value = \"simple\", authority = \"a\" }, { from = 2021-01-01, value = \"weighted\", "
                   "authority = \"a\" }]").findings.size(), 1U);
    EXPECT_EQ(read("lists = 3").findings.size(), 1U);
    EXPECT_EQ(read("[lists\n").findings.at(0).what.id, "indicators.pack_malformed");
    EXPECT_TRUE(read(national + list("\"2021\"", "\"\"")).lists.empty()) << "a file is taken whole or not at all";
}

}  // namespace
}  // namespace ballast::indicators
