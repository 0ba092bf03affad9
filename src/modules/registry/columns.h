/// The four sheets in which a register travels: 户信息, 成员信息, 收入信息, 保障信息. One workbook with these
/// sheets, or CSV files of one kind each, recognised by their header. The same columns come out of an export
/// and of `ballast registry template`, so that an export can be corrected and sent in again.
///
/// Rows of the four sheets belong together by 户编号; a file without it may name the household by
/// 户主证件号码. Titles are compared without blanks, in half width, without a trailing unit in brackets.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/fields.h"

namespace ballast::registry {

enum class Sheet : std::uint8_t { household, person, income, guarantee };
inline constexpr std::size_t sheet_count = 4;
std::string_view title_of(Sheet sheet);  // "户信息"

/// What a column of a sheet means.
struct Column {
    enum class Use : std::uint8_t {
        household_no,  // 户编号
        head_id,       // 户主证件号码
        head_name,     // 户主姓名, for the eye; not read
        village_code,  // 行政村代码, 12 digits
        township,      // 乡镇, by name
        village,       // 行政村, by name
        field,         // a HouseholdField or PersonField: `index`
        member_id,     // 成员证件号码 of an income row; empty: the household as a whole
        year,          // 年度
        first_month,   // 起始月份
        last_month,    // 截止月份
        income,        // an item of income: `index` into income_columns()
        guarantee,     // an item of codes::guarantee_item: `index`
        assessed_by,
        assessed_on,
        expires_on,
        evidence,
    };
    Use use;
    std::size_t index = 0;
    std::string_view title;
    std::string_view synonyms;
    bool required = false;
};
std::span<const Column> columns(Sheet sheet);

struct IncomeColumn {
    IncomeItem item;
    std::string_view sub;
    std::string_view title;
    std::string_view synonyms;
};
/// In yuan, at least 0. "转移性收入" as a total may stand beside its parts and must then agree with them.
std::span<const IncomeColumn> income_columns();

/// Where each column of a file stands, -1 for a column that we do not know.
struct Mapping {
    Sheet sheet = Sheet::household;
    std::vector<std::optional<std::size_t>> column_of;  // by position in the file: index into columns(sheet)
    std::optional<std::size_t> position(std::size_t column) const;
};

/// The sheet whose columns this header row holds, or nothing when it is no header.
///
/// Errors: invalid "registry.column_twice" {column}, "registry.column_missing" {column} {sheet} when the row
/// is certainly the header of that sheet but lacks what is required.
Result<std::optional<Mapping>> recognise(std::span<const std::string> header);

}  // namespace ballast::registry
