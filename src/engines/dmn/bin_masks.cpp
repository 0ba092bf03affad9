#include "dmn/bin_masks.h"

#include <algorithm>
#include <cstring>

#include "base/result.h"

// One copy for each width of vectors that processors have; which one runs is settled when the program starts.
// (Sanitizers would instrument what runs before they have begun.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define BALLAST_PROCESSORS
#define BALLAST_FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define BALLAST_FOR_EACH_PROCESSOR
#endif

namespace ballast::dmn {

namespace {

constexpr std::size_t line = 8;  // values of 64 bits in a line of the cache
/// As many values at once as a register has room for. Wider vectors than the processor has are cut up by the
/// compiler value by value, which costs twenty times as much.
template <std::size_t lanes>
struct Vectors {
    using Values [[gnu::vector_size(lanes * 8)]] = std::int64_t;
    using SmallValues [[gnu::vector_size(lanes * 4)]] = std::int32_t;
    using Masks [[gnu::vector_size(lanes * 8)]] = std::uint64_t;
};

constexpr std::size_t many_steps = 32;
constexpr std::int64_t table_size = 4096;

/// So few steps are taken faster than a table is read; narrow registers take fewer at once.
std::size_t few_steps() {
#ifdef BALLAST_PROCESSORS
    static const std::size_t few = __builtin_cpu_supports("avx512f") ? 16 : 4;
    return few;
#else
    return 4;
#endif
}

struct Bins {
    const std::int64_t* cuts;
    const std::uint64_t* masks;
    const std::uint64_t* steps;
    std::size_t count;  // of cuts
};

// What follows is written once for columns of 64 and of 32 bits, which cost half the memory to fetch; in the
// registers both are 64 bits wide. The functions below have a copy of it for each width of vectors.
#define BALLAST_INLINED inline __attribute__((always_inline))

/// Asks memory for the column's next block, which is wanted when all others had their turn.
template <class Number>
BALLAST_INLINED void fetch_ahead(const Number* values) {
    __builtin_prefetch(values + BinMasks::most);
}

template <std::size_t lanes>
BALLAST_INLINED void load(const std::int64_t* from, typename Vectors<lanes>::Values& into) {
    std::memcpy(&into, from, sizeof into);
}
template <std::size_t lanes>
BALLAST_INLINED void load(const std::int32_t* from, typename Vectors<lanes>::Values& into) {
    typename Vectors<lanes>::SmallValues small;
    std::memcpy(&small, from, sizeof small);
    into = __builtin_convertvector(small, typename Vectors<lanes>::Values);
}

/// A value has taken every step whose cut is not above it. Four groups share the loading of a step.
template <std::size_t lanes, class Number>
BALLAST_INLINED void steps_of(const Bins& bins, const Number* values, std::uint64_t* out, std::size_t rows) {
    using Values = typename Vectors<lanes>::Values;
    using Masks = typename Vectors<lanes>::Masks;
    constexpr std::size_t groups = 4;
    std::size_t row = 0;
    for (; row + groups * lanes <= rows; row += groups * lanes) {
        Values v[groups];
        Masks m[groups];
        for (std::size_t i = 0; i < groups * lanes; i += line) fetch_ahead(values + row + i);
        for (std::size_t g = 0; g < groups; ++g) load<lanes>(values + row + g * lanes, v[g]);
        for (auto& mask : m) mask = Masks{} + bins.masks[0];
        for (std::size_t i = 0; i < bins.count; ++i) {
            const Values cut = Values{} + bins.cuts[i];
            const Masks step = Masks{} + bins.steps[i];
            for (std::size_t g = 0; g < groups; ++g) m[g] ^= reinterpret_cast<Masks>(v[g] >= cut) & step;
        }
        Masks was[groups];
        std::memcpy(was, out + row, sizeof was);
        for (std::size_t g = 0; g < groups; ++g) m[g] &= was[g];
        std::memcpy(out + row, m, sizeof m);
    }
    for (; row < rows; ++row) {
        std::uint64_t mask = bins.masks[0];
        for (std::size_t i = 0; i < bins.count; ++i) mask ^= values[row] >= bins.cuts[i] ? bins.steps[i] : 0;
        out[row] &= mask;
    }
}

/// Every value between the outermost cuts has its mask in a table.
template <class Number>
BALLAST_INLINED void table_of(const Bins& bins, const Number* values, std::uint64_t* out, std::size_t rows) {
    const std::int64_t low = bins.cuts[0] - 1, high = bins.cuts[bins.count - 1];
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % line == 0) fetch_ahead(values + row);
        out[row] &= bins.masks[std::min(std::max<std::int64_t>(values[row], low), high) - low];
    }
}

/// Without branches to mispredict.
template <class Number>
BALLAST_INLINED void search_of(const Bins& bins, const Number* values, std::uint64_t* out, std::size_t rows) {
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t* base = bins.cuts;
        for (std::size_t left = bins.count; left > 1;) {
            const std::size_t half = left / 2;
            base += base[half - 1] <= values[row] ? half : 0;
            left -= half;
        }
        out[row] &= bins.masks[base - bins.cuts + (*base <= values[row])];
    }
}

#define BALLAST_STEPS(processor, lanes, number)                                                             \
    processor void by_steps(const Bins& bins, const number* values, std::uint64_t* out, std::size_t rows) { \
        steps_of<lanes>(bins, values, out, rows);                                                           \
    }
#ifdef BALLAST_PROCESSORS
#define BALLAST_STEPS_OF(number)                                 \
    BALLAST_STEPS(__attribute__((target("avx512f"))), 8, number) \
    BALLAST_STEPS(__attribute__((target("avx2"))), 4, number)    \
    BALLAST_STEPS(__attribute__((target("default"))), 2, number)
#else
#define BALLAST_STEPS_OF(number) BALLAST_STEPS(, 2, number)
#endif
BALLAST_STEPS_OF(std::int64_t)
BALLAST_STEPS_OF(std::int32_t)
#undef BALLAST_STEPS_OF
#undef BALLAST_STEPS

#define BALLAST_LOOK_UP(name, way, number)                                                    \
    BALLAST_FOR_EACH_PROCESSOR                                                                \
    void name(const Bins& bins, const number* values, std::uint64_t* out, std::size_t rows) { \
        way(bins, values, out, rows);                                                         \
    }
BALLAST_LOOK_UP(by_table, table_of, std::int64_t)
BALLAST_LOOK_UP(by_table, table_of, std::int32_t)
BALLAST_LOOK_UP(by_search, search_of, std::int64_t)
BALLAST_LOOK_UP(by_search, search_of, std::int32_t)
#undef BALLAST_LOOK_UP

BALLAST_FOR_EACH_PROCESSOR
void put_absences(const std::uint8_t* absences, std::uint64_t absent, const std::uint64_t* masks,
                  std::uint64_t* bits, std::size_t rows) {
    for (std::size_t row = 0; row < rows; ++row) bits[row] &= absences[row] ? absent : masks[row];
}

BALLAST_FOR_EACH_PROCESSOR
std::uint64_t any(const std::uint64_t* bits, std::size_t rows) {
    std::uint64_t out = 0;
    for (std::size_t row = 0; row < rows; ++row) out |= bits[row];
    return out;
}

}  // namespace

BinMasks::BinMasks(std::span<const std::int64_t> cuts, std::span<const std::uint64_t> masks,
                   std::uint64_t absent)
    : absent_(absent), decides_(~absent) {
    INVARIANT(masks.size() == cuts.size() + 1);
    masks_.push_back(masks[0]);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const auto step = masks[i] ^ masks[i + 1];
        if (step == 0) continue;
        cuts_.push_back(cuts[i]);
        steps_.push_back(step);
        masks_.push_back(masks[i + 1]);
    }
    for (const auto mask : masks_) decides_ |= ~mask;
    if (cuts_.size() <= few_steps()) return;
    const auto span = static_cast<std::uint64_t>(cuts_.back()) - static_cast<std::uint64_t>(cuts_.front());
    if (span < static_cast<std::uint64_t>(table_size)) {
        way_ = Way::table;
        std::vector<std::uint64_t> of_values{masks_[0]};
        for (std::size_t i = 0; i + 1 < cuts_.size(); ++i)
            of_values.insert(of_values.end(), static_cast<std::size_t>(cuts_[i + 1] - cuts_[i]),
                             masks_[i + 1]);
        of_values.push_back(masks_.back());
        masks_ = std::move(of_values);
    } else if (cuts_.size() > many_steps) {
        way_ = Way::search;
    }
}

template <class Number>
std::uint64_t BinMasks::narrow_any(const Number* values, const std::uint8_t* absences,
                                   std::span<std::uint64_t> bits) const {
    INVARIANT(bits.size() <= most);
    const Bins bins{cuts_.data(), masks_.data(), steps_.data(), cuts_.size()};
    using LookUp = void (*)(const Bins&, const Number*, std::uint64_t*, std::size_t);
    const LookUp look_up = way_ == Way::steps   ? LookUp(by_steps)
                           : way_ == Way::table ? LookUp(by_table)
                                                : LookUp(by_search);
    if (absences) {
        std::uint64_t masks[most];
        std::fill_n(masks, bits.size(), ~std::uint64_t{0});
        look_up(bins, values, masks, bits.size());
        put_absences(absences, absent_, masks, bits.data(), bits.size());
    } else {
        look_up(bins, values, bits.data(), bits.size());
    }
    return any(bits.data(), bits.size());
}

std::uint64_t BinMasks::narrow(const std::int64_t* values, const std::uint8_t* absences,
                               std::span<std::uint64_t> bits) const {
    return narrow_any(values, absences, bits);
}
std::uint64_t BinMasks::narrow(const std::int32_t* values, const std::uint8_t* absences,
                               std::span<std::uint64_t> bits) const {
    return narrow_any(values, absences, bits);
}

}  // namespace ballast::dmn
