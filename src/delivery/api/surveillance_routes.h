/// The routes of module surveillance; all_routes.cpp puts them beside those of routes.h.
#pragma once

#include "http/route.h"

namespace ballast::api {

extern const http::Routes surveillance_routes;

}  // namespace ballast::api
