#include "insurance/product.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ballast::insurance {

std::string_view name_of(Class value) {
    constexpr std::array names{"central", "local", "reward", "commercial"};
    return names.at(static_cast<std::size_t>(value));
}

std::string_view name_of(Peril value) {
    constexpr std::array names{"cost",   "full_cost", "livestock", "target_price",  "price",
                               "income", "quality",   "weather_index", "insurance_futures", "poverty_prevention"};
    return names.at(static_cast<std::size_t>(value));
}

std::string_view name_of(Unit value) {
    constexpr std::array names{"mu", "head", "tonne", "building", "person"};
    return names.at(static_cast<std::size_t>(value));
}

bool Product::holds_in(AreaCode area, Date on) const {
    return on >= valid_from && (!valid_to || on <= *valid_to) &&
           std::ranges::any_of(areas, [&](AreaCode one) { return one.contains(area); });
}

std::string_view name_of(PartCover value) {
    constexpr std::array<std::string_view, 3> names{"whole", "pro_rata", "none"};
    return names.at(static_cast<std::size_t>(value));
}

bool Product::from_series() const {
    return std::holds_alternative<WeatherCover>(cover) || std::holds_alternative<FuturesTerms>(cover) ||
           !price_sources(*this).empty();
}

Result<Period> Product::window_of(int season) const {
    const Period own = TRY(window.beginning_in(season));
    return own.last < TRY(cover_days.beginning_in(season)).first ? window.beginning_in(season + 1) : own;
}

std::vector<const PriceSource*> price_sources(const Product& product) {
    std::vector<const PriceSource*> out;
    if (const auto* target = std::get_if<PriceTerms>(&product.cover)) out.push_back(&target->price);
    if (const auto* cost = std::get_if<CostPriceTerms>(&product.cover)) out.push_back(&cost->price);
    if (const auto* income = std::get_if<IncomeTerms>(&product.cover)) out.push_back(&income->price);
    if (const auto* quality = std::get_if<QualityTerms>(&product.cover))
        for (const auto& grade : quality->grades) out.push_back(&grade.price);
    return out;
}

Result<const Rate*> Product::rate(AreaCode area, Date on) const {
    const Rate* best = nullptr;
    for (const auto& row : rates) {
        if (row.from > on || !row.area.contains(area)) continue;
        const bool nearer = best && row.area.level() > best->area.level();
        const bool later = best && row.area == best->area && row.from > best->from;
        if (!best || nearer || later) best = &row;
    }
    if (!best) return not_found("insurance.no_rate").with("product", title.zh).with("date", on.iso());
    return best;
}

const Stage* Product::stage(std::string_view called) const {
    const auto* crop = std::get_if<CropCover>(&cover);
    if (!crop) return nullptr;
    const auto found = std::ranges::find(crop->stages, called, &Stage::name);
    return found == crop->stages.end() ? nullptr : &*found;
}

const Body* Product::body(std::string_view called) const {
    const auto* stock = std::get_if<LivestockCover>(&cover);
    if (!stock) return nullptr;
    const auto found = std::ranges::find(stock->bodies, called, &Body::name);
    return found == stock->bodies.end() ? nullptr : &*found;
}

const PreventionGroup* PreventionScheme::group_of(std::string_view household_kind) const {
    const auto takes = [&](const auto& one) {
        return std::ranges::find(one.kinds, household_kind) != one.kinds.end();
    };
    const auto found = std::ranges::find_if(groups, takes);
    return found == groups.end() ? nullptr : &*found;
}

const PreventionGroup* PreventionScheme::group(std::string_view called) const {
    const auto found = std::ranges::find(groups, called, &PreventionGroup::name);
    return found == groups.end() ? nullptr : &*found;
}

const PreventionCause* PreventionScheme::cause(std::string_view called, std::string_view group) const {
    for (const auto& one : causes)
        if (one.name == called &&
            (one.groups.empty() || std::ranges::find(one.groups, group) != one.groups.end()))
            return &one;
    return nullptr;
}

bool PreventionScheme::excludes(std::string_view called) const {
    return std::ranges::find(exclusions, called, &Exclusion::name) != exclusions.end();
}

Result<const Product*> Book::product(std::string_view name) const {
    const auto found = std::ranges::find(products, name, &Product::name);
    if (found == products.end())
        return not_found("insurance.no_such_product").with("name", std::string(name));
    return &*found;
}

pricing::Every Book::quoted(std::string_view series) const {
    for (const auto& product : products)
        for (const auto* source : price_sources(product))
            if (source->series == series) return source->every;
    return pricing::Every::week;
}

Result<Decimal> Book::limit(std::string_view name, Date on, AreaCode area) const {
    const auto bound = TRY(pack.bind(name, on, area));
    const Decimal value = bound.value->value;
    if (bound.value->unit == packs::Unit::percent) return value.divided_by(100, 4, Rounding::half_up);
    return bound.value->in_rules();
}

Result<int> Book::days(std::string_view name, Date on, AreaCode area) const {
    const auto value = TRY(limit(name, on, area)).rounded(0, Rounding::half_up).plain();
    int out = 0;
    std::from_chars(value.data(), value.data() + value.size(), out);
    return out;
}

bool Book::assumed(std::string_view name, Date on, AreaCode area) const {
    const auto bound = pack.bind(name, on, area);
    return !bound || bound->value->assumed();
}

}  // namespace ballast::insurance
