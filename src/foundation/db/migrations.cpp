#include "db/migrations.h"

#include <algorithm>
#include <map>

#include "crypto/crypto.h"
#include "db/dialect.h"

namespace ballast::db {
namespace {

std::string checksum(const Migration& migration) {
    return crypto::digest_hex(
        {reinterpret_cast<const std::uint8_t*>(migration.sql.data()), migration.sql.size()});
}

// Inside every step's transaction, because another process may be at the same work.
Result<void> take_lock(Tx& tx) {
    const auto sql = migration_lock(tx.engine());
    if (!sql.empty()) TRY(tx.run(sql, {}));
    return {};
}

Result<std::map<std::int64_t, std::string>> applied(Tx& tx) {
    TRY(take_lock(tx));
    TRY(
        tx.exec("CREATE TABLE IF NOT EXISTS db_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL,"
                " checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)"));
    std::map<std::int64_t, std::string> checksums;
    TRY(tx.each_row("SELECT number, checksum FROM db_migration", {}, [&](const Row& row) -> Result<void> {
        checksums[row.integer(0)] = row.text(1);
        return {};
    }));
    return checksums;
}

// Looks through all before anything is changed, so that a program which does not fit leaves the database as
// it was.
Result<std::vector<Migration>> missing(Tx& tx, std::span<const Migration> ours) {
    auto theirs = TRY(applied(tx));
    std::vector<Migration> out;
    for (const Migration& migration : ours) {
        const auto found = theirs.find(migration.number);
        if (found == theirs.end()) {
            out.push_back(migration);
            continue;
        }
        if (found->second != checksum(migration))
            return corrupt("db.migration_changed").with("migration", migration.name);
        theirs.erase(found);
    }
    if (!theirs.empty())
        return conflict("db.newer_program").with("number", std::to_string(theirs.rbegin()->first));
    return out;
}

/// False when another process was faster.
Result<bool> apply(Tx& tx, const Migration& migration, Instant now) {
    if (TRY(applied(tx)).contains(migration.number)) return false;
    for (const std::string& statement : statements_of(for_engine(migration.sql, tx.engine())))
        TRY(tx.run(statement, {}));
    TRY(tx.exec("INSERT INTO db_migration (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
                migration.number, migration.name, checksum(migration), now.ms));
    return true;
}

}  // namespace

Result<int> migrate(Database& database, std::span<const Migration> all, Instant now) {
    std::vector<Migration> ours(all.begin(), all.end());
    std::ranges::sort(ours, {}, &Migration::number);
    const bool numbers_are_unique = std::ranges::adjacent_find(ours, {}, &Migration::number) == ours.end();
    INVARIANT(numbers_are_unique);

    const auto to_do = TRY(database.write([&](Tx& tx) { return missing(tx, ours); }));
    int done = 0;
    for (const Migration& migration : to_do)
        done += TRY(database.write([&](Tx& tx) { return apply(tx, migration, now); }));
    return done;
}

}  // namespace ballast::db
