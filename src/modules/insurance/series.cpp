#include "insurance/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "audit/audit.h"
#include "base/text.h"
#include "insurance/policy_store.h"
#include "insurance/settlement_store.h"

namespace ballast::insurance {
namespace {

constexpr std::size_t longest_text = 200;

bool is_code(std::string_view code) {
    return !code.empty() && code.size() <= 40 && std::ranges::all_of(code, [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });
}

Result<std::string> hash_of_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (!in.good() && !in.eof()) return unavailable("table.cannot_read");
    return crypto::digest_hex(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

Series read(const db::Row& row) {
    Series out;
    out.id = row.id<SeriesId>(0);
    out.area = row.area(1);
    out.insurer = row.id<InsurerId>(2);
    out.key = {series_kind_named(row.text(3)).value(), std::string(row.text(4)), std::string(row.text(5))};
    out.revision = row.integer(6);
    if (!row.null(7)) out.days = Period{row.date(7), row.date(8)};
    out.values = row.integer(9);
    return out;
}

Result<std::vector<Series>> series_where(db::Tx& tx, const std::string& condition,
                                         std::initializer_list<db::Value> values) {
    return tx.all(
        "SELECT s.id, s.area_code, s.insurer_id, s.kind, s.code, s.variable, s.revision, (SELECT MIN(v.day) "
        "FROM insurance_series_value v WHERE v.series_id = s.id), (SELECT MAX(v.day) FROM "
        "insurance_series_value v WHERE v.series_id = s.id), (SELECT COUNT(DISTINCT v.day) FROM "
        "insurance_series_value v WHERE v.series_id = s.id) FROM insurance_series s WHERE " +
            condition + " ORDER BY s.kind, s.code, s.variable, s.id",
        values, read);
}

Result<std::string> seen(db::Tx& tx, const Desk& desk) {
    return fmt::format(
        "({} OR EXISTS (SELECT 1 FROM insurance_settlement_series ss JOIN insurance_settlement st ON st.id = "
        "ss.settlement_id WHERE ss.series_id = s.id AND {}))",
        TRY(visible(tx, desk, auth::Right::insurance_read, "s")), TRY(settlement_visible(tx, desk, "st")));
}

/// The insurer's series of that key; made, empty, when there is none. Whoever comes second waits here.
Result<Series> series_to_fill(db::Tx& tx, const Insurer& insurer, const NewSeries& wanted) {
    const auto& key = wanted.key;
    TRY(tx.exec("INSERT INTO insurance_series (area_code, insurer_id, kind, code, variable, revision) VALUES "
                "(?, ?, ?, ?, ?, 0) ON CONFLICT (insurer_id, kind, code, variable) DO NOTHING",
                wanted.area, insurer.id, name_of(key.kind), key.code, key.variable));
    TRY(tx.exec("UPDATE insurance_series SET revision = revision WHERE insurer_id = ? AND kind = ? AND code "
                "= ? AND variable = ?",
                insurer.id, name_of(key.kind), key.code, key.variable));
    auto found =
        TRY(series_where(tx, "s.insurer_id = ? AND s.kind = ? AND s.code = ? AND s.variable = ?",
                         {insurer.id, name_of(key.kind), key.code, key.variable}));
    INVARIANT(found.size() == 1);
    return std::move(found.front());
}

Result<void> check(const Desk& desk, const Insurer& insurer, const NewSeries& wanted) {
    if (!desk.actor.scope(auth::Right::insurance_write).contains(wanted.area) ||
        !desk.division.exists(wanted.area))
        return not_found("areas.unknown").with("code", wanted.area.digits());
    if (!insurer.area.contains(wanted.area)) return invalid("insurance.wrong_place");
    if (!is_code(wanted.key.code)) return invalid("insurance.series_code");
    const auto source = text::trimmed(wanted.source);
    if (source.empty() || text::length(source) > longest_text) return invalid("insurance.source_missing");
    if (text::length(wanted.reason) > longest_text)
        return invalid("insurance.text_missing").with("name", "reason");
    return {};
}

Result<void> store(db::Tx& tx, const Desk& desk, const Series& series, const NewSeries& wanted,
                   const std::string& hash, const ReadSeries& in, const DayValues& on_file,
                   TakenSeries& out) {
    out.revision = series.revision + 1;
    auto bulk = TRY(tx.bulk("insurance_series_value",
                            std::array<std::string_view, 4>{"series_id", "day", "revision", "value"}));
    for (const auto& [day, value] : in.values) {
        const auto known = on_file.find(day);
        if (known != on_file.end() && known->second == value) continue;
        ++(known == on_file.end() ? out.added : out.changed);
        TRY(bulk->add({series.id, day, out.revision, ten_thousandths(value)}));
    }
    TRY(bulk->finish());
    const auto sealed = [&](const char* column, std::string_view text) {
        return blob(desk.vault.seal(std::string("insurance_series_revision.") + column, text::trimmed(text)));
    };
    TRY(tx.exec("INSERT INTO insurance_series_revision (series_id, revision, file_hash, source, reason, "
                "correction, first_day, last_day, added, changed, on_day, at, account, name) VALUES (?, ?, "
                "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                series.id, out.revision, hash, sealed("source", wanted.source),
                sealed("reason", wanted.reason), wanted.reason.empty() ? 0 : 1, in.values.begin()->first,
                in.values.rbegin()->first, out.added, out.changed, desk.today, desk.now.ms,
                desk.actor.account, desk.actor.name));
    // Where it lies, its first file says.
    TRY(tx.exec("UPDATE insurance_series SET revision = ?, area_code = ? WHERE id = ?", out.revision,
                series.revision == 0 ? wanted.area : series.area, series.id));
    return audit::record(
        tx, desk.vault, desk.actor,
        {"insurance.series", fmt::format("series:{}", series.id.number()), series.area, "",
         fmt::format(R"({{"revision":{},"added":{},"changed":{}}})", out.revision, out.added, out.changed)},
        desk.now);
}

}  // namespace

Result<TakenSeries> take_series(db::Tx& tx, const Desk& desk, const NewSeries& wanted,
                                const std::string& path, const std::string& file,
                                std::optional<InsurerId> on_behalf) {
    TRY(auth::require(desk.actor, auth::Right::insurance_write));
    const auto acting = TRY(acting_insurer(tx, desk, on_behalf));
    TRY(check(desk, acting, wanted));
    const auto hash = TRY(hash_of_file(path));
    const auto series = TRY(series_to_fill(tx, acting, wanted));
    TakenSeries out;
    if (const auto before = TRY(tx.first("SELECT revision, added, changed FROM insurance_series_revision "
                                         "WHERE series_id = ? AND file_hash = ?",
                                         {series.id, hash},
                                         [](const db::Row& row) {
                                             return std::array{row.integer(0), row.integer(1),
                                                               row.integer(2)};
                                         }))) {
        out.id = series.id;
        out.accepted = true;
        out.revision = (*before)[0];
        out.added = out.rows = (*before)[1];
        out.changed = (*before)[2];
        return out;
    }
    const auto on_file = TRY(values_at(tx, series.id, series.revision, any_day));
    auto in = TRY(read_series(path, file, wanted.key.kind, wanted.key.variable, on_file,
                              !text::trimmed(wanted.reason).empty(), desk.today,
                              desk.book.quoted(wanted.key.code)));
    out.rows = in.rows;
    out.missing = in.missing;
    out.accepted = in.accepted();
    out.findings = std::move(in.findings);
    if (!out.accepted) return out;
    out.id = series.id;
    TRY(store(tx, desk, series, wanted, hash, in, on_file, out));
    return out;
}

Result<std::vector<Series>> all_series(db::Tx& tx, const Desk& desk) {
    // One whose first file was refused holds nothing yet.
    return series_where(tx, "s.revision > 0 AND " + TRY(seen(tx, desk)), {});
}

Result<Series> load_series(db::Tx& tx, const Desk& desk, SeriesId id) {
    auto found = TRY(series_where(tx, "s.id = ? AND " + TRY(seen(tx, desk)), {id}));
    if (found.empty()) return not_found("insurance.no_such_series");
    return std::move(found.front());
}

Result<std::vector<SeriesRevision>> revisions(db::Tx& tx, const Desk& desk, const Series& series) {
    std::vector<SeriesRevision> out;
    TRY(tx.each_row(
        "SELECT revision, file_hash, source, reason, correction, first_day, last_day, added, changed, "
        "on_day, "
        "name FROM insurance_series_revision WHERE series_id = ? ORDER BY revision DESC",
        std::vector<db::Value>{series.id}, [&](const db::Row& row) -> Result<void> {
            const auto open = [&](const char* column, int at) {
                return desk.vault.open(std::string("insurance_series_revision.") + column, row.bytes(at));
            };
            out.push_back({row.integer(0), std::string(row.text(1)), TRY(open("source", 2)),
                           TRY(open("reason", 3)), row.truth(4), Period{row.date(5), row.date(6)},
                           row.integer(7), row.integer(8), row.date(9), std::string(row.text(10))});
            return {};
        }));
    return out;
}

Result<DayValues> values_at(db::Tx& tx, SeriesId id, std::int64_t revision, const Period& days) {
    DayValues out;
    TRY(tx.each_row("SELECT day, value FROM insurance_series_value WHERE series_id = ? AND revision <= ? AND "
                    "day BETWEEN ? AND ? ORDER BY day, revision",
                    std::vector<db::Value>{id, revision, days.first, days.last},
                    [&](const db::Row& row) -> Result<void> {
                        out.insert_or_assign(row.date(0), from_ten_thousandths(row.integer(1)));
                        return {};
                    }));
    return out;
}

}  // namespace ballast::insurance
