#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "table/writers.h"

namespace ballast::table {

Result<NewFile> NewFile::create(const std::string& path) {
    std::string temporary = path + ".XXXXXX";
    const int descriptor = ::mkstemp(temporary.data());
    if (descriptor < 0) return NewFile(path, {}).cannot_write(std::strerror(errno));
    ::close(descriptor);
    return NewFile(path, std::move(temporary));
}

NewFile::~NewFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::string NewFile::name() const { return std::filesystem::path(path_).filename().string(); }

std::string NewFile::folder() const {
    const auto folder = std::filesystem::path(path_).parent_path().string();
    return folder.empty() ? "." : folder;
}

Error NewFile::cannot_write(std::string detail) const {
    return unavailable("table.cannot_write", std::move(detail)).with("file", name());
}

Result<void> NewFile::publish() {
    const int descriptor = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool on_disk = descriptor >= 0 && ::fsync(descriptor) == 0;
    const auto why = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!on_disk) return cannot_write(std::strerror(why));
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return cannot_write(std::strerror(errno));
    temporary_.clear();
    return {};
}

bool is_exact_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return false;
    if (std::count(text.begin(), text.end(), '.') > 1) return false;
    if (!std::all_of(text.begin(), text.end(), [&](char c) { return is_digit(c) || c == '.'; })) return false;
    // 007 is a code, not a number.
    if (text.size() > 1 && text[0] == '0' && text[1] != '.') return false;
    constexpr std::ptrdiff_t kept_digits = 15;
    return std::count_if(text.begin(), text.end(), is_digit) <= kept_digits;
}

Result<std::unique_ptr<Writer>> Writer::create(const std::string& path, Format format) {
    auto file = TRY(NewFile::create(path));
    return format == Format::csv ? create_csv(std::move(file)) : create_xlsx(std::move(file));
}

}  // namespace ballast::table
