/// Posts of all kinds: firms, workshops, public-welfare posts, work away, flexible work.
#pragma once

#include "employment/desk.h"
#include "employment/fit.h"

namespace ballast::employment {

struct Post {
    PostId id;
    AreaCode area;  // where it is; of one that is away, who recruits for it
    std::string kind, employer, title, place;
    std::string away;  // "" | "province" | "anywhere": outside the county
    std::string trade;
    bool skilled = false;  // nobody without the trade
    std::string load = "normal";
    Money wage;  // a month
    std::int64_t openings = 1;
    std::optional<std::int64_t> hours;  // a month; of a public-welfare post always
    std::optional<std::int64_t> age_from, age_to;
    Date from_day;
    std::optional<Date> to_day;  // of a public-welfare post always
    std::optional<Date> closed_on;
    std::int64_t version = 0;
    std::string key;
    std::int64_t taken = 0;  // people who work there today or will
    bool welfare() const { return kind == "public"; }
    bool open(Date on) const { return !closed_on && (!to_day || on <= *to_day); }
    Vacancy vacancy() const;
};

/// What is typed, trimmed. Errors: not_found "areas.unknown"; invalid "employment.text.<field>",
/// "employment.no_such_code", "employment.away_missing", "employment.away_superfluous",
/// "employment.wage_missing", "employment.openings_missing", "employment.hours_missing",
/// "employment.end_missing", "employment.ends_before", "employment.term_too_long" {months},
/// "employment.village_post" (a public-welfare post belongs to a village or township), "employment.ages" (the
/// upper is not above the lower).
Result<Post> checked_post(const Desk& desk, Post typed);
/// Errors: forbidden "auth.not_allowed"; those of `checked_post`.
Result<PostId> add_post(db::Tx& tx, const Desk& desk, Post typed);
/// No more are sent there; who works there goes on. Errors: not_found "employment.no_post"; conflict
/// "employment.changed_meanwhile", "employment.post_closed".
Result<void> close_post(db::Tx& tx, const Desk& desk, PostId id, std::int64_t version);

struct PostQuery {
    std::optional<AreaCode> area;
    std::string kind;
    bool open_only = false;
    bool free_only = false;  // with an opening left
    std::int64_t offset = 0, limit = 20;
};
/// Of the actor's areas, and of those above them: a village sends people to its county's posts too. The
/// latest first.
Result<std::vector<Post>> posts(db::Tx& tx, const Desk& desk, const PostQuery& query, std::int64_t* total);
/// not_found "employment.no_post".
Result<Post> post(db::Tx& tx, const Desk& desk, PostId id);

}  // namespace ballast::employment
