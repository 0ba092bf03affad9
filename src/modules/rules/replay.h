/// A rule set on past months, held against what casework found in them: what it would have shown in time,
/// what late, what never; how many visits it would have made for nothing; and how much work for each village.
///
/// The departments' rows are those of the month. The register keeps no old state that could be read as a
/// whole: it is taken as it stands today, which the answer must say.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/county_facts.h"
#include "rules/what_if.h"

namespace ballast::rules {

/// Which rules meant which household at the end of each month. The first month only tells what was new in the
/// second.
struct History {
    Instant read_at;
    std::vector<Date> months;  // their last days
    std::vector<registry::HouseholdId> households;
    std::vector<AreaCode> villages;
    std::vector<std::vector<RuleBits>> met;  // by month, by household
};

constexpr int most_months = 12;

/// The `months` whole months before today, by the pack with these thresholds in place of those of each month.
/// Errors: invalid "rules.bad_months"; those of `changed` and `county_facts`.
Result<std::shared_ptr<const History>> history(Shelf<History>& shelf, const Reading& reading,
                                               const packs::Pack& pack, std::span<const Change> changes,
                                               int months, Date today);

/// What casework found out about a household.
struct Finding {
    std::size_t household = 0;  // its place in the history
    Date told_on;               // when the clue or the case began
    bool found = false;         // a risk; otherwise that there is none
};
/// Those that began in the months judged, of households of the history.
Result<std::vector<Finding>> findings(db::Tx& tx, AreaCode county, const History& history);

enum class Outcome : std::uint8_t {
    in_time,  // a risk that a rule meant when it was told of, or before
    late,     // only afterwards
    missed,   // never
    no_risk,  // a rule meant the household; casework found no risk
};
constexpr std::size_t outcomes = 4;
std::string_view name_of(Outcome outcome);
std::optional<Outcome> outcome_named(std::string_view name);

struct Score {
    std::int64_t meant = 0;  // households, in every month anew
    std::int64_t begun = 0;  // households that were not meant the month before: the visits to be made
    std::array<std::int64_t, outcomes> by_outcome{};
};

struct BackTest {
    std::int64_t households = 0, villages = 0;
    Score all;
    std::vector<Score> by_month;  // without the first month of the history
    struct OfArea {
        AreaCode area;
        std::int64_t households = 0, villages = 0;
        Score score;
    };
    std::vector<OfArea> by_area;  // one level below
};
BackTest judge(const History& history, std::span<const Finding> findings, const Part& part);

/// The places of the households behind a number: those that were begun, or of an outcome; in one month (its
/// place in `by_month`) or in all of them. Each once, in the register's order.
std::vector<std::size_t> behind(const History& history, std::span<const Finding> findings, const Part& part,
                                std::optional<Outcome> outcome, std::optional<std::size_t> month);

}  // namespace ballast::rules
