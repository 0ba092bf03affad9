#include <gtest/gtest.h>

#include "base/rng.h"
#include "feel/ast.h"
#include "feel/expression.h"

namespace ballast::feel {
namespace {

const Environment november_23{*ballast::Date::from(2026, 11, 23)};

/// Names that the tests may use, with their values.
struct Names {
    Scope scope;
    std::vector<Value> values;
    Names& with(std::string_view name, Value value, Type type = Type::any()) {
        scope.declare(name, type);
        values.push_back(std::move(value));
        return *this;
    }
};

Value result(std::string_view text, const Names& names = {}) {
    const auto compiled = Expression::compile(text, names.scope, "test");
    if (!compiled) return null_because(compiled.error().id, compiled.error().args);
    return compiled->evaluate(names.values, november_23);
}

/// As FEEL writes it; a null as null and its cause.
std::string shown(std::string_view text, const Names& names = {}) {
    const Value value = result(text, names);
    return value.is_null() ? "null " + value.null()->cause->id : value.text();
}

std::string refusal(std::string_view text, const Names& names = {}) {
    const auto compiled = Expression::compile(text, names.scope, "test");
    if (compiled) return "accepted";
    std::string out = compiled.error().id;
    for (const auto& [name, value] : compiled.error().args)
        if (name == "line" || name == "column") out += " " + value;
    return out;
}

/// Whether the value passes the cell: "true", "false", or null and its cause.
std::string passes(Value value, std::string_view cell, const Names& names = {}) {
    const auto compiled = Expression::compile_tests(cell, names.scope, "cell");
    if (!compiled) return compiled.error().id;
    const Value out = compiled->test(value, names.values, november_23);
    return out.is_null() ? "null " + out.null()->cause->id : out.text();
}

TEST(FeelNumber, HasThirtyFourDigitsAndRoundsHalfToEven) {
    EXPECT_EQ(shown("1 / 3"), "0.3333333333333333333333333333333333");
    EXPECT_EQ(shown("0.1 + 0.2"), "0.3");
    EXPECT_EQ(shown("decimal(2.5, 0)"), "2");
    EXPECT_EQ(shown("decimal(3.5, 0)"), "4");
    EXPECT_EQ(shown("1.000"), "1");
    EXPECT_EQ(shown("-0"), "0");
    EXPECT_EQ(Number::scaled(750000, 2).text(), "7500");
    EXPECT_EQ(Number::scaled(-1, 2).text(), "-0.01");
}

TEST(FeelNumber, RoundsInEveryDirectionOnBothSidesOfZero) {
    EXPECT_EQ(shown("[round up(5.5, 0), round up(-5.5, 0), round up(1.1, 0), round up(-1.1, 0)]"),
              "[6, -6, 2, -2]");
    EXPECT_EQ(shown("[round down(5.5, 0), round down(-5.5, 0)]"), "[5, -5]");
    EXPECT_EQ(shown("[round half up(5.5, 0), round half up(-5.5, 0), round half up(2.4, 0)]"), "[6, -6, 2]");
    EXPECT_EQ(shown("[round half down(5.5, 0), round half down(-5.5, 0), round half down(5.51, 0)]"),
              "[5, -5, 6]");
    EXPECT_EQ(shown("[floor(-1.5), ceiling(-1.5), abs(-10), modulo(-12, 5)]"), "[-2, -1, 10, 3]");
}

TEST(FeelNumber, ReadsDigitsOnly) {
    for (const char* text : {"", "-", ".", "Inf", "NaN", "1e", "0x10", " 1", "1 ", "1e9999999999"})
        EXPECT_FALSE(Number::parse(text)) << text;
    EXPECT_EQ(Number::parse("-12.50")->text(), "-12.5");
    EXPECT_EQ(Number::parse("1e3")->integer(), 1000);
    EXPECT_FALSE(Number::parse("1.5")->integer());
}

TEST(Feel, CalculatesWithTheUsualPrecedence) {
    EXPECT_EQ(shown("10 + 20 / -5 - 3"), "3");
    EXPECT_EQ(shown("5+2**5+3"), "40");
    EXPECT_EQ(shown("-10--5"), "-5");
    EXPECT_EQ(shown("10**-5"), "0.00001");
    EXPECT_EQ(shown("2 ** 3 ** 2"), "64");
    EXPECT_EQ(shown("1 + 2 = 3 and not(4 < 3)"), "true");
    EXPECT_EQ(shown("\"a\" + \"b\""), "\"ab\"");
}

TEST(Feel, FindsTheLongestNameOfTheScope) {
    Names names;
    names.with("Monthly Salary", 1000)
        .with("Monthly", 5)
        .with("a-b", 7)
        .with("a", 3)
        .with("b", 2)
        .with("Applicant's age", 44);
    names.with("年度累计自付", 5000).with("人均 可支配收入", 20000);
    EXPECT_EQ(shown("12 * Monthly Salary", names), "12000");
    EXPECT_EQ(shown("Monthly + 1", names), "6");
    EXPECT_EQ(shown("a-b", names), "7");
    EXPECT_EQ(shown("b-a", names), "-1");
    EXPECT_EQ(shown("Applicant's age", names), "44");
    EXPECT_EQ(shown("年度累计自付 * 2", names), "10000");
    EXPECT_EQ(shown("人均   可支配收入", names), "20000");
}

TEST(Feel, ReadsFullWidthSignsAsHalfWidthOnesOutsideOfStrings) {
    Names names;
    names.with("自付", 5000);
    EXPECT_EQ(shown("（自付　＋　１）＊２", names), "10002");
    EXPECT_EQ(shown("自付 ≥ 5000", names), "true");
    EXPECT_EQ(shown("max（1，2）"), "2");
    EXPECT_EQ(shown("“收入，增加”"), "\"收入，增加\"");
    EXPECT_EQ(passes(6, "［1．．5］，＞10"), "false");
}

TEST(Feel, KnowsThreeTruthValues) {
    Names names;
    names.with("unknown", Value());
    EXPECT_EQ(shown("false and unknown", names), "false");
    EXPECT_EQ(shown("unknown and false", names), "false");
    EXPECT_EQ(shown("true or unknown", names), "true");
    EXPECT_EQ(shown("true and unknown", names), "null feel.unset");
    EXPECT_EQ(shown("false or unknown", names), "null feel.unset");
    EXPECT_EQ(shown("unknown = null", names), "true");
    EXPECT_EQ(shown("unknown > 3", names), "null feel.unset");
    EXPECT_EQ(shown("if unknown then 1 else 2", names), "2");
}

TEST(Feel, TellsWhyAValueIsNullAndWhere) {
    const Value divided = result("1 +\n  2 / 0");
    ASSERT_TRUE(divided.is_null());
    EXPECT_EQ(divided.null()->cause->id, "feel.divided_by_zero");
    EXPECT_EQ(divided.null()->cause->place.line, 2);
    EXPECT_EQ(divided.null()->cause->place.column, 5);
    EXPECT_EQ(divided.null()->cause->source, "test");
    EXPECT_EQ(shown("1 + \"a\""), "null feel.wrong_operands");
    EXPECT_EQ(shown("1 < \"a\""), "null feel.wrong_operands");
    EXPECT_EQ(shown("10 ** 7000"), "null feel.no_number");
    EXPECT_EQ(shown("[1,2][5]"), "null feel.no_position");
    EXPECT_EQ(shown("{a: 1}.b"), "null feel.no_entry");
    EXPECT_EQ(shown("date(\"2026-02-29\")"), "null feel.no_date");
    EXPECT_EQ(shown("5(1)"), "null feel.no_function");
    EXPECT_EQ(shown("abs(1, 2)"), "null feel.argument_count");
    EXPECT_EQ(shown("abs(x: 1)"), "null feel.unknown_parameter");
    EXPECT_EQ(shown("null"), "null feel.written_null");
}

TEST(Feel, ComparesDatesAndReadsTheirParts) {
    EXPECT_EQ(shown("date(\"2026-11-23\") = today()"), "true");
    EXPECT_EQ(shown("@\"2026-11-22\" < today()"), "true");
    EXPECT_EQ(shown("[today().year, today().month, today().day, today().weekday]"), "[2026, 11, 23, 1]");
    EXPECT_EQ(shown("date(2024, 2, 29)"), "2024-02-29");
    EXPECT_EQ(shown("date(-44, 3, 15)"), "-0044-03-15");
}

TEST(Feel, HasListsContextsFiltersAndLoops) {
    EXPECT_EQ(shown("[1, 2, 3, 4][item > 2]"), "[3, 4]");
    EXPECT_EQ(shown("[{a: 1, b c: 2}, {a: 5, b c: 6}][a > 1].b c"), "[6]");
    EXPECT_EQ(shown("[1, 2, 3][-1]"), "3");
    EXPECT_EQ(shown("[1, 2, 3][-n]", Names().with("n", 2)), "2");
    EXPECT_EQ(shown("[{n: 1}, {n: 5}][-n]"), "{n: 5}");  // n is the item's: looked at with the item before it
    EXPECT_EQ(shown("1[-n5]"), "[]");  // no item says which
    EXPECT_EQ(shown("{a: 2, b: a * 3}"), "{a: 2, b: 6}");
    EXPECT_EQ(shown("for i in 1..3, j in [10, 20] return i + j"), "[11, 21, 12, 22, 13, 23]");
    EXPECT_EQ(shown("for i in 3..1 return i"), "[3, 2, 1]");
    EXPECT_EQ(shown("for i in 0..4 return if i = 0 then 1 else i * partial[-1]"), "[1, 1, 2, 6, 24]");
    EXPECT_EQ(shown("some x in [1, 5] satisfies x > 4"), "true");
    EXPECT_EQ(shown("every x in [1, 5] satisfies x > 4"), "false");
    EXPECT_EQ(shown("every x in [] satisfies x > 4"), "true");
}

TEST(Feel, TakesANameForItselfThoughWhatItNamesHasAnEntryOfThatName) {
    EXPECT_EQ(shown("{a: {a: 1}, c: a}.c"), "{a: 1}");
    EXPECT_EQ(shown("{a: {a: 1}, c: a.a}.c"), "1");
    EXPECT_EQ(shown("for a in [{a: 1}] return a"), "[{a: 1}]");
    EXPECT_EQ(shown("(function(a) a)({a: 1})"), "{a: 1}");
    EXPECT_EQ(shown("some a in [{a: 1}] satisfies a = 1"), "null feel.wrong_operands");
    EXPECT_EQ(shown("[{a: 1}][a = 1]"), "[{a: 1}]");  // inside a filter the entry of the item is nearer
    EXPECT_EQ(shown("[{item: 1}][item = 1]"), "[{item: 1}]");
}

TEST(Feel, HasFunctionsThatRememberWhatSurroundedThem) {
    EXPECT_EQ(shown("{n: 10, add: function(x) x + n, r: add(5)}.r"), "15");
    EXPECT_EQ(shown("(function(a, b) a - b)(b: 1, a: 10)"), "9");
    EXPECT_EQ(shown("substring(string: \"foobar\", start position: 3)"), "\"obar\"");
    EXPECT_EQ(shown("starts with(\"返贫预警\", \"返贫\")"), "true");
    EXPECT_EQ(shown("string length(\"压舱石\")"), "3");
    EXPECT_EQ(shown("[sum(1, 2, 3), sum([1, 2, 3]), mean([1, 2]), count([7])]"), "[6, 6, 1.5, 1]");
}

TEST(Feel, TestsMembershipWithInAndBetween) {
    EXPECT_EQ(shown("5 in [1..5]"), "true");
    EXPECT_EQ(shown("5 in [1..5)"), "false");
    EXPECT_EQ(shown("1 in ]1..5]"), "false");
    EXPECT_EQ(shown("5 in [1..5["), "false");
    EXPECT_EQ(shown("5 in (1, > 4)"), "true");
    EXPECT_EQ(shown("5 in > 5"), "false");
    EXPECT_EQ(shown("\"b\" in (\"a\", \"b\")"), "true");
    EXPECT_EQ(shown("5 between 1 and 5 and true"), "true");
    EXPECT_EQ(shown("1 instance of number"), "true");
    EXPECT_EQ(shown("\"1\" instance of number"), "false");
}

TEST(FeelCell, HoldsAtTheBoundaryItNames) {
    const auto threshold = Names().with("limit", Number::scaled(500000, 2));
    EXPECT_EQ(passes(Number::scaled(500000, 2), ">= limit", threshold), "true");
    EXPECT_EQ(passes(Number::scaled(499999, 2), ">= limit", threshold), "false");
    EXPECT_EQ(passes(5, "[1..5]"), "true");
    EXPECT_EQ(passes(5, "[1..5)"), "false");
    EXPECT_EQ(passes(5, "(5..7]"), "false");
    EXPECT_EQ(passes(5, "1, 5, > 100"), "true");
    EXPECT_EQ(passes(5, "not(1, 5)"), "false");
    EXPECT_EQ(passes(6, "not(1, 5)"), "true");
    EXPECT_EQ(passes(5, "-"), "true");
    EXPECT_EQ(passes(5, ""), "true");
    EXPECT_EQ(passes(5, "? * 2 = 10"), "true");
    EXPECT_EQ(passes(5, "[1, 5, 9]"), "true");
    EXPECT_EQ(passes(*ballast::Date::from(2026, 1, 2), "> date(\"2026-01-01\")"), "true");
}

TEST(FeelCell, IsTrueOfABooleanOnlyWhenEqual) {
    EXPECT_EQ(passes(true, "true"), "true");
    EXPECT_EQ(passes(false, "true"), "false");
    EXPECT_EQ(passes(false, "false"), "true");
    EXPECT_EQ(passes(Value(), "false"), "false");
}

TEST(FeelCell, SaysWhyItCannotTellAboutAnAbsentValue) {
    EXPECT_EQ(passes(Value(), "> 5"), "null feel.unset");
    EXPECT_EQ(passes(Value(), "null"), "true");
    EXPECT_EQ(passes("text", "> 5"), "null feel.wrong_operands");
    EXPECT_EQ(passes("text", "[1..5]"), "null feel.wrong_operands");
}

TEST(Feel, RefusesWhatItCannotReadAndSaysWhere) {
    EXPECT_EQ(refusal("1 +"), "feel.syntax 1 4");
    EXPECT_EQ(refusal("(1"), "feel.syntax 1 3");
    EXPECT_EQ(refusal("1 2"), "feel.syntax 1 3");
    EXPECT_EQ(refusal("1 +\n 未知"), "feel.unknown_name 2 2");
    EXPECT_EQ(refusal("\"open"), "feel.bad_string 1 1");
    EXPECT_EQ(refusal("/* open"), "feel.syntax 1 1");
    EXPECT_EQ(refusal("@\"2026-13-01\""), "feel.bad_literal 1 1");
    EXPECT_EQ(refusal("{a: 1, a: 2}"), "feel.syntax 1 11");
    EXPECT_EQ(refusal("for x in"), "feel.syntax 1 9");
    EXPECT_EQ(refusal("~"), "feel.syntax 1 1");
}

TEST(Feel, RefusesWhatIsNestedTooDeepInsteadOfCrashing) {
    for (const char* open :
         {"(", "[", "{a: ", "-", "not(", "1 + (", "if true then ", "function() ", "[1..", "x["}) {
        std::string deep;
        for (int i = 0; i < 20'000; ++i) deep += open;
        EXPECT_NE(refusal(deep), "accepted") << open;
    }
    std::string chain = "1";
    for (int i = 0; i < 30'000; ++i) chain += "+1";
    EXPECT_EQ(refusal(chain).substr(0, 13), "feel.too_deep");
    EXPECT_EQ(refusal(std::string(500'000, ' ')).substr(0, 13), "feel.too_long");
}

// Whatever stands in a cell: an answer, a null with a cause, or a refusal; never a crash.
TEST(Feel, SurvivesAnyText) {
    const std::vector<std::string> words{
        "1",        "2.5", "\"s\"", "a",      "自付", "null", "true",  "if",        "then",
        "else",     "for", "in",    "return", "..",   "[",    "]",     "(",         ")",
        "{",        "}",   ":",     ",",      "+",    "-",    "**",    "/",         "=",
        "<",        ">=",  "and",   "or",     "not",  "some", "every", "satisfies", "between",
        "instance", "of",  "?",     ".",      "item", "sum",  "date",  "function",  "@",
        "partial",  "，",  "（",    "）",     "list", "count"};
    Names names;
    names.with("a", 3).with("自付", "text");
    Rng rng(7);
    int accepted = 0;
    for (int round = 0; round < 30'000; ++round) {
        std::string text;
        for (std::uint64_t i = 1 + rng.below(9); i > 0; --i) text += words[rng.below(words.size())] + " ";
        if (const auto compiled = Expression::compile(text, names.scope, "random")) {
            ++accepted;
            const Value value = compiled->evaluate(names.values, november_23);
            ASSERT_FALSE(value.text().empty()) << text;
            if (value.is_null()) {
                ASSERT_FALSE(value.null()->cause->id.empty()) << text;
            }
        }
        if (const auto compiled = Expression::compile_tests(text, names.scope, "random")) {
            const Value verdict = compiled->test(3, names.values, november_23);
            ASSERT_TRUE(verdict.boolean() || verdict.is_null()) << text;
        }
    }
    EXPECT_GT(accepted, 300);
}

TEST(Feel, EndsAFunctionThatCallsItselfForEver) {
    EXPECT_EQ(shown("{f: function(g, n) g(g, n + 1), r: f(f, 1)}.r"), "null feel.too_deep_evaluation");
    EXPECT_EQ(shown("count(for i in 1..1000000000000 return i)"), "null feel.too_many_turns");
    EXPECT_EQ(shown("(for i in 1..60 return if i = 1 then \"a\" else partial[-1] + partial[-1])[-1]"),
              "null feel.too_large");
    EXPECT_EQ(
        shown("(for i in 1..21 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))[-1]"),
        "null feel.too_large");
    EXPECT_EQ(shown("for i in 1..1000000 return count(partial)"), "null feel.too_many_turns");
}

TEST(FeelTypes, FindACellThatNoValueOfItsColumnCanPass) {
    Names names;
    names.with("limit", 1, Type::of(Kind::number));
    const auto finds = [&](std::string_view cell, Kind column) {
        const auto compiled = Expression::compile_tests(cell, names.scope, "cell");
        return compiled && mismatch(*compiled, Type::of(column), names.scope).has_value();
    };
    EXPECT_TRUE(finds("\"a\"", Kind::number));
    EXPECT_TRUE(finds("> limit", Kind::string));
    EXPECT_TRUE(finds("[1..5]", Kind::date));
    EXPECT_FALSE(finds("> limit * 2", Kind::number));
    EXPECT_FALSE(finds("\"a\", \"b\"", Kind::string));
    EXPECT_FALSE(finds("not(null)", Kind::number));
}

}  // namespace
}  // namespace ballast::feel
