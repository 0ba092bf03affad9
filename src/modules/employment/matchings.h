/// Matching an area's people to the posts open to them: proposed by the engine, shown with why, decided by a
/// person.
#pragma once

#include "employment/placements.h"

namespace ballast::employment {

struct Matching {
    MatchingId id;
    AreaCode area;
    Date as_of;
    std::int64_t people = 0, posts = 0, openings = 0;  // that took part
    /// Households with a worker; those with somebody in work before; those that a proposal brings to work.
    std::int64_t households = 0, in_work = 0, newly = 0;
    std::int64_t cost = 0;  // of its proposals
    bool assumed = false;
    Instant at;
    std::string account;
};
/// Most pairs of a person and a post that one matching looks at.
inline constexpr std::int64_t most_pairs = 4'000'000;

/// Proposals of the area that nobody decided are superseded.
///
/// Errors: forbidden "auth.not_allowed" (employment_decide); not_found "areas.unknown"; invalid
/// "employment.too_many_pairs" {people, posts}; those of matching::assign.
Result<MatchingId> match(db::Tx& tx, const Desk& desk, AreaCode area);

/// Of the actor's areas, the latest first.
Result<std::vector<Matching>> matchings(db::Tx& tx, const Desk& desk, std::optional<AreaCode> area);
/// not_found "employment.no_matching".
Result<Matching> matching(db::Tx& tx, const Desk& desk, MatchingId id);

struct Proposal {
    ProposalId id;
    MatchingId of;
    Worker who;
    Post post;
    std::vector<std::pair<std::string, std::int64_t>> points;  // by fit.h's point_names
    std::int64_t cost = 0;                                     // these together
    bool first_worker = false;                                 // nobody of the household is in work
    std::vector<PostId> cheaper;  // by the points would have suited better, and are full
    std::string state;            // "proposed" | "accepted" | "refused" | "superseded"
    std::string reason, note;
    std::optional<PlacementId> placement;
};
struct ProposalQuery {
    std::optional<MatchingId> of;
    std::optional<PersonId> person;
    std::string state;
};
/// Of people in the actor's areas.
Result<std::vector<Proposal>> proposals(db::Tx& tx, const Desk& desk, const ProposalQuery& query);

/// A household with a worker and nobody in work, to which nothing was proposed.
struct LeftOutHousehold {
    HouseholdId household;
    AreaCode village;
    std::string head;
    std::string why;  // "not_asked" | "nobody_wants" | "no_fit" | "shortage"
    /// Of no_fit: how many posts would be open to it if that alone were otherwise ("skill:welding=3"); where
    /// nothing alone would do, how many posts each rules out ("all:distance=5"). "other" (of
    /// 0): something that is not told. Of shortage: "rivals", "openings".
    std::vector<std::pair<std::string, std::int64_t>> facts;
};
Result<std::vector<LeftOutHousehold>> left_out(db::Tx& tx, const Desk& desk, MatchingId id);

struct Decision {
    bool accept = false;
    std::string reason, note;  // of a refusal: codes::refusal; a note for "unsuitable" and "other"
    Placement placement;  // of an acceptance: when, until when, contract; person and post are the proposal's
    Declared declared;
};
/// An acceptance places the person in the same transaction.
///
/// Errors: forbidden "auth.not_allowed" (employment_decide); not_found "employment.no_proposal"; conflict
/// "employment.decided" {state}; invalid "employment.no_such_code", "employment.text.note"; those of `place`.
Result<Placed> decide(db::Tx& tx, const Desk& desk, ProposalId id, const Decision& decision);

}  // namespace ballast::employment
