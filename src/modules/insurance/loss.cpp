#include "insurance/loss.h"

#include "insurance/range.h"

namespace ballast::insurance {
namespace {

// Together at most 37 digits and 16 places, so that the product is exact.
Result<void> check(const CropTerms& terms, const CropLoss& loss) {
    constexpr std::int64_t most_amount = 1'000'000, most_area = 1'000'000;
    TRY(positive("amount", terms.amount, most_amount, 2));
    TRY(share("threshold", terms.threshold));
    TRY(share("total_loss", terms.total_loss));
    TRY(share("deductible", terms.deductible));
    if (terms.total_loss < terms.threshold) return invalid("insurance.thresholds_crossed");
    if (loss.stage != 1) TRY(positive("stage", loss.stage, 1, 2));
    TRY(share("loss", loss.loss));
    TRY(positive("area", loss.area, most_area, 2));
    TRY(positive("insured", loss.insured, most_area, 2));
    TRY(positive("planted", loss.planted, most_area, 2));
    // With this, area x min(1, insured / planted) never exceeds what is insured either.
    if (loss.area > loss.planted)
        return invalid("insurance.lost_more_than_planted")
            .with("area", loss.area.plain())
            .with("planted", loss.planted.plain());
    return {};
}

}  // namespace

Result<Money> compensation(const CropTerms& terms, const CropLoss& loss) {
    TRY(check(terms, loss));
    if (loss.loss < terms.threshold) return Money();
    if (terms.deductible_kind == DeductibleKind::relative && loss.loss <= terms.deductible) return Money();
    const Decimal lost = loss.loss >= terms.total_loss ? Decimal(1) : loss.loss;
    const Decimal kept =
        terms.deductible_kind == DeductibleKind::absolute ? Decimal(1) - terms.deductible : Decimal(1);
    const Decimal whole = terms.amount * loss.stage * lost * loss.area * kept;
    if (loss.insured >= loss.planted) return whole.to_money(Rounding::half_up);
    return (whole * loss.insured).divided_by(loss.planted, 2, Rounding::half_up).to_money(Rounding::half_up);
}

Result<Money> compensation(const LivestockLoss& loss) {
    TRY(positive("amount", loss.amount, 10'000'000, 2));
    if (loss.coefficient != 1) TRY(positive("coefficient", loss.coefficient, 1, 4));
    TRY(positive("heads", loss.heads, 10'000'000, 0));
    TRY(within("residual", Decimal::yuan(loss.residual), 1'000'000'000'000, 2));
    TRY(within("government", Decimal::yuan(loss.government), 1'000'000'000'000, 2));
    const Money whole = (loss.amount * loss.coefficient * loss.heads).to_money(Rounding::half_up);
    const Money off = loss.residual + loss.government;
    return whole > off ? whole - off : Money();
}

}  // namespace ballast::insurance
