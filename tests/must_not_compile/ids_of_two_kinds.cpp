// refused: no match for 'operator=='
#include "base/id.h"

struct PersonTag;
struct HouseholdTag;
using PersonId = ballast::Id<PersonTag>;
using HouseholdId = ballast::Id<HouseholdTag>;

#ifdef CONTROL
bool same(PersonId a, PersonId b) { return a == b; }
#else
bool same(PersonId a, HouseholdId b) { return a == b; }
#endif
