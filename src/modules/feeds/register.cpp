#include "areas/areas.h"
#include "feeds/feeds.h"
#include "registry/household_file.h"

namespace ballast::feeds {

Result<Register> load_register(db::Tx& tx, const auth::Scope& scope, AreaCode county) {
    Register out;
    const auto& division = areas::Division::shipped();
    for (const auto& township : division.children(county)) {
        out.places.add(township.code, township.name);
        for (const auto& village : division.children(township.code))
            out.places.add(village.code, village.name);
    }
    TRY(registry::match_index(tx, scope, county, [&](const registry::MatchEntry& entry) -> Result<void> {
        out.index.add({entry.person, entry.household,
                       std::string(entry.id_lookup.begin(), entry.id_lookup.end()),
                       std::string(entry.name_key), entry.village, entry.birth.value_or(Date()), entry.sex});
        return {};
    }));
    return out;
}

}  // namespace ballast::feeds
