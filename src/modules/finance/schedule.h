/// When a loan is to be paid back, and how much each time (domain specification 6.2).
#pragma once

#include <vector>

#include "finance/interest.h"

namespace ballast::finance {

enum class Repayment : std::uint8_t {
    at_maturity,       // 利随本清: principal and interest together at the end
    interest_only,     // 按期付息、到期还本: interest every period, the principal at the end
    equal_principal,   // 等额本金: the same part of the principal every period
    equal_instalment,  // 等额本息: the same sum every period; the last one takes what rounding left
};

struct Loan {
    Money principal;
    Terms terms;
    Date disbursed;
    int months = 12;  // until maturity, the same day of the month
    Repayment repayment = Repayment::at_maturity;
    int months_between = 1;  // instalments: every month, quarter (3) ...; a shorter last period is allowed
};

struct Instalment {
    Date due;
    int days;  // since the instalment before
    Money principal;
    Money interest;
    Money outstanding;  // principal left after it

    Money amount() const { return principal + interest; }
};

/// Interest runs on what is outstanding, by days. The principal parts add up to the principal; the last is
/// due at maturity.
///
/// The equal instalment is the annuity at rate x months_between / 12 a period, half up; when the interest of
/// a period alone would exceed it, no principal is paid then.
///
/// Errors: those of interest(); invalid, "finance.out_of_range" of months (1 to 360) and months_between (1 to
/// 12).
Result<std::vector<Instalment>> schedule(const Loan& loan);

}  // namespace ballast::finance
