/// What the figures of a visit suggest: whether the household is in scope, which category it would be, and
/// what the table at the end of domain specification 4 proposes. With reasons, for people to judge: nothing
/// here decides. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "registry/income.h"

namespace ballast::casework {

/// The three categories of monitored households (三类户) [S1].
enum class Category : std::uint8_t { unstable_ex_poor, marginal, sudden_severe };
std::string_view name_of(Category category);
std::optional<Category> category_named(std::string_view name);

/// The category function of domain specification 2.1.
enum class Classified : std::uint8_t { unstable_ex_poor, marginal, sudden_severe, no_category, no_risk };
struct Circumstances {
    bool ex_poor = false;
    bool in_scope = false;
    bool risk_confirmed = false;
    bool sudden_and_severe = false;  // a sudden event, and severe difficulty because of it
};
Classified classify(const Circumstances& facts);
std::optional<Category> category_of(Classified classified);

/// The proposal table.
struct Findings {
    Circumstances facts;
    bool hard_hit_open = false;  // a hard hit of the comparison that nobody has accepted an explanation for
    bool guarantee_gap = false;  // one of the assurances, guarantees or water is not secured
    bool self_coping = false;    // assets, relatives and savings exceed what must be spent
};
enum class Advice : std::uint8_t {
    close_no_risk,
    fix_on_spot,       // close as resolved_on_spot, once the gap is closed
    reject_asset,      // pending an explanation
    enrol,             // as `category`
    close_single,      // not a category: help for the single difficulty
    close_watch_list,  // close with advice, on the watch list
    no_row,            // the table has no row for this
};
std::string_view name_of(Advice advice);
struct Proposal {
    Advice advice = Advice::no_row;
    std::optional<Category> category;
    /// Word ids with their places, in the order in which a person would argue.
    struct Reason {
        std::string id;
        std::vector<std::pair<std::string, std::string>> args;
    };
    std::vector<Reason> reasons;
};
Proposal propose(const Findings& findings);

/// The twelve months before a visit, against a line. Nothing when no line is known for the area and day.
struct Measured {
    Period window;
    registry::Income income;
    std::optional<Money> line;
    registry::Bound bound = registry::Bound::strict;
    bool in_scope() const { return line && registry::in_scope(income.deducted_per_head, *line, bound); }
};

}  // namespace ballast::casework
