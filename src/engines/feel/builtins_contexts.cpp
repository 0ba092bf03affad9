#include <algorithm>

#include "feel/builtins.h"
#include "feel/interpreter.h"

namespace ballast::feel {

namespace {

Value get_value(In in) {
    const Value* at = &in.arguments[0];
    const List keys = in.signature == 0 ? List{in.arguments[1]} : in.list(1);
    if (keys.empty()) return in.refuse("feel.no_entry", {{"found", "context"}});
    for (const Value& key : keys) {
        const Value* entry = key.string() ? at->entry(*key.string()) : nullptr;
        if (!entry)
            return null_because("feel.no_entry", {{"found", "context"}, {"name", key.text()}}, in.at.place,
                                in.at.source ? *in.at.source : std::string());
        at = entry;
    }
    return *at;
}

Value get_entries(In in) {
    List out;
    for (const auto& [key, value] : *in.arguments[0].context())
        out.emplace_back(Context{{"key", key}, {"value", value}});
    return out;
}

void put(Context& context, const std::string& key, const Value& value) {
    for (auto& [known, old] : context)
        if (known == key) {
            old = value;
            return;
        }
    context.emplace_back(key, value);
}

Value context_of(In in) {
    Context out;
    for (const Value& item : in.list(0)) {
        const Value* key = item.entry("key");
        const Value* value = item.entry("value");
        if (!key || !key->string() || !value) return in.refuse("feel.no_key");
        if (std::any_of(out.begin(), out.end(),
                        [&](const auto& entry) { return entry.first == *key->string(); }))
            return in.refuse("feel.no_key");
        out.emplace_back(*key->string(), *value);
    }
    return out;
}

/// A new context with the value at the end of the path; contexts on the way are made where they lack.
Value put_along(In in, const Value& context, std::span<const Value> path, const Value& value) {
    if (!path[0].string()) return path[0].is_null() ? path[0] : in.refuse("feel.no_key");
    if (!context.context())
        return in.refuse(
            "feel.wrong_argument",
            {{"position", "1"}, {"expected", "context"}, {"found", std::string(name_of(context.kind()))}});
    Context out = *context.context();
    const std::string& key = *path[0].string();
    if (path.size() == 1) {
        put(out, key, value);
        return out;
    }
    const Value* inside = context.entry(key);
    Value changed = put_along(in, inside ? *inside : Value(Context{}), path.subspan(1), value);
    if (changed.is_null()) return changed;
    put(out, key, changed);
    return out;
}

Value context_put(In in) {
    const List path = in.signature == 0 ? List{in.arguments[1]} : in.list(1);
    if (path.empty() || path.size() > 100) return in.refuse("feel.no_key");
    return put_along(in, in.arguments[0], path, in.arguments[2]);
}

Value context_merge(In in) {
    Context out;
    for (const Value& item : in.list(0)) {
        if (!item.context()) return item.is_null() ? item : in.refuse("feel.mixed_list");
        for (const auto& [key, value] : *item.context()) put(out, key, value);
    }
    return out;
}

}  // namespace

std::vector<Builtin> context_builtins() {
    return {
        {"get value", {"m: context, key: string", "m: context, keys: list"}, get_value},
        {"get entries", {"m: context"}, get_entries},
        {"context", {"entries: list"}, context_of},
        {"context put",
         {"context: context, key: string, value", "context: context, keys: list, value"},
         context_put},
        {"context merge", {"contexts: list"}, context_merge},
    };
}

}  // namespace ballast::feel
