/// A product as its pack declares it (domain specification 5.1): packs/insurance/<name>.toml. What is
/// insured, for how much, at what rate, who bears the premium, when it may be sold, how a loss is told. Plain
/// data.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "insurance/loss.h"
#include "insurance/premium.h"
#include "insurance/prevention_cover.h"
#include "packs/packs.h"
#include "pricing/burn.h"
#include "pricing/futures_cover.h"
#include "pricing/price_cover.h"

namespace ballast::insurance {

using packs::Title;

enum class Class : std::uint8_t { central, local, reward, commercial };
enum class Peril : std::uint8_t {
    cost,
    full_cost,
    livestock,
    target_price,
    price,
    income,
    quality,
    weather_index,
    insurance_futures,
    poverty_prevention,
};
enum class Unit : std::uint8_t { mu, head, tonne, building, person };
std::string_view name_of(Class value);
std::string_view name_of(Peril value);
std::string_view name_of(Unit value);

/// What holds in an area from a day on.
struct Rate {
    Date from;
    AreaCode area;
    Tariff tariff;
    std::string waiver;  // who pays the farmer's part, when nobody of them does
    std::string authority;
    bool assumed() const { return authority.starts_with("assumed"); }
};

struct Stage {
    std::string name;
    Title title;
    Decimal share;  // of the sum insured
    pricing::Season days;
};
struct CropCover {
    CropTerms terms;  // amount 0: that of the policy
    std::vector<Stage> stages;
    bool two_stage = false;  // a loss is estimated first and told for good at harvest
};
struct Body {
    std::string name;
    Title title;
    Decimal coefficient;
};
struct LivestockCover {
    std::vector<Body> bodies;
};
struct WeatherCover {
    std::vector<std::string> stations;  // the contract's own first
    std::string variable;               // "rain", "snowfall", "temperature"
    pricing::IndexRule rule;
    pricing::Payout payout;  // sum_insured 0: that of the policy
    std::optional<Decimal> most_missing;  // share of the days; nothing: the dated parameter
};
/// Whose quotes make a price: their mean over the window.
struct PriceSource {
    std::string name;
    std::string series;  // the code under which its quotes are on file
    pricing::Every every = pricing::Every::week;
};
struct PriceTerms {
    Decimal target;
    Decimal coverage;
    PriceSource price;
};
/// Pays by both what the price is short of the target and what it is short of the full cost: the garlic
/// formula of domain specification 5.6.
struct CostPriceTerms {
    Decimal target;
    Decimal full_cost;
    PriceSource price;
};
/// Pays what yield x price is short of the insured income, which is the amount of the policy.
struct IncomeTerms {
    Decimal expected;      // income of a unit
    Decimal most_insured;  // share of it above which no rate insures
    std::string yield;     // the code of the report of what a unit bore, in the price's unit of weight
    PriceSource price;
};
/// Pays what each grade fetched less than agreed, by its share in the test report of the harvest.
struct QualityGrade {
    std::string name;
    Title title;
    Decimal agreed;
    PriceSource price;  // under its code stands the grade's share as well
};
struct QualityTerms {
    std::vector<QualityGrade> grades;
};
struct FuturesTerms {
    Decimal strike;
    std::string contract;
    pricing::Averaging averaging = pricing::Averaging::plain;
};
struct PreventionCause {
    std::string name;
    Title title;
    std::vector<std::string> groups;  // for which its terms hold; none: all
    std::vector<std::string> risks;   // codes of casework::risk_types that lead to it
    PreventionTerms terms;
};
/// Whom the cover is for, by the register's kind of household: nobody is named.
struct PreventionGroup {
    std::string name;
    Title title;
    std::vector<std::string> kinds;  // registry::codes::household_kind
};
struct Exclusion {
    std::string name;
    Title title;
};
struct PreventionScheme {
    Decimal income_multiple;  // of last year's national line
    std::string hotline;      // for complaints, on every notice
    std::vector<PreventionGroup> groups;
    std::vector<Exclusion> exclusions;
    std::vector<PreventionCause> causes;

    /// nullptr when no group takes that kind.
    const PreventionGroup* group_of(std::string_view household_kind) const;
    const PreventionGroup* group(std::string_view called) const;
    /// The terms of a cause for a group; nullptr when there are none.
    const PreventionCause* cause(std::string_view called, std::string_view group) const;
    bool excludes(std::string_view called) const;
};

/// What a policy is paid that was in force for a part of the window only.
enum class PartCover : std::uint8_t {
    whole,     // as if it had been in force all along: the index is the season's
    pro_rata,  // by its days of the window
    none,      // nothing: nobody joins when the weather is known
};
std::string_view name_of(PartCover value);

struct Product {
    std::string name;  // the file's
    Title title;
    Class kind = Class::central;
    Peril peril = Peril::cost;
    Title subject;
    Unit unit = Unit::mu;
    std::string document, filing_no;
    Date valid_from;
    std::optional<Date> valid_to;
    std::vector<AreaCode> areas;
    pricing::Season sales{1, 1, 12, 31};
    pricing::Season cover_days{1, 1, 12, 31};  // of a season that begins in the policy's year
    int waiting_days = 0;
    std::vector<Rate> rates;
    std::variant<CropCover, LivestockCover, WeatherCover, PriceTerms, CostPriceTerms, IncomeTerms, QualityTerms,
                 FuturesTerms, PreventionScheme>
        cover;
    std::string cover_authority;
    /// Of covers that are settled from a series: the days whose weather or prices count.
    pricing::Season window{1, 1, 12, 31};
    PartCover part_cover = PartCover::whole;
    std::string hash;     // of the pack
    std::string version;  // of its own file: equal text, equal terms
    std::string text;     // of its own file

    /// The window of a season: of garlic sown in one year and sold in the next it lies in the next. Errors: those
    /// of pricing::Season::beginning_in.
    Result<Period> window_of(int season) const;
    /// By what a station, a market or a report of the whole area says, without a survey of each row.
    bool from_series() const;
    /// Insured by a list of farmers with what each has. Not of a group without names.
    bool has_list() const { return peril != Peril::poverty_prevention; }
    bool holds_in(AreaCode area, Date on) const;
    /// The row of the nearest area, upwards, that holds on that day. not_found "insurance.no_rate" {product,
    /// date}.
    Result<const Rate*> rate(AreaCode area, Date on) const;
    const Stage* stage(std::string_view called) const;
    const Body* body(std::string_view called) const;
};

/// Of a cover by prices, in the contract's order; otherwise none.
std::vector<const PriceSource*> price_sources(const Product& product);

/// All products of the pack and its dated limits.
struct Book {
    packs::Pack pack;
    std::vector<Product> products;  // by name

    /// not_found "insurance.no_such_product" {name}.
    Result<const Product*> product(std::string_view name) const;
    /// How often the market series of that code is quoted, as the products say that are settled from it; they
    /// agree. Weekly when there is none.
    pricing::Every quoted(std::string_view series) const;
    /// A limit of parameters.toml; percent as a share.
    Result<Decimal> limit(std::string_view name, Date on, AreaCode area) const;
    Result<int> days(std::string_view name, Date on, AreaCode area) const;
    /// Whether somebody has decided it.
    bool assumed(std::string_view name, Date on, AreaCode area) const;
};

/// `folder`: where the operator keeps packs of their own, which go before those inside the program, whole.
///
/// Errors: those of packs::load; invalid, with {file, line, key}: "insurance.pack_missing" {expected},
/// "insurance.pack_value" {expected}; "insurance.series_quoted_otherwise" {file, series, other}; those of check() of tariff, payout, and terms.
Result<Book> load_book(const std::filesystem::path& folder = {});
/// A product from its own text, as it was kept. Its `hash` is empty. Errors: those of load_book.
Result<Product> read_terms(std::string_view name, std::string text);
/// From the files of a folder; for checking one.
Result<Book> read_book(std::vector<packs::File> files);

}  // namespace ballast::insurance
