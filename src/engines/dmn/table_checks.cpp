#include "dmn/table_checks.h"

#include <algorithm>
#include <optional>
#include <set>

namespace ballast::dmn {

using feel::Kind;
using feel::Op;
using feel::Value;
using Mask = ColumnTable::Mask;
using Place = ColumnTable::Place;

namespace {

constexpr std::size_t most_steps = 200'000;

bool has(const Mask& mask, std::size_t rule) { return mask[rule / 64] >> (rule % 64) & 1; }

bool none(const Mask& mask) {
    return std::all_of(mask.begin(), mask.end(), [](auto word) { return word == 0; });
}

Mask both(Mask a, const Mask& b) {
    for (std::size_t w = 0; w < a.size(); ++w) a[w] &= b[w];
    return a;
}

const Value* literal(const feel::NodePtr& node) {
    return node && node->op == Op::literal ? &node->value : nullptr;
}

class Checker {
public:
    Checker(const ColumnTable& table, std::span<const Column> columns)
        : rules_(table.rules()), places_(table.places()), columns_(columns) {
        slow_.assign((rules_.rules.size() + 63) / 64, 0);
        for (const Place& place : places_)
            for (std::size_t w = 0; w < slow_.size(); ++w) slow_[w] |= place.slow[w];
        out_.not_judged = table.slow_rules();
    }

    TableChecks all() {
        never_matching();
        if (rules_.policy == HitPolicy::first) hidden();
        if (rules_.policy == HitPolicy::unique || rules_.policy == HitPolicy::any) overlaps();
        const bool one = rules_.policy == HitPolicy::unique || rules_.policy == HitPolicy::any ||
                         rules_.policy == HitPolicy::priority || rules_.policy == HitPolicy::first;
        const bool defaults = std::all_of(rules_.outputs.begin(), rules_.outputs.end(),
                                          [](const auto& output) { return output.otherwise != nullptr; });
        if (one && !defaults) gaps();
        unreachable();
        return std::move(out_);
    }

private:
    using Kinds = TableFinding::Kind;

    void add(TableFinding finding) {
        const auto same = std::count_if(out_.findings.begin(), out_.findings.end(),
                                        [&](const auto& one) { return one.kind == finding.kind; });
        if (static_cast<std::size_t>(same) < TableChecks::most) out_.findings.push_back(std::move(finding));
    }

    /// A value of the bin; the last bin is of no value.
    std::string example(std::size_t place, std::size_t bin) const {
        const auto& bins = places_[place].bins;
        const Column& column = columns_[places_[place].slot];
        std::string value = "null";
        if (bin + 1 < bins.masks.size()) {
            std::int64_t n = bin > 0 ? bins.cuts[bin - 1] : 0;
            if (bin == 0 && !bins.cuts.empty()) {
                std::int64_t one = 1;
                for (int places = column.scale; places > 0; --places) one *= 10;
                n = bins.cuts[0] - (bins.cuts[0] > INT64_MIN + one ? one : 1);
            }
            if (column.kind == Kind::string && column.texts.empty()) return rules_.inputs[place].label;
            value = column.value(n).text();
        }
        return rules_.inputs[place].label + " = " + value;
    }

    void never_matching() {
        for (std::size_t r = 0; r < rules_.rules.size(); ++r)
            for (std::size_t i = 0; i < places_.size(); ++i) {
                const auto& masks = places_[i].bins.masks;
                if (masks.empty() ||
                    std::any_of(masks.begin(), masks.end(), [&](const Mask& mask) { return has(mask, r); }))
                    continue;
                add({Kinds::never_matches,
                     {static_cast<int>(r + 1)},
                     rules_.inputs[i].label,
                     rules_.rules[r].texts[i],
                     {}});
                break;
            }
    }

    /// Whether the later rule matches only where the earlier one does.
    bool within(std::size_t later, std::size_t earlier) const {
        return std::all_of(places_.begin(), places_.end(), [&](const Place& place) {
            if (!has(place.possible, earlier)) return !has(place.possible, later);
            return std::all_of(place.bins.masks.begin(), place.bins.masks.end(),
                               [&](const Mask& mask) { return !has(mask, later) || has(mask, earlier); });
        });
    }

    void hidden() {
        for (std::size_t later = 1; later < rules_.rules.size(); ++later)
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (has(slow_, earlier) || !within(later, earlier)) continue;
                add({Kinds::hidden,
                     {static_cast<int>(earlier + 1), static_cast<int>(later + 1)},
                     {},
                     {},
                     {}});
                break;
            }
    }

    /// ANY lets rules overlap that put out the same.
    bool may_both_match(std::size_t a, std::size_t b) const {
        if (rules_.policy != HitPolicy::any) return false;
        for (std::size_t i = 0; i < rules_.outputs.size(); ++i) {
            const Value* one = literal(rules_.rules[a].outputs[i]);
            const Value* other = literal(rules_.rules[b].outputs[i]);
            if (one && other && !feel::identical(*one, *other)) return false;
        }
        return true;
    }

    void overlaps() {
        for (std::size_t a = 0; a < rules_.rules.size(); ++a)
            for (std::size_t b = a + 1; b < rules_.rules.size(); ++b) {
                if (has(slow_, a) || has(slow_, b) || may_both_match(a, b)) continue;
                TableFinding found{Kinds::overlap, {static_cast<int>(a + 1), static_cast<int>(b + 1)}};
                bool overlap = true;
                for (std::size_t i = 0; i < places_.size() && overlap; ++i) {
                    const auto& masks = places_[i].bins.masks;
                    if (masks.empty()) continue;
                    const auto bin = std::find_if(masks.begin(), masks.end(), [&](const Mask& mask) {
                        return has(mask, a) && has(mask, b);
                    });
                    overlap = bin != masks.end();
                    if (overlap)
                        found.example.push_back(example(i, static_cast<std::size_t>(bin - masks.begin())));
                }
                if (overlap) add(std::move(found));
            }
    }

    /// Column by column, which rules are left: a combination of values that leaves none is a gap.
    void gaps() {
        if (!none(slow_)) {
            out_.searched = false;
            return;
        }
        chosen_.assign(places_.size(), 0);
        steps_ = 0;
        seen_.clear();
        Mask every(slow_.size(), ~std::uint64_t{0});
        if (rules_.rules.size() % 64 != 0)
            every.back() = (std::uint64_t{1} << (rules_.rules.size() % 64)) - 1;
        if (!gap(0, every)) {
            out_.searched = steps_ < most_steps;
            return;
        }
        TableFinding found{Kinds::gap};
        for (std::size_t i = 0; i < places_.size(); ++i)
            if (!places_[i].bins.masks.empty()) found.example.push_back(example(i, chosen_[i]));
        add(std::move(found));
    }

    bool gap(std::size_t place, const Mask& left) {
        if (place == places_.size()) return none(left);
        if (++steps_ >= most_steps || !seen_.emplace(place, left).second) return false;
        const auto& bins = places_[place].bins;
        if (bins.masks.empty()) return gap(place + 1, left);
        for (std::size_t bin = 0; bin < bins.masks.size(); ++bin) {
            if (!bins.is_value[bin]) continue;
            chosen_[place] = bin;
            if (gap(place + 1, both(left, bins.masks[bin]))) return true;
        }
        return false;
    }

    void unreachable() {
        for (std::size_t i = 0; i < rules_.outputs.size(); ++i) {
            const auto& output = rules_.outputs[i];
            std::vector<feel::NodePtr> put_out{output.otherwise};
            for (const auto& rule : rules_.rules) put_out.push_back(rule.outputs[i]);
            if (!put_out[0]) put_out.erase(put_out.begin());
            if (!std::all_of(put_out.begin(), put_out.end(), literal)) continue;
            for (const auto& listed : output.values) {
                const Value* value = literal(listed);
                if (!value || std::any_of(put_out.begin(), put_out.end(), [&](const auto& node) {
                        return feel::identical(node->value, *value);
                    }))
                    continue;
                add({Kinds::unreachable, {}, output.name, value->text(), {}});
            }
        }
    }

    const DecisionTable& rules_;
    const std::vector<Place>& places_;
    std::span<const Column> columns_;
    Mask slow_;
    TableChecks out_;
    std::vector<std::size_t> chosen_;  // by place: the bin
    std::size_t steps_ = 0;
    std::set<std::pair<std::size_t, Mask>> seen_;
};

void collect_texts(const feel::Node& node, std::vector<std::string>& out) {
    if (node.op == Op::literal && node.value.string()) out.push_back(*node.value.string());
    for (const auto& child : node.children) collect_texts(*child, out);
}

}  // namespace

TableChecks check(const ColumnTable& table, std::span<const Column> columns) {
    return Checker(table, columns).all();
}

std::vector<Column> plain_columns(const Model& model, std::size_t decision) {
    std::vector<std::string> texts;
    if (const auto& table = model.decisions().at(decision).table) {
        for (const auto& rule : table->rules)
            for (const auto& cell : rule.cells) collect_texts(*cell.test, texts);
        for (const auto& input : table->inputs)
            if (input.allowed) collect_texts(*input.allowed, texts);
    }
    for (const auto& input : model.inputs())
        if (input.shape && input.shape->allowed) collect_texts(*input.shape->allowed, texts);
    texts.push_back("…");
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::vector<Column> out;
    for (const auto& input : model.inputs()) {
        Column column;
        if (input.kind.known) column.kind = input.kind.kind;
        if (column.kind == Kind::number) column.scale = 6;
        if (column.kind == Kind::string) column.texts = texts;
        out.push_back(std::move(column));
    }
    return out;
}

}  // namespace ballast::dmn
