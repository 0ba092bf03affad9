#include "dmn_tck/kit.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dmn/model.h"
#include "dmn_sheets/model_file.h"
#include "dmn_tck/values.h"

namespace ballast::dmn_tck {

namespace fs = std::filesystem;
using feel::Value;

namespace {

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::string told(std::string_view id, const std::vector<std::pair<std::string, std::string>>& args) {
    std::string out(id);
    for (const auto& [name, value] : args) out += " " + name + "=" + value;
    return out;
}

std::string told(const Value& value) {
    if (!value.is_null()) return value.text();
    const auto& cause = *value.null()->cause;
    return "null (" + told(cause.id, cause.args) + ")";
}

std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name) {
    std::vector<pugi::xml_node> out;
    for (const auto c : node.children())
        if (local_name(c) == name) out.push_back(c);
    return out;
}

/// The model of one test file with the facts of one case.
class Runner {
public:
    Runner(const dmn::Model& model, Date today) : model_(model), environment_{today} {}

    Case run(pugi::xml_node test) const {
        Case out;
        out.id = test.attribute("id").value();
        for (const auto result : children(test, "resultNode")) {
            const std::string name = result.attribute("name").value();
            const Value expected = value_of(child(result, "expected"));
            const auto answer = std::string_view(test.attribute("type").value()) == "decisionService"
                                    ? served(test, name)
                                    : decided(test, name);
            if (!answer) {
                out.verdict = Verdict::failed;
                out.reason = "there is nothing to evaluate called " + name;
                break;
            }
            const Value& found = *answer;
            if (agree(expected, found)) continue;
            out.verdict = unsupported(found) ? Verdict::unsupported : Verdict::failed;
            out.reason = name + ": expected " + expected.text() + ", found " + told(found);
            break;
        }
        return out;
    }

private:
    std::optional<Value> decided(pugi::xml_node test, const std::string& name) const {
        const auto decision = model_.decision(name);
        if (!decision) return std::nullopt;
        std::vector<Value> facts(model_.inputs().size());
        std::vector<dmn::Given> given;
        for (const auto node : children(test, "inputNode")) {
            const std::string input = node.attribute("name").value();
            if (const auto at = model_.input(input))
                facts[*at] = value_of(node);
            else if (const auto known = model_.decision(input))
                given.push_back({*known, value_of(node)});
        }
        return model_.evaluate(*decision, facts, environment_, given).value;
    }

    std::optional<Value> served(pugi::xml_node test, const std::string& name) const {
        const auto at = model_.service(test.attribute("invocableName").value());
        if (!at) return std::nullopt;
        const auto& service = model_.services()[*at];
        std::vector<Value> arguments(service.parameters.size());
        for (const auto node : children(test, "inputNode"))
            for (std::size_t i = 0; i < arguments.size(); ++i)
                if (service.parameters[i] == node.attribute("name").value()) arguments[i] = value_of(node);
        const Value whole = model_.invoke(*at, arguments, environment_);
        if (service.outputs.size() < 2) return whole;
        const Value* part = whole.entry(name);
        return part ? std::optional(*part) : std::nullopt;
    }

    static bool unsupported(const Value& found) {
        if (!found.is_null()) return false;
        const auto& id = found.null()->cause->id;
        return id == "dmn.unsupported" || id == "feel.external";
    }

    const dmn::Model& model_;
    feel::Environment environment_;
};

Result<void> run_file(const fs::path& file, pugi::xml_node root, Date today, Folder& out) {
    const auto model_file = file.parent_path() / child(root, "modelName").text().get();
    const dmn::Loading loading{dmn::Faults::null, [&](std::string_view space, std::string_view) {
                                   return dmn_sheets::neighbour(file.parent_path(), space);
                               }};
    const auto model = dmn::Model::load(bytes_of(model_file), model_file.filename().string(), loading);
    for (const auto test : children(root, "testCase")) {
        Case one;
        if (model) {
            one = Runner(*model, today).run(test);
        } else {
            one.id = test.attribute("id").value();
            one.verdict = model.error().id == "dmn.unsupported" ? Verdict::unsupported : Verdict::failed;
            one.reason = told(model.error().id, model.error().args);
        }
        one.file = file.filename().string();
        out.cases.push_back(std::move(one));
    }
    return {};
}

std::string_view name_of(Verdict verdict) {
    return verdict == Verdict::passed ? "passed" : verdict == Verdict::failed ? "failed" : "unsupported";
}

}  // namespace

int Folder::count(Verdict verdict) const {
    return static_cast<int>(
        std::count_if(cases.begin(), cases.end(), [&](const Case& one) { return one.verdict == verdict; }));
}

int Report::cases() const {
    return count(Verdict::passed) + count(Verdict::failed) + count(Verdict::unsupported);
}

int Report::count(Verdict verdict) const {
    int out = 0;
    for (const Folder& folder : folders)
        if (folder.counts()) out += folder.count(verdict);
    return out;
}

std::string Report::text() const {
    std::string out;
    for (const Folder& folder : folders) {
        out += folder.level + "/" + folder.name;
        for (const auto verdict : {Verdict::passed, Verdict::failed, Verdict::unsupported})
            out += " " + std::string(name_of(verdict)) + " " + std::to_string(folder.count(verdict));
        out += "\n";
        for (const Case& one : folder.cases)
            if (one.verdict != Verdict::passed)
                out += "  " + std::string(name_of(one.verdict)) + " " + one.file + " " + one.id + ": " +
                       one.reason + "\n";
    }
    return out;
}

Result<Report> run(const std::string& folder, Date today) {
    std::error_code failed;
    std::vector<fs::path> files;
    for (auto at = fs::recursive_directory_iterator(folder, failed);
         !failed && at != fs::recursive_directory_iterator(); at.increment(failed))
        if (at->path().extension() == ".xml") files.push_back(at->path());
    std::sort(files.begin(), files.end());
    Report out;
    for (const auto& file : files) {
        pugi::xml_document document;
        if (const auto parsed =
                document.load_file(file.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
            !parsed)
            return invalid("dmn_tck.malformed")
                .with("file", file.string())
                .with("detail", parsed.description());
        const auto root = document.document_element();
        if (local_name(root) != "testCases") continue;
        const auto parent = file.parent_path();
        const auto name = parent.filename().string(), level = parent.parent_path().filename().string();
        if (out.folders.empty() || out.folders.back().name != name || out.folders.back().level != level)
            out.folders.push_back({level, name, {}});
        TRY(run_file(file, root, today, out.folders.back()));
    }
    if (out.folders.empty()) return not_found("dmn_tck.no_cases").with("folder", folder);
    return out;
}

}  // namespace ballast::dmn_tck
