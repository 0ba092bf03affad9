/// What a county's officers look at beside their cases: a concentrated check under way, with what it has
/// covered, and slips in the register that wait for somebody to mend them.
#pragma once

#include "casework/campaign.h"
#include "demo/county.h"
#include "demo/staff.h"

namespace ballast::demo {

/// Slips of the pen as every register has them, none of which it refuses: a member who has left and still
/// stands there, income of nothing, income of ten times as much, a pupil of eighteen in primary school.
void slip(County& county, std::uint64_t seed);

/// A check of all ex-poor households, begun three weeks ago and not over, each village further or less far;
/// the nightly look at the register a fortnight ago and today, and slips in between by hand in the village of
/// the sign-in page's accounts.
class Checks {
public:
    static Result<Checks> begin(const delivery::Context& context, const County& county, const Staff& staff,
                                std::uint64_t seed, Instant now);
    /// What happens on that day; days come in order.
    Result<void> on(Date day);

private:
    struct Due {
        Date day;
        AreaCode village;
        registry::HouseholdId household;
        bool finds = false;
    };
    Checks(const delivery::Context& context, const County& county, const Staff& staff, Instant now)
        : context_(context), county_(county), staff_(staff), now_(now) {}
    AreaCode home() const { return county_.households.front().village; }
    Instant at(Date day) const;
    casework::ClueDesk desk(const auth::Actor& who, Date day) const;
    Result<void> plan(std::uint64_t seed);
    Result<void> announce(Date day);
    Result<void> check(const Due& due);
    Result<void> examine(Date day);
    Result<void> slip_by_hand(Date day);

    const delivery::Context& context_;
    const County& county_;
    const Staff& staff_;
    Instant now_;
    casework::ClueTerms terms_;
    casework::CampaignId campaign_;
    std::vector<Due> agenda_;  // by day
    std::size_t next_ = 0;
};

}  // namespace ballast::demo
