#include "dmn_sheets/model_file.h"

#include <fstream>
#include <iterator>
#include <pugixml.hpp>

namespace ballast::dmn_sheets {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> bytes_of(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace

std::optional<dmn::ModelText> neighbour(const fs::path& folder, std::string_view space) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, failed)) {
        if (entry.path().extension() != ".dmn") continue;
        pugi::xml_document document;
        if (!document.load_file(entry.path().c_str()) ||
            document.document_element().attribute("namespace").value() != space)
            continue;
        if (auto bytes = bytes_of(entry.path()))
            return dmn::ModelText{std::move(*bytes), entry.path().filename().string()};
    }
    return std::nullopt;
}

Result<dmn::Model> load_model(const fs::path& file) {
    std::error_code failed;
    const auto bytes = fs::is_regular_file(file, failed) ? bytes_of(file) : std::nullopt;
    if (!bytes) return not_found("dmn_sheets.no_model").with("file", file.string());
    return dmn::Model::load(*bytes, file.filename().string(),
                            {dmn::Faults::refuse, [&](std::string_view space, std::string_view) {
                                 return neighbour(file.parent_path(), space);
                             }});
}

}  // namespace ballast::dmn_sheets
