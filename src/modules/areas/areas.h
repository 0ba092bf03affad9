/// The five-level division of the country, state of one year, and older county codes. One compact file inside
/// the program: opening it costs nothing, a look-up a few microseconds; a county's villages are unpacked when
/// first asked for. Not in the database; it is reference data.
///
/// As published by the National Bureau of Statistics: provinces without prefectures have one called 市辖区 or
/// 省直辖县级行政区划, and 东莞, 中山, 儋州 have townships directly under the prefecture.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/result.h"

namespace ballast::areas {

struct Area {
    AreaCode code;
    std::string_view name;  // as published: "昭觉县", "城北镇"; lives as long as the program
};

/// The division shipped with the program. May be shared between threads.
class Division {
public:
    static const Division& shipped();

    int year() const;  // 2023
    std::size_t size() const;
    /// Nothing for the country itself.
    std::optional<Area> find(AreaCode code) const;
    bool exists(AreaCode code) const { return find(code).has_value(); }
    /// The area, or not_found "areas.unknown" {code}.
    Result<Area> get(AreaCode code) const;
    /// Of the country: its provinces. In order of code.
    std::vector<Area> children(AreaCode code) const;
    /// From the province down to the area itself: 四川省, 凉山彝族自治州, 昭觉县, 新城镇. Empty when there is
    /// no such area.
    std::vector<Area> path(AreaCode code) const;
    /// The path as people write it, without the levels that are no places: "北京市东城区", "湖北省仙桃市".
    std::string full_name(AreaCode code) const;

    /// Type-ahead: a code's beginning, a name's part, or pinyin initials ("zjx" for 昭觉县); the best first
    /// (exact, beginning, inside; higher levels before lower; shorter names before longer), inside `within`,
    /// at `level` when given. Villages are looked through only when `within`, or the code's beginning, lies
    /// in one county, or when `level` asks for them.
    struct Hit {
        Area area;
        std::string path;  // full name of its parent, for the eye
    };
    std::vector<Hit> search(std::string_view what, AreaCode within, std::optional<AreaLevel> level,
                            std::size_t limit) const;

    /// A six-digit code of any year, as an old ID number carries it: its last name, and whether it is in
    /// force. Nothing is known of some 2,200 codes that were repealed before 2003.
    struct CountyCode {
        std::string_view name;
        bool in_force;
    };
    std::optional<CountyCode> county_code(std::string_view six_digits) const;

    ~Division();

private:
    struct State;
    explicit Division(std::string_view file);
    std::unique_ptr<State> state_;
};

/// A village as people call it: 塘木村 for 塘木村村民委员会, 城南社区 for 城南社区居民委员会.
std::string everyday_name(std::string_view published);

}  // namespace ballast::areas
