/// Numbers as XLSX files store them, and the number formats that make a number a date. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ballast::table {

struct StoredNumber {
    std::string text;  // see Cell::Kind::number
    bool digits_damaged = false;
};

/// nullopt when it is no decimal number.
std::optional<StoredNumber> stored_number(std::string_view stored);

enum class DateSystem : std::uint8_t { from_1900, from_1904 };

/// YYYY-MM-DD of a spreadsheet's day number. nullopt outside 1900-01-01..2199-12-31, and for day 60 of the
/// 1900 system: that is 1900-02-29, which never was.
std::optional<std::string> date_of_serial(std::string_view stored, DateSystem system);

/// Formats that every program knows by number (ECMA-376 part 1, 18.8.30, with the East Asian ones).
bool is_builtin_date_format(std::int64_t id);
/// Whether a format such as `[$-804]yyyy"年"m"月"d"日";@` shows a day or a time.
bool is_date_format(std::string_view code);

}  // namespace ballast::table
