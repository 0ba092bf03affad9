/// What is counted: figures, the indicators made of them, the forms on which they are entered and the relations
/// that must hold; data, from packs/*/indicators.toml (packs/indicators/README.md says how one is written).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "indicators/attainment.h"
#include "indicators/measure.h"
#include "indicators/term.h"
#include "packs/packs.h"
#include "packs/registers.h"

namespace ballast::indicators {

using packs::Title;

std::span<const std::string_view> units();

/// Where a figure comes from.
enum class Source : std::uint8_t { entered, query, programme };
std::string_view name_of(Source source);

struct Part {
    std::string value;
    Title title;
};
struct Figure {
    std::string name;
    Title title;
    Measure measure;
    TermKind term = TermKind::month;
    AreaLevel level = AreaLevel::village;  // the lowest at which it is counted
    bool flow = false;                     // adds up over time; else it is the state at the term's end
    bool adds = true;                      // over areas; what each of them states of one and the same thing does not
    Source source = Source::entered;
    std::string query;               // sources.h
    std::string programme, records;  // of a programme's register
    std::vector<std::pair<std::string, std::string>> where;
    std::vector<Part> parts;

    /// Counts of households and people, whose small ones are hidden above the village.
    bool about_people() const { return measure.unit == "户" || measure.unit == "人"; }
    /// Whether the areas above its level have sums. Percents never add.
    bool rolls_up() const { return adds && measure.unit != "%"; }
    const Part* part(std::string_view value) const;
};

struct Indicator {
    enum class As : std::uint8_t { figure, percent, quotient };
    std::string name;
    Title title;
    std::string group;
    As as = As::figure;
    std::string numerator, denominator;  // figures; without a denominator, the figure itself
    int places = 2;                      // of a percent or quotient
    std::int64_t per = 1;                // of a quotient: 1000 for so many in a thousand
    std::optional<Direction> good;       // more is better, or less, or neither
};

struct Form {
    std::string name;
    Title title;
    TermKind term = TermKind::month;
    AreaLevel level = AreaLevel::village;
    int due_days = 0;  // after the term's last day
    std::vector<std::string> figures;

    Date due(const Term& of) const { return of.last().plus_days(due_days); }
};

/// What a pack promises of an indicator: of a count for that area, of a share for it and all areas below.
struct Promise {
    std::string indicator;
    AreaCode area;
    Date from;
    std::optional<Date> to;
    Decimal value;
    Direction direction = Direction::at_least;
    std::string authority;  // "assumed": nobody has decided it yet
    bool covers(Date day) const { return from <= day && (!to || day <= *to); }
};

/// A relation (consistency.h).
enum class Law : std::uint8_t { areas, parts, at_most, same, rise, outlier, growth, share, quotient };
std::string_view name_of(Law law);
enum class Priority : std::uint8_t { high, middle, low };
std::string_view name_of(Priority priority);
struct Rule {
    std::string name;
    Title title;
    Law law = Law::same;
    std::vector<std::string> figures;
    bool yearly = false;  // growth: over the same term of the year before, not over the term before
    Priority priority = Priority::middle;
    AreaLevel owner = AreaLevel::village;
    int due_days = 0;
};

struct Finding {
    std::string file;
    std::int64_t line = 0;
    Error what;
};
struct Catalogue {
    std::vector<Figure> figures;
    std::vector<Indicator> indicators;
    std::vector<Form> forms;
    std::vector<Rule> rules;
    std::vector<Promise> promises;
    std::string hash;               // of the files that are in use
    std::vector<Finding> findings;  // of packs that are not; each says what to do

    const Figure* figure(std::string_view name) const;
    const Indicator* indicator(std::string_view name) const;
    const Form* form(std::string_view name) const;
    const Rule* rule(std::string_view name) const;
    /// The one that holds in that area on that day, the nearest area first.
    const Promise* promise(const Indicator& indicator, AreaCode area, Date day) const;
};

/// Errors of a finding: "indicators.pack_malformed"; "indicators.pack_missing" {key, expected};
/// "indicators.pack_unknown_key" {key, known}; "indicators.pack_unit" {unit, known}; "indicators.pack_reference" {key,
/// name}; "indicators.pack_double" {name}; "indicators.pack_unlike" {name, first, second}: a percent of unlike units, or
/// figures of unlike terms put together; "indicators.pack_zero" {key}: a formula that divides by nought;
/// "indicators.pack_dates" {from, to}; "indicators.pack_overlap" {area, date}: two promises for one area and day;
/// "indicators.pack_target_below_sum" {area, target, sum, unit}; "indicators.pack_unit_of_rows" {unit, register, known}: sites
/// are not counted in 户.
///
/// `texts` are files by pack: {"indicators/indicators.toml", bytes}. A file with a finding is left out whole. `registers` may
/// be nullptr: then what a programme's register is like is not asked.
Catalogue read_catalogue(std::span<const packs::File> texts, const packs::Registers* registers = nullptr);

/// Those inside the program, and those of the operator's folder, which go before them pack by pack.
std::shared_ptr<const Catalogue> catalogue(const std::filesystem::path& folder);

/// What is wrong with them, beside the registers that the programmes there have.
std::vector<Finding> findings(const std::filesystem::path& folder, const packs::Registers& registers);

/// A copy of another pack under a name of its own has all its names twice: told once, "indicators.pack_copy" {pack}, in place
/// of a finding for each. `names` are what the pack `of` declares; fewer in common are told one by one.
inline constexpr std::ptrdiff_t few_names = 3;
void tell_copy_once(std::vector<Finding>& found, const std::string& of, const std::set<std::string>& names);

/// What `ballast pack check` says of the pack in that folder; nothing where it has no indicators.toml.
std::vector<Finding> check_pack(const std::filesystem::path& folder, const packs::Registers& registers);

}  // namespace ballast::indicators
