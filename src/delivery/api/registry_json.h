/// How the register reads in the API: codes with their labels, values as people read them, the household
/// page. Heavy, as json.h is.
#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "api/json.h"
#include "registry/codes.h"
#include "registry/fields.h"
#include "registry/household_file.h"

namespace ballast::api {

inline Json or_null(const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); }
inline Json or_null(const std::optional<Date>& day) { return day ? Json(day->iso()) : Json(nullptr); }

/// {code, label}, both "" where nothing is said.
Json coded(const Call& call, const registry::CodeList& list, const std::string& code);
/// Code and name of every kind of household: {"01", "ordinary"}, {"02", "ex_poor"}, {"03", "monitored"}.
inline constexpr std::array kinds{std::pair{"01", "ordinary"}, std::pair{"02", "ex_poor"},
                                  std::pair{"03", "monitored"}};
std::string kind_name(const std::string& code);
Result<std::string> kind_code(const std::string& name);  // invalid "http.bad_parameter"

/// The label of a field in the caller's language.
std::string label(const Call& call, registry::HouseholdField field);
std::string label(const Call& call, registry::PersonField field);
/// How a canonical value reads in the caller's language.
std::string shown(const Call& call, const registry::Field& field, const std::string& value);

/// A change of the history, or a pair beside another, in words.
struct Told {
    std::string label, before, after;
};
Told told(const Call& call, bool of_person, const std::string& field, const std::string& before,
          const std::string& after);

/// As #/components/schemas/Finding, without whom it is about.
Json finding_json(const Call& call, const registry::Finding& finding);
/// As #/components/schemas/Household, without its warnings.
Result<Json> household_json(const Call& call, const registry::HouseholdPage& page);
/// The whole of it.
Result<Reply> reply_household(Call& call, db::Tx& tx, registry::HouseholdId id);

/// Sections of the fields of a household and of a person, in the order of the page; no field stands in two.
struct SectionOfHousehold {
    const char* name;      // word key: registry.section.<name>
    bool on_page = false;  // among the facts of the page; otherwise at its top
    std::vector<registry::HouseholdField> fields;
};
struct SectionOfPerson {
    const char* name;
    std::vector<registry::PersonField> fields;
};
std::span<const SectionOfHousehold> household_sections();
std::span<const SectionOfPerson> person_sections();
/// "亩"; "" for none.
std::string unit(const Call& call, const registry::Field& field);

}  // namespace ballast::api
