/// A numeric mention in Chinese prose and what it is. Every number word gets one, also those that count
/// nothing (三农, 四川, 一起), so that what is left out is left out knowingly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace ballast::figures {

enum class Kind : std::uint8_t {
    quantity,     // 3.6万户, 1800万斤, 2.5倍
    count,        // 六部门, 三个抓好: of a counted enumeration
    percent,      // 80%, 六成五, 三分之二
    pp,           // 3.83个百分点
    duration,     // 三年, 半年, 9个月
    date,         // 6月10日, 上半年
    year,         // 2019年
    reltime,      // 去年以来
    fixed,        // 三农, 两不愁三保障
    indefinite,   // 一个, 几
    ordinal,      // 第二批
    name,         // 四川; a document's number
    lexical,      // 一起
    enumeration,  // 一、 ("enum" in files)
    address,
    period,  // 十三五
};
std::string_view to_string(Kind kind);

/// What the words about a number say of it (domain specification, G8).
enum class Qualifier : std::uint8_t {
    none,
    eq,
    ge,
    gt,
    le,
    lt,
    near,
    approx,
    target,
    increase,
    decrease,
    range_low,
    range_high,
    from,
};
std::string_view to_string(Qualifier qualifier);  // none: ""

/// Half open, in Unicode code points of the file.
struct Span {
    std::size_t start = 0;
    std::size_t end = 0;
    friend bool operator==(Span, Span) = default;
};

struct Mention {
    Span span;
    std::string surface;
    Kind kind = Kind::quantity;
    std::optional<Decimal> value;  // normalised: 3.6万 is 36000
    std::string date;              // ISO, for date, year, period: 2021-06-10, 2018/2020, 2023-01/2023-06
    std::string unit;              // as written, without the scale: 人, 元, %
    Qualifier qualifier = Qualifier::none;
    std::string counts_what;
    std::string place;  // from the heading
    std::string period;

    /// How it was printed, for checks that recompute: 23.62亿 has scale 100000000 and two places.
    Decimal scale = 1;
    int places = 0;
    Span digits;  // of the numeral alone, without scale and unit
};

/// The value as the CSV file has it: "36000", "66.667"; ISO for dates, periods and relative times; "" without
/// one.
std::string value_text(const Mention& mention);

}  // namespace ballast::figures
