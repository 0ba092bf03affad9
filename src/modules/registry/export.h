/// The register as files in the format of columns.h: what comes out can be corrected and sent in again.
#pragma once

#include <string>
#include <string_view>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::registry {

enum class Masking : std::uint8_t { masked, clear };

struct Exported {
    std::int64_t households = 0;
    std::int64_t people = 0;
};

/// A workbook of the four sheets with the households of `area` that the actor may export; IDs as text. Clear
/// values need the right to unmask and a purpose; both kinds are recorded, with the number of people.
///
/// Errors: forbidden "registry.may_not_export", "registry.may_not_unmask"; invalid
/// "registry.purpose_missing"; those of table::Writer.
Result<Exported> export_register(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                                 AreaCode area, Masking masking, std::string_view purpose,
                                 const std::string& path, Instant now);

/// An empty workbook of the four sheets, with the codes on a fifth.
Result<void> write_template(const std::string& path);

}  // namespace ballast::registry
