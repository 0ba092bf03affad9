// A month of figures of every village of the country, added up to the top; and one changed value re-rolled
// through its sixty months. Beside it DuckDB on the same figures, long and wide, in one run with equal
// checksums.
//
//   rollup_bench [indicators]      200 by default
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "indicators/rollup.h"

namespace {

using namespace ballast;
using namespace ballast::indicators;

constexpr int months = 60;
constexpr std::int64_t factor = 7919;  // the figures are drawn by a formula that SQL can say too
using Clock = std::chrono::steady_clock;
double seconds(Clock::time_point since) {
    return std::chrono::duration<double>(Clock::now() - since).count();
}

/// One in seventeen has not reported.
Column drawn(std::size_t villages, std::int64_t indicator) {
    Column out{{"户", 0}, std::vector<std::int64_t>(villages)};
    for (std::size_t n = 0; n < villages; ++n) {
        const auto value = (static_cast<std::int64_t>(n) * factor % 1000003 + indicator) *
                           (factor + 2 * indicator + 2) % 999983 % 1001;
        out.values[n] = value % 17 == 0 ? absent : value;
    }
    return out;
}

/// Of all sums and counts above the villages, by area and indicator.
struct Checksum {
    __extension__ unsigned __int128 sums = 0, reported = 0;
    void add(const Tree& tree, const Rolled& rolled, std::int64_t indicator) {
        for (auto level = tree.lowest(); level != tree.highest();) {
            level = static_cast<AreaLevel>(static_cast<int>(level) - 1);
            const auto& here = rolled.at(tree, level);
            for (std::size_t n = 0; n < here.sums.size(); ++n) {
                if (here.sums[n] == absent) continue;
                const auto weight =
                    static_cast<std::uint64_t>(tree.at(level)[n].number() / 1000 % 1009 + indicator + 1);
                sums += static_cast<std::uint64_t>(here.sums[n]) * weight;
                reported += here.reported[n] * weight;
            }
        }
    }
    std::string text() const { return text(sums) + " " + text(reported); }
    __extension__ static std::string text(unsigned __int128 n) {
        std::string out;
        do out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(n % 10)));
        while (n /= 10);
        return out;
    }
};

/// DuckDB when node and its packages are there (npm ci in bench/duckdb).
int beside_duckdb(const Tree& tree, std::size_t indicators, const std::string& expected) {
    namespace fs = std::filesystem;
    const fs::path folder = BALLAST_SOURCE_DIR "/bench/duckdb";
    if (!fs::exists(folder / "node_modules"))
        return std::printf("  DuckDB takes no part: npm ci in bench/duckdb brings it\n"), 0;
    const auto villages =
        fs::temp_directory_path() / ("ballast_rollup_" + std::to_string(::getpid()) + ".csv");
    std::ofstream out(villages);
    out << "id,code\n";
    for (std::size_t n = 0; n < tree.leaves().size(); ++n)
        out << n << ',' << tree.leaves()[n].number() << '\n';
    out.close();
    const auto command = "node " + (folder / "rollup.mjs").string() + " " + villages.string() + " " +
                         std::to_string(indicators) + " " + std::to_string(factor);
    FILE* lines = popen(command.c_str(), "r");
    int different = lines ? 0 : 1, ways = 0;
    char line[512];
    while (lines && std::fgets(line, sizeof line, lines)) {
        double took = 0;
        char first[64], second[64], name[128];
        if (std::sscanf(line, "%lf %63s %63s %127[^\n]", &took, first, second, name) != 4) return 1;
        const bool checked = std::string(first) != "-";
        const bool equal = !checked || std::string(first) + " " + second == expected;
        std::printf("  %-44s %10.3f s   %s\n", (std::string("DuckDB, ") + name).c_str(), took,
                    !checked ? ""
                    : equal  ? "equal"
                             : "DIFFERENT");
        different += !equal;
        ++ways;
    }
    if (!lines || pclose(lines) != 0 || ways == 0) different = 1;
    fs::remove(villages);
    return different;
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a line at a time, into a file too
    const auto indicators = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200;
    auto begun = Clock::now();
    const Tree tree = Tree::of(areas::Division::shipped(), AreaCode{}, AreaLevel::village);
    const auto villages = tree.leaves().size();
    std::printf("%zu villages, %llu indicators: %.1f million values\n", villages, indicators,
                static_cast<double>(villages * indicators) / 1e6);
    std::printf("  %-44s %10.3f s\n", "(the tree of the country)", seconds(begun));

    std::vector<Column> month;
    begun = Clock::now();
    for (std::size_t n = 0; n < indicators; ++n)
        month.push_back(drawn(villages, static_cast<std::int64_t>(n)));
    std::printf("  %-44s %10.3f s\n", "(drawing the values)", seconds(begun));

    Checksum checksum;
    double took = 0;
    for (std::size_t n = 0; n < indicators; ++n) {
        begun = Clock::now();
        const auto rolled = roll_up(tree, month[n]);
        took += seconds(begun);
        if (!rolled) return std::fprintf(stderr, "%s\n", rolled.error().id.c_str()), 1;
        checksum.add(tree, *rolled, static_cast<std::int64_t>(n));
    }
    std::printf("  %-44s %10.3f s   %.0f million values/s\n", "rolled up to the top", took,
                static_cast<double>(villages * indicators) / took / 1e6);

    // A value that stood wrong for five years: its sixty months, each with sums at every level.
    std::vector<Rolled> history;
    for (int n = 0; n < months; ++n)
        history.push_back(*roll_up(tree, month[static_cast<std::size_t>(n) % indicators]));
    std::vector<double> costs;
    for (std::size_t time = 0; time < 101; ++time) {
        const auto leaf = villages / 102 * time;
        begun = Clock::now();
        for (auto& rolled : history)
            if (!re_roll(tree, rolled, leaf, static_cast<std::int64_t>(time))) return 1;
        costs.push_back(seconds(begun) * 1e3);
    }
    auto changed = month.front();
    for (std::size_t time = 0; time < 101; ++time)
        changed.values[villages / 102 * time] = static_cast<std::int64_t>(time);
    const bool equal = roll_up(tree, changed)->levels.back().sums == history.front().levels.back().sums;
    std::ranges::sort(costs);
    std::printf("  %-44s %10.3f ms  (worst %.3f) %s\n", "one value re-rolled through 60 months", costs[50],
                costs.back(), equal ? "equal" : "DIFFERENT");
    history.clear();
    month.clear();
    return !equal + beside_duckdb(tree, indicators, checksum.text()) ? 1 : 0;
}
