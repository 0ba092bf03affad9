#include "casework/risk.h"

#include <algorithm>

namespace ballast::casework {

bool Risks::overlap(const Risks& other) const {
    return std::ranges::any_of(codes, [&](const std::string& code) {
        return std::ranges::find(other.codes, code) != other.codes.end();
    });
}

Result<Risks> risks_of(std::string_view codes) {
    Risks out;
    while (!codes.empty()) {
        const auto end = std::min(codes.find_first_of(" ,"), codes.size());
        const std::string code(codes.substr(0, end));
        codes.remove_prefix(std::min(end + 1, codes.size()));
        if (code.empty()) continue;
        if (std::ranges::find(risk_types, code, &RiskType::code) == risk_types.end())
            return invalid("casework.no_such_risk").with("code", code);
        if (std::ranges::find(out.codes, code) == out.codes.end()) out.codes.push_back(code);
    }
    if (out.codes.empty()) return invalid("casework.no_risk");
    if (out.codes.size() > Risks::most) return invalid("casework.too_many_risks");
    return out;
}

std::string text_of(const Risks& risks) {
    std::string out;
    for (const auto& code : risks.codes) out += (out.empty() ? "" : " ") + code;
    return out;
}

}  // namespace ballast::casework
