// Which kind of file it is, by its content.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "table/readers.h"
#include "table/refusal.h"
#include "table/table.h"

namespace ballast::table {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

constexpr std::string_view zip_start = "PK\x03\x04";
constexpr std::string_view empty_zip_start = "PK\x05\x06";
constexpr std::string_view compound_file_start = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// What people send instead of a table: PDF, pictures, other archives, web pages and XML saved as .xls.
constexpr std::array<std::string_view, 13> other_starts{
    "%PDF-",    "\x89PNG", "\xFF\xD8\xFF",   "Rar!",  "7z\xBC\xAF\x27\x1C",
    "\x1F\x8B", "GIF8",    "<!DOCTYPE html", "<html", "<!doctype html",
    "<HTML",    "<?xml",   "{\\rtf"};

/// The compound file of [MS-CFB]: a small file system. We read only the names in its directory.
class CompoundFile {
public:
    explicit CompoundFile(std::FILE* file) : file_(file) {
        if (!read(0, header_)) return;
        sector_bytes_ = std::int64_t{1} << std::min<unsigned>(number(header_, 30, 2), 12);
    }

    bool has(std::u16string_view wanted) const {
        constexpr int most_sectors = 4096;
        auto sector = number(header_, 48, 4);
        for (int steps = 0; steps < most_sectors && sector <= last_sector; ++steps) {
            for (std::int64_t at = 0; at < sector_bytes_; at += 128) {
                std::array<unsigned char, 128> entry;
                if (!read(start_of(sector) + at, entry)) return false;
                if (name_of(entry) == wanted) return true;
            }
            sector = next(sector);
        }
        return false;
    }

private:
    static constexpr std::uint32_t last_sector = 0xFFFFFFFA;

    template <std::size_t size>
    bool read(std::int64_t at, std::array<unsigned char, size>& bytes) const {
        return std::fseek(file_, at, SEEK_SET) == 0 && std::fread(bytes.data(), 1, size, file_) == size;
    }
    template <std::size_t size>
    static std::uint32_t number(const std::array<unsigned char, size>& bytes, std::size_t at, int count) {
        std::uint32_t value = 0;
        while (count-- > 0) value = value << 8 | bytes[at + static_cast<std::size_t>(count)];
        return value;
    }
    static std::u16string name_of(const std::array<unsigned char, 128>& entry) {
        const auto bytes = std::min<std::uint32_t>(number(entry, 64, 2), 64);
        std::u16string name;
        for (std::uint32_t at = 0; at + 2 < bytes; at += 2)  // without the zero at the end
            name += static_cast<char16_t>(number(entry, at, 2));
        return name;
    }
    std::int64_t start_of(std::uint32_t sector) const { return (std::int64_t{sector} + 1) * sector_bytes_; }
    /// By the allocation table, whose first 109 sectors stand in the header: enough for 7 MB of directory.
    std::uint32_t next(std::uint32_t sector) const {
        const auto per_sector = static_cast<std::uint32_t>(sector_bytes_ / 4);
        const auto table = sector / per_sector;
        std::array<unsigned char, 4> entry;
        if (table >= 109 || !read(start_of(number(header_, 76 + table * std::size_t{4}, 4)) +
                                      sector % per_sector * std::int64_t{4},
                                  entry))
            return ~0U;
        return number(entry, 0, 4);
    }

    std::FILE* file_;
    std::array<unsigned char, 512> header_{};
    std::int64_t sector_bytes_ = 512;
};

Error compound_refusal(std::FILE* file, const Place& place) {
    const CompoundFile compound(file);
    if (compound.has(u"EncryptedPackage")) return refusal("table.encrypted", place);
    if (compound.has(u"Workbook") || compound.has(u"Book")) return refusal("table.xls_old", place);
    return refusal("table.not_xlsx", place);
}

bool named_xlsx(std::string_view name) {
    constexpr std::string_view ending = ".xlsx";
    return name.size() >= ending.size() &&
           std::equal(ending.begin(), ending.end(), name.end() - ending.size(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b); });
}

}  // namespace

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path, std::string name,
                                             const Limits& limits) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file) return unavailable("table.cannot_read", std::strerror(errno)).with("file", name);
    std::array<char, 16> bytes;
    const auto count = std::fread(bytes.data(), 1, bytes.size(), file.get());
    if (std::ferror(file.get()))
        return unavailable("table.cannot_read", std::strerror(errno)).with("file", name);
    const std::string_view start(bytes.data(), count);

    const Place place{.file = name};
    if (start.empty()) return refusal("table.empty", place);
    if (start.starts_with(zip_start)) return open_xlsx(path, std::move(name), limits);
    if (start.starts_with(compound_file_start)) return compound_refusal(file.get(), place);
    const bool other = std::any_of(other_starts.begin(), other_starts.end(),
                                   [&](std::string_view known) { return start.starts_with(known); });
    if (other || start.starts_with(empty_zip_start) || named_xlsx(name))
        return refusal("table.not_xlsx", place);
    return open_csv(path, std::move(name), limits);
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (auto left = column + 1; left > 0; left = (left - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return letters;
}

}  // namespace ballast::table
