#include "insurance/public_lookup.h"

#include "base/masking.h"
#include "base/phone.h"
#include "base/text.h"
#include "insurance/facts.h"
#include "insurance/policy_store.h"

namespace ballast::insurance {
namespace {

constexpr std::int64_t window_ms = 3600 * 1000LL, per_policy = 5, per_address = 20;

struct Asker {
    db::Blob policy, address;
};

Result<void> admit(db::Tx& tx, const Asker& asker, Instant now) {
    TRY(tx.exec("DELETE FROM insurance_public_attempt WHERE at <= ?", now.ms - window_ms));
    const auto failed = [&](const char* column, const db::Blob& value) {
        return tx.number(
            std::string("SELECT COUNT(*) FROM insurance_public_attempt WHERE ") + column + " = ?", {value});
    };
    if (TRY(failed("who", asker.policy)) < per_policy && TRY(failed("address", asker.address)) < per_address)
        return {};
    return unavailable("insurance.too_many_attempts").with("seconds", std::to_string(window_ms / 1000));
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

Result<std::vector<PublicPolicy>> found(db::Tx& tx, const crypto::Vault& vault, std::string_view number,
                                        std::string_view phone) {
    std::vector<PublicPolicy> out;
    TRY(
        tx.each_row("SELECT p.policy_no, p.product, p.state, p.first_day, p.last_day, p.effective_on, "
                    "i.facts, i.units, i.sum_insured, "
                    "i.premium, i.farmer, i.paid_on, i.id FROM insurance_insured i JOIN insurance_policy p "
                    "ON p.id = i.policy_id WHERE "
                    "p.policy_no = ? AND i.phone_lookup = ? ORDER BY i.line",
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
    const Asker asker{blob(vault.lookup("insurance_public", number)), blob(vault.lookup("address", address))};
    const auto given = Phone::parse(phone);
    TRY(database.write([&](db::Tx& tx) { return admit(tx, asker, now); }));
    if (given) {
        auto rows = TRY(database.read([&](db::Tx& tx) { return found(tx, vault, number, given->reveal()); }));
        if (!rows.empty()) return rows;
    }
    TRY(database.write([&](db::Tx& tx) -> Result<std::int64_t> {
        return tx.exec("INSERT INTO insurance_public_attempt (who, address, at) VALUES (?, ?, ?)",
                       asker.policy, asker.address, now.ms);
    }));
    return not_found("insurance.not_found_publicly");
}

}  // namespace ballast::insurance
