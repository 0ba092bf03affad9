/// The staging tables of an import: how a row of a file is kept, and how all of it goes away again. Inside
/// the module only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/judgement.h"
#include "registry/records.h"

namespace ballast::registry {

/// The cells of a row as one text, to be sealed; and back.
std::string packed(const std::vector<Written>& cells);
std::vector<Written> unpacked(std::string_view text);
inline constexpr std::string_view cells_context = "registry_import_row.cells";
inline constexpr std::string_view titles_context = "registry_import_sheet.titles";
inline constexpr std::string_view file_name_context = "registry_import.file_name";

/// A sheet of the file in which our columns were found.
struct StagedSheet {
    std::string name;
    std::int64_t header_row = 0;
    std::vector<std::string> titles;
    Mapping mapping;
};
Result<std::vector<StagedSheet>> load_sheets(db::Tx& tx, const crypto::Vault& vault, ImportId id);

/// Villages of a county by name; names are compared without 镇, 乡, 村委会 and the like.
class Villages {
public:
    explicit Villages(AreaCode county);
    /// nullopt when there is none, or several of that name and no township.
    std::optional<AreaCode> named(std::string_view township, std::string_view village) const;

private:
    std::multimap<std::string, AreaCode> by_name_;
    std::map<std::int64_t, std::string> township_name_;
};

/// Removes what is staged for an import in short transactions; of the rows it keeps the refused ones when
/// `keep_refused`, for the rejects file.
Result<void> clear_stage(db::Database& database, ImportId id, bool keep_refused);

}  // namespace ballast::registry
