/// The five-level division of the country, state of one year, and older county codes. One compact file,
/// mapped from the program itself: opening it costs nothing, a look-up a few microseconds. Not in the
/// database; it is reference data.
#pragma once

#include <cstdint>
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

/// The division shipped with the program.
class Division {
public:
    static const Division& shipped();

    int year() const;  // 2023
    std::size_t size() const;
    std::optional<Area> find(AreaCode code) const;
    bool exists(AreaCode code) const { return find(code).has_value(); }
    std::vector<Area> children(AreaCode code) const;
    /// From the province down to the area itself: "四川省 凉山彝族自治州 昭觉县 城北镇 谷都村".
    std::vector<Area> path(AreaCode code) const;
    std::string full_name(AreaCode code) const;

    /// Type-ahead: a code's beginning, a name's part, or pinyin initials ("zjx" for 昭觉县); the best first
    /// (exact, beginning, inside; higher levels before lower), inside `within`, at `level` when given.
    struct Hit {
        Area area;
        std::string path;  // of its parents, for the eye
    };
    std::vector<Hit> search(std::string_view what, AreaCode within, std::optional<AreaLevel> level,
                            std::size_t limit) const;

    /// A county-level code (6 digits) of any year, as an old ID number carries it: its name then, and whether
    /// it is in force.
    struct CountyCode {
        std::string_view name;
        bool in_force;
    };
    std::optional<CountyCode> county_code(std::string_view six_digits) const;
};

}  // namespace ballast::areas
