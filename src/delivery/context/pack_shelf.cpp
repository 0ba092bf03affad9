#include "context/pack_shelf.h"

#include <filesystem>

#include "areas/areas.h"
#include "context/log.h"
#include "packs/areas_named.h"
#include "rules/versions.h"

namespace ballast::delivery {

namespace {

namespace fs = std::filesystem;

/// Another text whenever a file came, went or was written; empty when there is no such pack.
std::string look_of(const fs::path& pack) {
    std::error_code failed;
    if (!fs::exists(pack / "pack.toml", failed)) return "";
    std::string out = "there";
    for (fs::recursive_directory_iterator at(pack, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code ignored;
        out += at->path().generic_string() +
               std::to_string(at->last_write_time(ignored).time_since_epoch().count()) +
               std::to_string(at->is_regular_file(ignored) ? at->file_size(ignored) : 0);
    }
    return out;
}

}  // namespace

Result<packs::Store> PackShelf::now() {
    const std::lock_guard lock(mutex_);
    TRY(refresh());
    if (TRY(look_into_folder())) TRY(refresh());
    return held_;
}

Result<void> PackShelf::refresh() {
    return database_.read([&](db::Tx& tx) -> Result<void> {
        const auto stamp = TRY(rules::approved_stamp(tx));
        if (stamp == stamp_) return {};
        held_ = packs::Store(folder_, TRY(rules::approved(tx)),
                             {rules::rule_sets.begin(), rules::rule_sets.end()});
        stamp_ = stamp;
        for (const auto& fault : held_.passed_over())
            log_error("rule set version " + std::to_string(fault.number) +
                      " cannot be read: " + fault.why.id);
        return {};
    });
}

std::vector<Error> PackShelf::refused(std::string_view rule_set) const {
    const std::lock_guard lock(mutex_);
    const auto found = refused_.find(rule_set);
    return found == refused_.end() ? std::vector<Error>() : found->second;
}

Result<bool> PackShelf::look_into_folder() {
    bool changed = false;
    for (const auto rule_set : rules::rule_sets) {
        auto look = look_of(fs::path(folder_) / rule_set);
        const auto before = looks_.find(rule_set);
        if (before != looks_.end() && before->second == look) continue;
        auto found = TRY(adopt(rule_set));
        for (const auto& fault : found)
            log_error("packs/" + std::string(rule_set) + " is not used: " + fault.id);
        refused_.insert_or_assign(std::string(rule_set), std::move(found));
        looks_.insert_or_assign(std::string(rule_set), std::move(look));
        changed = true;
    }
    return changed;
}

Result<std::vector<Error>> PackShelf::adopt(std::string_view rule_set) {
    std::vector<packs::File> files;
    std::error_code failed;
    if (const auto pack = fs::path(folder_) / rule_set; fs::exists(pack / "pack.toml", failed)) {
        auto read = packs::all_files(pack);
        if (!read) return std::vector{std::move(read).error()};
        files = std::move(*read);
        std::vector<Error> unknown;
        for (const auto& named : packs::areas_named(rule_set, files))
            if (named.area != AreaCode() && !areas::Division::shipped().exists(named.area))
                unknown.push_back(packs::unknown_area(named));
        if (!unknown.empty()) return unknown;
    }
    const auto actor = auth::system_actor("folder");
    return database_.write([&](db::Tx& tx) {
        const rules::Desk desk{vault_, actor, held_, clock_.today(), clock_.now()};
        return rules::adopt(tx, desk, rule_set, county_, std::move(files));
    });
}

}  // namespace ballast::delivery
