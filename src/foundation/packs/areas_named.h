/// The areas that a pack's files name. Whether there is such an area, module `areas` knows; this says where each is named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "packs/packs.h"

namespace ballast::packs {

struct NamedArea {
    AreaCode area;
    std::string key;   // "areas" of a pack or a product, "area" of a value
    std::string file;  // "environment/pack.toml"
    std::string line;
};

/// Of every TOML file its "area" and "areas", in whichever table. `files` are named as in the pack. What is no code, and a file
/// that is no TOML, is passed over: whoever reads the file refuses it.
std::vector<NamedArea> areas_named(std::string_view pack, const std::vector<File>& files);
/// invalid "packs.unknown_area" {file, line, key, area}: a value of an area that there is not is never in force, and nobody
/// would notice.
Error unknown_area(const NamedArea& named);

}  // namespace ballast::packs
