// A value written into the text of a file leaves all else of it as it was.
#include "rules/values_text.h"

#include <gtest/gtest.h>

#include "packs/store.h"

namespace ballast::rules {
namespace {

const AreaCode zhaojue = *AreaCode::parse("513431");
Date day(const char* iso) { return *Date::parse(iso); }

packs::File file(std::string bytes) { return {"t/parameters.toml", std::move(bytes)}; }

const std::string text = R"(# 门槛
["住院"]
title = { zh = "住院年度自付", en = "bill" }
values = [
  { from = 2021-01-01, value = 500000, authority = "县“文件”" },  # 上级规定
]
[line]
values = [{ from = 2021-01-01, value = 0.25, authority = "a" }, { from = 2022-01-01, area = "51", value = 1, authority = "b" }]
)";

NewValue value(const char* parameter, const char* number, const char* from, AreaCode area,
               const char* authority = "县文件") {
    return {parameter, *Decimal::parse(number), day(from), area, authority};
}

TEST(ValuesText, PutsARowBehindTheOthersAndKeepsTheRest) {
    EXPECT_EQ(*with_value(file(text), value("住院", "800000", "2025-03-10", zhaojue)), R"(# 门槛
["住院"]
title = { zh = "住院年度自付", en = "bill" }
values = [
  { from = 2021-01-01, value = 500000, authority = "县“文件”" },
  { from = 2025-03-10, area = "513431000000", value = 800000, authority = "县文件" },  # 上级规定
]
[line]
values = [{ from = 2021-01-01, value = 0.25, authority = "a" }, { from = 2022-01-01, area = "51", value = 1, authority = "b" }]
)");
}

TEST(ValuesText, ReplacesTheRowOfTheSameDayAndArea) {
    const auto written =
        *with_value(file(text), value("line", "0.35", "2022-01-01", *AreaCode::parse("51"), "说\"这\\\""));
    EXPECT_NE(
        written.find(
            R"("a" }, { from = 2022-01-01, area = "510000000000", value = 0.35, authority = "说\"这\\\"" }])"),
        std::string::npos)
        << written;
}

TEST(ValuesText, TakesBackWhatItPutIn) {
    for (const char* parameter : {"住院", "line"}) {
        const auto there = *with_value(file(text), value(parameter, "7", "2025-03-10", zhaojue));
        EXPECT_EQ(*without_value(file(there), parameter, day("2025-03-10"), zhaojue), text) << parameter;
    }
}

TEST(ValuesText, RefusesByName) {
    const auto refusal = [](const auto& result) { return result ? "accepted" : result.error().id; };
    EXPECT_EQ(refusal(with_value(file(text), value("nothing", "1", "2025-01-01", zhaojue))),
              "rules.unknown_parameter");
    EXPECT_EQ(refusal(with_value(file(text), value("line", "1", "2025-01-01", zhaojue, " "))),
              "rules.no_authority");
    EXPECT_EQ(refusal(with_value(file(text), value("line", "1", "2025-01-01", zhaojue, "a\nb"))),
              "rules.no_authority");
    EXPECT_EQ(refusal(with_value(file("[x"), value("line", "1", "2025-01-01", zhaojue))), "packs.malformed");
    EXPECT_EQ(refusal(without_value(file(text), "line", day("2025-01-01"), zhaojue)), "rules.no_such_value");
    EXPECT_EQ(refusal(without_value(file(text), "住院", day("2021-01-01"), AreaCode())), "rules.last_value");
}

TEST(ValuesText, TheProgramsOwnPacksTakeAValueOfEachParameter) {
    for (const std::string pack : {"screening", "negative", "casework"}) {
        auto files = packs::shipped_files(pack);
        const auto before = *packs::load(pack);
        auto& parameters = *std::ranges::find(files, "parameters.toml", &packs::File::name);
        for (const auto& one : before.parameters)
            parameters.bytes = *with_value(parameters, value(one.name.c_str(), "0", "2031-01-01", zhaojue));
        const auto after = packs::read(pack, packs::top_level(files));
        ASSERT_TRUE(after) << after.error().id;
        for (const auto& one : before.parameters) {
            EXPECT_EQ(after->bind(one.name, day("2031-01-01"), zhaojue).value().value->authority, "县文件");
            EXPECT_EQ(after->parameter(one.name)->values.size(), one.values.size() + 1);
        }
    }
}

}  // namespace
}  // namespace ballast::rules
