// Series of weather and prices, what a product would have paid over them, and what a put on a price is worth.
#include "api/insurance_json.h"
#include "api/insurance_tables.h"
#include "base/rng.h"
#include "base/working_calendar.h"
#include "insurance/settlement.h"
#include "pricing/asian_put.h"

namespace ballast::api {
namespace {

using namespace insurance;

Json series_json(const Call& call, const Series& one) {
    return {{"id", text(one.id)},
            {"kind", coded_insurance(call, "series_kind", name_of(one.key.kind))},
            {"code", one.key.code},
            {"variable", coded_insurance(call, "variable", one.key.variable)},
            {"area", area_json(call, one.area)},
            {"revision", one.revision},
            {"first_day", one.days ? Json(one.days->first.iso()) : Json(nullptr)},
            {"last_day", one.days ? Json(one.days->last.iso()) : Json(nullptr)},
            {"values", one.values}};
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    Json items = Json::array();
    for (const auto& one : TRY(all_series(tx, desk_of(call, book)))) items.push_back(series_json(call, one));
    return ok({{"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto series = TRY(load_series(tx, desk, TRY(call.path<SeriesId>("id"))));
    const Period asked{TRY(call.query<Date>("from")).value_or(any_day.first),
                       TRY(call.query<Date>("to")).value_or(any_day.last)};
    Json out = series_json(call, series);
    out["points"] = points_json(TRY(values_at(tx, series.id, series.revision, asked)));
    out["revisions"] = Json::array();
    for (const auto& revision : TRY(revisions(tx, desk, series)))
        out["revisions"].push_back({{"revision", revision.revision},
                                    {"hash", revision.hash},
                                    {"source", revision.source},
                                    {"reason", revision.reason},
                                    {"correction", revision.correction},
                                    {"first_day", revision.days.first.iso()},
                                    {"last_day", revision.days.last.iso()},
                                    {"added", revision.added},
                                    {"changed", revision.changed},
                                    {"on", revision.on.iso()},
                                    {"by", revision.name}});
    return ok(out);
}

Result<Reply> upload(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto acting = TRY(own_insurer(tx, desk));
    const auto& request = call.request();
    if (request.uploads.size() != 1) return invalid("insurance.one_file");
    const auto said = [&](std::string_view name) {
        const auto found = request.form.find(name);
        return found == request.form.end() ? std::string() : found->second;
    };
    NewSeries wanted{{TRY(series_kind_named(said("kind"))), said("code"), said("variable")},
                     acting.area,
                     said("source"),
                     said("reason")};
    if (const auto place = said("area"); !place.empty()) {
        const auto area = Call::parsed<AreaCode>(place);
        if (!area) return invalid("http.wrong_type").with("name", "area");
        wanted.area = *area;
    }
    const auto& file = request.uploads.front();
    const auto taken = TRY(take_series(tx, desk, wanted, file.path(), file.file_name()));
    Json findings = Json::array();
    for (const auto& finding : taken.findings)
        findings.push_back({{"row", finding.row},
                            {"error", finding.error},
                            {"id", finding.what.id},
                            {"says", words::say(finding.what, call.language())}});
    return ok({{"accepted", taken.accepted},
               {"id", taken.id ? Json(text(*taken.id)) : Json(nullptr)},
               {"revision", taken.revision},
               {"rows", taken.rows},
               {"added", taken.added},
               {"changed", taken.changed},
               {"missing", taken.missing},
               {"findings", findings}});
}

Result<Reply> burn_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto product = TRY(call.query<std::string>("product")).value_or("");
    const auto area = TRY(call.query<AreaCode>("area")).value_or(call.context().settings.area);
    const auto season = [&](std::string_view name) -> Result<int> {
        return static_cast<int>(TRY(call.query<std::int64_t>(name)).value_or(0));
    };
    const auto history = TRY(burn_history(tx, desk_of(call, book), product, area, TRY(season("first")),
                                          TRY(season("last"))));
    const auto& burn = history.burn;
    Json items = Json::array();
    for (const auto& year : burn.seasons)
        items.push_back(
            {{"season", year.season},
             {"unknown",
              year.unknown ? Json(words::say(*year.unknown, call.language())) : Json(nullptr)},
             {"index", year.unknown ? Json(nullptr) : Json(year.index.rounded(2).plain())},
             {"share", year.unknown ? Json(nullptr) : Json(year.share.plain())},
             {"substituted", year.substituted}});
    return ok({{"items", items},
               {"known", burn.known},
               {"paying", burn.paying},
               {"mean", burn.mean.plain()},
               {"median", burn.median.plain()},
               {"high", burn.high.plain()},
               {"largest", burn.largest.plain()},
               {"amount_fen", history.amount.to_money(Rounding::half_up).fen()},
               {"rate", history.rate.plain()},
               {"rate_authority", history.rate_authority},
               {"series", history.series}});
}

/// An estimate by a model, and therefore a number with a point.
Result<double> real(const Json& asked, const char* name) {
    const auto found = asked.find(name);
    if (found == asked.end() || found->is_null()) return invalid("http.missing_field").with("name", name);
    if (!found->is_number()) return invalid("http.wrong_type").with("name", name);
    return found->get<double>();
}

Json valuation_json(const pricing::Valuation& value) {
    return {{"price", value.price}, {"standard_error", value.standard_error}, {"delta", value.delta}};
}

/// The put as it is now, its fixings the trading days of the window; what is settled already stands in a
/// series.
Result<pricing::AsianPut> put_of(Call& call, db::Tx& tx, const Json& asked) {
    pricing::AsianPut put{TRY(real(asked, "futures")),
                          TRY(real(asked, "strike")),
                          TRY(real(asked, "rate")),
                          TRY(real(asked, "volatility")),
                          TRY(day_of(asked, "valuation")),
                          {}};
    const Period window{TRY(day_of(asked, "first")), TRY(day_of(asked, "last"))};
    if (window.last < window.first || window.last - window.first > 1'500)
        return invalid("pricing.no_trading_day")
            .with("first", window.first.iso())
            .with("last", window.last.iso());
    for (const Date day : pricing::trading_days(window, china_calendar()))
        put.fixings.push_back({day, std::nullopt});
    const auto series = TRY(optional_field<std::string>(asked, "series")).value_or("");
    if (series.empty()) return put;
    const auto id = Call::parsed<SeriesId>(series);
    if (!id) return invalid("http.wrong_type").with("name", "series");
    const auto book = TRY(book_of(call));
    const auto known = TRY(load_series(tx, desk_of(call, book), *id));
    const auto values = TRY(values_at(tx, known.id, known.revision, {window.first, put.valuation}));
    for (auto& fixing : put.fixings)
        if (const auto found = values.find(fixing.day); found != values.end())
            fixing.settled = std::stod(found->second.plain());
    return put;
}

Result<Reply> value(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto put = TRY(put_of(call, tx, asked));
    const auto samples = TRY(optional_field<std::int64_t>(asked, "samples")).value_or(100'000);
    const auto seed = TRY(optional_field<std::int64_t>(asked, "seed")).value_or(1);
    constexpr std::int64_t most_here = 400'000;  // somebody waits for the answer
    if (samples > most_here)
        return invalid("pricing.out_of_range").with("name", "samples").with("value", std::to_string(samples));
    const auto by_moments = TRY(pricing::two_moment(put));
    Rng rng(static_cast<std::uint64_t>(seed));
    const auto drawn = TRY(pricing::monte_carlo(put, samples, rng));
    Json curve = Json::array();
    constexpr int points = 30;
    for (int i = 0; i <= points; ++i) {
        auto moved = put;
        moved.futures = put.strike * (0.7 + 0.6 * i / points);
        curve.push_back({{"futures", moved.futures},
                         {"payoff", std::max(0.0, put.strike - moved.futures)},
                         {"value", TRY(pricing::two_moment(moved)).price}});
    }
    const auto settled = std::ranges::count_if(put.fixings, [](const auto& one) { return one.settled.has_value(); });
    return ok({{"two_moment", valuation_json(by_moments)},
               {"monte_carlo", valuation_json(drawn)},
               {"samples", samples},
               {"seed", seed},
               {"fixings", put.fixings.size()},
               {"settled", settled},
               {"curve", curve}});
}

constexpr std::array table{
    Route{get, "/api/insurance/series", Right::insurance_read, list},
    Route{post, "/api/insurance/series", Right::insurance_write, upload},
    Route{get, "/api/insurance/series/{id}", Right::insurance_read, one},
    Route{get, "/api/insurance/burn", Right::insurance_read, burn_one},
    Route{post, "/api/insurance/valuations", Right::insurance_read, value},
};

}  // namespace

const Routes insurance_series_routes = table;

}  // namespace ballast::api
