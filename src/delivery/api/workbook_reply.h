/// A workbook as a reply: written to the spool, sent, and removed.
#pragma once

#include "http/route.h"

namespace ballast::api {

/// Where to write it; no two calls have the same.
std::string spooled_workbook(const http::Call& call);
/// `file`: with its ending, and naming nobody.
http::Reply workbook_reply(const std::string& path, const std::string& file);

}  // namespace ballast::api
