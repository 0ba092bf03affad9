#include "dmn/answers.h"

#include <algorithm>
#include <unordered_map>

#include "dmn/list_aggregate.h"

namespace ballast::dmn {

using feel::Kind;
using feel::Value;

namespace {

/// Values, and which of them each row has.
struct Valued {
    std::vector<Value> values;
    std::vector<std::uint32_t> which;
};

/// The fewest places with which all of them can be written.
std::optional<int> scale_of(const std::vector<Value>& values) {
    constexpr int most = 12;
    for (int scale = 0; scale <= most; ++scale) {
        const Column column{.kind = Kind::number, .scale = scale};
        if (std::ranges::all_of(values,
                                [&](const Value& value) { return column.written(value).has_value(); }))
            return scale;
    }
    return std::nullopt;
}

/// The kind of all that are not null; nothing when there are several.
std::optional<Kind> common_kind(const std::vector<Value>& values) {
    std::optional<Kind> out;
    for (const Value& value : values) {
        if (value.is_null()) continue;
        if (out && *out != value.kind()) return std::nullopt;
        out = value.kind();
    }
    return out;
}

/// A column of the values; how each is written in it goes into `written`.
Column shaped(const std::vector<Value>& values, std::vector<std::int64_t>& written) {
    Column out;
    std::unordered_map<std::string_view, std::int64_t> places;  // of texts
    const auto kind = common_kind(values);
    out.kind = kind.value_or(Kind::context);
    const auto scale = out.kind == Kind::number ? scale_of(values) : std::nullopt;
    out.scale = scale.value_or(0);
    const bool plain = scale || out.kind == Kind::date || out.kind == Kind::boolean;
    for (const Value& value : values) {
        std::int64_t n = 0;
        if (plain) {
            n = *out.written(value);
        } else if (!value.is_null() && kind == Kind::string) {
            const auto [found, is_new] = places.emplace(*value.string(), std::ssize(out.texts));
            n = found->second;
            if (is_new) out.texts.push_back(*value.string());
        } else if (!value.is_null()) {
            n = std::ssize(out.others);
            out.others.push_back(value);
        }
        written.push_back(n);
    }
    return out;
}

Column column_of(const Valued& answered) {
    const auto& values = answered.values;
    const bool all_null = std::ranges::all_of(values, &Value::is_null);
    if (values.size() == 1 || all_null) return {.constant = values.empty() ? Value() : values.front()};
    std::vector<std::int64_t> written;
    Column out = shaped(values, written);
    const bool some_null = std::ranges::any_of(values, &Value::is_null);
    out.values.reserve(answered.which.size());
    for (const auto which : answered.which) {
        out.values.push_back(written[which]);
        if (some_null) out.absent.push_back(values[which].is_null());
    }
    return out;
}

void collect(const feel::NodePtr& node, std::vector<int>& slots) {
    if (!node) return;
    const auto reads = feel::Expression(node).reads();
    slots.insert(slots.end(), reads.begin(), reads.end());
}

/// What the value depends on beside the rules that match.
std::vector<int> reads_of(const Decision& decision) {
    std::vector<int> out;
    if (decision.table) {
        for (const auto& output : decision.table->outputs) {
            for (const auto& value : output.values) collect(value, out);
            collect(output.otherwise, out);
        }
        for (const auto& rule : decision.table->rules)
            for (const auto& output : rule.outputs) collect(output, out);
    } else {
        collect(decision.logic, out);
    }
    std::ranges::sort(out);
    const auto again = std::ranges::unique(out);
    out.erase(again.begin(), again.end());
    return out;
}

using Key = std::vector<std::int64_t>;
struct KeyHash {
    std::size_t operator()(const Key& key) const {
        std::uint64_t out = 0x9E3779B97F4A7C15;
        for (const auto n : key)
            out = (out ^ static_cast<std::uint64_t>(n)) * 0xBF58476D1CE4E5B9 + (out >> 29);
        return out;
    }
};

class Answering {
public:
    Answering(const Model& model, std::span<const Column> columns, std::size_t rows,
              const feel::Environment& environment)
        : model_(model), columns_(columns), rows_(rows), environment_(environment) {}

    Answers all(std::size_t decision) {
        for (const auto needed : model_.decisions()[decision].needs) answer(needed);
        answer(decision);
        return std::move(out_);
    }

private:
    const Column* column(int slot) const {
        const auto at = static_cast<std::size_t>(slot);
        if (at < columns_.size()) return &columns_[at];
        const auto found = std::ranges::find(out_.decided, at - columns_.size(), &Decided::decision);
        return found == out_.decided.end() ? nullptr : &found->column;
    }

    void answer(std::size_t decision) {
        const Decision& wanted = model_.decisions()[decision];
        out_.matched = {};
        if (wanted.table) {
            const auto table = ColumnTable::compile(model_, decision, columns_, environment_, out_.decided);
            out_.matched = table.evaluate(columns_, rows_, out_.decided);
            out_.asked += out_.matched.asked;
        }
        auto counted = by_lists(decision);
        Column made = counted ? *std::move(counted) : column_of(values(decision, varying(wanted)));
        made.shrink();
        out_.decided.push_back({decision, std::move(made)});
    }

    std::vector<const Column*> varying(const Decision& decision) const {
        std::vector<const Column*> out;
        for (const auto slot : reads_of(decision))
            if (const auto* read = column(slot); read && read->kind != Kind::null) out.push_back(read);
        return out;
    }

    std::optional<Column> by_lists(std::size_t decision) {
        const auto counted = ListAggregate::of(model_, decision, columns_, out_.decided, environment_);
        if (!counted) return std::nullopt;
        return counted->evaluate(rows_, [&](std::size_t row) { return ask(decision, row); });
    }

    Valued values(std::size_t decision, const std::vector<const Column*>& varying) {
        constexpr std::size_t most_kept = 1 << 18;
        // A list has no key.
        const bool keyed =
            std::ranges::none_of(varying, [](const Column* read) { return read->lists != nullptr; });
        std::unordered_map<Key, std::uint32_t, KeyHash> known;
        Valued out;
        out.which.reserve(rows_);
        Key key;
        for (std::size_t row = 0; row < rows_; ++row) {
            if (keyed) write_key(row, varying, key);
            if (const auto found = known.find(key); keyed && found != known.end()) {
                out.which.push_back(found->second);
                continue;
            }
            const auto place = static_cast<std::uint32_t>(out.values.size());
            out.values.push_back(ask(decision, row));
            out.which.push_back(place);
            if (known.size() < most_kept) known.emplace(key, place);
        }
        return out;
    }

    void write_key(std::size_t row, const std::vector<const Column*>& varying, Key& key) const {
        key.clear();
        const auto& matched = out_.matched;
        for (std::size_t word = 0; word < (matched.rules + 63) / 64; ++word)
            key.push_back(static_cast<std::int64_t>(matched.bits[word * matched.rows + row]));
        for (const Column* read : varying) {
            const bool absent = !read->absent.empty() && read->absent[row];
            key.push_back(absent);
            key.push_back(absent ? 0 : read->written_at(row));
        }
    }

    Value ask(std::size_t decision, std::size_t row) {
        ++out_.asked;
        std::vector<Value> facts;
        for (const Column& column : columns_) facts.push_back(column.at(row));
        std::vector<Given> given;
        for (const auto& one : out_.decided) given.push_back({one.decision, one.column.at(row)});
        return model_.evaluate(decision, facts, environment_, given).value;
    }

    const Model& model_;
    std::span<const Column> columns_;
    std::size_t rows_;
    const feel::Environment& environment_;
    Answers out_;
};

}  // namespace

Answers answer(const Model& model, std::size_t decision, std::span<const Column> columns, std::size_t rows,
               const feel::Environment& environment) {
    INVARIANT(columns.size() == model.inputs().size());
    return Answering(model, columns, rows, environment).all(decision);
}

}  // namespace ballast::dmn
