#include "dmn/columns.h"

#include <algorithm>

#include "dmn/cut_points.h"

namespace ballast::dmn {

using feel::Kind;
using feel::Number;
using feel::Op;
using feel::Value;

namespace {

constexpr std::size_t block = 1024;

void set(std::span<std::uint64_t> mask, std::size_t rule) {
    mask[rule / 64] |= std::uint64_t{1} << (rule % 64);
}

/// The first n that is not below the point, and the first above it.
std::optional<std::pair<std::int64_t, std::int64_t>> cuts_of(const Value& point, const Column& column) {
    if (point.date() && column.kind == Kind::date)
        return std::pair(point.date()->days(), point.date()->days() + 1);
    if (!point.number() || column.kind != Kind::number) return std::pair<std::int64_t, std::int64_t>(0, 0);
    const auto shifted = Number::multiply(*point.number(), Number::scaled(1, -column.scale));
    const auto low = shifted ? shifted->rounded(0, feel::Rounding::ceiling) : std::nullopt;
    const auto high = shifted ? shifted->rounded(0, feel::Rounding::floor) : std::nullopt;
    if (!low || !high || !low->integer() || !high->integer() || *high->integer() == INT64_MAX)
        return std::nullopt;
    return std::pair(*low->integer(), *high->integer() + 1);
}

/// How many of the cuts are not above the value; without branches to mispredict.
std::size_t not_above(const std::vector<std::int64_t>& cuts, std::int64_t value) {
    if (cuts.empty()) return 0;
    const std::int64_t* base = cuts.data();
    for (std::size_t left = cuts.size(); left > 1;) {
        const std::size_t half = left / 2;
        base += base[half - 1] <= value ? half : 0;
        left -= half;
    }
    return static_cast<std::size_t>(base - cuts.data()) + (*base <= value);
}

}  // namespace

Value Column::value(std::int64_t n) const {
    switch (kind) {
        case Kind::number:
            return Number::scaled(n, scale);
        case Kind::boolean:
            return n != 0;
        case Kind::string:
            return texts[static_cast<std::size_t>(n)];
        case Kind::date: {
            const auto date = feel::Date::from_days(n);
            return date ? Value(*date) : Value();
        }
        default:
            return constant;
    }
}

Value Column::at(std::size_t row) const {
    if (kind == Kind::null) return constant;
    if (!absent.empty() && absent[row]) return Value();
    return value(values[row]);
}

ColumnTable ColumnTable::compile(const Model& model, std::size_t decision, std::span<const Column> columns,
                                 const feel::Environment& environment) {
    const Decision& wanted = model.decisions().at(decision);
    INVARIANT(wanted.table && columns.size() == model.inputs().size());
    ColumnTable out;
    out.model_ = &model;
    out.decision_ = decision;
    out.environment_ = environment;
    out.words_ = (wanted.table->rules.size() + 63) / 64;
    out.possible_.assign(out.words_, 0);
    out.slow_.assign(out.words_, 0);
    for (std::size_t r = 0; r < wanted.table->rules.size(); ++r) set(out.possible_, r);
    std::vector<Value> facts;
    for (const Column& column : columns)
        facts.push_back(column.kind == Kind::null ? column.constant : Value());
    out.constants_ = model.prepared(decision, facts, environment, {});
    for (std::size_t i = 0; i < wanted.table->inputs.size(); ++i) out.add_column(i, columns);
    return out;
}

void ColumnTable::add_column(std::size_t place, std::span<const Column> columns) {
    const DecisionTable& table = *model_->decisions()[decision_].table;
    const auto& heading = table.inputs[place];
    // Inputs that vary, and every decision, which may depend on them.
    std::vector<bool> varies(constants_.size());
    for (std::size_t i = 0; i < columns.size() + model_->decisions().size(); ++i)
        varies[i] = i >= columns.size() || columns[i].kind != Kind::null;
    CutPoints points(constants_, varies, environment_);

    const bool plain = heading.expression->op == Op::global &&
                       static_cast<std::size_t>(heading.expression->slot) < columns.size();
    const bool constant = points.is_constant(*heading.expression);
    static const Column nothing;
    const Column& column = plain ? columns[static_cast<std::size_t>(heading.expression->slot)] : nothing;
    bool known = plain || constant;
    if (heading.allowed)
        known = known && (constant || points.add_tests(*heading.allowed, static_cast<int>(place)));
    if (plain && !constant) {
        const auto& shape = model_->inputs()[static_cast<std::size_t>(heading.expression->slot)].shape;
        if (shape && shape->form != feel::Shape::Form::basic) known = false;
        if (shape && shape->allowed) known = known && points.add_tests(*shape->allowed, 0);
    }

    std::vector<feel::NodePtr> cells(table.rules.size());
    for (std::size_t r = 0; r < table.rules.size(); ++r)
        for (const auto& cell : table.rules[r].cells) {
            if (static_cast<std::size_t>(cell.column) != place) continue;
            // Of a text every value is asked, so only what else the cell reads matters.
            if (known && points.add_tests(*cell.test, static_cast<int>(place)))
                cells[r] = cell.test;
            else
                set(slow_, r);
        }
    if (std::none_of(cells.begin(), cells.end(), [](const auto& cell) { return cell != nullptr; })) return;
    Bins bins;
    bins.input = plain ? static_cast<std::size_t>(heading.expression->slot) : 0;
    if (column.kind != Kind::null && column.kind != Kind::string) {
        if (column.kind == Kind::boolean) bins.cuts = {1};
        for (const Value& point : points.points()) {
            const auto cuts = cuts_of(point, column);
            if (!cuts) continue;  // further than any value of the column
            bins.cuts.push_back(cuts->first);
            bins.cuts.push_back(cuts->second);
        }
        std::sort(bins.cuts.begin(), bins.cuts.end());
        std::erase(bins.cuts, INT64_MIN);  // nothing lies below
        bins.cuts.erase(std::unique(bins.cuts.begin(), bins.cuts.end()), bins.cuts.end());
    }
    fill(bins, place, constant ? nothing : column, cells);
    if (constant) {
        for (std::size_t w = 0; w < words_; ++w) possible_[w] &= bins.masks[w];
        return;
    }
    columns_.push_back(std::move(bins));
}

void ColumnTable::fill(Bins& bins, std::size_t place, const Column& column,
                       std::span<const feel::NodePtr> cells) {
    const DecisionTable& table = *model_->decisions()[decision_].table;
    const auto& heading = table.inputs[place];
    const auto ask = [&](Value value) {
        const auto first = bins.masks.size();
        bins.masks.resize(first + words_);
        const std::span<std::uint64_t> mask(bins.masks.data() + first, words_);
        feel::Evaluation e{constants_, environment_};
        e.locals.resize(place + 1);
        if (heading.allowed && !value.is_null()) {
            e.locals[place] = value;
            // As the row interpreter reads it: with the value itself as the innermost local.
            if (!feel::evaluate(*heading.allowed, e).is_true()) value = Value();
        }
        e.locals[place] = std::move(value);
        for (std::size_t r = 0; r < cells.size(); ++r)
            if (!cells[r] || feel::evaluate(*cells[r], e).is_true()) set(mask, r);
    };
    if (column.kind == Kind::null) {
        feel::Evaluation e{constants_, environment_};
        ask(feel::evaluate(*heading.expression, e));
        return;
    }
    const auto& input = model_->inputs()[bins.input];
    const auto fact = [&](const Value& value) { return model_->fact(input, value, environment_); };
    if (column.kind == Kind::string) {
        for (std::size_t i = 0; i < column.texts.size(); ++i)
            ask(fact(column.value(static_cast<std::int64_t>(i))));
    } else {
        ask(fact(column.value(bins.cuts.empty() ? 0 : bins.cuts.front() - 1)));
        for (const std::int64_t cut : bins.cuts) ask(fact(column.value(cut)));
    }
    ask(Value());
}

Matched ColumnTable::evaluate(std::span<const Column> columns, std::size_t rows) const {
    Matched out{model_->decisions()[decision_].table->rules.size(), words_, {}, 0};
    out.bits.resize(rows * words_);
    for (std::size_t row = 0; row < rows; ++row)
        std::copy(possible_.begin(), possible_.end(),
                  out.bits.begin() + static_cast<std::ptrdiff_t>(row * words_));
    for (std::size_t first = 0; first < rows; first += block) {
        const auto last = std::min(rows, first + block);
        for (const Bins& bins : columns_) {
            const Column& column = columns[bins.input];
            const auto absent_bin = bins.masks.size() / words_ - 1;
            const bool texts = column.kind == Kind::string;
            for (std::size_t row = first; row < last; ++row) {
                std::size_t bin = 0;
                if (!column.absent.empty() && column.absent[row]) {
                    bin = absent_bin;
                } else if (texts) {
                    bin = static_cast<std::size_t>(column.values[row]);
                } else {
                    bin = not_above(bins.cuts, column.values[row]);
                }
                for (std::size_t w = 0; w < words_; ++w)
                    out.bits[row * words_ + w] &= bins.masks[bin * words_ + w];
            }
        }
    }
    ask_rows(columns, out);
    return out;
}

/// Rows where a rule is left that has cells of the slow kind; and of the hit policy FIRST only one stays.
void ColumnTable::ask_rows(std::span<const Column> columns, Matched& out) const {
    const bool one = model_->decisions()[decision_].table->policy == HitPolicy::first;
    const bool slow = slow_rules() > 0;
    if (!one && !slow) return;
    std::vector<Value> facts(columns.size());
    for (std::size_t row = 0; row * words_ < out.bits.size(); ++row) {
        const std::span<std::uint64_t> bits(out.bits.data() + row * words_, words_);
        bool open = false;
        for (std::size_t w = 0; w < words_; ++w) open = open || (bits[w] & slow_[w]);
        if (open) {
            for (std::size_t i = 0; i < columns.size(); ++i) facts[i] = columns[i].at(row);
            std::fill(bits.begin(), bits.end(), 0);
            for (const Hit& hit : model_->evaluate(decision_, facts, environment_).hits)
                set(bits, static_cast<std::size_t>(hit.rule - 1));
            ++out.asked;
        } else if (one) {
            bool found = false;
            for (std::uint64_t& word : bits) {
                word = found ? 0 : word & (~word + 1);
                found = found || word;
            }
        }
    }
}

std::size_t ColumnTable::slow_rules() const {
    std::size_t out = 0;
    for (const std::uint64_t word : slow_) out += static_cast<std::size_t>(__builtin_popcountll(word));
    return out;
}

}  // namespace ballast::dmn
