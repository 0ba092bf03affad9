/// Invented names in the proportions of published statistics: surnames by the Ministry of Public Security's
/// national name reports, given names from the most frequent characters by sex; Yi names as clan · given name
/// (吉克·阿依). No name stands for a real person.
#pragma once

#include <string>
#include <string_view>

#include "base/citizen_id.h"
#include "base/rng.h"

namespace ballast::demo {

enum class People : std::uint8_t { han, yi };

struct FamilyName {
    People people;
    std::string text;  // 王, or the clan 吉克
};

FamilyName draw_family_name(Rng& rng, People people);
/// 王秀英, 吉克·阿依.
std::string draw_name(Rng& rng, const FamilyName& family, Sex sex);
/// Another name that sounds the same (王秀英 → 王秀瑛); the name itself when no such character is known.
std::string homophone_of(Rng& rng, std::string_view name);
/// The same name as other clerks write it: another dot or none, a blank inside, traditional characters.
std::string variant_of(Rng& rng, std::string_view name);

}  // namespace ballast::demo
