/// A figure of a term, rolled up and kept, so that a board reads sums and counts nothing. Whenever a value changes the
/// series is rolled up again in the same transaction; only the rows that differ are written.
#pragma once

#include "indicators/desk.h"

namespace ballast::indicators {

struct Series {
    std::string figure;
    std::string part;  // "" of the whole
    std::string term;
    friend auto operator<=>(const Series&, const Series&) = default;
};
Result<std::vector<Series>> all_series(db::Tx& tx);

/// Of a figure that the catalogue has given up: nothing happens. Errors: those of roll_up.
Result<void> roll(db::Tx& tx, const Desk& desk, const Series& series);

/// When the oldest of these figures was last rolled up for that term; nothing where none was.
Result<std::optional<Instant>> rolled_at(db::Tx& tx, std::span<const std::string> figures, const Term& term);

/// A sum as a board shows it.
struct Sum {
    std::int64_t value = absent;
    std::int64_t reported = 0, expected = 0;
    bool hidden = false;       // above the village
    bool apportioned = false;  // holds shares of a split village
};
/// Whether a part's sum, shown above the village, would give a small count away: one hidden part could be had by taking the others
/// from the whole, so that the parts of a figure are hidden together as soon as one does.
bool gives_away(const Figure& figure, const Sum& part);
/// The level below an area; of a level that is skipped, the one below that.
AreaLevel level_below(AreaLevel level);

/// Sums of an area and, when asked, of the areas of the level below it, by area.
struct SumAt {
    AreaCode area;
    AreaLevel level;
    Sum sum;
};
Result<Sum> sum_of(db::Tx& tx, const Series& series, AreaCode area);
Result<std::vector<SumAt>> sums_below(db::Tx& tx, const Series& series, AreaCode area, AreaLevel level);

}  // namespace ballast::indicators
