/// Figures that have no source in the platform: entered in a grid, imported, or sent by another system. Two who write
/// one cell never overwrite each other unseen; a closed term takes nothing.
#pragma once

#include "indicators/desk.h"
#include "indicators/series.h"

namespace ballast::indicators {

struct Cell {
    std::string figure, part;
    AreaCode area;
    std::int64_t value = absent;
    std::string origin;  // "entered", "imported", "sent"
    std::int64_t version = 0;
    Instant at;
    std::string account, name;
};

struct Entry {
    const Form* form = nullptr;
    std::string term, figure, part;
    AreaCode area;
    std::string value;  // as typed; "" takes it back
    std::optional<std::int64_t> version;  // that was seen; nothing: whatever is there (imports)
    std::string origin = "entered";
};
/// The whole or a part of a figure of an area at the form's level; of an area above it, what that level states itself,
/// which is held against the sum and never added to it.
///
/// Errors: forbidden "auth.not_allowed"; those of `term_of`, `area_of`, `read_value`; not_found
/// "indicators.not_on_form" {figure, form}, "indicators.no_such_part" {part, figure}; invalid
/// "indicators.future_term" {term}, "indicators.below_level" {area, level}; conflict "indicators.closed" {form, term,
/// area, date}, "indicators.changed_meanwhile" {value, name, unit}.
Result<Cell> enter(db::Tx& tx, const Desk& desk, const Entry& entry);
/// Whether it would be taken; nothing is stored. Errors: as `enter`, but for what changes meanwhile.
Result<void> would_enter(db::Tx& tx, const Desk& desk, std::span<const Succession> changes, const Entry& entry);
/// Many, all or none; rolled up once. How many there are.
Result<std::int64_t> enter_all(db::Tx& tx, const Desk& desk, std::span<const Entry> entries);

/// Cells of a form in an area, at and below it.
Result<std::vector<Cell>> cells(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area);

struct CellChange {
    std::int64_t version;
    std::int64_t before, after;
    std::string origin;
    Instant at;
    std::string account, name;
};
/// The latest first.
Result<std::vector<CellChange>> cell_changes(db::Tx& tx, const Desk& desk, std::string_view figure, std::string_view part,
                                             const Term& term, AreaCode area);

}  // namespace ballast::indicators
