// For the tests: numbers as they are written, rows of the public cases.
#pragma once

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace ballast::pricing::testing {

inline Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
inline Money yuan(std::string_view text) { return Money::parse(text).value(); }
inline Date day(std::string_view iso) { return Date::parse(iso).value(); }

// Text with commas is quoted; a quote inside of it does not occur.
inline std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else if (c != '\r')
            out.back() += c;
    }
    return out;
}

// Each row by its headings; nothing when the file is not there. `sources` is this project's folder.
inline std::vector<std::map<std::string, std::string>> public_cases(const std::string& sources,
                                                                    const std::string& name) {
    std::ifstream in(sources + "/../shared/data/insurance/" + name);
    std::vector<std::map<std::string, std::string>> out;
    std::string line;
    if (!std::getline(in, line)) return out;
    const auto headings = cells(line);
    while (std::getline(in, line)) {
        const auto row = cells(line);
        auto& by = out.emplace_back();
        for (std::size_t i = 0; i < headings.size(); ++i) by[headings[i]] = row.at(i);
    }
    return out;
}

// The numbers in a text, in order: "10.99; 11" gives both.
inline std::vector<Decimal> numbers(const std::string& text) {
    std::vector<Decimal> out;
    for (std::size_t at = text.find_first_of("0123456789"); at != std::string::npos;) {
        const auto end = text.find_first_not_of("0123456789.", at);
        auto number = text.substr(at, end - at);
        while (number.ends_with('.')) number.pop_back();
        out.push_back(dec(number));
        at = text.find_first_of("0123456789", end);
    }
    return out;
}

}  // namespace ballast::pricing::testing
