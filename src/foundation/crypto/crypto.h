/// Protection of people's data at rest. A county's key file lies apart from its database; without it the data
/// is noise.
///
/// Default provider: libsodium (XChaCha20-Poly1305, keyed BLAKE2b, Argon2id).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ballast::crypto {

using Bytes = std::vector<std::uint8_t>;

/// Seals fields and makes keyed hashes. May be shared between threads.
class Vault {
public:
    virtual ~Vault() = default;

    /// `context` names the column ("registry_person.id_number"): a value moved into another column does not
    /// open.
    virtual Bytes seal(std::string_view context, std::string_view plain) const = 0;
    /// corrupt "crypto.does_not_open": another key, another column, or damaged.
    virtual Result<std::string> open(std::string_view context,
                                     std::span<const std::uint8_t> sealed) const = 0;
    /// 16 bytes to find an exact value by. Depends on key and `purpose`; the same person has the same hash in
    /// every table that uses the same purpose ("citizen_id", "phone").
    virtual Bytes lookup(std::string_view purpose, std::string_view plain) const = 0;
    /// Tag for files and chains, 32 bytes.
    virtual Bytes mac(std::string_view purpose, std::span<const std::uint8_t> data) const = 0;
};

/// Makes a new key file: one line of text (so that it can be kept on paper too), mode 0600. Never overwrites:
/// conflict "crypto.key_exists" {path}; unavailable "crypto.key_not_written" {path}, and then there is none.
Result<void> create_key_file(const std::string& path);
/// unavailable "crypto.key_missing" {path} (also when it cannot be opened); corrupt "crypto.key_damaged"
/// {path}; forbidden "crypto.key_readable" {path} when others than its owner may read it.
Result<std::unique_ptr<Vault>> open_vault(const std::string& key_path);
/// For tests: a vault with a key made from a word.
std::unique_ptr<Vault> test_vault(std::string_view word);

/// Argon2id, parameters inside the text.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);

/// 32 bytes from the operating system as 43 URL-safe characters: session and CSRF tokens.
std::string random_token();
/// BLAKE2b-256, hex: names files and batches ("same file twice").
std::string digest_hex(std::span<const std::uint8_t> data);

/// The same over a stream. After `hex` it is spent.
class Digest {
public:
    Digest();
    ~Digest();
    void add(std::span<const std::uint8_t> data);
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ballast::crypto
