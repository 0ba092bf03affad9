/// What a file's rows would do to one household. Pure: rows in, verdicts and the household afterwards out.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "registry/columns.h"
#include "registry/difference.h"
#include "registry/import.h"
#include "registry/validation.h"

namespace ballast::registry {

/// A cell of a file, outliving it.
struct Written {
    table::Cell::Kind kind = table::Cell::Kind::empty;
    std::string text;
    bool digits_damaged = false;
};

/// One row of a file, and what is to be said of it.
struct Draft {
    std::int64_t ordinal = 0;
    std::size_t sheet = 0;  // of the file
    std::int64_t row = 0;
    Sheet kind = Sheet::household;
    const Mapping* mapping = nullptr;
    std::vector<Written> cells;

    Verdict verdict = Verdict::unchanged;
    std::vector<Change> changes;
    std::vector<Finding> findings;
};

/// What must be known from outside the household.
struct Surroundings {
    Date today;
    Date as_of;
    AreaCode county;
    auth::Scope scope;  // of the right to import
    /// A village by the names of township and village inside the county.
    std::function<std::optional<AreaCode>(std::string_view township, std::string_view village)> village_named;
    std::function<bool(AreaCode)> village_exists;
    std::string villages_of;  // the year of that table
    /// Numbers of other households, on file or in this import, that hold this person as an active member.
    std::function<std::vector<std::string>(std::string_view id_number)> elsewhere;
};

struct Judgement {
    Household after;
    Difference difference;  // empty when refused
    bool refused = false;
};

/// Judges all rows of one household together; fills verdict, changes and findings of each draft.
/// `before` is null when it is not on file; `household_no` is "" when the file names it by its head only.
Judgement judge(const Household* before, const std::string& household_no, std::vector<Draft>& drafts,
                const Surroundings& surroundings);

/// The text in the column of that use, trimmed; "" when there is none.
std::string text_in(const Draft& draft, Column::Use use, std::size_t index = 0);

}  // namespace ballast::registry
