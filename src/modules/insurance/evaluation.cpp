#include "insurance/evaluation.h"

#include <algorithm>
#include <numeric>

#include "insurance/range.h"
#include "words/words.h"

namespace ballast::insurance {
namespace {

constexpr int rate_places = 6;

Decimal whole_above(Decimal value) {
    const Decimal whole = value.rounded(0, Rounding::down);
    return whole == value ? whole : whole + 1;
}

Result<void> check_parts(std::string_view name, Decimal part, Decimal whole) {
    TRY(within(name, part, 1'000'000'000'000, 4));
    TRY(within(name, whole, 1'000'000'000'000, 4));
    if (whole.is_zero()) return invalid("insurance.nothing_to_rate").with("name", std::string(name));
    if (part > whole) return invalid("insurance.part_exceeds_whole").with("name", std::string(name));
    return {};
}

constexpr std::array all_items{
    ItemRow{Item::insured, "insured", Measure::kinds, true, true, true, false},
    ItemRow{Item::paid, "paid", Measure::yuan, true, false, false, false},
    ItemRow{Item::paid_cases, "paid_cases", Measure::count, true, false, false, false},
    ItemRow{Item::satisfied, "satisfied", Measure::count, true, true, true, false},
    ItemRow{Item::surveyed, "surveyed", Measure::count, true, false, false, false},
    ItemRow{Item::publicised, "publicised", Measure::count, true, true, true, false},
    ItemRow{Item::complaints, "complaints", Measure::count, true, false, true, false},
    ItemRow{Item::premium, "premium", Measure::yuan, true, true, true, true},
    ItemRow{Item::stations, "stations", Measure::count, false, false, false, false},
    ItemRow{Item::points, "points", Measure::count, false, false, false, false},
};
constexpr std::array<std::string_view, 4> standings{"rated", "nothing", "missing", "wrong"};

/// Each quotient at 14 places: the sum of all kinds cannot differ in the sixth but at an exact half.
Result<Decimal> weighted_sum(const std::vector<InsuredKind>& kinds) {
    Decimal sum;
    for (const auto& kind : kinds) {
        TRY(check_parts("insured", kind.insured, kind.insurable));
        sum = sum + (kind.insured * kind.weight).divided_by(kind.insurable, 14, Rounding::half_even);
    }
    return sum;
}
Decimal weights_of(const std::vector<InsuredKind>& kinds) {
    return std::accumulate(kinds.begin(), kinds.end(), Decimal(),
                           [](Decimal sum, const InsuredKind& kind) { return sum + kind.weight; });
}

}  // namespace

Result<Decimal> insured_rate(const std::vector<InsuredKind>& kinds) {
    for (const auto& kind : kinds) TRY(share("weight", kind.weight));
    const auto sum = TRY(weighted_sum(kinds));
    const auto weights = weights_of(kinds);
    if (weights != 1) return invalid("insurance.bad_shares").with("sum", weights.plain());
    return sum.rounded(rate_places, Rounding::half_up);
}

Result<Decimal> insured_rate_by_premium(const std::vector<InsuredKind>& kinds) {
    for (const auto& kind : kinds) TRY(within("premium", kind.weight, 1'000'000'000'000, 2));
    const auto sum = TRY(weighted_sum(kinds));
    const auto weights = weights_of(kinds);
    if (weights.is_zero()) return invalid("insurance.no_weights");
    return sum.divided_by(weights, rate_places, Rounding::half_up);
}

Result<Decimal> rate(std::string_view name, Decimal part, Decimal whole) {
    TRY(check_parts(name, part, whole));
    return part.divided_by(whole, rate_places, Rounding::half_up);
}

Result<Satisfaction> satisfaction(const Answers& answers, std::int64_t households,
                                  const SatisfactionRule& rule) {
    for (const auto points : rule.points) TRY(within("points", points, 101, 0));
    TRY(within("least", rule.least, 100'000'000, 0));
    TRY(share("part", rule.part));
    for (const auto count : answers) TRY(within("answers", count, 100'000'000, 0));
    TRY(within("households", households, 100'000'000, 0));
    const auto valid = std::accumulate(answers.begin(), answers.end(), std::int64_t{0});
    const Decimal part = Decimal(households) * rule.part;
    const bool too_few = Decimal(valid) < part || valid < rule.least;
    if (too_few)
        return invalid("insurance.sample_too_small")
            .with("sampled", std::to_string(valid))
            .with("needed", std::max(Decimal(rule.least), whole_above(part)).plain());
    const auto score =
        std::inner_product(answers.begin(), answers.end(), rule.points.begin(), std::int64_t{0});
    return Satisfaction{TRY(rate("satisfied", answers[0] + answers[1], valid)),
                        Decimal(score).divided_by(valid, 4, Rounding::half_up)};
}

std::span<const ItemRow> items() { return all_items; }
const ItemRow& row_of(Item item) { return all_items.at(static_cast<std::size_t>(item)); }
std::optional<Item> item_named(std::string_view name) {
    const auto* at = std::ranges::find(all_items, name, &ItemRow::name);
    return at == all_items.end() ? std::nullopt : std::optional(at->item);
}

std::string_view name_of(Standing standing) { return standings.at(static_cast<std::size_t>(standing)); }
std::optional<Standing> standing_named(std::string_view name) {
    const auto* at = std::ranges::find(standings, name);
    return at == standings.end() ? std::nullopt : std::optional(static_cast<Standing>(at - standings.begin()));
}

Error named(Error error, Item item) {
    const auto id = "insurance.evaluation_item." + std::string(row_of(item).name);
    for (auto& [place, value] : error.args)
        if (place == "name") value = words::say(id, words::Language::zh);
    return std::move(error).with("name.en", words::say(id, words::Language::en));
}

namespace {

void put(Figure& figure, Result<Decimal> told) {
    if (told) {
        figure.standing = Standing::rated;
        figure.rate = *told;
    } else {
        figure.standing = Standing::wrong;
        figure.fault = named(told.error(), figure.item);
    }
}

}  // namespace

bool by_premium(const std::vector<KindFigure>& kinds) {
    return std::ranges::none_of(kinds, [](const KindFigure& kind) { return kind.weight.has_value(); });
}

Figure insured_figure(std::vector<KindFigure>& kinds) {
    Figure out;
    if (kinds.empty()) {
        out.standing = Standing::nothing;
        return out;
    }
    std::vector<InsuredKind> parts;
    const bool premiums = by_premium(kinds);
    for (auto& kind : kinds) {
        if (!kind.insurable) continue;
        const Decimal insured = kind.platform + kind.outside;
        if (auto told = rate("insured", insured, *kind.insurable)) kind.rate = *told;
        // One kind alone is all there is, whatever its premium.
        const Decimal weight = !premiums           ? kind.weight.value_or(Decimal())
                               : kinds.size() == 1 ? Decimal(1)
                                                   : Decimal::yuan(kind.premium);
        parts.push_back({insured, *kind.insurable, weight});
    }
    if (parts.size() < kinds.size()) return out;  // missing
    put(out, premiums ? insured_rate_by_premium(parts) : insured_rate(parts));
    return out;
}

Figure figure(Item item, Amounts platform, const std::optional<Amounts>& entered) {
    const auto& row = row_of(item);
    Figure out;
    out.item = item;
    out.platform = platform;
    if (entered) out.outside = *entered;
    if (row.needs_entry && !entered) return out;
    auto [part, whole] = out.sum();
    if (whole.is_zero()) {
        out.standing = Standing::nothing;
        return out;
    }
    if (row.may_exceed) part = std::min(part, whole);
    put(out, rate(row.name, part, whole));
    return out;
}

Score scored(std::vector<Figure>& figures, const EvaluationTerms& terms) {
    Score out;
    for (auto& figure : figures) {
        const auto& term = terms.items.at(static_cast<std::size_t>(figure.item));
        figure.weight = term.weight;
        figure.target = term.target;
        figure.assumed = term.assumed;
        if (figure.weight.is_zero()) continue;  // only shown
        out.missing += figure.standing == Standing::missing ? 1 : 0;
        out.wrong += figure.standing == Standing::wrong ? 1 : 0;
        if (figure.standing != Standing::rated) continue;
        figure.points = (term.weight * std::min(figure.rate, term.target)).divided_by(term.target, 2, Rounding::half_up);
        out.earned = out.earned + figure.points;
        out.weights = out.weights + term.weight;
    }
    if (out.missing > 0 || out.wrong > 0 || out.weights.is_zero()) return out;
    out.total = (out.earned * 100).divided_by(out.weights, 2, Rounding::half_up);
    const auto* reached = std::ranges::find_if(terms.bands, [&](Decimal least) { return *out.total >= least; });
    out.band = band_names.at(static_cast<std::size_t>(reached - terms.bands.begin()));
    return out;
}

}  // namespace ballast::insurance
