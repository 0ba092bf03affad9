/// How well a post suits a person: what rules it out, or points, of which fewer are better. Pure; whole
/// numbers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/money.h"
#include "employment/codes.h"
#include "employment/terms.h"

namespace ballast::employment {

/// What rules a post out and may be told; the word is "employment.missing.<name>".
enum class Bar : std::uint8_t { skill, distance, home_daily, age, public_holder };
inline constexpr std::array<std::string_view, 5> bar_names{"skill", "distance", "home_daily", "age",
                                                           "public_holder"};
/// What points are given for and may be told; the word is "employment.points.<name>".
inline constexpr std::array<std::string_view, 5> point_names{"distance", "wage", "trade", "skill", "family"};

struct Seeker {
    AreaCode village;
    int age = 0;
    std::vector<std::string> skills;
    std::string wanted_trade;  // "" for any
    Reach reach = Reach::anywhere;
    Money wage;  // a month, asked for
    bool home_daily = false;
    bool care_at_home = false;  // a child under six, or somebody of eighty or more, in the household
    Load bears = Load::heavy;
    bool public_full = false;  // the household holds as many public-welfare posts as it may
};

struct Vacancy {
    AreaCode area;              // of the post, or of who recruits for one that is away
    std::optional<Reach> away;  // of a post outside the county
    bool welfare = false;       // 公益性岗位
    std::string trade;
    bool skilled = false;  // nobody without the trade
    Load load = Load::normal;
    Money wage;
    std::optional<std::int64_t> age_from, age_to;  // age_to not included
};

/// How heavy a work somebody can bear speaks of health. It counts when people are matched, and stands apart
/// from all that is kept or shown of a pair: that is reckoned as if nobody had been asked.
struct Fit {
    std::vector<Bar> bars;
    bool too_heavy = false;
    std::array<std::int64_t, point_names.size()> points{};
    std::int64_t strain = 0;
    bool possible() const { return bars.empty() && !too_heavy; }
    std::int64_t told() const;  // the points together
    std::int64_t cost() const { return told() + strain; }
};
Fit fit(const Seeker& seeker, const Vacancy& vacancy, const Terms& terms);

/// How far a person of that village would go to the post.
Reach distance(AreaCode village, const Vacancy& vacancy);

/// "distance=30 wage=4"; what has none is left out.
std::string points_text(const Fit& fit);

}  // namespace ballast::employment
