// What several matching rows mean: every hit policy over random tables with nulls in every column, held
// against a plain reading of DMN 1.5, 8.2.8 to 8.2.12.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/rng.h"
#include "dmn/model.h"

namespace ballast::dmn {
namespace {

using feel::Value;
using Whole = std::optional<int>;  // nothing: null

constexpr std::size_t inputs = 3;
const std::vector<std::vector<int>> priorities{{3, 1, 4, 2, 0}, {0, 2, 4, 1, 3}};

struct Cell {
    enum class Form : std::uint8_t { any, is, is_not, below, between, is_null } form = Form::any;
    int low = 0, high = 0;

    std::string text() const {
        const auto n = std::to_string(low);
        switch (form) {
            case Form::any:
                return "-";
            case Form::is:
                return n;
            case Form::is_not:
                return "not(" + n + ")";
            case Form::below:
                return "< " + n;
            case Form::between:
                return "[" + n + ".." + std::to_string(high) + "]";
            case Form::is_null:
                return "null";
        }
        return {};
    }
    /// Null is equal to null only, and is neither below nor between anything.
    bool holds(Whole value) const {
        switch (form) {
            case Form::any:
                return true;
            case Form::is:
                return value == low;
            case Form::is_not:
                return value != low;
            case Form::below:
                return value && *value < low;
            case Form::between:
                return value && *value >= low && *value <= high;
            case Form::is_null:
                return !value;
        }
        return false;
    }
};

using Outputs = std::vector<Whole>;
struct Table {
    HitPolicy policy;
    std::size_t outputs;
    std::vector<std::pair<std::array<Cell, inputs>, Outputs>> rules;
    std::optional<Outputs> otherwise;
};

struct Policy {
    HitPolicy policy;
    const char* xml;
    bool one_output = false;
};
constexpr std::array policies{
    Policy{HitPolicy::unique, "hitPolicy='UNIQUE'"},
    Policy{HitPolicy::any, "hitPolicy='ANY'"},
    Policy{HitPolicy::priority, "hitPolicy='PRIORITY'"},
    Policy{HitPolicy::first, "hitPolicy='FIRST'"},
    Policy{HitPolicy::rule_order, "hitPolicy='RULE ORDER'"},
    Policy{HitPolicy::output_order, "hitPolicy='OUTPUT ORDER'"},
    Policy{HitPolicy::collect, "hitPolicy='COLLECT'"},
    Policy{HitPolicy::collect_sum, "hitPolicy='COLLECT' aggregation='SUM'", true},
    Policy{HitPolicy::collect_min, "hitPolicy='COLLECT' aggregation='MIN'", true},
    Policy{HitPolicy::collect_max, "hitPolicy='COLLECT' aggregation='MAX'", true},
    Policy{HitPolicy::collect_count, "hitPolicy='COLLECT' aggregation='COUNT'", true}};

Whole whole(Rng& rng) { return rng.below(5) == 0 ? Whole() : Whole(static_cast<int>(rng.below(5))); }

Table random_table(Rng& rng, const Policy& policy) {
    Table out{policy.policy, policy.one_output ? 1 : 1 + rng.below(2), {}, {}};
    const auto outputs = [&] {
        Outputs row;
        for (std::size_t i = 0; i < out.outputs; ++i) row.push_back(whole(rng));
        return row;
    };
    for (std::size_t r = 1 + rng.below(6); r > 0; --r) {
        std::array<Cell, inputs> cells;
        for (Cell& cell : cells) {
            cell.form = static_cast<Cell::Form>(rng.below(6));
            if (rng.below(2)) cell.form = Cell::Form::any;
            cell.low = static_cast<int>(rng.below(5));
            cell.high = cell.low + static_cast<int>(rng.below(3));
        }
        out.rules.emplace_back(cells, outputs());
    }
    if (rng.below(3) == 0) {
        out.otherwise = outputs();
        for (Whole& value : *out.otherwise) value = value.value_or(2);
    }
    return out;
}

std::string text(Whole value) { return value ? std::to_string(*value) : "null"; }

std::string xml_of(const Table& table, const char* policy) {
    std::string out =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='x' name='x'>";
    std::string needs, columns;
    for (std::size_t i = 0; i < inputs; ++i) {
        const auto n = std::to_string(i);
        out += "<inputData id='i" + n + "' name='f" + n + "'><variable name='f" + n +
               "' typeRef='number'/></inputData>";
        needs += "<informationRequirement><requiredInput href='#i" + n + "'/></informationRequirement>";
        columns += "<input><inputExpression><text>f" + n + "</text></inputExpression></input>";
    }
    out +=
        "<decision id='d' name='d'><variable name='d'/>" + needs + "<decisionTable " + policy + ">" + columns;
    for (std::size_t i = 0; i < table.outputs; ++i) {
        std::string listed;
        for (const int value : priorities[i]) listed += (listed.empty() ? "" : ", ") + std::to_string(value);
        out += "<output name='o" + std::to_string(i) + "'><outputValues><text>" + listed +
               "</text></outputValues>";
        if (table.otherwise)
            out +=
                "<defaultOutputEntry><text>" + text((*table.otherwise)[i]) + "</text></defaultOutputEntry>";
        out += "</output>";
    }
    for (const auto& [cells, outputs] : table.rules) {
        out += "<rule>";
        for (const Cell& cell : cells)
            out += "<inputEntry><text><![CDATA[" + cell.text() + "]]></text></inputEntry>";
        for (const Whole value : outputs)
            out += "<outputEntry><text>" + text(value) + "</text></outputEntry>";
        out += "</rule>";
    }
    return out + "</decisionTable></decision></definitions>";
}

std::string written(const Outputs& outputs) {
    if (outputs.size() == 1) return text(outputs[0]);
    return "{o0: " + text(outputs[0]) + ", o1: " + text(outputs[1]) + "}";
}

std::string written(const std::vector<Outputs>& rows) {
    std::string out;
    for (const auto& row : rows) out += (out.empty() ? "" : ", ") + written(row);
    return "[" + out + "]";
}

/// In decreasing priority, output by output; what is not listed comes last, and equals keep their order.
void sort_by_priority(std::vector<Outputs>& rows) {
    const auto rank = [](Whole value, std::size_t output) {
        const auto& listed = priorities[output];
        return value ? std::find(listed.begin(), listed.end(), *value) - listed.begin() : 99;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const Outputs& a, const Outputs& b) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (rank(a[i], i) != rank(b[i], i)) return rank(a[i], i) < rank(b[i], i);
        return false;
    });
}

/// What the standard says the table's value is, as text.
std::string expected(const Table& table, const std::array<Whole, inputs>& facts) {
    std::vector<Outputs> hits;
    for (const auto& [cells, outputs] : table.rules) {
        bool holds = true;
        for (std::size_t i = 0; i < inputs; ++i) holds = holds && cells[i].holds(facts[i]);
        if (holds) hits.push_back(outputs);
    }
    const bool lists = table.policy == HitPolicy::collect || table.policy == HitPolicy::rule_order ||
                       table.policy == HitPolicy::output_order;
    if (hits.empty()) {
        if (table.otherwise) return written(*table.otherwise);
        return lists ? "[]" : table.policy == HitPolicy::collect_count ? "0" : "null";
    }
    int sum = 0, low = 99, high = -99;
    bool any_null = false;
    for (const auto& hit : hits) {
        any_null = any_null || !hit[0];
        sum += hit[0].value_or(0);
        low = std::min(low, hit[0].value_or(99));
        high = std::max(high, hit[0].value_or(-99));
    }
    switch (table.policy) {
        case HitPolicy::unique:
            return hits.size() == 1 ? written(hits[0]) : "null";
        case HitPolicy::any:
            return std::all_of(hits.begin(), hits.end(), [&](const auto& hit) { return hit == hits[0]; })
                       ? written(hits[0])
                       : "null";
        case HitPolicy::first:
            return written(hits[0]);
        case HitPolicy::priority:
            sort_by_priority(hits);
            return written(hits[0]);
        case HitPolicy::output_order:
            sort_by_priority(hits);
            return written(hits);
        case HitPolicy::collect:
        case HitPolicy::rule_order:
            return written(hits);
        case HitPolicy::collect_count:
            return std::to_string(hits.size());
        case HitPolicy::collect_sum:
            return any_null ? "null" : std::to_string(sum);
        case HitPolicy::collect_min:
            return any_null ? "null" : std::to_string(low);
        case HitPolicy::collect_max:
            return any_null ? "null" : std::to_string(high);
    }
    return {};
}

class HitPolicies : public ::testing::TestWithParam<Policy> {};

TEST_P(HitPolicies, MeanWhatTheStandardSays) {
    Rng rng(21);
    const feel::Environment today{*Date::from(2026, 11, 23)};
    int nulls = 0, values = 0;
    for (int t = 0; t < 150; ++t) {
        const Table table = random_table(rng, GetParam());
        const auto model = Model::load(xml_of(table, GetParam().xml), "random.dmn");
        ASSERT_TRUE(model) << model.error().id << "\n" << xml_of(table, GetParam().xml);
        for (int row = 0; row < 40; ++row) {
            std::array<Whole, inputs> facts;
            std::vector<Value> given;
            for (Whole& fact : facts) {
                fact = whole(rng);
                given.push_back(fact ? Value(*fact) : Value());
            }
            const auto outcome = model->evaluate(0, given, today);
            ASSERT_EQ(outcome.value.text(), expected(table, facts))
                << xml_of(table, GetParam().xml) << "\n"
                << text(facts[0]) << " " << text(facts[1]) << " " << text(facts[2]);
            // No silent null: what the table could not say has a cause.
            if (const auto* null = outcome.value.null()) {
                ++nulls;
                EXPECT_TRUE(null->cause);
            } else {
                ++values;
            }
        }
    }
    EXPECT_GT(values, 100);
    if (GetParam().policy == HitPolicy::unique || GetParam().policy == HitPolicy::collect_sum) {
        EXPECT_GT(nulls, 100);
    }
}

INSTANTIATE_TEST_SUITE_P(Every, HitPolicies, ::testing::ValuesIn(policies),
                         [](const auto& tested) { return "Policy" + std::to_string(tested.index); });

}  // namespace
}  // namespace ballast::dmn
