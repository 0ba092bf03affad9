#include "base/rng.h"

#include <cmath>
#include <numbers>
#include <random>

#include "base/result.h"

namespace ballast {
namespace {

// Steele, Lea and Flood 2014: spreads any seed, zero included, over the whole state.
std::uint64_t splitmix64(std::uint64_t& x) {
    std::uint64_t z = (x += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

constexpr std::uint64_t rotated(std::uint64_t x, int k) { return x << k | x >> (64 - k); }

}  // namespace

Rng::Rng(std::uint64_t seed) {
    for (auto& word : state_) word = splitmix64(seed);
}

// xoshiro256** of Blackman and Vigna, 2018.
std::uint64_t Rng::next() {
    const std::uint64_t drawn = rotated(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotated(state_[3], 45);
    return drawn;
}

// Lemire 2019: the high half of a 128-bit product; the few draws that would bias it are drawn again.
std::uint64_t Rng::below(std::uint64_t bound) {
    INVARIANT(bound > 0);
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * bound;
    const std::uint64_t rejected = -bound % bound;
    while (static_cast<std::uint64_t>(product) < rejected) product = static_cast<Wide>(next()) * bound;
    return static_cast<std::uint64_t>(product >> 64);
}

std::int64_t Rng::between(std::int64_t low, std::int64_t high) {
    INVARIANT(low <= high);
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t step = width == ~0ULL ? next() : below(width + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step);
}

double Rng::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

// Box and Muller. One of the pair is thrown away, so that a draw leaves no hidden state behind.
double Rng::normal(double mean, double deviation) {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return mean + deviation * radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::size_t Rng::weighted(std::span<const double> weights) {
    double total = 0;
    for (const double w : weights) {
        INVARIANT(w >= 0);
        total += w;
    }
    INVARIANT(total > 0);
    double left = uniform() * total;
    std::size_t last_positive = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0) continue;
        if (left < weights[i]) return i;
        left -= weights[i];
        last_positive = i;
    }
    return last_positive;  // rounding left a crumb over
}

Rng Rng::fork(std::uint64_t stream) const {
    std::uint64_t mixed = stream;
    std::uint64_t seed = splitmix64(mixed);
    for (const auto word : state_) {
        mixed = seed ^ word;
        seed = splitmix64(mixed);
    }
    return Rng(seed);
}

std::uint64_t fresh_seed() {
    std::random_device device;
    return static_cast<std::uint64_t>(device()) << 32 | device();
}

}  // namespace ballast
