#include "pricing/price_cover.h"

#include <algorithm>
#include <set>

namespace ballast::pricing {
namespace {

Result<void> positive(std::string_view name, Decimal value) {
    TRY(within_contract(name, value));
    if (value <= 0) return invalid("pricing.not_positive").with("name", std::string(name));
    return {};
}

Result<void> not_negative(std::string_view name, Decimal value) {
    TRY(within_contract(name, value));
    if (value < 0) return invalid("pricing.negative").with("name", std::string(name));
    return {};
}

Result<void> insured(Money sum) {
    if (sum <= Money()) return invalid("pricing.not_positive").with("name", "sum_insured");
    if (sum >= Money::yuan(1'000'000'000'000))
        return invalid("pricing.out_of_range").with("name", "sum_insured").with("value", sum.plain());
    return {};
}

Decimal lesser(Decimal a, Decimal b) { return a < b ? a : b; }
Decimal shortfall(Decimal expected, Decimal actual) {
    return actual < expected ? expected - actual : Decimal();
}

Date monday_of(Date day) { return day.plus_days(1 - day.weekday()); }

/// A week cut by the edge of the window may have had its market day outside; so may a month.
Result<void> whole_weeks(const std::set<Date>& days, const Period& window) {
    std::set<Date> weeks;
    for (const Date day : days) weeks.insert(monday_of(day));
    for (Date monday = monday_of(window.first.plus_days(6)); monday.plus_days(6) <= window.last;
         monday = monday.plus_days(7))
        if (!weeks.contains(monday))
            return invalid("pricing.quotes_missing")
                .with("first", monday.iso())
                .with("last", monday.plus_days(6).iso());
    return {};
}

Result<void> whole_months(const std::set<Date>& days, const Period& window) {
    std::set<std::string> months;
    for (const Date day : days)
        if (const auto month = day.iso().substr(0, 7); !months.insert(month).second)
            return invalid("pricing.month_quoted_twice").with("month", month);
    Date first = window.first.first_of_month();
    if (first < window.first) first = first.plus_months(1);
    for (; first.last_of_month() <= window.last; first = first.plus_months(1))
        if (const auto month = first.iso().substr(0, 7); !months.contains(month))
            return invalid("pricing.month_unquoted").with("month", month);
    return {};
}

}  // namespace

Result<Quotient> average_price(const std::vector<Quote>& quotes, const Period& window, Every every) {
    Decimal sum;
    std::set<Date> days;
    for (const auto& quote : quotes) {
        if (!window.contains(quote.day)) continue;
        TRY(positive("price", quote.price));
        if (!days.insert(quote.day).second)
            return invalid("pricing.quote_twice").with("date", quote.day.iso());
        sum = sum + quote.price;
    }
    TRY(every == Every::week ? whole_weeks(days, window) : whole_months(days, window));
    if (days.empty())
        return invalid("pricing.quotes_missing")
            .with("first", window.first.iso())
            .with("last", window.last.iso());
    return Quotient(sum, static_cast<std::int64_t>(days.size()));
}

Result<Money> paid(const PriceCover& cover, const Quotient& actual) {
    TRY(positive("target", cover.target));
    TRY(positive("coverage", cover.coverage));
    if (cover.coverage > 1)
        return invalid("pricing.out_of_range").with("name", "coverage").with("value", cover.coverage.plain());
    TRY(insured_units(cover.quantity));
    TRY(insured_units(cover.most_quantity));
    TRY(insured(cover.sum_insured));
    if (actual < Quotient()) return invalid("pricing.negative").with("name", "actual");
    const Quotient short_of_target = std::max(cover.target - actual, Quotient());
    const Quotient amount = short_of_target * cover.coverage * lesser(cover.quantity, cover.most_quantity);
    return std::min(amount.to_money(), cover.sum_insured);
}

Result<Money> paid(const CostPriceCover& cover, Decimal actual) {
    TRY(positive("target", cover.target));
    TRY(positive("full_cost", cover.full_cost));
    TRY(not_negative("actual", actual));
    TRY(insured(cover.sum_insured));
    const Quotient amount(Decimal::yuan(cover.sum_insured) * shortfall(cover.target, actual) *
                              shortfall(cover.full_cost, actual),
                          cover.target * cover.full_cost);
    return amount.to_money();
}

Result<Money> paid(const IncomeCover& cover, Decimal yield, Decimal price) {
    TRY(positive("insured_income", cover.insured_income));
    TRY(insured_units(cover.area));
    TRY(not_negative("yield", yield));
    if (price.rounded(6, Rounding::down) != price || price < 0 || price >= 1'000'000)
        return invalid("pricing.out_of_range").with("name", "price").with("value", price.plain());
    return (shortfall(cover.insured_income, yield * price) * cover.area).to_money(Rounding::half_up);
}

Result<Money> paid_for_quality(const std::vector<Grade>& grades, Money sum_insured) {
    TRY(insured(sum_insured));
    Decimal sum;
    for (const auto& grade : grades) {
        TRY(positive("agreed", grade.agreed));
        TRY(not_negative("actual", grade.actual));
        TRY(not_negative("quantity", grade.quantity));
        sum = sum + shortfall(grade.agreed, grade.actual) * grade.quantity;
    }
    return std::min(sum.to_money(Rounding::half_up), sum_insured);
}

}  // namespace ballast::pricing
