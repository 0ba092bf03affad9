/// Values as the kit writes them, and when one counts as the other.
#pragma once

#include <pugixml.hpp>

#include "feel/value.h"

namespace ballast::dmn_tck {

std::string_view local_name(pugi::xml_node node);
pugi::xml_node child(pugi::xml_node node, std::string_view name);

/// Of an inputNode, expected, component or item.
feel::Value value_of(pugi::xml_node node);
/// The kit prints numbers with some 8 digits.
bool agree(const feel::Value& expected, const feel::Value& found);

}  // namespace ballast::dmn_tck
