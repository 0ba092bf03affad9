/// Concentrated checks (集中排查, domain specification 2.2 B): a campaign says which households of an area
/// are looked at from one day to another; each check says by whom and when, and that nothing was found or
/// which clue came of it. Coverage is counted against the register of today, so whoever comes on file
/// meanwhile is still to be checked.
#pragma once

#include "casework/clue_receive.h"

namespace ballast::casework {

struct CampaignTag;
using CampaignId = Id<CampaignTag>;

struct Campaign {
    CampaignId id;
    AreaCode area;
    std::string name;
    std::string household_kind;  // registry codes::household_kind; "" for all
    Date begins_on, ends_on;     // both days count
    std::string account;         // whose campaign it is
};
/// Counts of households.
struct Coverage {
    std::int64_t due = 0;      // to be checked
    std::int64_t checked = 0;  // of those
    std::int64_t clues = 0;    // checks that led to a clue
    std::int64_t left() const { return due - checked; }
};

/// Errors: forbidden "auth.not_allowed" without clues_dispatch over the area; invalid
/// "campaigns.name_missing" (2 to 60 characters), "campaigns.ends_before", "campaigns.too_long" (over a
/// year), "campaigns.no_such_kind"; not_found "areas.unknown".
Result<Campaign> begin_campaign(db::Tx& tx, const ClueDesk& desk, Campaign campaign, std::string_view key);

struct CampaignLine {
    Campaign campaign;
    Coverage coverage;  // inside the areas of the actor
};
/// Those whose area meets the actor's, the latest first.
Result<std::vector<CampaignLine>> campaigns(db::Tx& tx, const auth::Actor& actor);
/// not_found "campaigns.no_such_campaign".
Result<CampaignLine> campaign(db::Tx& tx, const auth::Actor& actor, CampaignId id);

struct CoverageOfArea {
    AreaCode area;
    Coverage coverage;
};
/// Of the next level below `within`, by area.
Result<std::vector<CoverageOfArea>> coverage(db::Tx& tx, const auth::Actor& actor, CampaignId id,
                                             AreaCode within);

/// Households of an area, those to be checked or those that were.
struct CheckLine {
    registry::HouseholdId household;
    std::optional<Date> checked_on;
    std::string by;
    std::optional<ClueId> clue;
};
struct CheckQuery {
    AreaCode area;
    bool checked = false;
    bool found = false;  // only those where something was found
    std::int64_t offset = 0, limit = 20;
};
Result<std::vector<CheckLine>> check_list(db::Tx& tx, const auth::Actor& actor, CampaignId id,
                                          const CheckQuery& query, std::int64_t* total);

/// One household looked at today. `found`: what becomes a clue, its household and source filled in here.
///
/// Errors: not_found "campaigns.no_such_campaign", "registry.no_household"; conflict "campaigns.not_begun",
/// "campaigns.over", "campaigns.not_meant" (a household of another kind), "campaigns.checked_before"; those
/// of `receive`.
struct Checked {
    std::optional<ClueId> clue;
};
Result<Checked> check_household(db::Tx& tx, const ClueDesk& desk, const ClueTerms& terms, CampaignId id,
                                registry::HouseholdId household, std::string_view note,
                                std::optional<Report> found);

}  // namespace ballast::casework
