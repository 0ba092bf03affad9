#include "db/answer.h"

#include <cstring>

namespace ballast::db {

void FlatRow::clear() {
    cells_.clear();
    memory_.clear();
}
void FlatRow::add_null() { cells_.push_back({Kind::null, 0, 0}); }
void FlatRow::add_unreadable() { cells_.push_back({Kind::unreadable, 0, 0}); }
void FlatRow::add_integer(std::int64_t n) { cells_.push_back({Kind::integer, n, 0}); }
void FlatRow::add_text(std::string_view text) { add_piece(Kind::text, text.data(), text.size()); }
void FlatRow::add_bytes(std::span<const std::uint8_t> bytes) {
    add_piece(Kind::bytes, bytes.data(), bytes.size());
}
void FlatRow::add_piece(Kind kind, const void* data, std::size_t size) {
    const auto at = memory_.size();
    memory_.resize(at + size);
    if (size > 0) std::memcpy(memory_.data() + at, data, size);
    cells_.push_back({kind, static_cast<std::int64_t>(at), size});
}

const FlatRow::Cell& FlatRow::cell(int column) const {
    INVARIANT(column >= 0 && column < width());
    return cells_[static_cast<std::size_t>(column)];
}

const FlatRow::Cell& FlatRow::cell_of_kind(int column, Kind kind) const {
    const Cell& found = cell(column);
    const bool column_has_the_type_it_is_read_as = found.kind == kind;
    INVARIANT(column_has_the_type_it_is_read_as);
    return found;
}

bool FlatRow::null(int column) const { return cell(column).kind == Kind::null; }
std::int64_t FlatRow::integer(int column) const { return cell_of_kind(column, Kind::integer).number; }
std::string_view FlatRow::text(int column) const {
    const Cell& found = cell_of_kind(column, Kind::text);
    return {reinterpret_cast<const char*>(memory_.data()) + found.number, found.size};
}
std::span<const std::uint8_t> FlatRow::bytes(int column) const {
    const Cell& found = cell_of_kind(column, Kind::bytes);
    return {memory_.data() + found.number, found.size};
}

Result<const Row*> Answer::next() {
    if (!held_.empty()) {
        row_ = std::move(held_.front());
        held_.pop_front();
        return &row_;
    }
    if (ended_) return nullptr;
    row_.clear();
    ended_ = !TRY(fetch(row_));
    if (ended_) return nullptr;
    return &row_;
}

Result<void> Answer::hold() {
    while (!ended_) {
        FlatRow row;
        ended_ = !TRY(fetch(row));
        if (!ended_) held_.push_back(std::move(row));
    }
    return {};
}

}  // namespace ballast::db
