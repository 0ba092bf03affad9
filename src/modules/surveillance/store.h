/// How alarms are read from their tables; inside surveillance only.
#pragma once

#include "surveillance/alarm_file.h"

namespace ballast::surveillance {

inline constexpr std::string_view note_context = "surveillance_step.note";
inline constexpr std::string_view what_context = "surveillance_measure.what";

Result<std::vector<Alarm>> read_alarms(db::Tx& tx, const std::string& where);
/// Inside the scope. Errors: not_found "surveillance.no_alarm".
Result<Alarm> read_alarm(db::Tx& tx, const auth::Scope& scope, AlarmId id);
Result<std::vector<Measure>> measures_of(db::Tx& tx, const Desk& desk, AlarmId id);

Result<void> add_event(db::Tx& tx, const Desk& desk, AlarmId id, const Event& event);
Result<void> record(db::Tx& tx, const Desk& desk, const Alarm& alarm, std::string_view action);

}  // namespace ballast::surveillance
