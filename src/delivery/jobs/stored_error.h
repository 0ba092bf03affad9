/// An error as it is kept with a job that failed: kind, id and arguments; the detail went to the log.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast::jobs {

std::string stored(const Error& error);
Error error_from(std::string_view text);

}  // namespace ballast::jobs
