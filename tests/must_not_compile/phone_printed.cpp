// refused: no match for 'operator<<'
#include <ostream>

#include "base/phone.h"

void print(std::ostream& out, const ballast::Phone& phone) {
#ifdef CONTROL
    out << phone.masked();
#else
    out << phone;
#endif
}
