#include "employment/terms.h"

#include <charconv>
#include <utility>
#include <vector>

#include "packs/packs.h"

namespace ballast::employment {

Result<Terms> terms_on(const packs::Store& packs, AreaCode area, Date on) {
    const auto pack = TRY(packs.load("employment", area, on));
    Terms out;
    out.pack_hash = pack->hash;
    const std::vector<std::pair<std::string, std::int64_t*>> each{
        {"labour_age_from", &out.labour_age_from},
        {"labour_age_to", &out.labour_age_to},
        {"public_age_from", &out.public_age_from},
        {"public_age_to", &out.public_age_to},
        {"public_months", &out.public_months},
        {"public_per_household", &out.public_per_household},
        {"training_subsidy_months", &out.subsidy_months},
        {"transport_subsidy_months", &out.transport_months},
        {"stable_months", &out.stable_months},
        {"points_village", &out.distance[0]},
        {"points_township", &out.distance[1]},
        {"points_county", &out.distance[2]},
        {"points_province", &out.distance[3]},
        {"points_anywhere", &out.distance[4]},
        {"points_wage", &out.wage},
        {"points_trade", &out.trade},
        {"points_skill", &out.skill},
        {"points_load", &out.load},
        {"points_family", &out.family},
    };
    for (const auto& [name, into] : each) {
        const auto bound = TRY(pack->bind(name, on, area));
        const auto text = bound.value->value.plain();
        const auto read = std::from_chars(text.data(), text.data() + text.size(), *into);
        if (read.ptr != text.data() + text.size() || *into < 0 || *into > 1'000'000)
            return invalid("employment.bad_parameter").with("name", name);
        out.assumed = out.assumed || bound.value->assumed();
    }
    return out;
}

}  // namespace ballast::employment
