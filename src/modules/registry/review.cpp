#include <array>

#include "base/text.h"
#include "registry/findings_json.h"
#include "registry/import.h"
#include "registry/staging.h"

namespace ballast::registry {

namespace {

constexpr std::string_view import_columns =
    "SELECT id, county_code, file_name, source, account, state, as_of, received_at, applied_at, rows_new,"
    " rows_changed, rows_unchanged, rows_rejected, households_new, households_changed, households_unchanged,"
    " households_rejected, people, (SELECT MIN(e.id) FROM registry_import e WHERE e.digest = i.digest AND "
    "e.id < i.id"
    " AND e.county_code = i.county_code AND e.state = 'applied' AND e.digest <> '') FROM registry_import i "
    "WHERE ";

Result<std::vector<Import>> read_imports(db::Tx& tx, const crypto::Vault& vault, const std::string& where,
                                         std::span<const db::Value> values) {
    std::vector<Import> out;
    TRY(tx.each_row(std::string(import_columns) + where, values, [&](const db::Row& row) -> Result<void> {
        Import one;
        one.id = row.id<ImportId>(0);
        one.county = row.area(1);
        auto name = vault.open(file_name_context, row.bytes(2));
        if (!name) return std::move(name).error();
        one.name = std::move(*name);
        one.source = std::string(row.text(3));
        one.account = std::string(row.text(4));
        one.state = std::string(row.text(5));
        one.as_of = row.date(6);
        one.received_at = Instant{row.integer(7)};
        if (!row.null(8)) one.applied_at = Instant{row.integer(8)};
        one.counts = {row.integer(9),  row.integer(10), row.integer(11), row.integer(12), row.integer(13),
                      row.integer(14), row.integer(15), row.integer(16), row.integer(17)};
        if (!row.null(18)) one.same_file_as = row.id<ImportId>(18);
        out.push_back(std::move(one));
        return {};
    }));
    return out;
}

/// Who may see an import: whoever sent it, and whoever may import for the whole county.
std::string visible(const auth::Actor& actor) {
    return "(account = ? OR " + actor.scope(auth::Right::registry_import).sql("county_code") + ")";
}

Verdict verdict_named(std::string_view name) {
    for (const auto verdict : {Verdict::added, Verdict::changed, Verdict::unchanged, Verdict::rejected})
        if (name_of(verdict) == name) return verdict;
    INVARIANT(false);
    return Verdict::rejected;
}

std::string reasons(const std::vector<Finding>& findings, words::Language language) {
    std::string out;
    for (const Finding& one : findings) {
        if (one.severity != Severity::error) continue;
        out += (out.empty() ? "" : "\n") + words::say(one.id, language, one.args);
    }
    return out;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    constexpr std::array<std::string_view, 4> names{"new", "changed", "unchanged", "rejected"};
    return names[static_cast<std::size_t>(verdict)];
}

Result<Import> find_import(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ImportId id) {
    auto found = TRY(read_imports(tx, vault, "i.id = ? AND " + visible(actor),
                                  std::array{db::Value(id), db::Value(actor.account)}));
    if (found.empty()) return not_found("registry.no_import");
    return std::move(found.front());
}

Result<std::vector<Import>> list_imports(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                         int limit) {
    return read_imports(tx, vault, visible(actor) + " ORDER BY i.id DESC LIMIT ?",
                        std::array{db::Value(actor.account), db::Value(limit)});
}

Result<Preview> preview(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ImportId id,
                        const PreviewFilter& filter) {
    TRY(find_import(tx, vault, actor, id));
    std::string where = "v.import_id = ?";
    std::vector<db::Value> values{id};
    if (filter.verdict) {
        where += " AND v.verdict = ?";
        values.emplace_back(name_of(*filter.verdict));
    }
    if (filter.with_findings) where += " AND v.findings <> ''";
    Preview out;
    TRY(tx.each_row("SELECT COUNT(*) FROM registry_import_verdict v WHERE " + where, values,
                    [&](const db::Row& row) -> Result<void> {
                        out.total = row.integer(0);
                        return {};
                    }));
    values.insert(values.end(), {db::Value(filter.limit), db::Value(filter.offset)});
    TRY(
        tx.each_row("SELECT s.sheet_name, v.row_number, s.kind, v.household_no, v.household_id, v.name, "
                    "v.verdict, v.changes,"
                    " v.findings FROM registry_import_verdict v JOIN registry_import_sheet s"
                    " ON s.import_id = v.import_id AND s.ordinal = v.sheet WHERE " +
                        where + " ORDER BY v.ordinal LIMIT ? OFFSET ?",
                    values, [&](const db::Row& row) -> Result<void> {
                        PreviewRow one;
                        one.sheet = std::string(row.text(0));
                        one.row = row.integer(1);
                        one.kind = static_cast<Sheet>(row.integer(2));
                        one.household_no = std::string(row.text(3));
                        if (!row.null(4)) one.household = row.id<HouseholdId>(4);
                        one.name = std::string(row.text(5));
                        one.verdict = verdict_named(row.text(6));
                        one.changes = changes_from_json(row.text(7));
                        one.findings = findings_from_json(row.text(8));
                        out.rows.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

Result<std::int64_t> rejects(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                             ImportId id, const std::string& path, words::Language language) {
    return database.read([&](db::Tx& tx) -> Result<std::int64_t> {
        TRY(find_import(tx, vault, actor, id));
        const auto sheets = TRY(load_sheets(tx, vault, id));
        const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
        const std::string reason = words::say("registry.reason_title", language);
        std::int64_t rows = 0;
        for (std::size_t s = 0; s < sheets.size(); ++s) {
            std::vector<table::Writer::Column> columns;
            std::vector<std::size_t> kept;  // an earlier rejects file's reasons are not carried along
            for (std::size_t i = 0; i < sheets[s].titles.size(); ++i) {
                if (sheets[s].titles[i] == reason) continue;
                kept.push_back(i);
                columns.push_back({sheets[s].titles[i], table::Writer::Type::text, 16});
            }
            columns.push_back({reason, table::Writer::Type::text, 60});
            const std::string name =
                sheets[s].name.empty() ? std::string(title_of(sheets[s].mapping.sheet)) : sheets[s].name;
            TRY(writer->sheet(name, columns));
            TRY(tx.each_row(
                "SELECT r.cells, v.findings FROM registry_import_row r JOIN registry_import_verdict v"
                " ON v.import_id = r.import_id AND v.ordinal = r.ordinal"
                " WHERE r.import_id = ? AND r.sheet = ? AND v.verdict = 'rejected' ORDER BY r.ordinal",
                std::array{db::Value(id), db::Value(s)}, [&](const db::Row& row) -> Result<void> {
                    auto plain = vault.open(cells_context, row.bytes(0));
                    if (!plain) return std::move(plain).error();
                    const auto cells = unpacked(*plain);
                    std::vector<std::string> line;
                    for (const auto i : kept) line.push_back(i < cells.size() ? cells[i].text : "");
                    line.push_back(reasons(findings_from_json(row.text(1)), language));
                    ++rows;
                    return writer->row(line);
                }));
        }
        TRY(writer->finish());
        return rows;
    });
}

}  // namespace ballast::registry
