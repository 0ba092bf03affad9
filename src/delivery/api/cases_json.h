/// Cases as the API shows them. Heavy, as json.h is.
#pragma once

#include "api/json.h"
#include "casework/case_file.h"

namespace ballast::api {

/// {code, label}: a state, with its reason when the case is over; an action; a category; a source.
Json state_json(const Call& call, casework::State state, const std::string& reason);
Json action_json(const Call& call, casework::Action action);
Json category_json(const Call& call, const std::string& category);  // null for ""
Json clue_source_json(const Call& call, const std::string& source);
Json risks_json(const Call& call, const std::vector<std::string>& codes);

/// As #/components/schemas/Due.
Json due_json(const Call& call, const Deadline& deadline, const casework::Terms& terms);

/// As #/components/schemas/CaseLine. `terms` are those of the case's village.
Json case_line(const Call& call, const casework::CaseLine& line, const Json& household,
               const casework::Terms& terms);
/// As #/components/schemas/Case.
Json case_json(const Call& call, const casework::CaseFile& file, const Json& household);

/// The packs by which this installation runs its cases.
Result<casework::Rulebook> rulebook(const Call& call);

}  // namespace ballast::api
