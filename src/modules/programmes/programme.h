/// What a pack declares: for whom a programme is, its registers with typed fields, the steps of a procedure as
/// rows, activities with their proof, contracts, projects, a fee, decision tables, indicators. Plain data, read
/// from packs/<name>/programme.toml beside the pack's own files (read_pack.h); a new programme needs no C++.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/model.h"
#include "packs/packs.h"

namespace ballast::programmes {

using packs::Title;

/// How a value is written, kept and compared. A value travels and is kept as text in one way of writing:
/// dates 2026-11-23, money in whole fen, truth "yes" or "no", numbers with the digits that were typed.
enum class Type : std::uint8_t { text, choice, truth, integer, decimal, money, date, phone };
std::string_view name_of(Type type);
std::optional<Type> type_named(std::string_view name);

/// What a number counts. Unlike units are never added (domain rule G6).
std::span<const std::string_view> units();
bool known_unit(std::string_view unit);

struct Choice {
    std::string value;
    Title title;
};

struct Field {
    std::string name;
    Title title;
    Type type = Type::text;
    bool required = false;
    bool sealed = false;  // people's data: encrypted, masked, shown only with a purpose. A phone always is
    std::string unit;     // of numbers; "元" of money
    std::optional<std::int64_t> least, most;  // of numbers; of money in fen
    std::vector<Choice> choices;
    bool not_future = false;  // of a date

    const Choice* choice(std::string_view value) const;
};

/// Whom or what a row of a register is about. The last three are named by people; the others are known.
enum class About : std::uint8_t { household, person, village, township, school, site, organisation };
std::string_view name_of(About about);
std::optional<About> about_named(std::string_view name);
constexpr bool has_name(About about) { return about >= About::school; }

/// Who takes a step: the level at which the actor's area must cover the record's.
enum class By : std::uint8_t { village, township, county };
std::string_view name_of(By by);
std::optional<By> by_named(std::string_view name);

/// Fields with the values that they must have.
using Holds = std::vector<std::pair<std::string, std::string>>;

/// How many rows of a register may come through a step in the area of who takes it.
struct Quota {
    std::string parameter;
    std::vector<std::string> by;  // fields whose other values have a quota of their own: the batch
};

/// Rows below, one for each of a field's choices: the departments that are heard. The latest of a choice counts.
struct Hearing {
    std::string in;         // the register of the rows below
    std::string each;       // the field that says who speaks
    Holds against;          // values of a row that speaks against; one such row is enough
    std::string parameter;  // how many must have spoken
};

/// Days that must have passed since a date of the row: a publicity that may not be cut short.
struct Wait {
    std::string since;      // a date field
    std::string parameter;  // how many days
};

/// One row of a procedure.
struct Step {
    std::string action;
    Title title;
    std::vector<std::string> from;
    std::string to;
    By by = By::village;
    std::vector<std::string> needs;  // fields that must have a value first
    std::vector<std::string> asks;   // fields that it is the time to ask for, and that may stay empty: the cost of a repair
    Holds holds;                     // values without which it is refused: no veto
    std::string passed;              // the activity on the row whose latest score must pass, "" for none
    std::optional<Quota> quota;
    std::optional<Hearing> hearing;
    std::optional<Wait> wait;
    bool note = false;               // a reason must be given
    bool ends = false;               // the record is over
    bool voids = false;              // and counts as never received: refused, withdrawn
};
struct State {
    std::string name;
    Title title;
};

/// A decision table that says what is due to a record: its inputs are fields of the register, facts of the
/// household and parameters of the pack.
struct Entitlement {
    std::string table;     // "toilet_grant.dmn"
    std::string decision;  // whose value has "eligible", "amount" (yuan), "reason_zh", "reason_en"
};

/// What a row of a register gives, and to whom. Who receives the same kind twice is found, whatever the pack.
struct Benefit {
    enum class To : std::uint8_t { person, family, dwelling };
    std::string kind;             // "housing"; packs that give the same name it alike
    To to = To::family;
    std::vector<std::string> by;  // fields whose other values make it another receipt: the year of a grant
};
std::string_view name_of(Benefit::To to);
std::optional<Benefit::To> receiver_named(std::string_view name);

/// What a row tells about its household: a clue, once its values come to be these.
struct Evidence {
    Holds where;
    std::string risk;  // "11", of casework
    Title said;
};

struct Register {
    std::string name;
    Title title;
    About about = About::household;
    std::string parent;  // the register of whose rows these are, "" for none
    bool once = false;   // a household, person or place has it once: a second live row of it is refused
    std::vector<std::string> once_by;  // once for each of these: of a year, of a batch
    std::vector<Field> fields;
    std::vector<State> states;  // the first is where a record begins; empty without a procedure
    std::vector<Step> steps;
    std::optional<Entitlement> entitlement;
    std::optional<Benefit> benefit;
    std::optional<Evidence> evidence;
    std::string due;  // the date by which a live row should be over, "" for none

    const Field* field(std::string_view called) const;
    const State* state(std::string_view called) const;
    const Step* step(std::string_view action, std::string_view from) const;
};

/// One line of an inspection's score sheet.
struct ScoreItem {
    std::string name;
    Title title;
    std::int64_t most = 0;
};

struct ActivityKind {
    std::string name;
    Title title;
    bool people = false;          // how many people it reached must be said
    bool photo = false;           // counts only with a photo
    std::string on;               // the register whose row it looks at, "" for a place only
    std::vector<ScoreItem> items = {};  // an inspection by score
    std::string passing;          // the parameter with the least passing score, "" for none

    std::int64_t highest() const;
};

struct ContractKind {
    std::string name;
    Title title;
};

struct ProjectKind {
    std::string name;
    Title title;
    std::vector<Choice> sources;  // of funds
};

/// A fee that a village may raise by its own resolution.
struct FeeRule {
    Title title;
    std::string least, most;  // parameters, in fen per person and period
    std::vector<Choice> items;
    std::string exemption_table, exemption_decision;  // over facts of a household; a truth
    std::string votes_numerator, votes_denominator;   // parameters
};

/// Rows of a register with these values; or the sum of one of its numbers over them.
struct Counted {
    enum class What : std::uint8_t { records, sum, households, villages };
    What what = What::records;
    std::string in;   // the register
    std::string sum;  // the field
    Holds where, without;    // values that a row has, and has not
    std::string distinct;    // rows with the same value of this field count once; "subject": of the same name
    std::string state;       // "" for any
    std::string latest;      // of each household or place only the row in which this number is greatest
    bool over = false;       // rows that are over count too
    std::vector<std::pair<std::string, std::string>> below, at_least;  // numbers against a parameter
    std::string every_in, every;  // rows that have a row below them, in that register, for every choice of that field
};
struct Indicator {
    std::string name;
    Title title;
    std::string unit;  // of both, the same; of the numerator alone when `per` is the denominator's
    std::string per;   // "": a share in percent; otherwise an average
    Counted numerator, denominator;
};

/// A figure that a document printed; kept as it stands, never mixed with what the platform counts.
struct Figure {
    std::string name;
    Title title;
    Decimal value = {};
    std::string unit;
    std::string qualifier;  // exact, over, about ...
    std::string as_of;      // "2018-2020"
    std::string scope;      // "安徽省"
    std::string source;
    bool definition_known = true;
    bool derived = false;  // worked out from figures that were printed, and never printed itself
};

/// A table of how many rows there are of each choice in each area below: its zeros are the gaps.
struct Matrix {
    std::string name;
    Title title;
    std::string in;                    // the register
    std::string column;                // a choice
    std::vector<std::string> columns;  // its values
    std::optional<AreaLevel> each;     // the level of its lines; without, whatever lies directly below
    Holds where;
};

/// What a document's plan is made of; a branch that it does not describe is known not to be known.
struct Outline {
    struct Item {
        Title title;
        std::vector<std::string> registers;
    };
    struct Branch {
        std::string number;
        bool known = false;
        Title title;
        std::vector<Item> items;
    };
    Title title;
    std::string source;
    std::vector<Branch> branches;
};

struct Programme {
    packs::Pack pack;
    std::vector<About> whom;
    std::vector<Register> registers;
    std::vector<ActivityKind> activities;
    std::vector<ContractKind> contracts;
    std::vector<ProjectKind> projects;
    std::optional<FeeRule> fee;
    std::vector<Indicator> indicators;
    std::vector<Figure> figures;
    std::vector<Matrix> matrices;
    std::vector<Outline> outlines;

    const Register* find_register(std::string_view name) const;
    const ActivityKind* activity(std::string_view name) const;
    const ContractKind* contract(std::string_view name) const;
    const ProjectKind* project(std::string_view name) const;
    /// A table of the pack, read. It was checked when the pack was.
    Result<dmn::Model> table(std::string_view file) const;
};

/// What a table may ask of a household; named in README.md.
std::span<const std::string_view> household_facts();

}  // namespace ballast::programmes
