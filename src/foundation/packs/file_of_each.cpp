#include "packs/file_of_each.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ballast::packs {

namespace fs = std::filesystem;

File file_at(const fs::path& path, std::string_view pack) {
    std::ifstream in(path, std::ios::binary);
    return {std::string(pack) + "/" + path.filename().string(),
            std::string(std::istreambuf_iterator<char>(in), {})};
}

std::vector<std::pair<std::string, File>> file_of_each(std::string_view file, std::vector<File> inside,
                                                       const fs::path& folder) {
    std::vector<std::pair<std::string, File>> out;
    for (auto& one : inside) {
        std::string pack = one.name.substr(0, one.name.find('/'));
        out.emplace_back(std::move(pack), std::move(one));
    }
    const auto count = std::ssize(out);
    std::error_code ignored;
    if (folder.empty()) return out;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const auto path = entry.path() / file;
        const auto pack = entry.path().filename().string();
        if (!fs::exists(path, ignored)) continue;
        const auto same = std::ranges::find(out, pack, [](const auto& one) { return one.first; });
        if (same != out.end())
            same->second = file_at(path, pack);
        else
            out.emplace_back(pack, file_at(path, pack));
    }
    std::ranges::sort(out.begin() + count, out.end(), {}, [](const auto& one) { return one.first; });
    return out;
}

}  // namespace ballast::packs
