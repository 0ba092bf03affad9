/// Where in a file something is wrong, and the Error that says so. Internal to `table`.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"

namespace ballast::table {

struct Place {
    std::string file;
    std::string sheet = {};
    std::int64_t row = 0;     // 0: not in a row
    std::string column = {};  // letters
};

inline Error refusal(std::string id, const Place& place, std::string detail = {}) {
    auto error =
        invalid(std::move(id), std::move(detail)).with("file", place.file).with("sheet", place.sheet);
    if (place.row > 0) error.args.emplace_back("row", std::to_string(place.row));
    if (!place.column.empty()) error.args.emplace_back("column", place.column);
    return error;
}

inline Error refusal_over(std::string id, std::int64_t limit, const Place& place) {
    return refusal(std::move(id), place).with("limit", std::to_string(limit));
}

}  // namespace ballast::table
