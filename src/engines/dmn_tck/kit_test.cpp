// The public compliance kit. expected.txt holds what passed last; a folder never passes fewer.
#include "dmn_tck/kit.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

namespace ballast::dmn_tck {
namespace {

namespace fs = std::filesystem;

std::string kit() {
    const char* named = std::getenv("BALLAST_DMN_TCK");
    return named ? named : BALLAST_SOURCE_DIR "/../shared/data/dmn-tck";
}

TEST(Kit, PassesInEachFolderWhatItPassedBefore) {
    if (!fs::exists(kit())) GTEST_SKIP() << "the kit is not at " << kit();
    const auto report = run(kit(), *Date::from(2026, 11, 23));
    ASSERT_TRUE(report) << report.error().id;
    std::map<std::string, int> passed;
    for (const auto& folder : report->folders)
        passed[folder.level + "/" + folder.name] = folder.count(Verdict::passed);
    const std::string expected_file = BALLAST_SOURCE_DIR "/src/engines/dmn_tck/expected.txt";
    if (std::getenv("BALLAST_DMN_TCK_RECORD")) {
        std::ofstream out(expected_file);
        for (const auto& [name, count] : passed) out << name << " " << count << "\n";
    }
    std::ifstream expected(expected_file);
    std::string name;
    int floor = 0, folders = 0;
    for (; expected >> name >> floor; ++folders)
        EXPECT_GE(passed[name], floor) << name << ": `ballast rules tck` with --report says why";
    EXPECT_EQ(folders, static_cast<int>(passed.size()))
        << "folders of the kit that expected.txt does not name";
    if (const char* file = std::getenv("BALLAST_DMN_TCK_REPORT")) std::ofstream(file) << report->text();
    std::cout << report->count(Verdict::passed) << " of " << report->cases() << " cases pass\n";
}

TEST(Kit, SaysSoWhereThereAreNoCases) {
    const auto report = run(BALLAST_SOURCE_DIR "/words", *Date::from(2026, 11, 23));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().id, "dmn_tck.no_cases");
}

}  // namespace
}  // namespace ballast::dmn_tck
