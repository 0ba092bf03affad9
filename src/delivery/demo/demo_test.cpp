#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "chinese/chinese.h"
#include "demo/checks.h"
#include "demo/feed_files.h"
#include "demo/names.h"
#include "registry/validation.h"

namespace ballast::demo {
namespace {

const AreaCode zhaojue = *AreaCode::parse("513431");
const Date today = *Date::from(2026, 11, 23);

County small_county(std::uint64_t seed) { return *make_county(areas::Division::shipped(), zhaojue, 3'000, seed, today); }

TEST(DemoCounty, IsTheSameForTheSameSeedAndAnotherForAnother) {
    const auto first = small_county(1), again = small_county(1), other = small_county(2);
    ASSERT_EQ(first.households.size(), again.households.size());
    for (std::size_t i = 0; i < first.households.size(); ++i) {
        ASSERT_EQ(first.households[i].members.size(), again.households[i].members.size());
        EXPECT_EQ(first.households[i].members[0].values, again.households[i].members[0].values);
    }
    EXPECT_FALSE(first.households[0].members[0].values == other.households[0].members[0].values);
}

TEST(DemoCounty, HasNoFaultOfItsOwn) {
    const auto county = small_county(1);
    EXPECT_NEAR(static_cast<double>(county.people()), 3'000, 10);
    std::set<std::string> ids, numbers;
    for (const auto& home : county.households) {
        EXPECT_TRUE(numbers.insert(home.household_no).second);
        EXPECT_TRUE(zhaojue.contains(home.village));
        for (const auto& member : home.members) EXPECT_TRUE(ids.insert(member.values[registry::PersonField::id_number]).second);
        for (const auto& finding : registry::validate(home, today)) EXPECT_NE(finding.severity, registry::Severity::error) << finding.id;
    }
}

TEST(DemoCounty, HasSlipsThatTheRegisterAsksAboutButTakes) {
    auto county = small_county(1);
    slip(county, 1);
    std::map<std::string, int> asked;
    for (const auto& home : county.households)
        for (const auto& finding : registry::validate(home, today)) {
            EXPECT_NE(finding.severity, registry::Severity::error) << finding.id;
            ++asked[finding.id];
        }
    EXPECT_GE(asked["registry.income_zero"], 3);
    EXPECT_GE(asked["registry.student_age"], 3);
}

TEST(DemoCounty, RefusesAnAreaWithoutVillages) {
    const auto none = make_county(areas::Division::shipped(), *AreaCode::parse("990000"), 100, 1, today);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().id, "demo.no_villages");
}

TEST(DemoNames, VariantsAreTheSameNameAndHomophonesAreNot) {
    Rng rng(7);
    for (int i = 0; i < 500; ++i) {
        const auto people = i % 2 ? People::yi : People::han;
        const auto name = draw_name(rng, draw_family_name(rng, people), Sex::female);
        EXPECT_TRUE(chinese::same_name(name, variant_of(rng, name))) << name;
        const auto other = homophone_of(rng, name);
        if (other != name) EXPECT_FALSE(chinese::same_name(name, other)) << name << " " << other;
    }
}

TEST(DemoFiles, TheTruthSpeaksOfEveryRowAndHigherProfilesHaveMoreFaults) {
    const auto county = small_county(1);
    std::map<std::string, int> faults;
    for (const auto profile : {FaultProfile::low, FaultProfile::high}) {
        const auto folder = std::filesystem::path(testing::TempDir()) / ("demo-files-" + std::string(name_of(profile)));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        const auto files = write_year(county, areas::Division::shipped(), profile, 1, folder.string());
        ASSERT_TRUE(files) << files.error().id;
        EXPECT_GT(files->size(), 60U);
        for (const auto& file : *files) EXPECT_TRUE(std::filesystem::exists(folder / file.path)) << file.path;
        std::ifstream truth(folder / "truth.csv");
        std::string line;
        std::getline(truth, line);
        EXPECT_EQ(line, "file,sheet,row,feed,household_no,id_number,fault,expected");
        int rows = 0;
        while (std::getline(truth, line)) {
            ++rows;
            faults[std::string(name_of(profile))] += !line.ends_with(",,matched");
        }
        EXPECT_GT(rows, 500);
        std::filesystem::remove_all(folder);
    }
    EXPECT_GT(faults["high"], 3 * faults["low"]);
}

}  // namespace
}  // namespace ballast::demo
