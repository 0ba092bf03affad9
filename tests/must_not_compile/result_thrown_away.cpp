// refused: ignoring returned value of type.*nodiscard|ignoring return value
#pragma GCC diagnostic error "-Wunused-result"
#include "base/result.h"

ballast::Result<int> store();

void act() {
#ifdef CONTROL
    if (!store()) return;
#else
    store();
#endif
}
