/// The yearly evaluation of insurers (domain specification 5.10): rates with numerator and denominator, as
/// published, and what they come to in points and bands. A rate is a share with 6 places, half up: 0.975743 is
/// 97.5743 %. Pure; evaluation_year.h has where the figures come from.
///
/// Errors, all invalid: "insurance.nothing_to_rate" {name}, a denominator of zero;
/// "insurance.part_exceeds_whole" {name}; "insurance.bad_shares" {sum}, weights that do not add up to 1;
/// "insurance.no_weights", premiums that are all zero; "insurance.out_of_range" {name, value};
/// "insurance.sample_too_small" {sampled, needed}.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

struct InsuredKind {
    Decimal insured;  // mu or head
    Decimal insurable;
    Decimal weight;  // of premium or area; the weights of all kinds add up to 1
};

/// 综合投保率, the comprehensive insured rate.
Result<Decimal> insured_rate(const std::vector<InsuredKind>& kinds);
/// The same with premiums in yuan as weights, whatever they add up to.
Result<Decimal> insured_rate_by_premium(const std::vector<InsuredKind>& kinds);

/// Any part of a whole: 理赔兑现率 by amount or by cases, surveys within 24 hours, stations for townships.
Result<Decimal> rate(std::string_view name, Decimal part, Decimal whole);

/// 农户满意度: very satisfied, fairly, neutral, dissatisfied, very dissatisfied.
using Answers = std::array<std::int64_t, 5>;
struct Satisfaction {
    Decimal top_two;
    Decimal mean_score;  // points, 4 places
};
/// Dated parameters of the pack: satisfaction_points_*, satisfaction_sample_least, satisfaction_sample_part.
struct SatisfactionRule {
    Answers points;      // of the five answers, each 0 to 100: 100, 80, 60, 30, 0
    std::int64_t least;  // answers that a sample needs: 30
    Decimal part;        // and of the households that can be asked: 0.01
};
Result<Satisfaction> satisfaction(const Answers& answers, std::int64_t households,
                                  const SatisfactionRule& rule);

/// What is scored, in the order in which it is shown.
enum class Item : std::uint8_t {
    insured,     // 综合投保率
    paid,        // 理赔兑现率, by amount
    paid_cases,  // by cases
    satisfied,   // 农户满意度, the two best answers
    surveyed,    // losses surveyed within the time
    publicised,  // spot checks that found the publicity as it must be
    complaints,  // complaints settled in time
    premium,     // premium written, of the county's plan
    stations,    // townships with a station
    points,      // villages with a point
};
enum class Measure : std::uint8_t { kinds, yuan, count };
struct ItemRow {
    Item item;
    std::string_view name;
    Measure measure;
    bool entered;      // somebody may add to it what the platform does not know
    bool by_county;    // and the county alone: who is evaluated does not say it
    bool needs_entry;  // without it there is no figure
    bool may_exceed;   // above the whole it counts as the whole
};
std::span<const ItemRow> items();
const ItemRow& row_of(Item item);
std::optional<Item> item_named(std::string_view name);
/// Its place {name} says the item as people read it, in both languages.
Error named(Error error, Item item);

struct Amounts {
    Decimal part, whole;
    friend Amounts operator+(Amounts a, Amounts b) { return {a.part + b.part, a.whole + b.whole}; }
};
enum class Standing : std::uint8_t {
    rated,
    nothing,  // there was nothing that it could be told of: its weight is left out
    missing,  // somebody must enter it
    wrong,    // what is there cannot be: see `fault`
};
std::string_view name_of(Standing standing);
std::optional<Standing> standing_named(std::string_view name);

/// One line of the evaluation. Of Item::insured part and whole stay zero: its kinds have them.
struct Figure {
    Item item = Item::insured;
    Amounts platform, outside;  // yuan, or counts
    Standing standing = Standing::missing;
    std::optional<Error> fault;
    Decimal rate;
    Decimal weight;  // points that it is worth
    Decimal target;  // the rate that earns all of them
    bool assumed = false;
    Decimal points;  // 2 places

    Amounts sum() const { return platform + outside; }
};
/// One kind of what is insured: mu, head or tonne.
struct KindFigure {
    std::string product;
    Decimal platform, outside;
    std::optional<Decimal> insurable, weight;
    Money premium;  // on the platform; the weight where none is entered
    std::optional<Decimal> rate;
};

/// Dated parameters of the pack: evaluation_weight_*, evaluation_target_*, evaluation_band_*.
struct ItemTerms {
    Decimal weight, target;
    bool assumed = false;
};
inline constexpr std::array<std::string_view, 5> band_names{"excellent", "good", "fair", "poor", "failing"};
struct EvaluationTerms {
    std::vector<ItemTerms> items;  // by Item
    std::array<Decimal, 4> bands;  // least points of the first four; below is failing
    bool bands_assumed = false;
    SatisfactionRule satisfaction;
};

/// Whether the weights are the premiums.
bool by_premium(const std::vector<KindFigure>& kinds);
/// Puts the rate of each kind, and tells that of all.
Figure insured_figure(std::vector<KindFigure>& kinds);
/// Any other item, from what the platform has and what was entered.
Figure figure(Item item, Amounts platform, const std::optional<Amounts>& entered);

struct Score {
    std::optional<Decimal> total;  // of 100, 2 places: none while something is missing or wrong
    std::string band;
    Decimal earned, weights;  // of what is rated
    std::int64_t missing = 0, wrong = 0;
};
/// Puts each figure's weight, target and points: weight x rate / target, at most the weight, half up. The total is what was earned
/// of the weights that could be, of 100.
Score scored(std::vector<Figure>& figures, const EvaluationTerms& terms);

}  // namespace ballast::insurance
