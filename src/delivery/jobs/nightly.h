/// What every county is owed once a night, such as the look at its data's quality. A server that was down
/// at that hour makes up for the last night when it is up again; nights before that one are past.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/jobs.h"

namespace ballast::jobs {

/// The kinds of such work, each without a payload, done as the system.
using Nightly = std::vector<std::string>;

/// The hour in Asia/Shanghai from which a night's work is due: between the evening's last entry and the
/// morning's first. [assumed]
inline constexpr std::int64_t nightly_hour = 2;

/// The night whose hour has passed last: before that hour it is still yesterday's.
Date night_of(Instant now);

/// Promises the night's job of that kind, unless it was promised already: by whichever server of the county,
/// however often it has been started. Answers with the job when it is a new one.
Result<std::optional<JobId>> promise_nightly(db::Tx& tx, std::string_view kind, AreaCode area, Instant now);
/// Whether that is still to be done; takes no writer's lock.
Result<bool> nightly_due(db::Tx& tx, std::string_view kind, AreaCode area, Instant now);

}  // namespace ballast::jobs
