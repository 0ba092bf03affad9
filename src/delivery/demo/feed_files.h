/// A year of departments' files about an invented county, with the faults that real ones have, and the truth
/// about every row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "demo/county.h"

namespace ballast::demo {

/// How many rows carry a fault: 2, 8 or 20 of a hundred; strangers and doubled rows besides.
enum class FaultProfile : std::uint8_t { low, mid, high };
Result<FaultProfile> fault_profile(std::string_view name);  // invalid "demo.no_such_profile"
std::string_view name_of(FaultProfile profile);

struct SentFile {
    std::string
        path;  // relative to the samples folder: feeds/医保局_住院及门诊费用明细_513431_202610_01.xlsx
    std::string feed;    // the contract's id
    std::string period;  // YYYY-MM
    Date sent_on;
};

/// Writes the files of the twelve months before `county.today` (in the order in which they were sent) and
/// `truth.csv` into `folder`: file, sheet, row, feed, the true person's household number and ID number (both
/// empty for a stranger), the fault, and the verdict that the linking rules give (domain specification 2.3
/// and 3.6): matched, candidate, unmatched or invalid.
///
/// The truth is worked out here from what was done to each row, not by the linking code.
Result<std::vector<SentFile>> write_year(const County& county, const areas::Division& division,
                                         FaultProfile profile, std::uint64_t seed, const std::string& folder);

}  // namespace ballast::demo
