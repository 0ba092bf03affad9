/// The routes of loans, for all_routes.cpp.
#pragma once

#include "http/route.h"

namespace ballast::api {

extern const http::Routes loans_routes;

}  // namespace ballast::api
