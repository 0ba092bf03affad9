/// Finds the row of column titles under the title rows of an office's sheet, and tells rows of totals from
/// data.
///
/// One pass finds the header, a second reads the data below it:
///
///   const auto header = TRY(table::find_header(*reader, sheet, columns));
///   TRY(reader->read(sheet, [&](const table::Row& row) -> Result<void> {
///       if (row.number <= header.row || table::is_total_row(row.cells)) return {};
///       const table::Cell& name = header.cell(row, name_column);
///       ...
///
/// Where several kinds of sheet are possible, give each kind a HeaderSearch and take the one whose best()
/// knows the most columns.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/table.h"

namespace ballast::table {

/// No two columns of a sheet may share a title or a synonym.
struct KnownColumn {
    std::string title;  // as messages name it
    std::vector<std::string> synonyms = {};
    bool required = false;
};

/// How titles are compared: in half width and lower case, without blanks, line ends, the star of a field that
/// must be filled, a colon at the end, and (必填), (选填) or (元) at the end. Other units stay: (万元) is not
/// (元).
std::string plain_title(std::string_view title);

struct Header {
    std::int64_t row = 0;                             // 0: nothing that could be a header
    std::vector<std::string> titles;                  // of the row as it is written, trimmed
    std::vector<std::vector<std::size_t>> positions;  // of each known column in the file, from 0

    /// How many known columns it holds.
    std::size_t known() const;
    /// Where a known column stands; its first place when it is doubled.
    std::optional<std::size_t> position(std::size_t column) const;
    /// The cell of a known column; an empty one when the row or the file lacks it.
    const Cell& cell(const Row& of, std::size_t column) const;
};

/// Looks at rows one after the other and keeps the one that holds the most known columns, of equals the
/// first. A single title that is known is no header, unless only one is known at all: data may hold such a
/// word.
class HeaderSearch {
public:
    explicit HeaderSearch(std::span<const KnownColumn> columns, std::int64_t within_rows = 20);
    void look_at(const Row& row);
    const Header& best() const { return best_; }
    /// The header, when nothing is wrong with it. Errors, both invalid:
    ///   "table.missing_columns" {sheet} {columns} {found}; of `found`, cells with four digits and more are
    ///                           left out, lest a row of data shows in a message
    ///   "table.doubled_column"  {sheet} {column} {letters}
    Result<Header> checked(std::string_view sheet) const;

private:
    struct Title {
        std::string plain;
        std::size_t column;
    };
    std::vector<KnownColumn> columns_;
    std::vector<Title> titles_;  // sorted
    std::int64_t within_rows_;
    Header best_;
};

/// Errors: those of HeaderSearch::checked with {file}, and of Reader::read.
Result<Header> find_header(Reader& reader, std::size_t sheet, std::span<const KnownColumn> columns,
                           std::int64_t within_rows = 20);

/// Rows of sums: 合计, 总计, 小计, 共计, 累计 in the first two filled cells, alone (合 计, 合计：), before a
/// bracket, colon or number (合计（人）, 合计35户), or ending the first one (新市坝镇小计, 本页合计). A row
/// that holds something like an ID number is never one.
bool is_total_row(std::span<const Cell> cells);

}  // namespace ballast::table
