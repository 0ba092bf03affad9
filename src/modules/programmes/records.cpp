#include "programmes/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "audit/audit.h"
#include "base/text.h"
#include "programmes/record_rows.h"

namespace ballast::programmes {

using auth::Right;

namespace rows {

Record of(const db::Row& row) {
    Record out;
    out.id = row.id<RecordId>(0);
    out.kind = row.text(1);
    out.area = row.area(2);
    if (const auto n = row.maybe_integer(3)) out.household = registry::HouseholdId(*n);
    if (const auto n = row.maybe_integer(4)) out.person = registry::PersonId(*n);
    if (const auto n = row.maybe_integer(5)) out.parent = RecordId(*n);
    out.subject = row.text(6);
    out.state = row.text(7);
    out.live = row.truth(8);
    out.version = row.integer(9);
    out.at = Instant{row.integer(10)};
    out.account = row.text(11);
    return out;
}

Result<void> fill_values(db::Tx& tx, std::vector<Record>& records) {
    if (records.empty()) return {};
    std::map<RecordId, Record*> by_id;
    std::string places;
    std::vector<db::Value> ids;
    for (auto& one : records) {
        by_id[one.id] = &one;
        places += ids.empty() ? "?" : ", ?";
        ids.emplace_back(one.id);
    }
    return tx.each_row("SELECT record_id, field, value FROM programmes_value WHERE record_id IN (" + places + ")",
                       ids, [&](const db::Row& row) -> Result<void> {
                           by_id.at(row.id<RecordId>(0))->values[std::string(row.text(1))] = row.text(2);
                           return {};
                       });
}

}  // namespace rows

Result<std::vector<Record>> rows::page(db::Tx& tx, const std::string& condition, std::vector<db::Value> values,
                                       const Page& page, std::int64_t* total) {
    if (total)
        TRY(tx.each_row("SELECT COUNT(*)" + std::string(from) + condition, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(page.limit);
    values.emplace_back(page.offset);
    std::vector<Record> out;
    TRY(tx.each_row(std::string(select) + condition + " ORDER BY r.id DESC LIMIT ? OFFSET ?", values,
                    [&](const db::Row& row) -> Result<void> {
                        out.push_back(of(row));
                        return {};
                    }));
    TRY(fill_values(tx, out));
    return out;
}

Result<std::vector<Record>> records(db::Tx& tx, const auth::Actor& actor, const Programme& programme,
                                    const RecordQuery& query, std::int64_t* total) {
    std::string condition = "r.pack = ? AND " + actor.scope(may_read).sql(rows::area);
    std::vector<db::Value> values{programme.pack.name};
    const auto also = [&](std::string_view sql, db::Value value) {
        condition += sql;
        values.push_back(std::move(value));
    };
    if (!query.kind.empty()) also(" AND r.register = ?", query.kind);
    if (query.area) condition += " AND " + auth::Scope({*query.area}).sql(rows::area);
    if (!query.state.empty()) also(" AND r.state = ?", query.state);
    if (query.household) also(" AND r.household_id = ?", *query.household);
    if (query.parent) also(" AND r.parent_id = ?", *query.parent);
    if (query.live) condition += " AND r.live = 1";
    for (const auto& [field, value] : query.where) {
        also(" AND EXISTS (SELECT 1 FROM programmes_value v WHERE v.record_id = r.id AND v.field = ?", field);
        also(" AND v.value = ?)", value);
    }
    return rows::page(tx, condition, std::move(values), query.page, total);
}

Result<Record> rows::one(db::Tx& tx, const auth::Scope& scope, const Programme& programme, RecordId id) {
    auto found = TRY(tx.all(std::string(select) + "r.id = ? AND r.pack = ? AND " + scope.sql(area),
                            {id, programme.pack.name}, of));
    if (found.empty() || !programme.find_register(found.front().kind))
        return not_found("programmes.no_such_record");
    TRY(fill_values(tx, found));
    return std::move(found.front());
}

Result<Record> record(db::Tx& tx, const auth::Actor& actor, const Programme& programme, RecordId id) {
    return rows::one(tx, actor.scope(may_read), programme, id);
}

Result<Values> rows::sealed_values(db::Tx& tx, const crypto::Vault& vault, RecordId id) {
    const auto blob = TRY(tx.first("SELECT sealed FROM programmes_record WHERE id = ?", {id},
                                   [](const db::Row& row) { return row.blob(0); }));
    if (!blob) return not_found("programmes.no_such_record");
    return from_json(TRY(vault.open(sealed_context, *blob)));
}

Result<Values> masked_values(db::Tx& tx, const crypto::Vault& vault, const Register& of, RecordId id) {
    Values out;
    for (const auto& [name, value] : TRY(rows::sealed_values(tx, vault, id)))
        if (const auto* field = of.field(name)) out[name] = masked(*field, value);
    return out;
}

Result<std::string> reveal(db::Tx& tx, const Desk& desk, const Programme& programme, RecordId id,
                           std::string_view field, std::string_view purpose) {
    TRY(auth::require(desk.actor, Right::registry_unmask));
    if (text::trimmed(purpose).empty()) return invalid("programmes.purpose_missing");
    const auto found = TRY(rows::one(tx, desk.actor.scope(Right::registry_unmask), programme, id));
    const auto values = TRY(rows::sealed_values(tx, desk.vault, id));
    const auto value = values.find(field);
    if (value == values.end())
        return not_found("programmes.no_such_field").with("field", std::string(field)).with("title", std::string(field));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"programmes.reveal", rows::object(id), found.area, std::string(text::trimmed(purpose)),
                       fmt::format(R"({{"field":"{}"}})", field)},
                      desk.now));
    return value->second;
}

Result<std::vector<Change>> changes(db::Tx& tx, const crypto::Vault& vault, const Register& of, RecordId id) {
    std::vector<Change> out;
    const std::vector<db::Value> which{id};
    TRY(tx.each_row("SELECT version, action, from_state, to_state, at, account, name, facts FROM programmes_change "
                    "WHERE record_id = ? ORDER BY version DESC",
                    which, [&](const db::Row& row) -> Result<void> {
                        Change one{row.integer(0),           std::string(row.text(1)), std::string(row.text(2)),
                                   std::string(row.text(3)), Instant{row.integer(4)},  std::string(row.text(5)),
                                   std::string(row.text(6)), {},                       {},
                                   {}};
                        TRY(rows::read_facts(of, TRY(vault.open(rows::change_context, row.bytes(7))), one));
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

}  // namespace ballast::programmes
