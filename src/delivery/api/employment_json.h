/// Employment as JSON. Included by employment_*.cpp only.
#pragma once

#include "api/json.h"
#include "employment/matchings.h"
#include "employment/profiles.h"
#include "employment/startups.h"
#include "employment/training.h"

namespace ballast::api {

/// Errors: those of employment::terms_on.
Result<employment::Desk> employment_desk(const Call& call);

/// {code, label}; null for "".
Json code_json(const Call& call, const employment::CodeList& list, std::string_view code);
Json worker_json(const Call& call, const employment::Worker& who);
Json profile_json(const Call& call, const employment::Profile& profile);
Json post_json(const Call& call, const employment::Post& post);
Json placement_json(const Call& call, const employment::PlacementLine& line);
Json class_json(const Call& call, const employment::TrainingClass& one);
Json attendance_json(const employment::Attendance& one);
Json startup_json(const Call& call, const employment::StartupLine& line);
Json proposal_json(const Call& call, const employment::Proposal& one);
Json matching_json(const Call& call, const employment::Matching& one);
Json left_out_json(const Call& call, const employment::LeftOutHousehold& one);
/// Where one works who takes a post, as `post_json` gives it: its place, else its area.
Json where_of(const Json& post);
/// Words of a head of a workbook: "employment.column.<name>".
std::string head_of(const Call& call, const char* name);
/// [{code, label}] of "employment.warning.<name>".
Json warnings_json(const Call& call, const employment::Warnings& warnings);

/// What a body says of a placement, save whom and where.
Result<employment::Placement> placement_in(const Json& asked);
Result<employment::Declared> declared_in(const Json& asked);
/// A member that is an id. Errors: as `field`.
template <class I>
Result<I> id_in(const Json& object, const char* name) {
    const auto id = Call::parsed<I>(TRY(field<std::string>(object, name)));
    if (!id) return invalid("http.wrong_type").with("name", name);
    return *id;
}
Result<std::optional<Date>> maybe_date_of(const Json& object, const char* name);
/// "" when it is absent.
Result<std::string> text_in(const Json& object, const char* name);

}  // namespace ballast::api
