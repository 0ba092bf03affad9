/// The facts of many households as columns, one for each input of a decision table. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "dmn/columns.h"
#include "packs/packs.h"
#include "screening/facts.h"

namespace ballast::rules {

/// How a fact of a pack lies in a column: amounts as numbers with two places, counts as whole ones.
dmn::Column column_of(const packs::Fact& fact);

/// One column that grows household by household.
class FactColumn {
public:
    explicit FactColumn(const packs::Fact& fact) : name_(fact.name), column_(column_of(fact)) {}
    const std::string& name() const { return name_; }
    /// What is not known is absent.
    void add(const screening::Facts& facts);
    /// The column of all that were added; the next begins anew.
    dmn::Column take();

private:
    std::int64_t written(const screening::FactValue& value);

    std::string name_;
    dmn::Column column_;
    std::unordered_map<std::string, std::int64_t> places_;  // of texts
};

}  // namespace ballast::rules
