// The figures of 10 MB of government prose: found and checked, beside a scan for numbers with a regular
// expression (PCRE2, compiled to machine code) that knows digits, scale words and a handful of units.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "base/text.h"
#include "figures/check.h"
#include "figures/extract.h"

namespace {

using namespace ballast;
using Clock = std::chrono::steady_clock;

constexpr std::size_t size = 10'000'000;  // bytes

double seconds_since(Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
}

/// The sentences of the tests, over and over, with a headline now and then.
std::string prose() {
    std::string sentences, out;
    std::ifstream file(BALLAST_SOURCE_DIR "/src/engines/figures/passages/mentions.txt");
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && line.front() != '\t' && line.front() != '#') sentences += line + "\n";
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

}  // namespace

int main() {
    const std::string bytes = prose();
    if (bytes.empty()) return std::fprintf(stderr, "no sentences\n"), 1;
    const double megabytes = static_cast<double>(bytes.size()) / 1e6;
    const auto say = [&](const char* what, std::size_t found, double seconds) {
        std::printf("%-34s %9zu found %8.1f MB/s\n", what, found, megabytes / seconds);
    };
    auto from = Clock::now();
    const std::size_t matches = regex_scan(bytes);
    say("baseline: regular expression", matches, seconds_since(from));

    from = Clock::now();
    const auto text = figures::code_points_of(bytes);
    const auto mentions = figures::extract(*text);
    const double extracting = seconds_since(from);
    say("figures found", mentions.size(), extracting);

    from = Clock::now();
    const auto findings = figures::check(*text, mentions);
    const double checking = seconds_since(from);
    say("relations checked", findings.size(), checking);
    say("together", mentions.size(), extracting + checking);
    return 0;
}
