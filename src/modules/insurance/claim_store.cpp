#include "insurance/claim_store.h"

#include <fmt/format.h>

#include "insurance/facts.h"
#include "insurance/terms.h"

namespace ballast::insurance {
namespace {

constexpr std::string_view columns =
    "c.id, c.claim_no, c.policy_id, p.policy_no, p.product, c.area_code, c.cause, c.occurred_on, "
    "c.reported_on, c.state, "
    "c.entered_on, c.version, c.harvest_on, c.posted_on, c.agreed_on, c.paid_on, c.journal_id, c.facts, "
    "(SELECT COUNT(*) FROM insurance_loss l WHERE l.claim_id = c.id), "
    "(SELECT CAST(COALESCE(SUM(l.assessed), 0) AS BIGINT) FROM insurance_loss l WHERE l.claim_id = c.id), "
    "(SELECT CAST(COALESCE(SUM(l.paid), 0) AS BIGINT) FROM insurance_loss l WHERE l.claim_id = c.id)";

Result<Claim> read(const Desk& desk, const db::Row& row) {
    const auto facts = TRY(opened_claim(desk.vault, row.bytes(17)));
    Claim out;
    out.id = row.id<ClaimId>(0);
    out.number = row.text(1);
    out.policy = row.id<PolicyId>(2);
    out.policy_number = row.text(3);
    out.product = row.text(4);
    out.area = row.area(5);
    out.cause = row.text(6);
    out.occurred_on = row.date(7);
    out.reported_on = row.date(8);
    out.state = TRY(claim_state_named(row.text(9)));
    out.entered_on = row.date(10);
    out.version = row.integer(11);
    out.harvest_on = row.maybe_date(12);
    out.posted_on = row.maybe_date(13);
    out.agreed_on = row.maybe_date(14);
    out.paid_on = row.maybe_date(15);
    if (const auto journal = row.maybe_integer(16)) out.journal = finance::JournalId(*journal);
    out.reporter = facts.reporter;
    out.place = facts.place;
    out.found = facts.found;
    out.surveyor = facts.surveyor;
    out.assistant = facts.assistant;
    out.rows = row.integer(18);
    out.assessed = row.money(19);
    out.paid = row.money(20);
    return out;
}

constexpr std::string_view from =
    " FROM insurance_claim c JOIN insurance_policy p ON p.id = c.policy_id WHERE ";

}  // namespace

Result<std::vector<Claim>> claims_where(db::Tx& tx, const Desk& desk, const std::string& condition,
                                        const std::vector<db::Value>& values) {
    std::vector<Claim> out;
    TRY(tx.each_row(fmt::format("SELECT {}{}{}", columns, from, condition), values,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read(desk, row)));
                        return {};
                    }));
    return out;
}

Result<Claim> load_claim(db::Tx& tx, const Desk& desk, auth::Right right, ClaimId id) {
    auto found = TRY(claims_where(tx, desk, "c.id = ? AND " + TRY(visible(tx, desk, right, "p")), {id}));
    if (found.empty()) return not_found("insurance.no_such_claim");
    return std::move(found.front());
}

Result<std::vector<Claim>> claims(db::Tx& tx, const Desk& desk, const ClaimQuery& query,
                                  std::int64_t* total) {
    std::string condition = TRY(visible(tx, desk, auth::Right::insurance_read, "p"));
    std::vector<db::Value> values;
    if (query.policy) condition += " AND c.policy_id = ?", values.emplace_back(*query.policy);
    if (query.area) condition += " AND " + auth::Scope({*query.area}).sql("c.area_code");
    if (!query.state.empty()) condition += " AND c.state = ?", values.emplace_back(query.state);
    if (total) {
        TRY(tx.each_row(fmt::format("SELECT COUNT(*){}{}", from, condition), values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    }
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    return claims_where(tx, desk, condition + " ORDER BY c.id DESC LIMIT ? OFFSET ?", values);
}

Result<ClaimMoment> moment_of(db::Tx& tx, const Desk& desk, const Claim& claim) {
    const auto product = TRY(terms_of(tx, desk, claim.policy)).product;
    ClaimMoment out;
    out.state = claim.state;
    out.occurred_on = claim.occurred_on;
    out.reported_on = claim.reported_on;
    out.today = desk.today;
    out.posted_on = claim.posted_on;
    out.agreed_on = claim.agreed_on;
    out.harvest_on = claim.harvest_on;
    out.losses = claim.rows;
    out.survey_days = TRY(desk.book.days("survey_days", claim.reported_on, claim.area));
    out.publicity_days =
        TRY(desk.book.days("publicity_days", claim.posted_on.value_or(desk.today), claim.area));
    out.payment_days = TRY(desk.book.days("payment_days", claim.agreed_on.value_or(desk.today), claim.area));
    const auto count = [&](const std::string& sql) {
        return tx.number("SELECT COUNT(*) FROM " + sql, {claim.id});
    };
    out.photos = TRY(count("insurance_photo WHERE claim_id = ?"));
    out.without_disposal = TRY(count("insurance_loss WHERE claim_id = ? AND heads > 0 AND disposal = ''"));
    if (const auto* crop = std::get_if<CropCover>(&product.cover); crop && crop->two_stage)
        out.awaits_harvest =
            TRY(tx.number("SELECT COUNT(*) FROM insurance_loss WHERE claim_id = ? AND loss < ?",
                          {claim.id, ten_thousandths(crop->terms.total_loss)})) > 0;
    return out;
}

Result<void> advance(db::Tx& tx, const Claim& before, std::int64_t version, ClaimState to, Date today) {
    const Date entered = to == before.state ? before.entered_on : today;
    if (version != before.version || TRY(tx.exec("UPDATE insurance_claim SET state = ?, entered_on = ?, "
                                                 "version = version + 1 WHERE id = ? AND version = ?",
                                                 name_of(to), entered, before.id, before.version)) == 0)
        return conflict("insurance.changed_meanwhile");
    return {};
}

}  // namespace ballast::insurance
