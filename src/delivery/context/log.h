/// One line per event on the standard error stream. A line never holds a query string, a body or anything
/// about a person; requests are named by their number.
#pragma once

#include <string>
#include <string_view>

namespace ballast::delivery {

void log_info(std::string_view line);
void log_error(std::string_view line);
enum class LogLevel { all, errors, nothing };
void log_only(LogLevel level);

/// Eight signs that name one request, job or command in the log and in what its user is told.
std::string fresh_number();

}  // namespace ballast::delivery
