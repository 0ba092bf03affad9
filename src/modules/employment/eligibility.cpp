#include "employment/placements.h"

namespace ballast::employment {

std::vector<std::string> not_eligible(const HolderFacts& facts, const Terms& terms) {
    std::vector<std::string> out;
    if (!facts.local) out.emplace_back("not_local");
    if (!facts.age || *facts.age < terms.public_age_from) out.emplace_back("too_young");
    if (facts.age && *facts.age >= terms.public_age_to) out.emplace_back("too_old");
    if (!facts.able) out.emplace_back("not_able");
    if (facts.works_elsewhere) out.emplace_back("works_elsewhere");
    if (facts.cadre_or_family) out.emplace_back("cadre");
    if (facts.held_by_household >= terms.public_per_household) out.emplace_back("household_holds");
    return out;
}

}  // namespace ballast::employment
