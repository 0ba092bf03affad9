/// The front end's files, which lie inside the program.
#pragma once

#include <optional>
#include <string_view>

#include "http/message.h"

namespace ballast::pages {

/// The reply for a path: the file of that name (compressed when the client takes it, 304 when it has it
/// already), or the start page for a path of the front end's own, such as /households/7, with `head`
/// (elements of HTML) in its head. Nothing for a file that does not exist.
std::optional<http::Reply> find(const http::Request& request, std::string_view head = {});

}  // namespace ballast::pages
