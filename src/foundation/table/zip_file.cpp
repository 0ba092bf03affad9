#include "table/zip_file.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace ballast::table {

namespace {

constexpr std::size_t piece_bytes = 64 << 10;
constexpr std::int64_t ratio_checked_beyond = 64LL << 20;
constexpr int ignore_case = 2;
constexpr std::int64_t megabyte = 1 << 20;

struct CloseMember {
    void operator()(void* archive) const { unzCloseCurrentFile(archive); }
};

}  // namespace

void ZipFile::Close::operator()(void* archive) const { unzClose(archive); }

Result<ZipFile> ZipFile::open(const std::string& path, const std::string& name, const Limits& limits) {
    ZipFile zip;
    std::error_code fault;
    zip.file_size_ = static_cast<std::int64_t>(std::filesystem::file_size(path, fault));
    zip.limits_ = limits;
    zip.archive_.reset(unzOpen64(path.c_str()));
    if (fault || !zip.archive_) return refusal("table.truncated", Place{.file = name});
    // An archive cut inside its last bytes still opens; its directory then does not lead to its end.
    int next = unzGoToFirstFile(zip.archive_.get());
    while (next == UNZ_OK) next = unzGoToNextFile(zip.archive_.get());
    if (next != UNZ_END_OF_LIST_OF_FILE) return refusal("table.truncated", Place{.file = name});
    return zip;
}

bool ZipFile::locate(const std::string& member) const {
    if (unzLocateFile(archive_.get(), member.c_str(), ignore_case) == UNZ_OK) return true;
    std::string with_backslashes = member;
    std::replace(with_backslashes.begin(), with_backslashes.end(), '/', '\\');
    return unzLocateFile(archive_.get(), with_backslashes.c_str(), ignore_case) == UNZ_OK;
}

bool ZipFile::has(const std::string& member) const { return locate(member); }

std::int64_t ZipFile::claimed_size(const std::string& member) const {
    unz_file_info64 info{};
    if (!locate(member) ||
        unzGetCurrentFileInfo64(archive_.get(), &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK)
        return 0;
    return static_cast<std::int64_t>(info.uncompressed_size);
}

Result<void> ZipFile::stream(const std::string& member, std::int64_t most_bytes, const Place& place,
                             const Take& take) {
    const auto truncated = [&](const char* detail) { return refusal("table.truncated", place, detail); };
    unz_file_info64 info{};
    if (!locate(member) ||
        unzGetCurrentFileInfo64(archive_.get(), &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK)
        return truncated("a member is missing");
    constexpr unsigned encrypted = 1;
    if (info.flag & encrypted) return refusal("table.encrypted", place);
    if (unzOpenCurrentFile(archive_.get()) != UNZ_OK) return truncated("a member cannot be opened");
    std::unique_ptr<void, CloseMember> member_open(archive_.get());

    const auto most = std::min(most_bytes, limits_.unpacked_bytes);
    // The archive may lie about the packed size, but no member is larger than the file.
    const auto packed = std::min(static_cast<std::int64_t>(info.compressed_size), file_size_);
    std::vector<char> buffer(piece_bytes);
    for (std::int64_t unpacked = 0;;) {
        const int count =
            unzReadCurrentFile(archive_.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        if (count < 0) return truncated("a member is damaged");
        if (count == 0) break;
        unpacked += count;
        if (unpacked > most) return refusal_over("table.bomb", most / megabyte, place);
        if (unpacked > ratio_checked_beyond && unpacked / limits_.unpack_ratio > packed)
            return refusal_over("table.bomb", ratio_checked_beyond / megabyte, place);
        TRY(take(std::string_view(buffer.data(), static_cast<std::size_t>(count)), false));
        if (progress_) progress_(unpacked);
    }
    static_cast<void>(member_open.release());
    if (unzCloseCurrentFile(archive_.get()) != UNZ_OK) return truncated("a checksum is wrong");
    return take({}, true);
}

}  // namespace ballast::table
