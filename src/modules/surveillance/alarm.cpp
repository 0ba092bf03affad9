#include "surveillance/alarm.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::surveillance {
namespace {

using enum Side;

constexpr std::array table{
    Row{"take_up", "raised", "checking", check, ""},
    Row{"find", "checking", "checking", check, "note"},
    Row{"confirm", "checking", "confirmed", decide, "note"},
    Row{"dismiss", "checking", "dismissed", decide, "reason"},
    Row{"respond", "confirmed", "confirmed", decide, "measure"},
    Row{"finish", "confirmed", "confirmed", check, "done"},
    Row{"close", "confirmed", "closed", decide, "note"},
};
constexpr std::array<std::string_view, 4> why{"data_error", "no_common_cause", "handled_already", "usual_change"};

std::int64_t unfinished(const std::vector<Measure>& measures) {
    return std::ranges::count_if(measures, [](const Measure& one) { return !one.done_on; });
}

/// Errors of a decision upon the findings.
Result<void> judged_by_another(const Alarm& alarm, std::string_view account) {
    if (alarm.finder.empty()) return conflict("surveillance.no_finding");
    if (alarm.finder == account) return conflict("surveillance.own_finding");
    return {};
}

Result<void> check_measures(const std::vector<Measure>& measures) {
    if (measures.empty()) return conflict("surveillance.no_measure");
    if (const auto n = unfinished(measures); n > 0)
        return conflict("surveillance.measures_open").with("n", std::to_string(n));
    return {};
}

Result<void> check_measure(const Order& order, Date today) {
    TRY(text_of(order.office, "office", 2, 60));
    if (!order.due_on) return invalid("surveillance.day_missing");
    if (*order.due_on < today) return invalid("surveillance.day_past").with("date", order.due_on->iso());
    return {};
}

Result<void> check_finished(const Order& order, const std::vector<Measure>& measures) {
    const auto found = order.measure ? std::ranges::find(measures, *order.measure, &Measure::id) : measures.end();
    if (found == measures.end()) return not_found("surveillance.no_such_measure");
    if (found->done_on) return conflict("surveillance.measure_done");
    return {};
}

/// The earliest day of the measures that are under way once the step is taken.
std::optional<Date> next_measure(const Order& order, const std::vector<Measure>& measures) {
    std::optional<Date> out;
    const auto consider = [&](Date day) {
        if (!out || day < *out) out = day;
    };
    for (const auto& one : measures)
        if (!one.done_on && !(order.action == "finish" && one.id == order.measure)) consider(one.due_on);
    if (order.action == "respond") consider(*order.due_on);
    return out;
}

}  // namespace

std::span<const Row> rows() { return table; }
std::span<const std::string_view> reasons() { return why; }

std::vector<Row> next_rows(const Alarm& alarm, bool checks, bool decides) {
    std::vector<Row> out;
    for (const auto& row : table)
        if (row.from == alarm.state && (row.side == check ? checks : decides)) out.push_back(row);
    return out;
}

Result<Alarm> after(const Alarm& alarm, const Order& order, const std::vector<Measure>& measures, std::string_view account,
                    const Clocks& clocks, Date today) {
    const auto row = std::ranges::find_if(
        table, [&](const Row& one) { return one.action == order.action && one.from == alarm.state; });
    if (row == table.end())
        return conflict("surveillance.no_such_step").with("action", order.action).with("state", alarm.state);
    Alarm out = alarm;
    if (row->to == "confirmed" && row->from == "checking") TRY(judged_by_another(alarm, account));
    if (row->to == "dismissed") {
        TRY(judged_by_another(alarm, account));
        if (std::ranges::find(why, order.reason) == why.end()) return invalid("surveillance.reason_missing");
        out.reason = order.reason;
    }
    if (row->to == "closed") TRY(check_measures(measures));
    if (!row->needs.empty()) TRY(text_of(order.note, "note", 2, 400));
    if (row->needs == "measure") TRY(check_measure(order, today));
    if (row->needs == "done") TRY(check_finished(order, measures));
    if (row->action == "find") out.finder = account;

    out.state = row->to;
    if (out.state != alarm.state) out.entered_on = today;
    if (row->action == "take_up") out.due_on = today.plus_days(clocks.decide);
    if (row->action == "confirm") out.due_on = today.plus_days(clocks.respond);
    if (row->needs == "measure" || row->needs == "done") out.due_on = next_measure(order, measures);
    if (!out.open()) out.due_on.reset();
    return out;
}

Result<std::string> text_of(std::string_view typed, std::string_view field, std::size_t least, std::size_t most) {
    const auto out = text::trimmed(typed);
    const auto length = text::length(out);
    if (least <= length && length <= most) return std::string(out);
    // A sentence for each field, so that it is called by its name in either language.
    std::string id = "surveillance.text.";
    id += field;
    return Error{ErrorKind::invalid, std::move(id), {}, {}}
        .with("least", std::to_string(least))
        .with("most", std::to_string(most));
}

}  // namespace ballast::surveillance
