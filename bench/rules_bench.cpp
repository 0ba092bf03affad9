// A decision table of 40 rules over 25 facts of millions of households: row by row, by column, again after
// one threshold changed, and by DuckDB in SQL; in one run, with equal answers. Costs are CPU time, the median
// of five.
//
//   rules_bench [households]       1,000,000 by default; row by row is timed on a thousandth of them
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/rng.h"
#include "dmn/columns.h"

namespace {

using namespace ballast;

constexpr std::size_t rules = 40, inputs = 25;
constexpr std::int64_t factor = 7919;  // the facts are drawn by a formula that SQL can say too
constexpr int times = 5;

struct Cell {
    std::size_t input;
    std::int64_t low, high;
};
using Rules = std::vector<std::vector<Cell>>;

/// Each rule tests `used` of the facts.
Rules random_rules(std::size_t used, std::int64_t changed) {
    Rng rng(11);
    Rules out(rules);
    for (auto& rule : out) {
        std::size_t left = used;
        for (std::size_t i = 0; i < inputs; ++i) {
            const bool tests = left > 0 && rng.below(inputs - i) < left;
            if (!tests) continue;
            --left;
            const auto low = static_cast<std::int64_t>(rng.below(used > 5 ? 100 : 700));
            rule.push_back({i, low, i == 0 ? changed : low + (used > 5 ? 900 : 300)});
        }
    }
    return out;
}

/// The upper bound of the first fact is a parameter, as the thresholds of packs are.
std::string model(const Rules& table) {
    std::string xml =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='b' name='b'>";
    std::string needs;
    for (std::size_t i = 0; i <= inputs; ++i) {
        const auto n = std::to_string(i);
        xml += "<inputData id='i" + n + "' name='f" + n + "'><variable name='f" + n +
               "' typeRef='number'/></inputData>";
        needs += "<informationRequirement><requiredInput href='#i" + n + "'/></informationRequirement>";
    }
    xml += "<decision id='d' name='d'><variable name='d'/>" + needs + "<decisionTable hitPolicy='COLLECT'>";
    for (std::size_t i = 0; i < inputs; ++i)
        xml += "<input><inputExpression><text>f" + std::to_string(i) + "</text></inputExpression></input>";
    xml += "<output name='o'/>";
    for (std::size_t r = 0; r < rules; ++r) {
        std::array<std::string, inputs> texts;
        texts.fill("-");
        for (const Cell& cell : table[r])
            texts[cell.input] = "[" + std::to_string(cell.low) + ".." +
                                (cell.input == 0 ? "f25" : std::to_string(cell.high)) + "]";
        xml += "<rule>";
        for (const auto& text : texts) xml += "<inputEntry><text>" + text + "</text></inputEntry>";
        xml += "<outputEntry><text>" + std::to_string(r) + "</text></outputEntry></rule>";
    }
    return xml + "</decisionTable></decision></definitions>";
}

std::vector<dmn::Column> facts(std::size_t rows) {
    std::vector<dmn::Column> out(inputs + 1);
    for (std::size_t i = 0; i < inputs; ++i) {
        out[i].kind = feel::Kind::number;
        out[i].values.resize(rows);
        const auto place = static_cast<std::int64_t>(i);
        for (std::size_t row = 0; row < rows; ++row)
            out[i].values[row] = (static_cast<std::int64_t>(row) * factor % 1000003 + place) *
                                 (factor + 2 * place + 2) % 999983 % 1001;
        out[i].shrink();
    }
    return out;
}

/// CPU nanoseconds per row: the median.
template <class Work>
double cost(std::size_t rows, int runs, Work work) {
    std::vector<double> out;
    for (int i = 0; i < runs; ++i) {
        const auto begun = std::clock();
        work();
        out.push_back(static_cast<double>(std::clock() - begun) * 1e9 / CLOCKS_PER_SEC /
                      static_cast<double>(rows));
    }
    std::sort(out.begin(), out.end());
    return out[out.size() / 2];
}

struct Sums {
    unsigned __int128 masks = 0, weighted = 0;
    void add(std::uint64_t mask, std::size_t row) {
        masks += mask;
        weighted += (mask % 1000003) * (row % 1009);
    }
    std::string text() const { return text(masks) + " " + text(weighted); }
    static std::string text(unsigned __int128 n) {
        std::string out;
        do out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(n % 10)));
        while (n /= 10);
        return out;
    }
};
Sums sums(const dmn::Matched& matched, std::size_t rows) {
    Sums out;
    for (std::size_t row = 0; row < rows; ++row) out.add(matched.bits[row], row);
    return out;
}

void print(const char* what, double nanoseconds, bool equal) {
    std::printf("  %-34s %10.1f ns  %s\n", what, nanoseconds, equal ? "equal" : "DIFFERENT");
}

/// Each way of SQL, when node and its packages are there (npm ci in bench/duckdb).
int beside_duckdb(const Rules& table, std::size_t rows, const std::string& expected) {
    const std::filesystem::path folder = BALLAST_SOURCE_DIR "/bench/duckdb";
    if (!std::filesystem::exists(folder / "node_modules")) {
        std::printf("  DuckDB takes no part: npm ci in bench/duckdb brings it\n");
        return 0;
    }
    const auto job = std::filesystem::temp_directory_path() / "ballast_rules_bench.json";
    std::ofstream out(job);
    out << "{\"rows\":" << rows << ",\"inputs\":" << inputs << ",\"factor\":" << factor
        << ",\"times\":" << times << ",\"rules\":[";
    for (std::size_t r = 0; r < table.size(); ++r) {
        out << (r ? ",[" : "[");
        for (std::size_t i = 0; i < table[r].size(); ++i)
            out << (i ? "," : "") << "{\"input\":" << table[r][i].input << ",\"low\":" << table[r][i].low
                << ",\"high\":" << table[r][i].high << "}";
        out << "]";
    }
    out << "]}";
    out.close();
    FILE* lines = popen(("node " + (folder / "rules.mjs").string() + " " + job.string()).c_str(), "r");
    int different = lines ? 0 : 1;
    char line[512];
    while (lines && std::fgets(line, sizeof line, lines)) {
        double nanoseconds = 0;
        char first[64], second[64], name[128];
        if (std::sscanf(line, "%lf %63s %63s %127[^\n]", &nanoseconds, first, second, name) != 4) return 1;
        const bool equal = std::string(first) + " " + second == expected;
        print((std::string("DuckDB, ") + name).c_str(), nanoseconds, equal);
        different += !equal;
    }
    if (lines && pclose(lines) != 0) different = 1;
    std::filesystem::remove(job);
    return different;
}

int run(const char* name, std::size_t used, std::size_t rows) {
    const feel::Environment today{*Date::from(2026, 11, 23)};
    const Rules table = random_rules(used, 900);
    const auto loaded = dmn::Model::load(model(table), "bench.dmn");
    if (!loaded) return std::fprintf(stderr, "%s\n", loaded.error().id.c_str()), 1;
    auto columns = facts(rows);
    columns[inputs].constant = 900;
    std::printf("%s: %zu rules over %zu facts, each testing %zu; %zu households\n", name, rules, inputs, used,
                rows);

    const std::size_t sample = std::max<std::size_t>(rows / 1000, 100);
    Sums by_row;
    const double row_cost = cost(sample, 1, [&] {
        std::vector<feel::Value> row_facts(columns.size());
        for (std::size_t row = 0; row < sample; ++row) {
            for (std::size_t i = 0; i < row_facts.size(); ++i) row_facts[i] = columns[i].at(row);
            std::uint64_t mask = 0;
            for (const auto& hit : loaded->evaluate(0, row_facts, today).hits)
                mask |= std::uint64_t{1} << (hit.rule - 1);
            by_row.add(mask, row);
        }
    });

    dmn::Matched matched;
    auto compiled = dmn::ColumnTable::compile(*loaded, 0, columns, today);
    const double compile_cost =
        cost(1, times, [&] { compiled = dmn::ColumnTable::compile(*loaded, 0, columns, today); });
    const double column_cost = cost(rows, times, [&] { matched = compiled.evaluate(columns, rows); });
    const bool same_as_rows = sums(matched, sample).text() == by_row.text();
    const std::string expected = sums(matched, rows).text();
    print("row by row", row_cost, same_as_rows);
    print("by column, with reasons", column_cost, same_as_rows);
    std::printf("  %-34s %10.1f ms\n", "(compiling the table)", compile_cost / 1e6);

    const std::array<std::size_t, 1> thresholds{inputs};
    const dmn::WhatIf what_if(compiled, columns, rows, thresholds);
    std::int64_t threshold = 880;
    dmn::Matched changed;
    const double again_cost = cost(rows, times, [&] {
        columns[inputs].constant = --threshold;
        changed = what_if.evaluate(columns);
    });
    const auto afresh = dmn::ColumnTable::compile(*loaded, 0, columns, today).evaluate(columns, rows);
    const bool what_if_equal = changed.bits == afresh.bits && changed.bits != matched.bits;
    print("again, one threshold changed", again_cost, what_if_equal);

    return !same_as_rows + !what_if_equal + beside_duckdb(table, rows, expected);
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a line at a time, into a file too
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    return run("sparse", 3, rows) + run("dense", inputs, rows) ? 1 : 0;
}
