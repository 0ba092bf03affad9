#include "packs/store.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

namespace ballast::packs {

namespace {

/// Read once for the whole program.
Result<std::shared_ptr<const Pack>> shipped(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const Pack>, std::less<>> read_before;
    const std::lock_guard lock(mutex);
    if (const auto found = read_before.find(name); found != read_before.end()) return found->second;
    auto pack = std::make_shared<const Pack>(TRY(packs::load(name)));
    read_before.emplace(name, pack);
    return pack;
}

struct Held {
    std::string name;
    AreaCode area;
    Date from;
    std::int64_t number = 0;
    std::shared_ptr<const Pack> pack;  // nothing: the program's own
};

}  // namespace

struct Store::State {
    std::filesystem::path folder;
    std::set<std::string, std::less<>> governed;
    std::vector<Held> versions;  // the latest first
    std::vector<Fault> passed_over;
};

Store::Store(std::filesystem::path folder) : Store(std::move(folder), {}, {}) {}

Store::Store(std::filesystem::path folder, std::vector<Version> versions,
             std::set<std::string, std::less<>> governed) {
    auto state = std::make_shared<State>();
    state->folder = std::move(folder);
    state->governed = std::move(governed);
    for (auto& version : versions) {
        Held held{version.name, version.area, version.from, version.number, nullptr};
        if (!version.files.empty()) {
            auto pack = read(version.name, top_level(std::move(version.files)));
            if (!pack) {
                state->passed_over.push_back({version.number, std::move(pack).error()});
                continue;
            }
            held.pack = std::make_shared<const Pack>(std::move(*pack));
        }
        state->versions.push_back(std::move(held));
    }
    std::ranges::sort(state->versions, [](const Held& a, const Held& b) {
        return std::tie(b.from, b.number) < std::tie(a.from, a.number);
    });
    state_ = std::move(state);
}

Result<std::shared_ptr<const Pack>> Store::load(std::string_view name, AreaCode area, Date on) const {
    for (AreaCode at = area;; at = at.parent()) {
        const auto found = std::ranges::find_if(state_->versions, [&](const Held& one) {
            return one.name == name && one.area == at && one.from <= on;
        });
        if (found != state_->versions.end()) {
            if (found->pack) return found->pack;
            break;
        }
        if (at.level() == AreaLevel::nation) break;
    }
    std::error_code ignored;
    const bool own = !state_->folder.empty() && !state_->governed.contains(name) &&
                     std::filesystem::exists(state_->folder / name / "pack.toml", ignored);
    if (own) return std::make_shared<const Pack>(TRY(packs::load(name, state_->folder)));
    return shipped(name);
}

const std::filesystem::path& Store::folder() const { return state_->folder; }
const std::vector<Store::Fault>& Store::passed_over() const { return state_->passed_over; }

}  // namespace ballast::packs
