/// Sheets in and out: CSV (UTF-8 with or without byte-order mark, GB18030, UTF-16 with its mark) and XLSX.
/// Read row by row in constant memory, whatever the size of the file; written the same way.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ballast::table {

/// A cell as its file holds it; nothing has been guessed yet. A CSV holds only text and empty cells.
struct Cell {
    enum class Kind : std::uint8_t {
        empty,
        text,
        number,  // `text` is the plain decimal number. A fraction is cut to the 15 significant digits that a
                 // spreadsheet shows (1234.5599999999999 is stored, 1234.56 was meant). Whole parts of 15
                 // digits and more stay as stored and are marked `digits_damaged`: a spreadsheet has lost the
                 // rest.
        date,    // a number under a date format; `text` is YYYY-MM-DD, a time of day is dropped
        truth,   // `text` is TRUE or FALSE
        formula_without_value,  // the program that wrote the file did not calculate
        error,                  // #N/A, #REF! ...: `text` holds it
    };
    Kind kind = Kind::empty;
    std::string_view text;
    bool digits_damaged = false;
    bool from_formula = false;
};

/// Empty cells at the end are left out.
struct Row {
    std::string_view sheet;
    std::int64_t number;  // as a spreadsheet shows it beside the row, from 1
    std::span<const Cell> cells;
};

/// How much a file may ask of us. The refusals, each with {file} and where it applies {sheet} (empty for
/// CSV), {row}, {column} (letters); all invalid:
///   "table.empty"            no bytes, or nothing but a byte-order mark
///   "table.not_xlsx"         neither a workbook nor text: another kind of file, a zip that is no workbook
///   "table.no_sheet"         a workbook without a visible sheet
///   "table.xls_old"          the workbook format of before 2007
///   "table.encrypted"        protected by a password
///   "table.truncated"        the file ends too early, or its checksums are wrong
///   "table.bomb"             {limit} MB: unpacks to more than Limits
///   "table.malformed", "table.part_malformed" {part}
///                            XML that is none, references that lead nowhere, entities
///   "table.encoding"         neither UTF-8 nor GB18030
///   "table.nul"              zero bytes in a text
///   "table.quote_open"       a quote that is never closed; {row} is where it opens
///   "table.line_too_long"    {limit} bytes in a row
///   "table.too_many_columns" {limit}
/// and unavailable "table.cannot_read": no such file, or the disk fails.
struct Limits {
    std::int64_t line_bytes = 1 << 20;
    std::int64_t columns = 1'000;
    std::int64_t unpacked_bytes = 8LL << 30;
    std::int64_t unpack_ratio = 200;  // of one zip member, checked beyond 64 MB
    std::int64_t shared_strings_bytes = 1LL << 30;
};

enum class Format : std::uint8_t { csv, xlsx };

class Reader {
public:
    virtual ~Reader() = default;
    /// By content, not by name. `name` is what the user called the file, for messages.
    static Result<std::unique_ptr<Reader>> open(const std::string& path, std::string name,
                                                const Limits& limits = {});
    virtual Format format() const = 0;
    virtual const std::string& name() const = 0;
    /// In the workbook's order. Hidden sheets are left out: their authors did not mean to send them. One,
    /// named "", for CSV.
    virtual std::vector<std::string> sheets() const = 0;
    /// Every row of a sheet in order, empty ones too (when a later row is not). Cells live until `each`
    /// returns. An error that `each` returns ends the reading and is returned. A sheet may be read again.
    virtual Result<void> read(std::size_t sheet, const std::function<Result<void>(const Row&)>& each) = 0;
    /// Bytes consumed so far over bytes in all, for progress; may be asked from another thread.
    virtual double progress() const = 0;
};

/// "A", "Z", "AA": the spreadsheet's letters of a column counted from 0.
std::string column_letters(std::size_t column);

/// XLSX in constant memory, or CSV (UTF-8 with byte-order mark, CRLF). IDs and codes are Type::text and stay
/// text, also when a clerk types a new one below. A cell that is not what its column's type says (a value
/// that was refused, a number of more than 15 digits) is written as text, unchanged. Money, numbers and dates
/// come as plain text: "12345.67", "2026-11-23".
///
/// In a CSV, a text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end)
/// gets an apostrophe before it, which our reader takes off again; other leading apostrophes stay.
class Writer {
public:
    enum class Type : std::uint8_t { text, number, money, date };
    struct Column {
        std::string title;
        Type type = Type::text;
        double width = 12;
    };
    virtual ~Writer() = default;
    /// Writes beside `path`, under another name, until finish(). Error: unavailable, "table.cannot_write".
    static Result<std::unique_ptr<Writer>> create(const std::string& path, Format format);
    /// Begins a sheet: the title when there is one, the column titles (frozen, with a filter), the rows. Of a
    /// name, what a spreadsheet does not allow is replaced by "_". A CSV has one sheet.
    virtual Result<void> sheet(const std::string& name, std::span<const Column> columns,
                               std::string_view title = {}) = 0;
    /// Errors, all invalid: "table.too_many_rows" {sheet} {limit}: 1,048,576 is what a sheet holds;
    /// "table.cell_too_long" {sheet} {row} {column} {limit}.
    virtual Result<void> row(std::span<const std::string> cells) = 0;
    Result<void> row(std::initializer_list<std::string> cells) {
        return row(std::span(cells.begin(), cells.size()));
    }
    /// Reads back what was written and gives it its name. unavailable "table.cannot_write" {file}: the disk
    /// is full, for one. Until this returns there is no file of that name, or still the old one.
    virtual Result<void> finish() = 0;
};

}  // namespace ballast::table
