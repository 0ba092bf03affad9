/// A county in one file: a zip archive with the database as it is at one moment, the settings, the received
/// files (encrypted as they lie) and `manifest.json` with a BLAKE2b-256 sum of each.
#pragma once

#include <cstdint>
#include <string>

#include "context/context.h"

namespace ballast::cli {

enum class BackupKey : std::uint8_t { left_out, included };

/// The size of the file. Others may go on working. conflict "cli.backup.exists" {file}; unavailable
/// "app.cannot_write" {path}, "cli.backup.postgresql" (its own pg_dump does it better).
Result<std::int64_t> backup(const delivery::Context& context, const std::string& file, BackupKey key);

/// Into an absent or empty directory; on an error nothing is left there. Whether the key was in it.
/// conflict "app.directory_not_empty" {path}; not_found "cli.restore.no_file" {file}; corrupt
/// "cli.restore.damaged" {file, entry}.
Result<BackupKey> restore(const std::string& file, const std::string& directory);

}  // namespace ballast::cli
