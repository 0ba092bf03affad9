#include "jobs/nightly.h"

namespace ballast::jobs {

Date night_of(Instant now) { return civil_date({now.ms - nightly_hour * 3'600'000}); }

Result<bool> nightly_due(db::Tx& tx, std::string_view kind, AreaCode area, Instant now) {
    return TRY(tx.number("SELECT COUNT(*) FROM jobs_night WHERE kind = ? AND area = ? AND night >= ?",
                         {kind, area, night_of(now)})) == 0;
}

Result<std::optional<JobId>> promise_nightly(db::Tx& tx, std::string_view kind, AreaCode area, Instant now) {
    const auto taken =
        TRY(tx.exec("INSERT INTO jobs_night (kind, area, night) VALUES (?, ?, ?) ON CONFLICT (kind, area) DO "
                    "UPDATE SET night = excluded.night WHERE jobs_night.night < excluded.night",
                    kind, area, night_of(now)));
    if (taken == 0) return std::optional<JobId>();
    return std::optional(TRY(enqueue(tx, {std::string(kind), "{}", area, Order::Stop::possible},
                                     auth::system_actor("nightly"), now)));
}

}  // namespace ballast::jobs
