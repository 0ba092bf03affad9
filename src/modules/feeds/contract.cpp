#include "feeds/contract.h"

#include <algorithm>
#include <array>

#include "base/toml.h"
#include "embedded/feed_contracts.h"

namespace ballast::feeds {
namespace {

constexpr std::pair<std::string_view, Type> types[] = {
    {"name", Type::name},
    {"citizen_id", Type::citizen_id},
    {"disability_certificate", Type::disability_certificate},
    {"text", Type::text},
    {"date", Type::date},
    {"month", Type::month},
    {"year", Type::year},
    {"money", Type::money},
    {"integer", Type::integer},
    {"decimal", Type::decimal},
    {"choice", Type::choice},
    {"credit_code", Type::credit_code},
};

constexpr std::pair<std::string_view, Period> periods[] = {
    {"daily", Period::daily},           {"monthly", Period::monthly},
    {"quarterly", Period::quarterly},   {"term", Period::term},
    {"yearly", Period::yearly},         {"event", Period::event},
    {"on_request", Period::on_request},
};

/// Reads one contract and remembers the first thing that is wrong.
class ContractReader {
public:
    ContractReader(const toml::table& root, std::string_view file) : root_(root), file_(file) {}

    Result<Contract> read() {
        Contract c;
        c.id = need(root_, "id");
        c.department = need(root_, "department");
        c.department_zh = localised("department_title", "zh");
        c.department_en = localised("department_title", "en");
        c.title_zh = localised("title", "zh");
        c.title_en = localised("title", "en");
        c.titles = words(root_["titles"]);
        c.period = period(c);
        due(c);
        c.authority = need(root_, "authority");
        c.consent = root_["consent"].value_or<std::string>("");
        c.lasting = root_["lasting"].value_or(false);
        if (const auto* columns = root_["column"].as_array())
            for (const auto& one : *columns)
                if (const auto* table = one.as_table()) c.columns.push_back(column(*table));
        for (const auto& word : words(root_["row_key"])) {
            if (word == "period")
                c.key_has_period = true;
            else
                c.row_key.push_back(place(c, "row_key", word));
        }
        for (const auto& word : words(root_["date_field"]))
            c.date_field.push_back(place(c, "date_field", word));
        require_one(c, Type::name);
        require_one(c, Type::citizen_id);
        if (!wrong_.empty()) return corrupt("feeds.bad_contract").with("file", file_).with("what", wrong_);
        return c;
    }

private:
    void wrong(std::string what) {
        if (wrong_.empty()) wrong_ = std::move(what);
    }
    std::string need(const toml::table& table, std::string_view key) {
        const auto value = table[key].value<std::string>();
        if (!value) wrong(std::string(key));
        return value.value_or("");
    }
    std::string localised(std::string_view key, std::string_view language) {
        const auto value = root_[key][language].value<std::string>();
        if (!value) wrong(std::string(key) + "." + std::string(language));
        return value.value_or("");
    }
    Period period(Contract& c) {
        const auto said = need(root_, "period");
        const auto known = std::find_if(std::begin(periods), std::end(periods),
                                        [&](const auto& p) { return p.first == said; });
        if (known == std::end(periods)) {
            wrong("period");
            return Period::monthly;
        }
        if (const auto* months = root_["months"].as_array())
            for (const auto& one : *months) {
                const auto month = one.value_or<std::int64_t>(0);
                if (month < 1 || month > 12) wrong("months");
                c.months.push_back(static_cast<int>(month));
            }
        const bool in_some_months = known->second == Period::quarterly || known->second == Period::term ||
                                    known->second == Period::yearly;
        if (in_some_months == c.months.empty()) wrong("months");
        return known->second;
    }
    void due(Contract& c) {
        if (const auto* rows = root_["due"].as_array())
            for (const auto& one : *rows) {
                const auto* row = one.as_table();
                const auto from = row ? (*row)["from"].value<toml::date>() : std::nullopt;
                const auto since = from ? Date::from(from->year, from->month, from->day) : std::nullopt;
                Due due{since.value_or(Date()),
                        row ? static_cast<int>((*row)["day"].value_or<std::int64_t>(0)) : 0,
                        row ? (*row)["authority"].value_or<std::string>("") : ""};
                if (!since || due.day < 1 || due.day > 31 || due.authority.empty() ||
                    (!c.due.empty() && c.due.back().from >= due.from))
                    wrong("due");
                c.due.push_back(std::move(due));
            }
        const bool open = c.period == Period::event || c.period == Period::on_request;
        if (open != c.due.empty()) wrong("due");
    }
    static std::vector<std::string> words(toml::node_view<const toml::node> node) {
        std::vector<std::string> out;
        if (const auto* list = node.as_array())
            for (const auto& one : *list) out.push_back(one.value_or<std::string>(""));
        return out;
    }
    Column column(const toml::table& table) {
        Column c;
        c.field = need(table, "field");
        c.title = need(table, "title");
        c.synonyms = words(table["synonyms"]);
        c.sealed = table["sealed"].value_or(false);
        const auto type = need(table, "type");
        const auto known =
            std::find_if(std::begin(types), std::end(types), [&](const auto& t) { return t.first == type; });
        if (known == std::end(types))
            wrong(c.field + ".type");
        else
            c.type = known->second;
        const auto required = table["required"].value_or<std::string>("");
        if (required == "heading")
            c.need = Column::Need::heading;
        else if (required == "value")
            c.need = Column::Need::value;
        else if (!required.empty())
            wrong(c.field + ".required");
        if (const auto* choices = table["choices"].as_table())
            for (const auto& [value, ways] : *choices)
                c.choices.emplace_back(std::string(value.str()),
                                       words(toml::node_view<const toml::node>(ways)));
        if ((c.type == Type::choice) == c.choices.empty()) wrong(c.field + ".choices");
        c.otherwise = table["otherwise"].value_or<std::string>("");
        const auto unit = table["unit"].value_or<std::string>("");
        c.in_wan = unit == "wan";
        if (!unit.empty() && (!c.in_wan || c.type != Type::money)) wrong(c.field + ".unit");
        return c;
    }
    std::size_t place(const Contract& c, std::string_view key, std::string_view field) {
        const auto found = c.column(field);
        if (!found) wrong(std::string(key) + ": " + std::string(field));
        return found.value_or(0);
    }
    void require_one(const Contract& c, Type type) {
        if (std::count_if(c.columns.begin(), c.columns.end(),
                          [&](const Column& column) { return column.type == type; }) != 1)
            wrong(type == Type::name ? "one column of type name" : "one column of type citizen_id");
    }

    const toml::table& root_;
    std::string file_;
    std::string wrong_;
};

std::size_t only(const Contract& contract, Type type) {
    for (std::size_t i = 0; i < contract.columns.size(); ++i)
        if (contract.columns[i].type == type) return i;
    INVARIANT(!"a contract has a name and an ID column");
    return 0;
}

}  // namespace

std::string_view name_of(Type type) {
    return std::find_if(std::begin(types), std::end(types), [&](const auto& t) { return t.second == type; })
        ->first;
}

std::string_view name_of(Period period) {
    return std::find_if(std::begin(periods), std::end(periods),
                        [&](const auto& p) { return p.second == period; })
        ->first;
}

const Due* Contract::due_on(Date day) const {
    const Due* found = nullptr;
    for (const auto& one : due)
        if (one.from <= day) found = &one;
    return found;
}

std::optional<std::size_t> Contract::column(std::string_view field) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].field == field) return i;
    return std::nullopt;
}
std::size_t Contract::name_column() const { return only(*this, Type::name); }
std::size_t Contract::id_column() const { return only(*this, Type::citizen_id); }

Result<Contract> parse_contract(std::string_view text, std::string_view file) {
    const auto parsed = toml::parse(text);
    if (parsed) return ContractReader(parsed.table(), file).read();
    return corrupt("feeds.bad_contract")
        .with("file", std::string(file))
        .with("what", "line " + std::to_string(parsed.error().source().begin.line) + ": " +
                          std::string(parsed.error().description()));
}

std::span<const Contract> contracts() {
    static const std::vector<Contract> all = [] {
        std::vector<Contract> out;
        for (const auto& file : embedded::feed_contracts())
            out.push_back(*parse_contract(file.bytes, file.name));
        std::sort(out.begin(), out.end(), [](const Contract& a, const Contract& b) { return a.id < b.id; });
        return out;
    }();
    return all;
}

Result<const Contract*> contract(std::string_view id) {
    for (const auto& one : contracts())
        if (one.id == id) return &one;
    return not_found("feeds.no_such_feed").with("feed", std::string(id));
}

}  // namespace ballast::feeds
