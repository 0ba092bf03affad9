/// Every field of a household and of a person, once: its name (the column of the table and the word key
/// "registry.field.<name>"), the title that files use, how a cell is read, and how it is kept.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "registry/codes.h"
#include "registry/household.h"

namespace ballast::registry {

enum class Kind : std::uint8_t {
    text,
    code,
    codes,  // several of a list, "2,4"
    truth,  // 是/否, "1"/"0"
    date,
    month,       // "2024-03"
    year,        // "2019"
    whole,       //
    tenths,      // months in steps of a half: "65" is 6.5
    hundredths,  // mu, square metres
    fen,         // yuan in files
    micro,       // degrees, six places
    citizen_id,
    phone,
};

enum class Keeping : std::uint8_t {
    clear,
    sealed,  // a {blob} of its own
    facts,   // within the one blob of sensitive facts (health, disability, ethnic group), so that not even
             // which of them are present can be seen
};

struct Field {
    std::string_view name;
    std::string_view title;
    std::string_view synonyms;  // separated by /
    Kind kind = Kind::text;
    const CodeList* codes = nullptr;
    Keeping keeping = Keeping::clear;
};

std::span<const Field> household_fields();  // in the order of HouseholdField
std::span<const Field> person_fields();     // in the order of PersonField
inline const Field& describe(HouseholdField f) { return household_fields()[static_cast<std::size_t>(f)]; }
inline const Field& describe(PersonField f) { return person_fields()[static_cast<std::size_t>(f)]; }
std::optional<HouseholdField> household_field(std::string_view name);
std::optional<PersonField> person_field(std::string_view name);

/// Whether a field holds sensitive personal information: hidden in history and in lists.
inline bool sensitive(const Field& field) { return field.keeping != Keeping::clear; }

/// The canonical text of what a person wrote; "" for an empty cell.
///
/// Errors, all invalid, with {field} (its name) and {expected}: "registry.bad_code", "registry.bad_truth",
/// "registry.bad_date", "registry.bad_number", "registry.bad_money", "registry.negative",
/// "registry.bad_phone", "registry.too_long" (over 200 characters), and those of CitizenId::parse. The value
/// itself is not in the error.
Result<std::string> read_value(const Field& field, std::string_view written, Date today);

/// The canonical text as files show it: the label of a code, yuan, mu with two places.
std::string written_value(const Field& field, std::string_view canonical);

}  // namespace ballast::registry
