#include "rules/county_facts.h"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

#include "screening/own_records.h"
#include "screening/rules.h"

namespace ballast::rules {

namespace {

Result<std::shared_ptr<const CountyFacts>> read(const Reading& reading, const packs::Pack& pack,
                                                const screening::Windows& windows, Date as_of) {
    auto columns = TRY(RuleColumns::of(pack, reading.county, as_of));
    auto out = std::make_shared<CountyFacts>(CountyFacts{reading.now, {}, {}, std::move(columns), {}});
    const auto since = as_of.plus_months(-screening::months_back).iso().substr(0, 7);
    TRY(each_with_rows(reading.tx, reading.vault, reading.county, since,
                       [&](const registry::Household& household, const std::vector<feeds::Fact>& rows,
                           const screening::OwnRecords& own) -> Result<void> {
                           out->households.push_back(household.id);
                           out->villages.push_back(household.village);
                           out->columns.add(screening::facts_of(household, rows, as_of, windows, own));
                           return {};
                       }));
    out->columns.settle(pack);
    out->met = out->columns.met(pack);
    return std::shared_ptr<const CountyFacts>(std::move(out));
}

}  // namespace

Result<void> each_with_rows(db::Tx& tx, const crypto::Vault& vault, AreaCode county,
                            const std::string& since_month, const EachHousehold& each) {
    const auth::Scope scope({county});
    const auto records = TRY(screening::own_records_of(tx, scope));
    std::unordered_map<registry::HouseholdId, std::vector<feeds::Fact>> rows;
    TRY(feeds::each_fact(tx, vault, scope, since_month, [&](const feeds::Fact& fact) -> Result<void> {
        rows[fact.household].push_back(fact);
        return {};
    }));
    static const std::vector<feeds::Fact> no_rows;
    static const screening::OwnRecords nothing;
    return registry::each_household(tx, vault, scope, county, [&](const registry::Household& household) {
        const auto sent = rows.find(household.id);
        const auto own = records.find(household.id);
        return each(household, sent == rows.end() ? no_rows : sent->second,
                    own == records.end() ? nothing : own->second);
    });
}

Result<std::string> stamp(db::Tx& tx, AreaCode county) {
    std::string out;
    const std::array of_county{db::Value(county)};
    TRY(
        tx.each_row("SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT), COALESCE(MAX(id), 0) FROM "
                    "registry_v_household "
                    "WHERE county_code = ?",
                    of_county, [&](const db::Row& row) -> Result<void> {
                        out = fmt::format("{}.{}.{}", row.integer(0), row.integer(1), row.integer(2));
                        return {};
                    }));
    TRY(tx.each_row(
        "SELECT last_batch, batches_in_force, last_decision, decisions_in_force FROM feeds_v_state "
        "WHERE county = ?",
        of_county, [&](const db::Row& row) -> Result<void> {
            out +=
                fmt::format(" {}.{}.{}.{}", row.integer(0), row.integer(1), row.integer(2), row.integer(3));
            return {};
        }));
    TRY(tx.each_row("SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM finance_v_loan_due WHERE " +
                        auth::Scope({county}).sql("area_code"),
                    {}, [&](const db::Row& row) -> Result<void> {
                        out += fmt::format(" {}.{}", row.integer(0), row.integer(1));
                        return {};
                    }));
    TRY(tx.each_row("SELECT COUNT(*), COUNT(w.ended_on), COALESCE(MAX(w.ended_on), '') FROM employment_v_work w "
                    "JOIN registry_v_person r ON r.id = w.person_id WHERE " +
                        auth::Scope({county}).sql("r.village_code"),
                    {}, [&](const db::Row& row) -> Result<void> {
                        out += fmt::format(" {}.{}.{}", row.integer(0), row.integer(1), row.text(2));
                        return {};
                    }));
    return out;
}

Result<std::shared_ptr<const CountyFacts>> county_facts(Shelf<CountyFacts>& shelf, const Reading& reading,
                                                        const packs::Pack& pack, Date as_of) {
    const auto windows = TRY(screening::Rules::of(pack, reading.county, as_of)).windows();
    const auto key = fmt::format("{} {} {} {} {} {} {}", reading.installation, reading.county.digits(),
                                 as_of.iso(), pack.hash, windows.recent_days, windows.affected_crop_percent,
                                 TRY(stamp(reading.tx, reading.county)));
    return shelf.take(key, reading.now, reading.anew, [&] { return read(reading, pack, windows, as_of); });
}

}  // namespace ballast::rules
