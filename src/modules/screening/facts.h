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
/// Facts look back a year, and wages a year and a quarter: so far back rows are needed.
constexpr int months_back = 16;

/// A fact that cannot be known is absent, which the rules read as null.
using Facts = std::map<std::string, Fact, std::less<>>;

/// `rows` are the household's, of any feeds, in any order; `work` that of its members. What lies after `as_of` has not
/// happened yet.
Facts facts_of(const registry::Household& household, const std::vector<feeds::Fact>& rows, Date as_of,
               const Windows& windows, const std::vector<Work>& work = {});

}  // namespace ballast::screening
