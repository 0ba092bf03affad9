/// Randomness that can be repeated (xoshiro256**, seeded through splitmix64; the same numbers on every
/// machine). Whatever draws takes `Rng&` and stores its seed with its result. Not for secrets: keys
/// come from crypto.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace ballast {

class Rng {
public:
    explicit Rng(std::uint64_t seed);
    std::uint64_t next();
    /// Uniform in [0, bound), without bias. bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Uniform in [low, high].
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// Uniform in [0, 1).
    double uniform();
    bool chance(double probability) { return uniform() < probability; }
    double normal(double mean, double deviation);
    /// Index drawn in proportion to the weights; at least one is positive.
    std::size_t weighted(std::span<const double> weights);
    /// An independent stream for a part of the work, so that adding a draw in one part leaves others
    /// unchanged.
    Rng fork(std::uint64_t stream) const;

    using result_type = std::uint64_t;  // usable with std::shuffle
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~0ULL; }
    result_type operator()() { return next(); }

private:
    std::array<std::uint64_t, 4> state_;
};

/// A seed from the operating system, for callers that have none to repeat.
std::uint64_t fresh_seed();

}  // namespace ballast
