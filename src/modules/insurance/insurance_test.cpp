// The worked examples of the domain specification, 5.1 to 5.10, to the fen, and the public premium splits.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "base/rng.h"
#include "base/shares.h"
#include "insurance/coinsurance.h"
#include "insurance/evaluation.h"
#include "insurance/loss.h"
#include "insurance/premium.h"
#include "insurance/prevention_cover.h"

namespace ballast::insurance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }

using Moneys = std::vector<Money>;

Moneys yuans(std::initializer_list<const char*> amounts) {
    Moneys out;
    for (const auto* amount : amounts) out.push_back(yuan(amount));
    return out;
}

// Central, province, county, farmer in per cent; the prefecture pays nothing in these tables.
Tariff tariff(const char* amount, const char* rate, std::array<const char*, 4> percent) {
    const auto share = [&](std::size_t i) { return dec(percent[i]) * Decimal::from_parts(1, 2); };
    return {.amount = dec(amount),
            .scale = std::nullopt,
            .rate = dec(rate),
            .shares = {share(0), share(1), Decimal(), share(2), share(3)}};
}

void expect(const Tariff& tariff, const char* units, const char* premium,
            std::initializer_list<const char*> parts) {
    const auto quoted = quote(tariff, dec(units));
    ASSERT_TRUE(quoted) << quoted.error().id;
    EXPECT_EQ(quoted->premium, yuan(premium));
    const Moneys paid{quoted->part(Payer::central), quoted->part(Payer::province),
                      quoted->part(Payer::county), quoted->part(Payer::farmer)};
    EXPECT_EQ(paid, yuans(parts)) << units;
    EXPECT_EQ(quoted->part(Payer::prefecture), Money());
}

TEST(Premium, ReproducesTheWorkedExamples) {  // P-1 to P-5
    auto rice = tariff("406", "0.06", {"45", "25", "10", "20"});
    rice.scale = Tariff::Scale{50, 800};
    expect(rice, "63.50", "3048.00", {"1371.60", "762.00", "304.80", "609.60"});
    EXPECT_EQ(quote(rice, dec("63.50"))->subsidy(), yuan("2438.40"));
    EXPECT_EQ(quote(rice, dec("63.50"))->sum_insured, yuan("50800.00"));
    expect(tariff("406", "0.06", {"47.5", "25", "7.5", "20"}), "4.37", "106.45",
           {"50.56", "26.61", "7.99", "21.29"});
    auto forest = tariff("780", "0.002", {"50", "40", "10", "0"});
    forest.farmer_waived = true;
    expect(forest, "12345.6", "19259.14", {"9629.57", "7703.66", "1925.91", "0"});
    expect(tariff("1500", "0.06", {"50", "25", "5", "20"}), "37", "3330.00",
           {"1665.00", "832.50", "166.50", "666.00"});
    expect(tariff("800", "0.05", {"50", "15", "15", "20"}), "512", "20480.00",
           {"10240.00", "3072.00", "3072.00", "4096.00"});
}

// Item 6 of the bulletin: from 50 mu, themselves included, rice is insured for 800 yuan.
TEST(Premium, TheScaleAmountHoldsFromItsThresholdOn) {
    auto rice = tariff("406", "0.06", {"45", "25", "10", "20"});
    rice.scale = Tariff::Scale{50, 800};
    EXPECT_EQ(quote(rice, 50)->amount, Decimal(800));
    EXPECT_EQ(quote(rice, dec("49.99"))->amount, Decimal(406));
}

TEST(Premium, TheProvinceTakesTheRestWhereTheCountyPaysNothing) {
    EXPECT_EQ(residual_payer(tariff("1000", "0.062", {"45", "25", "0", "30"}).shares), Payer::province);
    EXPECT_EQ(residual_payer(tariff("1000", "0.062", {"0", "0", "0", "100"}).shares), Payer::farmer);
}

TEST(Premium, RefusesWhatIsNoTariff) {
    const auto error = [](const Tariff& t, const char* units = "1") {
        const auto out = quote(t, dec(units));
        return out ? std::string("accepted") : out.error().id;
    };
    const auto rice = tariff("406", "0.06", {"45", "25", "10", "20"});
    EXPECT_EQ(error(rice), "accepted");
    EXPECT_EQ(error(rice, "-4.37"), "insurance.out_of_range");
    EXPECT_EQ(error(rice, "0"), "insurance.out_of_range");
    EXPECT_EQ(error(tariff("0", "0.06", {"45", "25", "10", "20"})), "insurance.out_of_range");
    EXPECT_EQ(error(tariff("406", "6", {"45", "25", "10", "20"})), "insurance.out_of_range");
    EXPECT_EQ(error(tariff("406", "0.06", {"45", "25", "10", "10"})), "insurance.bad_shares");
    EXPECT_EQ(error(tariff("406", "0.06", {"45", "25", "30", "0"})), "insurance.farmer_pays_nothing");
}

TEST(Premium, PartsAlwaysAddUp) {
    Rng rng(17);
    for (int round = 0; round < 1000; ++round) {
        Tariff t{.amount = Decimal::from_parts(rng.between(1, 500'000), 2),
                 .scale = std::nullopt,
                 .rate = Decimal::from_parts(rng.between(1, 99'999), 6),
                 .shares = {},
                 .farmer_waived = true};
        std::int64_t left = 10'000;
        for (auto& share : t.shares) {
            const auto part = &share == &t.shares.back() ? left : rng.between(0, left);
            share = Decimal::from_parts(part, 4);
            left -= part;
        }
        const auto quoted = quote(t, Decimal::from_parts(rng.between(1, 10'000'000), 2));
        ASSERT_TRUE(quoted);
        Money sum;
        for (const Money part : quoted->parts) {
            ASSERT_GE(part, Money());
            sum += part;
        }
        ASSERT_EQ(sum, quoted->premium);
    }
}

std::vector<std::map<std::string, std::string>> public_splits() {
    std::ifstream in(BALLAST_SOURCE_DIR "/../shared/data/insurance/subsidy-splits.csv");
    std::vector<std::map<std::string, std::string>> out;
    std::vector<std::string> headings;
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> row(1);
        for (const char c : line)
            if (c == ',')
                row.emplace_back();
            else if (c != '\r')
                row.back() += c;
        if (headings.empty()) {
            headings = row;
            continue;
        }
        for (auto& by = out.emplace_back(); const auto& heading : headings)
            by[heading] = row.at(static_cast<std::size_t>(&heading - headings.data()));
    }
    return out;
}

// Per unit as exact decimals, to as many places as printed: some premiums of one mu are not whole fen.
TEST(Premium, ReproducesThePublishedSplits) {
    const auto rows = public_splits();
    if (rows.empty()) GTEST_SKIP() << "no public splits in ../shared/data/insurance";
    EXPECT_EQ(rows.size(), 25U);
    for (const auto& row : rows) {
        SCOPED_TRACE(row.at("place_year") + row.at("product"));
        const auto number = [&](const char* heading) { return dec(row.at(heading)); };
        const Tariff published{.amount = number("sum_insured"),
                               .scale = std::nullopt,
                               .rate = number("rate"),
                               .shares = {number("central"), number("provincial"), Decimal(),
                                          number("city_county"), number("farmer")},
                               .farmer_waived = number("farmer").is_zero()};
        EXPECT_TRUE(check(published));
        const auto agrees = [](Decimal exact, Decimal printed) {
            EXPECT_EQ(exact.rounded(printed.scale(), Rounding::half_up), printed) << exact.plain();
        };
        const Decimal premium = published.amount * published.rate;
        agrees(premium, number("premium_published"));
        const Decimal farmer = premium * number("farmer");
        agrees(farmer, number("farmer_pay_recomputed"));
        if (!row.at("farmer_pay_published").empty()) agrees(farmer, number("farmer_pay_published"));
    }
}

const CropTerms full_cost_rice{.amount = 1000,
                               .threshold = dec("0.2"),
                               .total_loss = dec("0.8"),
                               .deductible_kind = DeductibleKind::absolute,
                               .deductible = dec("0.1")};

CropLoss booting(const char* loss) {
    return {.stage = dec("0.9"),
            .loss = dec(loss),
            .area = dec("12.30"),
            .insured = dec("12.30"),
            .planted = dec("12.30")};
}

TEST(CropLoss, ReproducesTheWorkedExamples) {  // C-1 to C-4
    EXPECT_EQ(compensation(full_cost_rice, booting("0.46")).value(), yuan("4582.98"));
    EXPECT_EQ(compensation(full_cost_rice, booting("0.83")).value(), yuan("9963.00"));
    EXPECT_EQ(compensation(full_cost_rice, booting("0.80")).value(), yuan("9963.00"));
    EXPECT_EQ(compensation(full_cost_rice, booting("0.19")).value(), yuan("0"));
    EXPECT_EQ(compensation(full_cost_rice, booting("0.20")).value(), yuan("1992.60"));
    auto more_planted = booting("0.46");
    more_planted.insured = 10;
    more_planted.planted = dec("12.50");
    EXPECT_EQ(compensation(full_cost_rice, more_planted).value(), yuan("3666.38"));
}

TEST(CropLoss, ARelativeDeductiblePaysInFullOnceExceeded) {
    auto terms = full_cost_rice;
    terms.deductible_kind = DeductibleKind::relative;
    terms.deductible = dec("0.3");
    EXPECT_EQ(compensation(terms, booting("0.3")).value(), yuan("0"));
    EXPECT_EQ(compensation(terms, booting("0.3001")).value(), yuan("3322.11"));
}

TEST(CropLoss, RefusesWhatCannotBe) {
    const auto error = [](auto change) {
        auto terms = full_cost_rice;
        auto loss = booting("0.46");
        change(terms, loss);
        const auto out = compensation(terms, loss);
        return out ? std::string("accepted") : out.error().id;
    };
    EXPECT_EQ(error([](CropTerms&, CropLoss& l) { l.area = dec("-1"); }), "insurance.out_of_range");
    EXPECT_EQ(error([](CropTerms&, CropLoss& l) { l.loss = dec("46"); }), "insurance.out_of_range");
    EXPECT_EQ(error([](CropTerms&, CropLoss& l) { l.planted = 0; }), "insurance.out_of_range");
    EXPECT_EQ(error([](CropTerms&, CropLoss& l) { l.stage = 0; }), "insurance.out_of_range");
    EXPECT_EQ(error([](CropTerms&, CropLoss& l) { l.area = dec("12.31"); }),
              "insurance.lost_more_than_planted");
    EXPECT_EQ(error([](CropTerms&, CropLoss& l) { l.insured = 20; }), "accepted");
    EXPECT_EQ(error([](CropTerms& t, CropLoss&) { t.total_loss = dec("0.1"); }),
              "insurance.thresholds_crossed");
}

TEST(LivestockLoss, TakesOffWhatTheCarcassAndTheStateGave) {
    LivestockLoss pigs{.amount = 800,
                       .coefficient = dec("0.45"),
                       .heads = 7,
                       .residual = yuan("120"),
                       .government = yuan("700")};
    EXPECT_EQ(compensation(pigs).value(), yuan("1700.00"));
    pigs.government = yuan("9000");
    EXPECT_EQ(compensation(pigs).value(), yuan("0"));
    pigs.heads = 0;
    EXPECT_EQ(compensation(pigs).error().id, "insurance.out_of_range");
}

TEST(Remaining, NoSequenceOfLossesPaysAboveTheSumInsured) {
    Rng rng(23);
    for (int round = 0; round < 200; ++round) {
        const Money sum_insured = yuan("12300.00");
        Remaining remaining(sum_insured);
        Money paid;
        for (int loss = 0; loss < 8; ++loss) {
            auto hit = booting("0");
            hit.loss = Decimal::from_parts(rng.between(0, 10'000), 4);
            hit.stage = Decimal::from_parts(rng.between(50, 100), 2);
            const auto claimed = compensation(full_cost_rice, hit);
            ASSERT_TRUE(claimed);
            paid += remaining.pay(*claimed);
        }
        ASSERT_LE(paid, sum_insured);
        ASSERT_EQ(paid + remaining.left(), sum_insured);
    }
}

const Pool three{.members = {{"lead", dec("0.6")}, {"second", dec("0.25")}, {"third", dec("0.15")}},
                 .lead_fee = dec("0.05")};

TEST(Coinsurance, SettlesAMonthToTheFen) {
    EXPECT_EQ(split(three, yuan("3048.00")).value(), yuans({"1828.80", "762.00", "457.20"}));
    EXPECT_EQ(split(three, yuan("4582.98")).value(), yuans({"2749.79", "1145.74", "687.45"}));
    const auto month = settle_month(three, yuans({"3048.00"}), yuans({"4582.98"})).value();
    EXPECT_EQ(month[0].fee, -yuan("60.96"));
    EXPECT_EQ(month[1].fee, yuan("38.10"));
    EXPECT_EQ(month[2].fee, yuan("22.86"));
    EXPECT_EQ(month[1].net(), yuan("762.00") - yuan("1145.74") - yuan("38.10"));
    Money net;
    for (const auto& member : month) net += member.net();
    EXPECT_EQ(net, yuan("3048.00") - yuan("4582.98"));
}

TEST(Coinsurance, ReproducesThePublicCases) {  // CO-1, CO-2
    const Pool pool{.members = {{"a", dec("0.5")}, {"b", dec("0.3")}, {"c", dec("0.2")}}, .lead_fee = 0};
    EXPECT_EQ(split(pool, yuan("100000.01")).value(), yuans({"50000.01", "30000.00", "20000.00"}));
    const Pool two{.members = {{"lead", dec("0.6")}, {"follower", dec("0.4")}}, .lead_fee = dec("0.02")};
    const auto month = settle_month(two, yuans({"1000000"}), {}).value();
    EXPECT_EQ(month[0].premium, yuan("600000"));
    EXPECT_EQ(month[1].premium, yuan("400000"));
    EXPECT_EQ(month[1].fee, yuan("8000"));
    EXPECT_EQ(month[1].net(), yuan("392000"));
}

TEST(Coinsurance, RefusesWhatIsNoPool) {
    const auto error = [](auto change) {
        Pool pool = three;
        change(pool);
        const auto out = check(pool);
        return out ? std::string("accepted") : out.error().id;
    };
    EXPECT_EQ(error([](Pool& p) { p.members.clear(); }), "insurance.pool_without_members");
    EXPECT_EQ(error([](Pool& p) { p.members.pop_back(); }), "insurance.bad_shares");
    EXPECT_EQ(error([](Pool& p) { p.members[2].insurer = "second"; }), "insurance.member_twice");
    EXPECT_EQ(error([](Pool& p) { std::swap(p.members[0], p.members[1]); }), "insurance.lead_not_largest");
    EXPECT_EQ(error([](Pool& p) { p.members[1].share = 0; }), "insurance.out_of_range");
}

const PreventionTerms medical{
    .warning_line = yuan("20000"),
    .deductible = {},
    .mode = TierMode::excess,
    .tiers = {{yuan("0"), dec("0.3")}, {yuan("30000"), dec("0.5")}, {yuan("60000"), dec("0.7")}},
    .annual_cap = std::nullopt};

PreventionLoss self_paid(const char* amount) {
    return {.self_paid = yuan(amount), .compensated = {}, .paid_this_year = {}};
}

TEST(PreventionCover, PaysTheExcessByTiers) {  // B-1
    EXPECT_EQ(compensation(medical, self_paid("87654.32")).value(), yuan("29358.02"));
    EXPECT_EQ(compensation(medical, self_paid("20000")).value(), yuan("0"));
    EXPECT_EQ(compensation(medical, self_paid("50000")).value(), yuan("9000.00"));
    EXPECT_EQ(compensation(medical, self_paid("50000.02")).value(), yuan("9000.01"));
}

TEST(PreventionCover, PaysTheWholeAtTheRateOfItsTier) {
    PreventionTerms press{.warning_line = yuan("10000"),
                          .deductible = {},
                          .mode = TierMode::whole,
                          .tiers = {{yuan("0"), dec("0.5")}, {yuan("30000"), dec("0.6")}},
                          .annual_cap = std::nullopt};
    EXPECT_EQ(compensation(press, self_paid("18000")).value(), yuan("9000.00"));
    EXPECT_EQ(compensation(press, self_paid("30000")).value(), yuan("18000.00"));
}

TEST(PreventionCover, TakesOffOtherInsuranceAndKeepsToTheCap) {
    auto loss = self_paid("87654.32");
    loss.compensated = yuan("37654.32");
    EXPECT_EQ(compensation(medical, loss).value(), yuan("9000.00"));
    auto capped = medical;
    capped.annual_cap = yuan("20000");
    EXPECT_EQ(compensation(capped, self_paid("87654.32")).value(), yuan("20000.00"));
    loss = self_paid("87654.32");
    loss.paid_this_year = yuan("15000");
    EXPECT_EQ(compensation(capped, loss).value(), yuan("5000.00"));
    loss.paid_this_year = yuan("25000");
    EXPECT_EQ(compensation(capped, loss).value(), yuan("0"));
    auto gap = medical;
    gap.tiers.erase(gap.tiers.begin());
    EXPECT_EQ(compensation(gap, loss).error().id, "insurance.bad_tiers");
}

const SatisfactionRule assumed_sample{.points = {100, 80, 60, 30, 0}, .least = 30, .part = dec("0.01")};

TEST(Evaluation, ReproducesTheWorkedExamples) {
    EXPECT_EQ(insured_rate(
                  {{182'300, 240'500, dec("0.5")}, {96'400, 151'000, dec("0.3")}, {8'120, 9'400, dec("0.2")}})
                  .value(),
              dec("0.743291"));
    EXPECT_EQ(insured_rate({{dec("29.91"), dec("48.5"), 1}}).value(), dec("0.616701"));
    EXPECT_EQ(rate("paid", dec("18642350.40"), dec("19105800.00")).value(), dec("0.975743"));
    EXPECT_EQ(rate("paid", 4128, 4310).value(), dec("0.957773"));
    const auto asked = satisfaction({311, 142, 38, 14, 7}, 50'000, assumed_sample).value();
    EXPECT_EQ(asked.top_two, dec("0.884766"));
    EXPECT_EQ(asked.mean_score, dec("88.2031"));
}

TEST(Evaluation, RefusesRatesOfNothingAndSamplesTooSmall) {
    EXPECT_EQ(rate("paid", 0, 0).error().id, "insurance.nothing_to_rate");
    EXPECT_EQ(rate("paid", 5, 4).error().id, "insurance.part_exceeds_whole");
    EXPECT_EQ(insured_rate({{1, 2, dec("0.5")}}).error().id, "insurance.bad_shares");
    EXPECT_EQ(satisfaction({20, 9, 0, 0, 0}, 100, assumed_sample).error().id, "insurance.sample_too_small");
    EXPECT_TRUE(satisfaction({20, 10, 0, 0, 0}, 3'000, assumed_sample));
    EXPECT_EQ(satisfaction({20, 10, 0, 0, 0}, 3'001, assumed_sample).error().id,
              "insurance.sample_too_small");
}

}  // namespace
}  // namespace ballast::insurance
