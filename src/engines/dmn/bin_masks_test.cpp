// Each way to look bins up says what a plain search says.
#include "dmn/bin_masks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/rng.h"

namespace ballast::dmn {
namespace {

struct Drawn {
    std::vector<std::int64_t> cuts;
    std::vector<std::uint64_t> masks;
    std::uint64_t absent = 0;
};

Drawn draw(Rng& rng, std::size_t count, std::uint64_t spread, std::int64_t first) {
    Drawn out;
    for (std::size_t i = 0; i < count; ++i)
        out.cuts.push_back(first + static_cast<std::int64_t>(rng.below(spread)));
    std::sort(out.cuts.begin(), out.cuts.end());
    out.cuts.erase(std::unique(out.cuts.begin(), out.cuts.end()), out.cuts.end());
    const auto mask = [&] { return rng.below(UINT64_MAX) | rng.below(UINT64_MAX); };
    for (std::size_t i = 0; i <= out.cuts.size(); ++i)
        out.masks.push_back(i > 0 && rng.below(4) == 0 ? out.masks.back() : mask());
    out.absent = mask();
    return out;
}

std::uint64_t plain(const Drawn& drawn, std::int64_t value) {
    std::size_t bin = 0;
    while (bin < drawn.cuts.size() && drawn.cuts[bin] <= value) ++bin;
    return drawn.masks[bin];
}

/// Cuts may lie beyond what 32 bits hold.
TEST(BinMasks, SayTheSameOfColumnsOf32Bits) {
    Rng rng(6);
    for (int round = 0; round < 600; ++round) {
        const auto first = round % 3 == 0   ? std::int64_t{INT32_MIN} - 40
                           : round % 3 == 1 ? -40
                                            : INT32_MAX - 40;
        const Drawn drawn = draw(rng, rng.below(80), round % 2 ? 90 : 5'000'000'000, first);
        const BinMasks masks(drawn.cuts, drawn.masks, drawn.absent);
        std::vector<std::int32_t> values(rng.below(300));
        std::vector<std::uint64_t> expected, bits;
        std::uint64_t left = 0;
        for (auto& value : values) {
            value = static_cast<std::int32_t>(rng.below(UINT64_MAX));
            if (rng.below(2) && !drawn.cuts.empty()) {
                const auto near =
                    drawn.cuts[rng.below(drawn.cuts.size())] - static_cast<std::int64_t>(rng.below(2));
                value = static_cast<std::int32_t>(std::clamp<std::int64_t>(near, INT32_MIN, INT32_MAX));
            }
            bits.push_back(rng.below(UINT64_MAX));
            expected.push_back(bits.back() & plain(drawn, value));
            left |= expected.back();
        }
        EXPECT_EQ(masks.narrow(values.data(), nullptr, bits), left);
        ASSERT_EQ(bits, expected) << "round " << round;
    }
}

TEST(BinMasks, SayWhatAPlainSearchSays) {
    Rng rng(5);
    constexpr std::int64_t far = std::int64_t{1} << 62;
    for (int round = 0; round < 600; ++round) {
        const std::size_t count = rng.below(80);
        const bool near = round % 2;
        const auto first = round % 3 == 0 ? INT64_MIN + 1 : round % 3 == 1 ? -40 : far;
        const Drawn drawn = draw(rng, count, near ? 90 : 1'000'000'000'000, first);
        const BinMasks masks(drawn.cuts, drawn.masks, drawn.absent);
        const std::size_t rows = rng.below(300);
        std::vector<std::int64_t> values;
        std::vector<std::uint8_t> absences;
        std::vector<std::uint64_t> expected, bits;
        std::uint64_t left = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto kind = rng.below(8);
            std::int64_t value = static_cast<std::int64_t>(rng.below(UINT64_MAX));
            if (kind == 0) value = row % 2 ? INT64_MIN : INT64_MAX;
            if (kind > 3 && !drawn.cuts.empty())
                value = drawn.cuts[rng.below(drawn.cuts.size())] - static_cast<std::int64_t>(rng.below(2));
            values.push_back(value);
            absences.push_back(round % 5 == 0 && rng.below(3) == 0);
            bits.push_back(rng.below(UINT64_MAX));
            expected.push_back(bits.back() & (absences.back() ? drawn.absent : plain(drawn, value)));
            left |= expected.back();
        }
        EXPECT_EQ(masks.narrow(values.data(), round % 5 == 0 ? absences.data() : nullptr, bits), left);
        ASSERT_EQ(bits, expected) << "round " << round;
        for (const auto mask : drawn.masks) EXPECT_EQ(mask | masks.decides(), ~std::uint64_t{0});
    }
}

}  // namespace
}  // namespace ballast::dmn
