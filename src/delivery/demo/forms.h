/// The forms of a case, filled in as the people of a demo county would.
#pragma once

#include <string_view>

#include "base/rng.h"
#include "casework/case_file.h"
#include "demo/happenings.h"

namespace ballast::demo {

/// What a form is written from.
struct Writing {
    const casework::CaseFile& file;
    const RiskStory& story;
    const auth::Actor& who;
    casework::AttachmentId photo;
    Date day;
    std::string_view what;  // which of several ways, see Happening
    Rng& rng;
};
casework::Facts form_of(casework::Action action, const Writing& w);

/// Whether its form asks for a photo or a paper.
bool wants_photo(casework::Action action);

}  // namespace ballast::demo
