// Products, lists, plots and the two procedures: what needs no database.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/rng.h"
#include "insurance/claim_procedure.h"
#include "insurance/endorsement_price.h"
#include "insurance/insured_list.h"
#include "insurance/list_price.h"
#include "insurance/policy_procedure.h"
#include "insurance/product.h"

namespace ballast::insurance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }
AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }

TEST(Book, HoldsTheProductsOfThePack) {
    const auto book = load_book().value();
    std::set<Peril> perils;
    for (const auto& product : book.products) perils.insert(product.peril);
    const auto* rice = book.product("rice_full_cost").value();
    // Guangde has a row of its own; elsewhere the country's holds.
    EXPECT_EQ(rice->rate(area("341882100000"), day("2025-05-01")).value()->tariff.shares[0], dec("0.475"));
    const auto* rate = rice->rate(area("513431100200"), day("2025-05-01")).value();
    EXPECT_TRUE(rate->assumed());
    EXPECT_EQ(quote(rate->tariff, dec("63.50")).value().premium, yuan("3048.00"));  // P-1
    EXPECT_EQ(rice->rate(area("513431"), day("2020-12-31")).error().id, "insurance.no_rate");
    EXPECT_EQ(rice->stage("booting")->share, dec("0.9"));
    EXPECT_EQ(book.days("publicity_days", day("2025-05-01"), area("513431")).value(), 3);
    EXPECT_EQ(book.limit("inspection_share_group", day("2025-05-01"), area("513431")).value(), dec("0.05"));
    const auto& snow = std::get<WeatherCover>(book.product("snow_index").value()->cover);
    auto payout = snow.payout;
    payout.sum_insured = 2000;
    EXPECT_EQ(pricing::paid(pricing::paid_per_unit(payout, dec("41.7")), 120), yuan("60000.00"));  // W-3
}

TEST(Book, KeepsTheRateOfTheCoversFirstDayForItsWholeSeason) {
    auto cotton = *load_book().value().product("cotton_target_price").value();
    auto later = cotton.rates.front();
    later.from = day("2025-10-01");  // amid the season that began on 1 September
    later.tariff.rate = dec("0.08");
    cotton.rates.push_back(later);
    const auto rate_of = [&](int season) {
        const Date first = cotton.cover_days.beginning_in(season).value().first;
        return cotton.rate(area("513431100200"), first).value()->tariff.rate;
    };
    EXPECT_EQ(rate_of(2025), dec("0.05"));
    EXPECT_EQ(rate_of(2026), dec("0.08"));
    cotton.rates.back().from = day("2025-09-01");  // on the very day
    EXPECT_EQ(rate_of(2025), dec("0.08"));
}

TEST(Book, SaysInWhichLineAProductIsWrong) {
    const std::string head = R"(title = { zh = "甲", en = "A" }
class = "central"
peril = "livestock"
subject = { zh = "猪", en = "Pig" }
unit = "head"
document = "d"
valid_from = 2021-01-01
areas = ["000000000000"]
sales = { first = "01-01", last = "12-31" }
cover = { first = "01-01", last = "12-31" }
[[rates]]
from = 2021-01-01
amount_fen = 80000
rate = "0.05"
)";
    const auto error = [&](const std::string& rest) {
        return read_book({{"a.toml", head + rest}, {"pack.toml", ""}}).error();
    };
    const auto shares = error(
        "shares = { central = \"0.5\", province = \"0.5\", prefecture = \"0\", county = \"0.1\", "
        "farmer = \"0.2\" }\nauthority = \"x\"\n");
    EXPECT_EQ(shares.id, "insurance.bad_shares");
    EXPECT_EQ(shares.args.at(1).second, "insurance/a.toml");
    const auto missing = error("");
    EXPECT_EQ(missing.id, "insurance.pack_missing");
    EXPECT_EQ(missing.args.at(1).second, "11");
}

TEST(Plots, OverlapByMoreThanASliver) {
    const auto ring = [](const char* text) { return parse_ring(text).value(); };
    const auto one = ring("102.80 28.01; 102.81 28.01; 102.81 28.02; 102.80 28.02");
    EXPECT_TRUE(overlap(one, ring("102.805 28.015; 102.815 28.015; 102.815 28.025; 102.805 28.025")));
    EXPECT_TRUE(overlap(one, one));
    EXPECT_FALSE(overlap(one, ring("102.81 28.01; 102.82 28.01; 102.82 28.02; 102.81 28.02")));  // neighbours
    EXPECT_FALSE(overlap(
        one, ring("102.8099 28.01; 102.82 28.01; 102.82 28.02; 102.8099 28.02")));  // measured by hand
    for (const char* bad : {"", "102.8 28; 102.9 28", "102.8 28; 102.9 28; 10 28", "1 2 3; x; y",
                            "102 28; 103 29; 103 28; 102 29"})
        EXPECT_FALSE(parse_ring(bad)) << bad;
}

TEST(Tags, AreRangesOfFifteenDigits) {
    const auto tags = parse_tags("156134310000001-156134310000037，156134310000101").value();
    EXPECT_EQ(count(tags), 38);
    EXPECT_TRUE(overlap(tags, parse_tags("156134310000037").value()));
    EXPECT_FALSE(overlap(tags, parse_tags("156134310000038-156134310000100").value()));
    EXPECT_EQ(parse_tags(written(tags)).value(), tags);
    for (const char* bad : {"15613431000001", "156134310000002-156134310000001",
                            "156134310000001-156134310000005, "
                            "156134310000005"})
        EXPECT_FALSE(parse_tags(bad)) << bad;
}

// Whatever list: the farmers' parts add up to those of the policy, and the policy's to its premium.
TEST(ListPrice, AlwaysAddsUpAgain) {
    const auto book = load_book().value();
    const auto& tariff = book.product("rice_full_cost").value()->rates.front().tariff;
    Rng rng(11);
    for (int round = 0; round < 300; ++round) {
        std::vector<UnitsOf> rows;
        std::map<std::string, Decimal> together;
        for (auto n = rng.between(1, 40); n > 0; --n) {
            rows.push_back(
                {std::to_string(rng.between(1, 12)), Decimal::from_parts(rng.between(1, 400'000), 4)});
            auto& sum = together[rows.back().operator_key];
            sum = sum + rows.back().units;
        }
        const auto priced = price_list(tariff, rows).value();
        Money parts, premiums, farmers, insured;
        for (const Money part : priced.parts) parts += part;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            premiums += priced.rows[i].premium;
            farmers += priced.rows[i].farmer;
            insured += priced.rows[i].sum_insured;
            const bool scale = together.at(rows[i].operator_key) >= 50;
            ASSERT_EQ(priced.rows[i].amount, Decimal(scale ? 800 : 406));
        }
        ASSERT_EQ(parts, priced.premium);
        ASSERT_EQ(premiums, priced.premium);
        ASSERT_EQ(farmers, priced.part(Payer::farmer));
        ASSERT_EQ(insured, priced.sum_insured);
    }
    EXPECT_EQ(price_list(tariff, {}).error().id, "insurance.list_empty");
}

// Whatever changes, one after the other: rows and parts add up to the premium, nobody's part is below zero, and a row that
// nobody touches keeps its fen.
TEST(EndorsementPrice, AlwaysAddsUpAgain) {
    const auto book = load_book().value();
    const auto& tariff = book.product("rice_full_cost").value()->rates.front().tariff;
    Rng rng(12);
    for (int round = 0; round < 100; ++round) {
        std::vector<UnitsOf> list;
        for (int i = 0; i < 8; ++i)
            list.push_back({std::to_string(i), Decimal::from_parts(rng.between(1, 4'900), 2)});
        const auto priced = price_list(tariff, list).value();
        auto rows = priced.rows;
        auto premium = priced.premium;
        auto parts = priced.parts;
        for (int change = 0; change < 6; ++change) {
            std::vector<std::size_t> touched;
            std::vector<RowChange> changes;
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (rng.between(0, 2) == 0) {
                    touched.push_back(i);
                    changes.push_back({rows[i], Decimal::from_parts(rng.between(0, 4'900), 2), rows[i].amount});
                }
            changes.push_back({std::nullopt, Decimal::from_parts(rng.between(1, 4'900), 2), tariff.amount});
            const auto out = price_change(tariff, premium, parts, changes).value();
            for (std::size_t i = 0; i < touched.size(); ++i) rows[touched[i]] = out.rows[i];
            rows.push_back(out.rows.back());
            premium += out.premium;
            Money of_rows, of_farmers, of_parts;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                parts[i] += out.parts[i];
                of_parts += parts[i];
                ASSERT_GE(parts[i], Money());
            }
            for (const auto& row : rows) {
                of_rows += row.premium;
                of_farmers += row.farmer;
                ASSERT_GE(row.farmer, Money());
            }
            ASSERT_EQ(of_rows, premium);
            ASSERT_EQ(of_parts, premium);
            ASSERT_EQ(of_farmers, parts[static_cast<std::size_t>(Payer::farmer)]);
        }
    }
    EXPECT_EQ(price_change(tariff, yuan("100"), {}, {{std::nullopt, dec("-1"), 406}}).error().id,
              "insurance.out_of_range");
}

// Every state but the last ones leads on, and nothing is done but by its row.
TEST(Procedures, LeadFromTheirBeginningToTheirEnd) {
    std::set<PolicyState> reached{PolicyState::draft};
    for (std::size_t before = 0; before != reached.size();) {
        before = reached.size();
        for (const auto& row : policy_procedure())
            for (const auto from : row.from)
                if (reached.contains(from)) reached.insert(row.to);
    }
    EXPECT_EQ(reached.size(), 8U);
    PolicyMoment moment;
    moment.state = PolicyState::paid;
    moment.last_day = moment.today = day("2025-10-31");
    EXPECT_EQ(decide(moment, PolicyAction::activate).error().id, "insurance.season_over");
    EXPECT_EQ(decide(moment, PolicyAction::submit).error().id, "insurance.wrong_state");
    moment.today = day("2025-10-30");
    EXPECT_EQ(decide(moment, PolicyAction::activate).value()->to, PolicyState::effective);

    ClaimMoment claim;
    claim.state = ClaimState::agreed;
    claim.agreed_on = day("2025-10-01");
    claim.payment_days = 10;
    claim.today = day("2025-10-11");
    EXPECT_TRUE(decide(claim, ClaimAction::pay));
    EXPECT_EQ(due(claim), day("2025-10-11"));
    claim.today = day("2025-10-12");
    EXPECT_EQ(decide(claim, ClaimAction::pay).error().id, "insurance.payment_late");
    claim.note = "农户账户有误";
    EXPECT_TRUE(decide(claim, ClaimAction::pay));
}

// What a list takes a loss sheet must take too: hundredths.
TEST(InsuredList, TakesNothingFinerThanIsMeasured) {
    const auto path =
        std::filesystem::temp_directory_path() / ("ballast-list-" + std::to_string(fresh_seed()) + ".csv");
    std::ofstream(path) << "姓名,身份证号,联系电话,投保数量,流转面积,银行账号,户名,签字\n"
                        << "张三,513431198003010120,13800138000,12.345,,6217996510001234564,张三,是\n"
                        << "李四,513431197506120036,13900139000,12.340,0.001,6217996510001234564,李四,是\n"
                        << "王五,513431195002030345,13700137000,12.340,0.10,6217996510001234564,王五,是\n";
    const auto list = read_list(path.string(), "list.csv", day("2025-04-01"));
    std::filesystem::remove(path);
    ASSERT_TRUE(list);
    ASSERT_EQ(list->findings.size(), 2U);
    for (const auto& finding : list->findings) EXPECT_EQ(finding.what.id, "insurance.row_places");
    EXPECT_EQ(list->findings[1].what.args.at(0).second, "流转面积");
    ASSERT_EQ(list->rows.size(), 1U);
    EXPECT_EQ(list->rows[0].units, dec("12.34"));
}

TEST(InsuredList, HoldsRowsAgainstTheRegister) {
    const auto id = CitizenId::compose("513431", day("1980-03-01"), 12);
    ListRow row{2,
                "张三",
                id,
                Phone::parse("13800138000").value(),
                "坝上",
                {},
                {},
                8,
                0,
                "",
                BankCard::parse("6217996510001234564").value(),
                "张三"};
    const auto found = [&](RowSurroundings around, ListRules rules = {.land = true, .tags = false}) {
        std::string out;
        for (const auto& finding : check_list({row}, {std::move(around)}, {}, rules))
            out += finding.what.id + (finding.error ? "!" : " ");
        return out;
    };
    RowSurroundings fine{.on_file = true,
                         .member_status = "1",
                         .registered_name = "张三",
                         .land = dec("8"),
                         .units_of_household = dec("8")};
    EXPECT_EQ(found(fine), "");
    EXPECT_EQ(found({}), "insurance.not_on_file ");
    auto other = fine;
    other.units_of_household = dec("8.01");
    EXPECT_EQ(found(other), "insurance.more_than_land!");
    row.transferred = dec("0.01");
    EXPECT_EQ(found(other), "");
    other = fine;
    other.member_status = "2";
    EXPECT_EQ(found(other), "insurance.insured_dead!");
    other = fine;
    other.registered_name = "李四";
    EXPECT_EQ(found(other), "insurance.name_differs!");
    EXPECT_EQ(found(fine, {.land = false, .tags = true}), "insurance.tags_missing!");
    const Elsewhere insured{"PL1", id.reveal(), "坝上", {}, {}};
    EXPECT_EQ(check_list({row}, {fine}, {insured}, {}).at(0).what.id, "insurance.insured_elsewhere");
}

}  // namespace
}  // namespace ballast::insurance
