#include "casework/category.h"

#include <algorithm>
#include <array>

namespace ballast::casework {

namespace {

constexpr std::array category_names{std::string_view("unstable_ex_poor"), std::string_view("marginal"),
                                    std::string_view("sudden_severe")};
constexpr std::array advice_names{std::string_view("close_no_risk"), std::string_view("fix_on_spot"),
                                  std::string_view("reject_asset"),  std::string_view("enrol"),
                                  std::string_view("close_single"),  std::string_view("close_watch_list"),
                                  std::string_view("no_row")};

/// Yes, no, or whatever it is: a dash of the specification's tables.
enum class Is : std::uint8_t { yes, no, any };
using enum Is;
constexpr bool met(Is wanted, bool is) { return wanted == any || (wanted == yes) == is; }

struct CategoryRow {
    Is ex_poor, in_scope, risk, sudden;
    Classified result;
};
// Domain specification 2.1. First match; so a sudden event within scope keeps its first two rows (assumed;
// the county may say sudden_severe with a reason).
constexpr std::array category_table{
    //           ex-poor  in scope  risk  sudden
    CategoryRow{yes, yes, yes, any, Classified::unstable_ex_poor},
    CategoryRow{no, yes, yes, any, Classified::marginal},
    CategoryRow{any, no, yes, yes, Classified::sudden_severe},
    CategoryRow{any, no, yes, no, Classified::no_category},
    CategoryRow{any, any, no, any, Classified::no_risk},
};

struct ProposalRow {
    Is risk, in_scope, hard_hit, gap, self_coping;
    Advice advice;
};
// Domain specification 4, at the end. What is enrolled out of scope must be a category too, or it is a single
// difficulty (2.1, row 5).
constexpr std::array proposal_table{
    //           risk  in scope  hard hit  gap  self-coping
    ProposalRow{no, any, any, no, any, Advice::close_no_risk},
    ProposalRow{no, any, any, yes, any, Advice::fix_on_spot},
    ProposalRow{yes, any, yes, any, any, Advice::reject_asset},
    ProposalRow{yes, yes, no, any, any, Advice::enrol},
    ProposalRow{yes, no, no, any, no, Advice::enrol},
    ProposalRow{yes, no, no, no, yes, Advice::close_watch_list},
};

}  // namespace

std::string_view name_of(Category category) { return category_names.at(static_cast<std::size_t>(category)); }
std::string_view name_of(Advice advice) { return advice_names.at(static_cast<std::size_t>(advice)); }

std::optional<Category> category_named(std::string_view name) {
    const auto found = std::ranges::find(category_names, name);
    if (found == category_names.end()) return std::nullopt;
    return static_cast<Category>(found - category_names.begin());
}

Classified classify(const Circumstances& facts) {
    const auto row = std::ranges::find_if(category_table, [&](const CategoryRow& one) {
        return met(one.ex_poor, facts.ex_poor) && met(one.in_scope, facts.in_scope) &&
               met(one.risk, facts.risk_confirmed) && met(one.sudden, facts.sudden_and_severe);
    });
    INVARIANT(row != category_table.end());
    return row->result;
}

std::optional<Category> category_of(Classified classified) {
    switch (classified) {
        case Classified::unstable_ex_poor:
            return Category::unstable_ex_poor;
        case Classified::marginal:
            return Category::marginal;
        case Classified::sudden_severe:
            return Category::sudden_severe;
        default:
            return std::nullopt;
    }
}

Proposal propose(const Findings& found) {
    const auto row = std::ranges::find_if(proposal_table, [&](const ProposalRow& one) {
        return met(one.risk, found.facts.risk_confirmed) && met(one.in_scope, found.facts.in_scope) &&
               met(one.hard_hit, found.hard_hit_open) && met(one.gap, found.guarantee_gap) &&
               met(one.self_coping, found.self_coping);
    });
    Proposal out;
    out.advice = row == proposal_table.end() ? Advice::no_row : row->advice;
    const auto say = [&](bool holds, std::string what) {
        out.reasons.push_back({"casework.reason." + std::move(what) + (holds ? ".yes" : ".no"), {}});
    };
    say(found.facts.risk_confirmed, "risk");
    if (found.facts.risk_confirmed) {
        say(found.facts.in_scope, "in_scope");
        say(found.hard_hit_open, "hard_hit");
    }
    say(found.guarantee_gap, "gap");
    if (found.facts.risk_confirmed && !found.facts.in_scope) say(found.self_coping, "self_coping");
    if (out.advice != Advice::enrol) return out;
    out.category = category_of(classify(found.facts));
    if (!out.category) out.advice = Advice::close_single;
    if (!found.facts.in_scope)
        say(found.facts.sudden_and_severe, "sudden");
    else
        say(found.facts.ex_poor, "ex_poor");
    return out;
}

}  // namespace ballast::casework
