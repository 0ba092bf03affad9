/// The routes of the regulator's indicators, for all_routes.cpp.
#pragma once

#include "http/route.h"

namespace ballast::api {

extern const http::Routes indicators_credit_routes;

}  // namespace ballast::api
