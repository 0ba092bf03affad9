/// What is sealed of an insured row and of a claim, as one text each. Inside the module only.
#pragma once

#include <span>
#include <string>

#include "crypto/crypto.h"
#include "insurance/insured_list.h"

namespace ballast::insurance {

struct InsuredFacts {
    std::string name, id_number, phone, plot, ring, tags, bank, account;
};
InsuredFacts facts_of(const ListRow& row);
crypto::Bytes sealed(const crypto::Vault& vault, const InsuredFacts& facts);
Result<InsuredFacts> opened(const crypto::Vault& vault, std::span<const std::uint8_t> bytes);

struct ClaimFacts {
    std::string reporter, phone, place, found, surveyor, assistant;
};
crypto::Bytes sealed(const crypto::Vault& vault, const ClaimFacts& facts);
Result<ClaimFacts> opened_claim(const crypto::Vault& vault, std::span<const std::uint8_t> bytes);

}  // namespace ballast::insurance
