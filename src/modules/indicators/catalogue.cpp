#include "indicators/catalogue.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "crypto/crypto.h"
#include "embedded/indicator_files.h"
#include "packs/file_of_each.h"

namespace ballast::indicators {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 22> unit_list{"户", "人",   "人次", "户次", "元",     "万元",   "亩",   "%",
                                                     "斤", "公斤", "吨",   "座",   "个",     "处",     "所",
                                                     "次", "件",   "天",   "公里", "平方米", "立方米", "节"};
constexpr std::array<std::string_view, 3> sources{"entered", "query", "programme"};
constexpr std::array<std::string_view, 9> laws{"areas", "parts", "at_most", "same", "rise", "outlier", "growth", "share", "quotient"};
constexpr std::array<std::string_view, 3> priorities{"high", "middle", "low"};

template <class T>
const T* find(const std::vector<T>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &T::name);
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::pair<std::string, packs::File>> files(const fs::path& folder) {
    std::vector<packs::File> inside;
    for (const auto& file : embedded::indicator_files())
        inside.push_back({std::string(file.name), std::string(file.bytes)});
    return packs::file_of_each("indicators.toml", std::move(inside), folder);
}

}  // namespace

std::span<const std::string_view> units() { return unit_list; }
std::string_view name_of(Source source) { return sources[static_cast<std::size_t>(source)]; }
std::string_view name_of(Law law) { return laws[static_cast<std::size_t>(law)]; }
std::string_view name_of(Priority priority) { return priorities[static_cast<std::size_t>(priority)]; }

const Part* Figure::part(std::string_view value) const {
    const auto found = std::ranges::find(parts, value, &Part::value);
    return found == parts.end() ? nullptr : &*found;
}
const Figure* Catalogue::figure(std::string_view called) const { return find(figures, called); }
const Indicator* Catalogue::indicator(std::string_view called) const { return find(indicators, called); }
const Form* Catalogue::form(std::string_view called) const { return find(forms, called); }
const Rule* Catalogue::rule(std::string_view called) const { return find(rules, called); }
const Promise* Catalogue::promise(const Indicator& indicator, AreaCode area, Date day) const {
    for (auto at = area;; at = at.parent()) {
        for (const auto& one : promises)
            if (one.indicator == indicator.name && one.area == at && one.covers(day)) return &one;
        // What a county promises in all says nothing of each of its villages.
        if (indicator.as == Indicator::As::figure || at.level() == AreaLevel::nation) return nullptr;
    }
}

std::vector<Finding> check_pack(const fs::path& folder, const packs::Registers& registers) {
    const auto path = folder / "indicators.toml";
    if (!fs::exists(path)) return {};
    const auto pack = folder.filename().string();
    // Its own file takes the place of the one inside; it may use the figures of the others.
    std::vector<packs::File> all;
    for (auto& [name, file] : files({}))
        if (name != pack) all.push_back(std::move(file));
    all.push_back(packs::file_at(path, pack));
    auto found = read_catalogue(all, &registers).findings;
    std::erase_if(found, [&](const auto& one) { return one.file != pack + "/indicators.toml"; });
    for (const auto& [name, file] : files({})) {
        if (name == pack) continue;
        const auto other = read_catalogue(std::span(&file, 1));
        std::set<std::string> names;
        for (const auto& one : other.figures) names.insert(one.name);
        for (const auto& one : other.indicators) names.insert(one.name);
        for (const auto& one : other.forms) names.insert(one.name);
        for (const auto& one : other.rules) names.insert(one.name);
        tell_copy_once(found, name, names);
    }
    return found;
}

void tell_copy_once(std::vector<Finding>& found, const std::string& of, const std::set<std::string>& names) {
    const auto shared = [&](const Finding& one) {
        return one.what.id.ends_with(".pack_double") && names.contains(one.what.args.at(0).second);
    };
    const auto first = std::ranges::find_if(found, shared);
    if (first == found.end() || std::ranges::count_if(found, shared) < few_names) return;
    Finding once{first->file, first->line, invalid("indicators.pack_copy").with("pack", of)};
    std::erase_if(found, shared);
    found.insert(found.begin(), std::move(once));
}

std::vector<Finding> findings(const fs::path& folder, const packs::Registers& registers) {
    std::vector<packs::File> all;
    for (auto& [name, file] : files(folder)) all.push_back(std::move(file));
    return read_catalogue(all, &registers).findings;
}

std::shared_ptr<const Catalogue> catalogue(const fs::path& folder) {
    std::vector<packs::File> all;
    std::string bytes;
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
        auto made = read_catalogue(all);
        made.hash = hash;
        found = std::make_shared<const Catalogue>(std::move(made));
    }
    return found;
}

}  // namespace ballast::indicators
