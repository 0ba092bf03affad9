// The packs that we ship have nothing to find; each fault planted in a copy is found where it stands.
#include "pack_check/pack_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "words/words.h"

namespace ballast::pack_check {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const fs::path packs_folder = fs::path(BALLAST_SOURCE_DIR) / "packs";

std::vector<std::string> sentences(const Report& report) {
    std::vector<std::string> out;
    for (const auto& finding : report.findings) {
        out.push_back(words::say(finding, words::Language::en));
        EXPECT_TRUE(words::known(finding.id)) << finding.id;
        EXPECT_THAT(out.back(), ::testing::Not(HasSubstr("{"))) << "a place was not filled";
    }
    return out;
}

TEST(PackCheck, FindsNothingInThePacksThatWeShip) {
    for (const auto& entry : fs::directory_iterator(packs_folder)) {
        const auto has = [&](const char* file) { return fs::exists(entry.path() / file); };
        if (has("programme.toml") || has("indicators.toml") || has("returns.toml"))
            continue;  // the modules programmes, indicators and returns check these
        const Report report = check(entry.path());
        EXPECT_THAT(sentences(report), IsEmpty()) << entry.path();
        EXPECT_GT(report.parameters, 0U) << entry.path();
        if (report.rules > 0) {
            EXPECT_GE(report.cases, 2 * report.rules) << entry.path();
            EXPECT_GT(report.tables, 0U);
        }
    }
}

class PlantedFault : public ::testing::Test {
protected:
    PlantedFault() {
        fs::remove_all(root);
        fs::create_directories(root);
        fs::copy(packs_folder / "screening", folder, fs::copy_options::recursive);
    }
    ~PlantedFault() override { fs::remove_all(root); }

    /// Puts a text in place of another, which must be there; what the check then says.
    std::vector<std::string> after(const char* file, const std::string& was, const std::string& is) const {
        std::ifstream in(folder / file, std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(in), {});
        const auto place = bytes.find(was);
        EXPECT_NE(place, std::string::npos) << was;
        bytes.replace(place, was.size(), is);
        std::ofstream(folder / file, std::ios::binary) << bytes;
        return sentences(check(folder));
    }

    const fs::path root =
        fs::temp_directory_path() /
        ("ballast_pack_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    const fs::path folder = root / "screening";
};

TEST_F(PlantedFault, AThresholdThatMovedIsFoundByTheCases) {
    EXPECT_THAT(
        after("parameters.toml", "{ from = 2021-01-01, value = 500000,",
              "{ from = 2021-01-01, value = 900000,"),
        Contains(AllOf(HasSubstr("screening/cases/good/R01.toml, line "), HasSubstr("expected R01"))));
}

TEST_F(PlantedFault, DaysWithoutAValue) {
    EXPECT_THAT(
        after("parameters.toml", "{ from = 2021-01-01, value = 500000,",
              "{ from = 2020-01-01, to = 2020-06-30, value = 500000, authority = \"assumed\" },\n"
              "  { from = 2021-01-01, value = 500000,"),
        Contains(AllOf(HasSubstr("screening/parameters.toml, line 9: “hosp_limit_ex_poor” has no value "
                                 "from 2020-07-01 to 2020-12-31"))));
}

TEST_F(PlantedFault, ACellThatNothingPasses) {
    EXPECT_THAT(
        after("water.dmn", "<text>&gt; water_outage_limit</text>",
              "<text>[water_outage_limit + 1..water_outage_limit]</text>"),
        Contains(AllOf(HasSubstr("screening/water.dmn, line 31: rule 1 of “饮水预警” never matches"))));
}

TEST_F(PlantedFault, AnInputThatNobodyKnows) {
    EXPECT_THAT(after("inputs.toml", "[water_outage_days]", "[water_outage]"),
                AllOf(Contains(HasSubstr("the table asks for “water_outage_days”")),
                      Contains(HasSubstr("no table asks for “water_outage”"))));
}

TEST_F(PlantedFault, AnInputOfAnotherKind) {
    EXPECT_THAT(after("water.dmn", "name=\"water_quality_bad\" typeRef=\"boolean\"",
                      "name=\"water_quality_bad\" typeRef=\"string\""),
                Contains(AllOf(HasSubstr("screening/water.dmn, line 23"),
                               HasSubstr("this gives a string, but the declared type is boolean"))));
}

TEST_F(PlantedFault, AFactOfAnotherKindThanItsInput) {
    EXPECT_THAT(after("inputs.toml", "en = \"Water quality recently failed\" }\ntype = \"boolean\"",
                      "en = \"Water quality recently failed\" }\ntype = \"count\""),
                Contains(HasSubstr("“water_quality_bad” is a boolean here and a number in inputs.toml")));
}

TEST_F(PlantedFault, ARuleWithoutWordsOrCases) {
    EXPECT_THAT(after("water.dmn", "\"R22\"", "\"R99\""),
                Contains(AllOf(HasSubstr("screening/water.dmn, line 31"), HasSubstr("“R99”"))));
    fs::remove(folder / "cases/bad/R23.toml");
    EXPECT_THAT(sentences(check(folder)),
                Contains(HasSubstr("screening/cases/bad/R23.toml: there are no cases")));
}

TEST_F(PlantedFault, ABrokenFile) {
    EXPECT_THAT(after("water.dmn", "</definitions>", ""), Contains(HasSubstr("not well-formed XML")));
    EXPECT_THAT(after("parameters.toml", "[hosp_limit_ex_poor]", "[hosp_limit_ex_poor"),
                Contains(HasSubstr("screening/parameters.toml, line 9: not valid TOML")));
    EXPECT_THAT(sentences(check(root / "nothing")), Contains(HasSubstr("no pack called")));
}

TEST_F(PlantedFault, ACaseThatSaysSomethingElse) {
    EXPECT_THAT(after("cases/bad/R23.toml", "labour_count = 1", "labour_count = 0"),
                Contains(AllOf(HasSubstr("screening/cases/bad/R23.toml, line 11"),
                               HasSubstr("“one able to work”: the rule R23 should not answer"))));
    EXPECT_THAT(after("cases/bad/R23.toml", "has_tekun = true", "has_tekun = \"yes\""),
                Contains(HasSubstr("screening/cases/bad/R23.toml, line 8: “has_tekun” is absent")));
}

}  // namespace
}  // namespace ballast::pack_check
