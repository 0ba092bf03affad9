#include "insurance/coinsurance.h"

#include <algorithm>
#include <set>

#include "base/shares.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

std::vector<Decimal> shares_of(const Pool& pool) {
    std::vector<Decimal> out;
    for (const auto& member : pool.members) out.push_back(member.share);
    return out;
}

}  // namespace

Result<void> check(const Pool& pool) {
    if (pool.members.empty()) return invalid("insurance.pool_without_members");
    TRY(share("lead_fee", pool.lead_fee));
    Decimal sum;
    std::set<std::string> seen;
    for (const auto& member : pool.members) {
        if (member.share != 1) TRY(positive("share", member.share, 1, 6));
        if (!seen.insert(member.insurer).second)
            return invalid("insurance.member_twice").with("insurer", member.insurer);
        if (member.share > pool.members.front().share)
            return invalid("insurance.lead_not_largest").with("insurer", member.insurer);
        sum = sum + member.share;
    }
    if (sum != 1) return invalid("insurance.bad_shares").with("sum", sum.plain());
    return {};
}

Result<std::vector<Money>> split(const Pool& pool, Money amount) {
    TRY(check(pool));
    return by_largest_remainder(amount, shares_of(pool));
}

Result<std::vector<MemberMonth>> settle_month(const Pool& pool, const std::vector<Money>& premiums,
                                              const std::vector<Money>& claims) {
    TRY(check(pool));
    std::vector<MemberMonth> out;
    for (const auto& member : pool.members) out.push_back({member.insurer, {}, {}, {}});
    const auto add = [&](const std::vector<Money>& amounts, Money MemberMonth::*column) -> Result<void> {
        for (const Money amount : amounts) {
            const auto parts = TRY(split(pool, amount));
            for (std::size_t i = 0; i < parts.size(); ++i) out[i].*column += parts[i];
        }
        return {};
    };
    TRY(add(premiums, &MemberMonth::premium));
    TRY(add(claims, &MemberMonth::claims));

    // The fee is rounded once, on the others' premium together, and then borne in proportion to their shares.
    Money others;
    for (std::size_t i = 1; i < out.size(); ++i) others += out[i].premium;
    const Money fee = (Decimal::yuan(others) * pool.lead_fee).to_money(Rounding::half_up);
    if (out.size() > 1) {
        const auto shares = shares_of(pool);
        const auto parts = TRY(by_largest_remainder(fee, std::span(shares).subspan(1)));
        for (std::size_t i = 1; i < out.size(); ++i) out[i].fee = parts[i - 1];
        out.front().fee = -fee;
    }
    return out;
}

}  // namespace ballast::insurance
