#include <algorithm>
#include <fstream>
#include <set>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/text.h"
#include "registry/findings_json.h"
#include "registry/import.h"
#include "registry/staging.h"

namespace ballast::registry {

namespace {

using Use = Column::Use;

constexpr std::size_t rows_at_once = 4'000;
constexpr int households_at_once = 800;
constexpr std::int64_t header_within = 30;  // rows from the top of a sheet

/// Stands for 户编号 in a file that names a household by its head; no number begins so.
std::string key_of_head(const crypto::Vault& vault, const std::string& id_number) {
    constexpr char hex[] = "0123456789abcdef";
    std::string key = "~";
    for (const auto byte : vault.lookup("citizen_id", id_number)) {
        key += hex[byte >> 4];
        key += hex[byte & 15];
    }
    return key;
}

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
        return head ? key_of_head(vault_, head->id.reveal()) : "~row " + std::to_string(ordinal_);
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

std::string bytes_key(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

/// Judges what was staged, some hundred households at a time.
class Judge {
public:
    Judge(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
          const Submission& submission, ImportId id, Date today, Instant now)
        : database_(database),
          vault_(vault),
          id_(id),
          county_(submission.county),
          villages_(submission.county) {
        origin_ = {submission.as_of, submission.source, id, actor.account, now};
        around_.today = today;
        around_.as_of = submission.as_of;
        around_.county = submission.county;
        around_.scope = actor.scope(auth::Right::registry_import);
        around_.village_named = [this](auto township, auto village) {
            return villages_.named(township, village);
        };
        around_.village_exists = [](AreaCode code) { return areas::Division::shipped().exists(code); };
        around_.elsewhere = [this](std::string_view id_number) { return elsewhere(id_number); };
    }

    Result<ImportCounts> run(std::int64_t rows, const OnProgress& progress) {
        sheets_ = TRY(database_.read([&](db::Tx& tx) { return load_sheets(tx, vault_, id_); }));
        TRY(resolve_heads());
        TRY(find_twice());
        std::string from;
        for (std::int64_t done = 0;;) {
            const auto until = TRY(batch_end(from));
            if (!until) break;
            done += TRY(batch(from, *until));
            from = *until;
            if (progress && rows > 0)
                progress({Progress::Step::judging, static_cast<double>(done) / static_cast<double>(rows)});
        }
        return counts_;
    }

private:
    /// A household named by its head takes the number under which that head is on file.
    Result<void> resolve_heads() {
        std::vector<std::pair<std::string, std::string>> found;
        TRY(database_.read([&](db::Tx& tx) -> Result<void> {
            std::set<std::string> keys;
            TRY(
                tx.each_row("SELECT DISTINCT household_key FROM registry_import_row WHERE import_id = ?"
                            " AND substr(household_key, 1, 1) = '~'",
                            std::array{db::Value(id_)}, [&](const db::Row& row) -> Result<void> {
                                keys.emplace(row.text(0));
                                return {};
                            }));
            if (keys.empty()) return {};
            return tx.each_row(
                "SELECT p.id_lookup, h.household_no FROM registry_person p"
                " JOIN registry_household h ON h.id = p.household_id"
                " WHERE h.county_code = ? AND p.relation = '01' AND p.member_status = '1'"
                " AND p.id_lookup IS NOT NULL",
                std::array{db::Value(county_)}, [&](const db::Row& row) -> Result<void> {
                    std::string key = "~";
                    for (const auto byte : row.bytes(0)) {
                        constexpr char hex[] = "0123456789abcdef";
                        key += hex[byte >> 4];
                        key += hex[byte & 15];
                    }
                    if (keys.contains(key)) found.emplace_back(key, std::string(row.text(1)));
                    return {};
                });
        }));
        for (std::size_t at = 0; at < found.size();) {
            TRY(database_.write([&](db::Tx& tx) -> Result<void> {
                for (const auto end = std::min(at + households_at_once, found.size()); at < end; ++at)
                    TRY(
                        tx.exec("UPDATE registry_import_row SET household_key = ? WHERE import_id = ?"
                                " AND household_key = ?",
                                found[at].second, id_, found[at].first));
                return {};
            }));
        }
        return {};
    }

    /// People who stand as active members under two household numbers of this file.
    Result<void> find_twice() {
        return database_.read([&](db::Tx& tx) {
            return tx.each_row(
                "SELECT DISTINCT r.id_lookup, r.household_key FROM registry_import_row r WHERE"
                " r.import_id = ? AND r.active = 1 AND r.id_lookup IN (SELECT id_lookup FROM"
                " registry_import_row WHERE import_id = ? AND active = 1 AND id_lookup IS NOT NULL"
                " GROUP BY id_lookup HAVING COUNT(*) > 1)",
                std::array{db::Value(id_), db::Value(id_)}, [&](const db::Row& row) -> Result<void> {
                    in_file_[bytes_key(row.bytes(0))].emplace_back(row.text(1));
                    return {};
                });
        });
    }

    Result<std::optional<std::string>> batch_end(const std::string& from) {
        return database_.read([&](db::Tx& tx) -> Result<std::optional<std::string>> {
            return tx.first(
                "SELECT MAX(household_key) FROM (SELECT DISTINCT household_key FROM registry_import_row"
                " WHERE import_id = ? AND household_key > ? ORDER BY household_key LIMIT ?) AS keys"
                " HAVING MAX(household_key) IS NOT NULL",
                {id_, from, households_at_once}, [](const db::Row& row) { return std::string(row.text(0)); });
        });
    }

    std::vector<std::string> elsewhere(std::string_view id_number) const {
        const auto lookup = vault_.lookup("citizen_id", id_number);
        const std::string key(lookup.begin(), lookup.end());
        std::vector<std::string> out;
        for (const auto* held : {&in_file_, &on_file_})
            if (const auto found = held->find(key); found != held->end())
                for (const auto& number : found->second)
                    if (number != household_key_ && std::find(out.begin(), out.end(), number) == out.end())
                        out.push_back(number);
        return out;
    }

    Result<std::int64_t> batch(const std::string& from, const std::string& until) {
        std::map<std::string, std::vector<Draft>> groups;
        std::map<std::string, Household> on_file;
        on_file_.clear();
        TRY(database_.read([&](db::Tx& tx) -> Result<void> {
            const std::array bounds{db::Value(id_), db::Value(from), db::Value(until)};
            TRY(
                tx.each_row("SELECT household_key, ordinal, sheet, row_number, cells FROM registry_import_row"
                            " WHERE import_id = ? AND household_key > ? AND household_key <= ?"
                            " ORDER BY household_key, ordinal",
                            bounds, [&](const db::Row& row) -> Result<void> {
                                Draft draft;
                                draft.ordinal = row.integer(1);
                                draft.sheet = static_cast<std::size_t>(row.integer(2));
                                draft.row = row.integer(3);
                                draft.mapping = &sheets_[draft.sheet].mapping;
                                draft.kind = draft.mapping->sheet;
                                auto cells = vault_.open(cells_context, row.bytes(4));
                                if (!cells) return std::move(cells).error();
                                draft.cells = unpacked(*cells);
                                groups[std::string(row.text(0))].push_back(std::move(draft));
                                return {};
                            }));
            const std::array values{db::Value(county_), db::Value(id_), db::Value(from), db::Value(until)};
            for (auto& home : TRY(load_households(
                     tx, vault_,
                     "h.county_code = ? AND h.household_no IN (SELECT household_key FROM registry_import_row"
                     " WHERE import_id = ? AND household_key > ? AND household_key <= ?)",
                     values))) {
                const std::string number = home.household_no;
                on_file.emplace(number, std::move(home));
            }
            return tx.each_row(
                "SELECT r.id_lookup, h.household_no FROM registry_import_row r"
                " JOIN registry_person p ON p.id_lookup = r.id_lookup AND p.member_status = '1'"
                " JOIN registry_household h ON h.id = p.household_id"
                " WHERE r.import_id = ? AND r.household_key > ? AND r.household_key <= ?"
                " AND r.household_key <> h.household_no",
                bounds, [&](const db::Row& row) -> Result<void> {
                    on_file_[bytes_key(row.bytes(0))].emplace_back(row.text(1));
                    return {};
                });
        }));

        std::vector<Judged> judged;
        std::int64_t rows = 0;
        for (auto& [key, drafts] : groups) {
            household_key_ = key;
            const auto found = on_file.find(key);
            const Household* before = found == on_file.end() ? nullptr : &found->second;
            Judgement judgement = judge(before, key[0] == '~' ? std::string() : key, drafts, around_);
            count(before, judgement, drafts);
            rows += static_cast<std::int64_t>(drafts.size());
            judged.push_back({key, before, std::move(judgement), &drafts});
        }
        TRY(database_.write([&](db::Tx& tx) { return write(tx, judged); }));
        return rows;
    }

    struct Judged {
        std::string key;
        const Household* before;
        Judgement judgement;
        const std::vector<Draft>* drafts;
    };

    void count(const Household* before, const Judgement& judgement, const std::vector<Draft>& drafts) {
        for (const Draft& draft : drafts) counts_.people += draft.kind == Sheet::person ? 1 : 0;
        if (judgement.refused)
            ++counts_.households_rejected;
        else if (!before)
            ++counts_.households_new;
        else if (judgement.difference.nothing())
            ++counts_.households_unchanged;
        else
            ++counts_.households_changed;
        for (const Draft& draft : drafts) switch (draft.verdict) {
                case Verdict::added:
                    ++counts_.rows_new;
                    break;
                case Verdict::changed:
                    ++counts_.rows_changed;
                    break;
                case Verdict::unchanged:
                    ++counts_.rows_unchanged;
                    break;
                case Verdict::rejected:
                    ++counts_.rows_rejected;
                    break;
            }
    }

    Result<void> write(db::Tx& tx, std::vector<Judged>& judged) {
        Ids ids(tx, 1'000);
        Writes writes;
        for (Judged& one : judged) {
            if (one.judgement.refused) continue;
            TRY(plan_writes(ids, vault_, one.before, one.judgement.after, one.judgement.difference, origin_,
                            writes));
        }
        for (std::size_t t = 0; t < table_count; ++t) TRY(stage(tx, static_cast<Table>(t), writes[t]));

        constexpr std::array<std::string_view, 10> columns{
            "import_id",    "ordinal", "sheet",   "row_number", "household_no",
            "household_id", "name",    "verdict", "changes",    "findings"};
        auto bulk = TRY(tx.bulk("registry_import_verdict", columns));
        for (const Judged& one : judged) {
            std::string number = one.judgement.after.household_no;
            if (number.empty() && one.key[0] != '~') number = one.key;
            const auto household = one.before ? db::Value(one.before->id) : db::Value(db::Null{});
            for (const Draft& draft : *one.drafts)
                TRY(bulk->add({id_, draft.ordinal, draft.sheet, draft.row, number, household, name_in(draft),
                               name_of(draft.verdict), changes_json(draft.changes),
                               findings_json(draft.findings)}));
        }
        TRY(bulk->finish());
        return {};
    }

    static std::string name_in(const Draft& draft) {
        if (draft.kind != Sheet::person) return {};
        return text_in(draft, Use::field, static_cast<std::size_t>(PersonField::name));
    }

    Result<void> stage(db::Tx& tx, Table table, const std::vector<Write>& writes) {
        if (writes.empty()) return {};
        std::vector<std::string_view> columns{"import_id", "action"};
        columns.push_back(table == Table::name_gram ? "household_id" : "id");
        columns.insert(columns.end(), columns_of(table).begin(), columns_of(table).end());
        auto bulk = TRY(tx.bulk(stage_of(table), columns));
        for (const Write& one : writes) {
            constexpr std::array<std::string_view, 3> actions{"add", "change", "remove"};
            std::vector<db::Value> row{id_, actions[static_cast<std::size_t>(one.action)],
                                       table == Table::name_gram ? one.household : one.id};
            row.insert(row.end(), one.values.begin(), one.values.end());
            TRY(bulk->add(row));
        }
        TRY(bulk->finish());
        return {};
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    ImportId id_;
    AreaCode county_;
    Villages villages_;
    Origin origin_;
    Surroundings around_;
    std::vector<StagedSheet> sheets_;
    std::map<std::string, std::vector<std::string>> in_file_, on_file_;  // by look-up hash: household numbers
    std::string household_key_;
    ImportCounts counts_;
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
    Judge judge(database, vault, actor, submission, id, today, now);
    return judge.run(stager.rows(), progress);
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
