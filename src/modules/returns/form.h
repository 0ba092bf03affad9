/// One form (一表通): what an authority asks of a village or a township, as data from packs/*/returns.toml
/// (packs/returns/README.md says how one is written). A field is defined once and may stand on many forms: that is how what
/// was asked once need not be asked again.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "indicators/catalogue.h"

namespace ballast::returns {

using packs::Title;

/// Where a field's value comes from.
enum class From : std::uint8_t {
    asked,      // nowhere in the platform
    query,      // a query over the register (register_queries.h)
    figure,     // a figure of the indicators, counted or entered
    indicator,  // an indicator: a percent or a quotient of two figures
    programme,  // the live rows of a programme's register
};
enum class Kind : std::uint8_t { number, text, choice, date };
/// How long an answer holds: for the form's term, for the year, until it changes.
enum class Holds : std::uint8_t { term, year, standing };
std::string_view name_of(From from);
std::string_view name_of(Kind kind);
std::string_view name_of(Holds holds);

struct Field {
    std::string name;
    Title title;
    Kind kind = Kind::number;
    indicators::Measure measure;  // of a number
    From from = From::asked;
    std::string source;  // the query's, figure's or indicator's name, or "programme/register"
    std::vector<std::pair<std::string, std::string>> where;  // of a programme's rows
    Holds holds = Holds::term;
    std::vector<indicators::Part> choices;
    std::optional<std::int64_t> least, most;  // of a number, in its last place
    bool optional = false;

    std::string programme() const { return source.substr(0, source.find('/')); }
    std::string records() const { return source.substr(source.find('/') + 1); }
    /// Counts of households and people, whose small ones are hidden above the village.
    bool about_people() const { return measure.unit == "户" || measure.unit == "人"; }
};

struct Section {
    Title title;
    std::vector<std::string> fields;
};
/// A relation between fields of one form; the laws are those of the indicators (at_most, same, parts).
struct Check {
    Title title;
    indicators::Law law = indicators::Law::same;
    std::vector<std::string> fields;
};
struct Form {
    std::string name;
    Title title;
    std::string issuer, document, authority;  // authority "assumed": nobody has decided it yet
    AreaLevel level = AreaLevel::village;
    indicators::TermKind term = indicators::TermKind::year;
    int due_days = 0;  // after the term's last day
    Date valid_from;
    std::optional<Date> valid_to;
    std::vector<Section> sections;
    std::vector<Check> checks;

    bool assumed() const { return authority == "assumed"; }
    Date due(const indicators::Term& of) const { return of.last().plus_days(due_days); }
    std::vector<std::string> fields() const;
};

struct Catalogue {
    std::vector<Field> fields;
    std::vector<Form> forms;
    std::string hash;                           // of the files in use
    std::vector<indicators::Finding> findings;  // of packs that are not in use; each says what to do

    const Field* field(std::string_view name) const;
    const Form* form(std::string_view name) const;
};

/// Errors of a finding: "returns.pack_malformed"; "returns.pack_missing" {key, expected}; "returns.pack_unknown_key" {key,
/// known}; "returns.pack_reference" {key, name}; "returns.pack_double" {name}; "returns.pack_dates" {from, to};
/// "returns.pack_unlike" {name, first, second}; "returns.pack_too_long" {name, figure, form}: a flow of a longer term than
/// the form's cannot be cut; "returns.pack_too_low" {name, figure, level}: nobody counts it for that level.
///
/// `texts` are files by pack: {"returns/returns.toml", bytes}; a file with a finding is left out whole. `registers` may be
/// nullptr: then whether a programme's register exists is not asked.
Catalogue read_catalogue(std::span<const packs::File> texts, const indicators::Catalogue& figures,
                         const packs::Registers* registers = nullptr);

/// Those inside the program, and those of the operator's folder, which go before them pack by pack.
std::shared_ptr<const Catalogue> catalogue(const std::filesystem::path& folder, const indicators::Catalogue& figures);

/// What `ballast pack check` says of the pack in that folder; nothing where it has no returns.toml.
std::vector<indicators::Finding> check_pack(const std::filesystem::path& folder, const indicators::Catalogue& figures,
                                            const packs::Registers& registers);

}  // namespace ballast::returns
