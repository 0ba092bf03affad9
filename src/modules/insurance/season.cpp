#include "insurance/season.h"

#include <algorithm>

#include "base/working_calendar.h"
#include "crypto/crypto.h"
#include "insurance/price_season.h"

namespace ballast::insurance {
namespace {

using pricing::Quotient;

pricing::DailySeries daily(const FrozenSeries& frozen, const Period& window) {
    pricing::DailySeries out{frozen.code, window.first, {}};
    for (Date day = window.first; day <= window.last; day = day.plus_days(1)) {
        const auto found = frozen.values.find(day);
        out.values.push_back(found == frozen.values.end() ? std::nullopt : std::optional(found->second));
    }
    return out;
}

std::optional<std::size_t> step_reached(const pricing::Payout& payout, const Quotient& index) {
    const auto* tiers = std::get_if<pricing::Tiers>(&payout.shape);
    if (!tiers) return std::nullopt;
    std::optional<std::size_t> out;
    for (std::size_t i = 0; i < tiers->steps.size(); ++i) {
        const Quotient edge(tiers->steps[i].from);
        if (tiers->side == pricing::Side::excess ? index >= edge : index <= edge) out = i;
    }
    return out;
}

Result<void> settle(const WeatherCover& cover, const pricing::MissingDays& missing,
                    const std::vector<FrozenSeries>& series, SeasonOutcome& out) {
    std::vector<pricing::DailySeries> stations;
    for (const auto& one : series) stations.push_back(daily(one, out.window));
    std::vector<const pricing::DailySeries*> in_order;
    for (const auto& one : stations) in_order.push_back(&one);
    auto index = TRY(pricing::index_over(
        out.window, cover.rule, cover.most_missing ? pricing::MissingDays{*cover.most_missing} : missing,
        in_order));
    out.index = index.value;
    out.days = index.days;
    out.substitutes = std::move(index.substitutes);
    out.step = step_reached(cover.payout, out.index);
    return {};
}

/// The days with a quote of the first source.
int quoted_days(const FrozenSeries& series, const Period& window) {
    return static_cast<int>(
        std::ranges::count_if(series.values, [&](const auto& one) { return window.contains(one.first); }));
}

Result<void> settle(const IncomeTerms& terms, const std::vector<FrozenSeries>& series, SeasonOutcome& out) {
    const auto yield = TRY(reported(series, terms.yield, "yield", out.window));
    out.index = TRY(price_over(terms.price, series, out.window)) * yield;
    return {};
}

Result<void> settle(const QualityTerms& terms, const std::vector<FrozenSeries>& series, SeasonOutcome& out) {
    out.index = short_of_agreed(terms, TRY(grade_outcomes(terms, series, out.window)));
    return {};
}

Result<void> settle(const FuturesTerms& terms, const std::vector<FrozenSeries>& series, SeasonOutcome& out) {
    std::vector<pricing::Settlement> settlements;
    for (const auto& [day, price] : series.front().values)
        if (out.window.contains(day)) settlements.push_back({day, price});
    out.index =
        TRY(pricing::settle({terms.strike, 1, out.window, terms.averaging}, settlements, china_calendar()))
            .average;
    return {};
}

}  // namespace

std::vector<NeededSeries> needed_series(const Product& product) {
    std::vector<NeededSeries> out;
    if (const auto* weather = std::get_if<WeatherCover>(&product.cover))
        for (const auto& station : weather->stations)
            out.push_back({SeriesKind::weather, station, weather->variable});
    for (const auto* source : price_sources(product)) {
        out.push_back({SeriesKind::market, source->series, "price"});
        if (product.peril == Peril::quality)
            out.push_back({SeriesKind::report, source->series, "grade_share"});
    }
    if (const auto* income = std::get_if<IncomeTerms>(&product.cover))
        out.push_back({SeriesKind::report, income->yield, "yield"});
    if (const auto* futures = std::get_if<FuturesTerms>(&product.cover))
        out.push_back({SeriesKind::exchange, futures->contract, "price"});
    return out;
}

std::string hash_of(const std::vector<FrozenSeries>& series, const Period& window) {
    std::string text = window.first.iso() + " " + window.last.iso() + "\n";
    for (const auto& one : series) {
        text += one.code + "\n";
        for (const auto& [day, value] : one.values)
            if (window.contains(day)) text += day.iso() + " " + value.rounded(4, Rounding::down).plain() + "\n";
    }
    return crypto::digest_hex(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Result<SeasonOutcome> outcome(const Product& product, int season, const pricing::MissingDays& missing,
                              const std::vector<FrozenSeries>& series) {
    const auto needed = needed_series(product);
    INVARIANT(!needed.empty());
    if (series.empty() || series.front().code != needed.front().code)
        return conflict("insurance.no_series").with("code", needed.front().code);
    SeasonOutcome out;
    out.window = TRY(product.window_of(season));
    if (const auto* weather = std::get_if<WeatherCover>(&product.cover))
        TRY(settle(*weather, missing, series, out));
    else if (const auto* futures = std::get_if<FuturesTerms>(&product.cover))
        TRY(settle(*futures, series, out));
    else if (const auto* income = std::get_if<IncomeTerms>(&product.cover))
        TRY(settle(*income, series, out));
    else if (const auto* quality = std::get_if<QualityTerms>(&product.cover))
        TRY(settle(*quality, series, out));
    else
        out.index = TRY(price_over(*price_sources(product).front(), series, out.window));
    if (!std::holds_alternative<WeatherCover>(product.cover))
        out.days = quoted_days(series.front(), out.window);
    return out;
}

Quotient paid_per_unit(const Product& product, const SeasonOutcome& outcome, Decimal amount) {
    if (const auto* weather = std::get_if<WeatherCover>(&product.cover)) {
        auto payout = weather->payout;
        payout.sum_insured = amount;
        return pricing::paid_per_unit(payout, outcome.index);
    }
    if (const auto* cost = std::get_if<CostPriceTerms>(&product.cover))
        return paid_below_cost(*cost, outcome.index, amount);
    if (std::holds_alternative<IncomeTerms>(product.cover)) return std::max(amount - outcome.index, Quotient());
    if (std::holds_alternative<QualityTerms>(product.cover)) return std::min(outcome.index, Quotient(amount));
    const auto* price = std::get_if<PriceTerms>(&product.cover);
    const Decimal target = price ? price->target : std::get<FuturesTerms>(product.cover).strike;
    const Quotient shortfall = std::max(target - outcome.index, Quotient());
    return std::min(shortfall * (price ? price->coverage : Decimal(1)), Quotient(amount));
}

int counted_days(const Product& product, const Period& window, const Period& in_force) {
    const Date first = std::max(window.first, in_force.first), last = std::min(window.last, in_force.last);
    if (last < first) return 0;
    const int whole = window.last - window.first + 1, covered = last - first + 1;
    if (covered == whole) return whole;
    switch (product.part_cover) {
        case PartCover::whole:
            return whole;
        case PartCover::pro_rata:
            return covered;
        case PartCover::none:
            return 0;
    }
    INVARIANT(false);
}

const Quotient& SeasonPayer::per_unit(Decimal amount, int counted_days) {
    const auto [found, fresh] = per_unit_.try_emplace({amount.plain(), counted_days});
    if (fresh) {
        const int whole = outcome_.window.last - outcome_.window.first + 1;
        const Quotient all = paid_per_unit(product_, outcome_, amount);
        found->second = counted_days == whole ? all : Quotient(all.above() * counted_days, all.below() * whole);
    }
    return found->second;
}

Money SeasonPayer::payable(const SeasonRow& row) {
    if (row.counted_days == 0 || row.units.is_zero()) return {};
    const Money whole = per_unit(row.amount, row.counted_days).money_for(row.units);
    return std::max(Money(), std::min(whole, row.sum_insured - row.paid_before));
}

namespace {

/// The smallest of sorted shares that so many of a hundred do not exceed.
Decimal percentile(const std::vector<Decimal>& sorted, std::size_t percent) {
    const std::size_t rank = (sorted.size() * percent + 99) / 100;
    return sorted.at(std::max<std::size_t>(rank, 1) - 1);
}

}  // namespace

Result<SeasonBurn> burn(const Product& product, Decimal amount, int first, int last,
                        const pricing::MissingDays& missing, const std::vector<FrozenSeries>& series) {
    if (last < first || last - first >= 200)
        return invalid("pricing.bad_history")
            .with("first", std::to_string(first))
            .with("last", std::to_string(last));
    SeasonBurn out;
    std::vector<Decimal> shares;
    for (int season = first; season <= last; ++season) {
        BurnSeason row{season, std::nullopt, {}, {}, 0};
        if (const auto told = outcome(product, season, missing, series)) {
            const Quotient paid = paid_per_unit(product, *told, amount);
            row.index = told->index;
            row.share = Quotient(paid.above(), paid.below() * amount).rounded(6);
            row.substituted = static_cast<int>(told->substitutes.size());
            shares.push_back(row.share);
            ++out.known;
            if (!row.share.is_zero()) ++out.paying;
        } else {
            row.unknown = told.error();
        }
        out.seasons.push_back(std::move(row));
    }
    if (shares.empty()) return conflict("pricing.no_known_year");
    Decimal sum;
    for (const auto& share : shares) sum = sum + share;
    std::ranges::sort(shares);
    out.mean = sum.divided_by(out.known, 6, Rounding::half_up);
    out.median = percentile(shares, 50);
    out.high = percentile(shares, 90);
    out.largest = shares.back();
    return out;
}

}  // namespace ballast::insurance
