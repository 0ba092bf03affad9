/// What somebody enters by hand about one household, in one act, and what it would make of the household.
/// Values are as people write them ("是", "2.5", "配偶", "02"); "" clears a field. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "registry/difference.h"
#include "registry/household.h"
#include "registry/validation.h"

namespace ballast::registry {

struct Edit {
    std::optional<PersonId> person;  // empty: the household itself
    std::string field;  // of fields.h; or "guarantee.food", "guarantee.food.evidence" and the like
    std::string value;
};

struct IncomeEdit {
    std::optional<PersonId> person;  // empty: the household as a whole
    Period window;                   // whole months, at most twelve
    IncomeItem item = IncomeItem::wage;
    std::string sub;     // of a transfer: "pension" and the like
    std::string amount;  // yuan
};

struct Entry {
    struct Said {
        std::string field, value;
    };
    std::vector<Edit> edits;
    std::vector<std::vector<Said>> joining;  // the fields of each new member
    std::vector<IncomeEdit> income;
    std::string source;  // why, and on what proof: stands in the history of every field
    Date since;          // the day for which it is said
};

/// What is wrong with one field of the entry. `joining` is an index into Entry::joining.
struct Slip {
    std::optional<PersonId> person;
    std::optional<std::size_t> joining;
    std::string field;  // "" for the household as a whole
    Error error;
};

/// One value beside the one before. Canonical; what is sealed and on file is masked, what was entered is not.
struct Pair {
    std::optional<PersonId> person;
    std::optional<std::size_t> joining;
    std::string person_name;
    std::string field;  // as in Change
    std::string before, after;
};

struct Plan {
    Household after;
    Difference difference;
    std::vector<Slip> slips;        // any: nothing may be stored
    std::vector<Finding> findings;  // warnings that would stand then

    std::vector<Pair> pairs(const Household* before) const;
};

/// A household as it is to be, judged. Slips: every error of validate() that was not there before.
Plan plan_of(const Household* before, Household after, Date today);

/// An entry worked into the household. `before` is null for one that is not on file yet; `begun` then holds
/// its village. Who leaves without a date left on `since`; who is back has no such date any more; somebody's
/// new assessment of a guarantee is `by` them, of that day, for twelve months.
///
/// Slips: invalid "registry.no_field", "registry.no_person", "registry.window_missing", those of read_value
/// (with {column}, the field's title), and those of plan_of.
Plan plan(const Household* before, Household begun, const Entry& entry, const std::string& by, Date today);

}  // namespace ballast::registry
