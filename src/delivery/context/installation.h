/// A county's installation, opened: builds everything in order, by hand, and owns it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "context/context.h"

namespace ballast::delivery {

/// Keeps a second server out of a data directory for as long as it lives. The kernel lets go of it when the
/// process dies in any way.
class DirectoryLock {
public:
    /// conflict "app.directory_in_use" {path}.
    static Result<DirectoryLock> take(const Paths& paths);
    ~DirectoryLock();
    DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    DirectoryLock& operator=(DirectoryLock&&) = delete;

private:
    explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

class Installation {
public:
    /// Opens what `create` made: key, database (brought to this program's schema), folders.
    /// Errors: those of read_settings, crypto::open_vault, db::Database::open and db::migrate.
    static Result<std::unique_ptr<Installation>> open(const std::string& directory,
                                                      const Clock& clock = system_clock());
    /// A new, empty county, or an area above it up to `widest`: its boards and tasks reach over all of it.
    /// conflict "app.directory_not_empty" {path}; invalid "app.no_such_county" {area}.
    static Result<std::unique_ptr<Installation>> create(const std::string& directory, AreaCode area,
                                                        const std::vector<DemoAccount>& demo_accounts = {},
                                                        const Clock& clock = system_clock(),
                                                        AreaLevel widest = AreaLevel::county);

    const Context& context() const { return *context_; }

private:
    Installation() = default;
    Paths paths_;
    Settings settings_;
    std::unique_ptr<crypto::Vault> vault_;
    std::unique_ptr<db::Database> database_;
    std::optional<PackShelf> packs_;
    std::optional<Context> context_;
};

}  // namespace ballast::delivery
