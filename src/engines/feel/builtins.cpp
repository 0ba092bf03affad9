#include "feel/builtins.h"

#include <algorithm>

#include "base/text.h"
#include "feel/interpreter.h"

namespace ballast::feel {

namespace {

ShapePtr type_called(std::string_view name) {
    if (name == "function") return std::make_shared<const Shape>(Shape{.form = Shape::Form::function});
    if (name == "range") {
        Shape range{.form = Shape::Form::range};
        range.of = Shape::any();
        range.name = "range";
        return std::make_shared<const Shape>(std::move(range));
    }
    return Shape::named(name);
}

/// A function is asked for by what it is, not by what it takes.
bool fits(const Value& value, const Parameter& parameter, const Environment& environment) {
    if (!parameter.type) return true;
    if (parameter.type->form == Shape::Form::function) return value.function() != nullptr;
    return is_instance(value, *parameter.type, environment);
}

const Parameter& parameter_at(const Signature& signature, std::size_t i) {
    return signature.parameters[std::min(i, signature.parameters.size() - 1)];
}

/// The arguments as the signature demands them, or the refusal of one.
std::optional<Value> fit_all(const Builtin& builtin, const Signature& signature,
                             std::vector<Value>& arguments, const Evaluation& e, const Node& at) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Parameter& parameter = parameter_at(signature, i);
        Value& argument = arguments[i];
        if (fits(argument, parameter, e.environment)) continue;
        if (argument.is_null()) {
            if (parameter.optional) continue;
            return argument;
        }
        Value fitting = parameter.type->form == Shape::Form::function
                            ? Value()
                            : fitted(argument, *parameter.type, e.environment, at.place);
        if (fitting.is_null())
            return because(at, "feel.wrong_argument",
                           {{"name", std::string(builtin.name)},
                            {"position", std::to_string(i + 1)},
                            {"expected", parameter.type->name},
                            {"found", std::string(name_of(argument.kind()))}});
        argument = std::move(fitting);
    }
    return std::nullopt;
}

std::vector<Value> in_order(std::span<const Value> arguments, std::span<const std::size_t> places,
                            const Node& at) {
    std::vector<Value> out;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (places[i] >= out.size()) out.resize(places[i] + 1, because(at, "feel.argument_missing"));
        out[places[i]] = arguments[i];
    }
    return out;
}

}  // namespace

Signature::Signature(const char* text) {
    for (const auto part : text::split(text, ',')) {
        auto one = text::trimmed(part);
        if (one.empty()) continue;
        Parameter parameter;
        if (one.ends_with("...")) variadic = true, one.remove_suffix(3);
        const auto colon = one.find(':');
        if (colon != std::string_view::npos)
            parameter.type = type_called(text::trimmed(one.substr(colon + 1)));
        one = text::trimmed(one.substr(0, colon));
        if (one.ends_with("?")) parameter.optional = true, one.remove_suffix(1);
        parameter.name = one;
        if (!parameter.optional) required = parameters.size() + 1;
        parameters.push_back(std::move(parameter));
    }
}

std::optional<std::vector<std::size_t>> places_of(const Signature& signature, std::size_t count,
                                                  std::span<const std::string> names) {
    const auto& parameters = signature.parameters;
    std::vector<std::size_t> out(count);
    if (names.empty()) {
        if (count < signature.required || (!signature.variadic && count > parameters.size()))
            return std::nullopt;
        for (std::size_t i = 0; i < count; ++i) out[i] = std::min(i, parameters.size() - 1);
        return out;
    }
    std::vector<bool> given(parameters.size());
    for (std::size_t i = 0; i < count; ++i) {
        const auto found = std::ranges::find(parameters, names[i], &Parameter::name);
        out[i] = static_cast<std::size_t>(found - parameters.begin());
        if (found == parameters.end() || given[out[i]]) return std::nullopt;
        given[out[i]] = true;
    }
    for (std::size_t i = 0; i < signature.required; ++i)
        if (!given[i]) return std::nullopt;
    return out;
}

Value Invocation::refuse(std::string id, Arguments args) const {
    args.emplace_back("name", std::string(name));
    return null_because(std::move(id), std::move(args), at.place, at.source ? *at.source : std::string());
}

Value or_no_number(In in, const std::optional<Number>& result) {
    if (!result) return in.refuse("feel.no_number", {{"operator", std::string(in.name)}});
    return *result;
}

std::span<const Value> spread(std::span<const Value> arguments) {
    if (arguments.size() == 1)
        if (const List* list = arguments[0].list()) return *list;
    return arguments;
}

const std::vector<Builtin>& builtins() {
    static const auto rows = [] {
        std::vector<Builtin> out;
        for (const auto group : {number_builtins, conversion_builtins, string_builtins, list_builtins,
                                 statistics_builtins, context_builtins, date_builtins, range_builtins})
            for (auto& row : group()) out.push_back(std::move(row));
        return out;
    }();
    return rows;
}

const Builtin* find_builtin(std::string_view name) {
    for (const Builtin& builtin : builtins())
        if (builtin.name == name) return &builtin;
    return nullptr;
}

Value call_builtin(const Builtin& builtin, std::span<const Value> arguments,
                   std::span<const std::string> names, Evaluation& e, const Node& at) {
    std::optional<Value> refused;
    for (std::size_t i = 0; i < builtin.signatures.size(); ++i) {
        const Signature& signature = builtin.signatures[i];
        const auto places = places_of(signature, arguments.size(), names);
        if (!places) continue;
        auto given = names.empty() ? std::vector<Value>(arguments.begin(), arguments.end())
                                   : in_order(arguments, *places, at);
        if (auto wrong = fit_all(builtin, signature, given, e, at)) {
            if (!refused) refused = std::move(wrong);
            continue;
        }
        return builtin.run({given, e, at, builtin.name, i});
    }
    if (refused) return *std::move(refused);
    if (!names.empty()) return because(at, "feel.unknown_parameter", {{"name", names[0]}});
    return because(at, "feel.argument_count",
                   {{"name", std::string(builtin.name)}, {"found", std::to_string(arguments.size())}});
}

}  // namespace ballast::feel
