/// Rows on their way out, the same for both engines; inside db only.
#pragma once

#include <deque>

#include "db/db.h"

namespace ballast::db {

/// One row, copied out of the engine into a single piece of memory that is used again for the next.
class FlatRow final : public Row {
public:
    void clear();
    void add_null();
    void add_integer(std::int64_t n);
    void add_text(std::string_view text);
    void add_bytes(std::span<const std::uint8_t> bytes);
    /// A value of a kind that this door does not speak (a floating-point number, say): may be skipped, but
    /// not read.
    void add_unreadable();

    int width() const override { return static_cast<int>(cells_.size()); }
    bool null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    std::span<const std::uint8_t> bytes(int column) const override;

private:
    enum class Kind : std::uint8_t { null, integer, text, bytes, unreadable };
    struct Cell {
        Kind kind;
        std::int64_t number;  // the integer, or where its bytes begin
        std::size_t size;
    };
    const Cell& cell(int column) const;
    const Cell& cell_of_kind(int column, Kind kind) const;
    void add_piece(Kind kind, const void* data, std::size_t size);

    std::vector<Cell> cells_;
    std::vector<std::uint8_t> memory_;
};

/// An answer being read. The row given last stays valid until the next is asked for, also when `hold` comes
/// in between.
class Answer {
public:
    virtual ~Answer() = default;
    /// The next row, or nullptr after the last.
    Result<const Row*> next();
    /// Takes what is still to come into memory, so that the connection is free for another statement.
    Result<void> hold();

protected:
    /// Fills `row` (cleared already) from the engine; false after the last.
    virtual Result<bool> fetch(FlatRow& row) = 0;

private:
    FlatRow row_;
    std::deque<FlatRow> held_;
    bool ended_ = false;
};

}  // namespace ballast::db
