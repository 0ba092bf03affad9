/// Posts and wishes as an office sends them: a sheet (XLSX or CSV) that is taken whole or not at all, every
/// fault said with its row. A sheet that was taken may be sent again: posts are then the same ones, wishes
/// are saved once more only when they were asked for later.
#pragma once

#include <string>
#include <vector>

#include "employment/desk.h"

namespace ballast::employment {

struct RowFault {
    std::int64_t row;  // as a spreadsheet shows it
    Error what;
};
struct SheetTaken {
    std::int64_t rows = 0;     // read
    std::int64_t changed = 0;  // posts added, wishes saved; 0 when there is a fault
    std::vector<RowFault> faults;
    bool accepted() const { return faults.empty(); }
};

/// An empty workbook to fill in: the columns, those that must be filled with a star, and a second sheet with
/// what may stand in them. Error: unavailable "table.cannot_write".
Result<void> write_post_template(const std::string& path);
Result<void> write_wish_template(const std::string& path);

/// One row a post. Errors: forbidden "auth.not_allowed"; those of table::Reader and table::find_header;
/// invalid "employment.sheet_empty", "employment.sheet_too_long" {most}. Faults of rows: those of `add_post`;
/// "employment.cell_missing" {column}, "employment.cell_wrong" {column}: the value itself stays out of the
/// message, it may be somebody's number.
Result<SheetTaken> take_posts(db::Tx& tx, const Desk& desk, const std::string& path, const std::string& file);

/// One row a person, found by the ID number inside the actor's areas. Errors as above. Faults of rows: those
/// of `save_profile`; "employment.cell_missing", "employment.cell_wrong"; "employment.no_person",
/// "employment.person_twice" {row}, "employment.name_differs", "employment.asked_before" {on}: later wishes
/// are on file.
Result<SheetTaken> take_wishes(db::Tx& tx, const Desk& desk, const std::string& path,
                               const std::string& file);

}  // namespace ballast::employment
