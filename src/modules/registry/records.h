/// Households as rows: loading, and the rows that a difference makes. Inside the module only; all SQL over
/// the five tables is made here, in household_file.cpp and in import.cpp.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "registry/difference.h"
#include "registry/household.h"

namespace ballast::registry {

enum class Table : std::uint8_t { household, person, income, guarantee, field_history, name_gram };
inline constexpr std::size_t table_count = 6;
std::string_view name_of(Table table);   // "registry_person"
std::string_view stage_of(Table table);  // "registry_stage_person"
/// Its columns without `id` and `import_id`. Of a name_gram: all.
const std::vector<std::string_view>& columns_of(Table table);
/// Those that a change may write: without the origin (since, source, recorded_at).
std::vector<std::string_view> changeable_columns(Table table);

/// Where a value comes from.
struct Origin {
    Date since;          // the day for which it is said
    std::string source;  // "入户走访", "脱贫户年度更新"
    ImportId import;     // 0 when entered by hand
    std::string account;
    Instant recorded_at;
};

enum class Action : std::uint8_t { add, change, remove };  // remove: only grams of a changed name
struct Write {
    Action action;
    std::int64_t id = 0;
    std::int64_t household = 0;
    std::vector<db::Value> values;  // as columns_of(table)
};
using Writes = std::array<std::vector<Write>, table_count>;

/// Ids for new rows, taken from the database in blocks.
class Ids {
public:
    Ids(db::Tx& tx, std::int64_t block) : tx_(tx), block_(block) {}
    Result<std::int64_t> next(Table table);

private:
    db::Tx& tx_;
    std::int64_t block_;
    std::array<std::int64_t, table_count> next_{}, end_{};
};

/// Gives ids to what is new in `after`, raises its version, and adds to `writes` every row to be written.
Result<void> plan_writes(Ids& ids, const crypto::Vault& vault, const Household* before, Household& after,
                         const Difference& difference, const Origin& origin, Writes& writes);

/// Writes them now.
Result<void> write_now(db::Tx& tx, const Origin& origin, const Writes& writes);

/// Whole households for which `where` over `h` (registry_household) holds, by id.
Result<std::vector<Household>> load_households(db::Tx& tx, const crypto::Vault& vault,
                                               const std::string& where, std::span<const db::Value> values);

/// not_found "registry.no_household", also outside the scope.
Result<Household> load_household(db::Tx& tx, const crypto::Vault& vault, const auth::Scope& scope,
                                 HouseholdId id);

/// Pairs of neighbouring characters of a normalised name as numbers, each once.
std::vector<std::int64_t> name_grams(std::string_view normalised_name);

}  // namespace ballast::registry
