#include "bulletin/reckoned.h"

#include <algorithm>
#include <map>

namespace ballast::bulletin {
namespace {

// Elimination over the integers modulo a prime: exact, and without fractions. The sums have coefficients of
// 0, 1 and -1 only.
constexpr std::uint64_t prime = 2'147'483'647;
using Equation = std::vector<std::uint64_t>;

std::uint64_t inverse(std::uint64_t value) {
    std::uint64_t out = 1;
    for (std::uint64_t power = prime - 2; power > 0; power /= 2) {
        if (power % 2 == 1) out = out * value % prime;
        value = value * value % prime;
    }
    return out;
}

/// Reduced row echelon form.
void reduce(std::vector<Equation>& equations, std::size_t unknowns) {
    std::size_t row = 0;
    for (std::size_t column = 0; column < unknowns && row < equations.size(); ++column) {
        const auto pivot = std::find_if(equations.begin() + static_cast<std::ptrdiff_t>(row), equations.end(),
                                        [&](const Equation& one) { return one[column] != 0; });
        if (pivot == equations.end()) continue;
        std::swap(equations[row], *pivot);
        const auto scale = inverse(equations[row][column]);
        for (auto& one : equations[row]) one = one * scale % prime;
        for (std::size_t other = 0; other < equations.size(); ++other) {
            const auto factor = equations[other][column];
            if (other == row || factor == 0) continue;
            for (std::size_t i = column; i < unknowns; ++i)
                equations[other][i] = (equations[other][i] + (prime - factor) * equations[row][i]) % prime;
        }
        ++row;
    }
}

struct Figure {
    std::string query, of;  // of: a place, or a place and a month
    auto operator<=>(const Figure&) const = default;
};

/// What snapshots of the same time say of each other, that count the same or a part of it.
struct Held {
    std::map<Figure, std::size_t> index = {};
    std::vector<bool> told = {};
    std::vector<std::int64_t> values = {};
    std::vector<GivenAway> where = {};
    std::vector<Sum> sums = {};

    std::size_t figure(const Figure& name, std::int64_t value, bool is_told, GivenAway at) {
        const auto [found, added] = index.emplace(name, told.size());
        if (added) {
            told.push_back(is_told);
            values.push_back(value);
            where.push_back(std::move(at));
        } else if (is_told) {
            told[found->second] = true;
        }
        return found->second;
    }

    /// Those without a toilet, where households and those with one are counted: nobody prints them.
    void add_rests() {
        for (const auto& [name, part] : std::map(index)) {
            const auto* query = data_query(name.query);
            if (!query || query->part_of.empty()) continue;
            const auto all = index.find({std::string(query->part_of), name.of});
            if (all == index.end()) continue;
            const auto rest = values[all->second] - values[part];
            if (rest <= 0) continue;
            sums.push_back(
                {all->second, {part, figure({name.query + " not", name.of}, rest, false, where[part])}});
        }
    }
};

/// The query that counts all, of which this one counts a part or which it is.
std::string_view all_of(std::string_view code) {
    const auto* query = data_query(code);
    return !query || query->part_of.empty() ? code : query->part_of;
}

std::string time_of(const Snapshot& snapshot) {
    return snapshot.period ? snapshot.period->first.iso() + snapshot.period->last.iso()
                           : snapshot.as_of.iso();
}

void add(Held& held, const Snapshot& snapshot, std::size_t at) {
    const auto place = snapshot.area.digits();
    const GivenAway here{snapshot.query, std::string(whole), at};
    Sum all{held.figure({snapshot.query, place}, snapshot.total, total_is_told(snapshot.total), here), {}};
    if (!snapshot.by || snapshot.figures.empty()) return;
    Sum rest{0, {}};
    for (const auto& one : snapshot.figures) {
        const auto of = snapshot.by == Breakdown::area ? one.key : place + " " + one.key;
        all.parts.push_back(
            held.figure({snapshot.query, of}, one.value, one.told, {snapshot.query, one.key, at}));
        if (!one.told) rest.parts.push_back(all.parts.back());
    }
    if (const auto kept = snapshot.kept_back(); kept > 0) {
        rest.whole = held.figure({snapshot.query, std::to_string(at) + " together"}, kept, true, here);
        held.sums.push_back(std::move(rest));
    }
    held.sums.push_back(std::move(all));
}

}  // namespace

std::vector<std::size_t> reckonable(const std::vector<bool>& told, const std::vector<Sum>& sums) {
    std::vector<std::size_t> unknown_of(told.size()), figure_of;
    for (std::size_t i = 0; i < told.size(); ++i)
        if (!told[i]) {
            unknown_of[i] = figure_of.size();
            figure_of.push_back(i);
        }
    std::vector<Equation> equations;
    for (const auto& sum : sums) {
        Equation one(figure_of.size(), 0);
        if (!told[sum.whole]) one[unknown_of[sum.whole]] = prime - 1;
        for (const auto part : sum.parts)
            if (!told[part]) one[unknown_of[part]] = (one[unknown_of[part]] + 1) % prime;
        equations.push_back(std::move(one));
    }
    reduce(equations, figure_of.size());
    std::vector<std::size_t> out;
    for (const auto& equation : equations)
        if (std::ranges::count_if(equation, [](std::uint64_t one) { return one != 0; }) == 1)
            out.push_back(figure_of[static_cast<std::size_t>(
                std::ranges::find_if(equation, [](std::uint64_t one) { return one != 0; }) -
                equation.begin())]);
    std::ranges::sort(out);
    return out;
}

std::optional<GivenAway> given_away(const std::vector<Snapshot>& own, const std::vector<Snapshot>& others) {
    const auto group_of = [](const Snapshot& one) {
        return std::string(all_of(one.query)) + " " + time_of(one);
    };
    std::map<std::string, Held> groups;
    for (std::size_t i = 0; i < own.size(); ++i) add(groups[group_of(own[i])], own[i], i);
    for (std::size_t i = 0; i < others.size(); ++i)
        if (const auto beside = groups.find(group_of(others[i])); beside != groups.end())
            add(beside->second, others[i], own.size() + i);
    for (auto& [_, held] : groups) {
        held.add_rests();
        for (const auto figure : reckonable(held.told, held.sums))
            if (held.values[figure] < smallest_told) return held.where[figure];
    }
    return {};
}

bool keep_back_beside(Snapshot& drafted, const std::vector<Snapshot>& others) {
    std::vector<Snapshot> own{drafted};
    while (const auto away = given_away(own, others)) {
        DataFigure* next = nullptr;
        for (auto& one : own.front().figures) {
            if (!one.told) continue;
            if (away->snapshot == 0 && one.key == away->key) {
                next = &one;  // a part whose rest is small
                break;
            }
            if (!next || one.value < next->value) next = &one;
        }
        if (!next) return false;
        next->told = false;
    }
    drafted = own.front();
    return true;
}

}  // namespace ballast::bulletin
