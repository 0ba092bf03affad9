/// What a farmer sees of their own policy without an account: by the policy's number and the phone that they
/// gave.
#pragma once

#include "insurance/claim.h"
#include "insurance/settlement_procedure.h"
#include "pricing/quotient.h"

namespace ballast::insurance {

struct PublicPolicy {
    std::string number, product, name;  // of the farmer, masked
    PolicyState state = PolicyState::draft;
    Period cover;
    Decimal units;
    Money sum_insured, premium, farmer;
    std::optional<Date> paid_on, effective_on;
    struct OfClaim {
        std::string number;
        ClaimState state;
        Date reported_on;
        Money assessed, paid;
        std::optional<Date> paid_on;
    };
    std::vector<OfClaim> claims;
    /// What a season's index or price came to, once it was put up in the village.
    struct OfSeason {
        std::string number;
        int season = 0;
        Period window;
        pricing::Quotient index;  // as SeasonOutcome has it
        SettlementState state;
        Money payable;
        std::optional<Date> paid_on;
    };
    std::vector<OfSeason> seasons;
};
/// Errors: not_found "insurance.not_found_publicly", whatever did not fit; unavailable
/// "insurance.too_many_attempts" {seconds}: within an hour five failures of a policy and phone together, ten
/// of a phone, twenty of an address, two hundred of a policy. The failure is kept although an error returns,
/// so this takes the Database, not a Tx.
Result<std::vector<PublicPolicy>> look_up(db::Database& database, const crypto::Vault& vault,
                                          std::string_view policy_no, std::string_view phone,
                                          std::string_view address, Instant now);

}  // namespace ballast::insurance
