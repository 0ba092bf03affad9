// Claims on a database: whatever sequence of them, no row is paid above its sum insured, nor for more animals
// than it has.
#include "insurance/claim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/rng.h"
#include "db_testing/testing.h"
#include "document/render.h"
#include "insurance/papers.h"
#include "insurance/policy_store.h"

namespace ballast::insurance {
namespace {

Date day(std::string_view iso) { return Date::parse(iso).value(); }

class Claims : public db_testing::OnBothEngines {
protected:
    Desk desk(Date on) {
        return {*vault_, areas::Division::shipped(), book_, system_, on, Instant{1'800'000'000'000}};
    }
    template <class F>
    auto write(F&& work) {
        return database().write(std::forward<F>(work));
    }

    /// Three farmers with a pig each.
    Result<Taken> send_list(db::Tx& tx, PolicyId policy, Date on) {
        const auto path = std::filesystem::temp_directory_path() /
                          ("ballast-claims-" + std::to_string(fresh_seed()) + ".csv");
        {
            std::ofstream out(path);
            out << "姓名,身份证号,联系电话,耳标号,投保数量,银行账号,户名,签字\n";
            for (int i = 0; i < 3; ++i)
                out << "农户" << i << "," << CitizenId::compose("513431", day("1980-03-01"), 12 + i).reveal()
                    << ",1380013800" << i << ",15613431000010" << i << ",1,6217996510001234564,农户" << i
                    << ",是\n";
        }
        auto taken = take_list(tx, desk(on), policy, 1, path.string(), "list.csv");
        std::filesystem::remove(path);
        return taken;
    }
    Result<PolicyId> draft(db::Tx& tx, const char* where) {
        return draft_policy(tx, desk(day("2025-03-01")),
                            {"pig", *AreaCode::parse(where), Holder::village, "村民委员会", 2025, {}, ""});
    }
    Money held() {
        return *database().read([&](db::Tx& tx) {
            return finance::balance(tx, auth::Scope::whole_country(), fund_, finance::Account::bank,
                                    day("2025-12-31"));
        });
    }

    /// Herds of 4, 5 and 6, insured and in force from 2 March on.
    void insure() {
        const auto made = write([&](db::Tx& tx) -> Result<void> {
            const auto by = desk(day("2025-03-01"));
            const auto company = TRY(add_insurer(tx, by, *AreaCode::parse("513431"), "平安财险支公司"));
            fund_ = TRY(insurer(tx, by, company)).fund;
            TRY(tx.exec(
                "INSERT INTO insurance_operator (account, insurer_id, at, given_by) VALUES (?, ?, 0, ?)",
                system_.account, company, system_.account));
            TRY(deposit(tx, by, Money::yuan(100'000), "", "d"));
            policy_ = TRY(draft(tx, "513431100200"));
            const auto taken = TRY(send_list(tx, policy_, by.today));
            if (!taken.accepted) return taken.findings.front().what;
            // The herds are larger than the tags that this test would have to write.
            TRY(tx.exec(
                "UPDATE insurance_insured SET units = (line + 3) * 10000, sum_insured = (line + 3) * 80000"));
            TRY(tx.exec(
                "UPDATE insurance_policy SET state = 'effective', effective_on = '2025-03-02' WHERE id = ?",
                policy_));
            return {};
        });
        ASSERT_TRUE(made) << made.error().id;
        rows_ = *database().read(
            [&](db::Tx& tx) { return insured_rows(tx, desk(day("2025-03-02")), policy_, {}); });
    }
    Result<ClaimId> report(Date on) {
        return write([&](db::Tx& tx) {
            return report_claim(tx, desk(on),
                                {policy_, "disease", on, "陈秀英", "13800138000", "坝上", "猪瘟", ""});
        });
    }
    Claim load(ClaimId id) {
        return *database().read([&](db::Tx& tx) {
            return load_claim(tx, desk(day("2025-12-01")), auth::Right::insurance_read, id);
        });
    }
    Result<void> sheet(ClaimId id, std::vector<std::pair<std::size_t, std::int64_t>> dead) {
        std::vector<Loss> all;
        for (const auto& [row, heads] : dead) {
            Loss one;
            one.insured = rows_.at(row).id;
            one.body = "above_50";
            one.heads = heads;
            one.disposal = "WHH-1";
            all.push_back(one);
        }
        const auto version = load(id).version;
        return write([&](db::Tx& tx) { return enter_losses(tx, desk(day("2025-06-01")), id, version, all); });
    }
    Result<void> step(ClaimId id, ClaimAction action, Date on) {
        ClaimOrder order{load(id).version, action, "说明"};
        order.surveyor = "周工";
        order.assistant = "陈秀英";
        return write([&](db::Tx& tx) { return take_step(tx, desk(on), id, order); });
    }
    /// Over its photo, which this test has none of.
    void send_surveyor(ClaimId id) {
        ASSERT_TRUE(write([&](db::Tx& tx) {
            return tx.exec(
                "UPDATE insurance_claim SET state = 'surveyed', version = version + 1 WHERE id = ?", id);
        }));
    }

    const Book book_ = load_book().value();
    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("claims");
    auth::Actor system_ = auth::system_actor("test");
    finance::FundId fund_;
    PolicyId policy_;
    std::vector<Insured> rows_;
};
ON_BOTH_ENGINES(Claims);

// A policy is held against the text of its own product; of one from before that was kept, nobody knows.
TEST_P(Claims, KnowWhetherTheProductOfTheirPolicyWasChanged) {
    insure();
    const auto policy = [&] {
        return *database().read([&](db::Tx& tx) {
            return load_policy(tx, desk(day("2025-12-01")), auth::Right::insurance_read, policy_);
        });
    };
    auto now = *book_.product("pig").value();
    EXPECT_EQ(policy().terms_changed(now), false);
    now.hash = "of a pack in which another product was changed";
    EXPECT_EQ(policy().terms_changed(now), false);
    now.version = "another text";
    EXPECT_EQ(policy().terms_changed(now), true);
    ASSERT_TRUE(write([&](db::Tx& tx) { return tx.exec("UPDATE insurance_policy SET terms_hash = NULL"); }));
    EXPECT_EQ(policy().terms_changed(now), std::nullopt);
    now.hash = policy().pack_hash;
    EXPECT_EQ(policy().terms_changed(now), false);
}

TEST_P(Claims, CountTheSameAnimalsOnce) {
    insure();
    const Date may = day("2025-05-01");
    const auto first = report(may).value(), second = report(may).value();
    ASSERT_TRUE(sheet(first, {{0, 3}}));
    const auto again = sheet(second, {{0, 2}});  // of four
    EXPECT_EQ(again.error().id, "insurance.too_many_heads");
    ASSERT_TRUE(sheet(second, {{0, 1}}));
    // Rejected without a payment, the three live again in another claim; reopened, they no longer fit.
    ASSERT_TRUE(step(first, ClaimAction::reject, may));
    ASSERT_TRUE(sheet(second, {{0, 4}}));
    ASSERT_TRUE(step(first, ClaimAction::reopen, may));
    send_surveyor(first);
    EXPECT_EQ(step(first, ClaimAction::assess, may).error().id, "insurance.too_many_heads");
    send_surveyor(second);
    EXPECT_EQ(step(second, ClaimAction::assess, may).error().id, "insurance.too_many_heads");
    ASSERT_TRUE(sheet(first, {{1, 5}}));
    EXPECT_TRUE(step(second, ClaimAction::assess, may));
}

TEST_P(Claims, NeverPayAboveTheSumInsured) {
    insure();
    using enum ClaimAction;
    // Of every state the step that leads on; now and then any other.
    constexpr std::array onward{estimate, assess, publicise, agree, pay, close, reopen, reopen};
    constexpr std::array actions{estimate, assess, publicise, object, agree, pay, close, reject, reopen};
    Rng rng(29);
    std::vector<ClaimId> all;
    Date today = day("2025-05-01");
    int paid_steps = 0, refused = 0;
    for (int turn = 0; turn < 260; ++turn) {
        if (all.size() < 6 && rng.chance(0.1)) all.push_back(report(today).value());
        if (all.empty()) continue;
        today = today.plus_days(rng.chance(0.6) ? 1 : 0);
        const auto id = all[rng.below(all.size())];
        const auto state = load(id).state;
        if (state == ClaimState::reported && rng.chance(0.4))
            send_surveyor(id);
        else if (state <= ClaimState::surveyed && rng.chance(0.5))
            refused += !sheet(id, {{rng.below(3), rng.between(1, 4)}});
        else {
            const auto action = rng.chance(0.7) ? onward.at(static_cast<std::size_t>(state))
                                                : actions.at(rng.below(actions.size()));
            const auto done = step(id, action, today);
            paid_steps += done && action == pay;
        }
        const auto now =
            database().read([&](db::Tx& tx) { return insured_rows(tx, desk(today), policy_, {}); });
        Money whole;
        for (const auto& row : *now) {
            ASSERT_LE(row.paid_claims, row.sum_insured);
            whole += row.paid_claims;
            const auto heads = database().read([&](db::Tx& tx) {
                return tx.number(
                    "SELECT CAST(COALESCE(SUM(heads), 0) AS BIGINT) FROM insurance_loss WHERE paid > 0 AND "
                    "insured_id = ?",
                    {row.id});
            });
            ASSERT_LE(Decimal(*heads), row.units);
        }
        ASSERT_EQ(held(), Money::yuan(100'000) - whole);
    }
    EXPECT_GT(paid_steps, 2);
    EXPECT_GT(refused, 2);
}

// A village's list and its township's, or a neighbour's: the same animals are insured once.
TEST_P(Claims, InsureNothingTwiceInATownship) {
    insure();
    for (const char* where : {"513431100", "513431100204"}) {
        const auto taken = write([&](db::Tx& tx) -> Result<Taken> {
            return send_list(tx, TRY(draft(tx, where)), day("2025-03-01"));
        });
        ASSERT_TRUE(taken) << taken.error().id;
        EXPECT_FALSE(taken->accepted) << where;
        EXPECT_TRUE(std::ranges::any_of(taken->findings, [](const RowFinding& one) {
            return one.what.id == "insurance.insured_elsewhere";
        }));
    }
}

// What hangs in the village names nobody in full: neither the farmers of a list nor one who holds a policy alone.
TEST_P(Claims, ArePrintedWithMaskedNames) {
    insure();
    ASSERT_TRUE(write([&](db::Tx& tx) {
        return tx.exec("UPDATE insurance_policy SET units = 150000, sum_insured = 1200000, holder_kind = 'farmer', "
                       "holder = ?",
                       blob(vault_->seal("insurance_policy.holder", "阿依子洛")));
    }));
    const auto claim = report(day("2025-05-01")).value();
    ASSERT_TRUE(sheet(claim, {{0, 3}}));
    const auto [list, losses] = *database().read([&](db::Tx& tx) -> Result<std::pair<std::string, std::string>> {
        const auto by = desk(day("2025-06-01"));
        auto insured = TRY(insured_paper(tx, by, policy_, words::Language::zh));
        auto sheet = TRY(loss_paper(tx, by, claim, words::Language::zh));
        return std::pair(document::html(insured), document::html(sheet));
    });
    using testing::AllOf, testing::HasSubstr, testing::Not;
    EXPECT_THAT(list, AllOf(HasSubstr("阿**洛"), HasSubstr("农*0"), HasSubstr("农*2"), Not(HasSubstr("阿依子洛")),
                            Not(HasSubstr("农户0"))));
    EXPECT_THAT(losses, AllOf(HasSubstr("农*0"), Not(HasSubstr("农户0"))));
}

TEST_P(Claims, GiveBackExactlyWhatWasCollectedWhenAPolicyIsCancelledBeforeItsCover) {
    insure();
    const Date later = day("2025-03-20");
    const Money before = held();
    const auto take = [&](PolicyAction action) {
        return write([&](db::Tx& tx) -> Result<void> {
            const auto version =
                TRY(load_policy(tx, desk(later), auth::Right::insurance_read, policy_)).version;
            return take_step(tx, desk(later), policy_, PolicyOrder{version, action, "农户退出"});
        });
    };
    ASSERT_TRUE(write([&](db::Tx& tx) -> Result<void> {
        TRY(
            tx.exec("UPDATE insurance_policy SET state = 'publicised', posted_on = '2025-03-05', "
                    "effective_on = NULL WHERE id = ?",
                    policy_));
        EXPECT_EQ(record_payments(tx, desk(later), policy_, {}, later).error().id, "insurance.rows_or_all");
        return record_payments(tx, desk(later), policy_, {.all = true}, later);
    }));
    for (const auto action : {PolicyAction::cancel, PolicyAction::send_back})
        EXPECT_EQ(take(action).error().id, "insurance.farmers_have_paid");
    ASSERT_TRUE(take(PolicyAction::collect));
    EXPECT_EQ(held(), before + Money::yuan(24));  // 20 % of 5 % of 800 yuan a head
    ASSERT_TRUE(take(PolicyAction::cancel));
    EXPECT_EQ(held(), before);
}

}  // namespace
}  // namespace ballast::insurance
