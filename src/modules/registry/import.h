/// A register file on its way in: received into a staging area, judged row by row against what is on file,
/// looked at by a person, published in one short transaction.
///
///     receive ──> staged ──> apply ──> applied        discard, or a newer file, ends it otherwise
///
/// A household in which any row is refused is refused whole; the others go on. Nothing of the register
/// changes before `apply`, and `apply` is one transaction: a kill at any moment leaves all of it or nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "registry/columns.h"
#include "registry/editing.h"
#include "registry/validation.h"
#include "table/table.h"
#include "words/words.h"

namespace ballast::registry {

struct Submission {
    AreaCode county;     // all households must lie in it
    std::string name;    // what the user calls it; kept sealed
    std::string source;  // "脱贫户年度更新": shown in every field's history
    Date as_of;          // the day for which it speaks
};
struct File {
    std::string path;  // where it lies now
    std::string name;  // what the user called it, for messages
};

struct Progress {
    enum class Step : std::uint8_t { reading, judging, publishing } step = Step::reading;
    double done = 0;  // 0..1 of the step
};
using OnProgress = std::function<void(const Progress&)>;

/// Counts of rows and of households by verdict.
struct ImportCounts {
    std::int64_t rows_new = 0, rows_changed = 0, rows_unchanged = 0, rows_rejected = 0;
    std::int64_t households_new = 0, households_changed = 0, households_unchanged = 0,
                 households_rejected = 0;
    std::int64_t people = 0;  // rows of 成员信息
};

struct Import {
    ImportId id;
    AreaCode county;
    std::string name, source, account;
    std::string state;  // "receiving" | "staged" | "applied" | "discarded" | "failed"
    Date as_of;
    Instant received_at;
    std::optional<Instant> applied_at;
    ImportCounts counts;
    std::optional<ImportId> same_file_as;  // an earlier import of the very same bytes
};

/// Enters an import that is still to be read, so that a job can be promised for it.
/// Errors: invalid "registry.not_a_county"; not_found "registry.no_area" outside the actor's scope.
Result<ImportId> announce(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                          const Submission& submission, Instant now);

/// Reads, stages and judges its files (one workbook, or several CSV files); writes in short transactions, so
/// that others work on meanwhile. May be begun again after a kill.
///
/// Errors: those of table::Reader; invalid "registry.no_sheet" (no header of ours was found) {file},
/// "registry.column_missing" {file} {sheet} {column}, "registry.column_twice"; not_found "registry.no_file";
/// conflict "registry.import_state" unless it is receiving. The import is then "failed".
Result<void> read(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor, ImportId id,
                  const std::vector<File>& files, Date today, Instant now, const OnProgress& progress = {});

/// Both.
Result<ImportId> receive(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                         const Submission& submission, const std::vector<File>& files, Date today,
                         Instant now, const OnProgress& progress = {});

/// not_found "registry.no_import", also outside the scope.
Result<Import> find_import(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ImportId id);
/// Newest first.
Result<std::vector<Import>> list_imports(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                                         int limit);

enum class Verdict : std::uint8_t { added, changed, unchanged, rejected };
std::string_view name_of(Verdict verdict);  // "new" | "changed" | "unchanged" | "rejected"

/// A field that would change; sensitive values are "***".
struct FieldChange {
    std::string field;
    std::string before;
    std::string after;
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};
struct PreviewRow {
    std::string sheet;  // as the file calls it
    std::int64_t row = 0;
    Sheet kind = Sheet::household;
    std::string household_no;
    std::optional<HouseholdId> household;  // when it is on file already
    std::string name;                      // of the member; else ""
    Verdict verdict = Verdict::rejected;
    std::vector<FieldChange> changes;
    std::vector<Finding> findings;  // errors, then warnings
};
struct PreviewFilter {
    std::optional<Verdict> verdict;
    bool with_findings = false;  // only rows that have an error or a warning
    std::int64_t offset = 0;
    std::int64_t limit = 100;
};
struct Preview {
    std::vector<PreviewRow> rows;
    std::int64_t total = 0;  // that the filter lets through
};
Result<Preview> preview(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, ImportId id,
                        const PreviewFilter& filter);

/// Publishes what was staged. Households that somebody changed since they were judged stay as they are and
/// are counted; the file may simply be received again.
///
/// conflict "registry.import_state" {state} unless it is staged.
struct Applied {
    std::int64_t households = 0;  // new or changed
    std::int64_t overtaken = 0;   // changed by others meanwhile, left alone
};
/// `follow` is called within the transaction with whoever is now on file as another row than before.
using OnSuccessions = std::function<Result<void>(db::Tx&, const std::vector<Succession>&)>;
Result<Applied> apply(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                      ImportId id, Instant now, const OnSuccessions& follow = {});
Result<void> discard(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                     ImportId id, Instant now);

/// A workbook of the refused rows: their own columns as they came, and the reasons in one more, which an
/// import passes over. Answers how many rows it holds.
Result<std::int64_t> rejects(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                             ImportId id, const std::string& path, words::Language language);

/// Ends imports that a killed program left "receiving" or half cleaned. For the start of a server or a
/// command.
Result<void> sweep(db::Database& database, Instant now);

}  // namespace ballast::registry
