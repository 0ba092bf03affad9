/// The two things that casework keeps: a clue, which is a signal that a household may be at risk, and a case,
/// which is the statutory procedure that decides whether it is.
#pragma once

#include "base/id.h"

namespace ballast::casework {

struct ClueTag;
struct CaseTag;
using ClueId = Id<ClueTag>;
using CaseId = Id<CaseTag>;

}  // namespace ballast::casework
