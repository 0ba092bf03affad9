// refused: cannot convert|could not convert|conversion from
#include "base/citizen_id.h"

#ifdef CONTROL
std::string text(const ballast::CitizenId& id) { return id.reveal(); }
#else
std::string text(const ballast::CitizenId& id) { return id; }
#endif
