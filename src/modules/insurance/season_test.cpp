// A season's payments: the worked examples, every threshold from both sides, and that more never pays less.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/rng.h"
#include "base/working_calendar.h"
#include "embedded/insurance_files.h"
#include "insurance/price_season.h"
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
    FrozenSeries quotes{"cotton_purchase", {}, "price"};
    const Period window = cotton.window_of(2025).value();
    for (Date on = window.first; on <= window.last; on = on.plus_days(7)) quotes.values[on] = dec("16842.5");
    const auto told = outcome(cotton, 2025, tenth, {quotes}).value();
    const Money insured = yuan("229617.00");
    EXPECT_EQ(SeasonPayer(cotton, told).payable({dec("12.345"), 18'600, insured, {}, 91}), yuan("21696.34"));
    EXPECT_EQ(*pricing::paid({18'600, 1, dec("12.345"), dec("12.345"), insured}, told.index),
              yuan("21696.34"));  // T-1

    const auto& pigs = product("pig_futures");
    FrozenSeries prices{"LH", {}};
    for (const Date on : pricing::trading_days(pigs.window_of(2025).value(), china_calendar()))
        prices.values[on] = 16'700;
    const auto fallen = outcome(pigs, 2025, tenth, {prices}).value();
    EXPECT_EQ(SeasonPayer(pigs, fallen).payable({64, 17'500, yuan("1120000"), {}, 91}), yuan("51200.00"));
    prices.values.erase(prices.values.begin());
    EXPECT_EQ(outcome(pigs, 2025, tenth, {prices}).error().id, "pricing.settlement_missing");
}

FrozenSeries weekly(const char* code, const Period& window, const char* price) {
    FrozenSeries out{code, {}, "price"};
    for (Date on = window.first; on <= window.last; on = on.plus_days(7)) out.values[on] = dec(price);
    return out;
}

TEST(Season, PaysGarlicBelowItsTargetAndItsCost) {  // T-2
    const auto& garlic = product("garlic_price");
    const Period window = garlic.window_of(2025).value();  // sown in 2025, sold in 2026
    EXPECT_EQ(window.first, day("2026-06-01"));
    const auto paid_at = [&](const char* price, Decimal mu) {
        const auto told = outcome(garlic, 2025, tenth, {weekly("garlic_purchase", window, price)}).value();
        const Money insured = (mu * 2000).to_money(Rounding::half_up);
        const Money out = SeasonPayer(garlic, told).payable({mu, 2000, insured, {}, 61});
        EXPECT_EQ(out, *pricing::paid({dec("1.90"), 2, insured}, told.index.rounded(4)));
        return out;
    };
    EXPECT_EQ(paid_at("1.45", 30), yuan("3907.89"));
    EXPECT_EQ(paid_at("1.90", 30), Money());
    EXPECT_EQ(paid_at("1.95", 30), Money());
    EXPECT_EQ(paid_at("0.0001", 30), yuan("59993.84"));  // never above the sum insured
}

TEST(Season, PaysGarlicExactlyWhereTheMeanIsNoDecimal) {
    const auto& garlic = product("garlic_price");
    auto quotes = weekly("garlic_purchase", garlic.window_of(2025).value(), "1.45");
    quotes.values[day("2026-06-03")] = dec("1.46");
    const auto told = outcome(garlic, 2025, tenth, {quotes}).value();
    const auto per_mu = paid_per_unit(garlic, told, 2000);
    // By hand: 2000 x (1.9 - m) / 1.9 x (2 - m) / 2 with m the mean of all quotes.
    Decimal sum;
    for (const auto& [unused, price] : quotes.values) sum = sum + price;
    const Decimal n = std::ssize(quotes.values);
    EXPECT_EQ(per_mu, pricing::Quotient(Decimal(2000) * (dec("1.9") * n - sum) * (Decimal(2) * n - sum),
                                        dec("3.8") * n * n));
}

class Maize : public ::testing::Test {
protected:
    const Product& maize_ = product("maize_income");
    FrozenSeries price_{"maize_purchase",
                        {{day("2025-10-31"), dec("1.9350")}, {day("2025-11-28"), dec("1.9355")}},
                        "price"};
    FrozenSeries yield_{"maize_yield", {{day("2025-10-20"), dec("428.6")}}, "yield"};
};

TEST_F(Maize, IsPaidWhatItsIncomeFallsShort) {  // I-1
    const auto told = outcome(maize_, 2025, tenth, {price_, yield_}).value();
    EXPECT_EQ(told.index, pricing::Quotient(dec("829.44815")));
    EXPECT_EQ(told.days, 2);
    EXPECT_EQ(SeasonPayer(maize_, told).payable({dec("36.8"), 1020, yuan("37536"), {}, 61}), yuan("7012.31"));
    EXPECT_EQ(*pricing::paid({1020, dec("36.8")}, dec("428.6"), dec("1.93525")), yuan("7012.31"));
    yield_.values.begin()->second = 600;
    const auto good = outcome(maize_, 2025, tenth, {price_, yield_}).value();
    EXPECT_EQ(SeasonPayer(maize_, good).payable({dec("36.8"), 1020, yuan("37536"), {}, 61}), Money());
    yield_.values.begin()->second = 0;
    const auto none = outcome(maize_, 2025, tenth, {price_, yield_}).value();
    EXPECT_EQ(SeasonPayer(maize_, none).payable({dec("36.8"), 1020, yuan("37536"), {}, 61}), yuan("37536.00"));
}

TEST_F(Maize, WantsEveryMonthAndOneReport) {
    EXPECT_EQ(outcome(maize_, 2025, tenth, {price_}).error().args.at(0).second, "maize_yield");
    auto two = yield_;
    two.values[day("2025-10-25")] = 430;
    EXPECT_EQ(outcome(maize_, 2025, tenth, {price_, two}).error().id, "insurance.two_reports");
    auto late = yield_;
    late.values = {{day("2025-12-01"), 430}};
    EXPECT_EQ(outcome(maize_, 2025, tenth, {price_, late}).error().id, "insurance.report_missing");
    price_.values.erase(day("2025-10-31"));
    const auto gap = outcome(maize_, 2025, tenth, {price_, yield_});
    EXPECT_EQ(gap.error().id, "pricing.month_unquoted");
    EXPECT_EQ(gap.error().args.at(0).second, "2025-10");
}

TEST(Season, PaysOrangesGradeByGrade) {
    const auto& oranges = product("orange_quality");
    const Period window = oranges.window_of(2025).value();
    const auto share = [](const char* code, const char* percent) {
        return FrozenSeries{code, {{day("2026-01-15"), dec(percent)}}, "grade_share"};
    };
    std::vector<FrozenSeries> all{
        weekly("orange_first", window, "4950.5"), share("orange_first", "50"),
        weekly("orange_second", window, "5000"),  share("orange_second", "35.5"),
        weekly("orange_third", window, "3900"),   share("orange_third", "14.5")};
    const auto told = outcome(oranges, 2025, tenth, all).value();
    EXPECT_EQ(told.index, pricing::Quotient(dec("139.25")));  // 249.5 x 50 % + 0 + 100 x 14.5 %
    const Money insured = (dec("6.4") * 4800).to_money(Rounding::half_up);
    EXPECT_EQ(SeasonPayer(oranges, told).payable({dec("6.4"), 4800, insured, {}, 92}), yuan("891.20"));
    EXPECT_EQ(*pricing::paid_for_quality({{5200, dec("4950.5"), dec("3.2")},
                                          {4800, 5000, dec("2.272")},
                                          {4000, 3900, dec("0.928")}},
                                         insured),
              yuan("891.20"));

    // A grade quoted on one day more: the means have different denominators.
    all[0].values[window.first.plus_days(1)] = 5000;
    const auto uneven = outcome(oranges, 2025, tenth, all).value();
    const auto grades = grade_outcomes(std::get<QualityTerms>(oranges.cover), all, window).value();
    EXPECT_EQ(uneven.index.rounded(9), ((Decimal(5200) - grades[0].price) * dec("0.5")).rounded(9) + dec("14.5"));

    all[1] = share("orange_first", "50.1");
    const auto wrong = outcome(oranges, 2025, tenth, all);
    EXPECT_EQ(wrong.error().id, "insurance.grades_do_not_add_up");
    EXPECT_EQ(wrong.error().args.at(0).second, "100.1");
    all.erase(all.begin() + 1);
    EXPECT_EQ(outcome(oranges, 2025, tenth, all).error().id, "insurance.no_series");
}

TEST(Book, SaysHowOftenASeriesIsQuotedAndRefusesWhatContradictsItself) {
    EXPECT_EQ(book().quoted("maize_purchase"), pricing::Every::month);
    EXPECT_EQ(book().quoted("garlic_purchase"), pricing::Every::week);
    EXPECT_EQ(book().quoted("unheard_of"), pricing::Every::week);
    const auto changed = [](const char* name, const std::string& from, const std::string& to) {
        std::vector<packs::File> files;
        for (const auto& entry : embedded::insurance_files()) {
            packs::File file{std::string(entry.name.substr(entry.name.rfind('/') + 1)), std::string(entry.bytes)};
            if (file.name == name) file.bytes.replace(file.bytes.find(from), from.size(), to);
            files.push_back(std::move(file));
        }
        return read_book(std::move(files));
    };
    const auto otherwise = changed("maize_income.toml", "\"maize_purchase\"", "\"garlic_purchase\"");
    ASSERT_FALSE(otherwise);
    EXPECT_EQ(otherwise.error().id, "insurance.series_quoted_otherwise");
    // 1275 x 80 % is 1020: one fen of income more than the law allows to insure.
    const auto above = changed("maize_income.toml", "102000", "102001");
    ASSERT_FALSE(above);
    EXPECT_EQ(above.error().id, "insurance.pack_value");
    EXPECT_EQ(changed("maize_income.toml", "\"month\"", "\"year\"").error().id, "insurance.pack_value");
    EXPECT_EQ(changed("cotton_target_price.toml", "part_cover", "window = { first = \"01-01\", last = \"02-01\" }\npart_cover")
                  .error()
                  .id,
              "insurance.window_outside_cover");
    EXPECT_EQ(changed("cotton_target_price.toml", "last = \"08-31\"", "last = \"09-01\"").error().id,
              "insurance.sales_reach_window");
    EXPECT_EQ(changed("cotton_target_price.toml", "coverage = \"1\"", "coverage = \"2\"").error().id,
              "insurance.pack_value");
    EXPECT_EQ(changed("pig_futures.toml", "strike = \"17500\"", "strike = \"-1\"").error().id, "insurance.pack_value");
    EXPECT_EQ(changed("snow_index.toml", "\"56046\"", "\"56137\"").error().id, "insurance.pack_value");
    EXPECT_EQ(changed("snow_index.toml", "from = \"35\"", "from = \"20\"").error().id, "pricing.bad_payout");
    // A day of the cover in two stages, and one in none.
    const auto overlap = changed("rice_full_cost.toml", "first = \"06-16\"", "first = \"06-10\"");
    ASSERT_FALSE(overlap);
    EXPECT_EQ(overlap.error().id, "insurance.stage_days");
    EXPECT_EQ(overlap.error().args.at(0).second, "06-10");
    EXPECT_EQ(overlap.error().args.at(1).second, "2");
    const auto gap = changed("rice_full_cost.toml", "first = \"06-16\"", "first = \"06-18\"");
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().args.at(0).second, "06-16");
    EXPECT_EQ(gap.error().args.at(1).second, "0");
    EXPECT_EQ(changed("rice_full_cost.toml", "threshold = \"0.2\"", "threshold = \"-0.2\"").error().id,
              "insurance.pack_value");
    const auto twice = changed("cotton_target_price.toml", "[price]",
                               "[[rates]]\nfrom = 2021-01-01\namount_fen = 1\nrate = \"0.05\"\nshares = { central = "
                               "\"0\", province = \"0.3\", prefecture = \"0\", county = \"0.4\", farmer = \"0.3\" }\n"
                               "authority = \"x\"\n[price]");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().id, "insurance.rate_twice");
    EXPECT_EQ(changed("garlic_price.toml", "target = \"1.90\"", "target = \"0\"").error().id, "insurance.pack_value");
    EXPECT_EQ(changed("orange_quality.toml", "\"orange_second\"", "\"orange_first\"").error().id,
              "insurance.pack_value");
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
        const Period window = product("snow_index").window_of(2020 + i).value();
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
    ReadSeries read(SeriesKind kind, const std::string& rows, const DayValues& on_file = {},
                    pricing::Every every = pricing::Every::week) {
        const auto path = folder_ / "a.csv";
        std::ofstream(path, std::ios::binary) << "日期,数值\n" << rows;
        const auto variable = kind == SeriesKind::weather ? "rain" : "price";
        return read_series(path.string(), "a.csv", kind, variable, on_file, false, day("2026-05-01"), every)
            .value();
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

TEST_F(Sheet, NamesTheRowOfAMissingMonthAndOfOneQuotedTwice) {
    const auto monthly = [&](const char* rows, const DayValues& on_file = {}) {
        return read(SeriesKind::market, rows, on_file, pricing::Every::month);
    };
    EXPECT_TRUE(monthly("2026-01-31,2\n2026-02-01,2.1\n2026-03-31,2\n").accepted());
    const auto gap = monthly("2025-12-10,2\n2026-03-31,2\n");
    EXPECT_EQ(said(gap), (Said{{3, "insurance.month_missing"}}));
    EXPECT_EQ(gap.findings.at(0).what.args.at(0).second, "2026-01-01");
    EXPECT_EQ(gap.findings.at(0).what.args.at(1).second, "2026-02-28");
    EXPECT_EQ(said(monthly("2026-01-10,2\n2026-01-31,2\n")), (Said{{3, "insurance.month_twice"}}));
    EXPECT_EQ(said(monthly("2026-01-10,2\n", {{day("2026-01-31"), 2}})), (Said{{2, "insurance.month_twice"}}));
    EXPECT_TRUE(monthly("2026-01-10,2\n", {{day("2026-01-10"), 2}}).accepted());
    EXPECT_EQ(said(monthly("2026-03-10,2\n", {{day("2026-01-31"), 2}})), (Said{{2, "insurance.month_missing"}}));
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
