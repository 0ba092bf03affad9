/// Rules of data quality (domain specification 3.8; [S26] where marked there): what is wrong about a
/// household or a person of the register, or a notice that hangs. They are the table in quality_rules.cpp.
/// Pure. DQ4 and DQ7 to DQ9 need measures and elimination.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "areas/areas.h"
#include "registry/household.h"

namespace ballast::casework {

struct QualityRule {
    std::string_view id;     // "DQ5"
    std::string_view owner;  // who mends it: village | township | county
};
std::span<const QualityRule> quality_rules();

/// What a household does not say of itself.
struct QualityAround {
    Date today;
    const areas::Division& division;
    std::optional<Money> line;         // the monitoring line of its village today
    std::string category;              // of its latest enrolment; "" when it was never enrolled
    std::set<std::string> doubled;     // ID numbers that are active in more than one household
    std::set<std::string> known_dead;  // ID numbers of people whom some household lists as dead
    std::vector<std::pair<std::int64_t, std::string>> notices;  // that hang of it now: id and text
};

struct QualityFinding {
    std::string_view rule;
    std::string subject;  // "", "person:41", "notice:7"
    friend auto operator<=>(const QualityFinding&, const QualityFinding&) = default;
};
/// In the order of the rules.
std::vector<QualityFinding> examine(const registry::Household& household, const QualityAround& around);

/// DQ3: a certificate of disability carries the ID number, the class (1 to 7) and the grade (1 to 4), and
/// when it was issued anew B and how often: 20 or 22 signs.
bool disability_number_adds_up(std::string_view number, Date today);
/// DQ15: eleven digits or more in a row, as a phone or a document has; full-width ones too.
bool holds_long_number(std::string_view text);

}  // namespace ballast::casework
