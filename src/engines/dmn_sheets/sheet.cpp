#include "dmn_sheets/sheet.h"

#include <algorithm>

#include "dmn_sheets/explanation.h"
#include "table/table.h"

namespace ballast::dmn_sheets {

using feel::Kind;
using feel::Value;

namespace {

constexpr std::size_t nowhere = SIZE_MAX;

/// Of the kind, or nothing.
std::optional<Value> value_of(std::string_view text, const feel::Type& type,
                              const feel::Environment& environment) {
    const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), text) != words.end();
    };
    if (type.known && type.kind == Kind::string) return Value(std::string(text));
    if (type.known && type.kind == Kind::boolean) {
        if (is({"true", "TRUE", "True", "是"})) return Value(true);
        if (is({"false", "FALSE", "False", "否"})) return Value(false);
        return std::nullopt;
    }
    if (const auto number = feel::Number::parse(text); number && (!type.known || type.kind == Kind::number))
        return Value(*number);
    if (type.known && type.kind == Kind::number) return std::nullopt;
    if (const auto moment = feel::temporal_literal(text)) {
        if (!type.known || type.kind == moment->kind()) return *moment;
        return std::nullopt;
    }
    const auto written = feel::Expression::compile(text, {}, {});
    if (!written) return type.known ? std::nullopt : std::optional<Value>(std::string(text));
    const Value value = written->evaluate({}, environment);
    if (value.is_null() || (type.known && value.kind() != type.kind)) return std::nullopt;
    return value;
}

std::string plain_text(const Value& value) {
    if (value.is_null()) return "";
    return value.string() ? *value.string() : value.text();
}

/// One run over a sheet.
class Run {
public:
    Run(const dmn::Model& model, std::size_t decision, const Task& task, const feel::Environment& environment)
        : model_(model), decision_(decision), task_(task), environment_(environment) {}

    Result<Counts> all() {
        auto reader = TRY(table::Reader::open(task_.input, task_.input));
        writer_ = TRY(table::Writer::create(task_.output, table::Format::csv));
        if (rules()) counts_.rules.assign(rules()->rules.size(), 0);
        TRY(reader->read(0, [&](const table::Row& row) -> Result<void> {
            if (row.cells.empty()) return {};
            return places_.empty() ? head(row) : body(row);
        }));
        if (places_.empty()) return invalid("dmn_sheets.no_header").with("file", task_.input);
        TRY(writer_->finish());
        return counts_;
    }

private:
    const dmn::Decision& wanted() const { return model_.decisions()[decision_]; }
    const dmn::DecisionTable* rules() const { return wanted().table.get(); }
    std::string say(std::string_view id) const { return words::say(id, task_.language); }

    Result<void> head(const table::Row& row) {
        using Type = table::Writer::Type;
        std::vector<table::Writer::Column> columns;
        for (const auto& cell : row.cells) {
            const std::string title(cell.text);
            if (!title.empty() && std::any_of(columns.begin(), columns.end(),
                                              [&](const auto& one) { return one.title == title; }))
                return invalid("dmn_sheets.double_column").with("file", task_.input).with("name", title);
            columns.push_back({title, Type::text});
        }
        width_ = columns.size();
        places_.assign(model_.inputs().size(), nowhere);
        same_for_all_.resize(places_.size());
        std::string absent;
        for (const std::size_t i : wanted().inputs) {
            const auto& input = model_.inputs()[i];
            const auto find = [&](const std::string& title) {
                const auto at = std::find_if(columns.begin(), columns.end(),
                                             [&](const auto& one) { return one.title == title; });
                return at == columns.end() ? nowhere : static_cast<std::size_t>(at - columns.begin());
            };
            places_[i] = find(input.name);
            if (places_[i] == nowhere) places_[i] = find(input.label);
            if (places_[i] == nowhere) {
                auto given = task_.given ? TRY(task_.given(input.name)) : std::optional<Given>();
                if (!given) {
                    absent += (absent.empty() ? "" : ", ") + input.name;
                    continue;
                }
                same_for_all_[i] = std::move(given->value);
                said_ += "\n" + given->said;
            } else if (input.kind == feel::Type::of(Kind::number)) {
                columns[places_[i]].type = Type::number;
            }
        }
        if (!absent.empty())
            return invalid("dmn_sheets.no_column").with("file", task_.input).with("names", absent);
        columns.push_back({wanted().label, Type::number});
        if (rules()) columns.push_back({say("dmn_sheets.rules")});
        columns.push_back({say("dmn_sheets.cause")});
        if (task_.explain) columns.push_back({say("dmn_sheets.explanation")});
        return writer_->sheet("", columns);
    }

    Result<void> body(const table::Row& row) {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < width_; ++i)
            out.emplace_back(i < row.cells.size() ? row.cells[i].text : std::string_view());
        std::vector<Value> facts = same_for_all_;
        for (const std::size_t i : wanted().inputs) {
            if (places_[i] == nowhere) continue;
            const std::string& text = out[places_[i]];
            if (text.empty()) continue;
            const auto& input = model_.inputs()[i];
            const auto value = value_of(text, input.kind, environment_);
            if (!value)
                return invalid("dmn_sheets.bad_value")
                    .with("file", task_.input)
                    .with("row", std::to_string(row.number))
                    .with("column", table::column_letters(places_[i]))
                    .with("name", input.name)
                    .with("expected", input.type.empty() ? "FEEL" : input.type);
            facts[i] = *value;
        }
        const auto outcome = model_.evaluate(decision_, facts, environment_);
        ++counts_.rows;
        counts_.nulls += outcome.value.is_null();
        out.push_back(plain_text(outcome.value));
        if (rules()) {
            std::string matched;
            for (const auto& hit : outcome.hits) {
                ++counts_.rules[static_cast<std::size_t>(hit.rule - 1)];
                matched += (matched.empty() ? "" : "; ") + std::to_string(hit.rule);
            }
            out.push_back(matched);
        }
        const auto* null = outcome.value.null();
        out.push_back(null && null->cause ? sentence(*null->cause, task_.language) : "");
        if (task_.explain)
            out.push_back(explanation(model_, decision_, facts, environment_, task_.language) + said_);
        return writer_->row(out);
    }

    const dmn::Model& model_;
    std::size_t decision_;
    const Task& task_;
    const feel::Environment& environment_;
    std::unique_ptr<table::Writer> writer_;
    std::size_t width_ = 0;
    std::vector<std::size_t> places_;  // by input: its column
    std::vector<Value> same_for_all_;  // of inputs without a column
    std::string said_;                 // where they are from
    Counts counts_;
};

}  // namespace

Result<Counts> evaluate(const dmn::Model& model, const Task& task, const feel::Environment& environment) {
    const auto decision = model.decision(task.decision);
    if (!decision) {
        std::string names;
        for (const auto& one : model.decisions()) names += (names.empty() ? "" : ", ") + one.name;
        return not_found("dmn_sheets.no_decision").with("name", task.decision).with("names", names);
    }
    return Run(model, *decision, task, environment).all();
}

}  // namespace ballast::dmn_sheets
