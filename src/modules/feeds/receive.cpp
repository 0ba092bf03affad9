#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <unordered_map>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/text.h"
#include "feeds/feeds.h"
#include "feeds/heading.h"
#include "feeds/stored.h"
#include "table/table.h"

namespace ballast::feeds {
namespace {

// So many rows go to the database in one transaction while a file is being read: few enough that an officer's own change waits
// a fraction of a second.
constexpr std::size_t piece = 5'000;

Result<std::string> digest_of(const std::string& path, const std::string& name) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file) return unavailable("feeds.cannot_read").with("file", name);
    crypto::Digest digest;
    std::array<std::uint8_t, 1 << 16> buffer;
    while (const auto n = std::fread(buffer.data(), 1, buffer.size(), file.get())) digest.add(std::span(buffer.data(), n));
    if (std::ferror(file.get())) return unavailable("feeds.cannot_read").with("file", name);
    return digest.hex();
}

/// YYYY-MM out of a name of the envelope 部门_表名_区划码_YYYYMM[DD]_批次; "" when it has none.
std::string period_in(std::string_view name) {
    for (const auto part : text::split(name, '_')) {
        const bool digits = (part.size() == 6 || part.size() == 8) && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || part < "1900") continue;
        const auto month = part.substr(4, 2);
        if (month >= "01" && month <= "12" && (part.starts_with("19") || part.starts_with("20"))) return std::string(part.substr(0, 4)) + "-" + std::string(month);
    }
    return "";
}

db::Blob blob(const crypto::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

/// Rows on their way into the database.
struct Pending {
    std::vector<std::array<db::Value, 15>> rows;
    std::vector<std::vector<const Registered*>> candidates;  // of each row
    void clear() {
        rows.clear();
        candidates.clear();
    }
};

constexpr std::array<std::string_view, 16> row_columns{
    "id",   "batch_id",  "sheet",     "row_number",   "state",        "reason",      "reason_args", "name",
    "place", "id_text", "id_lookup", "person_id", "household_id", "village_code", "happened_on", "row_key"};

class Receiving {
public:
    Receiving(db::Database& database, const crypto::Vault& vault, const Contract& agreed, const Register& reg, Date today, BatchId batch)
        : database_(database), vault_(vault), agreed_(agreed), register_(reg), today_(today), batch_(batch) {}

    Result<void> sheet(table::Reader& reader, const Heading& heading, const std::function<bool(double)>& progress) {
        std::vector<const table::Cell*> cells(agreed_.columns.size());
        return reader.read(heading.sheet, [&](const table::Row& row) -> Result<void> {
            if (row.number <= heading.header.row) return {};
            bool empty = true;
            for (std::size_t c = 0; c < cells.size(); ++c) {
                cells[c] = &heading.header.cell(row, c);
                empty = empty && text::trimmed(cells[c]->text).empty() && cells[c]->kind != table::Cell::Kind::error;
            }
            if (empty) return {};
            if (table::is_total_row(row.cells)) {
                ++counts_.totals_dropped;
                return {};
            }
            TRY(take(row, cells));
            if (pending_.rows.size() >= piece) {
                TRY(flush());
                if (progress && !progress(reader.progress())) return conflict("feeds.stopped");
            }
            return {};
        });
    }

    Result<void> flush() {
        if (pending_.rows.empty()) return {};
        TRY(database_.write([&](db::Tx& tx) -> Result<void> {
            std::int64_t id = TRY(tx.reserve_ids("feeds_row", static_cast<std::int64_t>(pending_.rows.size())));
            const std::int64_t first = id;
            std::vector<std::string_view> columns(row_columns.begin(), row_columns.end());
            columns.push_back("content");
            auto bulk = TRY(tx.bulk("feeds_row", columns));
            std::vector<db::Value> values;
            for (std::size_t i = 0; i < pending_.rows.size(); ++i) {
                values.assign({db::Value(id++), db::Value(batch_)});
                values.insert(values.end(), pending_.rows[i].begin(), pending_.rows[i].end());
                TRY(bulk->add(values));
            }
            TRY(bulk->finish());
            static constexpr std::array<std::string_view, 4> candidate_columns{"row_id", "rank", "person_id", "household_id"};
            auto candidates = TRY(tx.bulk("feeds_candidate", candidate_columns));
            for (std::size_t i = 0; i < pending_.rows.size(); ++i)
                for (std::size_t rank = 0; rank < pending_.candidates[i].size(); ++rank) {
                    const auto* person = pending_.candidates[i][rank];
                    TRY(candidates->add({first + static_cast<std::int64_t>(i), rank + 1, person->person, person->household}));
                }
            TRY(candidates->finish());
            return {};
        }));
        pending_.clear();
        return {};
    }

    const Counts& counts() const { return counts_; }

private:
    std::string key_of(const CheckedRow& row) const {
        std::string key;
        for (const auto column : agreed_.row_key) {
            const auto type = agreed_.columns[column].type;
            key += type == Type::citizen_id ? (row.id ? row.id->reveal() : row.id_text) : row.values[column];
            key += '\x1f';
        }
        return key;
    }

    Result<void> take(const table::Row& row, std::span<const table::Cell* const> cells) {
        stored::Content content;
        for (const auto* cell : cells) content.sent.emplace_back(cell->text);
        auto checked = check(agreed_, cells, today_);
        if (!checked) {
            refuse(row, content, checked.error());
            return {};
        }
        content.values = checked->values;
        content.values[agreed_.id_column()].clear();  // kept in id_text and id_lookup
        const auto key = vault_.lookup("feeds_row_key", agreed_.id + '\x1f' + key_of(*checked));
        const auto [first, fresh] = seen_.try_emplace(std::string(key.begin(), key.end()), row.number);
        if (!fresh) {
            refuse(row, content, invalid("feeds.doubled_row").with("first", std::to_string(first->second)));
            return {};
        }
        crypto::Bytes lookup;
        if (checked->id) lookup = vault_.lookup("citizen_id", checked->id->reveal());
        const Linked linked = link(*checked, std::string_view(reinterpret_cast<const char*>(lookup.data()), lookup.size()), register_.index, register_.places);
        count(linked.state);
        const bool matched = linked.state == State::matched;
        const auto* person = matched ? linked.people.front() : nullptr;
        pending_.rows.push_back({row.sheet, row.number, name_of(linked.state), linked.reason, "[]", checked->name,
                                 checked->township + (checked->township.empty() || checked->village.empty() ? "" : " ") + checked->village,
                                 checked->id_text.empty() ? db::Value(db::Null{}) : db::Value(blob(vault_.seal(stored::id_context, checked->id_text))),
                                 lookup.empty() ? db::Value(db::Null{}) : db::Value(blob(lookup)),
                                 person ? db::Value(person->person) : db::Value(db::Null{}), person ? db::Value(person->household) : db::Value(db::Null{}),
                                 person ? db::Value(person->village) : db::Value(db::Null{}), db::Value(checked->happened_on), blob(key),
                                 blob(stored::seal_content(vault_, content))});
        pending_.candidates.push_back(linked.state == State::candidate ? linked.people : std::vector<const Registered*>{});
        return {};
    }

    void refuse(const table::Row& row, const stored::Content& content, const Error& why) {
        count(State::invalid);
        // The name's column may hold a number (swapped columns), so a refused row shows none.
        pending_.rows.push_back({row.sheet, row.number, name_of(State::invalid), why.id, stored::text(why.args), "", "", db::Null{}, db::Null{}, db::Null{},
                                 db::Null{}, db::Null{}, db::Null{}, db::Null{}, blob(stored::seal_content(vault_, content))});
        pending_.candidates.emplace_back();
    }

    void count(State state) {
        ++(state == State::matched ? counts_.matched : state == State::candidate ? counts_.candidate : state == State::unmatched ? counts_.unmatched : counts_.invalid);
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    const Contract& agreed_;
    const Register& register_;
    Date today_;
    BatchId batch_;
    Counts counts_;
    Pending pending_;
    std::unordered_map<std::string, std::int64_t> seen_;  // keys of this file's rows, and where each first stood
};

Result<void> drop_rows(db::Tx& tx, BatchId id) {
    TRY(tx.exec("DELETE FROM feeds_candidate WHERE row_id IN (SELECT id FROM feeds_row WHERE batch_id = ?)", id));
    TRY(tx.exec("DELETE FROM feeds_row WHERE batch_id = ?", id));
    return {};
}

class Reception {
public:
    Reception(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor, const Upload& upload, const Register& reg, Instant now)
        : database_(database), vault_(vault), actor_(actor), upload_(upload), register_(reg), now_(now), today_(civil_date(now)) {}

    Result<Batch> run(const std::function<bool(double)>& progress) {
        const auto digest = TRY(digest_of(upload_.path, upload_.name));
        period_ = upload_.period.empty() ? period_in(upload_.name) : upload_.period;
        if (period_.empty()) period_ = today_.iso().substr(0, 7);

        auto reader = table::Reader::open(upload_.path, upload_.name);
        std::optional<Error> refused;
        std::vector<Heading> headings;
        if (!reader) refused = reader.error();
        else {
            auto found = recognise(**reader, upload_.name, upload_.feed);
            if (!found) refused = found.error();
            else {
                agreed_ = found->contract;
                headings = std::move(found->headings);
            }
        }
        if (agreed_ && !actor_.department().empty() && actor_.department() != agreed_->department)
            return forbidden("feeds.not_your_department").with("department", agreed_->department_zh);
        TRY(begin(digest));
        if (!refused && same_as_) refused = conflict("feeds.same_file").with("batch", std::to_string(same_as_->number()));
        if (refused) {
            TRY(refuse(*refused));
        } else if (auto taken = take(**reader, headings, progress); !taken) {
            // What the file or the user caused is the batch's own story; a failing database is everybody's.
            if (taken.error().kind == ErrorKind::unavailable || taken.error().kind == ErrorKind::corrupt) return std::move(taken).error();
            TRY(refuse(taken.error()));
        }
        return database_.read([&](db::Tx& tx) { return batch(tx, actor_, id_); });
    }

private:
    Result<void> begin(const std::string& digest) {
        return database_.write([&](db::Tx& tx) -> Result<void> {
            const auto same = TRY(tx.first("SELECT id FROM feeds_batch WHERE county = ? AND digest = ? AND state = 'applied' ORDER BY id", {upload_.county, digest},
                                           [](const db::Row& row) { return row.id<BatchId>(0); }));
            same_as_ = same;
            id_ = BatchId(TRY(tx.number("INSERT INTO feeds_batch (feed, department, county, file_name, digest, period, state, received_at, received_by, same_as) "
                                        "VALUES (?, ?, ?, ?, ?, ?, 'receiving', ?, ?, ?) RETURNING id",
                                        {agreed_ ? agreed_->id : "", agreed_ ? agreed_->department : actor_.department(), upload_.county, upload_.name, digest, period_, now_.ms,
                                         actor_.account, same ? db::Value(*same) : db::Value(db::Null{})})));
            return {};
        });
    }

    Result<void> take(table::Reader& reader, const std::vector<Heading>& headings, const std::function<bool(double)>& progress) {
        Receiving receiving(database_, vault_, *agreed_, register_, today_, id_);
        for (const auto& heading : headings) TRY(receiving.sheet(reader, heading, progress));
        TRY(receiving.flush());
        if (receiving.counts().rows() == 0) return invalid("feeds.no_rows").with("file", upload_.name);
        if (progress && !progress(1.0)) return conflict("feeds.stopped");
        return publish(receiving.counts());
    }

    Result<void> publish(const Counts& counts) {
        return database_.write([&](db::Tx& tx) -> Result<void> {
            // A row that comes again, corrected or not, takes the place of the one before.
            TRY(tx.exec("UPDATE feeds_row SET superseded_by = ? WHERE superseded_by IS NULL AND batch_id <> ? AND batch_id IN (SELECT id FROM feeds_batch WHERE county = ? AND "
                        "state = 'applied') AND row_key IN (SELECT row_key FROM feeds_row WHERE batch_id = ? AND row_key IS NOT NULL)",
                        id_, id_, upload_.county, id_));
            TRY(tx.exec("UPDATE feeds_batch SET state = 'applied', rows_matched = ?, rows_candidate = ?, rows_unmatched = ?, rows_invalid = ?, totals_dropped = ? WHERE id = ?",
                        counts.matched, counts.candidate, counts.unmatched, counts.invalid, counts.totals_dropped, id_));
            return record(tx, "feeds.receive",
                          R"({"feed":")" + agreed_->id + R"(","period":")" + period_ + R"(","rows":)" + std::to_string(counts.rows()) + R"(,"matched":)" + std::to_string(counts.matched) +
                              R"(,"candidate":)" + std::to_string(counts.candidate) + R"(,"unmatched":)" + std::to_string(counts.unmatched) + R"(,"invalid":)" +
                              std::to_string(counts.invalid) + "}");
        });
    }

    Result<void> refuse(const Error& why) {
        return database_.write([&](db::Tx& tx) -> Result<void> {
            TRY(drop_rows(tx, id_));
            TRY(tx.exec("UPDATE feeds_batch SET state = 'refused', error = ? WHERE id = ?", stored::text(why), id_));
            return record(tx, "feeds.refuse", R"({"reason":")" + why.id + R"("})");
        });
    }

    Result<void> record(db::Tx& tx, std::string action, std::string details) {
        return audit::record(tx, vault_, actor_, {std::move(action), "batch:" + std::to_string(id_.number()), upload_.county, "", std::move(details)}, now_);
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    const auth::Actor& actor_;
    const Upload& upload_;
    const Register& register_;
    Instant now_;
    Date today_;
    const Contract* agreed_ = nullptr;
    std::string period_;
    BatchId id_;
    std::optional<BatchId> same_as_;
};

}  // namespace

Result<Batch> receive(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor, const Upload& upload, const Register& reg, Instant now,
                      const std::function<bool(double)>& progress) {
    TRY(auth::require(actor, auth::Right::feeds_upload));
    if (!actor.scope(auth::Right::feeds_upload).contains(upload.county)) return not_found("feeds.no_such_county");
    return Reception(database, vault, actor, upload, reg, now).run(progress);
}

Result<std::int64_t> sweep(db::Database& database) {
    return database.write([](db::Tx& tx) -> Result<std::int64_t> {
        const auto left = TRY(tx.all("SELECT id FROM feeds_batch WHERE state = 'receiving'", {}, [](const db::Row& row) { return row.id<BatchId>(0); }));
        for (const auto id : left) {
            TRY(drop_rows(tx, id));
            TRY(tx.exec("UPDATE feeds_batch SET state = 'refused', error = ? WHERE id = ?", stored::text(conflict("feeds.interrupted")), id));
        }
        return static_cast<std::int64_t>(left.size());
    });
}

}  // namespace ballast::feeds
