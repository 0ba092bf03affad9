/// The register as others read it: search, the household page, reveal, timeline. Every read takes a
/// Scope; what lies outside it is not found. ID numbers, phones and accounts come masked unless `reveal` is
/// asked for one, with a purpose, which is recorded.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "registry/household.h"
#include "registry/income.h"
#include "registry/validation.h"

namespace ballast::registry {

/// A line of a list of households or people.
struct Hit {
    HouseholdId household;
    std::string household_no;
    AreaCode village;
    std::string group_name;
    std::string household_kind;
    std::string head_name;
    std::int64_t members = 0;
    std::optional<PersonId> person;  // who was found, when it was a person
    std::string person_name;
    std::string person_relation;  // codes::relation
};

/// By a whole ID number or phone (found by keyed hash), a household number from three signs of its beginning,
/// or a part of a name from two characters. Best first, at most `limit`.
/// invalid "registry.search_too_short".
Result<std::vector<Hit>> search(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                std::string_view what, Date today, int limit = 50);

/// Households of an area, village after village.
struct Listing {
    AreaCode area;
    std::string kind;              // codes::household_kind; "" for all
    std::vector<HouseholdId> ids;  // only these, when there are any
    std::int64_t offset = 0, limit = 20;
};
struct Hits {
    std::vector<Hit> items;
    std::int64_t total = 0;
};
Result<Hits> list_households(db::Tx& tx, const auth::Scope& scope, const Listing& listing);

/// How many households and people of each kind lie in an area; the children's are those of its next level.
struct Tally {
    AreaCode area;
    std::string kind;
    std::int64_t households = 0, people = 0;
};
/// By child area and kind.
Result<std::vector<Tally>> summary(db::Tx& tx, const auth::Scope& scope, AreaCode area);

/// All that a household page shows. Sealed values are masked in place.
struct HouseholdPage {
    Household household;  // masked
    std::string area_name;
    std::optional<Period> income_window;
    std::optional<Income> income;   // within that window
    std::vector<Finding> findings;  // of validate(), today
    Date since;                     // first values
    std::string source;
};
/// not_found "registry.no_household".
Result<HouseholdPage> household(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                HouseholdId id, Date today);
/// The id behind a household number of a county.
Result<HouseholdId> household_numbered(db::Tx& tx, const auth::Scope& scope, AreaCode county,
                                       std::string_view household_no);

/// One sealed field in clear (a code by its label); `person` is empty for the household's bank account.
/// Recorded with the purpose.
///
/// Errors: not_found "registry.no_household"; forbidden "registry.may_not_unmask"; invalid
/// "registry.purpose_missing" (under two characters), "registry.no_field".
Result<std::string> reveal(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, HouseholdId id,
                           std::optional<PersonId> person, std::string_view field, std::string_view purpose,
                           Instant now);

/// The household that a person belongs to. not_found "registry.no_person".
Result<HouseholdId> household_of(db::Tx& tx, const auth::Scope& scope, PersonId person);

/// One line of a household's history, newest first. Sensitive values are masked ("***").
struct TimelineEntry {
    std::string key;  // tells it from the others of the household
    Date since;
    Instant recorded_at;
    std::string source;
    std::string account;  // "" for first values
    std::optional<PersonId> person;
    std::string person_name;
    std::string what;    // "first" (a household, person, ... came on file) or "change"
    std::string field;   // of a change: "land_arable", "guarantee.food", "income.I1.2024-01-01.2024-12-31";
                         // of a first: "household", "person", "income", "guarantee"
    std::string before;  // canonical
    std::string after;
};
Result<std::vector<TimelineEntry>> timeline(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                            HouseholdId id);

/// For joining department files: everybody active in an area, in household order.
struct MatchEntry {
    PersonId person;
    HouseholdId household;
    AreaCode village;
    std::span<const std::uint8_t> id_lookup;  // empty without a document
    std::string_view name_key;                // chinese::normalised_name
    std::string_view name;
    std::optional<Date> birth;
    Sex sex = Sex::unknown;
};
Result<void> match_index(db::Tx& tx, const auth::Scope& scope, AreaCode area,
                         const std::function<Result<void>(const MatchEntry&)>& each);

/// Health, disability and ethnic group in clear, for rules that need them; the caller shows none of it.
Result<void> each_household(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope, AreaCode area,
                            const std::function<Result<void>(const Household&)>& each);

/// "110105********002X", "138****8000", "**** **** **** 1234".
std::string masked_id(std::string_view id_number);
std::string masked_phone(std::string_view phone);
std::string masked_account(std::string_view account);
/// Every sealed value of a household masked in place.
void mask(Household& household);

}  // namespace ballast::registry
