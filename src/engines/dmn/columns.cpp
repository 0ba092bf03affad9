#include "dmn/columns.h"

#include <algorithm>
#include <bit>

#include "dmn/cut_points.h"

namespace ballast::dmn {

using feel::Kind;
using feel::Number;
using feel::Op;
using feel::Value;

namespace {

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

/// Where the column's bins begin.
std::vector<std::int64_t> cuts_between(const std::vector<Value>& points, const Column& column) {
    std::vector<std::int64_t> out;
    if (column.kind == Kind::boolean) return {1};
    if (column.kind != Kind::number && column.kind != Kind::date) return out;
    for (const Value& point : points) {
        const auto cuts = cuts_of(point, column);
        if (!cuts) continue;  // further than any value of the column
        out.push_back(cuts->first);
        out.push_back(cuts->second);
    }
    std::sort(out.begin(), out.end());
    std::erase(out, INT64_MIN);  // nothing lies below
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void collect(const feel::NodePtr& node, std::vector<int>& slots) {
    const auto reads = feel::Expression(node).reads();
    slots.insert(slots.end(), reads.begin(), reads.end());
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
    INVARIANT(wanted.table);
    ColumnTable empty;
    empty.model_ = &model;
    empty.decision_ = decision;
    empty.environment_ = environment;
    empty.words_ = (wanted.table->rules.size() + 63) / 64;
    empty.places_.resize(wanted.table->inputs.size());
    return empty.with(columns, std::vector<bool>(empty.places_.size(), true));
}

ColumnTable ColumnTable::with(std::span<const Column> columns, const std::vector<bool>& affected) const {
    INVARIANT(columns.size() == model_->inputs().size());
    ColumnTable out = *this;
    std::vector<Value> facts;
    for (const Column& column : columns)
        facts.push_back(column.kind == Kind::null ? column.constant : Value());
    out.constants_ = model_->prepared(decision_, facts, environment_, {});
    for (std::size_t i = 0; i < places_.size(); ++i)
        if (affected[i]) out.places_[i] = out.place(i, columns);
    return out;
}

ColumnTable::Place ColumnTable::place(std::size_t number, std::span<const Column> columns) const {
    const DecisionTable& table = rules();
    const auto& heading = table.inputs[number];
    // Inputs that vary, and every decision, which may depend on them.
    std::vector<bool> varies(constants_.size());
    for (std::size_t i = 0; i < columns.size() + model_->decisions().size(); ++i)
        varies[i] = i >= columns.size() || columns[i].kind != Kind::null;
    CutPoints points(constants_, varies, environment_);

    const bool plain = heading.expression->op == Op::global &&
                       static_cast<std::size_t>(heading.expression->slot) < columns.size();
    const bool constant = points.is_constant(*heading.expression);
    Place out{plain ? static_cast<std::size_t>(heading.expression->slot) : 0,
              {},
              {},
              std::vector<std::uint64_t>(words_, ~std::uint64_t{0}),
              std::vector<std::uint64_t>(words_),
              {}};
    static const Column nothing;
    const Column& column = plain && !constant ? columns[out.input] : nothing;
    const bool in_bins = column.kind == Kind::number || column.kind == Kind::date ||
                         column.kind == Kind::boolean || column.kind == Kind::string;
    bool known = constant || (plain && in_bins);
    if (heading.allowed) {
        known = known && (constant || points.add_tests(*heading.allowed, static_cast<int>(number)));
        collect(heading.allowed, out.reads);
    }
    if (plain && !constant) {
        const auto& shape = model_->inputs()[out.input].shape;
        if (shape && shape->form != feel::Shape::Form::basic) known = false;
        if (shape && shape->allowed) known = known && points.add_tests(*shape->allowed, 0);
    }
    collect(heading.expression, out.reads);

    std::vector<feel::NodePtr> cells(table.rules.size());
    for (std::size_t r = 0; r < table.rules.size(); ++r)
        for (const auto& cell : table.rules[r].cells) {
            if (static_cast<std::size_t>(cell.column) != number) continue;
            collect(cell.test, out.reads);
            // Of a text every value is asked, so only what else the cell reads matters.
            if (known && points.add_tests(*cell.test, static_cast<int>(number)))
                cells[r] = cell.test;
            else
                set(out.slow, r);
        }
    if (std::none_of(cells.begin(), cells.end(), [](const auto& cell) { return cell != nullptr; }))
        return out;
    Bins made = bins(number, column, out.input, cuts_between(points.points(), column), cells);
    if (constant) {
        out.possible = made.masks[0];
        return out;
    }
    for (std::size_t w = 0; w < words_; ++w) {
        std::vector<std::uint64_t> masks;
        for (const auto& mask : made.masks) masks.push_back(mask[w]);
        out.words.emplace_back(made.cuts, std::span(masks).first(masks.size() - 1), masks.back());
    }
    out.bins = std::move(made);
    return out;
}

/// Asks the row interpreter for one value of each bin.
ColumnTable::Bins ColumnTable::bins(std::size_t number, const Column& column, std::size_t input,
                                    std::vector<std::int64_t> cuts,
                                    std::span<const feel::NodePtr> cells) const {
    const auto& heading = rules().inputs[number];
    Bins out{std::move(cuts), {}, {}};
    const auto ask = [&](Value value) {
        std::vector<std::uint64_t>& mask = out.masks.emplace_back(words_);
        feel::Evaluation e{constants_, environment_};
        e.locals.resize(number + 1);
        if (heading.allowed && !value.is_null()) {
            e.locals[number] = value;
            // As the row interpreter reads it: with the value itself as the innermost local.
            if (!feel::evaluate(*heading.allowed, e).is_true()) value = Value();
        }
        out.is_value.push_back(!value.is_null());
        e.locals[number] = std::move(value);
        for (std::size_t r = 0; r < cells.size(); ++r)
            if (!cells[r] || feel::evaluate(*cells[r], e).is_true()) set(mask, r);
    };
    if (column.kind == Kind::null) {
        feel::Evaluation e{constants_, environment_};
        ask(feel::evaluate(*heading.expression, e));
        return out;
    }
    const auto ask_of = [&](std::int64_t n) {
        ask(model_->fact(model_->inputs()[input], column.value(n), environment_));
    };
    if (column.kind == Kind::string) {
        // Every text is a bin; a column without any holds no value.
        for (std::size_t i = 0; i < column.texts.size(); ++i) {
            if (i > 0) out.cuts.push_back(static_cast<std::int64_t>(i));
            ask_of(static_cast<std::int64_t>(i));
        }
        if (column.texts.empty()) ask(Value());
    } else {
        ask_of(out.cuts.empty() ? 0 : out.cuts.front() - 1);
        for (const std::int64_t cut : out.cuts) ask_of(cut);
    }
    ask(Value());
    return out;
}

Matched ColumnTable::evaluate(std::span<const Column> columns, std::size_t rows) const {
    Matched out = everything(rows);
    narrow(columns, std::vector<bool>(places_.size(), true), out);
    finish(columns, out);
    return out;
}

Matched ColumnTable::everything(std::size_t rows) const {
    Matched out{rules().rules.size(), rows, {}, 0};
    out.bits.resize(rows * words_);
    for (std::size_t r = 0; r < out.rules; r += 64)
        std::fill_n(out.bits.begin() + static_cast<std::ptrdiff_t>(r / 64 * rows), rows,
                    out.rules - r >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (out.rules - r)) - 1);
    return out;
}

void ColumnTable::narrow(std::span<const Column> columns, const std::vector<bool>& wanted,
                         Matched& out) const {
    std::vector<std::uint64_t> possible(words_, ~std::uint64_t{0});
    for (std::size_t i = 0; i < places_.size(); ++i)
        for (std::size_t w = 0; w < words_ && wanted[i]; ++w) possible[w] &= places_[i].possible[w];
    // Block by block, so that the bits stay near while all columns pass over them.
    for (std::size_t first = 0; first < out.rows; first += BinMasks::most)
        for (std::size_t w = 0; w < words_; ++w) {
            const std::span<std::uint64_t> bits(out.bits.data() + w * out.rows + first,
                                                std::min(BinMasks::most, out.rows - first));
            for (std::uint64_t& word : bits) word &= possible[w];
            std::uint64_t left = possible[w];
            for (std::size_t i = 0; i < places_.size(); ++i) {
                if (!wanted[i] || places_[i].words.empty()) continue;
                const BinMasks& masks = places_[i].words[w];
                if (!(left & masks.decides())) continue;  // no row of the block has a rule that it tests
                const Column& column = columns[places_[i].input];
                left = masks.narrow(column.values.data() + first,
                                    column.absent.empty() ? nullptr : column.absent.data() + first, bits);
            }
        }
}

/// Rows where a rule is left that has cells of the slow kind; and of the hit policy FIRST only one stays.
void ColumnTable::finish(std::span<const Column> columns, Matched& out) const {
    std::vector<std::uint64_t> slow(words_);
    for (const Place& place : places_)
        for (std::size_t w = 0; w < words_; ++w) slow[w] |= place.slow[w];
    const bool any_slow = std::any_of(slow.begin(), slow.end(), [](auto word) { return word != 0; });
    const bool one = rules().policy == HitPolicy::first;
    if (!one && !any_slow) return;
    for (std::size_t row = 0; row < out.rows; ++row) {
        bool open = false;
        for (std::size_t w = 0; w < words_; ++w) open = open || (out.bits[w * out.rows + row] & slow[w]);
        if (open) {
            ask(columns, row, out);
            continue;
        }
        bool found = !one;
        for (std::size_t w = 0; w < words_ && one; ++w) {
            std::uint64_t& word = out.bits[w * out.rows + row];
            word = found ? 0 : word & (~word + 1);
            found = found || word;
        }
    }
}

void ColumnTable::ask(std::span<const Column> columns, std::size_t row, Matched& out) const {
    std::vector<Value> facts(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) facts[i] = columns[i].at(row);
    for (std::size_t w = 0; w < words_; ++w) out.bits[w * out.rows + row] = 0;
    for (const Hit& hit : model_->evaluate(decision_, facts, environment_).hits) {
        const auto bit = static_cast<std::size_t>(hit.rule - 1);
        out.bits[bit / 64 * out.rows + row] |= std::uint64_t{1} << (bit % 64);
    }
    ++out.asked;
}

std::size_t ColumnTable::slow_rules() const {
    std::size_t out = 0;
    for (std::size_t w = 0; w < words_; ++w) {
        std::uint64_t slow = 0;
        for (const Place& place : places_) slow |= place.slow[w];
        out += static_cast<std::size_t>(std::popcount(slow));
    }
    return out;
}

WhatIf::WhatIf(const ColumnTable& table, std::span<const Column> columns, std::size_t rows,
               std::span<const std::size_t> thresholds)
    : table_(&table), rest_(table.everything(rows)) {
    std::vector<bool> others;
    for (const auto& place : table.places_) {
        const bool affected = std::any_of(place.reads.begin(), place.reads.end(), [&](int slot) {
            return std::find(thresholds.begin(), thresholds.end(), static_cast<std::size_t>(slot)) !=
                   thresholds.end();
        });
        affected_.push_back(affected);
        others.push_back(!affected);
    }
    for (const std::size_t input : thresholds) INVARIANT(columns[input].kind == Kind::null);
    table.narrow(columns, others, rest_);
}

Matched WhatIf::evaluate(std::span<const Column> columns) const {
    const ColumnTable table = table_->with(columns, affected_);
    Matched out = rest_;
    table.narrow(columns, affected_, out);
    table.finish(columns, out);
    return out;
}

}  // namespace ballast::dmn
