#include "registry/findings_json.h"

#include <nlohmann/json.hpp>

namespace ballast::registry {

std::string findings_json(const std::vector<Finding>& findings) {
    if (findings.empty()) return {};
    auto list = nlohmann::json::array();
    for (const Finding& one : findings) {
        auto args = nlohmann::json::array();
        for (const auto& [name, value] : one.args) args.push_back({name, value});
        list.push_back({{"severity", one.severity == Severity::error ? "error" : "warning"},
                        {"id", one.id},
                        {"field", one.field},
                        {"args", std::move(args)}});
    }
    return list.dump();
}

std::vector<Finding> findings_from_json(std::string_view json) {
    std::vector<Finding> out;
    if (json.empty()) return out;
    for (const auto& one : nlohmann::json::parse(json)) {
        Finding finding;
        finding.severity = one.at("severity") == "error" ? Severity::error : Severity::warning;
        finding.id = one.at("id").get<std::string>();
        finding.field = one.at("field").get<std::string>();
        for (const auto& arg : one.at("args"))
            finding.args.emplace_back(arg.at(0).get<std::string>(), arg.at(1).get<std::string>());
        out.push_back(std::move(finding));
    }
    return out;
}

std::string changes_json(const std::vector<Change>& changes) {
    if (changes.empty()) return {};
    auto list = nlohmann::json::array();
    const auto shown = [](const Change& change, const std::string& value) {
        return change.sensitive && !value.empty() ? std::string("***") : value;
    };
    for (const Change& one : changes)
        list.push_back({one.field, shown(one, one.before), shown(one, one.after)});
    return list.dump();
}

std::vector<FieldChange> changes_from_json(std::string_view json) {
    std::vector<FieldChange> out;
    if (json.empty()) return out;
    for (const auto& one : nlohmann::json::parse(json))
        out.push_back(
            {one.at(0).get<std::string>(), one.at(1).get<std::string>(), one.at(2).get<std::string>()});
    return out;
}

}  // namespace ballast::registry
