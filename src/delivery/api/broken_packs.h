/// What is out of use of the operator's folder, whichever module reads it: for whoever looks after packs, in one place.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "context/context.h"
#include "programmes/read_pack.h"

namespace ballast::api {

/// By pack, each finding with its file and line. Nothing of packs that are sound; those stay in use.
std::map<std::string, std::vector<programmes::Finding>> broken_packs(const delivery::Context& context);

/// Once, into the log: a server starts with what is sound.
void log_broken_packs(const delivery::Context& context);

}  // namespace ballast::api
