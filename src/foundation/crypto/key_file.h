/// The county's key on disk, inside crypto only. One line: "BALLAST-KEY-1", the key as 64 hex digits, and the
/// first 16 hex digits of its BLAKE2b, so that a slip of the pen on the paper copy is noticed.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace ballast::crypto {

struct Key {
    std::array<std::uint8_t, 32> bytes{};
    Key() = default;
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();  // wiped
};

/// Errors: those of open_vault.
Result<Key> read_key_file(const std::string& path);

}  // namespace ballast::crypto
