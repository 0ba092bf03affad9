// The default provider. Layout of a sealed field: version (1 byte), nonce (24), ciphertext, tag (16).
#include <sodium.h>

#include <algorithm>
#include <array>

#include "crypto/crypto.h"
#include "crypto/key_file.h"
#include "crypto/sodium_library.h"

namespace ballast::crypto {
namespace {

constexpr std::uint8_t sealed_version = 1;
constexpr std::size_t nonce_at = 1;
constexpr std::size_t text_at = nonce_at + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t overhead = text_at + crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t lookup_bytes = 16;
constexpr std::size_t mac_bytes = 32;

const std::uint8_t* octets(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

// Sealing, look-ups and tags never share a key; nor do two purposes of one of them.
enum class Use : std::uint64_t { seal = 1, lookup = 2, mac = 3 };

Key derived(const Key& master, Use use) {
    Key out;
    crypto_kdf_derive_from_key(out.bytes.data(), out.bytes.size(), static_cast<std::uint64_t>(use),
                               "ballast1", master.bytes.data());
    return out;
}

Bytes keyed_hash(std::size_t size, const Key& key, std::span<const std::uint8_t> data) {
    Bytes out(size);
    crypto_generichash(out.data(), out.size(), data.data(), data.size(), key.bytes.data(), key.bytes.size());
    return out;
}

Key of_purpose(const Key& root, std::string_view purpose) {
    Key out;
    crypto_generichash(out.bytes.data(), out.bytes.size(), octets(purpose), purpose.size(), root.bytes.data(),
                       root.bytes.size());
    return out;
}

// The version is authenticated with the context, so that a later layout cannot be passed off as this one.
Bytes associated_data(std::string_view context) {
    Bytes out{sealed_version};
    out.insert(out.end(), context.begin(), context.end());
    return out;
}

class SodiumVault final : public Vault {
public:
    explicit SodiumVault(const Key& master)
        : seal_key_(derived(master, Use::seal)),
          lookup_root_(derived(master, Use::lookup)),
          mac_root_(derived(master, Use::mac)) {}

    Bytes seal(std::string_view context, std::string_view plain) const override {
        Bytes out(overhead + plain.size());
        out[0] = sealed_version;
        randombytes_buf(out.data() + nonce_at, text_at - nonce_at);
        const Bytes with = associated_data(context);
        crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + text_at, nullptr, octets(plain), plain.size(),
                                                   with.data(), with.size(), nullptr, out.data() + nonce_at,
                                                   seal_key_.bytes.data());
        return out;
    }

    Result<std::string> open(std::string_view context, std::span<const std::uint8_t> sealed) const override {
        if (sealed.size() < overhead || sealed[0] != sealed_version) return corrupt("crypto.does_not_open");
        std::string plain(sealed.size() - overhead, '\0');
        const Bytes with = associated_data(context);
        const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<std::uint8_t*>(plain.data()), nullptr, nullptr, sealed.data() + text_at,
            sealed.size() - text_at, with.data(), with.size(), sealed.data() + nonce_at,
            seal_key_.bytes.data());
        if (refused) return corrupt("crypto.does_not_open");
        return plain;
    }

    Bytes lookup(std::string_view purpose, std::string_view plain) const override {
        return keyed_hash(lookup_bytes, of_purpose(lookup_root_, purpose), {octets(plain), plain.size()});
    }

    Bytes mac(std::string_view purpose, std::span<const std::uint8_t> data) const override {
        return keyed_hash(mac_bytes, of_purpose(mac_root_, purpose), data);
    }

private:
    Key seal_key_, lookup_root_, mac_root_;
};

}  // namespace

Key::~Key() { sodium_memzero(bytes.data(), bytes.size()); }

Result<std::unique_ptr<Vault>> open_vault(const std::string& key_path) {
    ready_sodium();
    const Key master = TRY(read_key_file(key_path));
    return std::unique_ptr<Vault>(std::make_unique<SodiumVault>(master));
}

std::unique_ptr<Vault> test_vault(std::string_view word) {
    ready_sodium();
    Key master;
    crypto_generichash(master.bytes.data(), master.bytes.size(), octets(word), word.size(), nullptr, 0);
    return std::make_unique<SodiumVault>(master);
}

}  // namespace ballast::crypto
