/// The routes of loans and of order farming, for all_routes.cpp.
#pragma once

#include "http/route.h"

namespace ballast::api {

extern const http::Routes loans_routes;
extern const http::Routes orders_routes;

}  // namespace ballast::api
