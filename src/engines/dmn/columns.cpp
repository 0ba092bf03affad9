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

void collect(const feel::NodePtr& node, std::vector<int>& slots) {
    const auto reads = feel::Expression(node).reads();
    slots.insert(slots.end(), reads.begin(), reads.end());
}

}  // namespace

Value Column::value(std::int64_t n) const {
    if (!others.empty()) return others[static_cast<std::size_t>(n)];
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

std::optional<std::int64_t> Column::written(const Value& value) const {
    if (value.is_null()) return 0;
    if (value.kind() != kind) return std::nullopt;
    if (kind == Kind::boolean) return value.is_true();
    if (kind == Kind::date) return value.date()->days();
    if (kind == Kind::number) {
        const auto shifted = Number::multiply(*value.number(), Number::scaled(1, -scale));
        return shifted ? shifted->integer() : std::nullopt;
    }
    return std::nullopt;
}

Value Column::at(std::size_t row) const {
    if (kind == Kind::null) return constant;
    if (!absent.empty() && absent[row]) return Value();
    if (!lists) return value(written_at(row));
    feel::List out;
    for (auto place = lists->offsets[row]; place < lists->offsets[row + 1]; ++place)
        out.push_back(lists->element(place));
    return out;
}

void Column::shrink() {
    const auto fits = [](std::int64_t n) { return n == static_cast<std::int32_t>(n); };
    if (!std::ranges::all_of(values, fits)) return;
    small.assign(values.begin(), values.end());
    values = {};
}

Value Lists::element(std::size_t place) const {
    feel::Context out;
    for (std::size_t i = 0; i < names.size(); ++i) out.emplace_back(names[i], columns[i].at(place));
    return out;
}

struct ColumnTable::Given {
    std::span<const Column> columns;
    std::span<const Decided> decided = {};

    /// nullptr: a decision of which nothing is known.
    const Column* at(std::size_t slot) const {
        if (slot < columns.size()) return &columns[slot];
        const auto found = std::ranges::find(decided, slot - columns.size(), &Decided::decision);
        return found == decided.end() ? nullptr : &found->column;
    }
    /// The decisions' values in a row; without one, those that are the same in all rows.
    std::vector<dmn::Given> decisions(std::optional<std::size_t> row) const {
        std::vector<dmn::Given> out;
        for (const auto& one : decided)
            out.push_back({one.decision, row                             ? one.column.at(*row)
                                         : one.column.kind == Kind::null ? one.column.constant
                                                                         : Value()});
        return out;
    }
};

ColumnTable ColumnTable::compile(const Model& model, std::size_t decision, std::span<const Column> columns,
                                 const feel::Environment& environment, std::span<const Decided> decided) {
    const Decision& wanted = model.decisions().at(decision);
    INVARIANT(wanted.table);
    ColumnTable empty;
    empty.model_ = &model;
    empty.decision_ = decision;
    empty.environment_ = environment;
    empty.words_ = (wanted.table->rules.size() + 63) / 64;
    empty.places_.resize(wanted.table->inputs.size());
    return empty.with({columns, decided}, std::vector<bool>(empty.places_.size(), true));
}

ColumnTable ColumnTable::with(const Given& given, const std::vector<bool>& affected) const {
    INVARIANT(given.columns.size() == model_->inputs().size());
    ColumnTable out = *this;
    std::vector<Value> facts;
    for (const Column& column : given.columns)
        facts.push_back(column.kind == Kind::null ? column.constant : Value());
    out.constants_ = model_->prepared(decision_, facts, environment_, given.decisions({}));
    for (std::size_t i = 0; i < places_.size(); ++i)
        if (affected[i]) out.places_[i] = out.place(i, given);
    return out;
}

ColumnTable::Place ColumnTable::place(std::size_t number, const Given& given) const {
    const DecisionTable& table = rules();
    const auto& heading = table.inputs[number];
    // What varies, and every decision of which nothing is known.
    const std::size_t slots = model_->inputs().size() + model_->decisions().size();
    std::vector<bool> varies(constants_.size());
    for (std::size_t i = 0; i < slots; ++i) {
        const Column* column = given.at(i);
        varies[i] = !column || column->kind != Kind::null;
    }
    CutPoints points(constants_, varies, environment_);

    const bool global = heading.expression->op == Op::global;
    const std::size_t slot = global ? static_cast<std::size_t>(heading.expression->slot) : slots;
    const bool plain = slot < slots && given.at(slot);
    const bool constant = points.is_constant(*heading.expression);
    Place out{plain ? slot : 0,
              {},
              {},
              std::vector<std::uint64_t>(words_, ~std::uint64_t{0}),
              std::vector<std::uint64_t>(words_),
              {}};
    static const Column nothing;
    const Column& column = plain && !constant ? *given.at(slot) : nothing;
    const bool in_bins = column.kind == Kind::number || column.kind == Kind::date ||
                         column.kind == Kind::boolean || column.kind == Kind::string ||
                         !column.others.empty();
    bool known = constant || (plain && in_bins);
    if (heading.allowed) {
        known = known && (constant || points.add_tests(*heading.allowed, static_cast<int>(number)));
        collect(heading.allowed, out.reads);
    }
    if (plain && !constant && slot < model_->inputs().size()) {
        const auto& shape = model_->inputs()[slot].shape;
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
    Bins made = bins(number, column, out.slot, cuts_between(points.points(), column), cells);
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
ColumnTable::Bins ColumnTable::bins(std::size_t number, const Column& column, std::size_t slot,
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
        const bool fact = slot < model_->inputs().size();
        ask(fact ? model_->fact(model_->inputs()[slot], column.value(n), environment_) : column.value(n));
    };
    if (column.kind == Kind::string || !column.others.empty()) {
        // Every value is a bin; a column without any holds none.
        const auto values = std::max(column.texts.size(), column.others.size());
        out.cuts.clear();
        for (std::size_t i = 0; i < values; ++i) {
            if (i > 0) out.cuts.push_back(static_cast<std::int64_t>(i));
            ask_of(static_cast<std::int64_t>(i));
        }
        if (values == 0) ask(Value());
    } else {
        ask_of(out.cuts.empty() ? 0 : out.cuts.front() - 1);
        for (const std::int64_t cut : out.cuts) ask_of(cut);
    }
    ask(Value());
    return out;
}

Matched ColumnTable::evaluate(std::span<const Column> columns, std::size_t rows,
                              std::span<const Decided> decided) const {
    const Given given{columns, decided};
    Matched out = everything(rows);
    narrow(given, std::vector<bool>(places_.size(), true), out);
    finish(given, out);
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

void ColumnTable::narrow(const Given& given, const std::vector<bool>& wanted, Matched& out) const {
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
                const Column& column = *given.at(places_[i].slot);
                const auto* absent = column.absent.empty() ? nullptr : column.absent.data() + first;
                left = column.small.empty() ? masks.narrow(column.values.data() + first, absent, bits)
                                            : masks.narrow(column.small.data() + first, absent, bits);
            }
        }
}

/// Rows where a rule is left that has cells of the slow kind; and of the hit policy FIRST only one stays.
void ColumnTable::finish(const Given& given, Matched& out) const {
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
            ask(given, row, out);
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

void ColumnTable::ask(const Given& given, std::size_t row, Matched& out) const {
    std::vector<Value> facts;
    for (const Column& column : given.columns) facts.push_back(column.at(row));
    for (std::size_t w = 0; w < words_; ++w) out.bits[w * out.rows + row] = 0;
    for (const Hit& hit : model_->evaluate(decision_, facts, environment_, given.decisions(row)).hits) {
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
    table.narrow({columns}, others, rest_);
}

Matched WhatIf::evaluate(std::span<const Column> columns) const {
    const ColumnTable table = table_->with({columns}, affected_);
    Matched out = rest_;
    table.narrow({columns}, affected_, out);
    table.finish({columns}, out);
    return out;
}

}  // namespace ballast::dmn
