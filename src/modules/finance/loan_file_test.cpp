// A loan with its money over a database that fails at its n-th call, for every n; two banks; two people.
#include "finance/loan_file.h"

#include <gtest/gtest.h>

#include "db_testing/failing_database.h"
#include "db_testing/testing.h"
#include "finance/loan_money.h"
#include "registry/household_file.h"
#include "registry/import.h"

namespace ballast::finance {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Money yuan(std::string_view text) { return Money::parse(text).value(); }
Date day(std::string_view iso) { return Date::parse(iso).value(); }
AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }

auth::Actor actor(const char* account, auth::Role role, const char* where) {
    return {auth::UserId(1), account, account, {{role, area(where), ""}}};
}

class LoanFiles : public db_testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        register_in();
        const auto made = database().write([&](db::Tx& tx) -> Result<void> {
            const auto by = desk(officer, "2021-03-01");
            fund = TRY(open_fund(tx, by.ledger(auth::Right::ledger_post),
                                 {{}, county, FundKind::risk_sharing, "", "风险共担基金", by.today}));
            TRY(post(tx, by.ledger(auth::Right::ledger_post),
                     {by.today, money_in(fund, Account::contribution, yuan("100000")), "", ""}, ""));
            lender = TRY(add_bank(tx, by, county, "农商银行"));
            other = TRY(add_bank(tx, by, county, "邮储银行"));
            TRY(set_cover(tx, by, county, "bank_insurance", 2021, yuan("25000")));
            for (const auto& [account, id] : {std::pair("clerk", lender), {"manager", lender}, {"rival", other}})
                TRY(tx.exec("INSERT INTO finance_bank_clerk (account, bank_id, at, given_by) VALUES (?, ?, 0, '')",
                            account, id));
            return {};
        });
        ASSERT_TRUE(made) << made.error().id;
    }

    void register_in() {
        const std::string folder = BALLAST_SOURCE_DIR "/tests/data/feeds/";
        const auto system = auth::system_actor("test");
        const auto import = registry::receive(
            database(), *vault, system, {county, "册", "建档", day("2021-02-01")},
            {{folder + "户信息.csv", "户信息.csv"}, {folder + "成员信息.csv", "成员信息.csv"}},
            day("2021-02-01"), now);
        ASSERT_TRUE(import) << import.error().id;
        ASSERT_TRUE(registry::apply(database(), *vault, system, *import, now));
        const auto read = database().read([&](db::Tx& tx) -> Result<void> {
            const auto id = TRY(registry::household_numbered(tx, auth::Scope({county}), county, "5134310002"));
            person = TRY(registry::household(tx, *vault, auth::Scope({county}), id, day("2021-02-01")))
                         .household.members.front()
                         .id;
            return {};
        });
        ASSERT_TRUE(read) << read.error().id;
    }

    LoanDesk desk(const auth::Actor& who, const char* on) const {
        return {*vault, areas::Division::shipped(), book, who, day(on), now};
    }
    LoanFile look(LoanId id) {
        return database()
            .read([&](db::Tx& tx) { return load_loan(tx, desk(officer, "2022-01-01"), auth::Right::loans_read, id); })
            .value();
    }
    Result<void> step(const auth::Actor& who, LoanId id, LoanOrder order, const char* on,
                      db::Database* into = nullptr) {
        order.version = look(id).version;
        order.on = day(on);
        return (into ? *into : database()).write([&](db::Tx& tx) { return take_step(tx, desk(who, on), id, order); });
    }
    Result<LoanId> asked(const auth::Actor& who, const char* key) {
        return database().write([&](db::Tx& tx) {
            return apply(tx, desk(who, "2021-03-01"),
                         {person, lender, "bank_insurance", yuan("65000"), 12, LoanUse::production, "大棚蔬菜", 2, key});
        });
    }
    /// Paid out, a quarter paid back, three quarters overdue, compensation asked for.
    LoanId overdue() {
        const auto id = asked(chen, "k").value();
        const auto must = [](Result<void> done) { ASSERT_TRUE(done) << done.error().id; };
        must(step(chen, id, {.action = LoanAction::check_village, .credit = "good"}, "2021-03-01"));
        must(step(luo, id, {.action = LoanAction::recommend}, "2021-03-02"));
        must(step(clerk, id,
                  {.action = LoanAction::approve, .amount = yuan("65000"), .months = 12, .rate = dec("0.0585"),
                   .repayment = Repayment::equal_principal, .months_between = 3},
                  "2021-03-03"));
        must(step(manager, id,
                  {.action = LoanAction::disburse, .contract_number = "XD-1", .id_number = "513431195002030345",
                   .account = "6217996510001234564"},
                  "2021-03-12"));
        must(paid(id, "17221.75", "2021-06-12"));
        must(step(clerk, id, {.action = LoanAction::miss}, "2021-09-20"));
        must(step(clerk, id, {.action = LoanAction::ask_claim}, "2021-11-12"));
        return id;
    }
    Result<void> paid(LoanId id, const char* amount, const char* on, db::Database* into = nullptr) {
        const auto version = look(id).version;
        return (into ? *into : database()).write([&](db::Tx& tx) {
            return repay(tx, desk(clerk, on), id, {version, day(on), yuan(amount), ""});
        });
    }
    /// The last of the loan's money.
    Result<void> taken_back(const auth::Actor& who, LoanId id, const char* on, db::Database& into) {
        const auto loan = look(id);
        return into.write([&](db::Tx& tx) -> Result<void> {
            const auto by = desk(who, on);
            return take_back(tx, by, id, {loan.version, TRY(loan_money(tx, by, loan)).back().id, "登错借款人"});
        });
    }
    std::string last_paid(LoanId id) {
        return database()
            .read([&](db::Tx& tx) {
                return tx.first("SELECT last_paid_on FROM finance_v_loan_due WHERE id = ?", {id},
                                [](const db::Row& row) { return row.date(0).iso(); });
            })
            .value()
            .value();
    }
    Money held() {
        return database()
            .read([&](db::Tx& tx) {
                return balance(tx, auth::Scope::whole_country(), fund, Account::bank, day("2022-12-31"));
            })
            .value();
    }
    std::int64_t count(const char* table) {
        return database()
            .read([&](db::Tx& tx) { return tx.number(std::string("SELECT COUNT(*) FROM ") + table); })
            .value();
    }

    const std::unique_ptr<crypto::Vault> vault = crypto::test_vault("loans");
    const LoanBook book = load_loan_book().value();
    const AreaCode county = area("513431");
    const Instant now{1'640'000'000'000};
    const auth::Actor officer = actor("officer", auth::Role::county_officer, "513431");
    const auth::Actor chen = actor("chen", auth::Role::village_officer, "513431100200");
    const auth::Actor luo = actor("luo", auth::Role::township_reviewer, "513431100");
    const auth::Actor clerk = actor("clerk", auth::Role::bank_operator, "513431");
    const auth::Actor manager = actor("manager", auth::Role::bank_operator, "513431");
    const auth::Actor rival = actor("rival", auth::Role::bank_operator, "513431");
    registry::PersonId person;
    FundId fund;
    BankId lender, other;
};
ON_BOTH_ENGINES(LoanFiles);

TEST_P(LoanFiles, ShareTheLossAndItsRecoveryToTheFenAndNothingIsHalfDone) {
    const auto id = overdue();
    for (int n = 1;; ++n) {
        const auto journals = count("finance_journal");
        db_testing::FailingDatabase failing(database(), n);
        const auto done = step(officer, id, {.action = LoanAction::claim}, "2021-11-12", &failing);
        if (!failing.failed()) {
            ASSERT_TRUE(done) << done.error().id;
            break;
        }
        ASSERT_EQ(done.error().id, "db.full");
        ASSERT_EQ(look(id).course.state, LoanState::overdue);
        ASSERT_EQ(look(id).loss, Money());
        ASSERT_EQ(count("finance_journal"), journals);
        ASSERT_EQ(held(), yuan("100000"));
    }
    const auto claimed = look(id);
    EXPECT_EQ(claimed.loss, yuan("48750.00"));
    EXPECT_EQ(claimed.borne, (Borne{yuan("34125.00"), yuan("9750.00"), yuan("4875.00")}));
    EXPECT_EQ(held(), yuan("90250.00"));

    const auto recovered = [&](db::Database& into, const char* amount) {
        const auto version = look(id).version;
        return into.write([&](db::Tx& tx) {
            return recover(tx, desk(officer, "2021-12-20"), id, {version, day("2021-12-20"), yuan(amount), ""});
        });
    };
    for (int n = 1;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done = recovered(failing, "10000");
        if (!failing.failed()) {
            ASSERT_TRUE(done) << done.error().id;
            break;
        }
        ASSERT_EQ(look(id).recovered, Money());
        ASSERT_EQ(held(), yuan("90250.00"));
    }
    EXPECT_EQ(held(), yuan("92250.00"));
    ASSERT_TRUE(recovered(database(), "38750"));
    EXPECT_EQ(look(id).course.state, LoanState::settled);
    EXPECT_EQ(held(), yuan("100000"));
}

TEST_P(LoanFiles, APaymentIsTakenWholeOrNotAtAll) {
    const auto id = overdue();
    const auto owed = look(id).outstanding;
    for (int n = 1;; ++n) {
        const auto lines = count("finance_loan_money");
        db_testing::FailingDatabase failing(database(), n);
        const auto done = paid(id, "20000", "2021-11-20", &failing);
        if (!failing.failed()) {
            ASSERT_TRUE(done) << done.error().id;
            break;
        }
        ASSERT_EQ(look(id).outstanding, owed);
        ASSERT_EQ(count("finance_loan_money"), lines);
    }
    const auto after = look(id);
    EXPECT_EQ(after.course.state, LoanState::in_repayment) << "what was overdue has been paid";
    EXPECT_FALSE(after.claim_asked);
    EXPECT_EQ(after.next_due, day("2021-12-12"));
}

TEST_P(LoanFiles, MoneyIsTakenBackWholeOrNotAtAll) {
    const auto id = overdue();
    const auto before = look(id);
    ASSERT_TRUE(paid(id, "20000", "2021-11-20"));
    const auto wrong = look(id);
    EXPECT_EQ(last_paid(id), "2021-11-20");
    for (int n = 1;; ++n) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done = taken_back(clerk, id, "2021-11-25", failing);
        if (!failing.failed()) {
            ASSERT_TRUE(done) << done.error().id;
            break;
        }
        ASSERT_EQ(look(id).outstanding, wrong.outstanding);
        ASSERT_EQ(look(id).course.state, LoanState::in_repayment);
        ASSERT_EQ(look(id).version, wrong.version);
        ASSERT_EQ(last_paid(id), "2021-11-20");
    }
    const auto back = look(id);
    EXPECT_EQ(back.course.state, LoanState::overdue);
    EXPECT_EQ(back.course.overdue_since, before.course.overdue_since);
    EXPECT_EQ(back.outstanding, before.outstanding);
    EXPECT_EQ(back.next_due, before.next_due);
    EXPECT_EQ(last_paid(id), "2021-06-12");

    ASSERT_TRUE(step(clerk, id, {.action = LoanAction::ask_claim}, "2021-11-25"));
    ASSERT_TRUE(step(officer, id, {.action = LoanAction::claim}, "2021-11-26"));
    EXPECT_EQ(held(), yuan("90250.00"));
    ASSERT_TRUE(database().write([&](db::Tx& tx) {
        return recover(tx, desk(officer, "2021-12-20"), id, {look(id).version, day("2021-12-20"), yuan("48750"), ""});
    }));
    EXPECT_EQ(held(), yuan("100000"));
    for (int n = 1;; ++n) {
        const auto journals = count("finance_journal");
        db_testing::FailingDatabase failing(database(), n);
        const auto done = taken_back(officer, id, "2021-12-21", failing);
        if (!failing.failed()) {
            ASSERT_TRUE(done) << done.error().id;
            break;
        }
        ASSERT_EQ(look(id).course.state, LoanState::settled);
        ASSERT_EQ(count("finance_journal"), journals);
        ASSERT_EQ(held(), yuan("100000"));
    }
    EXPECT_EQ(held(), yuan("90250.00"));
    EXPECT_EQ(look(id).course.state, LoanState::claimed);
    EXPECT_EQ(look(id).recovered, Money());
    EXPECT_EQ(look(id).outstanding, yuan("48750.00"));
}

// The insurer pays until its year's limit; beyond it the fund does.
TEST_P(LoanFiles, TheFundBearsWhatTheInsurersLimitLeaves) {
    const auto id = overdue();
    ASSERT_TRUE(database().write([&](db::Tx& tx) {
        return set_cover(tx, desk(officer, "2021-11-12"), county, "bank_insurance", 2021, yuan("10000"));
    }));
    ASSERT_TRUE(step(officer, id, {.action = LoanAction::claim}, "2021-11-12"));
    EXPECT_EQ(look(id).borne, (Borne{yuan("15000"), yuan("28875"), yuan("4875")}));
}

TEST_P(LoanFiles, AreSeenByTheirOwnBankAndDecidedByTwo) {
    const auto id = asked(chen, "k").value();
    EXPECT_EQ(asked(chen, "k").value(), id);
    EXPECT_EQ(asked(chen, "again").error().id, "finance.household_has_loan");
    EXPECT_EQ(asked(clerk, "c").error().id, "auth.not_allowed");
    const auto seen = [&](const auth::Actor& who) {
        return database()
            .read([&](db::Tx& tx) { return load_loan(tx, desk(who, "2021-03-02"), auth::Right::loans_read, id); })
            .has_value();
    };
    EXPECT_TRUE(seen(clerk));
    EXPECT_FALSE(seen(rival));
    EXPECT_FALSE(seen(actor("new", auth::Role::bank_operator, "513431")));  // acts for no bank
    EXPECT_FALSE(seen(actor("far", auth::Role::village_officer, "513431101200")));
    ASSERT_TRUE(step(chen, id, {.action = LoanAction::check_village, .credit = "poor"}, "2021-03-01"));
    EXPECT_EQ(step(chen, id, {.action = LoanAction::recommend}, "2021-03-01").error().id, "finance.two_people");
    ASSERT_TRUE(step(luo, id, {.action = LoanAction::recommend}, "2021-03-02"));
    const LoanOrder decision{.action = LoanAction::approve, .amount = yuan("65000"), .months = 12,
                             .rate = dec("0.0585"), .repayment = Repayment::equal_principal, .months_between = 3};
    EXPECT_EQ(step(clerk, id, decision, "2021-03-03").error().id, "finance.poor_credit");
    EXPECT_EQ(step(clerk, id, {.action = LoanAction::refuse}, "2021-03-03").error().id, "finance.note_missing");
    ASSERT_TRUE(step(clerk, id, {.action = LoanAction::refuse, .note = "信用较差"}, "2021-03-03"));
    EXPECT_TRUE(asked(chen, "later"));  // nothing is open any more
}

}  // namespace
}  // namespace ballast::finance
