/// What is wrong or doubtful about a household as a whole (domain specification 3.2, 3.3, 3.5, 3.8). Whether
/// one cell can be read at all is decided before, by read_value.
///
/// The rules are the table in validation.cpp. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "registry/household.h"

namespace ballast::registry {

enum class Severity : std::uint8_t {
    error,    // the household is not taken in
    warning,  // it is, and somebody should look
};

/// One hit of a rule. `id` has a sentence in the word files which says what to do. No personal data.
struct Finding {
    Severity severity = Severity::error;
    std::string id;                     // "registry.two_heads"
    std::string field;                  // name of the field to look at; "" for the household as a whole
    std::optional<std::size_t> member;  // index into Household::members
    std::vector<std::pair<std::string, std::string>> args;
    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Errors first; within them in the order of the rules.
std::vector<Finding> validate(const Household& household, Date today);

bool acceptable(const std::vector<Finding>& findings);  // no errors among them

}  // namespace ballast::registry
