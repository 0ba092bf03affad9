#include "insurance/public_lookup.h"

#include <algorithm>

#include "base/masking.h"
#include "base/phone.h"
#include "base/text.h"
#include "insurance/facts.h"
#include "insurance/policy_store.h"

namespace ballast::insurance {
namespace {

constexpr std::int64_t window_ms = 3600 * 1000LL;

/// What is counted of an asker, as keyed hashes, and how often each may fail within the hour. Failures with
/// one's own phone are few; those of a policy may be many, so that no stranger locks it for its farmers.
struct Counted {
    db::Blob who;
    std::int64_t most;
};

std::vector<Counted> counted(const crypto::Vault& vault, const std::string& policy, const std::string& phone,
                             std::string_view address) {
    const auto who = [&](std::string_view what) { return blob(vault.lookup("insurance_public", what)); };
    std::vector<Counted> out{{who("pair " + policy + " " + phone), 5},
                             {who("phone " + phone), 10},
                             {who("address " + std::string(address)), 20},
                             {who("policy " + policy), 200}};
    // In one order, so that two askers cannot wait for each other.
    std::ranges::sort(out, {}, &Counted::who);
    return out;
}

/// Counts this try as one that failed; whoever asks at the same moment waits here.
Result<void> admit(db::Tx& tx, const std::vector<Counted>& all, Instant now) {
    const std::int64_t over = now.ms - window_ms;
    TRY(tx.exec("DELETE FROM insurance_public_attempt WHERE since <= ?", over));
    for (const auto& one : all) {
        const auto tries = TRY(tx.first(
            "INSERT INTO insurance_public_attempt (who, since, tries) VALUES (?, ?, 1) ON CONFLICT (who) DO "
            "UPDATE SET tries = insurance_public_attempt.tries + 1 RETURNING tries",
            {one.who, now.ms}, [](const db::Row& row) { return row.integer(0); }));
        if (tries.value() > one.most)
            return unavailable("insurance.too_many_attempts")
                .with("seconds", std::to_string(window_ms / 1000));
    }
    return {};
}

/// It did not fail.
Result<void> forgive(db::Tx& tx, const std::vector<Counted>& all) {
    for (const auto& one : all)
        TRY(tx.exec("UPDATE insurance_public_attempt SET tries = tries - 1 WHERE who = ?", one.who));
    return {};
}

Result<std::vector<PublicPolicy::OfClaim>> claims_of(db::Tx& tx, std::int64_t insured) {
    std::vector<PublicPolicy::OfClaim> out;
    TRY(tx.each_row(
        "SELECT c.claim_no, c.state, c.reported_on, l.assessed, l.paid, c.paid_on FROM insurance_loss l JOIN "
        "insurance_claim c ON c.id = l.claim_id WHERE l.insured_id = ? ORDER BY c.id",
        std::vector<db::Value>{insured}, [&](const db::Row& row) -> Result<void> {
            out.push_back({std::string(row.text(0)), TRY(claim_state_named(row.text(1))), row.date(2),
                           row.money(3), row.money(4), row.maybe_date(5)});
            return {};
        }));
    return out;
}

Result<std::vector<PublicPolicy::OfSeason>> seasons_of(db::Tx& tx, std::int64_t insured) {
    std::vector<PublicPolicy::OfSeason> out;
    TRY(tx.each_row(
        "SELECT st.settlement_no, st.season, st.first_day, st.last_day, st.index_above, st.index_below, "
        "st.state, l.payable, st.paid_on FROM insurance_settlement_line l JOIN insurance_settlement st ON "
        "st.id = l.settlement_id WHERE l.insured_id = ? AND l.live = 1 AND st.posted_on IS NOT NULL ORDER BY "
        "st.id",
        std::vector<db::Value>{insured}, [&](const db::Row& row) -> Result<void> {
            PublicPolicy::OfSeason one;
            one.number = row.text(0);
            one.season = static_cast<int>(row.integer(1));
            one.window = {row.date(2), row.date(3)};
            one.index = {TRY(Decimal::parse(row.text(4))), TRY(Decimal::parse(row.text(5)))};
            one.state = TRY(settlement_state_named(row.text(6)));
            one.payable = row.money(7);
            one.paid_on = row.maybe_date(8);
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

Result<std::vector<PublicPolicy>> found(db::Tx& tx, const crypto::Vault& vault, std::string_view number,
                                        std::string_view phone) {
    std::vector<PublicPolicy> out;
    TRY(
        tx.each_row("SELECT p.policy_no, p.product, p.state, p.first_day, p.last_day, p.effective_on, "
                    "i.facts, i.units, i.sum_insured, "
                    "i.premium, i.farmer, i.paid_on, i.id FROM insurance_insured i JOIN insurance_policy p "
                    "ON p.id = i.policy_id WHERE "
                    "p.policy_no = ? AND i.phone_lookup = ? AND (i.to_day IS NULL OR EXISTS (SELECT 1 FROM "
                    "insurance_loss l WHERE l.insured_id = i.id) OR EXISTS (SELECT 1 FROM "
                    "insurance_settlement_line s WHERE s.insured_id = i.id AND s.live = 1)) ORDER BY i.line",
                    std::vector<db::Value>{number, blob(vault.lookup("phone", phone))},
                    [&](const db::Row& row) -> Result<void> {
                        PublicPolicy one;
                        one.number = row.text(0);
                        one.product = row.text(1);
                        one.state = TRY(policy_state_named(row.text(2)));
                        one.cover = {row.date(3), row.date(4)};
                        one.effective_on = row.maybe_date(5);
                        one.name = masked_name(TRY(opened(vault, row.bytes(6))).name);
                        one.units = from_ten_thousandths(row.integer(7));
                        one.sum_insured = row.money(8);
                        one.premium = row.money(9);
                        one.farmer = row.money(10);
                        one.paid_on = row.maybe_date(11);
                        one.claims = TRY(claims_of(tx, row.integer(12)));
                        one.seasons = TRY(seasons_of(tx, row.integer(12)));
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

}  // namespace

Result<std::vector<PublicPolicy>> look_up(db::Database& database, const crypto::Vault& vault,
                                          std::string_view policy_no, std::string_view phone,
                                          std::string_view address, Instant now) {
    const std::string number(text::trimmed(policy_no));
    const auto given = Phone::parse(phone);
    const auto all =
        counted(vault, number, given ? given->reveal() : std::string(text::trimmed(phone)), address);
    // One transaction; that nothing was found is a value in it, so that the try stays counted.
    auto rows = TRY(database.write([&](db::Tx& tx) -> Result<std::vector<PublicPolicy>> {
        TRY(admit(tx, all, now));
        if (!given) return std::vector<PublicPolicy>();
        auto out = TRY(found(tx, vault, number, given->reveal()));
        if (!out.empty()) TRY(forgive(tx, all));
        return out;
    }));
    if (rows.empty()) return not_found("insurance.not_found_publicly");
    return rows;
}

}  // namespace ballast::insurance
