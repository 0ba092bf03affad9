/// What was staged of an import, judged against the register some hundred households at a time: a verdict for
/// every row, and what will be published, ready to be copied. Inside the module only.
#pragma once

#include <span>
#include <string>

#include "registry/import.h"

namespace ballast::registry {

/// Stands for 户编号 in a file that names a household by its head, by the keyed hash of the head's ID number;
/// no number begins so.
std::string head_key(std::span<const std::uint8_t> id_lookup);

/// `rows`: how many were staged, for the progress. Errors: those of the database.
Result<ImportCounts> judge_staged(db::Database& database, const crypto::Vault& vault,
                                  const auth::Actor& actor, const Submission& submission, ImportId id,
                                  std::int64_t rows, Date today, Instant now, const OnProgress& progress);

}  // namespace ballast::registry
