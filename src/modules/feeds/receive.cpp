#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "audit/audit.h"
#include "base/text.h"
#include "feeds/carried.h"
#include "feeds/receiving.h"

namespace ballast::feeds {
namespace {

Result<std::string> digest_of(const std::string& path, const std::string& name) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file) return not_found("feeds.cannot_read").with("file", name);
    crypto::Digest digest;
    std::array<std::uint8_t, 1 << 16> buffer;
    while (const auto n = std::fread(buffer.data(), 1, buffer.size(), file.get()))
        digest.add(std::span(buffer.data(), n));
    if (std::ferror(file.get())) return unavailable("feeds.cannot_read").with("file", name);
    return digest.hex();
}

/// YYYY-MM out of a name of the envelope 部门_表名_区划码_YYYYMM[DD]_批次; "" when it has none.
std::string period_in(std::string_view name) {
    for (const auto part : text::split(name.substr(0, name.rfind('.')), '_')) {
        const bool digits =
            std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || (part.size() != 6 && part.size() != 8)) continue;
        const auto month = part.substr(4, 2);
        if ((part.starts_with("19") || part.starts_with("20")) && month >= "01" && month <= "12")
            return fmt::format("{}-{}", part.substr(0, 4), month);
    }
    return "";
}

bool is_period(std::string_view text) {
    return text.size() == 7 && Date::parse(std::string(text) + "-01").has_value();
}

Result<void> drop_rows(db::Tx& tx, BatchId id) {
    TRY(tx.exec("DELETE FROM feeds_candidate WHERE row_id IN (SELECT id FROM feeds_row WHERE batch_id = ?)",
                id));
    TRY(tx.exec("DELETE FROM feeds_row WHERE batch_id = ?", id));
    return {};
}

/// Something came for the period after all.
Result<void> end_nil_reports(db::Tx& tx, AreaCode county, const std::string& feed, const std::string& period,
                             BatchId by) {
    TRY(
        tx.exec("UPDATE feeds_batch SET replaced_by = ? WHERE county = ? AND feed = ? AND period = ? AND "
                "is_nil = 1 AND state = 'applied' AND replaced_by IS NULL",
                by, county, feed, period));
    return {};
}

/// The file is at fault, or its sender's wish: the batch itself tells it. A failing database is everybody's.
bool is_the_files(const Error& error) {
    return error.kind != ErrorKind::unavailable && error.kind != ErrorKind::corrupt &&
           error.kind != ErrorKind::forbidden;
}

Result<void> of_own_department(const auth::Actor& actor, const Contract& agreed) {
    if (!actor.department().empty() && actor.department() != agreed.department)
        return forbidden("feeds.not_your_department").with("department", agreed.department_zh);
    return {};
}

/// The same sheet sent again whole must still be about as long. [assumed]
constexpr std::int64_t edition_at_least_one_in = 2;

class Reception {
public:
    Reception(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
              const Upload& upload, const Register& reg, Instant now)
        : database_(database), vault_(vault), actor_(actor), upload_(upload), register_(reg), now_(now) {
        // What it is called comes from the sender's machine.
        if (!text::valid_utf8(upload_.name) || upload_.name.empty()) upload_.name = "?";
    }

    Result<Batch> run(const Progress& progress) {
        digest_ = TRY(digest_of(upload_.path, upload_.name));
        std::optional<Error> refused;
        auto reader = table::Reader::open(upload_.path, upload_.name);
        if (!reader) {
            refused = reader.error();
        } else if (auto found = recognise(**reader, upload_.name, upload_.feed); !found) {
            refused = found.error();
        } else {
            agreed_ = found->contract;
            headings_ = std::move(found->headings);
            sent_back_ = found->rejects_of;
        }
        if (refused && !is_the_files(*refused)) return std::move(*refused);
        if (agreed_) TRY(of_own_department(actor_, *agreed_));

        TRY(database_.write([&](db::Tx& tx) { return begin(tx, refused); }));
        if (!refused) {
            auto taken = take(**reader, progress);
            if (!taken) refused = taken.error();
        }
        if (refused && !is_the_files(*refused)) {
            // Should this fail too, the sweep at the next start does it.
            std::ignore = database_.write([&](db::Tx& tx) { return forget(tx); });
            return std::move(*refused);
        }
        if (refused) TRY(database_.write([&](db::Tx& tx) { return refuse(tx, *refused); }));
        return database_.read([&](db::Tx& tx) { return batch(tx, actor_, id_); });
    }

private:
    Result<void> begin(db::Tx& tx, std::optional<Error>& refused) {
        const bool named = is_period(period_in(upload_.name));
        if (sent_back_) TRY(find_origin(tx));
        period_ = !upload_.period.empty() ? upload_.period
                  : !period_.empty()      ? period_
                  : named                 ? period_in(upload_.name)
                                          : civil_date(now_).iso().substr(0, 7);
        if (!is_period(period_)) {
            if (!refused) refused = invalid("feeds.bad_period");
            period_ = civil_date(now_).iso().substr(0, 7);
        }
        period_said_ = !upload_.period.empty() || rejects_of_ || named;
        if (!refused) refused = TRY(same_file(tx));
        id_ = BatchId(TRY(tx.number(
            "INSERT INTO feeds_batch (feed, department, county, file_name, digest, period, state, "
            "received_at, "
            "received_by, rejects_of, job_id) VALUES (?, ?, ?, ?, ?, ?, 'receiving', ?, ?, ?, ?) RETURNING "
            "id",
            {agreed_ ? agreed_->id : "", agreed_ ? agreed_->department : actor_.department(), upload_.county,
             upload_.name, digest_, period_, now_.ms, actor_.account, rejects_of_, upload_.job})));
        return {};
    }

    /// The same bytes for the same period. Where nobody has said which period that is, for whatever period
    /// they came before.
    Result<std::optional<Error>> same_file(db::Tx& tx) {
        same_as_ =
            TRY(tx.first("SELECT id FROM feeds_batch WHERE county = ? AND digest = ? AND state = 'applied' "
                         "AND replaced_by IS NULL AND (period = ? OR ? = 0) ORDER BY id LIMIT 1",
                         {upload_.county, digest_, period_, period_said_},
                         [](const db::Row& row) { return row.id<BatchId>(0); }));
        if (!same_as_) return std::optional<Error>();
        return std::optional(conflict("feeds.same_file").with("batch", std::to_string(same_as_->number())));
    }

    // Refused rows that come back stand beside the rows of the file they come from, and belong to its period.
    Result<void> find_origin(db::Tx& tx) {
        TRY(
            tx.each_row("SELECT COALESCE(rejects_of, id), period FROM feeds_batch WHERE id = ? AND county = "
                        "? AND feed = ? AND "
                        "state = 'applied' AND replaced_by IS NULL",
                        std::array{db::Value(*sent_back_), db::Value(upload_.county), db::Value(agreed_->id)},
                        [&](const db::Row& row) -> Result<void> {
                            rejects_of_ = row.id<BatchId>(0);
                            period_ = row.text(1);
                            return {};
                        }));
        return {};
    }

    Result<void> take(table::Reader& reader, const Progress& progress) {
        Receiving receiving(database_, vault_, register_, {id_, *agreed_, period_, civil_date(now_), now_});
        for (const auto& heading : headings_) TRY(receiving.sheet(reader, heading, progress));
        TRY(receiving.flush());
        if (progress && !progress(1.0)) return conflict("feeds.stopped");
        return database_.write(
            [&](db::Tx& tx) { return publish(tx, receiving.counts(), receiving.carried()); });
    }

    Result<void> publish(db::Tx& tx, Counts counts, std::int64_t carried) {
        // One after the other in a county, or two files could each overlook the other.
        TRY(take_turn(tx, upload_.county));
        if (auto same = TRY(same_file(tx))) return std::move(*same);
        const auto replaces = TRY(earlier_edition(tx, counts));
        if (replaces) TRY(replace_whole(tx, *replaces));
        TRY(replace_by_row(tx));
        const auto ended = TRY(drop_ended(tx, id_));
        counts.matched -= ended;
        counts.candidate += ended;
        TRY(end_nil_reports(tx, upload_.county, agreed_->id, period_, id_));
        const auto applied =
            TRY(tx.exec("UPDATE feeds_batch SET state = 'applied', rows_matched = ?, rows_candidate = ?, "
                        "rows_unmatched = ?, "
                        "rows_invalid = ?, totals_dropped = ?, replaces = ?, is_nil = ? WHERE id = ? AND "
                        "state = 'receiving'",
                        counts.matched, counts.candidate, counts.unmatched, counts.invalid,
                        counts.totals_dropped, replaces, counts.rows() == 0, id_));
        // Another program has swept it away, taking it for what a killed one left.
        if (applied != 1) return conflict("feeds.interrupted");
        return record(
            tx, "feeds.receive",
            fmt::format(
                R"({{"feed":"{}","period":"{}","rows":{},"matched":{},"candidate":{},"unmatched":{},"invalid":{},"carried":{}}})",
                agreed_->id, period_, counts.rows(), counts.matched, counts.candidate, counts.unmatched,
                counts.invalid, carried - ended));
    }

    /// The batch whose corrected edition this one is: the same sheet of the same period under the same name
    /// of the agreed envelope. A name without a period ("导出.xlsx") says nothing.
    Result<std::optional<BatchId>> earlier_edition(db::Tx& tx, const Counts& counts) {
        if (period_in(upload_.name).empty() || rejects_of_) return std::optional<BatchId>();
        std::optional<BatchId> earlier;
        std::int64_t rows = 0;
        TRY(
            tx.each_row("SELECT id, rows_matched + rows_candidate + rows_unmatched + rows_invalid FROM "
                        "feeds_batch WHERE county = ? "
                        "AND feed = ? AND period = ? AND file_name = ? AND state = 'applied' AND replaced_by "
                        "IS NULL AND rejects_of IS NULL",
                        std::array{db::Value(upload_.county), db::Value(agreed_->id), db::Value(period_),
                                   db::Value(upload_.name)},
                        [&](const db::Row& row) -> Result<void> {
                            earlier = row.id<BatchId>(0);
                            rows = row.integer(1);
                            return {};
                        }));
        if (earlier && counts.rows() * edition_at_least_one_in < rows)
            return conflict("feeds.much_shorter")
                .with("batch", std::to_string(earlier->number()))
                .with("before", std::to_string(rows))
                .with("now", std::to_string(counts.rows()));
        return earlier;
    }

    Result<void> replace_whole(db::Tx& tx, BatchId earlier) {
        TRY(
            tx.exec("UPDATE feeds_row SET superseded_by = ? WHERE superseded_by IS NULL AND batch_id IN "
                    "(SELECT id FROM "
                    "feeds_batch WHERE state = 'applied' AND (id = ? OR rejects_of = ?))",
                    id_, earlier, earlier));
        TRY(
            tx.exec("UPDATE feeds_batch SET replaced_by = ? WHERE state = 'applied' AND replaced_by IS NULL "
                    "AND (id = ? OR rejects_of = ?)",
                    id_, earlier, earlier));
        return {};
    }

    // What this file says about a thing takes the place of what earlier ones said about it. Rows that were
    // refused and come back corrected leave their own file's other rows alone: two bills of one day are not
    // one corrected bill. Of those they replace only what says exactly the same.
    Result<void> replace_by_row(db::Tx& tx) {
        const std::string in_force =
            "UPDATE feeds_row SET superseded_by = ? WHERE superseded_by IS NULL AND batch_id IN "
            "(SELECT id FROM feeds_batch WHERE county = ? AND state = 'applied' AND ";
        const BatchId origin = rejects_of_.value_or(BatchId(0));
        TRY(tx.exec(in_force + "id <> ? AND COALESCE(rejects_of, 0) <> ?) AND row_key IN (SELECT row_key "
                               "FROM feeds_row WHERE "
                               "batch_id = ? AND row_key IS NOT NULL)",
                    id_, upload_.county, origin, rejects_of_ ? origin.number() : -1, id_));
        if (!rejects_of_) return {};
        TRY(tx.exec(in_force + "(id = ? OR rejects_of = ?)) AND row_said IN (SELECT row_said FROM feeds_row "
                               "WHERE batch_id = ? AND "
                               "row_said IS NOT NULL)",
                    id_, upload_.county, origin, origin, id_));
        return {};
    }

    Result<void> refuse(db::Tx& tx, const Error& why) {
        TRY(drop_rows(tx, id_));
        TRY(tx.exec("UPDATE feeds_batch SET state = 'refused', same_as = ?, error = ? WHERE id = ?", same_as_,
                    stored::text(why), id_));
        return record(tx, "feeds.refuse", fmt::format(R"({{"reason":"{}"}})", why.id));
    }

    Result<void> forget(db::Tx& tx) {
        TRY(drop_rows(tx, id_));
        TRY(tx.exec("DELETE FROM feeds_batch WHERE id = ? AND state = 'receiving'", id_));
        return {};
    }

    Result<void> record(db::Tx& tx, std::string action, std::string details) {
        return audit::record(tx, vault_, actor_,
                             {std::move(action), "batch:" + std::to_string(id_.number()), upload_.county, "",
                              std::move(details)},
                             now_);
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    const auth::Actor& actor_;
    Upload upload_;
    const Register& register_;
    const Instant now_;
    std::string digest_, period_;
    bool period_said_ = false;  // by the sender, in the form, the file's name, or the rejects' origin
    const Contract* agreed_ = nullptr;
    std::vector<Heading> headings_;
    std::optional<BatchId> sent_back_;   // as the file says
    std::optional<BatchId> rejects_of_;  // as it is
    std::optional<BatchId> same_as_;
    BatchId id_;
};

}  // namespace

Result<void> may_send(const auth::Actor& actor, AreaCode county, std::string_view feed) {
    TRY(auth::require(actor, auth::Right::feeds_upload));
    if (!actor.scope(auth::Right::feeds_upload).contains(county)) return not_found("feeds.no_such_county");
    if (feed.empty()) return {};
    return of_own_department(actor, *TRY(contract(feed)));
}

Result<Batch> receive(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                      const Upload& upload, const Register& reg, Instant now, const Progress& progress) {
    TRY(may_send(actor, upload.county, ""));
    return Reception(database, vault, actor, upload, reg, now).run(progress);
}

Result<Batch> report_nothing(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                             AreaCode county, const std::string& feed, const std::string& period,
                             Instant now) {
    TRY(may_send(actor, county, feed));
    const Contract& agreed = *TRY(contract(feed));
    if (!is_period(period)) return invalid("feeds.bad_period");
    if (period > civil_date(now).iso().substr(0, 7))
        return conflict("feeds.period_ahead").with("period", period);
    // Held until the end, or a file could come in between.
    TRY(take_turn(tx, county));
    if (TRY(tx.number(
            "SELECT COUNT(*) FROM feeds_batch WHERE county = ? AND feed = ? AND period = ? AND state "
            "= 'applied' AND replaced_by IS NULL",
            {county, feed, period})) > 0)
        return conflict("feeds.delivered_already").with("period", period);
    const BatchId id(TRY(tx.number(
        "INSERT INTO feeds_batch (feed, department, county, file_name, digest, period, state, received_at, "
        "received_by, is_nil) VALUES (?, ?, ?, '', ?, ?, 'applied', ?, ?, 1) RETURNING id",
        {feed, agreed.department, county, "nil:" + feed, period, now.ms, actor.account})));
    TRY(audit::record(tx, vault, actor,
                      {"feeds.nil", "batch:" + std::to_string(id.number()), county, "",
                       fmt::format(R"({{"feed":"{}","period":"{}"}})", feed, period)},
                      now));
    return batch(tx, actor, id);
}

Result<std::int64_t> sweep(db::Database& database) {
    return database.write([](db::Tx& tx) -> Result<std::int64_t> {
        const auto left = TRY(tx.all("SELECT id FROM feeds_batch WHERE state = 'receiving'", {},
                                     [](const db::Row& row) { return row.id<BatchId>(0); }));
        for (const auto id : left) {
            TRY(drop_rows(tx, id));
            TRY(tx.exec("UPDATE feeds_batch SET state = 'refused', error = ? WHERE id = ?",
                        stored::text(conflict("feeds.interrupted")), id));
        }
        return static_cast<std::int64_t>(left.size());
    });
}

}  // namespace ballast::feeds
