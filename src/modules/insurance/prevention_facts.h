/// What is sealed of a case of prevention cover, and the reckoning as it is kept. Inside the module only.
#pragma once

#include <span>
#include <string>

#include "crypto/crypto.h"
#include "insurance/prevention_cover.h"

namespace ballast::insurance {

struct PreventionFacts {
    std::string told;  // what has befallen the household
    std::string found, surveyor, assistant;
    std::string holder, bank, account;
};
crypto::Bytes sealed(const crypto::Vault& vault, const PreventionFacts& facts);
Result<PreventionFacts> opened_prevention(const crypto::Vault& vault, std::span<const std::uint8_t> bytes);

struct ExpenseFacts {
    std::string person, what, payee, bill;
};
crypto::Bytes sealed(const crypto::Vault& vault, const ExpenseFacts& facts);
Result<ExpenseFacts> opened_expense(const crypto::Vault& vault, std::span<const std::uint8_t> bytes);

/// As JSON, amounts in fen, parts of slices in yuan: what the screen shows.
std::string written(const Reckoning& reckoning, std::string_view pack_hash, std::string_view authority);

}  // namespace ballast::insurance
