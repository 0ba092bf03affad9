/// Forms: who has finished, who is late, and terms that are closed.
#pragma once

#include "indicators/desk.h"

namespace ballast::indicators {

/// conflict "indicators.closed" {form, term, area, date}: the term was closed for the area or one above it.
Result<void> still_open(db::Tx& tx, const Form& form, const Term& term, AreaCode area);

struct Closing {
    AreaCode area;
    Date on;
    std::string account;
};
Result<std::optional<Closing>> closing(db::Tx& tx, const Form& form, const Term& term, AreaCode area);
/// Nothing of the area goes into the term any more. Errors: those of `area_of`, forbidden; conflict "indicators.closed".
Result<void> close(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area);
/// With a reason, audited. Errors: as `close`; conflict "indicators.not_closed" {form, term}; invalid
/// "indicators.reason_missing".
Result<void> reopen(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area,
                    std::string_view reason);

/// The area at the form's level says that its form is whole. invalid "indicators.not_whole" {area, missing}: a figure of
/// the form has no value; conflict "indicators.closed".
Result<void> complete(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area);

/// Of an area at the form's level.
struct Progress {
    AreaCode area;
    std::int64_t filled = 0, wanted = 0;  // figures, without parts
    std::optional<Date> completed_on;
    std::string by;
    enum class State : std::uint8_t { complete, late_complete, partly, empty, overdue } state = State::empty;
};
std::string_view name_of(Progress::State state);
/// A form is in time when it is complete on the day it is due.
Result<std::vector<Progress>> progress(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area);

}  // namespace ballast::indicators
