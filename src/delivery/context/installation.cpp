#include "context/installation.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "schema/shipped.h"

namespace ballast::delivery {
namespace fs = std::filesystem;

Result<DirectoryLock> DirectoryLock::take(const Paths& paths) {
    const int descriptor = ::open(paths.lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return unavailable("app.cannot_write").with("path", paths.lock);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return conflict("app.directory_in_use").with("path", paths.root);
    }
    return DirectoryLock(descriptor);
}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::unique_ptr<Installation>> Installation::open(const std::string& directory, const Clock& clock) {
    auto made = std::unique_ptr<Installation>(new Installation);
    made->paths_ = Paths::under(directory);
    made->settings_ = TRY(read_settings(made->paths_));
    made->vault_ = TRY(crypto::open_vault(made->settings_.key));
    std::error_code failed;
    for (const auto& folder : {made->paths_.spool, made->paths_.files}) {
        fs::create_directories(folder, failed);
        if (failed) return unavailable("app.cannot_write").with("path", folder);
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    made->database_ = TRY(db::Database::open(made->settings_.database));
    TRY(db::migrate(*made->database_, schema::shipped_migrations(), clock.now()));
    made->packs_.emplace(*made->database_, *made->vault_, made->settings_.area, made->paths_.root + "/packs",
                         clock);
    made->context_.emplace(Context{*made->database_, *made->vault_, areas::Division::shipped(), clock,
                                   made->settings_, made->paths_, *made->packs_});
    return made;
}

Result<std::unique_ptr<Installation>> Installation::create(const std::string& directory, AreaCode area,
                                                           const std::vector<DemoAccount>& demo_accounts,
                                                           const Clock& clock, AreaLevel widest) {
    const Paths paths = Paths::under(directory);
    const bool known = widest <= area.level() && area.level() <= AreaLevel::county && areas::Division::shipped().exists(area);
    if (!known) return invalid("app.no_such_county").with("area", area.short_digits());
    std::error_code failed;
    if (fs::exists(paths.root, failed) && !fs::is_empty(paths.root, failed))
        return conflict("app.directory_not_empty").with("path", paths.root);
    fs::create_directories(paths.root, failed);
    if (!failed) fs::permissions(paths.root, fs::perms::owner_all, failed);
    if (failed) return unavailable("app.cannot_write").with("path", paths.root);

    Settings settings = TRY(read_settings(paths));
    settings.area = area;
    settings.demo_accounts = demo_accounts;
    TRY(write_settings(paths, settings));
    TRY(crypto::create_key_file(settings.key));
    return open(directory, clock);
}

}  // namespace ballast::delivery
