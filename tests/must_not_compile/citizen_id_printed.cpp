// refused: no match for 'operator<<'
#include <ostream>

#include "base/citizen_id.h"

void print(std::ostream& out, const ballast::CitizenId& id) {
#ifdef CONTROL
    out << id.masked();
#else
    out << id;
#endif
}
