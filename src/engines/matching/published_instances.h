/// Published instances of assignment and flow problems, read from their own formats; for the test and the
/// bench.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "matching/flow.h"

namespace ballast::matching {

/// n, then n × n costs row by row: each of n people to one of n posts. Empty when there is no such file.
inline Network read_assignment(const std::string& path) {
    std::ifstream in(path);
    std::size_t n = 0;
    Network out;
    if (!(in >> n)) return out;
    out.supply.assign(n, 1);
    out.supply.resize(2 * n, -1);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            std::int64_t cost = 0;
            INVARIANT(static_cast<bool>(in >> cost));
            out.arcs.push_back({i, n + j, 0, 1, cost});
        }
    return out;
}

/// DIMACS: "p min nodes arcs", "n node supply", "a from to lower upper cost"; nodes counted from 1.
inline Network read_dimacs(const std::string& path) {
    std::ifstream in(path);
    Network out;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string kind, problem;
        std::size_t from = 0, to = 0;
        words >> kind;
        if (kind == "p") {
            words >> problem >> from;
            out.supply.resize(from);
        } else if (kind == "n") {
            std::int64_t supply = 0;
            words >> from >> supply;
            out.supply.at(from - 1) = supply;
        } else if (kind == "a") {
            Arc arc;
            words >> from >> to >> arc.lower >> arc.upper >> arc.cost;
            INVARIANT(!words.fail());
            arc.from = from - 1;
            arc.to = to - 1;
            out.arcs.push_back(arc);
        }
    }
    return out;
}

}  // namespace ballast::matching
