/// A village's fee for cleaning or greening: so much a person and period, never without the period, within the
/// range of the pack, approved by enough of those present. Pure. Source: domain specification 6.3 (来安), N-10.
#pragma once

#include "base/money.h"
#include "programmes/programme.h"

namespace ballast::programmes {

enum class FeePeriod : std::uint8_t { month, quarter, half_year, year };
std::string_view name_of(FeePeriod period);
std::optional<FeePeriod> fee_period_named(std::string_view name);
int months_of(FeePeriod period);

struct FeeScheme {
    AreaCode village;
    std::vector<std::string> items;  // for which alone it is used
    Money amount;                    // a person and period
    std::optional<FeePeriod> period;
    std::int64_t persons = 0, exempt = 0;
    std::int64_t present = 0, in_favour = 0;  // of the village meeting
    Date approved_on;
    Date from, to;  // both days count
};

/// What holds for fees in a village on a day.
struct FeeTerms {
    Money least, most;
    std::int64_t numerator = 2, denominator = 3;
    bool assumed = false;
    std::string authority;  // of the range
};
/// Errors: those of packs.
Result<FeeTerms> fee_terms(const Programme& programme, AreaCode village, Date on);

struct FeeDue {
    std::int64_t paying = 0;
    Money a_period;            // paying × amount
    std::int64_t periods = 0;  // begun between from and to
    Money whole;
};
/// Errors, all invalid: "programmes.fee_without_period", "programmes.fee_out_of_range" {least, most},
/// "programmes.fee_no_persons", "programmes.fee_more_exempt" {persons}, "programmes.fee_no_item",
/// "programmes.fee_ends_before", "programmes.fee_not_approved" {needed, present}, "programmes.fee_approved_later".
Result<FeeDue> fee_due(const FeeRule& rule, const FeeTerms& terms, const FeeScheme& scheme);

}  // namespace ballast::programmes
