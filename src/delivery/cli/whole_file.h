/// A file that a command makes.
#pragma once

#include <string>

#include "base/result.h"

namespace ballast::cli {

/// It appears under its name only when it is whole. unavailable "cli.cannot_write" {file}.
Result<void> write_whole(const std::string& path, const std::string& bytes);

}  // namespace ballast::cli
