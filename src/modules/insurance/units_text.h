// Units insured as they are written: mu, animals, tonnes.
#pragma once

#include <string>

#include "base/decimal.h"

namespace ballast::insurance {

/// Two places where that is exact: 12.50; else all of them.
inline std::string units_text(Decimal units) {
    const Decimal short_one = units.rounded(2, Rounding::down);
    return short_one == units ? short_one.plain() : units.plain();
}

}  // namespace ballast::insurance
