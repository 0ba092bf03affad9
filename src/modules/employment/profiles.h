/// What a person wants and can do, as somebody of the village has asked them.
#pragma once

#include "employment/desk.h"

namespace ballast::employment {

struct Profile {
    bool wants_training = false, wants_job = false, wants_startup = false;
    std::string wanted_trade;      // "" for any
    std::string skills;            // trades, separated by blanks
    std::string reach = "county";  // how far from home
    Money wage;                    // a month, asked for
    bool home_daily = false;       // must be back in the evening
    std::optional<std::string>
        bears;  // codes::load; asked for anew only when given, shown to nobody without a purpose
    Date asked_on;
    std::int64_t version = 0;
};

/// Each skill once. Errors: invalid "employment.no_such_code", "employment.not_a_member",
/// "employment.too_young" {age}, "employment.birth_missing", "employment.day_in_future",
/// "employment.negative".
Result<Profile> checked_profile(const Desk& desk, const Worker& who, Profile typed);
/// Errors: forbidden "auth.not_allowed"; not_found "employment.no_person"; those of `checked_profile`;
/// conflict "employment.changed_meanwhile".
Result<void> save_profile(db::Tx& tx, const Desk& desk, PersonId person, Profile typed);
/// `bears` is left empty. Nothing: nobody has asked.
Result<std::optional<Profile>> profile(db::Tx& tx, const Desk& desk, PersonId person);
/// How heavy a work the person can bear, in clear; audited. Errors: not_found "employment.no_person",
/// "employment.no_profile"; invalid "employment.purpose_missing"; forbidden "auth.not_allowed"
/// (registry_unmask).
Result<std::string> reveal_bears(db::Tx& tx, const Desk& desk, PersonId person, std::string_view purpose);

inline constexpr std::string_view bears_context = "employment_profile.bears";

}  // namespace ballast::employment
