// refused: no match for 'operator\+'
#include "base/money.h"

using ballast::Money;

#ifdef CONTROL
Money more(Money amount) { return amount + Money::yuan(5); }
#else
Money more(Money amount) { return amount + 5; }
#endif
