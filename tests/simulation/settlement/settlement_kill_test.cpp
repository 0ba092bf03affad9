/// A server is killed again and again amid the settlement of a season and started anew: no posting that was
/// acknowledged is lost, none is made twice, and no season is settled by half. The runner, its queue and the
/// jobs are the server's own; beside them somebody keeps paying into the same book.
///
/// Every other kill falls at a call of the database that a job makes, the others at some microsecond. On
/// PostgreSQL it is the client that dies.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <list>
#include <set>
#include <thread>

#include "app/kinds.h"
#include "base/rng.h"
#include "context/log.h"
#include "db_testing/failing_database.h"
#include "db_testing/killed_child.h"
#include "db_testing/testing.h"
#include "insurance/settlement.h"
#include "schema/shipped.h"

namespace ballast::insurance {
namespace {

constexpr int policies = 30, rows_of_a_policy = 4;
constexpr int deposits = 12;
constexpr std::int64_t one_deposit = 700'000'00;
const AreaCode county = *AreaCode::parse("513431"), village = *AreaCode::parse("513431100200");
Date day(std::string_view iso) { return Date::parse(iso).value(); }

/// 5.9 mm on the 12th of seven months: 41.3 mm, the second step, 500 yuan a head.
constexpr std::int64_t of_a_head = 500'00;

struct Heard {
    char what;  // 'd' a deposit, 's' the settlement was paid
    std::int64_t id;
};

/// How a child dies: at the n-th call that jobs of a kind make of the database, or by the clock.
struct Kill {
    std::string kind;
    int at_call = 0;
    std::chrono::microseconds after{0};
};

class JobOn final : public jobs::JobContext {
public:
    JobOn(jobs::JobContext& inner, delivery::Context context) : inner_(inner), context_(context) {}
    const delivery::Context& context() const override { return context_; }
    const auth::Actor& actor() const override { return inner_.actor(); }
    jobs::JobId id() const override { return inner_.id(); }
    const std::string& payload() const override { return inner_.payload(); }
    AreaCode area() const override { return inner_.area(); }
    void progress(std::int64_t done, std::int64_t total, std::string_view unit, std::string_view stage) override {
        inner_.progress(done, total, unit, stage);
    }
    bool stopping() const override { return inner_.stopping(); }

private:
    jobs::JobContext& inner_;
    delivery::Context context_;
};

class AKilledSettlement : public db_testing::OnBothEngines {
protected:
    std::vector<db::Migration> migrations() const override { return {}; }
    void SetUp() override {
        if (!db_testing::available(engine())) GTEST_SKIP() << "BALLAST_TEST_POSTGRES names no PostgreSQL";
        delivery::log_only(delivery::LogLevel::nothing);
        paths_.root = testing::TempDir();
    }

    Desk desk(Date on) const {
        return {*vault_, areas::Division::shipped(), book_, system_, on,
                Instant{(std::int64_t{on.days()} * 24 + 4) * 3'600'000}};
    }
    delivery::Context context(db::Database& database) {
        auto& packs = shelves_.emplace_back(database, *vault_, county, "", clock_);
        return {database, *vault_, areas::Division::shipped(), clock_, settings_, paths_, packs};
    }

    std::string snow() const {
        const auto path =
            testing::TempDir() + "settlement_kill_" + std::to_string(::getpid()) + ".csv";
        std::ofstream out(path);
        out << "日期,数值\n";
        for (Date on = day("2025-10-01"); on <= day("2026-04-30"); on = on.plus_days(1))
            out << on.iso() << (on.day() == 12 ? ",5.9\n" : ",0\n");
        return path;
    }

    /// Policies in force, as a list and its steps would have left them, a series, and an empty book.
    Result<void> insure(db::Tx& tx) {
        insurer_ = TRY(add_insurer(tx, desk(day("2025-04-01")), county, "财险支公司"));
        TRY(tx.exec("INSERT INTO insurance_operator (account, insurer_id, at, given_by) VALUES (?, ?, 0, ?)",
                    system_.account, insurer_, system_.account));
        const auto sealed = vault_->seal("test", "{}");
        const db::Blob facts(sealed.begin(), sealed.end());
        heads_ = 0;
        Rng rng(7);
        for (std::int64_t policy = 1; policy <= policies; ++policy) {
            TRY(tx.exec("INSERT INTO insurance_policy (id, policy_no, insurer_id, product, pack_hash, area_code, "
                        "holder_kind, holder, season, first_day, last_day, state, entered_on, version, amount, "
                        "rate, shares, waiver, authority, farmers, units, sum_insured, premium, central, "
                        "province, prefecture, county, farmer, draw_seed, effective_on, at, account) VALUES (?, "
                        "?, ?, 'snow_index', '', ?, 'village', ?, 2025, '2025-10-01', '2026-04-30', "
                        "'effective', '2025-08-20', 9, 200000, '0.06', '0.4 0.25 0 0.15 0.2', '', 'assumed', 4, "
                        "0, 0, 0, 0, 0, 0, 0, 0, 0, '2025-10-01', 0, 'test')",
                        policy, "PL" + std::to_string(policy), insurer_, village, facts));
            for (std::int64_t line = 1; line <= rows_of_a_policy; ++line) {
                const auto heads = rng.between(1, 30);
                heads_ += heads;
                TRY(tx.exec("INSERT INTO insurance_insured (id, policy_id, line, id_lookup, phone_lookup, facts, "
                            "units, amount, sum_insured, premium, farmer, remarks, sampled, paid_claims) VALUES "
                            "(?, ?, ?, ?, ?, ?, ?, 200000, ?, 0, 0, '', 0, 0)",
                            policy * 10 + line, policy, line, facts, facts, facts, heads * 10'000,
                            heads * 200'000));
            }
        }
        const auto taken = TRY(take_series(tx, desk(day("2026-05-02")),
                                           {{SeriesKind::weather, "56137", "snowfall"}, county, "证明", ""},
                                           snow(), "56137.csv", insurer_));
        if (!taken.accepted) return taken.findings.front().what;
        return {};
    }

    static Result<void> promise(db::Tx& tx, const char* kind, SettlementId id) {
        TRY(jobs::enqueue(tx, {kind, "{\"settlement\":" + std::to_string(id.number()) + "}", county},
                          auth::system_actor("test"), Instant{1}));
        return {};
    }

    /// The next thing that people do with the settlement; true when there is nothing left to do.
    Result<bool> go_on(db::Tx& tx) {
        const auto known = TRY(tx.first("SELECT id FROM insurance_settlement", {},
                                        [](const db::Row& row) { return row.id<SettlementId>(0); }));
        if (!known) {
            const auto id = TRY(draft_settlement(tx, desk(day("2026-05-04")), {"snow_index", county, 2025, "k"},
                                                 insurer_));
            TRY(promise(tx, "insurance.calculate", id));
            return false;
        }
        const auto now = TRY(load_settlement(tx, desk(day("2026-05-08")), *known));
        if (now.state == SettlementState::paid) return true;
        const bool at_work =
            TRY(tx.number("SELECT COUNT(*) FROM jobs_job WHERE state IN ('queued', 'running')")) > 0;
        if (at_work) return false;
        if (!now.calculated) {  // given up after too many deaths: asked for once more
            TRY(promise(tx, "insurance.calculate", now.id));
            return false;
        }
        if (now.state == SettlementState::confirmed) {
            TRY(promise(tx, "insurance.pay", now.id));
            return false;
        }
        using enum SettlementAction;
        const auto action = now.state == SettlementState::draft     ? check
                            : now.state == SettlementState::checked ? publicise
                                                                    : confirm;
        const Date on = action == confirm ? day("2026-05-08") : day("2026-05-04");
        TRY(take_step(tx, desk(on), now.id, {now.version, action, ""}));
        return false;
    }

    /// A server's life: the queue taken up where the last one left it, deposits beside, until all is paid.
    Result<void> live(db::Database& database, const Kill& kill, const std::function<void(Heard)>& tell) {
        constexpr int never = std::numeric_limits<int>::max();
        db_testing::FailingDatabase counted(database, kill.at_call ? kill.at_call : never);
        counted.at_failure = db_testing::die;
        jobs::Kinds kinds;
        app::add_insurance_jobs(kinds);
        if (kill.at_call)
            kinds.at(kill.kind) = [this, &counted, real = kinds.at(kill.kind)](jobs::JobContext& job) {
                JobOn on_counted(job, context(counted));
                return real(on_counted);
            };
        const auto here = context(database);
        const auto runner = TRY(jobs::Runner::start(here, std::move(kinds)));
        for (int i = 1;; ++i) {
            if (i <= deposits) {
                const auto id = TRY(database.write([&](db::Tx& tx) {
                    return deposit(tx, desk(day("2026-05-04")), Money::fen(one_deposit), "",
                                   "d" + std::to_string(i));
                }));
                tell({'d', id.number()});
            }
            const bool paid = TRY(database.write([&](db::Tx& tx) { return go_on(tx); }));
            if (paid) tell({'s', 0});
            if (paid && i >= deposits) return {};
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

    std::vector<Heard> killed(const std::string& address, const Kill& kill) {
        const auto by_the_clock = kill.at_call ? std::nullopt : std::optional(kill.after);
        return db_testing::told_until_killed<Heard>(
            address, by_the_clock, [&](db::Database& database, const std::function<void(Heard)>& tell) {
                return live(database, kill, tell);
            });
    }

    /// Whatever the moment of death: a season is settled whole or not at all, and every fen is in the book once.
    void look(db::Tx& tx, const std::vector<Heard>& heard) {
        const auto count = [&](const std::string& sql) { return tx.number(sql).value(); };
        EXPECT_EQ(count("SELECT COUNT(*) FROM (SELECT journal_id FROM finance_posting GROUP BY journal_id HAVING "
                        "SUM(amount) <> 0) AS odd"),
                  0);
        const auto lines = count("SELECT COUNT(*) FROM insurance_settlement_line");
        const auto calculated = count("SELECT COUNT(*) FROM insurance_settlement WHERE calculated = 1");
        EXPECT_EQ(lines, calculated * policies * rows_of_a_policy);
        EXPECT_LE(count("SELECT COUNT(*) FROM insurance_settlement"), 1);

        const auto paid = count("SELECT COUNT(*) FROM insurance_settlement WHERE state = 'paid'");
        EXPECT_EQ(count("SELECT COUNT(*) FROM finance_posting WHERE ledger_account = 'payment'"), paid * policies);
        EXPECT_EQ(count("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM finance_posting WHERE "
                        "ledger_account = 'payment'"),
                  paid * heads_ * of_a_head);
        EXPECT_EQ(count("SELECT CAST(SUM(paid_claims) AS BIGINT) FROM insurance_insured"), paid * heads_ * of_a_head);
        EXPECT_EQ(count("SELECT COUNT(*) FROM insurance_insured WHERE paid_claims NOT IN (0, units * 5)"), 0);

        // Sent anew by every life with the same keys: each is in the book once.
        std::set<std::int64_t> told;
        for (const auto& one : heard) {
            if (one.what == 's') EXPECT_EQ(paid, 1) << "the payment was acknowledged and is lost";
            if (one.what != 'd') continue;
            told.insert(one.id);
            EXPECT_EQ(count("SELECT COUNT(*) FROM finance_posting WHERE ledger_account = 'bank' AND amount = " +
                            std::to_string(one_deposit) + " AND journal_id = " + std::to_string(one.id)),
                      1)
                << "deposit " << one.id << " was acknowledged and is lost";
        }
        EXPECT_LE(told.size(), static_cast<std::size_t>(deposits)) << "a deposit was posted twice";
        const auto posted = count("SELECT COUNT(*) FROM finance_posting WHERE ledger_account = 'bank' AND amount > 0");
        EXPECT_GE(posted, std::ssize(told));
        EXPECT_LE(posted, deposits);
    }

    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("settlement_kill");
    FixedClock clock_{day("2026-05-08")};
    delivery::Settings settings_;
    delivery::Paths paths_;
    std::list<delivery::PackShelf> shelves_;
    const auth::Actor system_ = auth::system_actor("test");
    Book book_ = load_book().value();
    InsurerId insurer_;
    std::int64_t heads_ = 0;
};
ON_BOTH_ENGINES(AKilledSettlement);

TEST_P(AKilledSettlement, LosesNoAcknowledgedPostingAndMakesNoneTwice) {
    const bool sqlite = engine() == db::Engine::sqlite;
    const int seasons = sqlite ? 12 : 4, kills_of_a_season = 5;
    Rng plan(20'261'126);
    std::set<std::string> amid;  // kinds of jobs that a kill left in the middle
    for (int season = 0; season < seasons; ++season) {
        db_testing::FreshDatabase fresh(engine());
        ASSERT_TRUE(db::migrate(*fresh, schema::shipped_migrations(), Instant{1}));
        const auto insured = fresh->write([&](db::Tx& tx) { return insure(tx); });
        ASSERT_TRUE(insured) << insured.error().id << " " << insured.error().detail;
        std::vector<Heard> heard;
        for (int k = 0; k < kills_of_a_season; ++k) {
            // A calculation makes some 150 calls, a payment some 50.
            Kill kill;
            if (k % 2 == 0)
                kill = {k == 0 ? "insurance.calculate" : "insurance.pay",
                        static_cast<int>(plan.between(1, k == 0 ? 150 : 50))};
            else
                kill.after = std::chrono::microseconds(plan.between(10'000, sqlite ? 80'000 : 500'000));
            SCOPED_TRACE("season " + std::to_string(season) + ", kill " + std::to_string(k) + " at call " +
                         std::to_string(kill.at_call) + " of " + kill.kind + " or after " + std::to_string(kill.after.count()) + " us");
            shelves_.clear();
            fresh.close();
            for (const auto& one : killed(fresh.address(), kill)) heard.push_back(one);
            fresh.reopen();
            const auto looked = fresh->read([&](db::Tx& tx) -> Result<void> {
                look(tx, heard);
                return tx.each_row("SELECT kind FROM jobs_job WHERE state = 'running'", {},
                                   [&](const db::Row& row) -> Result<void> {
                                       amid.emplace(row.text(0));
                                       return {};
                                   });
            });
            ASSERT_TRUE(looked) << looked.error().id;
            if (HasFailure()) return;
        }
        // The last start lives to the end.
        const auto ended = live(*fresh, {}, [&](Heard one) { heard.push_back(one); });
        ASSERT_TRUE(ended) << ended.error().id << " " << ended.error().detail;
        ASSERT_EQ(heard.back().what, 's');
        ASSERT_TRUE(fresh->read([&](db::Tx& tx) -> Result<void> {
            look(tx, heard);
            EXPECT_EQ(finance::balance(tx, auth::Scope::whole_country(), insurer(tx, desk(clock_.today()), insurer_)->fund,
                                       finance::Account::bank, clock_.today())
                          .value(),
                      Money::fen(deposits * one_deposit - heads_ * of_a_head));
            return {};
        }));
        if (HasFailure()) return;
        shelves_.clear();
    }
    EXPECT_EQ(amid, (std::set<std::string>{"insurance.calculate", "insurance.pay"})) << "the kills missed";
}

}  // namespace
}  // namespace ballast::insurance
