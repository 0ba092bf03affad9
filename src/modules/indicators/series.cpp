#include "indicators/series.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "indicators/rollup.h"
#include "indicators/suppression.h"

namespace ballast::indicators {
namespace {

using Key = std::pair<AreaCode, AreaLevel>;
using Stored = std::map<Key, Sum>;

bool same(const Sum& a, const Sum& b) {
    return a.value == b.value && a.reported == b.reported && a.expected == b.expected && a.hidden == b.hidden &&
           a.apportioned == b.apportioned;
}
Sum read_sum(const db::Row& row, int from) {
    return {row.maybe_integer(from).value_or(absent), row.integer(from + 1), row.integer(from + 2), row.truth(from + 3),
            row.truth(from + 4)};
}
std::optional<std::int64_t> maybe(std::int64_t value) {
    return value == absent ? std::nullopt : std::optional(value);
}

/// What was reported of the leaves: entered, or counted by the platform; as of the term's own areas.
Result<std::vector<AreaFigure>> reported(db::Tx& tx, const Figure& figure, const Series& series) {
    std::vector<AreaFigure> out;
    const auto take = [&](const db::Row& row) -> Result<void> {
        if (row.area(0).level() == figure.level) out.push_back({row.area(0), row.integer(1), false});
        return {};
    };
    if (figure.source == Source::entered) {
        const std::vector<db::Value> which{series.figure, series.part, series.term};
        TRY(tx.each_row("SELECT area_code, value FROM indicators_value WHERE figure = ? AND part = ? AND term = ? AND "
                        "value IS NOT NULL",
                        which, take));
    } else {
        const std::vector<db::Value> which{series.figure, series.term};
        TRY(tx.each_row("SELECT area_code, COUNT(*) FROM indicators_behind WHERE figure = ? AND term = ? GROUP BY "
                        "area_code",
                        which, take));
    }
    return out;
}

/// Level by level which sums to hide: each area is the sum of its children.
std::vector<std::vector<bool>> hide(const Tree& tree, const Rolled& rolled) {
    std::vector<std::int64_t> counts;
    std::vector<std::size_t> first;  // of each level, the leaves first
    for (const auto& level : rolled.levels) {
        first.push_back(counts.size());
        counts.insert(counts.end(), level.sums.begin(), level.sums.end());
    }
    std::vector<Equation> sums;
    auto level = tree.lowest();
    for (std::size_t n = 1; n < rolled.levels.size(); ++n) {
        level = static_cast<AreaLevel>(static_cast<int>(level) - 1);
        for (std::size_t area = 0; area < rolled.levels[n].sums.size(); ++area) {
            const auto [from, to] = tree.children(level, area);
            Equation one{first[n] + area, {}};
            for (auto child = from; child < to; ++child) one.parts.push_back(first[n - 1] + child);
            sums.push_back(std::move(one));
        }
    }
    const auto flat = hidden(counts, sums);
    std::vector<std::vector<bool>> out;
    for (std::size_t n = 0; n < rolled.levels.size(); ++n)
        out.emplace_back(flat.begin() + static_cast<std::ptrdiff_t>(first[n]),
                         flat.begin() + static_cast<std::ptrdiff_t>(first[n] + rolled.levels[n].sums.size()));
    return out;
}

Result<Stored> rolled_up(const Desk& desk, const Figure& figure, std::vector<AreaFigure> values,
                         std::span<const Succession> changes, Date of) {
    const auto carried_over = carried(std::move(values), changes, of, desk.today);
    auto leaves = areas_at(desk, changes, figure.level, std::max(desk.today, of));
    const std::set<AreaCode> expected(leaves.begin(), leaves.end());
    for (const auto& one : carried_over)
        if (desk.top.contains(one.area)) leaves.push_back(one.area);  // reported, though no longer there
    const Tree tree = Tree::over(std::move(leaves), desk.top, figure.level);
    // Where the platform counted and found nothing, that is nought; where nobody reported, it is not known.
    const auto nothing = figure.source == Source::entered ? absent : 0;
    Column column{figure.measure, std::vector<std::int64_t>(tree.leaves().size(), nothing)};
    Column due{figure.measure, std::vector<std::int64_t>(tree.leaves().size(), 0)};
    Column split = due;
    for (std::size_t n = 0; n < tree.leaves().size(); ++n) due.values[n] = expected.contains(tree.leaves()[n]);
    for (const auto& one : carried_over)
        if (const auto n = tree.find(figure.level, one.area)) {
            column.values[*n] = one.value;
            split.values[*n] = one.apportioned;
        }
    const auto rolled = TRY(roll_up(tree, column));
    const auto owed = TRY(roll_up(tree, due));
    const auto shares = TRY(roll_up(tree, split));
    const auto covers = figure.about_people() ? hide(tree, rolled) : std::vector<std::vector<bool>>{};
    Stored out;
    auto level = tree.lowest();
    for (std::size_t n = 0; n < rolled.levels.size(); ++n) {
        for (std::size_t area = 0; area < rolled.levels[n].sums.size(); ++area)
            out[{tree.at(level)[area], level}] = {n > 0 && !figure.rolls_up() ? absent : rolled.levels[n].sums[area],
                                                  rolled.levels[n].reported[area],
                                                  owed.levels[n].sums[area],
                                                  !covers.empty() && covers[n][area],
                                                  shares.levels[n].sums[area] > 0};
        if (level != tree.highest()) level = static_cast<AreaLevel>(static_cast<int>(level) - 1);
    }
    return out;
}

Result<void> store(db::Tx& tx, const Series& series, const Stored& now) {
    Stored before;
    const std::vector<db::Value> which{series.figure, series.part, series.term};
    TRY(tx.each_row("SELECT area_code, level, value, reported, expected, hidden, apportioned FROM indicators_sum WHERE "
                    "figure = ? AND part = ? AND term = ?",
                    which, [&](const db::Row& row) -> Result<void> {
                        before[{row.area(0), static_cast<AreaLevel>(row.integer(1))}] = read_sum(row, 2);
                        return {};
                    }));
    static constexpr std::array<std::string_view, 10> columns{"figure", "part", "term", "area_code", "level",
                                                              "value", "reported", "expected", "hidden", "apportioned"};
    std::unique_ptr<db::Bulk> added;
    for (const auto& [key, sum] : now) {
        const auto level = static_cast<std::int64_t>(key.second);
        const auto there = before.find(key);
        if (there == before.end()) {
            if (!added) added = TRY(tx.bulk("indicators_sum", columns));
            TRY(added->add({series.figure, series.part, series.term, key.first, level, maybe(sum.value), sum.reported,
                            sum.expected, std::int64_t{sum.hidden}, std::int64_t{sum.apportioned}}));
            continue;
        }
        if (!same(there->second, sum))
            TRY(tx.exec("UPDATE indicators_sum SET value = ?, reported = ?, expected = ?, hidden = ?, apportioned = ? "
                        "WHERE figure = ? AND part = ? AND term = ? AND area_code = ? AND level = ?",
                        maybe(sum.value), sum.reported, sum.expected, std::int64_t{sum.hidden},
                        std::int64_t{sum.apportioned}, series.figure, series.part, series.term, key.first, level));
        before.erase(there);
    }
    if (added) TRY(added->finish());
    for (const auto& [key, sum] : before)
        TRY(tx.exec("DELETE FROM indicators_sum WHERE figure = ? AND part = ? AND term = ? AND area_code = ? AND level = ?",
                    series.figure, series.part, series.term, key.first, static_cast<std::int64_t>(key.second)));
    return {};
}

}  // namespace

Result<std::vector<Series>> all_series(db::Tx& tx) {
    return tx.all("SELECT figure, part, term FROM indicators_series ORDER BY figure, part, term", {},
                  [](const db::Row& row) {
                      return Series{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
                  });
}

Result<void> roll(db::Tx& tx, const Desk& desk, const Series& series) {
    const auto* figure = desk.catalogue.figure(series.figure);
    if (!figure) return {};
    // The row is the lock: who comes second sees what the first has entered.
    TRY(tx.exec("INSERT INTO indicators_series (figure, part, term, version, at) VALUES (?, ?, ?, 1, ?) ON CONFLICT "
                "(figure, part, term) DO UPDATE SET version = indicators_series.version + 1, at = excluded.at",
                series.figure, series.part, series.term, desk.now.ms));
    const auto term = TRY(Term::parse(series.term));
    const auto changes = TRY(successions(tx));
    const auto now = TRY(rolled_up(desk, *figure, TRY(reported(tx, *figure, series)), changes, term.last()));
    return store(tx, series, now);
}

Result<std::optional<Instant>> rolled_at(db::Tx& tx, std::span<const std::string> figures, const Term& term) {
    std::optional<Instant> oldest;
    for (const auto& figure : figures) {
        const auto at = TRY(tx.first("SELECT at FROM indicators_series WHERE figure = ? AND part = '' AND term = ?",
                                     {figure, term.text()}, [](const db::Row& row) { return Instant{row.integer(0)}; }));
        if (at && (!oldest || at->ms < oldest->ms)) oldest = *at;
    }
    return oldest;
}

bool gives_away(const Figure& figure, const Sum& part) {
    return part.hidden || (figure.about_people() && small(part.value));
}

AreaLevel level_below(AreaLevel level) {
    return level == AreaLevel::village ? level : static_cast<AreaLevel>(static_cast<int>(level) + 1);
}

Result<Sum> sum_of(db::Tx& tx, const Series& series, AreaCode area) {
    const auto found = TRY(tx.first(
        "SELECT value, reported, expected, hidden, apportioned FROM indicators_sum WHERE figure = ? AND part = ? AND term "
        "= ? AND area_code = ? AND level = ?",
        {series.figure, series.part, series.term, area, static_cast<std::int64_t>(area.level())},
        [](const db::Row& row) { return read_sum(row, 0); }));
    return found.value_or(Sum{});
}

Result<std::vector<SumAt>> sums_below(db::Tx& tx, const Series& series, AreaCode area, AreaLevel level) {
    return tx.all(
        "SELECT area_code, level, value, reported, expected, hidden, apportioned FROM indicators_sum WHERE figure = ? AND "
        "part = ? AND term = ? AND level = ? AND area_code BETWEEN ? AND ? ORDER BY area_code",
        {series.figure, series.part, series.term, static_cast<std::int64_t>(level), area.first(), area.last()},
        [](const db::Row& row) {
            return SumAt{row.area(0), static_cast<AreaLevel>(row.integer(1)), read_sum(row, 2)};
        });
}

}  // namespace ballast::indicators
