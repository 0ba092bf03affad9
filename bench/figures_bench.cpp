// The figures of 10 MB of government prose: found and checked, beside a scan for numbers with a regular
// expression (PCRE2, compiled to machine code) that knows digits, scale words and a handful of units.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "figures/check.h"
#include "figures/extract.h"

namespace {

using namespace ballast;
constexpr std::size_t size = 10'000'000;  // bytes
constexpr std::size_t runs = 5;

/// Of this process, so that others on the machine do not count.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// What stands between the figures of a bulletin; with three of these to a sentence of figures there is a
// mention for every forty characters, as in the example bulletin.
constexpr std::string_view plain =
    "要压紧压实工作责任，健全防止返贫动态监测和帮扶机制，坚持早发现、早干预、早帮扶，对易返贫致贫人口及时落实"
    "针对性措施。要进一步强化"
    "产业就业支撑，补齐基础设施和公共服务短板，持续改善农村人居环境，让脱贫基础更加稳固、成效更可持续，扎实推"
    "动乡村全面振兴取得新进展。";

/// The sentences of the tests, over and over, with a headline now and then.
std::string prose(std::string_view between) {
    std::string sentences, out;
    std::ifstream file(BALLAST_SOURCE_DIR "/src/engines/figures/passages/mentions.txt");
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && line.front() != '\t' && line.front() != '#')
            sentences += line + std::string(between) + "\n";
    while (!sentences.empty() && out.size() < size) out += "四川凉山 | 四招巩固成果\n" + sentences + "\n";
    return out;
}

std::size_t regex_scan(const std::string& text) {
    int error = 0;
    PCRE2_SIZE at = 0;
    const auto* pattern = reinterpret_cast<PCRE2_SPTR>(
        "[0-9][0-9,]*(?:\\.[0-9]+)?[余多]?[千万亿]*(?:%|元|亩|户|人次|人|个|家|所|吨|公里|年|月|日)?|["
        "一二三四五六七八九十百千万亿]+(?:个|项|年|户|人)");
    const std::unique_ptr<pcre2_code, decltype(&pcre2_code_free)> code(
        pcre2_compile(pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF, &error, &at, nullptr), pcre2_code_free);
    pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> match(
        pcre2_match_data_create_from_pattern(code.get(), nullptr), pcre2_match_data_free);
    std::size_t found = 0;
    for (PCRE2_SIZE from = 0; pcre2_match(code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                          from, PCRE2_NO_UTF_CHECK, match.get(), nullptr) > 0;
         ++found)
        from = pcre2_get_ovector_pointer(match.get())[1];
    return found;
}

/// Seconds of one run of each; the median of five is said.
struct Times {
    std::array<double, runs> scanning{}, extracting{}, checking{};
};

double median(std::array<double, runs> times) {
    std::sort(times.begin(), times.end());
    return times[runs / 2];
}

void measure(const char* name, const std::string& bytes) {
    Times times;
    std::size_t matches = 0, mentions = 0, findings = 0;
    for (std::size_t run = 0; run < runs; ++run) {
        double from = cpu_seconds();
        matches = regex_scan(bytes);
        times.scanning[run] = cpu_seconds() - from;
        from = cpu_seconds();
        const auto text = figures::code_points_of(bytes);
        const auto found = figures::extract(*text);
        times.extracting[run] = cpu_seconds() - from;
        from = cpu_seconds();
        findings = figures::check(*text, found).size();
        times.checking[run] = cpu_seconds() - from;
        mentions = found.size();
    }
    const double megabytes = static_cast<double>(bytes.size()) / 1e6;
    const auto say = [&](const char* what, std::size_t found, double seconds) {
        std::printf("  %-28s %9zu found %8.1f MB/s\n", what, found, megabytes / seconds);
    };
    std::printf("%s\n", name);
    say("baseline: regular expression", matches, median(times.scanning));
    say("figures found", mentions, median(times.extracting));
    say("relations checked", findings, median(times.checking));
    say("together", mentions, median(times.extracting) + median(times.checking));
}

/// A line of one piece over and over, without a stop: how the time grows when it is four times as long.
/// Linear is 4.
void measure_endless(std::string_view piece) {
    const auto seconds = [&](std::size_t bytes) {
        std::string line;
        while (line.size() < bytes) line += piece;
        const auto text = figures::code_points_of(line);
        const double from = cpu_seconds();
        figures::check(*text, figures::extract(*text));
        return cpu_seconds() - from;
    };
    const double small = seconds(250'000), large = seconds(1'000'000);
    std::printf("  %6.2f MB/s, x%4.1f  %.*s\n", 1 / large, large / small, static_cast<int>(piece.size()),
                piece.data());
}

}  // namespace

int main() {
    if (prose({}).empty()) return std::fprintf(stderr, "no sentences\n"), 1;
    measure("prose of a bulletin", prose(plain));
    measure("nothing but sentences of figures", prose({}));
    std::printf("one line without a stop\n");
    for (const std::string_view piece :
         {"其中3人，", "（5人", "：5人，", "三项工作：", "按性别分，男3人，", "占12人的12%，", "总投资5元，",
          "进村、进户、进校“三进”，", "一是甲。二是乙。", "服务四个大局，",
          "出生率3‰，死亡率3‰，自然增长率0‰，"})
        measure_endless(piece);
    return 0;
}
