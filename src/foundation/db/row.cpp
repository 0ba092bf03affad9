#include "db/db.h"

namespace ballast::db {

Date Row::date(int column) const {
    auto day = Date::parse(text(column));
    const bool column_holds_a_date = day.has_value();
    INVARIANT(column_holds_a_date);
    return *day;
}

AreaCode Row::area(int column) const {
    const auto code = AreaCode::from_number(integer(column));
    const bool column_holds_an_area_code = code.has_value();
    INVARIANT(column_holds_an_area_code);
    return *code;
}

Result<std::int64_t> Tx::number(std::string_view sql, std::initializer_list<Value> values) {
    std::optional<std::int64_t> found;
    TRY(each_row(sql, std::span(values.begin(), values.size()), [&](const Row& row) -> Result<void> {
        const bool single_number = !found && row.width() == 1;
        INVARIANT(single_number);
        found = row.integer(0);
        return {};
    }));
    INVARIANT(found.has_value());
    return *found;
}

}  // namespace ballast::db
