/// Coinsurance (domain specification 5.4): one policy, one lead, several followers. Every premium and claim
/// is split by largest remainder, in the order of the members, the lead first. The lead's fee is a share of
/// the others' premium. Each member books its own share only; the lead never books the whole as its income.
#pragma once

#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace ballast::insurance {

struct Pool {
    struct Member {
        std::string insurer;
        Decimal share;  // 0.6 is 60 %
    };
    std::vector<Member> members;  // the lead first
    Decimal lead_fee;             // of the others' premium: 0.05
};

/// Errors, all invalid: "insurance.pool_without_members"; "insurance.bad_shares" {sum};
/// "insurance.member_twice" {insurer}; "insurance.lead_not_largest" {insurer}; "insurance.out_of_range"
/// {name, value}.
Result<void> check(const Pool& pool);

/// One premium or claim, by member.
Result<std::vector<Money>> split(const Pool& pool, Money amount);

struct MemberMonth {
    std::string insurer;
    Money premium;
    Money claims;
    Money fee;  // paid to the lead; of the lead itself: what it receives, negated
    /// Premium less claims and fee: of a follower, what the lead owes it; below zero, what it owes the lead.
    /// The lead's own is what stays with it: all the members' together are premiums less claims.
    Money net() const { return premium - claims - fee; }
};

/// A month: each premium and claim split by itself, as the papers of each have it, then added up.
Result<std::vector<MemberMonth>> settle_month(const Pool& pool, const std::vector<Money>& premiums,
                                              const std::vector<Money>& claims);

}  // namespace ballast::insurance
