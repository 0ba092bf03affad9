/// One column's answer for up to 64 rules: its values fall into bins between cut points, and each bin has a
/// mask of the rules whose cells hold there. The hot loop of `columns.h`; knows numbers only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ballast::dmn {

class BinMasks {
public:
    /// `cuts` ascend from above INT64_MIN; bin i holds the values before cuts[i], the last one those from the
    /// last cut on. `masks` of the bins, one more than cuts; `absent` is the mask where there is no value.
    BinMasks(std::span<const std::int64_t> cuts, std::span<const std::uint64_t> masks, std::uint64_t absent);

    /// ANDs into each of `bits` (at most `most` of them) the mask of its value; `absences` are 1 where
    /// there is none, or nullptr. Says which rules are left in any row.
    std::uint64_t narrow(const std::int64_t* values, const std::uint8_t* absences,
                         std::span<std::uint64_t> bits) const;
    std::uint64_t narrow(const std::int32_t* values, const std::uint8_t* absences,
                         std::span<std::uint64_t> bits) const;
    /// The rules that this column can rule out.
    std::uint64_t decides() const { return decides_; }

    static constexpr std::size_t most =
        2048;  // rows of a block, all of whose columns fit into a core's cache

private:
    template <class Number>
    std::uint64_t narrow_any(const Number* values, const std::uint8_t* absences,
                             std::span<std::uint64_t> bits) const;

    enum class Way : std::uint8_t { steps, table, search };
    Way way_ = Way::steps;
    std::uint64_t absent_;
    std::uint64_t decides_;
    std::vector<std::int64_t> cuts_;    // only those where the mask changes
    std::vector<std::uint64_t> masks_;  // of the bins between them; of a table, of each value
    std::vector<std::uint64_t> steps_;  // what changes at each cut
};

}  // namespace ballast::dmn
