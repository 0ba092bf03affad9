// Dates, types, ranges, regular expressions and the built-in functions of DMN 1.5.
#include <gtest/gtest.h>

#include "feel/builtins.h"
#include "feel/expression.h"

namespace ballast::feel {
namespace {

const Environment november_23{*ballast::Date::from(2026, 11, 23)};

/// The value as FEEL writes it; a null as null and its cause; a refusal as its id.
std::string shown(std::string_view text) {
    const auto compiled = Expression::compile(text, Scope(), "test");
    if (!compiled) return compiled.error().id;
    const Value value = compiled->evaluate({}, november_23);
    return value.is_null() ? "null " + value.null()->cause->id : value.text();
}

struct Row {
    const char* text;
    const char* value;
};
void expect(std::initializer_list<Row> rows) {
    for (const Row& row : rows) EXPECT_EQ(shown(row.text), row.value) << row.text;
}

TEST(FeelTime, KeepsZonesAndKnowsDaylightSaving) {
    expect({{R"f(@"2026-11-23T08:00:00+08:00" - @"2026-11-23T00:00:00Z")f", "PT0S"},
            {R"f(@"2026-07-01T12:00:00@Europe/Paris".time offset)f", "PT2H"},
            {R"f(@"2026-01-01T12:00:00@Europe/Paris".time offset)f", "PT1H"},
            {R"f(@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H")f", "2026-03-29T03:30:00@Europe/Paris"},
            {R"f(@"12:00:00@Asia/Shanghai".timezone)f", "\"Asia/Shanghai\""},
            {R"f(@"12:00:00@Asia/Nowhere")f", "feel.bad_literal"},
            {R"f(@"2026-02-30")f", "feel.bad_literal"},
            {R"f(@"10:00:00" < @"10:00:00Z")f", "null feel.wrong_operands"},
            {R"f(@"23:30:00" + @"PT1H")f", "00:30:00"},
            {R"f(@"2026-12-31T24:00:00")f", "2027-01-01T00:00:00"},
            {"now()", "2026-11-23T00:00:00+08:00"}});
}

TEST(FeelTime, ShiftsByMonthsToTheLastDay) {
    expect({{R"f(@"2024-01-31" + @"P1M")f", "2024-02-29"},
            {R"f(@"2024-02-29" - @"P1Y")f", "2023-02-28"},
            {R"f(@"2024-03-01" - @"2024-02-01")f", "P29D"},
            {R"f(@"P1Y2M" * 2)f", "P2Y4M"},
            {R"f(@"P1D" / @"PT6H")f", "4"},
            {R"f(-@"P1DT2H")f", "-P1DT2H"},
            {R"f(@"P1Y" + @"P1D")f", "null feel.wrong_operands"},
            {R"f(@"P999999999D" * 10**20)f", "null feel.no_number"},
            {R"f(@"999999999-12-31" + @"P1D")f", "null feel.no_number"},
            {R"f(years and months duration(@"2024-02-29", @"2026-02-28"))f", "P1Y11M"},
            {R"f(week of year(@"2027-01-03"))f", "53"},
            {R"f(day of year(@"2024-12-31"))f", "366"}});
}

TEST(FeelType, HoldsParametersToTheirTypes) {
    expect({{R"f((function(a: number) a + 1)("x"))f", "null feel.wrong_type"},
            {"(function(a: number) a + 1)([41])", "42"},
            {"(function(a: list<number>) count(a))(5)", "1"},
            {"[1, 2] instance of list<number>", "true"},
            {R"f([1, "a"] instance of list<number>)f", "false"},
            {R"f({a: 1} instance of context<a: number, b: string>)f", "false"},
            {"(function(a: number) a) instance of function<number> -> number", "true"},
            {"[1..3] instance of range<number>", "true"},
            {R"f((function(a) external {java: {class: "x"}})(1))f", "null feel.external"}});
}

TEST(FeelRange, RunsOpenEndsAndDays) {
    expect({{"for i in [1..4) return i", "[1, 2, 3]"},
            {"for i in 3..1 return i", "[3, 2, 1]"},
            {R"f(for d in @"2026-02-28"..@"2026-03-01" return d)f", "[2026-02-28, 2026-03-01]"},
            {"5 in (>= 5)", "true"},
            {"before([1..5), 5)", "true"},
            {"overlaps([1..5], [5..8])", "true"},
            {"during([2..3], [1..5])", "true"},
            {R"f(before(1, "a"))f", "null feel.mixed_list"},
            {R"f(range("[18..21)"))f", "[18..21)"},
            {R"f(range("1 + 1"))f", "null feel.no_range"}});
}

TEST(FeelPattern, IsThatOfXPathAndEndsInTime) {
    expect({{R"f(matches("abracadabra", "^a.*a$"))f", "true"},
            {R"f(matches("彝族乡", "^\p{IsCJKUnifiedIdeographs}+$"))f", "true"},
            {R"f(matches("hello", "[a-z-[aeiou]]{3}"))f", "false"},
            {R"f(matches("Ab", "a B", "ix"))f", "true"},
            {R"f(replace("0123456789", "(\d{3})(\d{3})(\d{4})", "($1) $2-$3"))f", "\"(012) 345-6789\""},
            {R"f(replace("a", "a", "$x"))f", "null feel.bad_replacement"},
            {R"f(split("John Doe", "\s"))f", "[\"John\", \"Doe\"]"},
            {R"f(matches("a", "(?<=a)"))f", "null feel.bad_pattern"},
            {R"f(matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$"))f", "null feel.pattern_too_slow"}});
}

TEST(FeelBuiltin, TakesArgumentsByNameAndInEveryForm) {
    expect({{R"f(substring(string: "彝族自治州", start position: 3))f", "\"自治州\""},
            {"date(year: 2026, month: 11, day: 23)", "2026-11-23"},
            {R"f(date(from: "2026-11-23"))f", "2026-11-23"},
            {"date(year: 2026, month: 13, day: 1)", "null feel.no_date"},
            {"floor(n: 1.5, places: 1)", "null feel.unknown_parameter"},
            {"sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"},
            {"sort([3, 1], function(x, y) 5)", "null feel.no_boolean"},
            {"median(8, 2, 5, 3, 4)", "4"},
            {"mode([6, 3, 9, 6, 6])", "[6]"},
            {"stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"},
            {"list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"},
            {"context put({x: {y: 1}}, [\"x\", \"y\"], 2)", "{x: {y: 2}}"},
            {"context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"},
            {R"f(number("1 000,5", " ", ","))f", "1000.5"},
            {R"f(string join(["a", null, "b"], "、"))f", "\"a、b\""},
            {R"f(is(@"12:00:00Z", @"12:00:00+00:00"))f", "true"}});
}

TEST(FeelBuiltin, RefusesEveryWrongArgumentWithACause) {
    // Whatever a function is given, it answers with a value or a cause; none of them throws.
    const char* const odd[] = {"null",   "-1", "10**40", "\"\"",   "\"x\"",    "[]",
                               "[null]", "{}", "true",   "[1..2]", "@\"P1Y\"", "function() 1"};
    for (const Builtin& builtin : builtins())
        for (const char* first : odd)
            for (const char* second : odd) {
                const auto name = std::string(builtin.name);
                for (const auto& arguments : {std::string(first), std::string(first) + ", " + second,
                                              std::string(first) + ", " + second + ", " + first})
                    EXPECT_NE(shown(name + "(" + arguments + ")"), "null feel.unset")
                        << name << " " << arguments;
            }
}

TEST(FeelBuiltin, AreAllOfTheStandard) {
    for (const char* name : {"date",
                             "date and time",
                             "time",
                             "number",
                             "string",
                             "duration",
                             "years and months duration",
                             "not",
                             "substring",
                             "string length",
                             "upper case",
                             "lower case",
                             "substring before",
                             "substring after",
                             "replace",
                             "contains",
                             "starts with",
                             "ends with",
                             "matches",
                             "split",
                             "string join",
                             "list contains",
                             "list replace",
                             "count",
                             "min",
                             "max",
                             "sum",
                             "mean",
                             "all",
                             "any",
                             "sublist",
                             "append",
                             "concatenate",
                             "insert before",
                             "remove",
                             "reverse",
                             "index of",
                             "union",
                             "distinct values",
                             "flatten",
                             "product",
                             "median",
                             "stddev",
                             "mode",
                             "decimal",
                             "floor",
                             "ceiling",
                             "round up",
                             "round down",
                             "round half up",
                             "round half down",
                             "abs",
                             "modulo",
                             "sqrt",
                             "log",
                             "exp",
                             "odd",
                             "even",
                             "is",
                             "before",
                             "after",
                             "meets",
                             "met by",
                             "overlaps",
                             "overlaps before",
                             "overlaps after",
                             "finishes",
                             "finished by",
                             "includes",
                             "during",
                             "starts",
                             "started by",
                             "coincides",
                             "range",
                             "get value",
                             "get entries",
                             "context",
                             "context put",
                             "context merge",
                             "day of year",
                             "day of week",
                             "month of year",
                             "week of year",
                             "now",
                             "today",
                             "sort"})
        EXPECT_TRUE(find_builtin(name)) << name;
    EXPECT_EQ(builtins().size(), 86U);
}

}  // namespace
}  // namespace ballast::feel
