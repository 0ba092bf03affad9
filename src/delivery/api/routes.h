/// Every route of the program. To add a module: write `<module>_routes.cpp` with its table at the end,
/// declare the table here and name it in all_routes.cpp. The test holds all of them against openapi.yaml.
#pragma once

#include <span>

#include "http/route.h"

namespace ballast::api {

extern const http::Routes areas_routes;
extern const http::Routes audit_routes;
extern const http::Routes auth_routes;
extern const http::Routes bulletin_routes;
extern const http::Routes bulletin_article_routes;
extern const http::Routes bulletin_figures_routes;
extern const http::Routes bulletin_public_routes;
extern const http::Routes clues_routes;
extern const http::Routes campaigns_routes;
extern const http::Routes cases_routes;
extern const http::Routes employment_routes;
extern const http::Routes employment_matching_routes;
extern const http::Routes employment_sheets_routes;
extern const http::Routes employment_training_routes;
extern const http::Routes feeds_routes;
extern const http::Routes finance_routes;
extern const http::Routes insurance_claims_routes;
extern const http::Routes insurance_pool_routes;
extern const http::Routes insurance_prevention_routes;
extern const http::Routes insurance_routes;
extern const http::Routes indicators_entry_routes;
extern const http::Routes indicators_routes;
extern const http::Routes indicators_snapshots_routes;
extern const http::Routes jobs_routes;
extern const http::Routes meta_routes;
extern const http::Routes programmes_doings_routes;
extern const http::Routes programmes_aid_routes;
extern const http::Routes programmes_routes;
extern const http::Routes public_routes;
extern const http::Routes quality_routes;
extern const http::Routes registry_routes;
extern const http::Routes registry_editing_routes;
extern const http::Routes registry_import_routes;
extern const http::Routes returns_routes;
extern const http::Routes rules_routes;
extern const http::Routes rules_versions_routes;
extern const http::Routes screening_routes;
extern const http::Routes tasks_routes;

std::span<const http::Routes> all_routes();

}  // namespace ballast::api
