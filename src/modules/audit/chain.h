/// What is hashed, and how a chain is judged. Pure: no SQL.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "audit/audit.h"

namespace ballast::audit::chain {

/// An entry as it lies in the database.
struct Row {
    Entry entry;
    std::int64_t user;
    crypto::Bytes previous;  // empty for the first
    crypto::Bytes hash;
};

struct Head {
    std::int64_t entries = 0;
    crypto::Bytes last_hash;
    crypto::Bytes tag;
};

std::int64_t number_of(AreaCode area);
std::string hex(const crypto::Bytes& bytes);

crypto::Bytes hash_of(const crypto::Vault& vault, const Row& row);
crypto::Bytes tag_of(const crypto::Vault& vault, std::int64_t chain, const Head& head);
crypto::Bytes register_tag(const crypto::Vault& vault, const std::string& chains);

/// Takes the rows of all chains in order of (chain, sequence) and says what does not hold.
class Judge {
public:
    /// The chains of the register; nothing when it was tampered with.
    Judge(const crypto::Vault& vault, std::map<std::int64_t, Head> heads,
          const std::optional<std::vector<std::int64_t>>& registered);
    void take(const Row& row);
    Verdict finish() &&;

private:
    struct Open {
        std::int64_t chain = 0;
        std::optional<Head> head = {};  // nothing when there is none that holds
        std::int64_t next = 1;
        bool trusted = true;  // the row before holds, so `hash` must be the next one's `previous`
        crypto::Bytes hash = {};
    };
    void open(std::int64_t chain);
    void close();
    void found(std::int64_t chain, std::int64_t sequence, std::string what);

    const crypto::Vault& vault_;
    std::map<std::int64_t, Head> heads_;  // those of chains that are still to come
    std::optional<Open> open_;
    Verdict verdict_;
};

}  // namespace ballast::audit::chain
