#include "feeds/evaluation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "table/header_row.h"

namespace ballast::feeds {
namespace {

struct Received {
    std::string verdict;
    std::vector<registry::PersonId> people;
};
using Rows = std::map<std::pair<std::string, std::int64_t>, Received>;  // sheet and row

/// What linking made of the rows of the file last applied under a name, whatever people said later; nothing
/// when there is none.
Result<std::optional<Rows>> received(db::Tx& tx, const auth::Actor& actor, const std::string& file) {
    const auto batch =
        TRY(tx.first("SELECT id FROM feeds_batch WHERE file_name = ? AND state = 'applied' AND " +
                         actor.scope(auth::Right::feeds_read).sql("county") + " ORDER BY id DESC LIMIT 1",
                     {file}, [](const db::Row& row) { return row.id<BatchId>(0); }));
    if (!batch) return std::optional<Rows>();
    Rows out;
    TRY(tx.each_row(
        "SELECT r.sheet, r.row_number, CASE WHEN c.row_id IS NULL THEN r.state ELSE 'candidate' END, "
        "COALESCE(c.person_id, r.person_id) FROM feeds_row r LEFT JOIN feeds_candidate c ON "
        "c.row_id = r.id WHERE r.batch_id = ?",
        std::array{db::Value(*batch)}, [&](const db::Row& row) -> Result<void> {
            auto& one = out[{std::string(row.text(0)), row.integer(1)}];
            one.verdict = row.text(2);
            if (!row.null(3)) one.people.push_back(row.id<registry::PersonId>(3));
            return {};
        }));
    return std::optional(std::move(out));
}

void tally(Quality& quality, std::string_view name, const Received& got, std::string_view expected,
           bool right) {
    const bool found = got.verdict == name, wanted = expected == name;
    quality.found += found;
    quality.right += found && right;
    quality.expected += wanted;
    quality.hit += wanted && found && right;
}

std::int64_t share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 10'000 : (part * 20'000 + whole) / (whole * 2);
}

}  // namespace

std::int64_t Quality::precision() const { return share(right, found); }
std::int64_t Quality::recall() const { return share(hit, expected); }

Result<Evaluation> evaluate(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            const Register& reg, const std::string& truth_file) {
    enum Place { file, sheet, row_number, id_number, fault, expected };
    const std::array<table::KnownColumn, 6> columns{{{"file", {}, true},
                                                     {"sheet", {}, true},
                                                     {"row", {}, true},
                                                     {"id_number", {}, true},
                                                     {"fault", {}, true},
                                                     {"expected", {}, true}}};
    auto reader = TRY(table::Reader::open(truth_file, std::filesystem::path(truth_file).filename().string()));
    const auto header = TRY(table::find_header(*reader, 0, columns));
    Evaluation out;
    std::string current;
    std::optional<Rows> rows;
    TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
        if (row.number <= header.row) return {};
        const auto cell = [&](Place column) { return header.cell(row, column).text; };
        if (cell(file) != current) {
            current = cell(file);
            rows = TRY(received(tx, actor, std::filesystem::path(current).filename().string()));
            ++out.files;
        }
        ++out.rows;
        std::int64_t number = 0;
        std::from_chars(cell(row_number).data(), cell(row_number).data() + cell(row_number).size(), number);
        const Received* got = nullptr;
        if (rows)
            if (const auto found = rows->find({std::string(cell(sheet)), number}); found != rows->end())
                got = &found->second;
        if (!got) {
            ++out.not_received;
            return {};
        }
        const Registered* meant = nullptr;
        if (!cell(id_number).empty()) {
            const auto lookup = vault.lookup("citizen_id", cell(id_number));
            meant = reg.index.by_id({reinterpret_cast<const char*>(lookup.data()), lookup.size()});
        }
        const bool right =
            meant && std::find(got->people.begin(), got->people.end(), meant->person) != got->people.end();
        tally(out.matched, "matched", *got, cell(expected), right);
        tally(out.candidate, "candidate", *got, cell(expected), right);
        if (got->verdict != cell(expected))
            ++out.disagreements[std::string(cell(fault)) + ": " + std::string(cell(expected)) + " -> " +
                                got->verdict];
        return {};
    }));
    return out;
}

}  // namespace ballast::feeds
