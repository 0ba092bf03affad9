/// Department files: received, checked against their contract, linked to people, kept for the rules, answered
/// to the sender.
///
/// A file is written to the database in pieces that nobody sees, and published by one short change of its
/// batch's state; a kill before that leaves nothing but a batch in state `receiving`, which `sweep` removes.
/// Always: rows = matched + candidate + unmatched + invalid.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "feeds/contract.h"
#include "feeds/link.h"
#include "words/words.h"

namespace ballast::feeds {

struct BatchTag;
struct RowTag;
using BatchId = Id<BatchTag>;
using RowId = Id<RowTag>;

struct Counts {
    std::int64_t matched = 0, candidate = 0, unmatched = 0, invalid = 0, totals_dropped = 0;
    std::int64_t accepted() const { return matched + candidate + unmatched; }
    std::int64_t rows() const { return accepted() + invalid; }
    std::int64_t& of(State state);
};

struct Batch {
    BatchId id;
    std::string feed;  // "" when the file could not be recognised
    std::string department;
    AreaCode county;
    std::string file;
    std::string period;  // YYYY-MM
    enum class State : std::uint8_t { receiving, applied, refused } state = State::receiving;
    Instant received_at;
    std::string received_by;
    Counts counts;
    std::optional<BatchId> same_as;     // refused, because these very bytes were received then
    std::optional<BatchId> rejects_of;  // refused rows of that batch, corrected
    std::optional<BatchId> replaces;    // the edition of this sheet that it takes the place of, whole
    std::optional<BatchId> replaced_by;
    std::int64_t decided = 0;         // rows of which a person has said whom they mean; within the counts
    std::optional<std::int64_t> job;  // the work that receives and screens it, as its order said
    bool nil = false;                 // 零报告: there was nothing to report
    std::optional<Error> error;       // why it was refused
};
std::string_view name_of(Batch::State state);

/// What linking needs of a county, read once and used for any number of files.
struct Register {
    LinkIndex index;
    Places places;
};
Result<Register> load_register(db::Tx& tx, const auth::Scope& scope, AreaCode county);

struct Upload {
    std::string path;
    std::string name;  // as the sender called it
    AreaCode county;
    std::string feed;                      // "" : recognised by the columns
    std::string period;                    // "" : from the file's name, else the month of `now`
    std::optional<std::int64_t> job = {};  // whose work this is
};

/// Receives one file, wholly or not at all. A file that cannot be used (wrong columns, damaged, received
/// before) gives a batch in state `refused` that says why; the Result's own errors are those of the database
/// and of rights:
///   forbidden "feeds.not_your_department"; not_found "feeds.no_such_county", "feeds.cannot_read"
/// `progress` is called with the share done (0..1) and may return false to stop: the batch is then refused as
/// "feeds.stopped". A failing database leaves no batch at all.
///
/// What a later file replaces:
///   - under the same name of the agreed envelope (with its period), the same sheet of the same period is a
///     corrected edition: it takes the earlier one's place whole, what it leaves out is withdrawn. One with
///     less than half of the rows is refused ("feeds.much_shorter"): it looks like a part.
///   - otherwise its rows take the place of earlier rows about the same thing (`row_key` of the contract):
///   the same
///     stay in hospital with other amounts is a correction.
///   - a rejects workbook sent back stands beside the rows of the file that it comes from.
Result<Batch> receive(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                      const Upload& upload, const Register& reg, Instant now,
                      const std::function<bool(double)>& progress = {});

/// Whether `receive` will take such a file from this sender, said before it is read; `feed` may be "".
/// Errors: forbidden "auth.not_allowed", "feeds.not_your_department"; not_found "feeds.no_such_county",
/// "feeds.no_such_feed".
Result<void> may_send(const auth::Actor& actor, AreaCode county, std::string_view feed);

/// 零报告: the department has nothing to report of that sheet for that period; it then counts as delivered. A
/// file with its headings and no row says the same. What comes for the period after all takes its place.
///
/// Errors: those of `may_send`; invalid "feeds.bad_period"; conflict "feeds.period_ahead" {period},
/// "feeds.delivered_already" {period}.
Result<Batch> report_nothing(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                             AreaCode county, const std::string& feed, const std::string& period,
                             Instant now);

/// Removes what files left behind that were being received when the program died. Called once at start.
Result<std::int64_t> sweep(db::Database& database);

/// Newest first. A department's clerk sees their own department's only.
struct BatchQuery {
    std::string feed;
    std::int64_t offset = 0, limit = 20;
};
Result<std::vector<Batch>> batches(db::Tx& tx, const auth::Actor& actor, const BatchQuery& query,
                                   std::int64_t* total);
Result<Batch> batch(db::Tx& tx, const auth::Actor& actor, BatchId id);  // not_found "feeds.no_such_batch"

struct Reason {
    State state;
    std::string reason;
    std::int64_t count;
};
Result<std::vector<Reason>> reasons(db::Tx& tx, const auth::Actor& actor, BatchId id);

struct SentRow {
    RowId id;
    std::string sheet;
    std::int64_t row_number = 0;
    State state = State::unmatched;
    std::optional<Error> reason;  // id and {places}; invalid and unmatched rows, and candidates
    std::string name;
    std::string id_masked;      // "" when the row has none
    std::optional<Date> birth;  // as a sound number tells
    Sex sex = Sex::unknown;
    std::string place;
    std::vector<std::pair<std::string, std::string>>
        values;  // title, as sent; protected columns only when `unmasked`
    struct Meant {
        registry::PersonId person;
        registry::HouseholdId household;
    };
    /// The one matched, or the candidates, likeliest first; for who may confirm. A sender is told nothing of
    /// the register.
    std::vector<Meant> people;
    struct Decision {
        State verdict;  // matched: confirmed; unmatched: none of the candidates
        std::string by;
        Instant at;
        /// Decided about an earlier row of the sender that is written alike; this file's.
        std::optional<BatchId> carried_from = {};
        std::int64_t also = 0;  // rows of other files that an undo would reopen with it
    };
    std::optional<Decision> decision;  // by a person
};
struct RowQuery {
    std::optional<State> state;
    std::string reason;
    std::int64_t offset = 0, limit = 20;
    bool accepted = false;  // all but the invalid ones
    bool decided = false;   // those only that a person has decided
};
Result<std::vector<SentRow>> rows(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                  BatchId id, const RowQuery& query, std::int64_t* total);

/// The invalid rows as a workbook at `path`: batch, row, the sheet's own columns, and why. What was protected
/// goes back as it came, to its sender, which is recorded. Answers how many there are. not_found
/// "feeds.no_rejects".
Result<std::int64_t> write_rejects(db::Database& database, const crypto::Vault& vault,
                                   const auth::Actor& actor, BatchId id, const std::string& path,
                                   words::Language language, Instant now);

/// What the rules read: matched rows of applied batches that nothing later has replaced.
struct Fact {
    RowId row;
    BatchId batch;
    std::string sheet;
    std::int64_t row_number = 0;
    std::string feed;
    std::string period;
    registry::PersonId person;
    registry::HouseholdId household;
    std::optional<Date> happened_on;  // by the contract's date_field
    std::vector<std::string> values;  // by column of the contract, canonical
};
/// Every fact of the households in `scope` since `since` (by the batch's period), in the order of batches and
/// rows; of one household only, when it is named.
Result<void> each_fact(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                       std::string_view since_period, const std::function<Result<void>(const Fact&)>& each,
                       const std::optional<registry::HouseholdId>& household = {});
/// The households that a batch's matched rows touch, and those whose rows it replaced; and where they live.
struct Touched {
    registry::HouseholdId household;
    AreaCode village;
};
Result<std::vector<Touched>> touched_by(db::Tx& tx, const auth::Scope& scope, BatchId id);

/// Rows as evidence: where each stands and what it says, amounts and dates included, but no diagnosis or
/// certificate.
struct EvidenceRow {
    RowId row;
    BatchId batch;
    std::string sheet;
    std::int64_t row_number = 0;
    std::string feed;
    std::string file;
    std::string period;
    Instant received_at;
    registry::PersonId person;
    std::string name;
    std::vector<std::pair<std::string, std::string>> values;  // title, as sent
};
Result<std::vector<EvidenceRow>> evidence(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                          std::span<const RowId> rows);
/// Whether any of these rows says nothing any more: its sender has replaced it, or who confirmed whom it
/// means has taken that back.
Result<bool> withdrawn(db::Tx& tx, std::span<const RowId> rows);

}  // namespace ballast::feeds
