/// Reads a pack's tables, notes all that is wrong, and goes on. Only for the sources that read packs, which
/// include toml++; its types are not named here.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>

#include "programmes/hold_together.h"

namespace ballast::programmes {

class PackToml {
public:
    using Keys = std::initializer_list<std::string_view>;
    PackToml(std::string file, Programme& out, std::vector<Finding>& findings, Lines& lines)
        : file_(std::move(file)), out_(out), findings_(findings), lines_(lines) {}

    void note(const auto& at, Error what) {
        findings_.push_back({file_, at.source().begin.line, std::move(what)});
    }
    void missing(const auto& in, std::string_view key, std::string expected) {
        const auto* found = in.get(key);
        auto what = invalid("programmes.pack_missing").with("key", std::string(key)).with("expected", std::move(expected));
        found ? note(*found, std::move(what)) : note(in, std::move(what));
    }
    void refer(const auto& in, std::string_view key, std::string name) {
        const auto* found = in.get(key);
        auto what = invalid("programmes.pack_reference").with("key", std::string(key)).with("name", std::move(name));
        found ? note(*found, std::move(what)) : note(in, std::move(what));
    }
    void known(const auto& in, Keys keys) {
        for (const auto& [key, node] : in)
            if (std::ranges::find(keys, key.str()) == keys.end())
                note(node, invalid("programmes.pack_unknown_key")
                               .with("key", std::string(key.str()))
                               .with("known", fmt::format("{}", fmt::join(keys, ", "))));
    }
    template <class Each>
    void each(const auto& in, std::string_view key, Each&& use) {
        const auto* node = in.get(key);
        if (!node) return;
        const auto* all = node->as_table();
        if (!all) return missing(in, key, fmt::format("[{}.name]", key));
        // In the order of the file, which is the order in which people see them.
        std::vector<std::pair<std::string, decltype(&in)>> found;
        for (const auto& [name, one] : *all)
            if (const auto* table = one.as_table())
                found.emplace_back(name.str(), table);
            else
                missing(*all, name.str(), fmt::format("[{}.{}]", key, name.str()));
        std::ranges::stable_sort(found, {}, [](const auto& one) { return one.second->source().begin.line; });
        for (const auto& [name, table] : found) {
            lines_[fmt::format("{}.{}", key, name)] = table->source().begin.line;
            use(name, *table);
        }
    }
    std::string text(const auto& in, std::string_view key) {
        const auto value = in[key].template value<std::string>();
        if (!value || value->empty()) missing(in, key, "\"...\"");
        return value.value_or("");
    }
    std::string maybe_text(const auto& in, std::string_view key) {
        if (!in.contains(key)) return "";
        return text(in, key);
    }
    bool flag(const auto& in, std::string_view key) {
        if (!in.contains(key)) return false;
        const auto value = in[key].template value<bool>();
        if (!value) missing(in, key, "true, false");
        return value.value_or(false);
    }
    std::optional<std::int64_t> number(const auto& in, std::string_view key) {
        if (!in.contains(key)) return std::nullopt;
        const auto value = in[key].template value_exact<std::int64_t>();
        if (!value) missing(in, key, "1, 2, 3 ...");
        return value;
    }
    Holds holds(const auto& in, std::string_view key) {
        Holds out;
        if (const auto* table = in[key].as_table())
            for (const auto& [field, value] : *table) out.emplace_back(field.str(), value.template value_or<std::string>(""));
        return out;
    }
    std::vector<std::string> texts(const auto& in, std::string_view key) {
        std::vector<std::string> out;
        if (const auto* list = in[key].as_array())
            for (const auto& one : *list) out.push_back(one.template value_or<std::string>(""));
        return out;
    }
    Title title(const auto& in) {
        const auto* both = in["title"].as_table();
        if (!both || !(*both)["zh"].template value<std::string>() || !(*both)["en"].template value<std::string>()) {
            missing(in, "title", "{ zh = \"...\", en = \"...\" }");
            return {};
        }
        return {(*both)["zh"].template value_or<std::string>(""), (*both)["en"].template value_or<std::string>("")};
    }
    std::vector<Choice> choices(const auto& in, std::string_view key) {
        std::vector<Choice> out;
        std::set<std::string, std::less<>> seen;
        if (const auto* list = in[key].as_array())
            for (const auto& node : *list) {
                const auto* one = node.as_table();
                const auto zh = one ? (*one)["zh"].template value<std::string>() : std::nullopt;
                const auto en = one ? (*one)["en"].template value<std::string>() : std::nullopt;
                const auto value = one ? (*one)["value"].template value<std::string>() : std::nullopt;
                if (!zh || !en || !value) {
                    note(node, invalid("programmes.pack_missing")
                                   .with("key", std::string(key))
                                   .with("expected", "{ value, zh, en }"));
                    continue;
                }
                if (!seen.insert(*value).second) note(node, invalid("programmes.pack_double").with("name", *value));
                out.push_back({*value, {*zh, *en}});
            }
        return out;
    }
    std::string unit_of(const auto& t, std::string_view key = "unit") {
        auto unit = text(t, key);
        if (!unit.empty() && !known_unit(unit))
            note(*t.get(key), invalid("programmes.pack_unit")
                                  .with("unit", unit)
                                  .with("known", fmt::format("{}", fmt::join(units(), " "))));
        return unit;
    }

    std::string file_;
    Programme& out_;
    std::vector<Finding>& findings_;
    Lines& lines_;
};

}  // namespace ballast::programmes
