// refused: cannot convert
#include "base/result.h"

ballast::Result<int> count();

#ifdef CONTROL
ballast::Result<int> twice() { return TRY(count()) * 2; }
#else
int twice() {
    int n = count();
    return n * 2;
}
#endif
