#include "returns/form.h"

#include <gtest/gtest.h>

#include <array>

#include "returns/fill.h"

namespace ballast::returns {
namespace {

const indicators::Catalogue& figures() {
    static const auto all = indicators::catalogue("");
    return *all;
}
constexpr std::array<std::string_view, 1> of_households{"户"};
const packs::Registers registers{{"environment/toilet", {{"户厕", "Household toilets"}, {"sanitary"}, of_households}}};

Catalogue read(std::string text) {
    const std::vector<packs::File> files{{"mine/returns.toml", std::move(text)}};
    return read_catalogue(files, figures(), &registers);
}
/// "id line" of everything that is wrong.
std::vector<std::string> wrong(std::string text) {
    std::vector<std::string> out;
    for (const auto& one : read(std::move(text)).findings) out.push_back(one.what.id + " " + std::to_string(one.line));
    return out;
}
using Wrong = std::vector<std::string>;

const std::string good = R"([fields.a]
title = { zh = "甲", en = "A" }
unit = "户"
figure = "households"
[fields.b]
title = { zh = "乙", en = "B" }
unit = "户"
most = "9"
[fields.c]
title = { zh = "丙", en = "C" }
kind = "choice"
choices = [{ value = "y", zh = "是", en = "yes" }, { value = "n", zh = "否", en = "no" }]
[forms.f]
title = { zh = "表", en = "Form" }
authority = "assumed"
valid_from = 2025-01-01
[[forms.f.sections]]
title = { zh = "一", en = "One" }
fields = ["a", "b", "c"]
[[forms.f.checks]]
title = { zh = "乙不多于甲", en = "B within A" }
law = "at_most"
fields = ["b", "a"]
)";

TEST(Forms, ThoseInsideTheProgramAreWhole) {
    const auto all = catalogue("", figures());
    EXPECT_TRUE(all->findings.empty());
    EXPECT_GE(all->forms.size(), 3U);
    EXPECT_TRUE(all->form("village_basics")->assumed());
}

TEST(Forms, AreReadWithTheirFieldsAndChecks) {
    const auto all = read(good);
    ASSERT_TRUE(all.findings.empty());
    EXPECT_EQ(all.form("f")->fields(), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(all.field("a")->from, From::figure);
    EXPECT_EQ(all.field("b")->from, From::asked);
}

TEST(Forms, SayWhatIsWrongWithLineAndLeaveTheFileOut) {
    EXPECT_EQ(wrong("[fields"), Wrong{"returns.pack_malformed 1"});
    EXPECT_EQ(wrong(R"([fields.a]
title = { zh = "甲", en = "A" }
unit = "人"
figure = "households"
)"),
              Wrong{"returns.pack_unlike 1"});  // the figure is counted in 户
    EXPECT_EQ(wrong(R"([fields.a]
title = { zh = "甲", en = "A" }
unit = "户"
figure = "nobody"
[fields.b]
title = { zh = "乙" }
unit = "hh"
[fields.c]
title = { zh = "丙", en = "C" }
unit = "户"
register = "environment/nothing"
[fields.d]
title = { zh = "丁", en = "D" }
unit = "户"
register = "environment/toilet"
where = { colour = "white" }
[fields.e]
title = { zh = "戊", en = "E" }
unit = "座"
register = "environment/toilet"
)"),
              (Wrong{"returns.pack_reference 4", "returns.pack_missing 6", "returns.pack_missing 7",
                     "returns.pack_reference 11", "returns.pack_reference 16", "returns.pack_unlike 17"}));
    const auto broken = read(good + "[fields.a]\n");
    EXPECT_FALSE(broken.findings.empty());
    EXPECT_TRUE(broken.forms.empty());
}

// A broken pack stops no other.
TEST(Forms, OfOtherPacksGoOn) {
    const std::vector<packs::File> files{{"bad/returns.toml", "[fields.x]\nunit = 3\n"}, {"good/returns.toml", good}};
    const auto all = read_catalogue(files, figures(), &registers);
    EXPECT_FALSE(all.findings.empty());
    EXPECT_NE(all.form("f"), nullptr);
}

TEST(Forms, DoNotTakeAFigureOfALongerTermOrAHigherLevel) {
    EXPECT_EQ(wrong(R"([fields.grain]
title = { zh = "粮食产量", en = "Grain" }
unit = "公斤"
figure = "grain_output"
[forms.f]
title = { zh = "表", en = "Form" }
authority = "assumed"
valid_from = 2025-01-01
term = "quarter"
[[forms.f.sections]]
title = { zh = "一", en = "One" }
fields = ["grain"]
)"),
              (Wrong{"returns.pack_too_long 10", "returns.pack_too_low 10"}));
}

TEST(Forms, CannotEndBeforeTheyBegin) {
    auto text = good;
    text.replace(text.find("valid_from = 2025-01-01"), 23, "valid_from = 2025-01-01\nvalid_to = 2024-12-31");
    EXPECT_EQ(wrong(text), Wrong{"returns.pack_dates 17"});
}

TEST(Answer, IsKeptAsItsKindSaysOrRefused) {
    const auto all = read(good);
    EXPECT_EQ(*read_answer(*all.field("b"), " 9 "), "9");
    EXPECT_EQ(read_answer(*all.field("b"), "10").error().id, "returns.outside");
    EXPECT_EQ(read_answer(*all.field("b"), "九").error().id, "indicators.not_a_number");
    EXPECT_EQ(*read_answer(*all.field("c"), "y"), "y");
    EXPECT_EQ(read_answer(*all.field("c"), "是").error().id, "returns.no_such_choice");
    EXPECT_EQ(shown(*all.field("c"), "y", words::Language::zh), "是");
    EXPECT_EQ(*read_answer(*all.field("b"), ""), "");
}

// Remembered for as long as it holds.
TEST(Answer, HoldsForItsTermItsYearOrUntilItChanges) {
    const auto quarter = *indicators::Term::parse("2025-Q1");
    Field field;
    EXPECT_EQ(period_of(field, quarter), "2025-Q1");
    field.holds = Holds::year;
    EXPECT_EQ(period_of(field, quarter), "2025");
    field.holds = Holds::standing;
    EXPECT_EQ(period_of(field, quarter), "");
}

TEST(Spared, CountsWhatHadNotToBeAskedAgain) {
    std::vector<Filled> fields(5);
    fields[0].origin = Origin::registered;
    fields[1].origin = Origin::figure;
    fields[2].origin = Origin::remembered;
    fields[3].origin = Origin::typed;
    const auto n = count(fields);
    EXPECT_EQ(n.all(), 5);
    EXPECT_EQ(n.spared(), 3);
    EXPECT_EQ(n.missing, 1);
}

TEST(Checks, SayWhatDoesNotFitAndNothingOfWhatIsNotThere) {
    const auto all = read(good);
    std::vector<Filled> fields(3);
    for (std::size_t i = 0; i < 3; ++i) fields[i].field = &all.fields[i];
    fields[0].value = "2";
    fields[1].value = "3";
    const auto found = broken(all, *all.form("f"), fields);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().printed, "3");
    EXPECT_EQ(found.front().computed, "2");
    fields[0].hidden = true;
    EXPECT_TRUE(broken(all, *all.form("f"), fields).empty());
}

}  // namespace
}  // namespace ballast::returns
