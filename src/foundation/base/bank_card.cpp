#include "base/bank_card.h"

#include "base/text.h"

namespace ballast {
namespace {

bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool doubled = false;
    for (auto c = digits.rbegin(); c != digits.rend(); ++c, doubled = !doubled) {
        const int value = (*c - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

}  // namespace

Result<BankCard> BankCard::parse(std::string_view written) {
    BankCard card;
    for (const char c : text::half_width(text::trimmed(written)))
        if (c != ' ' && c != '-') card.digits_.push_back(c);
    const std::string_view s = card.digits_;
    const bool formed = s.size() >= 16 && s.size() <= 19 && s.find_first_not_of("0123456789") == s.npos;
    if (!formed || !luhn_holds(s)) return invalid("bank_card.malformed").with("expected", "16-19");
    return card;
}

std::string BankCard::masked() const { return "**** **** **** " + digits_.substr(digits_.size() - 4); }

}  // namespace ballast
