// refused: no matching function for call to
#include "base/citizen_id.h"

using ballast::CitizenId;

#ifdef CONTROL
CitizenId id(ballast::Date today) { return CitizenId::parse("11010519491231002X", today).value().id; }
#else
CitizenId id(ballast::Date) { return CitizenId("11010519491231002X"); }
#endif
