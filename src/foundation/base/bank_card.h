/// Bank card and account numbers with a Luhn check digit (ISO/IEC 7812). Personal data: `masked()`, or
/// `reveal()` where the number itself must leave the program.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

class BankCard {
public:
    /// 16 to 19 digits; blanks, hyphens and full-width digits are normalised.
    /// Error: invalid, "bank_card.malformed".
    static Result<BankCard> parse(std::string_view text);

    std::string masked() const;  // "**** **** **** 1234"
    std::string reveal() const { return digits_; }

    friend auto operator<=>(const BankCard&, const BankCard&) = default;

private:
    BankCard() = default;
    std::string digits_;
};

}  // namespace ballast
