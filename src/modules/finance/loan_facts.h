/// What is sealed of a loan, as one text. Inside the module only.
#pragma once

#include <span>
#include <string>

#include "crypto/crypto.h"

namespace ballast::finance {

struct LoanFacts {
    std::string name;       // the borrower's
    std::string id_masked;  // as the register shows it
    std::string what;       // what the money is for, in words
    std::string id_number, account;  // from the contract on
};
crypto::Bytes sealed(const crypto::Vault& vault, const LoanFacts& facts);
Result<LoanFacts> opened_loan(const crypto::Vault& vault, std::span<const std::uint8_t> bytes);

}  // namespace ballast::finance
