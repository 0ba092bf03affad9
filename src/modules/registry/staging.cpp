#include "registry/staging.h"

#include <array>

#include "areas/areas.h"
#include "base/text.h"
#include "chinese/chinese.h"

namespace ballast::registry {

namespace {

constexpr char separator = '\x1f';
constexpr std::string_view kinds = "etndbfx";  // in the order of table::Cell::Kind

std::string bare(std::string_view name, std::span<const std::string_view> endings) {
    std::string plain = chinese::normalised_name(name);
    for (const auto ending : endings)
        if (plain.size() > ending.size() && plain.ends_with(ending))
            return plain.substr(0, plain.size() - ending.size());
    return plain;
}

std::string bare_township(std::string_view name) {
    static constexpr std::array<std::string_view, 4> endings{"街道办事处", "街道", "镇", "乡"};
    return bare(name, endings);
}

std::string bare_village(std::string_view name) {
    static constexpr std::array<std::string_view, 9> endings{
        "村民委员会", "社区居民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "社区", "嘎查", "村"};
    return bare(name, endings);
}

}  // namespace

std::string packed(const std::vector<Written>& cells) {
    std::string out;
    for (const Written& cell : cells) {
        out += kinds[static_cast<std::size_t>(cell.kind)];
        out += cell.digits_damaged ? '!' : ' ';
        for (const char c : cell.text) out += c == separator ? ' ' : c;
        out += separator;
    }
    return out;
}

std::vector<Written> unpacked(std::string_view text) {
    std::vector<Written> out;
    while (!text.empty()) {
        const auto end = text.find(separator);
        INVARIANT(end != std::string_view::npos && end >= 2);
        const auto kind = kinds.find(text[0]);
        INVARIANT(kind != std::string_view::npos);
        out.push_back(
            {static_cast<table::Cell::Kind>(kind), std::string(text.substr(2, end - 2)), text[1] == '!'});
        text.remove_prefix(end + 1);
    }
    return out;
}

Result<std::vector<StagedSheet>> load_sheets(db::Tx& tx, const crypto::Vault& vault, ImportId id) {
    std::vector<StagedSheet> sheets;
    TRY(
        tx.each_row("SELECT sheet_name, header_row, titles FROM registry_import_sheet WHERE import_id = ?"
                    " ORDER BY ordinal",
                    std::array{db::Value(id)}, [&](const db::Row& row) -> Result<void> {
                        StagedSheet sheet{std::string(row.text(0)), row.integer(1), {}, {}};
                        const auto titles = vault.open(titles_context, row.bytes(2));
                        if (!titles) return titles.error();
                        for (const auto& cell : unpacked(*titles)) sheet.titles.push_back(cell.text);
                        auto mapping = recognise(sheet.titles);
                        if (!mapping) return std::move(mapping).error();
                        INVARIANT(mapping->has_value());
                        sheet.mapping = std::move(**mapping);
                        sheets.push_back(std::move(sheet));
                        return {};
                    }));
    return sheets;
}

Villages::Villages(AreaCode county) {
    const auto& division = areas::Division::shipped();
    for (const auto& township : division.children(county)) {
        township_name_[township.code.number()] = bare_township(township.name);
        for (const auto& village : division.children(township.code))
            by_name_.emplace(bare_village(village.name), village.code);
    }
}

std::optional<AreaCode> Villages::named(std::string_view township, std::string_view village) const {
    const std::string wanted = bare_township(township);
    std::optional<AreaCode> found;
    const auto [first, last] = by_name_.equal_range(bare_village(village));
    for (auto it = first; it != last; ++it) {
        const auto& its_township = township_name_.at(it->second.at(AreaLevel::township).number());
        if (!wanted.empty() && its_township != wanted) continue;
        if (found) return std::nullopt;
        found = it->second;
    }
    return found;
}

Result<void> clear_stage(db::Database& database, ImportId id, bool keep_refused) {
    for (std::size_t t = 0; t < table_count; ++t) {
        const std::string sql =
            "DELETE FROM " + std::string(stage_of(static_cast<Table>(t))) + " WHERE import_id = ?";
        TRY(database.write([&](db::Tx& tx) { return tx.exec(sql, id); }));
    }
    // In slices, so that an officer's save never waits for the whole of it.
    constexpr std::int64_t slice = 20'000;
    const auto last = TRY(database.read([&](db::Tx& tx) {
        return tx.number("SELECT COALESCE(MAX(ordinal), 0) FROM registry_import_row WHERE import_id = ?",
                         {id});
    }));
    const std::string unless = keep_refused
                                   ? " AND ordinal NOT IN (SELECT ordinal FROM registry_import_verdict"
                                     " WHERE import_id = ? AND verdict = 'rejected'"
                                     " AND ordinal > ? AND ordinal <= ?)"
                                   : "";
    for (std::int64_t from = 0; from <= last; from += slice) {
        TRY(database.write([&](db::Tx& tx) -> Result<std::int64_t> {
            std::vector<db::Value> values{id, from, from + slice};
            if (keep_refused)
                values.insert(values.end(), {db::Value(id), db::Value(from), db::Value(from + slice)});
            return tx.run(
                "DELETE FROM registry_import_row WHERE import_id = ? AND ordinal > ? AND ordinal <= ?" +
                    unless,
                values);
        }));
    }
    return {};
}

}  // namespace ballast::registry
