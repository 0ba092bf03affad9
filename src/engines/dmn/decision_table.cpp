#include "dmn/decision_table.h"

#include <algorithm>

namespace ballast::dmn {

using feel::Number;
using feel::Value;

Value DecisionTable::null(std::string id, std::vector<std::pair<std::string, std::string>> args) const {
    return feel::null_because(std::move(id), std::move(args), {}, source);
}

Value DecisionTable::evaluate(feel::Evaluation& evaluation) const { return decide(evaluation).value; }

// The values of the columns stand side by side on the stack of locals: each cell was compiled with `?` at
// the place of its own column, so testing a row copies nothing.
void DecisionTable::push_inputs(feel::Evaluation& e) const {
    for (const Input& input : inputs) {
        Value value = feel::evaluate(*input.expression, e);
        if (input.allowed && !value.is_null()) {
            e.locals.push_back(value);
            const bool fits = feel::evaluate(*input.allowed, e).is_true();
            e.locals.pop_back();
            if (!fits) value = null("dmn.value_not_allowed", {{"name", input.label}});
        }
        e.locals.push_back(std::move(value));
    }
}

Outcome DecisionTable::decide(feel::Evaluation& e) const {
    Outcome out;
    const auto outside = e.locals.size();
    push_inputs(e);
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const Rule& rule = rules[r];
        const bool matched = std::all_of(rule.cells.begin(), rule.cells.end(), [&](const Cell& cell) {
            return feel::evaluate(*cell.test, e).is_true();
        });
        if (!matched) continue;
        Hit hit{static_cast<int>(r + 1), {}};
        hit.outputs.reserve(rule.outputs.size());
        for (const auto& output : rule.outputs) hit.outputs.push_back(feel::evaluate(*output, e));
        out.hits.push_back(std::move(hit));
        if (policy == HitPolicy::first) break;
    }
    e.locals.resize(outside);
    out.value = apply_policy(out.hits, e);
    return out;
}

std::vector<RuleExplanation> DecisionTable::explain(feel::Evaluation& e) const {
    std::vector<RuleExplanation> out;
    const auto outside = e.locals.size();
    push_inputs(e);
    for (std::size_t r = 0; r < rules.size(); ++r) {
        RuleExplanation row{static_cast<int>(r + 1), true, {}};
        for (const Cell& cell : rules[r].cells) {
            Value verdict = feel::evaluate(*cell.test, e);
            if (verdict.is_true()) continue;
            row.matched = false;
            row.failed.push_back(
                {cell.column, e.locals[outside + static_cast<std::size_t>(cell.column)], std::move(verdict)});
        }
        out.push_back(std::move(row));
    }
    e.locals.resize(outside);
    return out;
}

std::optional<std::size_t> DecisionTable::output(std::string_view name) const {
    for (std::size_t i = 0; i < outputs.size(); ++i)
        if (outputs[i].name == name) return i;
    return std::nullopt;
}

Value DecisionTable::value_of(const std::vector<Value>& row) const {
    if (outputs.size() == 1) return row[0];
    feel::Context out;
    for (std::size_t i = 0; i < outputs.size(); ++i) out.emplace_back(outputs[i].name, row[i]);
    return out;
}

void DecisionTable::sort_by_priority(std::vector<Hit>& hits, feel::Evaluation& e) const {
    // The place of each output among its listed values; what is not listed comes last.
    std::vector<std::vector<Value>> listed(outputs.size());
    for (std::size_t i = 0; i < outputs.size(); ++i)
        for (const auto& value : outputs[i].values) listed[i].push_back(feel::evaluate(*value, e));
    const auto rank = [&](const Hit& hit, std::size_t i) {
        const auto found = std::find_if(listed[i].begin(), listed[i].end(), [&](const Value& value) {
            return feel::identical(value, hit.outputs[i]);
        });
        return found - listed[i].begin();
    };
    std::stable_sort(hits.begin(), hits.end(), [&](const Hit& a, const Hit& b) {
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const auto x = rank(a, i), y = rank(b, i);
            if (x != y) return x < y;
        }
        return false;
    });
}

Value DecisionTable::apply_policy(std::vector<Hit>& hits, feel::Evaluation& e) const {
    const auto rule_numbers = [&] {
        std::string out;
        for (const Hit& hit : hits) out += (out.empty() ? "" : ", ") + std::to_string(hit.rule);
        return out;
    };
    if (hits.empty()) {
        const bool has_default = !outputs.empty() && std::all_of(outputs.begin(), outputs.end(),
                                                                 [](const Output& o) { return o.otherwise; });
        if (has_default) {
            std::vector<Value> row;
            for (const Output& output : outputs) row.push_back(feel::evaluate(*output.otherwise, e));
            return value_of(row);
        }
        if (policy == HitPolicy::collect_count) return 0;
        if (policy == HitPolicy::collect || policy == HitPolicy::rule_order ||
            policy == HitPolicy::output_order)
            return feel::List{};
        return null("dmn.no_rule_matches");
    }
    switch (policy) {
        case HitPolicy::unique:
            if (hits.size() > 1) return null("dmn.not_unique", {{"rules", rule_numbers()}});
            return value_of(hits[0].outputs);
        case HitPolicy::any:
            for (const Hit& hit : hits)
                if (!feel::identical(value_of(hit.outputs), value_of(hits[0].outputs)))
                    return null("dmn.rules_disagree", {{"rules", rule_numbers()}});
            return value_of(hits[0].outputs);
        case HitPolicy::first:
            return value_of(hits[0].outputs);
        case HitPolicy::priority:
            sort_by_priority(hits, e);
            return value_of(hits[0].outputs);
        case HitPolicy::output_order:
            sort_by_priority(hits, e);
            break;
        case HitPolicy::collect_count:
            return static_cast<std::int64_t>(hits.size());
        case HitPolicy::collect_sum:
        case HitPolicy::collect_min:
        case HitPolicy::collect_max: {
            Value best = hits[0].outputs[0];
            for (std::size_t i = 0; i < hits.size(); ++i) {
                const Value& next = hits[i].outputs[0];
                if (next.is_null()) return next;
                if (policy == HitPolicy::collect_sum) {
                    if (!next.number())
                        return null("dmn.no_sum", {{"found", std::string(name_of(next.kind()))}});
                    if (i == 0) continue;
                    const auto sum = Number::add(*best.number(), *next.number());
                    if (!sum) return null("dmn.no_sum", {{"found", "number"}});
                    best = *sum;
                    continue;
                }
                const auto order = ordered(next, best);
                if (!order) return null("dmn.no_order", {{"rules", rule_numbers()}});
                if (policy == HitPolicy::collect_min ? *order < 0 : *order > 0) best = next;
            }
            return best;
        }
        case HitPolicy::collect:
        case HitPolicy::rule_order:
            break;
    }
    feel::List rows;
    for (const Hit& hit : hits) rows.push_back(value_of(hit.outputs));
    return rows;
}

}  // namespace ballast::dmn
