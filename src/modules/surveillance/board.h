/// The bottom-line board (底线看板): what stands between an area and a large-scale return to poverty, by the areas below it. Figures
/// are the sums that module indicators keeps (group "bottom_line" of its catalogue), counted at night or at command: nothing is counted for a
/// visitor. Alarms are read as they stand.
#pragma once

#include "indicators/board.h"
#include "surveillance/alarm_file.h"
#include "words/words.h"

namespace ballast::surveillance {

inline constexpr std::string_view board_group = "bottom_line";

struct BoardRow {
    AreaCode area;
    std::vector<indicators::Reading> readings;  // in the order of the catalogue; a small count is hidden above the village
    std::int64_t alarms = 0;                    // open ones in it
};
struct Board {
    BoardRow whole;
    std::vector<BoardRow> below;  // of the next level that has any; empty for a village
    std::optional<Instant> counted_at;
};
/// Errors: those of indicators::board.
Result<Board> bottom_line(db::Tx& tx, const indicators::Desk& desk, AreaCode area, Date on);

/// As a sheet, small counts hidden as on the screen.
Result<void> write_bottom_line(db::Tx& tx, const indicators::Desk& desk, AreaCode area, Date on, const std::string& path,
                               words::Language language);

}  // namespace ballast::surveillance
