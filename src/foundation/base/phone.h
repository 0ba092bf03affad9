/// Telephone numbers of people in China. Personal data: there is no printing but `masked()`, and `reveal()`
/// where the number itself must leave the program.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ballast {

class Phone {
public:
    /// A mobile number 1[3-9]xxxxxxxxx, or a landline with its area code (0834-2123456, 010 8888 8888). A
    /// leading +86 or 0086, blanks, brackets, hyphens and full-width digits are normalised; an extension is
    /// refused. Error: invalid, "phone.malformed".
    static Result<Phone> parse(std::string_view text);

    bool is_mobile() const { return text_[0] == '1'; }
    /// "138****8000"; of a landline "0834-****456". Four digits are always hidden.
    std::string masked() const;
    /// "13800138000", "0834-2123456".
    std::string reveal() const { return text_; }

    friend auto operator<=>(const Phone&, const Phone&) = default;

private:
    Phone() = default;
    std::string text_;
};

}  // namespace ballast
