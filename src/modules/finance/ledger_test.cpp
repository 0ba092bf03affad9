#include "finance/ledger.h"

#include <gtest/gtest.h>

#include <array>
#include <latch>
#include <map>
#include <thread>

#include "base/rng.h"
#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "finance/reconcile.h"

namespace ballast::finance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }
AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }

const FundId one(1), two(2);

TEST(Journal, BalancesInEveryFund) {
    EXPECT_TRUE(check(money_in(one, Account::contribution, yuan("5"))));
    EXPECT_TRUE(check(money_out(one, Account::payment, yuan("5"))));
    EXPECT_EQ(check({}).error().id, "finance.too_few_postings");
    EXPECT_EQ(check({{one, Account::bank, yuan("5")}, {one, Account::payment, yuan("0")}}).error().id,
              "finance.zero_posting");
    const auto off = check({{one, Account::bank, yuan("5")}, {one, Account::payment, -yuan("4.99")}});
    EXPECT_EQ(off.error().id, "finance.unbalanced");
    EXPECT_EQ(off.error().args.at(0).second, "0.01");
    // Together zero, but each fund's own books would not be.
    EXPECT_EQ(check({{one, Account::bank, yuan("5")}, {two, Account::bank, -yuan("5")}}).error().id,
              "finance.unbalanced");
    EXPECT_EQ(check(money_in(one, Account::top_up, yuan("1000000000000"))).error().id, "finance.out_of_range");
    EXPECT_TRUE(check(money_in(one, Account::top_up, yuan("999999999999.99"))));
    // A settlement is one journal: 1.2 billion yuan in 24 postings pass ...
    const auto settlement = [](std::size_t rows, Money each) {
        std::vector<Posting> out(rows, {one, Account::payment, each});
        out.push_back({one, Account::bank, -(each * static_cast<std::int64_t>(rows))});
        return check(out);
    };
    EXPECT_TRUE(settlement(24, yuan("50000000")));
    // ... and what would not fit into 64 bits together is refused as a value, not met as an overflow.
    std::vector<Posting> far;
    for (int i = 0; i < 100'000; ++i) far.push_back({one, Account::payment, yuan("999999999999.99")});
    EXPECT_EQ(check(far).error().id, "finance.out_of_range");
}

// Domain specification 5.9: four million, 3,127,456.78 paid, 8 % fee.
TEST(FundYear, CarriesOverWhatIsLeft) {
    FundYear year;
    year.contributions = yuan("4000000.00");
    year.payments = yuan("3127456.78");
    year.service_fees = yuan("320000.00");
    EXPECT_EQ(year.closing(), yuan("552543.22"));
    EXPECT_EQ(year.usage(), dec("0.7819"));
    EXPECT_TRUE(check_service_fee(year.service_fees, year.contributions, dec("0.08")));
    EXPECT_EQ(check_service_fee(yuan("320000.01"), year.contributions, dec("0.08")).error().id,
              "finance.fee_above_contract");
}

TEST(FundYear, RaisesAlarmsBelowTheFloorAndAboveItsUsage) {
    const FundLimits limits{yuan("3000000"), dec("0.7"), dec("0.9")};
    using enum FundAlarm;
    const auto of = [&](const char* opening, const char* paid) {
        FundYear year;
        year.opening = yuan(opening);
        year.payments = yuan(paid);
        return alarms(year, limits);
    };
    EXPECT_EQ(of("3000000", "0"), (std::vector<FundAlarm>{}));
    EXPECT_EQ(of("2999999.99", "0"), (std::vector{below_floor}));
    EXPECT_EQ(of("10000000", "7000000"), (std::vector<FundAlarm>{}));
    EXPECT_EQ(of("20000000", "14000000.01"), (std::vector{usage_high}));
    EXPECT_EQ(of("40000000", "36000000"), (std::vector{usage_high}));
    EXPECT_EQ(of("40000000", "36000000.01"), (std::vector{usage_critical}));
    EXPECT_EQ(of("10000000", "9500000"), (std::vector{below_floor, usage_critical}));
    EXPECT_EQ(of("0", "0"), (std::vector{below_floor}));
}

TEST(Reconciliation, PairsEachLineOnceTheNearestDayFirst) {
    const std::vector<AccountLine> book{{day("2026-03-02"), yuan("100"), "a"},
                                        {day("2026-03-04"), yuan("100"), "b"},
                                        {day("2026-03-05"), -yuan("30.50"), "c"},
                                        {day("2026-03-06"), yuan("7"), "d"}};
    const std::vector<AccountLine> bank{{day("2026-03-04"), yuan("100"), "x"},
                                        {day("2026-03-05"), yuan("100"), "y"},
                                        {day("2026-03-09"), -yuan("30.50"), "z"},
                                        {day("2026-03-06"), yuan("7.01"), "w"}};
    const auto out = reconcile(book, bank, 3);
    ASSERT_EQ(out.agreed.size(), 2U);
    EXPECT_EQ(out.agreed[0].bank, 1U);  // 2 March with 5 March; 4 March agrees with its own day
    EXPECT_EQ(out.agreed[1].bank, 0U);
    EXPECT_EQ(out.only_in_book, (std::vector<std::size_t>{2, 3}));  // four days apart; another amount
    EXPECT_EQ(out.only_at_bank, (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(out.difference, yuan("0.01"));
}

// A subsidy paid to ten thousand households alike, on one day: equal lines are not held against each other
// one by one, which would be a hundred million pairs.
TEST(Reconciliation, TakesEqualLinesInOneWalk) {
    const std::vector<AccountLine> book(20'000, {day("2026-03-02"), -yuan("50"), "a"});
    std::vector<AccountLine> bank(20'000, {day("2026-03-03"), -yuan("50"), "x"});
    bank.pop_back();
    const auto out = reconcile(book, bank, 3);
    ASSERT_EQ(out.agreed.size(), 19'999U);
    EXPECT_EQ(out.agreed[7].bank, 7U);
    EXPECT_EQ(out.only_in_book, (std::vector<std::size_t>{19'999}));
    EXPECT_EQ(out.difference, yuan("50"));
}

class Ledger : public db_testing::OnBothEngines {
protected:
    Desk desk(AreaCode within, Date on) {
        return {*vault_, system_, auth::Scope({within}), on, {1'800'000'000'000}};
    }
    FundId open(AreaCode where, FundKind kind, const char* organisation = "") {
        const auto id = database().write([&](db::Tx& tx) {
            return open_fund(tx, desk(where, day("2026-01-01")),
                             {{}, where, kind, organisation, "基金", day("2026-01-01")});
        });
        EXPECT_TRUE(id);
        return *id;
    }
    Result<JournalId> post(const Desk& by, Date on, std::vector<Posting> postings, std::string_view key = "",
                           db::Database* into = nullptr) {
        return (into ? *into : database()).write([&](db::Tx& tx) {
            return finance::post(tx, by, {on, std::move(postings), "case:41", "大病"}, key);
        });
    }
    Result<JournalId> reverse(const Desk& by, JournalId id, Date on, db::Database* into = nullptr) {
        return (into ? *into : database()).write([&](db::Tx& tx) {
            return finance::reverse(tx, by, id, on, "录错");
        });
    }
    Money held(FundId fund, Date on) {
        return *database().read(
            [&](db::Tx& tx) { return balance(tx, auth::Scope::whole_country(), fund, Account::bank, on); });
    }
    Money everything() {
        return *database().read([](db::Tx& tx) -> Result<Money> {
            return Money::fen(
                TRY(tx.number("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM finance_posting")));
        });
    }

    const AreaCode liangshan = area("5134"), zhaojue = area("513431"), butuo = area("513429");
    const Date january = day("2026-01-05"), march = day("2026-03-10"), june = day("2026-06-30"),
               today = day("2026-12-31");

    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("ledger");
    auth::Actor system_ = auth::system_actor("test");
};
ON_BOTH_ENGINES(Ledger);

TEST_P(Ledger, KeepsAFundsYear) {
    const auto fund = open(zhaojue, FundKind::prevention, "pingan");
    const auto by = desk(zhaojue, today);
    ASSERT_TRUE(post(by, january, money_in(fund, Account::contribution, yuan("4000000"))));
    ASSERT_TRUE(post(by, march, money_out(fund, Account::payment, yuan("3127456.78"))));
    ASSERT_TRUE(post(by, june, money_out(fund, Account::service_fee, yuan("320000"))));
    EXPECT_EQ(held(fund, january), yuan("4000000"));
    EXPECT_EQ(held(fund, june.plus_days(-1)), yuan("872543.22"));
    const auto year = database().read([&](db::Tx& tx) {
        return fund_year(tx, by.scope, fund, {day("2026-01-01"), day("2026-12-31")});
    });
    ASSERT_TRUE(year);
    EXPECT_EQ(year->closing(), yuan("552543.22"));
    EXPECT_EQ(year->closing(), held(fund, today));
    EXPECT_EQ(year->payments, yuan("3127456.78"));

    const auto lines = database().read([&](db::Tx& tx) {
        return statement(tx, by.scope, fund, {march, today}, 0, 10);
    });
    ASSERT_EQ(lines->size(), 2U);
    EXPECT_EQ(lines->at(0).amount, -yuan("3127456.78"));
    EXPECT_EQ(lines->at(0).balance, yuan("872543.22"));
    EXPECT_EQ(lines->at(1).balance, yuan("552543.22"));
    const auto second = database().read([&](db::Tx& tx) {
        return statement(tx, by.scope, fund, {march, today}, 1, 10);
    });
    EXPECT_EQ(second->at(0).balance, yuan("552543.22"));
}

TEST_P(Ledger, NeverFallsBelowZeroOnAnyDay) {
    const auto fund = open(zhaojue, FundKind::guarantee);
    const auto by = desk(zhaojue, today);
    ASSERT_TRUE(post(by, march, money_in(fund, Account::contribution, yuan("100"))));
    EXPECT_EQ(post(by, january, money_out(fund, Account::payment, yuan("1"))).error().id,
              "finance.fund_exhausted");
    ASSERT_TRUE(post(by, june, money_out(fund, Account::payment, yuan("80"))));
    // In April 100 are there, but 80 of them are spent in June.
    const auto april = post(by, day("2026-04-01"), money_out(fund, Account::payment, yuan("20.01")));
    EXPECT_EQ(april.error().id, "finance.fund_exhausted");
    EXPECT_EQ(april.error().args.at(0).second, "20.00");
    EXPECT_TRUE(post(by, day("2026-04-01"), money_out(fund, Account::payment, yuan("20"))));
    EXPECT_EQ(held(fund, today), yuan("0"));
}

TEST_P(Ledger, CorrectsByReversalOnce) {
    const auto fund = open(zhaojue, FundKind::guarantee);
    const auto by = desk(zhaojue, today);
    const auto in = post(by, january, money_in(fund, Account::contribution, yuan("100")));
    const auto wrong = post(by, march, money_out(fund, Account::payment, yuan("60")));
    EXPECT_EQ(reverse(by, *in, june).error().id, "finance.fund_exhausted") << "60 of it are spent";
    EXPECT_EQ(reverse(by, *wrong, january).error().id, "finance.before_original");
    const auto back = reverse(by, *wrong, june);
    ASSERT_TRUE(back);
    EXPECT_EQ(held(fund, june), yuan("100"));
    EXPECT_EQ(held(fund, march), yuan("40")) << "the past stays as it was";
    EXPECT_EQ(reverse(by, *wrong, june).error().id, "finance.reversed_before");
    EXPECT_EQ(reverse(by, *back, june).error().id, "finance.is_reversal");
    EXPECT_EQ(reverse(by, JournalId(999), june).error().id, "finance.no_such_journal");
    EXPECT_EQ(everything(), Money());
}

TEST_P(Ledger, AppropriatesFromThePrefectureToItsCountiesToTheFen) {
    const auto prefecture = open(liangshan, FundKind::guarantee);
    Appropriation plan{prefecture, yuan("20000000"), {}};
    for (int county = 0; county < 17; ++county)
        plan.parts.push_back({open(area(std::to_string(513401 + county)), FundKind::guarantee), 1});
    const auto by = desk(liangshan, today);
    ASSERT_TRUE(post(by, january, money_in(prefecture, Account::contribution, yuan("20000000"))));
    ASSERT_TRUE(database().write([&](db::Tx& tx) { return appropriate(tx, by, plan, march, "2026"); }));
    ASSERT_TRUE(database().write([&](db::Tx& tx) { return appropriate(tx, by, plan, march, "2026"); }))
        << "sent again";
    int larger = 0;
    Money given;
    for (const auto& part : plan.parts) {
        given += held(part.to, march);
        larger += held(part.to, march) == yuan("1176470.59");
    }
    EXPECT_EQ(given, yuan("20000000"));
    EXPECT_EQ(larger, 14);
    EXPECT_EQ(held(prefecture, march), yuan("0"));
    EXPECT_EQ(everything(), Money());
    plan.parts.push_back(plan.parts.front());
    EXPECT_EQ(database().write([&](db::Tx& tx) { return appropriate(tx, by, plan, march, ""); }).error().id,
              "finance.fund_twice");
}

TEST_P(Ledger, ShowsNobodyTheFundsOfAnotherArea) {
    const auto fund = open(zhaojue, FundKind::guarantee);
    const auto journal =
        post(desk(zhaojue, today), january, money_in(fund, Account::contribution, yuan("100")));
    const auto other = desk(butuo, today);
    EXPECT_EQ(post(other, march, money_out(fund, Account::payment, yuan("1"))).error().id,
              "finance.no_such_fund");
    EXPECT_EQ(reverse(other, *journal, march).error().id, "finance.no_such_journal");
    EXPECT_TRUE(database().read([&](db::Tx& tx) { return funds(tx, other.scope, today); })->empty());
    const auto seen =
        database().read([&](db::Tx& tx) { return funds(tx, desk(liangshan, today).scope, today); });
    ASSERT_EQ(seen->size(), 1U);
    EXPECT_EQ(seen->at(0).balance, yuan("100"));
    EXPECT_EQ(database()
                  .read([&](db::Tx& tx) {
                      return fund_year(tx, other.scope, fund, {january, today});
                  })
                  .error()
                  .id,
              "finance.no_such_fund");
}

TEST_P(Ledger, RefusesWhatIsNoJournalOrFund) {
    const auto fund = open(zhaojue, FundKind::guarantee);
    const auto by = desk(zhaojue, march);
    const auto in = money_in(fund, Account::contribution, yuan("100"));
    EXPECT_EQ(post(by, june, in).error().id, "finance.future_date");
    EXPECT_EQ(post(by, day("2025-12-31"), in).error().id, "finance.before_opening");
    const auto refused = database().write([&](db::Tx& tx) {
        return finance::post(tx, by, {march, in, "李某 病", ""}, "");
    });
    EXPECT_EQ(refused.error().id, "finance.bad_reference");
    const auto again = database().write([&](db::Tx& tx) {
        return open_fund(tx, by, {{}, zhaojue, FundKind::guarantee, "", "另一个", january});
    });
    EXPECT_EQ(again.error().id, "finance.fund_exists");
    const auto elsewhere = database().write([&](db::Tx& tx) {
        return open_fund(tx, by, {{}, butuo, FundKind::guarantee, "", "基金", january});
    });
    EXPECT_EQ(elsewhere.error().id, "areas.unknown");
    const auto first = post(by, march, in, "k1");
    EXPECT_EQ(post(by, march, in, "k1").value(), *first);
    EXPECT_EQ(held(fund, march), yuan("100"));
}

// Both look for the key before either has posted; the fund's lock makes the second wait for the first.
TEST_P(Ledger, PostsOnceWhatArrivesTwiceAtOnce) {
    const auto fund = open(zhaojue, FundKind::guarantee);
    const auto by = desk(zhaojue, march);
    const auto in = money_in(fund, Account::contribution, yuan("100"));
    for (int round = 0; round < 8; ++round) {
        const std::string key = "k" + std::to_string(round);
        std::latch both(2);
        std::array<std::optional<Result<JournalId>>, 2> answers;
        std::vector<std::jthread> senders;
        for (auto& answer : answers)
            senders.emplace_back([&] {
                both.arrive_and_wait();
                answer = post(by, march, in, key);
            });
        senders.clear();
        ASSERT_TRUE(answers[0]->has_value() && answers[1]->has_value());
        EXPECT_EQ(answers[0]->value(), answers[1]->value());
        EXPECT_EQ(held(fund, march), Money::yuan(100 * (round + 1)));
    }
}

// Whatever people try in a year, and wherever the database fails: nothing is left half-done, the books sum to
// zero, no fund falls below zero, and a model that knows only what was answered agrees to the fen.
TEST_P(Ledger, SumsToZeroAfterAnyYearWithFaults) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        Rng rng(seed);
        const std::string county = std::to_string(513420 + seed);
        const std::vector<FundId> all{open(area(county), FundKind::guarantee),
                                      open(area(county), FundKind::prevention),
                                      open(area(county), FundKind::risk_sharing)};
        const auto by = desk(area(county), today);
        std::map<FundId, Money> model;
        std::map<JournalId, std::vector<Posting>> posted;
        int failed = 0;
        for (int step = 0; step < 60; ++step) {
            const Date on = january.plus_days(step * 5);
            db_testing::FailingDatabase failing(database(), static_cast<int>(rng.between(1, 40)));
            std::vector<Posting> postings;
            Result<JournalId> done = invalid("test.nothing_done");  // no sentence: of this test alone
            if (!posted.empty() && rng.chance(0.2)) {
                const auto& [id, lines] =
                    *std::next(posted.begin(), static_cast<std::ptrdiff_t>(rng.below(posted.size())));
                for (auto line : lines) postings.push_back({line.fund, line.account, -line.amount});
                done = reverse(by, id, on, &failing);
            } else {
                const auto fund = all[rng.below(all.size())], other = all[rng.below(all.size())];
                const Money amount = Money::fen(rng.between(1, 1'000'000));
                postings = rng.chance(0.4) ? money_out(fund, Account::payment, amount)
                                           : money_in(fund, Account::contribution, amount);
                if (rng.chance(0.3) && fund != other) {
                    postings = money_out(fund, Account::transfer_out, amount);
                    for (const auto& line : money_in(other, Account::transfer_in, amount))
                        postings.push_back(line);
                }
                done = post(by, on, postings, "", &failing);
                if (done) posted[*done] = postings;
            }
            failed += failing.failed();
            if (done)
                for (const auto& line : postings)
                    if (line.account == Account::bank) model[line.fund] += line.amount;
            ASSERT_EQ(everything(), Money());
            for (const auto fund : all) {
                ASSERT_EQ(held(fund, today), model[fund]);
                ASSERT_GE(held(fund, today), Money());
            }
        }
        EXPECT_GT(failed, 5);
        EXPECT_GT(posted.size(), 10U);
    }
}

}  // namespace
}  // namespace ballast::finance
