// refused: could not convert '41'
#include "base/id.h"

struct PersonTag;
using PersonId = ballast::Id<PersonTag>;

#ifdef CONTROL
PersonId person() { return PersonId{41}; }
#else
PersonId person() { return 41; }
#endif
