// refused: no match for 'operator\+'
#include "base/date.h"

using ballast::Date;

#ifdef CONTROL
Date later(Date day) { return day.plus_days(5); }
#else
Date later(Date day) { return day + 5; }
#endif
