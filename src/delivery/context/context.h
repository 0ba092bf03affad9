/// What every request, job and command of one county is given: its database, its key, the division, the
/// clock. Built once, by hand, by Installation; everything here may be used from any thread.
#pragma once

#include <string>
#include <vector>

#include "areas/areas.h"
#include "base/clock.h"
#include "context/pack_shelf.h"
#include "context/settings.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::delivery {

struct Context {
    db::Database& database;
    const crypto::Vault& vault;
    const areas::Division& division;
    const Clock& clock;
    const Settings& settings;
    const Paths& paths;
    PackShelf& packs;
};

}  // namespace ballast::delivery
