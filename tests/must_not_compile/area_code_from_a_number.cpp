// refused: is private within this context
#include "base/area_code.h"

using ballast::AreaCode;

#ifdef CONTROL
AreaCode county = AreaCode::from_number(513431000000).value();
#else
AreaCode county(513431000000);
#endif
