/// 报送日历: which sheet is due for which period, by which day, and what came. Two alarms: a sheet that is
/// late, and one with far fewer rows than usual, which may be a part.
///
/// A sheet is expected from the first period of which the county ever received it. A period's deadline is the
/// contract's day of the following month, or the next working day when nobody works on it; a daily sheet is
/// due on the next working day. Sheets after an event or on request have no deadline, and are never late.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "db/db.h"
#include "feeds/feeds.h"
#include "packs/store.h"

namespace ballast::feeds {

/// What came of one sheet for one period: files in force, without refused rows that were sent again.
struct Delivery {
    std::string feed;
    std::string period;  // YYYY-MM
    BatchId batch;       // the latest
    Date first, last;    // days on which a file came
    std::int64_t files = 0, rows = 0;
    bool nil = false;  // its sender says that there was nothing to report
};

struct Cell {
    std::string period;
    enum class State : std::uint8_t {
        none,       // nothing is expected, nothing came
        received,   // in time, or without a deadline
        came_late,  // after its deadline
        open,       // expected, the deadline has not passed
        due_soon,   // the same, within due_soon_days
        overdue,    // the deadline has passed
    } state = State::none;
    std::optional<Date> due;
    int days_late = 0;  // came_late: when it came; overdue: by now
    std::int64_t files = 0, rows = 0;
    std::optional<BatchId> batch;
    bool nil = false;  // 零报告
    /// The usual number of rows when this one is short: the median of the six periods before it that came, at
    /// least three of them.
    std::optional<std::int64_t> usual;
};
std::string_view name_of(Cell::State state);  // "came_late"

struct CalendarLine {
    const Contract* contract;
    bool begun = false;       // the county has received it at some time
    std::vector<Cell> cells;  // by period, in order
};

struct CalendarLimits {
    std::int64_t short_percent = 0;
    int due_soon_days = 0;
    bool assumed = false;
    /// Pack "feeds". Errors: those of packs.
    static Result<CalendarLimits> load(AreaCode county, Date day, const packs::Store& packs = {});
};

struct Calendar {
    std::vector<std::string> periods;  // the last is the month of `today`
    std::vector<CalendarLine> lines;   // by contract
    std::int64_t overdue = 0, due_soon = 0, short_ones = 0;
};

/// The first day on which the sheet of that period is late is the day after; nothing for a daily sheet and
/// for those without a deadline.
std::optional<Date> deadline(const Contract& contract, const std::string& period);

/// Pure. `deliveries` may reach further back than the months shown.
Calendar calendar(std::span<const Contract* const> contracts, std::span<const Delivery> deliveries,
                  Date today, int months, const CalendarLimits& limits);

/// Of the sheets that the actor may see.
Result<Calendar> calendar(db::Tx& tx, const auth::Actor& actor, AreaCode county, Date today, int months,
                          const CalendarLimits& limits);

}  // namespace ballast::feeds
