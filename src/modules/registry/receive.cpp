#include <algorithm>
#include <fstream>
#include <set>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/text.h"
#include "registry/findings_json.h"
#include "registry/import.h"
#include "registry/judging.h"
#include "registry/staging.h"

namespace ballast::registry {

namespace {

using Use = Column::Use;

constexpr std::size_t rows_at_once = 4'000;
constexpr std::int64_t header_within = 30;  // rows from the top of a sheet

Result<std::string> digest_of(const std::string& path, const std::string& name) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return not_found("registry.no_file").with("file", name);
    crypto::Digest digest;
    std::vector<std::uint8_t> block(1 << 16);
    while (file) {
        file.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size()));
        digest.add(std::span(block.data(), static_cast<std::size_t>(file.gcount())));
    }
    return digest.hex();
}

bool total_row(const std::vector<Written>& cells) {
    for (const auto& cell : cells) {
        const auto plain = text::trimmed(cell.text);
        if (plain.empty()) continue;
        return plain == "合计" || plain == "总计" || plain == "小计" || plain.starts_with("合计：") ||
               plain.starts_with("合计:");
    }
    return true;  // an empty row says nothing either
}

/// Reads the file into registry_import_row.
class Stager {
public:
    Stager(db::Database& database, const crypto::Vault& vault, ImportId id, Date today)
        : database_(database), vault_(vault), id_(id), today_(today) {}

    Result<void> read(table::Reader& reader, const std::string& file, const OnProgress& progress) {
        const auto names = reader.sheets();
        const auto before = sheets_;
        for (std::size_t i = 0; i < names.size(); ++i) {
            header_.reset();
            TRY(reader.read(i, [&](const table::Row& row) -> Result<void> {
                if (header_) return take(row);
                if (row.number > header_within) return {};
                auto found = look_for_header(names[i], row);
                if (!found) {
                    Error refusal = std::move(found).error();
                    refusal.args.emplace_back("file", file);
                    return refusal;
                }
                return {};
            }));
            if (progress) progress({Progress::Step::reading, reader.progress()});
        }
        if (sheets_ == before) return invalid("registry.no_sheet").with("file", file);
        return flush();
    }
    std::int64_t rows() const { return ordinal_; }

private:
    Result<void> look_for_header(const std::string& name, const table::Row& row) {
        std::vector<std::string> titles;
        std::vector<Written> cells;
        for (const auto& cell : row.cells) {
            titles.emplace_back(text::trimmed(cell.text));
            cells.push_back({table::Cell::Kind::text, titles.back(), false});
        }
        auto mapping = TRY(recognise(titles));
        if (!mapping) return {};
        header_ = std::move(*mapping);
        const auto ordinal = sheets_++;
        TRY(database_.write([&](db::Tx& tx) {
            return tx.exec(
                "INSERT INTO registry_import_sheet (import_id, ordinal, sheet_name, kind, header_row,"
                " titles) VALUES (?, ?, ?, ?, ?, ?)",
                id_, ordinal, name, static_cast<int>(header_->sheet), row.number,
                vault_.seal(titles_context, packed(cells)));
        }));
        return {};
    }

    Result<void> take(const table::Row& row) {
        Draft draft;
        draft.kind = header_->sheet;
        draft.mapping = &*header_;
        for (const auto& cell : row.cells)
            draft.cells.push_back({cell.kind, std::string(cell.text), cell.digits_damaged});
        if (total_row(draft.cells)) return {};
        pending_.push_back({id_, ++ordinal_, sheets_ - 1, row.number, static_cast<int>(draft.kind),
                            key_of(draft), lookup_of(draft), active(draft),
                            vault_.seal(cells_context, packed(draft.cells))});
        return pending_.size() >= rows_at_once ? flush() : Result<void>();
    }

    std::string key_of(const Draft& draft) const {
        if (auto number = text::half_width(text_in(draft, Use::household_no));
            !number.empty() && number[0] != '~')
            return number;
        const auto head = CitizenId::parse(text_in(draft, Use::head_id), today_);
        // Without either a row stands alone and is refused when it is judged.
        return head ? head_key(vault_.lookup("citizen_id", head->id.reveal()))
                    : "~row " + std::to_string(ordinal_);
    }
    db::Value lookup_of(const Draft& draft) const {
        if (draft.kind != Sheet::person) return db::Null{};
        const auto id = CitizenId::parse(
            text_in(draft, Use::field, static_cast<std::size_t>(PersonField::id_number)), today_);
        return id ? db::Value(vault_.lookup("citizen_id", id->id.reveal())) : db::Value(db::Null{});
    }
    static bool active(const Draft& draft) {
        if (draft.kind != Sheet::person) return false;
        const auto status = text_in(draft, Use::field, static_cast<std::size_t>(PersonField::member_status));
        return codes::member_status.read(status).value_or("1") == "1";
    }

    Result<void> flush() {
        if (pending_.empty()) return {};
        TRY(database_.write([&](db::Tx& tx) -> Result<std::int64_t> {
            constexpr std::array<std::string_view, 9> columns{"import_id",  "ordinal", "sheet",
                                                              "row_number", "kind",    "household_key",
                                                              "id_lookup",  "active",  "cells"};
            auto bulk = TRY(tx.bulk("registry_import_row", columns));
            for (const auto& row : pending_) TRY(bulk->add(row));
            return bulk->finish();
        }));
        pending_.clear();
        return {};
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    ImportId id_;
    Date today_;
    std::optional<Mapping> header_;
    std::int64_t sheets_ = 0;
    std::int64_t ordinal_ = 0;
    std::vector<std::vector<db::Value>> pending_;
};

/// One digest for the file, or for several of them whatever their order.
Result<std::string> digest_of(const std::vector<File>& files) {
    std::set<std::string> each;
    for (const File& file : files) each.insert(TRY(digest_of(file.path, file.name)));
    if (each.size() == 1) return *each.begin();
    crypto::Digest whole;
    for (const auto& digest : each)
        whole.add(std::span(reinterpret_cast<const std::uint8_t*>(digest.data()), digest.size()));
    return whole.hex();
}

/// What a kill may have left of an earlier try goes first.
Result<Submission> begin(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                         ImportId id, const std::string& digest) {
    TRY(clear_stage(database, id, false));
    return database.write([&](db::Tx& tx) -> Result<Submission> {
        const Import import = TRY(find_import(tx, vault, actor, id));
        if (import.state != "receiving") return conflict("registry.import_state").with("state", import.state);
        for (const std::string table : {"registry_import_verdict", "registry_import_sheet"})
            TRY(tx.exec("DELETE FROM " + table + " WHERE import_id = ?", id));
        TRY(tx.exec("UPDATE registry_import SET digest = ? WHERE id = ?", digest, id));
        return Submission{import.county, import.name, import.source, import.as_of};
    });
}

Result<void> close_import(db::Database& database, ImportId id, std::string_view state,
                          const ImportCounts& c) {
    TRY(database.write([&](db::Tx& tx) {
        return tx.exec(
            "UPDATE registry_import SET state = ?, rows_new = ?, rows_changed = ?, rows_unchanged = ?,"
            " rows_rejected = ?, households_new = ?, households_changed = ?, households_unchanged = ?,"
            " households_rejected = ?, people = ? WHERE id = ? AND state = 'receiving'",
            state, c.rows_new, c.rows_changed, c.rows_unchanged, c.rows_rejected, c.households_new,
            c.households_changed, c.households_unchanged, c.households_rejected, c.people, id);
    }));
    return {};
}

Result<ImportCounts> read_and_judge(db::Database& database, const crypto::Vault& vault,
                                    const auth::Actor& actor, ImportId id, const std::vector<File>& files,
                                    Date today, Instant now, const OnProgress& progress) {
    const auto submission = TRY(begin(database, vault, actor, id, TRY(digest_of(files))));
    Stager stager(database, vault, id, today);
    for (const File& file : files) {
        const auto reader = TRY(table::Reader::open(file.path, file.name));
        TRY(stager.read(*reader, file.name, progress));
    }
    return judge_staged(database, vault, actor, submission, id, stager.rows(), today, now, progress);
}

}  // namespace

Result<ImportId> announce(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                          const Submission& submission, Instant now) {
    // 儋州 and its like are prefectures without counties: their villages carry the prefecture's code.
    if (submission.county.level() != AreaLevel::county && submission.county.level() != AreaLevel::prefecture)
        return invalid("registry.not_a_county");
    const auto scope = actor.scope(auth::Right::registry_import);
    const bool touches = scope.contains(submission.county) ||
                         std::any_of(scope.areas().begin(), scope.areas().end(),
                                     [&](AreaCode area) { return submission.county.contains(area); });
    if (!touches) return not_found("registry.no_area");
    const ImportId id(TRY(tx.number(
        "INSERT INTO registry_import (county_code, digest, file_name, source, as_of, state, account, "
        "received_at,"
        " rows_new, rows_changed, rows_unchanged, rows_rejected, households_new, households_changed,"
        " households_unchanged, households_rejected, people)"
        " VALUES (?, '', ?, ?, ?, 'receiving', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0) RETURNING id",
        {submission.county, vault.seal(file_name_context, submission.name), submission.source,
         submission.as_of, actor.account, now.ms})));
    TRY(audit::record(
        tx, vault, actor,
        {"registry.receive", "import:" + std::to_string(id.number()), submission.county, "", "{}"}, now));
    return id;
}

Result<void> read(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor, ImportId id,
                  const std::vector<File>& files, Date today, Instant now, const OnProgress& progress) {
    auto counts = read_and_judge(database, vault, actor, id, files, today, now, progress);
    if (counts) return close_import(database, id, "staged", *counts);
    // Busy or full: whoever called may try again.
    if (counts.error().kind == ErrorKind::unavailable) return std::move(counts).error();
    // What could not be read leaves nothing behind but the entry that it was tried.
    TRY(close_import(database, id, "failed", {}));
    TRY(clear_stage(database, id, false));
    return std::move(counts).error();
}

Result<ImportId> receive(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                         const Submission& submission, const std::vector<File>& files, Date today,
                         Instant now, const OnProgress& progress) {
    const ImportId id =
        TRY(database.write([&](db::Tx& tx) { return announce(tx, vault, actor, submission, now); }));
    TRY(read(database, vault, actor, id, files, today, now, progress));
    return id;
}

}  // namespace ballast::registry
