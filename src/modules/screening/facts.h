/// What the screening rules ask of one household on one day: from the register, and from the departments'
/// matched rows. Pure.
///
/// Each fact keeps the rows that it was made of, so that a warning can show them. The names are those of
/// packs/screening/inputs.toml; README.md says what each of them means where the specification leaves a
/// choice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "feeds/feeds.h"
#include "registry/household.h"

namespace ballast::screening {

using FactValue = std::variant<bool, std::int64_t, Money, std::string>;

struct Fact {
    FactValue value;
    std::vector<feeds::RowId> rows;  // of department files; empty: from the register alone
};

/// What facts are made with: parameters of the pack.
struct Windows {
    int recent_days = 90;            // what is new: a certificate, relief granted, an illness, a disaster
    int affected_crop_percent = 30;  // what a crop that was hit but not wholly lost counts as
};

/// Work that somebody was placed in, as module `employment` publishes it.
struct Work {
    registry::PersonId person;
    Date started_on;
    std::optional<Date> ended_on;
};
/// A loan of the platform's own book, as module `finance` publishes it.
struct Lent {
    registry::PersonId person;
    Date on;
    Money amount;
    std::optional<Date> next_due;  // the first day on which something is due that is not paid; nothing: paid off
    Date known_since;              // of earlier days the book of today does not say what was due
};
/// What other modules of the platform know of a household.
struct OwnRecords {
    std::vector<Work> work;
    std::vector<Lent> loans;
};
/// Facts look back a year, and wages a year and a quarter: so far back rows are needed.
constexpr int months_back = 16;

/// A fact that cannot be known is absent, which the rules read as null.
using Facts = std::map<std::string, Fact, std::less<>>;

/// `rows` are the household's, of any feeds, in any order; `own` those of its members. What lies after
/// `as_of` has not happened yet.
Facts facts_of(const registry::Household& household, const std::vector<feeds::Fact>& rows, Date as_of,
               const Windows& windows, const OwnRecords& own = {});

}  // namespace ballast::screening
