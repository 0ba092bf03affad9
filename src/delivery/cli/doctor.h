/// Looks at an installation and says, point by point, what is well and what is not, and what to do.
#pragma once

#include <string>
#include <vector>

#include "words/words.h"

namespace ballast::cli {

struct Finding {
    bool well;
    std::string id;  // of the sentence
    words::Places places;
};
/// Changes nothing. Goes on after a finding as far as it can.
std::vector<Finding> doctor(const std::string& directory);

}  // namespace ballast::cli
