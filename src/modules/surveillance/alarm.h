/// A large-scale alarm and its procedure; pure. Domain specification 4, R33 to R35.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/id.h"
#include "base/result.h"

namespace ballast::surveillance {

struct AlarmTag;
using AlarmId = Id<AlarmTag>;
struct MeasureTag;
using MeasureId = Id<MeasureTag>;

inline constexpr std::string_view by_group = "R33", by_price = "R34", by_work = "R35";

struct Alarm {
    AlarmId id;
    std::string rule;
    std::string subject;  // R33: the risk type; R34: the product; R35: ""
    AreaCode area;
    std::string state = "raised";  // checking, confirmed, dismissed, closed
    Date raised_on;
    Date met_on;                    // the last day on which it would have been raised
    std::optional<Date> lapsed_on;  // since when it would not
    Date first_day, last_day;       // of what stands behind it
    std::int64_t observed = 0, base = 0;  // R33: households, of those on file; R34: fen now, before; R35: people, of the month before
    Date entered_on;                // the day it came into its state
    std::optional<Date> due_on;     // of the next step
    std::string reason;             // of a dismissal
    std::string finder;             // the account that wrote the last finding
    std::int64_t version = 0;

    bool open() const { return state == "raised" || state == "checking" || state == "confirmed"; }
    bool overdue(Date today) const { return open() && due_on && *due_on < today; }
};

/// Who takes a step: those who check on the spot, or those who decide for the county.
enum class Side : std::uint8_t { check, decide };
struct Row {
    std::string_view action, from, to;
    Side side;
    /// "" nothing, "note", "reason" (reason, note), "measure" (note, office, day), "done" (measure, note).
    std::string_view needs;
};
/// The procedure. What is not listed is refused.
std::span<const Row> rows();
std::vector<Row> next_rows(const Alarm& alarm, bool checks, bool decides);
/// Why an alarm may be dismissed.
std::span<const std::string_view> reasons();

/// Days within which each step is due; packs/surveillance.
struct Clocks {
    int check = 1, decide = 5, respond = 3;
};
struct Measure {
    MeasureId id;
    std::string what, office;
    Date due_on;
    std::optional<Date> done_on;
};
/// What was typed with a step; only the fields that it needs are read.
struct Order {
    std::int64_t version = 0;
    std::string action, note, reason, office;
    std::optional<Date> due_on;
    std::optional<MeasureId> measure;
};

/// The alarm after the step; the measures are those before it. Whoever wrote the last finding does not decide on it.
///
/// Errors: conflict "surveillance.no_such_step" {action, state}, "surveillance.no_finding", "surveillance.own_finding",
/// "surveillance.no_measure", "surveillance.measures_open" {n}, "surveillance.measure_done"; not_found "surveillance.no_such_measure";
/// invalid "surveillance.reason_missing", "surveillance.day_missing", "surveillance.day_past" {date}, "surveillance.text.note",
/// "surveillance.text.office" {least, most}.
Result<Alarm> after(const Alarm& alarm, const Order& order, const std::vector<Measure>& measures, std::string_view account,
                    const Clocks& clocks, Date today);

/// Trimmed. Errors: invalid "surveillance.text.<field>" {least, most}.
Result<std::string> text_of(std::string_view typed, std::string_view field, std::size_t least, std::size_t most);

}  // namespace ballast::surveillance
