/// What one version of a rule set says otherwise than another: dated values of parameters, rules, and rows of
/// decision tables. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "packs/packs.h"

namespace ballast::rules {

/// A dated value of an area; nullptr where the version has none from that day. The packs that were compared
/// must outlive it.
struct ValueDifference {
    const packs::Parameter* parameter = nullptr;
    const packs::ParameterValue* before = nullptr;
    const packs::ParameterValue* after = nullptr;
};

/// A rule with its words and its source, or a row of a table; empty where the version has none.
struct TextDifference {
    enum class Of : std::uint8_t { rule, row };
    Of of = Of::rule;
    std::string where;  // "R01", "因病预警 · R01"
    std::string before, after;
};
std::string_view name_of(TextDifference::Of of);

struct Differences {
    std::vector<ValueDifference> values;  // by parameter, area and day
    std::vector<TextDifference> texts;    // rules, then rows
};

/// Errors: those of `tables_of`.
Result<Differences> differences(const packs::Pack& before, const packs::Pack& after, bool english);

}  // namespace ballast::rules
