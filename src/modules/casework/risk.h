/// What a household may suffer from: the codes of domain specification 2.1 (assumed: the union of common
/// lists). A clue and a case have one primary and up to four secondary of them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ballast::casework {

struct RiskType {
    std::string_view code;  // "01"
    std::string_view name;  // "illness", as the word files and the rules of screening say
};

inline constexpr std::array risk_types{
    RiskType{"01", "illness"},          RiskType{"02", "disability"},
    RiskType{"03", "schooling"},        RiskType{"04", "natural_disaster"},
    RiskType{"05", "accident"},         RiskType{"06", "unstable_employment"},
    RiskType{"07", "industry_failure"}, RiskType{"08", "lack_of_labour"},
    RiskType{"09", "housing"},          RiskType{"10", "water"},
    RiskType{"11", "dropout"},          RiskType{"12", "income_shrink"},
    RiskType{"13", "epidemic"},         RiskType{"14", "relocation_integration"},
    RiskType{"15", "price_fall"},       RiskType{"99", "other"},
};

/// The primary one first; never empty, no code twice.
struct Risks {
    static constexpr std::size_t most = 5;
    std::vector<std::string> codes;
    const std::string& primary() const { return codes.front(); }
    bool overlap(const Risks& other) const;
    friend bool operator==(const Risks&, const Risks&) = default;
};
/// "01 07" or "01,07". invalid "casework.no_risk", "casework.no_such_risk" {code}, "casework.too_many_risks".
Result<Risks> risks_of(std::string_view codes);
std::string text_of(const Risks& risks);  // "01 07", as it is stored

}  // namespace ballast::casework
