/// What a decision counts over a list of each row (the members of a household, the rows of a feed), by
/// column:
///
///   count(成员)                       count(成员[年龄 < 16 and not(在学)])
///   sum(住院.自付)                    sum(住院[出院日期 >= 起算日].自付), min, max
///   some m in 成员 satisfies m.失学    every m in 成员 satisfies m.参保 = true
///
/// A condition compares entries with what is the same for all rows; it is asked of the interpreter once for
/// each combination of bins (`columns.h`) that is seen. Every other shape of expression is left to it.
#pragma once

#include <functional>
#include <optional>

#include "dmn/columns.h"
#include "feel/ast.h"

namespace ballast::dmn {

class ListAggregate {
public:
    /// What the decision's logic counts; nothing when it is of another shape, or its list, its entries or
    /// what they are compared with are not there by column.
    static std::optional<ListAggregate> of(const Model& model, std::size_t decision,
                                           std::span<const Column> columns, std::span<const Decided> decided,
                                           const feel::Environment& environment);

    /// The decision's value for every row. `ask` is asked where the answer is more than a count: a list that
    /// is absent or empty, an entry without a value. Nothing when what it says does not fit the column.
    std::optional<Column> evaluate(std::size_t rows,
                                   const std::function<feel::Value(std::size_t row)>& ask) const;

private:
    enum class What : std::uint8_t { count, sum, min, max, some, every };
    /// Whether an element passes, what it is asked by, and where its entries lie.
    enum Verdict : std::int8_t { unknown, passes, fails, cannot_say };
    struct Part {
        const Column* column = nullptr;
        std::vector<std::int64_t> cuts = {};  // empty: every value is a bin
        std::size_t bins = 0;                 // the last is for absent values
        std::size_t bin(std::size_t place) const;
    };
    class Reader;

    std::vector<Verdict> verdicts() const;
    std::optional<std::int64_t> counted(const std::vector<Verdict>& verdicts, std::size_t row) const;

    What what_ = What::count;
    const Column* list_ = nullptr;
    const Column* entry_ = nullptr;  // what is added up or compared; of `count` none
    const feel::Node* condition_ = nullptr;
    std::size_t item_ = 0;  // the local that holds the element
    std::vector<Part> parts_;
    std::vector<feel::Value> slots_;
    feel::Environment environment_{};
};

}  // namespace ballast::dmn
