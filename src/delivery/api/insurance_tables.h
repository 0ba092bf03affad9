/// The routes of changes of policies, of evaluations, of papers, of series and settlements.
#pragma once

#include "http/route.h"

namespace ballast::api {

extern const http::Routes insurance_endorsement_routes;
extern const http::Routes insurance_evaluation_routes;
extern const http::Routes insurance_papers_routes;
extern const http::Routes insurance_series_routes;
extern const http::Routes insurance_settlements_routes;

}  // namespace ballast::api
