#include "insurance/check_product.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ballast::insurance {
namespace {

constexpr int a_year = 2023;  // its winter has a 29th of February

bool is_share(Decimal value) { return value >= 0 && value <= 1; }
constexpr std::string_view a_share = "0 ... 1";

Fault value(std::string part, std::string key, std::string expected) {
    return {std::move(part), std::move(key), invalid("insurance.pack_value").with("expected", std::move(expected))};
}

std::optional<Fault> rates_of(const Product& product) {
    std::set<std::pair<std::string, Date>> seen;
    for (const auto& rate : product.rates)
        if (!seen.emplace(std::string(rate.area.digits()), rate.from).second)
            return Fault{"", "rates", invalid("insurance.rate_twice")
                                          .with("area", std::string(rate.area.digits()))
                                          .with("date", rate.from.iso())};
    return std::nullopt;
}

std::string month_day(int month, int day) { return fmt::format("{:02}-{:02}", month, day); }

bool holds(const pricing::Season& days, Date on) {
    for (int year = on.year() - 1; year <= on.year(); ++year)
        if (const auto period = days.beginning_in(year); period && period->contains(on)) return true;
    return false;
}

/// Every day of the cover lies in one stage: a loss on a day without one cannot be told, nor on one with two.
std::optional<Fault> crop_of(const CropCover& crop, const Period& cover) {
    for (const auto& [key, share] : {std::pair("threshold", crop.terms.threshold), {"total_loss", crop.terms.total_loss},
                                     {"deductible", crop.terms.deductible}})
        if (!is_share(share)) return value("crop", key, std::string(a_share));
    if (crop.terms.total_loss < crop.terms.threshold)
        return value("crop", "total_loss", fmt::format(">= {}", crop.terms.threshold.plain()));
    std::set<std::string> names;
    for (const auto& stage : crop.stages)
        if (stage.share <= 0 || stage.share > 1 || !names.insert(stage.name).second)
            return value("crop", "stages", fmt::format("{}: 0 < share <= 1", stage.name));
    for (Date day = cover.first; day <= cover.last; day = day.plus_days(1)) {
        const auto found = std::ranges::count_if(crop.stages, [&](const auto& one) { return holds(one.days, day); });
        if (found != 1)
            return Fault{"crop", "stages", invalid("insurance.stage_days")
                                               .with("day", day.iso().substr(5))
                                               .with("count", std::to_string(found))};
    }
    return std::nullopt;
}

std::optional<Fault> livestock_of(const LivestockCover& stock) {
    std::set<std::string> names;
    for (const auto& body : stock.bodies)
        if (body.coefficient <= 0 || body.coefficient > 1 || !names.insert(body.name).second)
            return value("livestock", "bodies", fmt::format("{}: 0 < coefficient <= 1", body.name));
    return std::nullopt;
}

std::optional<Fault> weather_of(const WeatherCover& weather) {
    if (std::set<std::string>(weather.stations.begin(), weather.stations.end()).size() != weather.stations.size())
        return value("weather", "stations", "[\"56137\", \"56046\"]");
    if (weather.rule.at_least_days < 0) return value("weather", "at_least_days", "0, 1, 2 ...");
    if (weather.most_missing && !is_share(*weather.most_missing))
        return value("weather", "most_missing", std::string(a_share));
    return std::nullopt;
}

std::optional<Fault> price_of(const Product& product) {
    if (const auto* price = std::get_if<PriceTerms>(&product.cover)) {
        if (price->target <= 0) return value("price", "target", "> 0");
        if (price->coverage <= 0 || price->coverage > 1) return value("price", "coverage", "0 < ... <= 1");
    }
    if (const auto* futures = std::get_if<FuturesTerms>(&product.cover); futures && futures->strike <= 0)
        return value("futures", "strike", "> 0");
    return std::nullopt;
}

/// Who is paid in full however late they came may not come when the prices or the weather are known.
std::optional<Fault> window_of(const Product& product, const Period& cover) {
    const auto window = product.window_of(a_year);
    if (!window || window->first > cover.last || window->last < cover.first)
        return Fault{"", "cover", invalid("insurance.window_outside_cover")
                                      .with("first", month_day(product.window.first_month, product.window.first_day))
                                      .with("last", month_day(product.window.last_month, product.window.last_day))};
    auto sales = product.sales.beginning_in(cover.first.year());
    if (sales && sales->first > cover.first) sales = product.sales.beginning_in(cover.first.year() - 1);
    if (product.part_cover == PartCover::whole && sales && sales->last >= window->first)
        return Fault{"", "sales", invalid("insurance.sales_reach_window")
                                      .with("first", window->first.iso().substr(5))
                                      .with("last", sales->last.iso().substr(5))};
    return std::nullopt;
}

}  // namespace

std::optional<Fault> fault_of(const Product& product) {
    if (product.valid_to && *product.valid_to < product.valid_from)
        return value("", "valid_to", fmt::format(">= {}", product.valid_from.iso()));
    if (product.waiting_days < 0 || product.waiting_days > 365) return value("", "waiting_days", "0 ... 365");
    if (auto fault = rates_of(product)) return fault;
    const auto cover = product.cover_days.beginning_in(a_year);
    if (!cover) return value("", "cover", "10-01");
    if (const auto* crop = std::get_if<CropCover>(&product.cover)) return crop_of(*crop, *cover);
    if (const auto* stock = std::get_if<LivestockCover>(&product.cover)) return livestock_of(*stock);
    if (const auto* weather = std::get_if<WeatherCover>(&product.cover))
        if (auto fault = weather_of(*weather)) return fault;
    if (auto fault = price_of(product)) return fault;
    return product.from_series() ? window_of(product, *cover) : std::nullopt;
}

}  // namespace ballast::insurance
