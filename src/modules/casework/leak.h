/// Whether a text that is to hang in a village says more than it may (domain specification 7.4): numbers of
/// documents, phones or cards, or words about health. Pure.
#pragma once

#include <string_view>

namespace ballast::casework {

bool leaks(std::string_view text);

}  // namespace ballast::casework
