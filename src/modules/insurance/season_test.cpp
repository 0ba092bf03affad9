// A season's payments: the worked examples, every threshold from both sides, and that more never pays less.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/rng.h"
#include "base/working_calendar.h"
#include "insurance/season.h"
#include "insurance/settlement_procedure.h"
#include "pricing/price_cover.h"

namespace ballast::insurance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }

const Book& book() {
    static const Book all = load_book().value();
    return all;
}
const Product& product(std::string_view name) { return *book().product(name).value(); }

/// One day of the window has it all, the others nothing.
FrozenSeries snow(Decimal in_all) {
    FrozenSeries out{"56137", {}};
    for (Date on = day("2025-10-01"); on <= day("2026-04-30"); on = on.plus_days(1)) out.values[on] = 0;
    out.values[day("2026-01-12")] = in_all;
    return out;
}
const pricing::MissingDays tenth{dec("0.1")};

Money paid(Decimal index, const char* heads, int days = 212) {
    const auto told = outcome(product("snow_index"), 2025, tenth, {snow(index)}).value();
    SeasonPayer payer(product("snow_index"), told);
    const Money insured = (dec(heads) * 2000).to_money(Rounding::half_up);
    return payer.payable({dec(heads), 2000, insured, {}, days});
}

TEST(Season, PaysTheWorkedExampleOfTheYaks) {  // W-3
    EXPECT_EQ(paid(dec("41.7"), "120"), yuan("60000.00"));
    const auto told = outcome(product("snow_index"), 2025, tenth, {snow(dec("41.7"))}).value();
    EXPECT_EQ(told.step, 1U);
    EXPECT_EQ(told.days, 212);
}

TEST(Season, IsExactAtEveryThreshold) {
    EXPECT_EQ(paid(dec("24.9999"), "1"), Money());
    EXPECT_EQ(paid(25, "1"), yuan("200.00"));
    EXPECT_EQ(paid(dec("34.9999"), "1"), yuan("200.00"));
    EXPECT_EQ(paid(35, "1"), yuan("500.00"));
    EXPECT_EQ(paid(50, "1"), yuan("1000.00"));
    EXPECT_EQ(paid(dec("69.9999"), "1"), yuan("1000.00"));
    EXPECT_EQ(paid(70, "1"), yuan("2000.00"));
}

TEST(Season, MoreSnowMoreHeadsMoreDaysNeverPayLess) {
    Rng rng(23);
    for (int round = 0; round < 300; ++round) {
        const auto heads = std::to_string(rng.between(1, 500));
        const Decimal index = Decimal::from_parts(rng.between(0, 900'000), 4);
        const Decimal more = index + Decimal::from_parts(rng.between(0, 100'000), 4);
        const int days = static_cast<int>(rng.between(0, 211));
        ASSERT_LE(paid(index, heads.c_str()), paid(more, heads.c_str()));
        ASSERT_LE(paid(index, heads.c_str(), days), paid(index, heads.c_str(), days + 1));
        ASSERT_LE(paid(more, heads.c_str()), (dec(heads) * 2000).to_money(Rounding::half_up));
    }
}

TEST(Season, NeverPaysAboveWhatIsLeftOfTheSumInsured) {
    const auto told = outcome(product("snow_index"), 2025, tenth, {snow(80)}).value();
    SeasonPayer payer(product("snow_index"), told);
    EXPECT_EQ(payer.payable({10, 2000, yuan("20000"), yuan("15000"), 212}), yuan("5000.00"));
    EXPECT_EQ(payer.payable({10, 2000, yuan("20000"), yuan("20000"), 212}), Money());
}

TEST(Season, CountsAPartOfTheWindowAsTheContractSays) {
    const Period window{day("2025-10-01"), day("2026-04-30")};
    auto terms = product("snow_index");
    const Period late{day("2025-11-01"), day("2026-04-30")};
    EXPECT_EQ(counted_days(terms, window, window), 212);
    EXPECT_EQ(counted_days(terms, window, late), 181);
    EXPECT_EQ(counted_days(terms, window, {day("2026-05-01"), day("2026-06-01")}), 0);
    terms.part_cover = PartCover::none;
    EXPECT_EQ(counted_days(terms, window, late), 0);
    EXPECT_EQ(counted_days(terms, window, window), 212);
    terms.part_cover = PartCover::whole;
    EXPECT_EQ(counted_days(terms, window, late), 212);
    // 500 x 181 / 212 = 426.8867..., once rounded for the row: three heads are not three times one.
    EXPECT_EQ(paid(dec("41.7"), "1", 181), yuan("426.89"));
    EXPECT_EQ(paid(dec("41.7"), "3", 181), yuan("1280.66"));
}

TEST(Season, PaysRiceByTheMillimetre) {  // W-1
    FrozenSeries rain{"56479", {}};
    for (Date on = day("2025-05-15"); on <= day("2025-08-31"); on = on.plus_days(1)) rain.values[on] = 0;
    rain.values[day("2025-07-01")] = dec("176.4");
    const auto& rice = product("rice_drought_index");
    const auto told = outcome(rice, 2025, tenth, {rain}).value();
    SeasonPayer payer(rice, told);
    EXPECT_EQ(payer.payable({50, 300, yuan("15000"), {}, 109}), yuan("3216.00"));
    rain.values[day("2025-07-01")] = dec("90.0");
    const auto dry = outcome(rice, 2025, tenth, {rain}).value();
    EXPECT_EQ(SeasonPayer(rice, dry).payable({1, 300, yuan("300"), {}, 109}), yuan("150.00"));
}

TEST(Season, PaysRiceForADryAutumn) {  // W-1, the second section
    FrozenSeries rain{"56479", {}};
    for (Date on = day("2025-09-01"); on <= day("2025-10-15"); on = on.plus_days(1)) rain.values[on] = 0;
    const auto& rice = product("rice_drought_autumn_index");
    const auto per_mu = [&](const char* millimetres) {
        rain.values[day("2025-09-20")] = dec(millimetres);
        const auto told = outcome(rice, 2025, tenth, {rain}).value();
        return SeasonPayer(rice, told).payable({1, 300, yuan("300"), {}, 45});
    };
    EXPECT_EQ(per_mu("0"), yuan("100.00"));  // 100.50, capped
    EXPECT_EQ(per_mu("0.1"), yuan("99.83"));
    EXPECT_EQ(per_mu("14.9"), yuan("0.67"));
    EXPECT_EQ(per_mu("15"), Money());
}

TEST(Season, PaysRiceForFiveHotDaysAtLeast) {  // W-1, the heat section
    FrozenSeries heat{"56479", {}};
    for (Date on = day("2025-07-30"); on <= day("2025-08-15"); on = on.plus_days(1)) heat.values[on] = 35;
    for (const auto* on : {"2025-08-01", "2025-08-02", "2025-08-03", "2025-08-04"})
        heat.values[day(on)] = dec("37.5");
    const auto& rice = product("rice_heat_index");
    const auto per_mu = [&](const char* fifth_day, const char* insured) {
        heat.values[day("2025-08-10")] = dec(fifth_day);
        const auto told = outcome(rice, 2025, tenth, {heat}).value();
        return SeasonPayer(rice, told).payable({1, 300, yuan(insured), {}, 17});
    };
    EXPECT_EQ(per_mu("36.35", "300"), yuan("67.00"));  // 11.35 above 35 in five days
    EXPECT_EQ(per_mu("36.35", "50"), yuan("50.00"));
    EXPECT_EQ(per_mu("35", "300"), Money());  // 10 above 35, but in four days
}

TEST(Season, TakesMissingDaysFromTheNextStationUpToTheLimit) {
    auto own = snow(30);
    auto next = snow(0);
    next.code = "56046";
    for (int i = 0; i < 21; ++i) own.values.erase(day("2025-12-01").plus_days(i));
    const auto told = outcome(product("snow_index"), 2025, tenth, {own, next});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->substitutes.size(), 21U);
    own.values.erase(day("2025-12-22"));
    EXPECT_EQ(outcome(product("snow_index"), 2025, tenth, {own, next}).error().id,
              "pricing.too_many_days_missing");
    EXPECT_EQ(outcome(product("snow_index"), 2025, tenth, {own}).error().id, "pricing.day_missing_everywhere");
    EXPECT_EQ(outcome(product("snow_index"), 2025, tenth, {next}).error().id, "insurance.no_series");
}

TEST(Season, PaysPricesAndFuturesAsTheEngineDoes) {
    const auto& cotton = product("cotton_target_price");
    FrozenSeries quotes{"cotton_purchase", {}};
    const Period window = cotton.window.beginning_in(2025).value();
    for (Date on = window.first; on <= window.last; on = on.plus_days(7)) quotes.values[on] = dec("16842.5");
    const auto told = outcome(cotton, 2025, tenth, {quotes}).value();
    const Money insured = yuan("229617.00");
    EXPECT_EQ(SeasonPayer(cotton, told).payable({dec("12.345"), 18'600, insured, {}, 91}), yuan("21696.34"));
    EXPECT_EQ(*pricing::paid({18'600, 1, dec("12.345"), dec("12.345"), insured}, told.index),
              yuan("21696.34"));  // T-1

    const auto& pigs = product("pig_futures");
    FrozenSeries prices{"LH", {}};
    for (const Date on : pricing::trading_days(pigs.window.beginning_in(2025).value(), china_calendar()))
        prices.values[on] = 16'700;
    const auto fallen = outcome(pigs, 2025, tenth, {prices}).value();
    EXPECT_EQ(SeasonPayer(pigs, fallen).payable({64, 17'500, yuan("1120000"), {}, 91}), yuan("51200.00"));
    prices.values.erase(prices.values.begin());
    EXPECT_EQ(outcome(pigs, 2025, tenth, {prices}).error().id, "pricing.settlement_missing");
}

TEST(Season, HashesTellWhetherAnythingInTheWindowDiffers) {
    const Period window{day("2025-10-01"), day("2026-04-30")};
    auto one = snow(30), other = snow(30);
    EXPECT_EQ(hash_of({one}, window), hash_of({other}, window));
    other.values[day("2026-05-01")] = 9;  // outside
    EXPECT_EQ(hash_of({one}, window), hash_of({other}, window));
    one.values[day("2026-01-12")] = dec("30.00");  // the same number
    EXPECT_EQ(hash_of({one}, window), hash_of({other}, window));
    other.values[day("2026-01-13")] = dec("0.1");
    EXPECT_NE(hash_of({one}, window), hash_of({other}, window));
    EXPECT_NE(product("snow_index").version, product("citrus_freeze_index").version);
}

TEST(Season, BurnsOverItsHistory) {
    FrozenSeries years{"56137", {}};
    const std::array<int, 5> totals{10, 25, 41, 80, 0};
    for (int i = 0; i < 5; ++i) {
        const Period window = product("snow_index").window.beginning_in(2020 + i).value();
        for (Date on = window.first; on <= window.last; on = on.plus_days(1)) years.values[on] = 0;
        years.values[window.first.plus_days(40)] = totals[static_cast<std::size_t>(i)];
    }
    const auto burnt = burn(product("snow_index"), 2000, 2020, 2026, tenth, {years}).value();
    EXPECT_EQ(burnt.known, 5);
    EXPECT_EQ(burnt.paying, 3);
    EXPECT_EQ(burnt.mean, dec("0.27"));  // (0 + 0.1 + 0.25 + 1 + 0) / 5
    EXPECT_EQ(burnt.median, dec("0.1"));
    EXPECT_EQ(burnt.high, dec("1"));
    EXPECT_EQ(burnt.seasons.at(5).unknown->id, "pricing.day_missing_everywhere");
    EXPECT_EQ(burn(product("snow_index"), 2000, 2025, 2026, tenth, {years}).error().id, "pricing.no_known_year");
    EXPECT_EQ(burn(product("snow_index"), 2000, 2026, 2025, tenth, {years}).error().id, "pricing.bad_history");
}

class Sheet : public ::testing::Test {
protected:
    Sheet() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ballast-series-XXXXXX").string();
        EXPECT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    ~Sheet() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    ReadSeries read(SeriesKind kind, const std::string& rows, const DayValues& on_file = {}) {
        const auto path = folder_ / "a.csv";
        std::ofstream(path, std::ios::binary) << "日期,数值\n" << rows;
        const auto variable = kind == SeriesKind::weather ? "rain" : "price";
        return read_series(path.string(), "a.csv", kind, variable, on_file, false, day("2026-05-01")).value();
    }
    static std::vector<std::pair<std::int64_t, std::string>> said(const ReadSeries& in) {
        std::vector<std::pair<std::int64_t, std::string>> out;
        for (const auto& one : in.findings) out.emplace_back(one.row, one.what.id);
        return out;
    }
    using Said = std::vector<std::pair<std::int64_t, std::string>>;
    std::filesystem::path folder_;
};

TEST_F(Sheet, NamesTheRowOfAMissingWeek) {
    // Mondays to Sundays: 6th to 12th April has a quote, 13th to 19th has none.
    const auto in = read(SeriesKind::market, "2026-04-08,100\n2026-04-22,101\n2026-04-29,102\n");
    EXPECT_EQ(said(in), (Said{{3, "insurance.week_missing"}}));
    EXPECT_FALSE(in.accepted());
    EXPECT_TRUE(read(SeriesKind::market, "2026-04-06,100\n2026-04-19,101\n").accepted());  // the next week's end
    // A gap against what is on file counts as well.
    EXPECT_EQ(said(read(SeriesKind::market, "2026-04-22,101\n", {{day("2026-04-08"), 100}})),
              (Said{{2, "insurance.week_missing"}}));
}

TEST_F(Sheet, KnowsTradingDays) {
    // 4th to 6th April 2026 is Qingming.
    EXPECT_TRUE(read(SeriesKind::exchange, "2026-04-03,100\n2026-04-07,101\n").accepted());
    EXPECT_EQ(said(read(SeriesKind::exchange, "2026-04-07,100\n2026-04-09,101\n2026-04-10,99\n2026-04-12,1\n")),
              (Said{{3, "insurance.trading_day_missing"}, {5, "insurance.no_trading"}}));
}

TEST_F(Sheet, RefusesWhatCannotBe) {
    EXPECT_EQ(said(read(SeriesKind::weather, "2026-04-01,1825.1\n2026-04-02,-0.1\n2026-05-02,1\n,3\n")),
              (Said{{2, "insurance.value_impossible"},
                    {3, "insurance.value_impossible"},
                    {4, "insurance.day_in_future"},
                    {5, "insurance.row_missing"}}));
    EXPECT_EQ(said(read(SeriesKind::weather, "2026-04-01,3\n", {{day("2026-04-01"), 2}})),
              (Said{{2, "insurance.day_on_file"}}));
    EXPECT_TRUE(read(SeriesKind::weather, "2026-04-01,2.0\n", {{day("2026-04-01"), 2}}).accepted());
}

TEST_F(Sheet, LeavesUnmeasuredDaysToTheContract) {
    const auto in = read(SeriesKind::weather, "2026-04-01,3\n2026-04-02,缺测\n2026-04-03,1\n");
    EXPECT_TRUE(in.accepted());
    EXPECT_EQ(in.missing, 1);
    EXPECT_EQ(said(in), (Said{{4, "insurance.days_missing"}}));
    EXPECT_EQ(said(read(SeriesKind::market, "2026-04-01,\n")), (Said{{2, "insurance.row_missing"}}));
}

TEST(SettlementProcedure, RefusesWhatTheTableDoesNotList) {
    SettlementMoment moment;
    EXPECT_EQ(decide(moment, SettlementAction::check).error().id, "insurance.not_calculated");
    moment.calculated = true;
    EXPECT_TRUE(decide(moment, SettlementAction::check));
    moment.revised = true;
    EXPECT_EQ(decide(moment, SettlementAction::check).error().id, "insurance.series_revised");
    EXPECT_TRUE(decide(moment, SettlementAction::calculate));
    EXPECT_EQ(decide(moment, SettlementAction::pay).error().id, "insurance.wrong_state");
    moment = {.state = SettlementState::publicised, .calculated = true};
    moment.posted_on = day("2026-05-04");
    moment.publicity_days = 3;
    moment.today = day("2026-05-07");
    EXPECT_EQ(decide(moment, SettlementAction::confirm).error().id, "insurance.publicity_runs");
    moment.today = day("2026-05-08");
    EXPECT_TRUE(decide(moment, SettlementAction::confirm));
    EXPECT_EQ(decide(moment, SettlementAction::object).error().id, "insurance.note_missing");
    for (const auto state : {SettlementState::paid, SettlementState::cancelled}) {
        moment.state = state;
        for (int action = 0; action < 8; ++action)
            EXPECT_FALSE(decide(moment, static_cast<SettlementAction>(action)));
    }
}

}  // namespace
}  // namespace ballast::insurance
