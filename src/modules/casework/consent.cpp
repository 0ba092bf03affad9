#include "casework/consent.h"

#include <algorithm>

#include "casework/risk_case.h"

namespace ballast::casework {

bool ConsentProof::allows(std::string_view item) const {
    return std::ranges::find(items_, item) != items_.end();
}

Result<ConsentProof> ConsentProof::of(const RiskCase& now, Date day) {
    if (!now.consent) return conflict("casework.consent_missing");
    if (now.consent_withdrawn) return conflict("casework.consent_withdrawn");
    if (day < now.consent->from)
        return conflict("casework.consent_not_yet").with("from", now.consent->from.iso());
    if (now.consent->to < day) return conflict("casework.consent_expired").with("to", now.consent->to.iso());
    ConsentProof proof;
    proof.case_ = now.id;
    proof.day_ = day;
    proof.items_ = now.consent->items;
    for (const auto& party : now.consent->parties)
        proof.persons_.push_back({party.person.value_or(0), party.name, party.id_number});
    return proof;
}

}  // namespace ballast::casework
