#include "cli/backup.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schema/shipped.h"

namespace ballast::cli {
namespace {

namespace fs = std::filesystem;
using delivery::Paths;

constexpr std::size_t piece = 1 << 20;
constexpr std::string_view sqlite = "sqlite:";

Error cannot_write(const fs::path& path) {
    return unavailable("app.cannot_write").with("path", path.string());
}

struct ZipClose {
    void operator()(void* zip) const { zipClose(zip, nullptr); }
};
struct UnzipClose {
    void operator()(void* zip) const { unzClose(zip); }
};

Result<void> add_file(zipFile zip, const std::string& entry, const fs::path& path, nlohmann::json& sums) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return unavailable("cli.backup.cannot_read").with("path", path.string());
    // zip64 from the start: a county's database may pass 4 GB. Level 1: half the size at full disk speed.
    if (zipOpenNewFileInZip64(zip, entry.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 1,
                              1) != ZIP_OK)
        return cannot_write(entry);
    crypto::Digest digest;
    std::vector<char> bytes(piece);
    for (;;) {
        in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        const auto n = static_cast<std::size_t>(in.gcount());
        if (n == 0) break;
        digest.add({reinterpret_cast<const std::uint8_t*>(bytes.data()), n});
        if (zipWriteInFileInZip(zip, bytes.data(), static_cast<unsigned>(n)) != ZIP_OK)
            return cannot_write(entry);
    }
    if (in.bad()) return unavailable("cli.backup.cannot_read").with("path", path.string());
    if (zipCloseFileInZip(zip) != ZIP_OK) return cannot_write(entry);
    sums[entry] = digest.hex();
    return {};
}

Result<void> add_text(zipFile zip, const std::string& entry, const std::string& text) {
    if (zipOpenNewFileInZip64(zip, entry.c_str(), nullptr, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 1,
                              0) != ZIP_OK ||
        zipWriteInFileInZip(zip, text.data(), static_cast<unsigned>(text.size())) != ZIP_OK ||
        zipCloseFileInZip(zip) != ZIP_OK)
        return cannot_write(entry);
    return {};
}

struct RemoveAtEnd {
    fs::path path;
    ~RemoveAtEnd() {
        std::error_code gone_already;
        if (!path.empty()) fs::remove_all(path, gone_already);
    }
};

Result<void> fill(zipFile zip, const delivery::Context& context, const fs::path& database, BackupKey key) {
    nlohmann::json sums = nlohmann::json::object();
    TRY(add_file(zip, "county.db", database, sums));
    // Written from what is in force, so that a restored directory does not point at another's database.
    delivery::Settings settings = context.settings;
    const Paths draft_paths = Paths::under(context.paths.spool + "/settings-" + std::to_string(::getpid()));
    const RemoveAtEnd draft{draft_paths.root};
    std::error_code failed;
    fs::create_directories(draft_paths.root, failed);
    settings.database = std::string(sqlite) + draft_paths.root + "/county.db";
    settings.key = draft_paths.root + "/key";
    TRY(delivery::write_settings(draft_paths, settings));
    TRY(add_file(zip, "ballast.toml", draft_paths.settings, sums));
    if (key == BackupKey::included) TRY(add_file(zip, "key", context.settings.key, sums));
    for (const auto* folder : {&context.paths.files, &context.paths.samples}) {
        if (!fs::is_directory(*folder, failed)) continue;
        for (const auto& file : fs::recursive_directory_iterator(*folder, failed)) {
            if (!file.is_regular_file()) continue;
            const auto entry = fs::relative(file.path(), context.paths.root).generic_string();
            TRY(add_file(zip, entry, file.path(), sums));
        }
        if (failed) return unavailable("cli.backup.cannot_read").with("path", *folder);
    }
    const nlohmann::json manifest{{"program", BALLAST_VERSION},
                                  {"made", iso_instant(context.clock.now())},
                                  {"area", context.settings.area.digits()},
                                  {"schema", schema::shipped_migrations().back().number},
                                  {"sums", sums}};
    return add_text(zip, "manifest.json", manifest.dump(1));
}

}  // namespace

Result<std::int64_t> backup(const delivery::Context& context, const std::string& file, BackupKey key) {
    if (context.database.engine() == db::Engine::postgresql) return unavailable("cli.backup.postgresql");
    std::error_code failed;
    if (fs::exists(file, failed)) return conflict("cli.backup.exists").with("file", file);
    const fs::path copy = context.paths.spool + "/backup-" + std::to_string(::getpid()) + ".db";
    const RemoveAtEnd remove_copy{copy};
    TRY(context.database.backup_to(copy.string()));

    RemoveAtEnd draft{file + ".tmp"};
    {
        std::unique_ptr<void, ZipClose> zip(zipOpen64(draft.path.c_str(), APPEND_STATUS_CREATE));
        if (!zip) return cannot_write(file);
        TRY(fill(zip.get(), context, copy, key));
        if (zipClose(zip.release(), nullptr) != ZIP_OK) return cannot_write(file);
    }
    // With the key inside, the file opens every secret: nobody else may read it.
    fs::permissions(draft.path, fs::perms::owner_read | fs::perms::owner_write, failed);
    fs::rename(draft.path, file, failed);
    if (failed) return cannot_write(file);
    draft.path.clear();
    return static_cast<std::int64_t>(fs::file_size(file, failed));
}

namespace {

Error damaged(const std::string& file, const std::string& entry) {
    return corrupt("cli.restore.damaged").with("file", file).with("entry", entry);
}

/// Names come from a file that anybody may have made: none may lead out of the directory.
bool stays_inside(const std::string& entry) {
    const fs::path path(entry);
    if (entry.empty() || path.is_absolute()) return false;
    for (const auto& part : path)
        if (part == "..") return false;
    return true;
}

/// Gives the entry's bytes to `take`, piece by piece; its sum.
Result<std::string> read_entry(unzFile zip, const std::string& file, const std::string& entry,
                               const std::function<bool(std::string_view)>& take) {
    if (unzOpenCurrentFile(zip) != UNZ_OK) return damaged(file, entry);
    crypto::Digest digest;
    std::vector<char> bytes(piece);
    for (;;) {
        const int n = unzReadCurrentFile(zip, bytes.data(), static_cast<unsigned>(bytes.size()));
        if (n < 0) return damaged(file, entry);
        if (n == 0) break;
        digest.add({reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<std::size_t>(n)});
        if (!take({bytes.data(), static_cast<std::size_t>(n)})) return cannot_write(entry);
    }
    if (unzCloseCurrentFile(zip) != UNZ_OK) return damaged(file, entry);  // the archive's own checksum
    return digest.hex();
}

Result<BackupKey> unpack(unzFile zip, const std::string& file, const fs::path& directory) {
    std::map<std::string, std::string> sums;
    std::string manifest_text;
    for (int at = unzGoToFirstFile(zip); at != UNZ_END_OF_LIST_OF_FILE; at = unzGoToNextFile(zip)) {
        char name[1024] = "";
        if (at != UNZ_OK ||
            unzGetCurrentFileInfo64(zip, nullptr, name, sizeof name, nullptr, 0, nullptr, 0) != UNZ_OK)
            return damaged(file, name);
        const std::string entry = name;
        if (!stays_inside(entry)) return damaged(file, entry);
        if (entry == "manifest.json") {
            TRY(read_entry(zip, file, entry, [&](std::string_view bytes) {
                manifest_text.append(bytes);
                return manifest_text.size() < (64 << 20);
            }));
            continue;
        }
        const fs::path target = directory / entry;
        std::error_code failed;
        fs::create_directories(target.parent_path(), failed);
        std::ofstream out(target, std::ios::binary | std::ios::trunc);
        fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write, failed);
        sums[entry] = TRY(read_entry(zip, file, entry, [&](std::string_view bytes) {
            return static_cast<bool>(out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
        }));
        out.close();
        if (!out) return cannot_write(target);
    }
    const auto manifest = nlohmann::json::parse(manifest_text, nullptr, /*allow_exceptions=*/false);
    if (!manifest.is_object() || !manifest.contains("sums")) return damaged(file, "manifest.json");
    for (const auto& [entry, sum] : manifest["sums"].items())
        if (!sums.contains(entry) || sum != sums[entry]) return damaged(file, entry);
    if (!sums.contains("county.db")) return damaged(file, "county.db");
    return sums.contains("key") ? BackupKey::included : BackupKey::left_out;
}

}  // namespace

Result<BackupKey> restore(const std::string& file, const std::string& directory) {
    const Paths paths = Paths::under(directory);
    std::error_code failed;
    if (fs::exists(paths.root, failed) && (!fs::is_directory(paths.root) || !fs::is_empty(paths.root)))
        return conflict("app.directory_not_empty").with("path", paths.root);
    if (!fs::exists(file, failed)) return not_found("cli.restore.no_file").with("file", file);
    std::unique_ptr<void, UnzipClose> zip(unzOpen64(file.c_str()));
    if (!zip) return damaged(file, "zip");
    // Beside the place, then moved there in one step: an interrupted restore is never taken for a county.
    RemoveAtEnd draft{paths.root + ".restoring"};
    fs::remove_all(draft.path, failed);
    fs::create_directories(draft.path, failed);
    if (failed) return cannot_write(draft.path);
    fs::permissions(draft.path, fs::perms::owner_all, failed);
    const auto key = TRY(unpack(zip.get(), file, draft.path));
    fs::rename(draft.path, paths.root, failed);  // over an empty directory too
    if (failed) return cannot_write(paths.root);
    draft.path.clear();
    return key;
}

}  // namespace ballast::cli
