/// A populated demo county in a data directory, made the way a county would fill it: the register is
/// imported, the departments' files are received one by one, clues are told and cases walked through the
/// procedure meanwhile, the rules are run. Nothing is put into the database by a back door.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/area_code.h"
#include "base/clock.h"
#include "context/installation.h"
#include "demo/feed_files.h"

namespace ballast::demo {

struct Options {
    AreaCode area;                   // a county, or a prefecture: then its counties have figures, and one of them the register
    std::optional<AreaCode> county;  // that one of a prefecture; without it 513431, where it lies there, else the first
    std::int64_t people = 100'000;
    std::uint64_t seed = 1;
    FaultProfile faults = FaultProfile::mid;
};

struct Made {
    std::int64_t households = 0, people = 0;
    std::int64_t files = 0, rows = 0;
    std::int64_t cases = 0, warnings = 0;
    std::int64_t doings = 0;  // rows and activities of programmes
};

/// `directory` must be absent or empty. The county is made beside it and takes its name at the very end, so
/// that a killed run leaves no half county behind.
///
/// Errors: those of Installation::create, make_county and of every step; conflict "app.directory_not_empty"; invalid
/// "demo.county_outside" {county, area}.
Result<Made> make(const std::string& directory, const Options& options, const Clock& clock,
                  const std::function<void(std::string_view step)>& tell);

/// The accounts of a demo, one for each of the main roles, one more for a prefecture; their passwords stand on the sign-in page.
std::vector<delivery::DemoAccount> accounts(AreaCode area);

}  // namespace ballast::demo
