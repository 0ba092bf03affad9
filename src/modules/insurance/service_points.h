/// The service network of an insurer (domain specification 1.2, item 6, and 5.10): a station in a township, a
/// point in a village, each with the assistant (协保员) who is there. Entered by the insurer or the county; the
/// coverage is told against the townships and villages (communities too) of the insurer's county.
#pragma once

#include "insurance/desk.h"
#include "insurance/evaluation.h"

namespace ballast::insurance {

struct ServicePointTag;
using ServicePointId = Id<ServicePointTag>;

struct ServicePoint {
    ServicePointId id;
    AreaCode area;  // a township of a station, a village of a point
    std::string name, assistant;
    Date first_day;
    std::optional<Date> last_day;
};
struct NewServicePoint {
    AreaCode area;
    std::string name, assistant;
    Date first_day;
};

/// The county's own insurers, an insurer itself: not_found "insurance.no_such_insurer" for all others, those
/// within the county too.
Result<Insurer> evaluated_insurer(db::Tx& tx, const Desk& desk, InsurerId id);
/// The same, for who may write: the county's office, or the insurer's own people. forbidden "auth.not_allowed".
Result<Insurer> insurer_to_write_of(db::Tx& tx, const Desk& desk, InsurerId id);

/// Whether the insurer can be there from that day. Errors: invalid "insurance.wrong_service_area" {code}, "insurance.text_missing"
/// {name}, "insurance.service_in_future"; conflict "insurance.served_already" {area}.
Result<void> check_service_point(db::Tx& tx, const Desk& desk, const Insurer& by, const NewServicePoint& point);
/// All or none. Errors: those of insurer_to_write_of and of the check.
Result<void> add_service_points(db::Tx& tx, const Desk& desk, InsurerId id, const std::vector<NewServicePoint>& points);
/// Its last day is `on`. Errors: not_found "insurance.no_such_service_point"; invalid
/// "insurance.service_in_future", "insurance.service_ends_before" {date}.
Result<void> end_service_point(db::Tx& tx, const Desk& desk, InsurerId id, ServicePointId point, Date on);

struct Coverage {
    Amounts stations, points;  // townships with a station of all; villages with a point of all
};
Result<Coverage> coverage(db::Tx& tx, const Desk& desk, const Insurer& insurer, Date on);

/// One township with what is there on that day.
struct ServedTownship {
    areas::Area area;
    std::int64_t villages = 0, covered = 0;
    std::optional<ServicePoint> station;
};
Result<std::vector<ServedTownship>> served_townships(db::Tx& tx, const Desk& desk, InsurerId id, Date on);
struct ServedVillage {
    areas::Area area;
    std::optional<ServicePoint> point;
};
/// not_found "areas.unknown": not a township of the insurer's county.
Result<std::vector<ServedVillage>> served_villages(db::Tx& tx, const Desk& desk, InsurerId id, AreaCode township,
                                                   Date on);

}  // namespace ballast::insurance
