/// When a fund raises an alarm, out of the pack `funds`; and a fund's year as JSON.
#pragma once

#include "api/json.h"
#include "finance/ledger.h"

namespace ballast::api {

struct FundBounds {
    finance::FundLimits values;
    std::string floor_authority;
};
/// A floor is that of guarantee funds alone; the use is watched of every fund that pays.
Result<FundBounds> fund_limits(const Call& call, const finance::Fund& fund);
/// {code, label} of each alarm.
Result<Json> alarms_json(const Call& call, const finance::Fund& fund, const finance::FundYear& year);
Json fund_year_json(const finance::FundYear& year);

}  // namespace ballast::api
