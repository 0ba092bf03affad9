#include "dmn/list_aggregate.h"

#include <algorithm>
#include <map>

#include "dmn/cut_points.h"
#include "feel/builtins.h"

namespace ballast::dmn {

using feel::Kind;
using feel::Node;
using feel::Op;
using feel::Value;

namespace {

constexpr std::size_t most_combinations = 1 << 20;

const feel::Builtin* builtin_of(const Node& node) {
    const auto* function = node.op == Op::literal ? node.value.function() : nullptr;
    return function ? function->builtin : nullptr;
}

}  // namespace

/// Reads the shape of the logic.
class ListAggregate::Reader {
public:
    Reader(ListAggregate& out, std::span<const Column> columns, std::span<const Decided> decided)
        : out_(out), columns_(columns), decided_(decided) {}

    bool read(const Node& logic) {
        if (logic.op == Op::some || logic.op == Op::every) {
            out_.what_ = logic.op == Op::some ? What::some : What::every;
            return logic.children.size() == 2 && read_list(*logic.children[0]) &&
                   read_condition(*logic.children[1], 0);
        }
        if (logic.op != Op::call || logic.children.size() != 2 || !logic.names.empty()) return false;
        const auto* function = builtin_of(*logic.children[0]);
        static const std::map<std::string_view, What> known{
            {"count", What::count}, {"sum", What::sum}, {"min", What::min}, {"max", What::max}};
        const auto found = function ? known.find(function->name) : known.end();
        if (found == known.end()) return false;
        out_.what_ = found->second;
        return read_counted(*logic.children[1]);
    }

private:
    /// A list, a list with a condition, or an entry of either.
    bool read_counted(const Node& node) {
        if (node.op == Op::field) {
            if (out_.what_ == What::count || !read_filtered(*node.children[0])) return false;
            out_.entry_ = entry(node.names[0]);
            const bool numbers = out_.entry_ && out_.entry_->kind == Kind::number;
            const bool days = out_.entry_ && out_.entry_->kind == Kind::date && out_.what_ != What::sum;
            return numbers || days;
        }
        return out_.what_ == What::count && read_filtered(node);
    }
    bool read_filtered(const Node& node) {
        if (node.op != Op::filter) return read_list(node);
        return read_list(*node.children[0]) &&
               read_condition(*node.children[1], static_cast<std::size_t>(node.slot));
    }
    bool read_list(const Node& node) {
        const auto slot = static_cast<std::size_t>(node.slot);
        const bool input = node.op == Op::global && slot < columns_.size();
        out_.list_ = input ? &columns_[slot] : nullptr;
        return out_.list_ && out_.list_->lists;
    }
    bool read_condition(const Node& node, std::size_t item) {
        out_.condition_ = &node;
        out_.item_ = item;
        if (!says_yes_or_no(node)) return false;
        std::size_t combinations = 1;
        for (auto& [name, asked] : asked_) {
            Part part{entry(name), {}, 0};
            if (!asked.whole) part.cuts = cuts_between(asked.points, *part.column);
            part.bins = bins_of(part, asked.whole) + 1;
            if (part.bins == 1 || (combinations *= part.bins) > most_combinations) return false;
            out_.parts_.push_back(std::move(part));
        }
        return true;
    }
    /// How many bins there are for values; 0: they cannot be told apart by a few.
    static std::size_t bins_of(const Part& part, bool whole) {
        if (!whole) return part.cuts.size() + 1;
        if (part.column->kind == Kind::boolean) return 2;
        if (part.column->kind == Kind::string) return std::max<std::size_t>(part.column->texts.size(), 1);
        return 0;
    }

    bool says_yes_or_no(const Node& node) {
        switch (node.op) {
            case Op::conjunction:
            case Op::disjunction:
                return says_yes_or_no(*node.children[0]) && says_yes_or_no(*node.children[1]);
            case Op::equal:
            case Op::unequal:
            case Op::less:
            case Op::at_most:
            case Op::greater:
            case Op::at_least:
            case Op::between:
                return compares(node);
            case Op::call: {
                const auto* function = builtin_of(outside(*node.children[0]));
                return function && function->name == "not" && node.children.size() == 2 &&
                       says_yes_or_no(*node.children[1]);
            }
            default: {
                const auto name = entry_name(node);
                if (!name || entry(*name)->kind != Kind::boolean) return false;
                asked_[*name].whole = true;
                return true;
            }
        }
    }
    /// Entries against what is the same for all rows: its values are cut points of the entries.
    bool compares(const Node& node) {
        std::vector<std::string> names;
        std::vector<Value> points;
        for (const auto& side : node.children) {
            if (const auto name = entry_name(*side)) {
                names.push_back(*name);
            } else if (constant(*side)) {
                feel::Evaluation e{out_.slots_, out_.environment_};
                e.locals.resize(out_.item_ + 1);
                points.push_back(feel::evaluate(*side, e));
            } else {
                return false;
            }
        }
        for (const auto& name : names) {
            auto& asked = asked_[name];
            const auto kind = entry(name)->kind;
            asked.whole = asked.whole || names.size() > 1 || (kind != Kind::number && kind != Kind::date);
            asked.points.insert(asked.points.end(), points.begin(), points.end());
        }
        return true;
    }
    /// Inside a filter every name may be an entry of the element; what this one is when it is none.
    const Node& outside(const Node& node) const {
        const bool other = node.op == Op::item_field && !entry(node.names[0]) && !node.children.empty();
        return other ? *node.children[0] : node;
    }
    /// What the node reads of the element.
    std::optional<std::string> entry_name(const Node& node) const {
        const auto item = [&](const Node& of) {
            const Node& bare = outside(of);
            return bare.op == Op::local && static_cast<std::size_t>(bare.slot) == out_.item_;
        };
        const bool own = node.op == Op::item_field && static_cast<std::size_t>(node.slot) == out_.item_;
        const bool of_item = node.op == Op::field && item(*node.children[0]);
        if ((own || of_item) && entry(node.names[0])) return node.names[0];
        return std::nullopt;
    }
    bool constant(const Node& node) const {
        switch (node.op) {
            case Op::literal:
                return true;
            case Op::global: {
                const auto* given = column(node.slot);
                return given && given->kind == Kind::null;
            }
            case Op::item_field:
                return &outside(node) != &node && constant(outside(node));
            case Op::negate:
            case Op::add:
            case Op::subtract:
            case Op::multiply:
            case Op::divide:
            case Op::call:
                return std::ranges::all_of(node.children, [&](const auto& one) { return constant(*one); });
            default:
                return false;
        }
    }
    const Column* column(int slot) const {
        const auto at = static_cast<std::size_t>(slot);
        if (at < columns_.size()) return &columns_[at];
        const auto found = std::ranges::find(decided_, at - columns_.size(), &Decided::decision);
        return found == decided_.end() ? nullptr : &found->column;
    }
    const Column* entry(std::string_view name) const {
        const auto& lists = *out_.list_->lists;
        const auto found = std::ranges::find(lists.names, name);
        return found == lists.names.end()
                   ? nullptr
                   : &lists.columns[static_cast<std::size_t>(found - lists.names.begin())];
    }

    struct Asked {
        std::vector<Value> points;
        bool whole = false;  // by its value itself
    };
    ListAggregate& out_;
    std::span<const Column> columns_;
    std::span<const Decided> decided_;
    std::map<std::string, Asked> asked_;
};

namespace {

/// Whether a fact of the type comes to a decision as it is given: nothing that the type could refuse.
bool passes_as_given(const feel::ShapePtr& shape, const Column& list) {
    using Form = feel::Shape::Form;
    if (!shape || shape->form == Form::any) return true;
    if (shape->form != Form::list || shape->allowed) return false;
    const auto& of = shape->of;
    if (!of || of->form == Form::any) return true;
    if (of->form != Form::context || of->allowed) return false;
    return std::ranges::all_of(of->parts, [&](const auto& part) {
        const auto& names = list.lists->names;
        const auto found = std::ranges::find(names, part.first);
        if (found == names.end() || !part.second) return false;
        const auto kind = list.lists->columns[static_cast<std::size_t>(found - names.begin())].kind;
        return !part.second->allowed && (part.second->form == Form::any ||
                                         (part.second->form == Form::basic && part.second->kind == kind));
    });
}

}  // namespace

std::optional<ListAggregate> ListAggregate::of(const Model& model, std::size_t decision,
                                               std::span<const Column> columns,
                                               std::span<const Decided> decided,
                                               const feel::Environment& environment) {
    const Decision& wanted = model.decisions()[decision];
    if (wanted.table || wanted.shape) return std::nullopt;
    ListAggregate out;
    std::vector<Value> facts;
    for (const Column& column : columns)
        facts.push_back(column.kind == Kind::null ? column.constant : Value());
    std::vector<Given> given;
    for (const auto& one : decided)
        given.push_back({one.decision, one.column.kind == Kind::null ? one.column.constant : Value()});
    out.slots_ = model.prepared(decision, facts, environment, given);
    out.environment_ = environment;
    if (!Reader(out, columns, decided).read(*wanted.logic)) return std::nullopt;
    const auto input = static_cast<std::size_t>(out.list_ - columns.data());
    if (!passes_as_given(model.inputs()[input].shape, *out.list_)) return std::nullopt;
    return out;
}

std::size_t ListAggregate::Part::bin(std::size_t place) const {
    if (!column->absent.empty() && column->absent[place]) return bins - 1;
    const auto n = column->written_at(place);
    if (column->kind == Kind::boolean || column->kind == Kind::string) return static_cast<std::size_t>(n);
    return static_cast<std::size_t>(std::ranges::upper_bound(cuts, n) - cuts.begin());
}

std::vector<ListAggregate::Verdict> ListAggregate::verdicts() const {
    const auto& lists = *list_->lists;
    std::vector<Verdict> out(lists.offsets.back(), passes);
    if (!condition_) return out;
    std::size_t combinations = 1;
    for (const auto& part : parts_) combinations *= part.bins;
    std::vector<Verdict> known(combinations, unknown);
    feel::Evaluation e{slots_, environment_};
    e.locals.resize(item_ + 1);
    for (std::size_t place = 0; place < out.size(); ++place) {
        std::size_t at = 0;
        for (const auto& part : parts_) at = at * part.bins + part.bin(place);
        if (known[at] == unknown) {
            e.locals[item_] = lists.element(place);
            const Value said = feel::evaluate(*condition_, e);
            known[at] = said.is_true() ? passes : said.is_false() ? fails : cannot_say;
        }
        out[place] = known[at];
    }
    return out;
}

/// Nothing: the interpreter must be asked.
std::optional<std::int64_t> ListAggregate::counted(const std::vector<Verdict>& verdicts,
                                                   std::size_t row) const {
    const auto& offsets = list_->lists->offsets;
    if (!list_->absent.empty() && list_->absent[row]) return std::nullopt;
    std::int64_t passing = 0, sum = 0;
    std::optional<std::int64_t> extreme;
    bool said = true;
    for (auto place = offsets[row]; place < offsets[row + 1]; ++place) {
        said = said && verdicts[place] != cannot_say;
        if (verdicts[place] != passes) continue;
        ++passing;
        if (!entry_) continue;
        if (!entry_->absent.empty() && entry_->absent[place]) return std::nullopt;
        const auto n = entry_->written_at(place);
        if (__builtin_add_overflow(sum, n, &sum)) return std::nullopt;
        const bool better = !extreme || (what_ == What::min ? n < *extreme : n > *extreme);
        if (better) extreme = n;
    }
    const auto all = static_cast<std::int64_t>(offsets[row + 1] - offsets[row]);
    switch (what_) {
        case What::count:
            return passing;
        case What::some:
            return passing > 0 ? std::optional<std::int64_t>(1)
                   : said      ? std::optional<std::int64_t>(0)
                               : std::nullopt;
        case What::every:
            return said ? std::optional<std::int64_t>(passing == all) : std::nullopt;
        case What::sum:
            return passing > 0 ? std::optional(sum) : std::nullopt;
        case What::min:
        case What::max:
            return extreme;
    }
    return std::nullopt;
}

std::optional<Column> ListAggregate::evaluate(std::size_t rows,
                                              const std::function<Value(std::size_t row)>& ask) const {
    const bool yes_or_no = what_ == What::some || what_ == What::every;
    Column out;
    out.kind = entry_ ? entry_->kind : yes_or_no ? Kind::boolean : Kind::number;
    if (entry_) out.scale = entry_->scale;
    out.absent.resize(rows);
    const auto verdicts = this->verdicts();
    std::optional<Value> of_nothing;  // what the interpreter says where nothing passes: always the same
    const auto& offsets = list_->lists->offsets;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto counted_here = counted(verdicts, row);
        if (counted_here) {
            out.values.push_back(*counted_here);
            continue;
        }
        const bool absent = !list_->absent.empty() && list_->absent[row];
        const bool nothing = !absent && entry_ &&
                             std::none_of(verdicts.begin() + static_cast<std::ptrdiff_t>(offsets[row]),
                                          verdicts.begin() + static_cast<std::ptrdiff_t>(offsets[row + 1]),
                                          [](auto verdict) { return verdict == passes; });
        if (nothing && !of_nothing) of_nothing = ask(row);
        const Value said = nothing ? *of_nothing : ask(row);
        if (!said.is_null() && said.kind() != out.kind) return std::nullopt;
        const auto n = out.written(said);
        if (!n) return std::nullopt;
        out.values.push_back(*n);
        out.absent[row] = said.is_null();
    }
    return out;
}

}  // namespace ballast::dmn
