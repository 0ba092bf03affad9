// A decision table of 40 rules over 25 facts: row by row, and by column, in one run with equal answers.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/rng.h"
#include "dmn/columns.h"

namespace {

using namespace ballast;
using Clock = std::chrono::steady_clock;

constexpr std::size_t rules = 40, inputs = 25;

double nanoseconds_per(Clock::time_point since, std::size_t rows) {
    return std::chrono::duration<double, std::nano>(Clock::now() - since).count() / static_cast<double>(rows);
}

/// Each rule tests `used` of the facts; the first threshold is a parameter, as those of packs are.
std::string model(std::size_t used) {
    Rng rng(11);
    std::string xml =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='b' name='b'>";
    for (std::size_t i = 0; i <= inputs; ++i)
        xml += "<inputData id='i" + std::to_string(i) + "' name='f" + std::to_string(i) +
               "'><variable name='f" + std::to_string(i) + "' typeRef='number'/></inputData>";
    xml += "<decision id='d' name='d'><variable name='d'/>";
    for (std::size_t i = 0; i <= inputs; ++i)
        xml += "<informationRequirement><requiredInput href='#i" + std::to_string(i) +
               "'/></informationRequirement>";
    xml += "<decisionTable hitPolicy='COLLECT'>";
    for (std::size_t i = 0; i < inputs; ++i)
        xml += "<input><inputExpression><text>f" + std::to_string(i) + "</text></inputExpression></input>";
    xml += "<output name='o'/>";
    for (std::size_t r = 0; r < rules; ++r) {
        xml += "<rule>";
        std::size_t left = used;
        for (std::size_t i = 0; i < inputs; ++i) {
            const bool tests = left > 0 && rng.below(inputs - i) < left;
            left -= tests;
            const auto low = rng.below(used > 5 ? 100 : 700);
            const std::string high = i == 0 ? "f25" : std::to_string(low + (used > 5 ? 900 : 300));
            xml += "<inputEntry><text>" +
                   (tests ? "[" + std::to_string(low) + ".." + high + "]" : std::string("-")) +
                   "</text></inputEntry>";
        }
        xml += "<outputEntry><text>" + std::to_string(r) + "</text></outputEntry></rule>";
    }
    return xml + "</decisionTable></decision></definitions>";
}

int run(const char* name, std::size_t used, std::size_t rows) {
    const feel::Environment today{*Date::from(2026, 11, 23)};
    const auto loaded = dmn::Model::load(model(used), "bench.dmn");
    if (!loaded) return std::fprintf(stderr, "%s\n", loaded.error().id.c_str()), 1;
    Rng rng(5);
    std::vector<dmn::Column> columns(inputs + 1);
    for (std::size_t i = 0; i < inputs; ++i) {
        columns[i].kind = feel::Kind::number;
        columns[i].values.resize(rows);
        for (auto& value : columns[i].values) value = static_cast<std::int64_t>(rng.below(1001));
    }
    columns[inputs].constant = 900;

    const std::size_t sample = rows / 100;
    std::vector<feel::Value> facts(columns.size());
    std::size_t by_row = 0, by_column = 0;
    auto begun = Clock::now();
    for (std::size_t row = 0; row < sample; ++row) {
        for (std::size_t i = 0; i < facts.size(); ++i) facts[i] = columns[i].at(row);
        for (const auto& hit : loaded->evaluate(0, facts, today).hits)
            by_row += row * static_cast<std::size_t>(hit.rule);
    }
    const double row_cost = nanoseconds_per(begun, sample);

    begun = Clock::now();
    auto table = dmn::ColumnTable::compile(*loaded, 0, columns, today);
    const double compile_cost = nanoseconds_per(begun, 1);
    begun = Clock::now();
    const auto matched = table.evaluate(columns, rows);
    const double column_cost = nanoseconds_per(begun, rows);
    for (std::size_t row = 0; row < sample; ++row)
        for (std::size_t rule = 1; rule <= rules; ++rule)
            if (matched.holds(row, static_cast<int>(rule))) by_column += row * rule;

    std::printf(
        "%-7s %9zu households  row by row %8.0f ns  by column %6.1f ns  (%.0f times)  compile %.1f ms  %s\n",
        name, rows, row_cost, column_cost, row_cost / column_cost, compile_cost / 1e6,
        by_row == by_column ? "equal" : "DIFFERENT");
    return by_row == by_column ? 0 : 1;
}

}  // namespace

/// rules_bench [households]; row by row is timed on a hundredth of them.
int main(int argc, char** argv) {
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    return run("sparse", 3, rows) + run("dense", inputs, rows);
}
