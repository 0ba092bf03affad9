/// The registers of programmes as other packs may name them: as "programme/register".
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "packs/packs.h"

namespace ballast::packs {

struct RegisterShape {
    Title title;
    std::vector<std::string> fields;
    std::span<const std::string_view> units;  // in which its rows can be counted: static
};
using Registers = std::map<std::string, RegisterShape, std::less<>>;

}  // namespace ballast::packs
