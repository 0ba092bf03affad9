#include "crypto/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "crypto/crypto.h"
#include "crypto/sodium_library.h"

namespace ballast::crypto {
namespace {

constexpr std::string_view magic = "BALLAST-KEY-1";
constexpr std::size_t checksum_bytes = 8;

class File {
public:
    explicit File(int number) : number_(number) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

std::string checksum(const Key& key) {
    std::array<std::uint8_t, 32> hash;
    crypto_generichash(hash.data(), hash.size(), key.bytes.data(), key.bytes.size(), nullptr, 0);
    return hex(std::span(hash).first(checksum_bytes));
}

std::string line_of(const Key& key) {
    return std::string(magic) + " " + hex(key.bytes) + " " + checksum(key) + "\n";
}

bool write_whole(const File& file, std::string_view text) {
    while (!text.empty()) {
        const auto n = ::write(file.number(), text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return ::fsync(file.number()) == 0;
}

std::string folder_of(const std::string& path) {
    const auto slash = path.find_last_of('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Error not_written(const std::string& path, int reason) {
    return unavailable("crypto.key_not_written", std::strerror(reason)).with("path", path);
}

}  // namespace

// The key is written whole under another name and then linked to its own: `link` refuses an existing name,
// and a power cut leaves either a whole key or none.
Result<void> create_key_file(const std::string& path) {
    ready_sodium();
    Key key;
    crypto_kdf_keygen(key.bytes.data());
    std::string line = line_of(key);

    std::array<std::uint8_t, 8> suffix;
    randombytes_buf(suffix.data(), suffix.size());
    const std::string unfinished = path + "." + hex(suffix) + ".tmp";
    const File file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return not_written(path, errno);
    const bool written = write_whole(file, line);
    const int why_not_written = errno;
    sodium_memzero(line.data(), line.size());
    const bool linked = written && ::link(unfinished.c_str(), path.c_str()) == 0;
    const int why_not_linked = errno;
    ::unlink(unfinished.c_str());

    if (!written) return not_written(path, why_not_written);
    if (!linked && why_not_linked == EEXIST) return conflict("crypto.key_exists").with("path", path);
    if (!linked) return not_written(path, why_not_linked);
    const File folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.number()) != 0) {
        const int reason = errno;
        ::unlink(path.c_str());
        return not_written(path, reason);
    }
    return {};
}

Result<Key> read_key_file(const std::string& path) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return unavailable("crypto.key_missing", std::strerror(errno)).with("path", path);
    struct stat about;
    if (::fstat(file.number(), &about) != 0)
        return unavailable("crypto.key_missing", std::strerror(errno)).with("path", path);
    if (about.st_mode & (S_IRWXG | S_IRWXO)) return forbidden("crypto.key_readable").with("path", path);

    const std::size_t whole = line_of(Key{}).size();
    std::string line(whole + 1, '\0');
    std::size_t size = 0;
    while (size < line.size()) {
        const auto n = ::read(file.number(), line.data() + size, line.size() - size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        size += static_cast<std::size_t>(n);
    }
    Key key;
    const auto damaged = [&] {
        sodium_memzero(line.data(), line.size());
        return corrupt("crypto.key_damaged").with("path", path);
    };
    // An editor may have dropped or added the line's end.
    line.resize(size);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (line.size() != whole - 1) return damaged();
    if (sodium_hex2bin(key.bytes.data(), key.bytes.size(), line.data() + magic.size() + 1,
                       key.bytes.size() * 2, nullptr, nullptr, nullptr) != 0)
        return damaged();
    if (line + "\n" != line_of(key)) return damaged();
    sodium_memzero(line.data(), line.size());
    return key;
}

}  // namespace ballast::crypto
