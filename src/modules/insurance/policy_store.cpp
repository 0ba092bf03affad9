#include "insurance/policy_store.h"

#include <fmt/format.h>

#include "base/text.h"

namespace ballast::insurance {
namespace {

constexpr std::string_view columns =
    "p.id, p.policy_no, p.insurer_id, p.product, p.pack_hash, p.area_code, p.holder_kind, p.holder, "
    "p.season, p.first_day, "
    "p.last_day, p.state, p.entered_on, p.version, p.amount, p.scale_threshold, p.scale_amount, p.rate, "
    "p.shares, p.waiver, "
    "p.authority, p.farmers, p.units, p.sum_insured, p.premium, p.central, p.province, p.prefecture, "
    "p.county, p.farmer, "
    "p.posted_on, p.effective_on, p.subsidy_id, p.terms_hash, (SELECT COUNT(*) FROM insurance_terms t WHERE t.hash = p.terms_hash)";

Tariff tariff_of(const db::Row& row) {
    Tariff out;
    out.amount = Decimal::yuan(row.money(14));
    if (const auto threshold = row.maybe_integer(15))
        out.scale = Tariff::Scale{from_ten_thousandths(*threshold), Decimal::yuan(row.money(16))};
    out.rate = Decimal::parse(row.text(17)).value();
    std::size_t i = 0;
    for (const auto share : text::split(row.text(18), ' '))
        out.shares.at(i++) = Decimal::parse(share).value();
    out.farmer_waived = !row.text(19).empty();
    return out;
}

Result<Policy> read(const Desk& desk, const db::Row& row) {
    Policy out;
    out.id = row.id<PolicyId>(0);
    out.number = row.text(1);
    out.insurer = row.id<InsurerId>(2);
    out.product = row.text(3);
    out.pack_hash = row.text(4);
    out.area = row.area(5);
    out.holder_kind = TRY(holder_named(row.text(6)));
    out.holder = TRY(desk.vault.open("insurance_policy.holder", row.bytes(7)));
    out.season = static_cast<int>(row.integer(8));
    out.cover = {row.date(9), row.date(10)};
    out.state = TRY(policy_state_named(row.text(11)));
    out.entered_on = row.date(12);
    out.version = row.integer(13);
    out.tariff = tariff_of(row);
    out.waiver = row.text(19);
    out.authority = row.text(20);
    out.farmers = row.integer(21);
    out.units = from_ten_thousandths(row.integer(22));
    out.sum_insured = row.money(23);
    out.premium = row.money(24);
    for (int i = 0; i < static_cast<int>(payer_count); ++i)
        out.parts.at(static_cast<std::size_t>(i)) = row.money(25 + i);
    out.posted_on = row.maybe_date(30);
    out.effective_on = row.maybe_date(31);
    out.subsidy_paid = !row.null(32);
    out.terms_hash = row.maybe_text(33);
    out.terms_kept = row.truth(34);
    return out;
}

}  // namespace

db::Blob blob(const crypto::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

Result<std::vector<Policy>> policies_where(db::Tx& tx, const Desk& desk, const std::string& condition,
                                           const std::vector<db::Value>& values) {
    std::vector<Policy> out;
    TRY(tx.each_row(fmt::format("SELECT {} FROM insurance_policy p WHERE {}", columns, condition), values,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back(TRY(read(desk, row)));
                        return {};
                    }));
    return out;
}

Result<Policy> load_policy(db::Tx& tx, const Desk& desk, auth::Right right, PolicyId id) {
    auto found = TRY(policies_where(tx, desk, "p.id = ? AND " + TRY(visible(tx, desk, right, "p")), {id}));
    if (found.empty()) return not_found("insurance.no_such_policy");
    return std::move(found.front());
}

Result<std::vector<Policy>> policies(db::Tx& tx, const Desk& desk, const PolicyQuery& query,
                                     std::int64_t* total) {
    std::string condition = TRY(visible(tx, desk, auth::Right::insurance_read, "p"));
    std::vector<db::Value> values;
    if (query.area) condition += " AND " + auth::Scope({*query.area}).sql("p.area_code");
    if (!query.product.empty()) condition += " AND p.product = ?", values.emplace_back(query.product);
    if (!query.state.empty()) condition += " AND p.state = ?", values.emplace_back(query.state);
    if (total) {
        TRY(tx.each_row("SELECT COUNT(*) FROM insurance_policy p WHERE " + condition, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    }
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    return policies_where(tx, desk, condition + " ORDER BY p.id DESC LIMIT ? OFFSET ?", values);
}

Result<void> advance(db::Tx& tx, const Policy& before, std::int64_t version, PolicyState to, Date today) {
    const Date entered = to == before.state ? before.entered_on : today;
    if (version != before.version || TRY(tx.exec("UPDATE insurance_policy SET state = ?, entered_on = ?, "
                                                 "version = version + 1 WHERE id = ? AND version = ?",
                                                 name_of(to), entered, before.id, before.version)) == 0)
        return conflict("insurance.changed_meanwhile");
    return {};
}

Result<PolicyMoment> moment_of(db::Tx& tx, const Desk& desk, const Policy& policy) {
    const auto* product = TRY(desk.book.product(policy.product));
    PolicyMoment out;
    out.state = policy.state;
    out.has_list = product->has_list();
    out.farmers = policy.farmers;
    out.posted_on = policy.posted_on;
    out.publicity_days =
        TRY(desk.book.days("publicity_days", policy.posted_on.value_or(desk.today), policy.area));
    out.last_day = policy.cover.last;
    out.today = desk.today;
    const auto count = [&](const char* condition) {
        return tx.number(
            std::string("SELECT COUNT(*) FROM insurance_insured WHERE policy_id = ? AND ") + condition,
            {policy.id});
    };
    out.unlooked = TRY(count("sampled = 1 AND measured IS NULL"));
    out.differing = TRY(count("measured < units"));
    out.paid = TRY(count("paid_on IS NOT NULL"));
    out.unpaid = TRY(count("farmer > 0 AND paid_on IS NULL"));
    return out;
}

}  // namespace ballast::insurance
