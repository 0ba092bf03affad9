#include "crypto/crypto.h"

#include <sodium.h>

#include <array>
#include <new>

#include "crypto/sodium_library.h"

namespace ballast::crypto {
namespace {

constexpr std::size_t digest_bytes = 32;
constexpr std::size_t token_bytes = 32;

}  // namespace

void ready_sodium() {
    static const bool ready = sodium_init() >= 0;
    INVARIANT(ready);
}

std::string hash_password(std::string_view password) {
    ready_sodium();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const int refused = crypto_pwhash_str_alg(
        out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
        crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    if (refused) throw std::bad_alloc();  // the only way it fails
    return out.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
    ready_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (hash.size() >= text.size()) return false;
    hash.copy(text.data(), hash.size());
    return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

std::string random_token() {
    ready_sodium();
    std::array<std::uint8_t, token_bytes> secret;
    randombytes_buf(secret.data(), secret.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_ENCODED_LEN(token_bytes, variant), '\0');
    sodium_bin2base64(out.data(), out.size(), secret.data(), secret.size(), variant);
    sodium_memzero(secret.data(), secret.size());
    out.pop_back();  // its terminating zero
    return out;
}

std::string digest_hex(std::span<const std::uint8_t> data) {
    Digest digest;
    digest.add(data);
    return digest.hex();
}

struct Digest::State {
    crypto_generichash_state hash;
    bool spent = false;
};

Digest::Digest() : state_(std::make_unique<State>()) {
    ready_sodium();
    crypto_generichash_init(&state_->hash, nullptr, 0, digest_bytes);
}

Digest::~Digest() = default;

void Digest::add(std::span<const std::uint8_t> data) {
    INVARIANT(!state_->spent);
    crypto_generichash_update(&state_->hash, data.data(), data.size());
}

std::string Digest::hex() {
    INVARIANT(!state_->spent);
    state_->spent = true;
    std::array<std::uint8_t, digest_bytes> hash;
    crypto_generichash_final(&state_->hash, hash.data(), hash.size());
    std::string out(digest_bytes * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
    out.pop_back();
    return out;
}

}  // namespace ballast::crypto
