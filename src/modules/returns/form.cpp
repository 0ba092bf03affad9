#include "returns/form.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "crypto/crypto.h"
#include "embedded/return_files.h"
#include "packs/file_of_each.h"

namespace ballast::returns {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> from_names{"asked", "query", "figure", "indicator", "programme"};
constexpr std::array<std::string_view, 4> kind_names{"number", "text", "choice", "date"};
constexpr std::array<std::string_view, 3> holds_names{"term", "year", "standing"};

template <class T>
const T* find(const std::vector<T>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &T::name);
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::pair<std::string, packs::File>> files(const fs::path& folder) {
    std::vector<packs::File> inside;
    for (const auto& file : embedded::return_files())
        inside.push_back({std::string(file.name), std::string(file.bytes)});
    return packs::file_of_each("returns.toml", std::move(inside), folder);
}

}  // namespace

std::string_view name_of(From from) { return from_names[static_cast<std::size_t>(from)]; }
std::string_view name_of(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Holds holds) { return holds_names[static_cast<std::size_t>(holds)]; }

std::vector<std::string> Form::fields() const {
    std::vector<std::string> out;
    for (const auto& section : sections) out.insert(out.end(), section.fields.begin(), section.fields.end());
    return out;
}
const Field* Catalogue::field(std::string_view called) const { return find(fields, called); }
const Form* Catalogue::form(std::string_view called) const { return find(forms, called); }

std::shared_ptr<const Catalogue> catalogue(const fs::path& folder, const indicators::Catalogue& figures) {
    std::vector<packs::File> all;
    std::string bytes = figures.hash;
    for (auto& [name, file] : files(folder)) {
        bytes += file.name + '\0' + file.bytes + '\0';
        all.push_back(std::move(file));
    }
    // Read again only when a file has changed.
    static std::mutex guard;
    static std::map<std::string, std::shared_ptr<const Catalogue>> kept;
    const std::lock_guard lock(guard);
    auto& found = kept[folder.string()];
    const auto hash = crypto::digest_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    if (!found || found->hash != hash) {
        auto made = read_catalogue(all, figures);
        made.hash = hash;
        found = std::make_shared<const Catalogue>(std::move(made));
    }
    return found;
}

std::vector<indicators::Finding> check_pack(const fs::path& folder, const indicators::Catalogue& figures,
                                            const packs::Registers& registers) {
    const auto path = folder / "returns.toml";
    if (!fs::exists(path)) return {};
    const auto pack = folder.filename().string();
    // Its own file takes the place of the one inside; it may use the fields of the others.
    std::vector<packs::File> all;
    for (auto& [name, file] : files({}))
        if (name != pack) all.push_back(std::move(file));
    all.push_back(packs::file_at(path, pack));
    auto found = read_catalogue(all, figures, &registers).findings;
    std::erase_if(found, [&](const auto& one) { return one.file != pack + "/returns.toml"; });
    for (const auto& [name, file] : files({})) {
        if (name == pack) continue;
        const auto other = read_catalogue(std::span(&file, 1), figures);
        std::set<std::string> names;
        for (const auto& one : other.fields) names.insert(one.name);
        for (const auto& one : other.forms) names.insert(one.name);
        indicators::tell_copy_once(found, name, names);
    }
    return found;
}

}  // namespace ballast::returns
