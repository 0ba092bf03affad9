/// One FEEL expression a line from standard input, one value a line to standard output, as JSON: numbers as
/// {"number": "1.5"}, what has no JSON as {"date": "..."} after its kind. A text that does not compile gives
/// {"refused": id}. For the comparison with another implementation (compare.mjs).
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "feel/expression.h"

namespace {

using namespace ballast;
using nlohmann::json;

json to_json(const feel::Value& value) {
    if (value.is_null()) return nullptr;
    if (const bool* b = value.boolean()) return *b;
    if (const std::string* text = value.string()) return *text;
    if (const feel::List* list = value.list()) {
        json out = json::array();
        for (const feel::Value& item : *list) out.push_back(to_json(item));
        return out;
    }
    if (const feel::Context* context = value.context()) {
        json out = json::object();
        for (const auto& [name, entry] : *context) out["entry " + name] = to_json(entry);
        return out;
    }
    return {{std::string(feel::name_of(value.kind())), value.text()}};
}

}  // namespace

int main() {
    const feel::Environment environment{.today = *Date::from(2026, 1, 1)};
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto compiled = feel::Expression::compile(line, feel::Scope(), "line");
        std::cout << (compiled ? to_json(compiled->evaluate({}, environment))
                               : json{{"refused", compiled.error().id}})
                         .dump(-1, ' ', false, json::error_handler_t::replace)
                  << '\n';
    }
}
