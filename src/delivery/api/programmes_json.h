/// Programmes as JSON. Included by programmes_*.cpp only.
#pragma once

#include "api/json.h"
#include "programmes/activities.h"
#include "programmes/contracts.h"
#include "programmes/entitlement.h"
#include "programmes/fees.h"
#include "programmes/indicators.h"
#include "programmes/read_pack.h"

namespace ballast::api {

std::string title_of(const Call& call, const programmes::Title& title);
Json declared_json(const Call& call, const programmes::Programme& programme);
Json finding_json(const Call& call, const programmes::Finding& finding);
Json record_json(const Call& call, const programmes::Programme& programme, const programmes::Record& record,
                 const std::string& about);
Json change_json(const Call& call, const programmes::Register& of, const programmes::Change& change);
Json activity_json(const Call& call, const programmes::Programme& programme, const programmes::Activity& activity);
Json contract_json(const Call& call, const programmes::Programme& programme, const programmes::ContractLine& line);
Json project_json(const Call& call, const programmes::Programme& programme, const programmes::Project& project);
Json fee_json(const Call& call, const programmes::Programme& programme, const programmes::Fee& fee);

programmes::Desk desk_of(const Call& call);
/// The programme that the path names.
Result<std::shared_ptr<const programmes::Programme>> programme_of(const Call& call);
/// Whether its pack is for this county, an area around it or a part of it.
bool holds_here(const Call& call, const programmes::Programme& programme);
/// Values of an object of texts. invalid "http.wrong_type".
Result<programmes::Values> values_of(const Json& asked);

}  // namespace ballast::api
