// refused: no match for 'operator\*'
#include "base/money.h"

using ballast::Money;

#ifdef CONTROL
Money product(Money a, std::int64_t b) { return a * b; }
#else
Money product(Money a, Money b) { return a * b; }
#endif
