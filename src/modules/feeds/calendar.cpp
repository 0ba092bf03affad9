#include "feeds/calendar.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/working_calendar.h"
#include "packs/packs.h"

namespace ballast::feeds {
namespace {

using Received = std::map<std::string, Delivery>;  // of one sheet, by period

constexpr std::size_t compared_periods = 6, fewest_compared = 3;

Date first_day(const std::string& period) { return *Date::parse(period + "-01"); }

Date working_day_from(Date day) {
    while (!china_calendar().is_working_day(day)) day = day.plus_days(1);
    return day;
}
Date working_day_after(Date day) { return working_day_from(day.plus_days(1)); }

bool carries(const Contract& contract, const std::string& period) {
    if (contract.period == Period::event || contract.period == Period::on_request) return false;
    return contract.months.empty() || std::find(contract.months.begin(), contract.months.end(),
                                                first_day(period).month()) != contract.months.end();
}

/// The usual number of rows, when `now` has fewer than `percent` of it.
std::optional<std::int64_t> usual_when_short(const Received& received, const Delivery& now,
                                             std::int64_t percent) {
    std::vector<std::int64_t> before;
    for (auto at = received.find(now.period); at != received.begin() && before.size() < compared_periods;)
        before.push_back((--at)->second.rows);
    if (before.size() < fewest_compared) return std::nullopt;
    std::sort(before.begin(), before.end());
    const auto usual = before[(before.size() - 1) / 2];
    return now.rows * 100 < usual * percent ? std::optional(usual) : std::nullopt;
}

/// Of a daily sheet what counts is the last file: the first working day after it that is not covered is due
/// on the next one.
std::optional<Date> daily_deadline(const Received& received) {
    if (received.empty()) return std::nullopt;
    Date last = received.begin()->second.last;
    for (const auto& [period, delivery] : received) last = std::max(last, delivery.last);
    return working_day_after(working_day_after(last));
}

class Filling {
public:
    Filling(const Contract& contract, const Received& received, Date today, const CalendarLimits& limits)
        : contract_(contract), received_(received), today_(today), limits_(limits) {}

    Cell cell(const std::string& period) const {
        Cell out;
        out.period = period;
        const auto came = received_.find(period);
        const bool daily = contract_.period == Period::daily;
        const bool current = period == today_.iso().substr(0, 7);
        const bool expected =
            !received_.empty() && received_.begin()->first <= period && carries(contract_, period);
        if (expected)
            out.due =
                daily ? (current ? daily_deadline(received_) : std::nullopt) : deadline(contract_, period);
        if (came != received_.end()) {
            out.files = came->second.files;
            out.rows = came->second.rows;
            out.batch = came->second.batch;
            out.nil = came->second.nil;
            out.usual = daily || !expected || out.nil
                            ? std::nullopt
                            : usual_when_short(received_, came->second, limits_.short_percent);
        }
        // A daily month is as good as its last file, while it lasts.
        if (came != received_.end() && !(daily && current)) {
            const bool late = out.due && came->second.first > *out.due;
            out.state = late ? Cell::State::came_late : Cell::State::received;
            if (late) out.days_late = came->second.first - *out.due;
        } else if (daily && expected && !current) {
            out.state = Cell::State::overdue;
            out.days_late = today_ - working_day_from(first_day(period).plus_months(1));
        } else if (out.due) {
            out.state = waiting(*out.due, daily && came != received_.end());
            if (out.state == Cell::State::overdue) out.days_late = today_ - *out.due;
        }
        return out;
    }

private:
    Cell::State waiting(Date due, bool came) const {
        if (today_ > due) return Cell::State::overdue;
        if (came) return Cell::State::received;
        return due - today_ <= limits_.due_soon_days ? Cell::State::due_soon : Cell::State::open;
    }

    const Contract& contract_;
    const Received& received_;
    const Date today_;
    const CalendarLimits& limits_;
};

}  // namespace

std::string_view name_of(Cell::State state) {
    constexpr std::array<std::string_view, 6> names{"none", "received", "came_late",
                                                    "open", "due_soon", "overdue"};
    return names.at(static_cast<std::size_t>(state));
}

std::optional<Date> deadline(const Contract& contract, const std::string& period) {
    const Date following = first_day(period).plus_months(1);
    const auto* due = contract.due_on(following);
    if (!due || contract.period == Period::daily) return std::nullopt;
    return working_day_from(following.plus_days(std::min(due->day, following.last_of_month().day()) - 1));
}

Calendar calendar(std::span<const Contract* const> contracts, std::span<const Delivery> deliveries,
                  Date today, int months, const CalendarLimits& limits) {
    Calendar out;
    for (int back = months - 1; back >= 0; --back)
        out.periods.push_back(today.first_of_month().plus_months(-back).iso().substr(0, 7));
    for (const auto* contract : contracts) {
        Received received;
        for (const auto& one : deliveries)
            if (one.feed == contract->id) received.emplace(one.period, one);
        CalendarLine line{contract, !received.empty(), {}};
        const Filling filling(*contract, received, today, limits);
        for (const auto& period : out.periods) {
            line.cells.push_back(filling.cell(period));
            const auto& cell = line.cells.back();
            out.overdue += cell.state == Cell::State::overdue;
            out.due_soon += cell.state == Cell::State::due_soon;
            out.short_ones += cell.usual.has_value();
        }
        out.lines.push_back(std::move(line));
    }
    return out;
}

Result<CalendarLimits> CalendarLimits::load(AreaCode county, Date day, const packs::Store& packs) {
    const auto pack = TRY(packs.load("feeds", county, day));
    CalendarLimits out;
    const auto percent = TRY(pack->bind("short_delivery_percent", day, county));
    const auto days = TRY(pack->bind("due_soon_days", day, county));
    out.short_percent = std::stoll(percent.value->value.plain());
    out.due_soon_days = std::stoi(days.value->value.plain());
    out.assumed = percent.value->assumed() || days.value->assumed();
    return out;
}

Result<Calendar> calendar(db::Tx& tx, const auth::Actor& actor, AreaCode county, Date today, int months,
                          const CalendarLimits& limits) {
    const auto department = actor.department();
    std::vector<const Contract*> seen;
    for (const auto& one : contracts())
        if (department.empty() || one.department == department) seen.push_back(&one);
    std::vector<Delivery> deliveries;
    const std::vector<db::Value> values{county};
    // The first file of a period says whether it came in time, also when a corrected edition has replaced it;
    // the rows are those in force.
    TRY(tx.each_row(
        "SELECT b.feed, b.period, MAX(b.id), MIN(b.received_at), MAX(b.received_at), CAST(SUM(CASE WHEN "
        "b.replaced_by "
        "IS NULL THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN b.replaced_by IS NULL THEN b.rows_matched "
        "+ "
        "b.rows_candidate + b.rows_unmatched + b.rows_invalid ELSE 0 END) AS BIGINT), MIN(b.is_nil) FROM "
        "feeds_batch b "
        "WHERE b.county = ? AND b.state = "
        "'applied' AND b.rejects_of IS NULL AND " +
            actor.scope(auth::Right::feeds_read).sql("b.county") + " GROUP BY b.feed, b.period",
        values, [&](const db::Row& row) -> Result<void> {
            deliveries.push_back({std::string(row.text(0)), std::string(row.text(1)), row.id<BatchId>(2),
                                  civil_date(Instant{row.integer(3)}), civil_date(Instant{row.integer(4)}),
                                  row.integer(5), row.integer(6), row.truth(7)});
            return {};
        }));
    return calendar(seen, deliveries, today, months, limits);
}

}  // namespace ballast::feeds
