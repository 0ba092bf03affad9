/// The unified social credit code of an organisation, GB 32100-2015: 18 characters, the last a check
/// character modulo 31. Public, so it prints freely.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

class CreditCode {
public:
    /// Full-width and lower-case letters and blanks are normalised. Errors, both invalid:
    /// "credit_code.malformed", "credit_code.checksum".
    static Result<CreditCode> parse(std::string_view text);

    const std::string& text() const { return text_; }
    friend auto operator<=>(const CreditCode&, const CreditCode&) = default;

    /// The check character of 17 characters of the code's alphabet.
    static char check_character(std::string_view first_17);

private:
    std::string text_;
};

}  // namespace ballast
