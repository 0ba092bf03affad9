// Pack "negative": every rule hits and stays silent where its cases say so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/toml.h"
#include "screening/comparison.h"

namespace ballast::screening {
namespace {

namespace fs = std::filesystem;
const fs::path folder = fs::path(BALLAST_SOURCE_DIR) / "packs";

FactValue value_of(const packs::Fact& fact, const toml::node& node) {
    if (fact.kind == packs::FactKind::boolean) return node.value_exact<bool>().value();
    if (fact.kind == packs::FactKind::count) return node.value_exact<std::int64_t>().value();
    return Money::parse(node.value<std::string>().value()).value();
}

class NegativePack : public ::testing::Test {
protected:
    NegativePack() {
        const auto file = toml::parse_file((folder / "negative/cases/ordinary.toml").string());
        take(ordinary, *file["facts"].as_table());
    }
    void take(Facts& into, const toml::table& facts) const {
        for (const auto& [name, node] : facts) {
            const auto* fact = pack.fact(name.str());
            ASSERT_TRUE(fact) << name.str();
            if (node.value<std::string>() == "absent")
                into.erase(std::string(name.str()));
            else
                into.insert_or_assign(std::string(name.str()), Fact{value_of(*fact, node), {}});
        }
    }
    std::vector<std::string> hits(const Facts& facts) const {
        std::vector<std::string> out;
        for (const auto& hit : rules.evaluate({{std::nullopt, facts}}))
            out.push_back(hit.rule + " " + std::string(name_of(hit.severity)));
        return out;
    }
    const packs::Pack pack = packs::load("negative", folder).value();
    const NegativeRules rules =
        NegativeRules::load(*AreaCode::from_number(513431'000'000), *Date::from(2023, 11, 23), folder)
            .value();
    Facts ordinary;
};

TEST_F(NegativePack, FindsNothingAboutAnOrdinaryHousehold) {
    EXPECT_THAT(hits(ordinary), ::testing::IsEmpty());
}

TEST_F(NegativePack, AsksForConsentAndSaysWhatMayExplainEachRule) {
    EXPECT_TRUE(pack.consent_required);
    EXPECT_EQ(pack.rules.size(), 9U);
    for (const auto& rule : pack.rules) EXPECT_FALSE(rule.explanations.empty()) << rule.id;
    for (const auto& parameter : pack.parameters)
        for (const auto& value : parameter.values) EXPECT_TRUE(value.assumed()) << parameter.name;
}

TEST_F(NegativePack, HitsAndStaysSilentWhereItsCasesSaySo) {
    int cases = 0;
    for (const char* kind : {"good", "bad"})
        for (const auto& rule : pack.rules) {
            const auto path = folder / "negative/cases" / kind / (rule.id + ".toml");
            const auto file = toml::parse_file(path.string());
            ASSERT_TRUE(file) << path;
            for (const auto& node : *file.table()["case"].as_array()) {
                const auto& one = *node.as_table();
                Facts facts = ordinary;
                take(facts, *one["facts"].as_table());
                std::vector<std::string> expected;
                for (const auto& hit : *one["hits"].as_array())
                    expected.push_back(hit.value<std::string>().value());
                EXPECT_EQ(hits(facts), expected)
                    << rule.id << ": " << one["says"].value<std::string>().value();
                EXPECT_EQ(expected.empty(), std::string_view(kind) == "bad") << rule.id;
                ++cases;
            }
        }
    EXPECT_GE(cases, 28);
}

}  // namespace
}  // namespace ballast::screening
