#include "programmes/fee.h"

#include <algorithm>
#include <array>

namespace ballast::programmes {
namespace {

struct PeriodRow {
    std::string_view name;
    int months;
};
constexpr std::array periods{PeriodRow{"month", 1}, PeriodRow{"quarter", 3}, PeriodRow{"half_year", 6},
                             PeriodRow{"year", 12}};

Result<std::int64_t> whole(const packs::Bound& bound) {
    const auto value = bound.value->value;
    return TRY(Money::parse(value.rounded(2, Rounding::half_up).plain())).fen() / 100;
}

}  // namespace

std::string_view name_of(FeePeriod period) { return periods.at(static_cast<std::size_t>(period)).name; }
int months_of(FeePeriod period) { return periods.at(static_cast<std::size_t>(period)).months; }
std::optional<FeePeriod> fee_period_named(std::string_view name) {
    const auto row = std::ranges::find(periods, name, &PeriodRow::name);
    if (row == periods.end()) return std::nullopt;
    return static_cast<FeePeriod>(row - periods.begin());
}

Result<FeeTerms> fee_terms(const Programme& programme, AreaCode village, Date on) {
    if (!programme.fee) return not_found("programmes.no_fee");
    const auto bound = [&](const std::string& name) { return programme.pack.bind(name, on, village); };
    const auto least = TRY(bound(programme.fee->least)), most = TRY(bound(programme.fee->most));
    const auto above = TRY(bound(programme.fee->votes_numerator));
    const auto below = TRY(bound(programme.fee->votes_denominator));
    return FeeTerms{Money::fen(TRY(whole(least))),
                    Money::fen(TRY(whole(most))),
                    TRY(whole(above)),
                    TRY(whole(below)),
                    least.value->assumed() || most.value->assumed() || above.value->assumed(),
                    most.value->authority};
}

Result<FeeDue> fee_due(const FeeRule& rule, const FeeTerms& terms, const FeeScheme& scheme) {
    if (!scheme.period) return invalid("programmes.fee_without_period");
    if (scheme.amount < terms.least || scheme.amount > terms.most)
        return invalid("programmes.fee_out_of_range")
            .with("least", terms.least.formatted())
            .with("most", terms.most.formatted());
    if (scheme.persons <= 0) return invalid("programmes.fee_no_persons");
    if (scheme.exempt < 0 || scheme.exempt > scheme.persons)
        return invalid("programmes.fee_more_exempt").with("persons", std::to_string(scheme.persons));
    const auto offered = [&](const std::string& item) {
        return std::ranges::find(rule.items, item, &Choice::value) != rule.items.end();
    };
    if (scheme.items.empty() || !std::ranges::all_of(scheme.items, offered))
        return invalid("programmes.fee_no_item");
    if (scheme.to < scheme.from) return invalid("programmes.fee_ends_before");
    if (scheme.approved_on > scheme.from) return invalid("programmes.fee_approved_later");
    // in_favour / present >= numerator / denominator, without dividing.
    if (scheme.present <= 0 || scheme.in_favour > scheme.present ||
        scheme.in_favour * terms.denominator < scheme.present * terms.numerator)
        return invalid("programmes.fee_not_approved")
            .with("needed", std::to_string(terms.numerator) + "/" + std::to_string(terms.denominator))
            .with("present", std::to_string(scheme.present));
    FeeDue out;
    out.paying = scheme.persons - scheme.exempt;
    out.a_period = scheme.amount * out.paying;
    for (Date begins = scheme.from; begins <= scheme.to;
         begins = scheme.from.plus_months(static_cast<int>(out.periods) * months_of(*scheme.period)))
        ++out.periods;
    out.whole = out.a_period * out.periods;
    return out;
}

}  // namespace ballast::programmes
