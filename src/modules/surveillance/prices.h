/// Monthly average prices of a county's main products: entered, or imported from a sheet; what R34 reads.
#pragma once

#include <string>
#include <vector>

#include "surveillance/alarm_file.h"

namespace ballast::surveillance {

inline constexpr auth::Right may_read_prices = auth::Right::indicators_read;
inline constexpr auth::Right may_enter_prices = auth::Right::indicators_enter;

struct Price {
    AreaCode area;  // a county
    std::string product;
    Date month;  // its first day
    Money price;
    std::string unit;  // 公斤; for one of it
    std::int64_t version = 0;
};
/// The price, and that of the month it is compared with, when that is on file.
struct PriceLine {
    Price of;
    std::optional<Money> before;
};
/// The latest month first, of the counties in an area that the actor may read.
Result<std::vector<PriceLine>> prices(db::Tx& tx, const Desk& desk, AreaCode area, int compared);

/// A product keeps its unit. Entered again it takes the place of what was there, which the audit tells.
///
/// Errors: not_found "areas.unknown" {code}; invalid "surveillance.not_a_county" {area}, "surveillance.month_ahead" {month},
/// "surveillance.text.product", "surveillance.text.unit" {least, most}, "surveillance.price_positive",
/// "surveillance.other_unit" {product, unit}.
Result<void> enter_price(db::Tx& tx, const Desk& desk, const Price& price);

struct Refusal {
    std::int64_t row = 0;
    std::string column;
    Error what;
};
struct Imported {
    std::int64_t taken = 0;
    std::vector<Refusal> refused;  // when there is one, nothing was taken
};
/// Columns 区划代码, 产品, 月份 (2025-03), 均价(元), 计价单位. All rows or none.
/// Errors: those of table::Reader; invalid "table.missing_columns".
Result<Imported> import_prices(db::Tx& tx, const Desk& desk, const std::string& path, const std::string& name);

/// "2025-03", "2025年3月", "202503" as the first of the month. invalid "surveillance.bad_month" {month}.
Result<Date> month_of(std::string_view text);

}  // namespace ballast::surveillance
