#include "packs/packs.h"

#include <gtest/gtest.h>

namespace ballast::packs {
namespace {

const std::string head = R"(name = "t"
title = { zh = "试", en = "trial" }
issuer = "issuer"
document = "document"
valid_from = 2021-01-01
areas = ["51"]
)";

Result<Pack> pack_with(std::string parameters, std::string facts = {}) {
    return read(
        "t",
        {{"pack.toml", head}, {"parameters.toml", std::move(parameters)}, {"inputs.toml", std::move(facts)}});
}

std::string line(std::string values) {
    return "[line]\ntitle = { zh = \"线\", en = \"line\" }\nunit = \"fen\"\nvalues = [" + values + "]\n";
}

Date day(const char* iso) { return *Date::parse(iso); }
AreaCode area(const char* digits) { return *AreaCode::parse(digits); }

std::string refusal(const Result<Pack>& pack) {
    if (pack) return "accepted";
    std::string out = pack.error().id;
    for (const auto& [name, value] : pack.error().args)
        if (name == "line" || name == "key") out += " " + value;
    return out;
}

TEST(Pack, TakesTheValueOfTheNearestAreaThatHasOneOnTheDay) {
    const auto pack = pack_with(line(R"(
        { from = 2021-01-01, value = 600000, authority = "national" },
        { from = 2023-01-01, area = "51", value = 750000, authority = "assumed: test" },
        { from = 2024-01-01, to = 2024-06-30, area = "513431", value = 800000, authority = "county" })"));
    ASSERT_TRUE(pack);
    const auto value = [&](const char* on, const char* where) {
        return pack->bind("line", day(on), area(where)).value().value->value.plain();
    };
    EXPECT_EQ(value("2022-12-31", "513431"), "600000");
    EXPECT_EQ(value("2023-01-01", "513431"), "750000");
    EXPECT_EQ(value("2023-12-31", "513431100200"), "750000");
    EXPECT_EQ(value("2024-01-01", "513431100200"), "800000");
    EXPECT_EQ(value("2024-06-30", "513431"), "800000");
    EXPECT_EQ(value("2024-07-01", "513431"), "750000");
    EXPECT_EQ(value("2024-01-01", "513432"), "750000");
    EXPECT_EQ(value("2024-01-01", "110000"), "600000");
    const auto none = pack->bind("line", day("2020-12-31"), area("51"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().id, "packs.no_value");
    EXPECT_EQ(none.error().kind, ErrorKind::not_found);
}

TEST(Pack, ShowsYuanToRulesAndTellsWhatIsAssumed) {
    const auto pack =
        pack_with(line(R"({ from = 2021-01-01, value = 750001, authority = "assumed: test" })"));
    ASSERT_TRUE(pack);
    const auto bound = pack->bind("line", day("2021-01-01"), AreaCode()).value();
    EXPECT_EQ(bound.value->in_rules().plain(), "7500.01");
    EXPECT_TRUE(bound.value->assumed());
}

TEST(Pack, ReadsFractionsExactlyAsWritten) {
    std::string text = line(R"({ from = 2021-01-01, value = 1.2, authority = "a" })");
    text.replace(text.find("fen"), 3, "ratio");
    EXPECT_EQ(pack_with(text)->parameters[0].values[0].in_rules().plain(), "1.2");
}

TEST(Pack, EndsAnOpenValueWhereTheNextOneBegins) {
    const auto pack = pack_with(line(
        R"({ from = 2021-01-01, value = 1, authority = "a" }, { from = 2022-01-01, value = 2, authority = "a" })"));
    ASSERT_TRUE(pack);
    EXPECT_EQ(pack->parameters[0].values[0].to, day("2021-12-31"));
    EXPECT_EQ(pack->parameters[0].values[1].to, std::nullopt);
}

TEST(Pack, RefusesWhatIsWrongAndSaysWhere) {
    EXPECT_EQ(
        refusal(pack_with(line(
            R"({ from = 2021-01-01, to = 2022-01-01, value = 1, authority = "a" }, { from = 2022-01-01, value = 2, authority = "a" })"))),
        "packs.overlap 1 line");
    EXPECT_EQ(
        refusal(pack_with(line(R"({ from = 2021-01-02, to = 2021-01-01, value = 1, authority = "a" })"))),
        "packs.bad_dates 4 to");
    EXPECT_EQ(refusal(pack_with(line(R"({ from = 2021-01-01, value = 1 })"))), "packs.missing 4 authority");
    EXPECT_EQ(refusal(pack_with(line(R"({ value = 1, authority = "a" })"))), "packs.missing 4 from");
    EXPECT_EQ(refusal(pack_with(line(R"({ from = 2021-01-01, value = "1", authority = "a" })"))),
              "packs.missing 4 value");
    EXPECT_EQ(refusal(pack_with(line(R"({ from = 2021-01-01, area = "5x", value = 1, authority = "a" })"))),
              "packs.bad_area 4 area");
    std::string unit = line(R"({ from = 2021-01-01, value = 1, authority = "a" })");
    unit.replace(unit.find("fen"), 3, "yuan");
    EXPECT_EQ(refusal(pack_with(unit)), "packs.unknown_unit 1 line");
    // Not read, and so in force for ever: where the next value began there was no overlap to see.
    EXPECT_EQ(refusal(pack_with(line(R"({ from = 2021-01-01, until = 2022-01-01, value = 1, authority = "a" })"))),
              "packs.unknown_key 4 until");
    EXPECT_EQ(refusal(pack_with(line(R"({ from = 2021-01-01, areas = "51", value = 1, authority = "a" })"))),
              "packs.unknown_key 4 areas");
    EXPECT_EQ(refusal(pack_with(line(R"({ from = 2021-01-01, value = 1, authority = "a" })") + "least = 0\n")),
              "packs.unknown_key 5 least");
    EXPECT_EQ(refusal(pack_with("[line\n")).substr(0, 17), "packs.malformed 1");
    // toml++ asserts that a name follows the bracket: the process ended.
    for (const std::string header : {"[标题]", "[[标题]]", "[line]\n[+]", "[“a”]"})
        EXPECT_EQ(refusal(pack_with("# one\n" + header + "\n")).substr(0, 16), "packs.malformed ") << header;
    EXPECT_EQ(refusal(pack_with("# one\n[标题]\n")).substr(0, 17), "packs.malformed 2");
    EXPECT_EQ(
        refusal(pack_with(
            line(R"({ from = 2021-01-01, value = 1, authority = "a" })"),
            "[line]\ntitle = { zh = \"线\", en = \"line\" }\ntype = \"money\"\nsource = \"register\"\n")),
        "packs.double_name 1 line");
    EXPECT_EQ(refusal(read("t", {})), "packs.no_such_pack");
    EXPECT_EQ(refusal(read("copy", {{"pack.toml", head}})), "packs.other_name 1 name");
    EXPECT_EQ(refusal(read("t", {{"pack.toml", head + "area = \"51\"\n"}})), "packs.unknown_key 7 area");
    EXPECT_EQ(refusal(load("no such pack")), "packs.no_such_pack");
    EXPECT_EQ(refusal(load("../screening")), "packs.no_such_pack");
}

TEST(Pack, HasAHashThatChangesWithEveryByte) {
    const auto a = pack_with(line(R"({ from = 2021-01-01, value = 1, authority = "a" })"));
    const auto b = pack_with(line(R"({ from = 2021-01-01, value = 2, authority = "a" })"));
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->hash.size(), 64U);
    EXPECT_NE(a->hash, b->hash);
}

TEST(Pack, OfScreeningLiesInTheProgramAndAFolderGoesBeforeIt) {
    const auto inside = load("screening");
    ASSERT_TRUE(inside) << inside.error().id << " " << inside.error().args[0].second;
    const auto folder = load("screening", BALLAST_SOURCE_DIR "/packs");
    ASSERT_TRUE(folder);
    EXPECT_EQ(inside->hash, folder->hash);
    EXPECT_EQ(inside->tables.size(), 15U);
    EXPECT_TRUE(inside->fact("hosp_self_paid_ytd"));
    EXPECT_EQ(inside->rule("R01")->cooldown, "cooldown_medical");
}

}  // namespace
}  // namespace ballast::packs
