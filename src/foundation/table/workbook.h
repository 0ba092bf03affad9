/// What a workbook says about its sheets: names, order, where their parts lie, which cell styles are dates,
/// and the strings that cells share. Internal to `table`.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "table/stored_number.h"
#include "table/zip_file.h"

namespace ballast::table {

/// Strings end to end in blocks that never move.
class StringArena {
public:
    std::string_view add(std::string_view text);
    std::int64_t bytes() const { return bytes_; }

private:
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t left_ = 0;
    char* next_ = nullptr;
    std::int64_t bytes_ = 0;
};

struct SharedStrings {
    StringArena arena;
    std::vector<std::string_view> strings;
};

struct Workbook {
    struct Sheet {
        std::string name;
        std::string part;
    };
    std::vector<Sheet> sheets;  // visible ones, in the workbook's order
    DateSystem date_system = DateSystem::from_1900;
    std::vector<bool> style_is_date;  // by the number in a cell's s=
    std::string shared_strings_part;  // empty when there are none
};

/// Errors: "table.not_xlsx", "table.no_sheet", "table.part_malformed", those of ZipFile.
Result<Workbook> read_workbook(ZipFile& zip, const std::string& name);

/// Plain and rich text; readings given beside Chinese or Japanese text (phonetic runs) are left out.
/// Errors: "table.bomb" beyond Limits::shared_strings_bytes, those above.
Result<SharedStrings> read_shared_strings(ZipFile& zip, const Workbook& workbook, const std::string& name,
                                          const Limits& limits);

/// Resolves _x000D_ and the like, by which XLSX writes characters that XML may not hold (ECMA-376 part 1,
/// 22.9.2.19).
void unescape(std::string& text, std::size_t from = 0);

}  // namespace ballast::table
