/// Who works where: begun, paid month by month, ended. The end of a placement starts the clock of screening
/// rule R16, which reads employment_v_work.
#pragma once

#include "employment/posts.h"

namespace ballast::employment {

struct Placement {
    PlacementId id;
    PostId post;
    PersonId person;
    bool full_time = true;
    Date started_on;
    std::optional<Date> agreed_to, ended_on;
    std::string end_group;  // "" while it runs; else codes::end_group. The reason itself is sealed.
    bool gone() const { return end_group.starts_with("gone"); }
    bool contract = false, insured = false;  // a written contract; social security is paid
    /// Of an organised transfer (转移输出): where to, by whom, the transport subsidy. "" for none.
    std::string destination, organiser;
    Money transport;
    std::int64_t version = 0;
    std::string key;
    bool live(Date on) const { return started_on <= on && (!ended_on || on <= *ended_on); }
    bool transferred() const { return !destination.empty(); }
};

/// What a public-welfare post asks of its holder beyond what the register knows.
struct Declared {
    bool cadre_or_family = false;  // a village cadre, or of a cadre's family [S27]
};

/// What speaks against placing somebody but does not forbid it: "employment.warning.<name>".
using Warnings = std::vector<std::string>;
struct Placed {
    PlacementId id;
    Warnings warnings;
};
/// Errors: forbidden "auth.not_allowed"; not_found "employment.no_person", "employment.no_post"; invalid
/// "employment.not_a_member", "employment.birth_missing", "employment.too_young" {age},
/// "employment.starts_late" (more than a month ahead), "employment.ends_before", "employment.end_missing" (of
/// a public-welfare post), "employment.not_a_transfer" (the post is in the township),
/// "employment.text.organiser", "employment.negative"; conflict "employment.post_closed",
/// "employment.post_full", "employment.works_there", "employment.transport_twice" {on, months}; of
/// public-welfare posts "employment.eligibility.<name>" {all} of the first that speaks against.
Result<Placed> place(db::Tx& tx, const Desk& desk, Placement wanted, const Declared& declared);

/// Why somebody may not hold a public-welfare post, all at once: "employment.eligibility.<name>" each. Pure.
struct HolderFacts {
    bool local = true;  // lives in the area of the post, on the register
    std::optional<int> age;
    bool able = true;  // the register's class of labour
    bool works_elsewhere = false;
    bool cadre_or_family = false;
    std::int64_t held_by_household = 0;  // public-welfare posts, not counting this one
};
std::vector<std::string> not_eligible(const HolderFacts& facts, const Terms& terms);

struct End {
    std::int64_t version = 0;
    Date on;
    std::string reason;  // codes::end_reason
};
/// Errors: not_found "employment.no_placement"; invalid "employment.ends_before", "employment.day_in_future",
/// "employment.no_such_code"; conflict "employment.over", "employment.changed_meanwhile",
/// "employment.paid_after" {month}: paid for a month after that day, and of a public-welfare post whose
/// holder died or moved away for its own month too.
Result<void> end_placement(db::Tx& tx, const Desk& desk, PlacementId id, const End& end);

/// What a reason says to rules without saying more. Pure; of codes::end_reason.
std::string_view group_of_end(std::string_view reason);
/// Why a placement ended, in clear; audited. Errors: forbidden "auth.not_allowed" (registry_unmask);
/// not_found "employment.no_placement"; invalid "employment.purpose_missing"; conflict "employment.runs".
Result<std::string> reveal_end_reason(db::Tx& tx, const Desk& desk, PlacementId id, std::string_view purpose);

struct Pay {
    Date month;  // its first day
    Money amount;
    std::optional<std::int64_t> days;  // attended; of a public-welfare post always
};
/// Enters a month's pay, or corrects it.
///
/// Errors: not_found "employment.no_placement"; invalid "employment.month_in_future",
/// "employment.month_outside", "employment.negative", "employment.days_missing", "employment.days_outside"
/// {most}, "employment.paid_absent" (paid without attendance, or attended without pay),
/// "employment.pay_over_wage" {most}; conflict "employment.holder_gone" {on}: pay stops in the month in which
/// a holder dies or leaves.
Result<void> pay(db::Tx& tx, const Desk& desk, PlacementId id, const Pay& what);

struct PlacementLine {
    Placement placement;
    Post post;
    Worker who;
    std::vector<Pay> pay;  // the latest month first
};
struct PlacementQuery {
    std::optional<AreaCode> area;
    std::optional<PersonId> person;
    std::optional<PostId> post;
    bool live_only = false;
    std::int64_t offset = 0, limit = 20;
};
/// Of people in the actor's areas, the latest first.
Result<std::vector<PlacementLine>> placements(db::Tx& tx, const Desk& desk, const PlacementQuery& query,
                                              std::int64_t* total);
Result<PlacementLine> placement(db::Tx& tx, const Desk& desk, PlacementId id);

}  // namespace ballast::employment
