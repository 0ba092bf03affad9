/// The monthly sheet of a fee that hangs in the village (村务公开): the scheme, what came in, what it was used for,
/// what is left. A4, for signing; names nobody who paid.
#pragma once

#include "document/document.h"
#include "programmes/fees.h"

namespace ballast::programmes {

struct FeeSheet {
    std::string village;  // 金鸡村
    std::string title;    // of the programme's fee
    Fee fee;
    std::vector<FeeEntry> entries;  // all of the scheme
    std::vector<Choice> items;
    Date month;  // any day of it
    std::string issuer;
    Date printed_on;
};

struct MonthOfFee {
    Money before;  // left from the months before
    Money income, expense;
    Money left() const { return before + income - expense; }
};
MonthOfFee month_of(const std::vector<FeeEntry>& entries, Date month);

document::Document fee_sheet(const FeeSheet& sheet, words::Language language);

}  // namespace ballast::programmes
