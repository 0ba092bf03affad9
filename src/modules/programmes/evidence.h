/// What a row tells about its household. Pure.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

/// The register's evidence when the row's values have come to be those, and were not before; nothing otherwise.
const Evidence* news_of(const Register& kind, const Record* before, const Record& after);

}  // namespace ballast::programmes
