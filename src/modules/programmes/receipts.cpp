#include "programmes/receipts.h"

#include <fmt/format.h>

#include <map>

#include "programmes/record_rows.h"

namespace ballast::programmes {
namespace {

constexpr std::size_t pack_column = 12, receipt_column = 13;

/// Rows for which the condition holds, with their values.
Result<std::vector<Aid>> rows_where(db::Tx& tx, const std::string& condition, const std::vector<db::Value>& values) {
    std::vector<Record> found;
    std::vector<Aid> out;
    TRY(tx.each_row(std::string(rows::select) + condition, values, [&](const db::Row& row) -> Result<void> {
        found.push_back(rows::of(row));
        out.push_back({std::string(row.text(pack_column)), {}, std::string(row.text(receipt_column)), false});
        return {};
    }));
    TRY(rows::fill_values(tx, found));
    for (std::size_t i = 0; i < out.size(); ++i) out[i].record = std::move(found[i]);
    return out;
}

}  // namespace

std::optional<std::string> receipt_of(const Register& kind, const Record& record, const Values& values) {
    if (!kind.benefit || !record.household) return std::nullopt;
    const bool of_person = kind.benefit->to == Benefit::To::person;
    if (of_person && !record.person) return std::nullopt;
    auto out = fmt::format("{}/{}/{}", kind.benefit->kind, name_of(kind.benefit->to),
                           of_person ? record.person->number() : record.household->number());
    for (const auto& name : kind.benefit->by) {
        const auto value = values.find(name);
        out += "/" + (value == values.end() ? std::string() : value->second);
    }
    return out;
}

Result<std::vector<Aid>> aid_of(db::Tx& tx, const auth::Actor& actor, registry::HouseholdId household) {
    const auto scope = actor.scope(may_read);
    if (TRY(tx.number("SELECT COUNT(*) FROM registry_v_household h WHERE h.id = ? AND " + scope.sql("h.village_code"),
                      {household})) == 0)
        return not_found("registry.no_household");
    auto out = TRY(
        rows_where(tx, "r.household_id = ? AND " + scope.sql(rows::area) + " ORDER BY r.id DESC", {household}));
    std::map<std::string_view, int> times;
    for (const auto& one : out)
        if (!one.receipt.empty()) ++times[one.receipt];
    for (auto& one : out) one.twice = !one.receipt.empty() && times[one.receipt] > 1;
    return out;
}

Result<std::vector<Doubled>> doubled(db::Tx& tx, const auth::Actor& actor, const DoubledQuery& query,
                                     std::int64_t* total) {
    auto scope = actor.scope(may_read);
    if (query.area) scope = scope.intersect(auth::Scope({*query.area}));
    const std::string groups = "SELECT r.receipt_key AS receipt_key, MAX(r.id) AS latest" + std::string(rows::from) +
                               "r.receipt_key IS NOT NULL AND " + scope.sql(rows::area) +
                               " GROUP BY r.receipt_key HAVING COUNT(*) > 1";
    if (total) *total = TRY(tx.number("SELECT COUNT(*) FROM (" + groups + ") g"));
    std::vector<db::Value> keys;
    std::string places;
    std::vector<Doubled> out;
    std::map<std::string, std::size_t> at;
    const std::vector<db::Value> page{query.limit, query.offset};
    TRY(tx.each_row("SELECT receipt_key FROM (" + groups + ") g ORDER BY latest DESC LIMIT ? OFFSET ?", page,
                    [&](const db::Row& row) -> Result<void> {
                        std::string key(row.text(0));
                        places += keys.empty() ? "?" : ", ?";
                        keys.emplace_back(key);
                        at[key] = out.size();
                        out.push_back({std::move(key), {}, {}});
                        return {};
                    }));
    if (out.empty()) return out;
    for (auto& one : TRY(rows_where(tx, "r.receipt_key IN (" + places + ") ORDER BY r.id", keys))) {
        auto& group = out[at.at(one.receipt)];
        group.household = *one.record.household;
        one.twice = true;
        group.rows.push_back(std::move(one));
    }
    return out;
}

}  // namespace ballast::programmes
