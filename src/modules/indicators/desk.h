/// Who acts, where and when, over which catalogue. Every call asks the actor's areas; what lies outside is not found.
#pragma once

#include "areas/areas.h"
#include "audit/audit.h"
#include "auth/auth.h"
#include "base/clock.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "indicators/catalogue.h"
#include "indicators/succession.h"
#include "indicators/tree.h"

namespace ballast::indicators {

struct Desk {
    const crypto::Vault& vault;
    const areas::Division& division;
    const auth::Actor& actor;
    const Catalogue& catalogue;
    AreaCode top;  // of this installation: figures are rolled up to here
    Date today;
    Instant now;
};

/// Which of a figure's or form's names: not_found "indicators.no_such_figure", "indicators.no_such_indicator",
/// "indicators.no_such_form" {name}.
Result<const Figure*> figure_of(const Desk& desk, std::string_view name);
Result<const Indicator*> indicator_of(const Desk& desk, std::string_view name);
Result<const Form*> form_of(const Desk& desk, std::string_view name);
/// The term, when it is of that kind. invalid "indicators.bad_term" {term}, "indicators.other_term" {term, expected}.
Result<Term> term_of(TermKind kind, std::string_view text);

/// The changes of areas that were entered, by day.
Result<std::vector<Succession>> successions(db::Tx& tx);
/// One change. Errors: those of `check` and `area_of`. All figures are rolled up again.
Result<void> add_succession(db::Tx& tx, const Desk& desk, const Succession& change);

/// The areas of a level that there were at the end of a term, inside the installation.
std::vector<AreaCode> areas_at(const Desk& desk, std::span<const Succession> changes, AreaLevel level, Date on);
/// The area, when the scope holds it and it was there on that day. Errors: not_found "areas.unknown" {code}; invalid
/// "indicators.area_moved" {area, heirs}: it is another one by then.
Result<AreaCode> area_of(const Desk& desk, const auth::Scope& scope, std::span<const Succession> changes, AreaCode area,
                         Date on);

/// The area, when the actor may read figures there. Errors: as `area_of`.
Result<AreaCode> readable(db::Tx& tx, const Desk& desk, AreaCode area, Date on);

/// Records it where the area lies.
Result<void> record(db::Tx& tx, const Desk& desk, std::string action, std::string object, AreaCode area,
                    std::string details);

}  // namespace ballast::indicators
