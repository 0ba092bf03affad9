#include "indicators/catalogue.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace ballast::indicators {
namespace {

const AreaCode county = *AreaCode::from_number(513431'000'000);
const AreaCode township = *AreaCode::from_number(513431'100'000);

const std::string figures = R"([figures.a]
title = { zh = "甲", en = "A" }
unit = "户"
[figures.b]
title = { zh = "乙", en = "B" }
unit = "户"
[figures.p]
title = { zh = "比例", en = "Share" }
unit = "%"
places = 2
[indicators.a]
title = { zh = "甲", en = "A" }
numerator = "a"
[indicators.rate]
title = { zh = "率", en = "Rate" }
numerator = "a"
denominator = "b"
as = "percent"
)";
constexpr std::array<std::string_view, 1> of_households{"户"}, of_sites{"座"};
const packs::Registers registers{{"environment/toilet", {{"户厕", "Household toilets"}, {"sanitary"}, of_households}},
                                 {"mine/station", {{"电站", "Stations"}, {"kind"}, of_sites}}};

Catalogue read(std::string text) {
    const std::vector<packs::File> files{{"mine/indicators.toml", std::move(text)}};
    return read_catalogue(files, &registers);
}
/// "id line", counted from the first line after the figures.
std::vector<std::string> wrong(const std::string& text) {
    const auto before = std::count(figures.begin(), figures.end(), '\n');
    std::vector<std::string> out;
    for (const auto& one : read(figures + text).findings)
        out.push_back(one.what.id + " " + std::to_string(one.line - before));
    return out;
}
using Wrong = std::vector<std::string>;

TEST(Catalogue, InsideTheProgramIsWhole) { EXPECT_TRUE(catalogue("")->findings.empty()); }

TEST(Catalogue, SaysWhichReferenceIsMissingOnWhichLine) {
    EXPECT_EQ(wrong("[indicators.x]\ntitle = { zh = \"x\", en = \"x\" }\nnumerator = \"nothing\"\n"),
              Wrong{"indicators.pack_reference 3"});
    EXPECT_EQ(wrong("[figures.x]\ntitle = { zh = \"x\", en = \"x\" }\nunit = \"hh\"\n"), Wrong{"indicators.pack_unit 3"});
    EXPECT_EQ(wrong("[targets.nothing]\nvalues = []\n"), Wrong{"indicators.pack_reference 1"});
}

TEST(Catalogue, SaysOfAnUnknownUnitThatAlone) {
    EXPECT_EQ(wrong("[figures.x]\ntitle = { zh = \"x\", en = \"x\" }\nunit = \"hh\"\nquery = \"households\"\n[indicators.x]\ntitle = { "
                    "zh = \"x\", en = \"x\" }\nnumerator = \"x\"\ndenominator = \"a\"\nas = \"percent\"\n"),
              Wrong{"indicators.pack_unit 3"});
}

TEST(Catalogue, HoldsAFigureOfARegisterAgainstThatRegister) {
    const auto figure = [](const char* unit, const char* records, const char* field) {
        return fmt::format(
            "[figures.x]\ntitle = {{ zh = \"x\", en = \"x\" }}\nunit = \"{}\"\nregister = \"mine/{}\"\nwhere = {{ {} = \"roof\" }}\n",
            unit, records, field);
    };
    EXPECT_EQ(wrong(figure("座", "station", "kind")), Wrong{});
    EXPECT_EQ(wrong(figure("户", "station", "kind")), Wrong{"indicators.pack_unit_of_rows 3"});
    EXPECT_EQ(wrong(figure("座", "roof", "kind")), Wrong{"indicators.pack_reference 4"});
    EXPECT_EQ(wrong(figure("座", "station", "sort")), Wrong{"indicators.pack_reference 5"});
}

TEST(Catalogue, HoldsANameThatIsInTwoPacksAgainstTheOperators) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "catalogue_copy";
    const auto inside = std::filesystem::path(BALLAST_SOURCE_DIR) / "packs" / "indicators" / "indicators.toml";
    std::filesystem::create_directories(folder / "a_copy");
    std::filesystem::copy_file(inside, folder / "a_copy" / "indicators.toml", std::filesystem::copy_options::overwrite_existing);
    const auto read = catalogue(folder);
    EXPECT_EQ(read->figures.size(), catalogue("")->figures.size());
    ASSERT_FALSE(read->findings.empty());
    for (const auto& one : read->findings) EXPECT_EQ(one.file, "a_copy/indicators.toml");
    const auto told = check_pack(folder / "a_copy", registers);
    ASSERT_EQ(told.size(), 1);
    EXPECT_EQ(told[0].what.id, "indicators.pack_copy");
    std::filesystem::remove_all(folder);
}

TEST(Catalogue, RefusesAFormulaThatDividesByNought) {
    EXPECT_EQ(wrong("[indicators.x]\ntitle = { zh = \"x\", en = \"x\" }\nnumerator = \"a\"\ndenominator = \"b\"\nas = "
                    "\"quotient\"\nper = 0\n"),
              Wrong{"indicators.pack_zero 6"});
}

TEST(Catalogue, RefusesTwoTargetsOfOneAreaOnOneDay) {
    EXPECT_EQ(wrong(R"([targets.a]
values = [
  { area = "513431", from = 2025-01-01, to = 2025-12-31, value = "100", authority = "assumed" },
  { area = "513431", from = 2025-12-31, value = "120", authority = "assumed" },
]
)"),
              Wrong{"indicators.pack_overlap 4"});
    EXPECT_EQ(wrong(R"([targets.a]
values = [{ area = "513431", from = 2025-01-01, to = 2024-12-31, value = "100", authority = "assumed" }]
)"),
              Wrong{"indicators.pack_dates 2"});
}

TEST(Catalogue, RefusesATargetOfCountsBelowTheSumOfItsLevel) {
    const std::string rows = R"(  { area = "513431100", from = 2025-01-01, value = "60", authority = "assumed" },
  { area = "513431101", from = 2025-06-01, value = "50", authority = "assumed" },
]
)";
    const std::string head = "[targets.a]\nvalues = [\n  { area = \"513431\", from = 2025-01-01, value = \"";
    EXPECT_EQ(wrong(head + "109\", authority = \"assumed\" },\n" + rows), Wrong{"indicators.pack_target_below_sum 3"});
    EXPECT_EQ(wrong(head + "110\", authority = \"assumed\" },\n" + rows), Wrong{});
}

// What a county promises of a share holds for each of its villages; what it promises of a count does not.
TEST(Promise, OfAShareHoldsBelowUntilAnAreaHasItsOwn) {
    const auto all = read(figures + R"([targets.rate]
values = [
  { area = "000000000000", from = 2021-01-01, value = "90", authority = "assumed" },
  { area = "513431", from = 2025-01-01, value = "95", authority = "assumed" },
]
[targets.a]
values = [{ area = "513431", from = 2025-01-01, value = "100", authority = "assumed" }]
)");
    ASSERT_TRUE(all.findings.empty());
    const auto day = *Date::from(2025, 3, 1);
    const auto& rate = *all.indicator("rate");
    EXPECT_EQ(all.promise(rate, township, day)->value, Decimal(95));
    EXPECT_EQ(all.promise(rate, township, *Date::from(2024, 3, 1))->value, Decimal(90));
    EXPECT_EQ(all.promise(*all.indicator("a"), county, day)->value, Decimal(100));
    EXPECT_EQ(all.promise(*all.indicator("a"), township, day), nullptr);
}

TEST(Rule, OfARatioNamesCountsAndAPercent) {
    EXPECT_EQ(wrong("[rules.x]\ntitle = { zh = \"x\", en = \"x\" }\nlaw = \"share\"\nfigures = [\"a\", \"b\", \"p\"]\npriority = \"low\"\n"),
              Wrong{});
    EXPECT_EQ(wrong("[rules.x]\ntitle = { zh = \"x\", en = \"x\" }\nlaw = \"growth\"\nfigures = [\"a\", \"b\"]\npriority = \"low\"\n"),
              Wrong{"indicators.pack_unlike 1"});
    EXPECT_EQ(wrong("[rules.x]\ntitle = { zh = \"x\", en = \"x\" }\nlaw = \"share\"\nfigures = [\"a\", \"p\"]\npriority = \"low\"\n"),
              Wrong{"indicators.pack_missing 4"});
}

}  // namespace
}  // namespace ballast::indicators
