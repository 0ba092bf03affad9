/// The screening rules of one county on one day: the tables of packs/screening with their parameters bound.
/// Made once, then asked for household after household, from any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/money.h"
#include "packs/packs.h"
#include "packs/store.h"
#include "screening/facts.h"

namespace ballast::screening {

/// Red: a visit within 24 hours; orange and yellow within a few days (parameters of the pack).
enum class Level : std::uint8_t { red, orange, yellow };
std::string_view name_of(Level level);
std::optional<Level> level_named(std::string_view name);

/// A value that a rule read, as it was on that day. Titles are kept too: the pack may change, the warning
/// stays what it was.
struct UsedFact {
    std::string name, title_zh, title_en;
    std::string kind;   // "boolean", "money", "count", "text"
    std::string value;  // "true", fen, a number, a text
};
struct UsedParameter {
    std::string name, title_zh, title_en;
    std::string value;  // in its unit
    std::string unit;
    Date from;
    std::string authority;
    bool assumed = false;
};

struct Evidence {
    std::string table;     // "screening/illness.dmn"
    std::string decision;  // "warnings"
    int row = 0;           // of the table, from 1
    std::vector<UsedFact> facts;
    std::vector<UsedParameter> parameters;
    std::vector<feeds::RowId> rows;
    std::string title_zh, title_en;    // of the rule
    std::string clears_zh, clears_en;  // what would clear it
    std::string pack, pack_hash;
};

struct Hit {
    std::string rule;  // "R01"
    std::string risk;  // "01"
    Level level = Level::yellow;
    int visit_days = 0;     // until the visit
    int cooldown_days = 0;  // how long the rule stays quiet about the household, unless the amount grows
    std::optional<Money> amount;  // of the fact that the pack names for this
    Evidence evidence;
};

class Rules {
public:
    /// Pack "screening" as it holds in the county on that day (packs/store.h), read and checked whole: what
    /// loads can be used. A run loads the rules at its beginning, so a version that begins counts from the
    /// next run on.
    ///
    /// Errors: those of packs and dmn; not_found "packs.no_value" when the county lacks a parameter that
    /// screening itself needs; invalid "screening.no_warnings_table", "screening.unknown_input",
    /// "screening.no_output", "screening.bad_output", "screening.bad_days", "screening.bad_percent".
    static Result<Rules> load(AreaCode county, Date as_of, const packs::Store& packs = {});
    /// Of a pack that is not the one in force: a draft, or one with other thresholds.
    static Result<Rules> of(packs::Pack pack, AreaCode county, Date as_of);

    Date as_of() const;
    AreaCode county() const;
    const std::string& pack_hash() const;
    const Windows& windows() const;
    /// Whether an amount has grown so much since the last warning that the cooldown does not count.
    bool grown(Money before, Money now) const;
    /// Titles of the rules, by id.
    struct Title {
        std::string rule, zh, en;
    };
    const std::vector<Title>& titles() const;

    /// Every rule that these facts meet, once.
    std::vector<Hit> evaluate(const Facts& facts) const;

private:
    struct State;
    std::shared_ptr<const State> state_;
};

/// A parameter of the pack on a day, for pages that show it (the monitoring line); nothing where the county
/// has none.
Result<std::optional<UsedParameter>> parameter_on(std::string_view name, AreaCode county, Date day,
                                                  const packs::Store& packs = {});

}  // namespace ballast::screening
