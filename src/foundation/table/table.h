/// Sheets in and out: CSV (UTF-8 with or without byte-order mark, GB18030), XLSX. Read row by row in constant
/// memory, whatever the size of the file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace ballast::table {

/// A cell as its file holds it; nothing has been guessed yet.
struct Cell {
    enum class Kind : std::uint8_t {
        empty,
        text,
        number,  // `text` is the number as stored; `digits_damaged` when it has 15 or more significant digits
                 // or an exponent
        date,    // a number under a date format; `text` is YYYY-MM-DD
        truth,   // TRUE / FALSE
        formula_without_value,
        error,  // #N/A, #REF! ...: `text` holds it
    };
    Kind kind = Kind::empty;
    std::string_view text;
    bool digits_damaged = false;
    bool from_formula = false;
};

struct Row {
    std::string_view sheet;
    std::int64_t number;  // as the user sees it in the file, from 1
    std::span<const Cell> cells;
};

/// The refusals of a file, each with {file} and, where it applies, {sheet} {row} {column}; all invalid:
/// "table.empty", "table.not_xlsx" (no zip, or a zip that is no workbook), "table.truncated", "table.bomb"
/// (unpacks to more than Limits), "table.line_too_long", "table.encoding", "table.quote_open",
/// "table.too_many_columns", "table.xls_old", "table.encrypted", "table.malformed".
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
    virtual std::vector<std::string> sheets() const = 0;  // one, named "", for CSV
    /// Every row of a sheet in order, empty ones too (when a later row is not). Cells live until `each`
    /// returns. An error that `each` returns ends the reading and is returned.
    virtual Result<void> read(std::size_t sheet, const std::function<Result<void>(const Row&)>& each) = 0;
    /// Bytes consumed so far over bytes in all, for progress; may be asked from another thread.
    virtual double progress() const = 0;
};

/// "A", "Z", "AA": the spreadsheet's letters of a column counted from 0.
std::string column_letters(std::size_t column);

class Writer {
public:
    enum class Type : std::uint8_t { text, number, money, date };
    struct Column {
        std::string title;
        Type type = Type::text;
        double width = 12;
    };
    virtual ~Writer() = default;
    /// XLSX in constant memory (or CSV, UTF-8 with byte-order mark). IDs and codes are Type::text and stay
    /// text.
    static Result<std::unique_ptr<Writer>> create(const std::string& path, Format format);
    virtual Result<void> sheet(const std::string& name, std::span<const Column> columns,
                               std::string_view title = {}) = 0;
    virtual Result<void> row(std::span<const std::string> cells) = 0;
    Result<void> row(std::initializer_list<std::string> cells) {
        return row(std::span(cells.begin(), cells.size()));
    }
    /// unavailable "table.cannot_write" {file}: the disk is full, for one. Until this returns there is no
    /// file of that name.
    virtual Result<void> finish() = 0;
};

}  // namespace ballast::table
