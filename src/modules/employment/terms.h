/// What packs/employment says on a day in an area: ages, windows, the points of matching. Most of it is
/// assumed.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/area_code.h"
#include "base/date.h"
#include "base/result.h"
#include "packs/store.h"

namespace ballast::employment {

struct Terms {
    std::int64_t labour_age_from = 16, labour_age_to = 60;
    std::int64_t public_age_from = 16, public_age_to = 65;
    std::int64_t public_months = 12;  // longest term of a public-welfare post
    std::int64_t public_per_household = 1;
    std::int64_t subsidy_months = 12;    // one training subsidy a trade in so long
    std::int64_t transport_months = 12;  // one transport subsidy in so long
    std::int64_t stable_months = 6;
    /// Points of matching: more is worse.
    std::array<std::int64_t, 5> distance{0, 10, 30, 80, 120};  // by reach
    std::int64_t wage = 2;    // for each 100 yuan a month below what was asked for
    std::int64_t trade = 40;  // another trade than wanted
    std::int64_t skill = 30;  // a skill that the post has no use for
    std::int64_t load = 20;   // as heavy as the person can just bear, above light
    std::int64_t family =
        60;  // a child under school age or somebody in need of care at home, and the post is away
    bool assumed = false;  // any of them
    std::string pack_hash;
};
/// Errors: those of packs; invalid "employment.bad_parameter" {name}.
Result<Terms> terms_on(const packs::Store& packs, AreaCode area, Date on);

}  // namespace ballast::employment
