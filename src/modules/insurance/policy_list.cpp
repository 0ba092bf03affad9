// The insured list of a policy: taken in, shown, sampled, measured, paid.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "audit/audit.h"
#include "base/masking.h"
#include "base/rng.h"
#include "base/text.h"
#include "insurance/endorsement.h"
#include "insurance/facts.h"
#include "insurance/list_checks.h"
#include "insurance/policy_store.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

db::Blob id_lookup(const Desk& desk, const ListRow& row) {
    return blob(desk.vault.lookup("citizen_id", row.id.reveal()));
}

/// The rows of other policies of the same product and season in the township, that are or may come into
/// force: one policy may be the township's, another a village's.
Result<std::vector<Elsewhere>> elsewhere(db::Tx& tx, const Desk& desk, const Policy& policy) {
    std::vector<Elsewhere> out;
    TRY(tx.each_row(
        "SELECT p.policy_no, i.facts FROM insurance_insured i JOIN insurance_policy p ON p.id = i.policy_id "
        "WHERE p.product = ? AND p.season = ? AND p.id <> ? AND p.state NOT IN ('cancelled', 'expired') "
        "AND i.to_day IS NULL AND " +
            auth::Scope({policy.area.at(AreaLevel::township)}).sql("p.area_code"),
        std::vector<db::Value>{policy.product, policy.season, policy.id},
        [&](const db::Row& row) -> Result<void> {
            const auto facts = TRY(opened(desk.vault, row.bytes(1)));
            Elsewhere one{std::string(row.text(0)), facts.id_number, facts.plot, {}, {}};
            if (!facts.ring.empty()) one.ring = TRY(parse_ring(facts.ring));
            one.tags = TRY(parse_tags(facts.tags));
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

struct Known {
    RowSurroundings about;
    std::optional<std::int64_t> household;
};

/// What the register says of people of the policy's own area, asked by the keyed hash of the number alone.
Result<Known> known(db::Tx& tx, const Desk& desk, const Policy& policy, const ListRow& row) {
    Known out;
    const auto found =
        TRY(tx.first("SELECT p.household_id, p.member_status, p.name, h.land_arable FROM registry_v_person p "
                     "JOIN registry_v_household h "
                     "ON h.id = p.household_id WHERE p.id_lookup = ? AND " +
                         auth::Scope({policy.area}).sql("p.village_code") +
                         " ORDER BY CASE p.member_status WHEN '1' THEN 0 ELSE 1 END, p.id",
                     {id_lookup(desk, row)}, [](const db::Row& r) {
                         Known one;
                         one.household = r.integer(0);
                         one.about.on_file = true;
                         one.about.member_status = r.maybe_text(1).value_or("1");
                         one.about.registered_name = r.maybe_text(2).value_or("");
                         if (const auto land = r.maybe_integer(3))
                             one.about.land = Decimal::from_parts(*land, 2);
                         return one;
                     }));
    if (!found) return out;
    out = *found;
    out.about.units_of_household =
        from_ten_thousandths(TRY(tx.number("SELECT CAST(COALESCE(SUM(i.units), 0) AS BIGINT) FROM "
                                           "insurance_insured i JOIN insurance_policy p ON p.id = "
                                           "i.policy_id WHERE i.household_id = ? AND p.season = ? AND "
                                           "p.product = ? AND p.id <> ? AND i.to_day IS NULL AND p.state NOT IN "
                                           "('cancelled', 'expired')",
                                           {*out.household, policy.season, policy.product, policy.id})));
    return out;
}

/// Which rows are looked at on the spot: all with a remark, and by lot until the share of the area is
/// reached.
std::vector<bool> drawn(const std::vector<ListRow>& rows, const std::vector<std::string>& remarks,
                        Decimal share, std::uint64_t seed) {
    Decimal whole, reached;
    std::vector<std::size_t> order;
    std::vector<bool> out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        whole = whole + rows[i].units;
        if (remarks[i].empty()) {
            order.push_back(i);
        } else {
            out[i] = true;
            reached = reached + rows[i].units;
        }
    }
    Rng rng(seed);
    std::ranges::shuffle(order, rng);
    for (const auto i : order) {
        if (reached >= whole * share) break;
        out[i] = true;
        reached = reached + rows[i].units;
    }
    return out;
}

/// Land is added up over the rows of a household before it is held against what is on file.
void add_up(std::vector<Known>& all, const std::vector<ListRow>& rows) {
    std::map<std::int64_t, Decimal> of_household, taken;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (all[i].household) {
            of_household[*all[i].household] = of_household[*all[i].household] + rows[i].units;
            taken[*all[i].household] = taken[*all[i].household] + rows[i].transferred;
        }
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (all[i].household) {
            auto& sum = all[i].about.units_of_household;
            // check_list adds the row's own transferred land.
            sum = sum + of_household[*all[i].household] - (taken[*all[i].household] - rows[i].transferred);
        }
}

Result<void> store(db::Tx& tx, const Desk& desk, const Policy& policy, const std::vector<ListRow>& rows,
                   const std::vector<std::optional<std::int64_t>>& households, const std::vector<std::string>& remarks,
                   const PricedList& priced) {
    const bool single = policy.holder_kind != Holder::village;
    const Decimal share = TRY(desk.book.limit(single ? "inspection_share_single" : "inspection_share_group",
                                              desk.today, policy.area));
    const auto seed = fresh_seed() >> 2;
    const auto sample = drawn(rows, remarks, share, seed);
    TRY(tx.exec("DELETE FROM insurance_insured WHERE policy_id = ?", policy.id));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto& price = priced.rows[i];
        TRY(tx.exec(
            "INSERT INTO insurance_insured (policy_id, line, household_id, id_lookup, phone_lookup, facts, "
            "units, "
            "amount, sum_insured, premium, farmer, remarks, sampled, paid_claims) VALUES (?, ?, ?, ?, ?, ?, "
            "?, ?, ?, "
            "?, ?, ?, ?, 0)",
            policy.id, static_cast<std::int64_t>(i + 1), households[i], id_lookup(desk, row),
            blob(desk.vault.lookup("phone", row.phone.reveal())), blob(sealed(desk.vault, facts_of(row))),
            ten_thousandths(row.units), price.amount.to_money(Rounding::half_up), price.sum_insured,
            price.premium, price.farmer, remarks[i], sample[i] ? 1 : 0));
    }
    TRY(
        tx.exec("UPDATE insurance_policy SET farmers = ?, units = ?, sum_insured = ?, premium = ?, central = "
                "?, province = ?, "
                "prefecture = ?, county = ?, farmer = ?, draw_seed = ? WHERE id = ?",
                static_cast<std::int64_t>(rows.size()), ten_thousandths(priced.units), priced.sum_insured,
                priced.premium, priced.part(Payer::central), priced.part(Payer::province),
                priced.part(Payer::prefecture), priced.part(Payer::county), priced.part(Payer::farmer),
                static_cast<std::int64_t>(seed), policy.id));
    return {};
}

}  // namespace

Result<void> lock_season(db::Tx& tx, const Policy& policy) {
    const AreaCode county = policy.area.at(AreaLevel::county);
    TRY(
        tx.exec("INSERT INTO insurance_season (area_code, product, season, lists) VALUES (?, ?, ?, 0) ON "
                "CONFLICT (area_code, product, season) DO NOTHING",
                county, policy.product, policy.season));
    INVARIANT(TRY(tx.exec("UPDATE insurance_season SET lists = lists + 1 WHERE area_code = ? AND product = ? "
                          "AND season = ?",
                          county, policy.product, policy.season)) == 1);
    return {};
}

Result<CheckedRows> check_rows(db::Tx& tx, const Desk& desk, const Policy& policy, const Product& product,
                               const std::vector<ListRow>& rows) {
    std::vector<Known> all;
    for (const auto& row : rows) all.push_back(TRY(known(tx, desk, policy, row)));
    add_up(all, rows);
    std::vector<RowSurroundings> around;
    CheckedRows out;
    for (const auto& one : all) {
        around.push_back(one.about);
        out.households.push_back(one.household);
    }
    const ListRules rules{product.unit == Unit::mu, product.peril == Peril::livestock};
    out.findings = check_list(rows, around, TRY(elsewhere(tx, desk, policy)), rules);
    return out;
}

namespace {

Result<Policy> awaiting_list(db::Tx& tx, const Desk& desk, PolicyId id, std::int64_t version) {
    TRY(auth::require(desk.actor, auth::Right::insurance_write));
    auto policy = TRY(load_policy(tx, desk, auth::Right::insurance_write, id));
    const auto* product = TRY(desk.book.product(policy.product));
    if (policy.state != PolicyState::draft || !product->has_list())
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(policy.state)))
            .with("action", "list");
    if (version != policy.version) return conflict("insurance.changed_meanwhile");
    return policy;
}

}  // namespace

Result<void> announce_list(db::Tx& tx, const Desk& desk, PolicyId id, std::int64_t version) {
    const auto policy = TRY(awaiting_list(tx, desk, id, version));
    return audit::record(tx, desk.vault, desk.actor,
                         {"insurance.list_sent", fmt::format("policy:{}", id.number()), policy.area, "",
                          fmt::format(R"({{"version":{}}})", version)},
                         desk.now);
}

Result<Taken> take_list(db::Tx& tx, const Desk& desk, PolicyId id, std::int64_t version,
                        const std::string& path, const std::string& file) {
    const auto policy = TRY(awaiting_list(tx, desk, id, version));
    const auto* product = TRY(desk.book.product(policy.product));
    TRY(lock_season(tx, policy));
    auto list = TRY(read_list(path, file, desk.today));
    Taken out{static_cast<std::int64_t>(list.rows.size()), std::move(list.findings), false};
    auto checked = TRY(check_rows(tx, desk, policy, *product, list.rows));
    for (auto& finding : checked.findings) out.findings.push_back(std::move(finding));
    std::ranges::stable_sort(out.findings, {}, &RowFinding::row);
    out.accepted = std::ranges::none_of(out.findings, &RowFinding::error);
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.list_checked", fmt::format("policy:{}", id.number()), policy.area, "",
                       fmt::format(R"({{"rows":{},"findings":{},"accepted":{}}})", out.rows,
                                   out.findings.size(), out.accepted)},
                      desk.now));
    if (!out.accepted) return out;

    std::vector<UnitsOf> units;
    std::vector<std::string> remarks;
    for (const auto& row : list.rows) {
        units.push_back({row.id.reveal(), row.units});
        std::string said;
        for (const auto& finding : out.findings)
            if (finding.row == row.row) said += (said.empty() ? "" : " ") + finding.what.id;
        remarks.push_back(said);
    }
    const auto priced = TRY(price_list(policy.tariff, units));
    TRY(advance(tx, policy, version, policy.state, desk.today));
    TRY(store(tx, desk, policy, list.rows, checked.households, remarks, priced));
    TRY(keep_step(tx, desk,
                  {"policy", id.number(), policy.version + 1, "list", name_of(policy.state),
                   name_of(policy.state), "", policy.area}));
    return out;
}

namespace {

/// Of the policy, those that hold `condition`.
Result<std::vector<Insured>> rows_where(db::Tx& tx, const Desk& desk, PolicyId id, std::string_view condition,
                                        std::vector<db::Value> values, const InsuredQuery& query) {
    std::vector<Insured> out;
    values.insert(values.begin(), id);
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    TRY(tx.each_row(std::string("SELECT id, line, household_id, facts, units, amount, sum_insured, premium, "
                                "farmer, remarks, sampled, "
                                "measured, paid_on, paid_claims FROM insurance_insured WHERE policy_id = ? AND ") +
                        std::string(condition) + (query.sampled_only ? " AND sampled = 1" : "") +
                        " ORDER BY line LIMIT ? OFFSET ?",
                    values,
                    [&](const db::Row& row) -> Result<void> {
                        const auto facts = TRY(opened(desk.vault, row.bytes(3)));
                        Insured one;
                        one.id = row.id<InsuredId>(0);
                        one.line = row.integer(1);
                        one.household = row.maybe_integer(2);
                        one.name = facts.name;
                        one.id_number = TRY(CitizenId::parse(facts.id_number, desk.today)).id.masked();
                        one.phone = TRY(Phone::parse(facts.phone)).masked();
                        one.account = TRY(BankCard::parse(facts.account)).masked();
                        one.bank = facts.bank;
                        one.plot = facts.plot;
                        one.tags = facts.tags;
                        one.units = from_ten_thousandths(row.integer(4));
                        one.amount = Decimal::yuan(row.money(5));
                        one.sum_insured = row.money(6);
                        one.premium = row.money(7);
                        one.farmer = row.money(8);
                        one.remarks = row.text(9);
                        one.sampled = row.truth(10);
                        if (const auto n = row.maybe_integer(11)) one.measured = from_ten_thousandths(*n);
                        one.paid_on = row.maybe_date(12);
                        one.paid_claims = row.money(13);
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

}  // namespace

Result<std::vector<Insured>> insured_rows(db::Tx& tx, const Desk& desk, PolicyId id,
                                          const InsuredQuery& query) {
    TRY(load_policy(tx, desk, auth::Right::insurance_read, id));
    return rows_where(tx, desk, id, "to_day IS NULL", {}, query);
}

Result<std::vector<Insured>> insured_on(db::Tx& tx, const Desk& desk, PolicyId id, Date on,
                                        const InsuredQuery& query, std::int64_t* total) {
    TRY(load_policy(tx, desk, auth::Right::insurance_read, id));
    constexpr std::string_view then = "(from_day IS NULL OR from_day <= ?) AND (to_day IS NULL OR to_day >= ?)";
    *total = TRY(tx.number("SELECT COUNT(*) FROM insurance_insured WHERE policy_id = ? AND " + std::string(then),
                           {id, on, on}));
    return rows_where(tx, desk, id, then, {on, on}, query);
}

Result<std::string> reveal_account(db::Tx& tx, const Desk& desk, PolicyId id, InsuredId row,
                                   std::string_view purpose) {
    TRY(auth::require(desk.actor, auth::Right::insurance_write));
    const auto policy = TRY(load_policy(tx, desk, auth::Right::insurance_write, id));
    const auto why = text::trimmed(purpose);
    if (why.empty()) return invalid("insurance.purpose_missing");
    const auto found = TRY(tx.all("SELECT facts FROM insurance_insured WHERE id = ? AND policy_id = ?",
                                  {row, id}, [](const db::Row& r) { return r.blob(0); }));
    if (found.empty()) return not_found("insurance.no_such_row");
    const auto facts = TRY(opened(desk.vault, found.front()));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"insurance.unmask", "insured:" + std::to_string(row.number()), policy.area,
                       std::string(why), R"({"field":"account"})"},
                      desk.now));
    return facts.account;
}

namespace {

Result<Policy> in_state(db::Tx& tx, const Desk& desk, auth::Right right, PolicyId id, PolicyState state,
                        std::string_view action) {
    TRY(auth::require(desk.actor, right));
    auto policy = TRY(load_policy(tx, desk, right, id));
    if (policy.state != state)
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(policy.state)))
            .with("action", std::string(action));
    // Its version moves on, so that a step taken at the same moment waits, and looks again.
    TRY(advance(tx, policy, policy.version, policy.state, desk.today));
    return policy;
}

}  // namespace

Result<void> measure(db::Tx& tx, const Desk& desk, PolicyId id, InsuredId row, Decimal measured) {
    const auto policy =
        TRY(in_state(tx, desk, auth::Right::insurance_confirm, id, PolicyState::listed, "measure"));
    if (measured < 0 || measured >= 1'000'000 || measured.rounded(unit_places, Rounding::down) != measured)
        return invalid("insurance.out_of_range").with("name", "measured").with("value", measured.plain());
    if (TRY(tx.exec("UPDATE insurance_insured SET measured = ?, sampled = 1 WHERE id = ? AND policy_id = ?",
                    ten_thousandths(measured), row, id)) == 0)
        return not_found("insurance.no_such_row");
    return keep_step(tx, desk,
                     {"policy", id.number(), policy.version + 1, "measure", name_of(policy.state),
                      name_of(policy.state), "", policy.area});
}

namespace {

/// Of the rows that are named, or of all that this changes.
Result<void> mark_rows(db::Tx& tx, PolicyId id, const Farmers& whom, std::optional<Date> paid_on) {
    if (whom.all == !whom.rows.empty()) return invalid("insurance.rows_or_all");
    if (whom.all)
        TRY(tx.exec(std::string("UPDATE insurance_insured SET paid_on = ? WHERE policy_id = ?") +
                        (paid_on ? " AND paid_on IS NULL" : ""),
                    paid_on, id));
    for (const auto row : whom.rows)
        if (TRY(tx.exec("UPDATE insurance_insured SET paid_on = ? WHERE id = ? AND policy_id = ?", paid_on,
                        row, id)) == 0)
            return not_found("insurance.no_such_row");
    return {};
}

}  // namespace

Result<void> record_payments(db::Tx& tx, const Desk& desk, PolicyId id, const Farmers& whom, Date on) {
    const auto policy =
        TRY(in_state(tx, desk, auth::Right::insurance_write, id, PolicyState::publicised, "farmer_payment"));
    if (on > desk.today) return invalid("insurance.paid_in_future");
    TRY(mark_rows(tx, id, whom, on));
    return keep_step(tx, desk,
                     {"policy", id.number(), policy.version + 1, "farmer_payment", name_of(policy.state),
                      name_of(policy.state), "", policy.area});
}

Result<void> return_payments(db::Tx& tx, const Desk& desk, PolicyId id, const Farmers& whom,
                             std::string_view note) {
    const auto policy =
        TRY(in_state(tx, desk, auth::Right::insurance_write, id, PolicyState::publicised, "farmer_refund"));
    if (text::trimmed(note).empty()) return invalid("insurance.note_missing");
    TRY(mark_rows(tx, id, whom, std::nullopt));
    return keep_step(tx, desk,
                     {"policy", id.number(), policy.version + 1, "farmer_refund", name_of(policy.state),
                      name_of(policy.state), note, policy.area});
}

}  // namespace ballast::insurance
