#include "insurance/evaluation.h"

#include <gtest/gtest.h>

#include "insurance/evaluation_procedure.h"

namespace ballast::insurance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

KindFigure kind(std::string product, Decimal insured, Decimal insurable, std::optional<Decimal> weight, Money premium) {
    return {std::move(product), insured, {}, insurable, weight, premium, {}};
}

EvaluationTerms terms() {
    EvaluationTerms out;
    for (const auto& row : items()) out.items.push_back({row.item == Item::paid_cases ? 0 : 10, dec("0.8"), true});
    out.bands = {90, 80, 70, 60};
    return out;
}

TEST(InsuredFigure, WeighsByWhatWasEnteredOrByPremium) {
    std::vector kinds{kind("rice", 182'300, 240'500, dec("0.5"), {}), kind("maize", 96'400, 151'000, dec("0.3"), {}),
                      kind("sows", 8'120, 9'400, dec("0.2"), {})};
    EXPECT_EQ(insured_figure(kinds).rate, dec("0.743291"));
    EXPECT_EQ(kinds[0].rate, dec("0.758004"));
    EXPECT_EQ(kinds[1].rate, dec("0.638411"));
    EXPECT_EQ(kinds[2].rate, dec("0.863830"));
    // 3/4 and 1/2 with premiums of two to one: (2 x 0.75 + 0.5) / 3.
    std::vector by_money{kind("rice", 3, 4, {}, Money::fen(200)), kind("maize", 1, 2, {}, Money::fen(100))};
    EXPECT_EQ(insured_figure(by_money).rate, dec("0.666667"));
    std::vector alone{kind("rice", 3, 4, {}, {})};
    EXPECT_EQ(insured_figure(alone).rate, dec("0.750000"));
}

TEST(InsuredFigure, SaysWhatIsMissingOrWrong) {
    std::vector<KindFigure> none;
    EXPECT_EQ(insured_figure(none).standing, Standing::nothing);
    std::vector unknown{kind("rice", 1, 2, {}, {})};
    unknown[0].insurable.reset();
    EXPECT_EQ(insured_figure(unknown).standing, Standing::missing);
    std::vector half{kind("rice", 1, 2, dec("0.5"), {}), kind("maize", 1, 2, {}, {})};
    EXPECT_EQ(insured_figure(half).fault->id, "insurance.bad_shares");
    std::vector more{kind("rice", 3, 2, {}, {})};
    const auto figure = insured_figure(more);
    EXPECT_EQ(figure.standing, Standing::wrong);
    EXPECT_EQ(figure.fault->id, "insurance.part_exceeds_whole");
    std::vector free{kind("rice", 1, 2, {}, {}), kind("maize", 1, 2, {}, {})};
    EXPECT_EQ(insured_figure(free).fault->id, "insurance.no_weights");
}

TEST(EvaluationFigure, AddsWhatIsOutsideThePlatform) {
    const auto paid = figure(Item::paid, {0, dec("7970.40")}, Amounts{dec("18642350.40"), dec("19097829.60")});
    EXPECT_EQ(paid.rate, dec("0.975743"));
    EXPECT_EQ(figure(Item::paid, {}, {}).standing, Standing::nothing);
    EXPECT_EQ(figure(Item::complaints, {}, {}).standing, Standing::missing);
    EXPECT_EQ(figure(Item::complaints, {}, Amounts{0, 0}).standing, Standing::nothing);
    EXPECT_EQ(figure(Item::premium, {3048, 0}, Amounts{0, 3000}).rate, 1);
}

TEST(EvaluationScore, IsOfWhatCouldBeRatedAndWaitsForWhatIsMissing) {
    std::vector figures{figure(Item::paid, {1, 2}, {}), figure(Item::paid_cases, {0, 2}, {}),
                        figure(Item::surveyed, {9, 10}, {}), figure(Item::stations, {}, {})};
    const auto score = scored(figures, terms());
    EXPECT_EQ(figures[0].points, dec("6.25"));  // 10 x 0.5 / 0.8
    EXPECT_EQ(figures[2].points, dec("10.00"));  // above the target it is all there is
    EXPECT_EQ(score.weights, 20);
    EXPECT_EQ(score.total, dec("81.25"));
    EXPECT_EQ(score.band, "good");
    figures.push_back(figure(Item::complaints, {}, {}));
    const auto waiting = scored(figures, terms());
    EXPECT_FALSE(waiting.total);
    EXPECT_EQ(waiting.missing, 1);
    std::vector<Figure> nothing{figure(Item::paid, {}, {})};
    EXPECT_FALSE(scored(nothing, terms()).total);
}

TEST(EvaluationScore, ReachesABandAtItsLeastPoint) {
    const auto band = [](std::int64_t part) {
        std::vector figures{figure(Item::surveyed, {part, 100'000}, {})};
        return scored(figures, terms()).band;
    };
    EXPECT_EQ(band(72'000), "excellent");  // 0.72 of 0.8 is 90.00
    EXPECT_EQ(band(71'900), "good");
    EXPECT_EQ(band(0), "failing");
}

TEST(EvaluationProcedure, ClosesAYearThatIsOverAndWhole) {
    EvaluationMoment moment{EvaluationState::open, *Date::from(2025, 12, 31), *Date::from(2025, 12, 31), 0, 0, true, {}};
    EXPECT_EQ(decide(moment, EvaluationAction::close).error().id, "insurance.evaluation_year_runs");
    moment.today = *Date::from(2026, 1, 1);
    EXPECT_TRUE(decide(moment, EvaluationAction::close));
    moment.missing = 2;
    EXPECT_EQ(decide(moment, EvaluationAction::close).error().id, "insurance.figures_missing");
    moment = {EvaluationState::closed, moment.last_day, moment.today, 0, 0, true, {}};
    EXPECT_EQ(decide(moment, EvaluationAction::close).error().id, "insurance.wrong_state");
    EXPECT_EQ(decide(moment, EvaluationAction::reopen).error().id, "insurance.note_missing");
    moment.note = "服务站六月已撤";
    EXPECT_TRUE(decide(moment, EvaluationAction::reopen));
}

}  // namespace
}  // namespace ballast::insurance
