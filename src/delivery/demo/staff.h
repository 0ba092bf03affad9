/// Who works in a demo county: the accounts on its sign-in page, one for each main role, and colleagues in
/// whose hands the other villages are, so that whoever enters a case never reviews or approves it.
#pragma once

#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/area_code.h"
#include "base/clock.h"
#include "context/context.h"

namespace ballast::demo {

class Staff {
public:
    /// The accounts of the sign-in page over the county of `home` (a village), and colleagues for the rest of
    /// these townships. Errors: those of audit::add_user.
    static Result<Staff> engage(const delivery::Context& context, AreaCode home,
                                const std::vector<AreaCode>& townships, Instant now);

    /// Who takes such a step in that village: the nearest one.
    const auth::Actor& who(auth::Right right, AreaCode village) const;

private:
    std::vector<auth::Actor> people_;  // the village first, the county last
};

}  // namespace ballast::demo
