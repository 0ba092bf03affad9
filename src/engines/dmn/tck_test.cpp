// The public compliance kit, as far as this engine reads DMN yet. The floors only rise.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "dmn/model.h"

namespace ballast::dmn {
namespace {

namespace fs = std::filesystem;
using feel::Number;
using feel::Value;

std::string_view local_name(pugi::xml_node node) {
    std::string_view name = node.name();
    if (const auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return name;
}
pugi::xml_node child(pugi::xml_node node, std::string_view name) {
    for (const auto c : node.children())
        if (local_name(c) == name) return c;
    return {};
}

Value unreadable() { return Value(feel::Function{}); }  // equal to nothing

Value value_of(pugi::xml_node node) {
    if (const auto list = child(node, "list")) {
        feel::List out;
        for (const auto item : list.children()) out.push_back(value_of(item));
        return out;
    }
    feel::Context entries;
    for (const auto component : node.children())
        if (local_name(component) == "component")
            entries.emplace_back(component.attribute("name").value(), value_of(component));
    if (!entries.empty()) return entries;
    const auto value = child(node, "value");
    if (!value || value.attribute("xsi:nil").as_bool()) return Value();
    const std::string text = value.text().get();
    std::string type = value.attribute("xsi:type").value();
    type = type.substr(type.find(':') + 1);
    if (type == "boolean") return text == "true";
    if (type == "decimal" || type == "integer" || type == "double" || type == "int" || type == "long") {
        const auto number = Number::parse(text);
        return number ? Value(*number) : unreadable();
    }
    if (type == "date") {
        const auto date = feel::Date::parse(text);
        return date ? Value(*date) : unreadable();
    }
    return type == "string" || type.empty() ? Value(text) : unreadable();
}

/// Numbers of the kit are printed with some 8 digits.
bool close(const Value& expected, const Value& found) {
    if (expected.number() && found.number()) {
        const auto gap = Number::subtract(*expected.number(), *found.number());
        return gap && gap->absolute() <= Number::scaled(1, 8);
    }
    if (expected.list() && found.list()) {
        if (expected.list()->size() != found.list()->size()) return false;
        for (std::size_t i = 0; i < expected.list()->size(); ++i)
            if (!close((*expected.list())[i], (*found.list())[i])) return false;
        return true;
    }
    if (expected.context() && found.context()) {
        for (const auto& [name, value] : *expected.context())
            if (const Value* entry = found.entry(name); !entry || !close(value, *entry)) return false;
        return expected.context()->size() == found.context()->size();
    }
    return feel::identical(expected, found);
}

struct Count {
    int passed = 0;
    int cases = 0;
    std::string failures;
};

void run_case(const Model& model, pugi::xml_node test, const std::string& name, Count& count) {
    ++count.cases;
    std::vector<Value> facts(model.inputs().size());
    for (const auto node : test.children())
        if (local_name(node) == "inputNode")
            if (const auto input = model.input(node.attribute("name").value()))
                facts[*input] = value_of(node);
    const feel::Environment environment{*Date::from(2026, 11, 23)};
    for (const auto node : test.children()) {
        if (local_name(node) != "resultNode") continue;
        const auto decision = model.decision(node.attribute("name").value());
        const Value expected = value_of(child(node, "expected"));
        const Value found = decision ? model.evaluate(*decision, facts, environment).value : unreadable();
        if (close(expected, found)) continue;
        std::string cause = found.is_null() ? found.null()->cause->id : "";
        count.failures += name + " " + test.attribute("id").value() + ": expected " + expected.text() +
                          ", found " + found.text() + " " + cause + "\n";
        return;
    }
    ++count.passed;
}

Count run(const fs::path& folder) {
    Count count;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".xml") continue;
        pugi::xml_document document;
        if (!document.load_file(entry.path().c_str()) ||
            local_name(document.document_element()) != "testCases")
            continue;
        const auto file =
            entry.path().parent_path() / child(document.document_element(), "modelName").text().get();
        std::ifstream stream(file, std::ios::binary);
        std::stringstream text;
        text << stream.rdbuf();
        const auto model = Model::load(text.str(), file.filename().string());
        for (const auto test : document.document_element().children()) {
            if (local_name(test) != "testCase") continue;
            if (model) {
                run_case(*model, test, file.filename().string(), count);
                continue;
            }
            ++count.cases;
            count.failures += file.filename().string() + ": " + model.error().id;
            for (const auto& [name, value] : model.error().args) count.failures += " " + name + "=" + value;
            count.failures += "\n";
        }
    }
    return count;
}

fs::path kit() {
    const char* named = std::getenv("BALLAST_DMN_TCK");
    return named ? fs::path(named) : fs::path(BALLAST_SOURCE_DIR) / "../shared/data/dmn-tck";
}

class Kit : public testing::TestWithParam<std::pair<const char*, int>> {};

TEST_P(Kit, PassesAtLeastItsFloor) {
    const auto [level, floor] = GetParam();
    const auto folder = kit() / "TestCases" / level;
    if (!fs::exists(folder)) GTEST_SKIP() << "the kit is not here";
    const Count count = run(folder);
    std::cout << level << ": " << count.passed << " of " << count.cases << " cases pass\n";
    if (std::getenv("BALLAST_DMN_TCK_FAILURES")) std::cout << count.failures;
    EXPECT_GE(count.passed, floor) << count.failures;
}

INSTANTIATE_TEST_SUITE_P(Levels, Kit,
                         testing::Values(std::pair("compliance-level-2", 101),
                                         std::pair("compliance-level-3", 351)));

}  // namespace
}  // namespace ballast::dmn
