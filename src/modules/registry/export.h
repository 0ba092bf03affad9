/// The register as files in the format of columns.h: what comes out can be corrected and sent in again.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "registry/household.h"
#include "table/table.h"

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
/// "registry.purpose_missing"; not_found "registry.no_area" outside of the actor's areas; those of
/// table::Writer.
Result<Exported> export_register(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                                 AreaCode area, Masking masking, std::string_view purpose,
                                 const std::string& path, Instant now);

/// Households that stand in no database, for samples and hand-overs; nothing is masked. One workbook
/// `path`.xlsx, or four CSV files `path`_户信息.csv and so on; answers what was written.
Result<std::vector<std::string>> write_register(std::span<const Household> households,
                                                const std::string& path, table::Format format);

/// An empty workbook of the four sheets, with the codes on a fifth.
Result<void> write_template(const std::string& path);

}  // namespace ballast::registry
