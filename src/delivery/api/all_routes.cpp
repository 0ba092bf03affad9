#include "api/indicators_credit_routes.h"
#include "api/insurance_tables.h"
#include "api/loans_routes.h"
#include "api/routes.h"
#include "api/surveillance_routes.h"

namespace ballast::api {

std::span<const http::Routes> all_routes() {
    static const std::array all{areas_routes,
                                audit_routes,
                                auth_routes,
                                bulletin_routes,
                                bulletin_article_routes,
                                bulletin_figures_routes,
                                bulletin_public_routes,
                                campaigns_routes,
                                cases_routes,
                                clues_routes,
                                employment_routes,
                                employment_matching_routes,
                                employment_sheets_routes,
                                employment_training_routes,
                                feeds_routes,
                                finance_routes,
                                insurance_claims_routes,
                                insurance_endorsement_routes,
                                insurance_evaluation_routes,
                                insurance_papers_routes,
                                insurance_pool_routes,
                                insurance_prevention_routes,
                                insurance_routes,
                                insurance_series_routes,
                                insurance_settlements_routes,
                                loans_routes,
                                indicators_credit_routes,
                                orders_routes,
                                indicators_entry_routes,
                                indicators_routes,
                                indicators_snapshots_routes,
                                jobs_routes,
                                meta_routes,
                                programmes_aid_routes,
                                programmes_doings_routes,
                                programmes_routes,
                                public_routes,
                                quality_routes,
                                registry_routes,
                                registry_editing_routes,
                                registry_import_routes,
                                returns_routes,
                                rules_routes,
    rules_versions_routes,
                                screening_routes,
                                surveillance_routes,
                                tasks_routes};
    return all;
}

}  // namespace ballast::api
