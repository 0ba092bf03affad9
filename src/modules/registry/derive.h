/// What an ID number and a disability certificate tell about their holder. Pure.
#pragma once

#include "registry/household.h"

namespace ballast::registry {

/// Fills birth, sex, class and grade of disability, each only where nobody said otherwise; and notes an ID
/// number whose area code the country has never had, as far as is known.
void derive(PersonValues& values, Date today);

/// Notes whether the number was written with the 15 digits of before 1999 (the old form can be read off the
/// new one). `before`: the number on file until now; one written again in its new form keeps its note. Call
/// before `derive`.
void note_number(PersonValues& values, std::string_view before, std::string_view written, Date today);

}  // namespace ballast::registry
