/// 承诺授权: which questions a household allows to be asked about whom, and until when (domain
/// specification 7.3). A query outside of it is refused and recorded.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "casework/facts.h"
#include "casework/ids.h"

namespace ballast::casework {

inline constexpr std::array<std::string_view, 8> consent_items{
    "vehicle", "real_estate", "deposits", "market", "housing_fund", "tax", "payroll", "social_security"};
inline constexpr int adult_age = 18;
inline constexpr int own_signature_age = 14;  // below it a guardian signs (PIPL art. 31)

/// A member by the register's number, or somebody outside of the household who has signed for themselves.
struct ConsentingPerson {
    std::int64_t person = 0;  // 0: outside
    std::string name;         // of somebody outside
    std::string id_number;
};

struct RiskCase;

/// What a comparison needs: made by casework alone, out of an authorisation that holds on `day`.
class ConsentProof {
public:
    CaseId risk_case() const { return case_; }
    const std::vector<ConsentingPerson>& persons() const { return persons_; }
    const std::vector<std::string>& items() const { return items_; }
    Date day() const { return day_; }
    bool allows(std::string_view item) const;

    /// conflict "casework.consent_missing", "casework.consent_not_yet" {from}, "casework.consent_expired"
    /// {to}, "casework.consent_withdrawn". Pure.
    static Result<ConsentProof> of(const RiskCase& now, Date day);

private:
    ConsentProof() = default;
    CaseId case_;
    std::vector<ConsentingPerson> persons_;
    std::vector<std::string> items_;
    Date day_;
};

}  // namespace ballast::casework
