#include "context/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

#include "base/rng.h"

namespace ballast::delivery {
namespace {

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = spdlog::stderr_color_mt("ballast");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

}  // namespace

void log_info(std::string_view line) { logger().info("{}", line); }
void log_error(std::string_view line) { logger().error("{}", line); }

void log_only(LogLevel level) {
    logger().set_level(level == LogLevel::all      ? spdlog::level::info
                       : level == LogLevel::errors ? spdlog::level::err
                                                   : spdlog::level::off);
}

std::string fresh_number() {
    // Crockford's alphabet: nothing in it is mistaken for another sign on the telephone.
    static constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static const std::uint64_t start = fresh_seed();
    static std::atomic<std::uint64_t> count{0};
    std::uint64_t bits = Rng(start).fork(++count).next();
    std::string out;
    for (int i = 0; i < 8; ++i, bits >>= 5) out += signs[bits & 31];
    return out;
}

}  // namespace ballast::delivery
