/// The front end's files, which lie inside the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace ballast::pages {

/// What a page of the front end begins with, as Vite found it when it built (.vite/ahead.txt).
struct Start {
    std::vector<std::string> addresses;  // of the API: "/api/session", "/api/indicators/board?month=2026-10"
    std::string links;                   // elements of HTML that begin to load its files at once
};
/// Nothing for a file, and for a page that needs no sign-in. An address of the page's own is asked when the request
/// chose no tab, with what of its query the request has.
std::optional<Start> start_of(const http::Request& request);

/// The reply for a path: the file of that name (compressed when the client takes it, 304 when it has it
/// already), or the start page for a path of the front end's own, such as /households/7, with `head`
/// (elements of HTML) in its head, and never kept by anybody where that is `personal`. Nothing for a file that does not
/// exist.
std::optional<http::Reply> find(const http::Request& request, std::string_view head = {}, bool personal = false);

}  // namespace ballast::pages
