#include "api/fund_limits.h"

#include "packs/packs.h"

namespace ballast::api {

using namespace finance;

Result<FundBounds> fund_limits(const Call& call, const Fund& fund) {
    const auto pack = TRY(call.packs().load("funds", fund.area, call.today()));
    const auto bound = [&](std::string_view name) { return pack->bind(name, call.today(), fund.area); };
    FundBounds out;
    if (fund.kind == FundKind::guarantee) {
        const auto floor = TRY(bound("fund_floor"));
        out.values.floor = floor.value->in_rules().to_money(Rounding::half_up);
        out.floor_authority = floor.value->authority;
    }
    out.values.usage_warn = TRY(bound("fund_usage_warn")).value->value.divided_by(100, 4, Rounding::half_up);
    out.values.usage_alarm =
        TRY(bound("fund_usage_alarm")).value->value.divided_by(100, 4, Rounding::half_up);
    return out;
}

Result<Json> alarms_json(const Call& call, const Fund& fund, const FundYear& year) {
    constexpr std::array names{"below_floor", "usage_high", "usage_critical"};
    const auto limits = TRY(fund_limits(call, fund));
    Json out = Json::array();
    for (const auto alarm : alarms(year, limits.values)) {
        const std::string code = names.at(static_cast<std::size_t>(alarm));
        out.push_back({{"code", code}, {"label", call.say("finance.alarm." + code)}});
    }
    return out;
}

Json fund_year_json(const FundYear& year) {
    return {{"opening_fen", year.opening.fen()},
            {"contributions_fen", year.contributions.fen()},
            {"top_ups_fen", year.top_ups.fen()},
            {"interest_fen", year.interest.fen()},
            {"recoveries_fen", year.recoveries.fen()},
            {"transfers_in_fen", year.transfers_in.fen()},
            {"transfers_out_fen", year.transfers_out.fen()},
            {"payments_fen", year.payments.fen()},
            {"service_fees_fen", year.service_fees.fen()},
            {"closing_fen", year.closing().fen()},
            {"usage", year.usage().plain()}};
}

}  // namespace ballast::api
