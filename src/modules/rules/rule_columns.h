/// A rule set over a whole register: which households each rule means, and which it would mean if thresholds
/// were others. Pure; the facts come as columns, so the whole register is one look-up per column.
///
///   auto columns = TRY(RuleColumns::of(pack, county, day));  // reads the pack's tables
///   for (...) columns.add(facts);                            // household after household
///   columns.settle(pack);
///   const auto now = columns.met(pack);
///   const auto then = columns.met(changed_pack);             // other parameters, the same tables
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/area_code.h"
#include "base/date.h"
#include "packs/packs.h"
#include "rules/fact_columns.h"
#include "screening/facts.h"

namespace ballast::rules {

/// For each household the rules that it meets, as bits by the place of the rule in the pack.
using RuleBits = std::uint64_t;
constexpr std::size_t most_rules = 64;

class RuleColumns {
public:
    /// Errors, invalid: those of dmn, "rules.too_many_rules" {name}, and those that screening has for the
    /// same pack.
    static Result<RuleColumns> of(const packs::Pack& pack, AreaCode county, Date as_of);
    RuleColumns(RuleColumns&&) noexcept;
    RuleColumns& operator=(RuleColumns&&) noexcept;
    ~RuleColumns();

    void add(const screening::Facts& facts);
    /// Of those that were added since it was settled last; answers, once for all thresholds, what reads none
    /// of them.
    void settle(const packs::Pack& pack);
    std::size_t households() const { return households_; }  // settled
    /// By household that was settled. `pack` has the tables of the pack that this was made of; its parameters
    /// may be others. From any thread.
    std::vector<RuleBits> met(const packs::Pack& pack) const;

private:
    RuleColumns();
    struct Table;
    AreaCode county_;
    Date as_of_;
    std::size_t added_ = 0, households_ = 0;
    std::vector<std::unique_ptr<Table>> tables_;
};

}  // namespace ballast::rules
