/// 机关: which office signs the letters and announcements of an area, with its name as it stands in red at
/// their head. Who that is differs from county to county and changes with reorganisations, so it is a dated
/// setting of the operator, in packs/offices.toml; without one a paper has no head, and is a draft.
///
///     [[office]]
///     area = "513431"
///     from = 2021-06-01
///     name = "昭觉县乡村振兴局"
///     phone = "0834-8321234"      # may be left out: whom to call about a letter, where no notice says
///     authority = "昭委发〔2021〕8号"
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "base/result.h"

namespace ballast::casework {

class Offices {
public:
    struct Office {
        AreaCode area;
        Date from;
        std::string name, phone, authority;
    };
    /// `folder`: the operator's packs. None named there is no error.
    ///
    /// Errors: invalid "casework.bad_offices" {file, line, expected} for what cannot be read, two of one area
    /// from one day included; unavailable "packs.unreadable" {file}.
    static Result<Offices> load(const std::filesystem::path& folder);

    /// The one in force in the area, or in the nearest area above it, on that day; without a name when there
    /// is none.
    Office of(AreaCode area, Date day) const;

private:
    std::vector<Office> all_;
};

}  // namespace ballast::casework
