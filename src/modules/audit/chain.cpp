#include "audit/chain.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace ballast::audit::chain {

namespace {

/// Each field with its length before it, so that no two different rows give the same bytes.
class Canonical {
public:
    Canonical& add(std::int64_t number) {
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
        return *this;
    }
    Canonical& add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        return *this;
    }
    Canonical& add(const crypto::Bytes& bytes) {
        add(static_cast<std::int64_t>(bytes.size()));
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    const crypto::Bytes& bytes() const { return bytes_; }

private:
    crypto::Bytes bytes_;
};

}  // namespace

std::string hex(const crypto::Bytes& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const auto byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::int64_t number_of(AreaCode area) { return area.at(AreaLevel::county).number() / 1'000'000; }

crypto::Bytes hash_of(const crypto::Vault& vault, const Row& row) {
    const Entry& entry = row.entry;
    Canonical all;
    all.add(row.previous)
        .add(entry.id)
        .add(entry.chain)
        .add(entry.sequence)
        .add(entry.at.ms)
        .add(row.user)
        .add(entry.account)
        .add(entry.role)
        .add(entry.event.area.number())
        .add(entry.event.action)
        .add(entry.event.object)
        .add(entry.event.purpose)
        .add(entry.event.details);
    return vault.mac("audit.entry", all.bytes());
}

crypto::Bytes tag_of(const crypto::Vault& vault, std::int64_t chain, const Head& head) {
    return vault.mac("audit.head", Canonical().add(chain).add(head.entries).add(head.last_hash).bytes());
}

crypto::Bytes register_tag(const crypto::Vault& vault, const std::string& chains) {
    return vault.mac("audit.register", Canonical().add(chains).bytes());
}

Judge::Judge(const crypto::Vault& vault, std::map<std::int64_t, Head> heads,
             const std::optional<std::vector<std::int64_t>>& registered)
    : vault_(vault), heads_(std::move(heads)) {
    verdict_.chains = static_cast<std::int64_t>(heads_.size());
    if (!registered) {
        found(-1, 0, "changed");
        return;
    }
    for (const auto chain : *registered)
        if (!heads_.contains(chain)) found(chain, 0, "missing");
    for (const auto& [chain, head] : heads_)
        if (std::ranges::find(*registered, chain) == registered->end()) found(chain, 0, "forged");
}

void Judge::found(std::int64_t chain, std::int64_t sequence, std::string what) {
    verdict_.breaks.push_back({chain, sequence, std::move(what)});
}

void Judge::open(std::int64_t chain) {
    open_.emplace();
    open_->chain = chain;
    const auto at = heads_.find(chain);
    if (at == heads_.end()) return;
    const Head head = std::move(at->second);
    heads_.erase(at);
    verdict_.heads.push_back({chain, head.entries, hex(head.last_hash)});
    if (head.tag == tag_of(vault_, chain, head))
        open_->head = head;
    else
        found(chain, 0, "changed");
}

void Judge::close() {
    if (open_ && open_->head) {
        const Head& head = *open_->head;
        if (open_->next <= head.entries)
            found(open_->chain, open_->next, "shortened");
        else if (open_->trusted && open_->hash != head.last_hash)
            found(open_->chain, head.entries, "forged");
    }
    open_.reset();
}

void Judge::take(const Row& row) {
    const std::int64_t chain = row.entry.chain;
    const std::int64_t sequence = row.entry.sequence;
    if (!open_ || open_->chain != chain) {
        close();
        // Chains of which only the head is left lie before this one.
        while (!heads_.empty() && heads_.begin()->first < chain) {
            open(heads_.begin()->first);
            close();
        }
        open(chain);
    }
    ++verdict_.entries;

    const bool beyond = open_->head && sequence > open_->head->entries;
    if (sequence < 1 || beyond) return found(chain, sequence, "forged");

    const bool gap = sequence != open_->next;
    if (gap) found(chain, open_->next, "missing");
    const bool intact = row.hash == hash_of(vault_, row);
    if (!intact)
        found(chain, sequence, "changed");
    else if (!gap && open_->trusted && row.previous != open_->hash)
        found(chain, sequence, "forged");
    open_->next = sequence + 1;
    open_->trusted = intact;
    open_->hash = row.hash;
}

Verdict Judge::finish() && {
    close();
    while (!heads_.empty()) {
        open(heads_.begin()->first);
        close();
    }
    return std::move(verdict_);
}

}  // namespace ballast::audit::chain
