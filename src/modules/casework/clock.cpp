#include "casework/clock.h"

#include <algorithm>
#include <array>

namespace ballast::casework {

namespace {

constexpr std::array urgency_names{std::string_view("none"), std::string_view("yellow"),
                                   std::string_view("orange"), std::string_view("red")};
constexpr std::array escalation_names{std::string_view("village"), std::string_view("township"),
                                      std::string_view("county")};
constexpr int most = 3660;

}  // namespace

Result<Terms> Terms::in_force(const packs::Pack& pack, AreaCode village, Date day_zero) {
    Terms terms;
    terms.hash = pack.hash;
    for (const auto& parameter : pack.parameters) {
        const auto bound = TRY(pack.bind(parameter.name, day_zero, village));
        const auto& row = *bound.value;
        if (row.unit == packs::Unit::ratio) {
            terms.shares_.push_back({parameter.name, row.value, row.assumed()});
            continue;
        }
        if (row.value.scale() != 0 || row.value < Decimal(0) || row.value > Decimal(most))
            return invalid("casework.bad_parameter").with("name", parameter.name);
        terms.limits_.push_back({parameter.name, parameter.title, std::stoi(row.value.plain()),
                                 row.unit == packs::Unit::working_days ? DayKind::working : DayKind::calendar,
                                 row.from, row.authority, row.assumed()});
    }
    return terms;
}

const Limit& Terms::limit(std::string_view name) const {
    const auto found = std::ranges::find(limits_, name, &Limit::name);
    INVARIANT(found != limits_.end());
    return *found;
}

const Terms::Share& Terms::share_named(std::string_view name) const {
    const auto found = std::ranges::find(shares_, name, &Share::name);
    INVARIANT(found != shares_.end());
    return *found;
}

Decimal Terms::share(std::string_view name) const { return share_named(name).value; }
bool Terms::share_assumed(std::string_view name) const { return share_named(name).assumed; }

std::string_view name_of(Urgency urgency) { return urgency_names.at(static_cast<std::size_t>(urgency)); }
std::string_view name_of(Escalation to) { return escalation_names.at(static_cast<std::size_t>(to)); }

std::optional<Urgency> urgency_named(std::string_view name) {
    const auto found = std::ranges::find(urgency_names, name);
    if (found == urgency_names.end()) return std::nullopt;
    return static_cast<Urgency>(found - urgency_names.begin());
}

Clock clock_on(Date today, const Deadline& deadline, const Terms& terms) {
    Clock clock{deadline.last_day, deadline.assumed, deadline.last_day - today, Urgency::none};
    if (clock.days_left < 0)
        clock.urgency = Urgency::red;
    else if (clock.days_left <= terms.number("urgency_orange"))
        clock.urgency = Urgency::orange;
    else if (clock.days_left <= terms.number("urgency_yellow"))
        clock.urgency = Urgency::yellow;
    return clock;
}

Deadline due(Date event, const Limit& limit) {
    return china_calendar().after(event, limit.value, limit.day_kind);
}

Deadline overall_due(const Terms& terms, Date day_zero, int extension_days, int paused_days) {
    Deadline deadline = due(day_zero, terms.limit("overall_limit"));
    deadline.last_day = deadline.last_day.plus_days(extension_days + paused_days);
    return deadline;
}

Escalation escalation(const Clock& clock, const Terms& terms) {
    if (clock.overdue() == 0) return Escalation::village;
    return clock.overdue() < terms.number("escalate_county_days") ? Escalation::township : Escalation::county;
}

}  // namespace ballast::casework
