/// What changed between two states of a household: the heart of history, of an import's verdicts, and of what
/// has to be written. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/household.h"

namespace ballast::registry {

/// One field that has another value than before. `field` is "land_arable", "phone",
/// "guarantee.food", "income.I4.pension.2024-01-01.2024-12-31". Values are canonical.
struct Change {
    std::optional<std::size_t> member;  // index into the members of `after`
    std::string field;
    std::string before;
    std::string after;
    bool sensitive = false;  // sealed in the history
};

struct Difference {
    bool is_new = false;     // the household was not on file
    bool moved = false;      // to another village
    bool household = false;  // one of its own fields
    std::vector<std::size_t> new_members, changed_members;
    std::vector<std::size_t> new_income, changed_income;
    std::vector<std::size_t> new_guarantees, changed_guarantees;
    std::vector<Change> changes;  // of what was on file; first values are no changes

    bool nothing() const {
        return !is_new && !moved && !household && new_members.empty() && changed_members.empty() &&
               new_income.empty() && changed_income.empty() && new_guarantees.empty() &&
               changed_guarantees.empty();
    }
};

/// `before` is null for a new household. Members, income lines and guarantees that are on file keep their
/// positions; new ones (id or row 0) stand behind them.
Difference difference(const Household* before, const Household& after);

/// The name of an income line or a guarantee in history.
std::string field_name(const IncomeLine& line);
std::string field_name(const Guarantee& guarantee);
/// "secured 2025-03-02 2026-03-02" and who assessed: what history shows of a guarantee.
std::string summary(const Guarantee& guarantee);

}  // namespace ballast::registry
