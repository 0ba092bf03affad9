#include "pricing/burn.h"

#include <algorithm>

namespace ballast::pricing {

Quotient paid_per_unit(const IndexCover& cover, const Quotient& index) {
    const Quotient paid = paid_per_unit(cover.payout, index) - cover.deductible * cover.payout.sum_insured;
    return std::max(paid, Quotient());
}

Result<Burn> burn(const IndexCover& cover, int first_year, int last_year,
                  const std::vector<const DailySeries*>& stations) {
    TRY(check(cover.payout));
    TRY(within_contract("deductible", cover.deductible));
    if (cover.deductible < 0 || cover.deductible >= 1)
        return invalid("pricing.bad_payout").with("reason", "deductible");
    if (last_year < first_year || last_year - first_year >= 200)
        return invalid("pricing.bad_history")
            .with("first", std::to_string(first_year))
            .with("last", std::to_string(last_year));
    Burn out;
    // Each year's fraction may have another denominator (a mean over 365 or 366 days), so the mean is taken
    // at 12 places: a billionth of a fen.
    constexpr int places = 12;
    Decimal sum;
    for (int year = first_year; year <= last_year; ++year) {
        BurnYear row{.year = year, .unknown = {}, .index = {}, .paid_per_unit = {}};
        const Period season = TRY(cover.season.beginning_in(year));
        auto index = index_over(season, cover.rule, cover.missing, stations);
        if (!index && index.error().kind != ErrorKind::conflict) return index.error();
        if (index) {
            row.index = index->value;
            row.paid_per_unit = paid_per_unit(cover, row.index);
            row.days_substituted = static_cast<int>(index->substitutes.size());
            ++out.known;
            if (row.paid_per_unit > Quotient()) ++out.paying;
            out.largest = std::max(out.largest, row.paid_per_unit);
            sum = sum + row.paid_per_unit.rounded(places);
        } else {
            row.unknown = index.error();
        }
        out.years.push_back(std::move(row));
    }
    if (out.known == 0) return conflict("pricing.no_known_year");
    out.pure_premium = Quotient(sum, out.known);
    out.pure_rate = Quotient(sum, cover.payout.sum_insured * out.known);
    return out;
}

}  // namespace ballast::pricing
