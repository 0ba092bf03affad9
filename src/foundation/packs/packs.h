/// Packs: what government decides, as data. A pack has a name and an issuer, dated parameters with their
/// authority, the facts its rules ask for, and its decision tables.
///
/// Packs lie inside the program; a folder given by the operator goes before them, pack by pack, whole; and
/// versions that were approved for an area from a day on go before both (store.h).
/// Reading a pack checks it whole: a pack that was read can be used on every date it covers.
///
/// How the rules of a pack are run (module `screening` does it, engine `dmn` evaluates):
///
///   const auto held = TRY(store.load("screening", county, as_of));      // store.h: what holds on that day
///   const Pack& pack = *held;
///   for (const packs::File& file : pack.tables) {
///       const auto model = TRY(dmn::Model::load(file.bytes, file.name));
///       std::vector<feel::Value> facts(model.inputs().size());        // null: "no value was given"
///       for (std::size_t i = 0; i < facts.size(); ++i) {
///           const auto& name = model.inputs()[i].name;
///           if (pack.parameter(name)) {
///               const packs::Bound bound = TRY(pack.bind(name, as_of, county));    // value, from, authority
///               facts[i] = *feel::Number::parse(bound.value->in_rules().plain());  // fen count as yuan
///           } else {
///               facts[i] = the household's fact of that name;                      // pack.fact(name)
///           }
///       }
///       const auto decision = *model.decision("warnings");
///       for (const dmn::Hit& hit : model.evaluate(decision, facts, {as_of}).hits) {
///           // model.decisions()[decision].table->rules[hit.rule - 1].id is the row; hit.outputs are rule,
///           risk,
///           // level, clears_when, in that order.
///       }
///   }
///
/// Bind the parameters once for a county and a day, then only replace the facts, household by household.
/// A county without a row for a parameter ("packs.no_value") leaves that fact null: the rules that
/// need it do not match, and say why.
///
/// Errors, all invalid unless said, with arguments "file", "line" and "key":
///   "packs.no_such_pack" (not_found)  no pack of that "name"
///   "packs.malformed"                 not TOML
///   "packs.missing"                   the key is absent or of another kind than "expected"
///   "packs.unknown_key"               a parameter or one of its values has a key that nobody reads; "expected" are those that are
///   "packs.unknown_unit"              "unit" is none of those below
///   "packs.bad_area"                  "area" is no area code
///   "packs.bad_dates"                 a value that ends before it begins
///   "packs.overlap"                   two values of one area on one day: "date"
///   "packs.unknown_name"              "name" is no parameter or fact of the pack
///   "packs.double_name"               a parameter and a fact of the same name
///   "packs.unreadable" (unavailable)  a file of the folder cannot be read
///   "packs.no_value" (not_found)      bind: no value on that "date" in that "area" or above it
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"

namespace ballast::packs {

struct Title {
    std::string zh;
    std::string en;
};

/// `fen` are written as whole fen and seen by rules as yuan, with two places. A row of a parameter in `days`
/// or `working_days` may name the other of the two: how days are counted is decided with the number, by area.
enum class Unit : std::uint8_t {
    fen,
    ratio,
    percent,
    days,
    working_days,
    months,
    years,
    people,
    times,
    grade,
    head,
    truth,  // 0 or 1
};
std::string_view name_of(Unit unit);

/// One row: what holds in an area from a day on.
struct ParameterValue {
    Date from;
    std::optional<Date> to;  // the last day; open when absent
    AreaCode area;           // the whole country when the row names none
    Decimal value;           // in the parameter's unit
    Unit unit = Unit::ratio;
    std::string authority;  // the document; "assumed ..." where nobody has decided it yet
    bool assumed() const { return authority.starts_with("assumed"); }
    /// As rules see it: fen as yuan.
    Decimal in_rules() const;
};

struct Parameter {
    std::string name;
    Title title;
    Unit unit = Unit::ratio;
    std::vector<ParameterValue> values;  // by area, then by day
};

enum class FactKind : std::uint8_t { boolean, money, count, text };
std::string_view name_of(FactKind kind);

/// What the rules ask of a household.
struct Fact {
    std::string name;
    Title title;
    FactKind kind = FactKind::boolean;
    std::string source;                // "register", or the id of a feed contract
    std::vector<std::string> columns;  // of that feed, or fields of the register
    std::vector<std::string> choices;  // of a text
};

/// What people read about a rule, and how it rests. Its conditions are in the tables.
struct Rule {
    std::string id;  // "R01"
    Title title;
    std::string source;    // as an authority
    std::string cooldown;  // the parameter with the days in which it does not warn again; empty for none
    std::string amount;    // the fact whose growth warns again all the same; empty for none
    std::vector<Title> explanations;  // what may explain it away, where a person must judge that
};
/// A value of the tables' output `clears_when`.
struct Clearing {
    std::string name;
    Title title;
};

struct File {
    std::string name;  // "screening/illness.dmn"
    std::string bytes;
};

/// A parameter on a day, in an area.
struct Bound {
    const Parameter* parameter = nullptr;
    const ParameterValue* value = nullptr;
};

struct Pack {
    std::string name;
    Title title;
    std::string issuer;
    Title document;  // that decided it
    Date valid_from;
    std::vector<AreaCode> areas;
    bool consent_required = false;
    std::vector<Parameter> parameters;  // by name
    std::vector<Fact> facts;            // by name
    std::vector<Rule> rules;            // by id
    std::vector<Clearing> clearings;    // by name
    std::vector<File> tables;           // by name
    std::string hash;                   // SHA-256 of all files, hexadecimal; a decision stores it

    const Parameter* parameter(std::string_view called) const;
    const Fact* fact(std::string_view called) const;
    const Rule* rule(std::string_view id) const;
    const Clearing* clearing(std::string_view called) const;
    /// The value of the nearest area, upwards from `area`, that has a row on that day (domain rule G7).
    Result<Bound> bind(std::string_view called, Date on, AreaCode area) const;
};

/// `folder`: where the operator keeps packs of their own, empty for none; `folder/<name>/pack.toml` goes
/// before the pack inside the program.
Result<Pack> load(std::string_view name, const std::filesystem::path& folder = {});
/// From the files of a pack, as named in it ("pack.toml", "illness.dmn").
Result<Pack> read(std::string_view name, std::vector<File> files);
/// Of all files of a pack, its cases among them, those of which it is made.
std::vector<File> top_level(std::vector<File> files);
/// All files of a folder of a pack, by name; cases as "cases/good/R01.toml".
/// unavailable "packs.unreadable" {file}.
Result<std::vector<File>> all_files(const std::filesystem::path& folder);

}  // namespace ballast::packs
