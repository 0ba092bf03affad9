/// Where the answer of a cell can change: the cut points of one column.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "feel/ast.h"

namespace ballast::dmn {

struct Column;

/// Where the bins of a column begin: the value at a point is a bin of its own. Points that no value of the
/// column reaches are left out.
std::vector<std::int64_t> cuts_between(const std::vector<feel::Value>& points, const Column& column);

class CutPoints {
public:
    /// `constants` by slot; `varies` says which of them are not constant after all.
    CutPoints(std::span<const feel::Value> constants, const std::vector<bool>& varies,
              const feel::Environment& environment)
        : constants_(constants), varies_(varies), environment_(environment) {}

    /// Whether the node reads nothing that varies from row to row.
    bool is_constant(const feel::Node& node) const;
    /// Whether the tests of the value in local `slot` are constant between points, which are kept.
    bool add_tests(const feel::Node& node, int slot);
    const std::vector<feel::Value>& points() const { return points_; }

private:
    bool add_test(const feel::Node& test, int slot);
    bool add_condition(const feel::Node& node, int slot);
    bool add_compared(const feel::Node& node, int slot);
    bool add_value(const feel::Value& value);

    std::span<const feel::Value> constants_;
    const std::vector<bool>& varies_;
    const feel::Environment& environment_;
    std::vector<feel::Value> points_;
};

}  // namespace ballast::dmn
