/// What an ID number and a disability certificate tell about their holder. Pure.
#pragma once

#include "registry/household.h"

namespace ballast::registry {

/// Fills birth, sex, class and grade of disability, each only where nobody said otherwise.
void derive(PersonValues& values, Date today);

}  // namespace ballast::registry
