// A season's settlement: policies of one row each are settled from an index, paid and posted. Beside it, in the
// same run, the same number of rows put into tables of the same columns by bare inserts, with nothing worked out:
// a line a row, a posting a policy, and one update of every row. On both databases.
//
//   settlement_bench [policies] [runs]      100000 and 3 by default; the median is printed
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "base/rng.h"
#include "insurance/settlement.h"
#include "sample_county.h"

using namespace ballast;
using namespace ballast::bench;
using namespace ballast::insurance;

namespace {

const Date settled_on = *Date::from(2026, 5, 4);
const AreaCode village = *AreaCode::parse("513431100200");

struct Place {
    std::filesystem::path folder;
    Place() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ballast-settlement-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) std::exit(1);
        folder = pattern;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    /// Snow that reaches the second step.
    std::string days() const {
        const auto path = folder / "56137.csv";
        std::ofstream out(path);
        out << "日期,数值\n";
        for (Date on = *Date::from(2025, 10, 1); on <= *Date::from(2026, 4, 30); on = on.plus_days(1))
            out << on.iso() << (on.day() == 12 ? ",5.9\n" : ",0\n");
        return path.string();
    }
};

/// Rows as a list and its steps would have left them; one in ten came into force a month late.
Result<void> insure(db::Tx& tx, const crypto::Vault& vault, InsurerId insurer, std::int64_t policies) {
    const auto sealed = vault.seal("bench", "{}");
    const db::Blob facts(sealed.begin(), sealed.end());
    const auto first = TRY(tx.reserve_ids("insurance_policy", policies));
    const auto row = TRY(tx.reserve_ids("insurance_insured", policies));
    Rng rng(5);
    for (std::int64_t i = 0; i < policies; ++i) {
        const auto n = rng.between(1, 2);
        TRY(tx.exec("INSERT INTO insurance_policy (id, policy_no, insurer_id, product, pack_hash, area_code, "
                    "holder_kind, holder, season, first_day, last_day, state, entered_on, version, amount, rate, "
                    "shares, waiver, authority, farmers, units, sum_insured, premium, central, province, "
                    "prefecture, county, farmer, draw_seed, effective_on, at, account) VALUES (?, ?, ?, "
                    "'snow_index', '', ?, 'village', ?, 2025, '2025-10-01', '2026-04-30', 'effective', "
                    "'2025-08-20', 9, 200000, '0.06', '0.4 0.25 0 0.15 0.2', '', 'assumed', 1, ?, ?, ?, 0, 0, 0, "
                    "0, 0, 0, ?, 0, 'bench')",
                    first + i, "PL" + std::to_string(first + i), insurer, village, facts, n * 10'000, n * 200'000,
                    n * 12'000, i % 10 == 0 ? "2025-11-01" : "2025-10-01"));
        TRY(tx.exec("INSERT INTO insurance_insured (id, policy_id, line, id_lookup, phone_lookup, facts, units, "
                    "amount, sum_insured, premium, farmer, remarks, sampled, paid_claims) VALUES (?, ?, 1, ?, ?, "
                    "?, ?, 200000, ?, ?, 0, '', 0, 0)",
                    row + i, first + i, facts, facts, facts, n * 10'000, n * 200'000, n * 12'000));
    }
    return {};
}

/// The bare engine: a line a row, a posting a policy, an update a row.
Result<void> bare(db::Tx& tx, std::int64_t rows) {
    TRY(tx.exec("CREATE TABLE bench_line (settlement_id BIGINT NOT NULL, insured_id BIGINT NOT NULL, policy_id "
                "BIGINT NOT NULL, live BIGINT, days BIGINT NOT NULL, payable BIGINT NOT NULL, PRIMARY KEY "
                "(settlement_id, insured_id))"));
    TRY(tx.exec("CREATE INDEX bench_line_policy ON bench_line (settlement_id, policy_id)"));
    TRY(tx.exec("CREATE UNIQUE INDEX bench_line_once ON bench_line (insured_id) WHERE live = 1"));
    TRY(tx.exec("CREATE TABLE bench_posting (journal_id BIGINT NOT NULL, line BIGINT NOT NULL, fund_id BIGINT NOT "
                "NULL, ledger_account TEXT NOT NULL, value_date TEXT NOT NULL, amount BIGINT NOT NULL, PRIMARY "
                "KEY (journal_id, line))"));
    TRY(tx.exec("CREATE INDEX bench_posting_fund ON bench_posting (fund_id, ledger_account, value_date)"));
    auto lines = TRY(tx.bulk("bench_line", std::array<std::string_view, 6>{"settlement_id", "insured_id", "policy_id",
                                                                          "live", "days", "payable"}));
    for (std::int64_t i = 1; i <= rows; ++i) TRY(lines->add({1, i, i, 1, 212, 50'000}));
    TRY(lines->finish());
    auto postings = TRY(tx.bulk("bench_posting",
                                std::array<std::string_view, 6>{"journal_id", "line", "fund_id", "ledger_account",
                                                                "value_date", "amount"}));
    for (std::int64_t i = 1; i <= rows; ++i) TRY(postings->add({1, i, 1, "payment", "2026-05-04", 50'000}));
    TRY(postings->finish());
    TRY(tx.exec("UPDATE insurance_insured SET paid_claims = 0"));
    return {};
}

double median(std::vector<double> all) {
    std::ranges::sort(all);
    return all[all.size() / 2];
}

class Season {
public:
    Season(db::Database& database, std::int64_t policies) : database_(database), policies_(policies) {
        value(database_.write([&](db::Tx& tx) -> Result<void> {
            insurer_ = TRY(add_insurer(tx, desk(*Date::from(2025, 4, 1)), *AreaCode::parse("513431"), "财险支公司"));
            const auto one = TRY(insurer(tx, desk(settled_on), insurer_));
            TRY(finance::post(tx, desk(settled_on).ledger(auth::Right::insurance_write),
                              {settled_on, finance::money_in(one.fund, finance::Account::top_up,
                                                             Money::yuan(999'999'999)),
                               "", ""},
                              ""));
            TRY(insure(tx, *vault_, insurer_, policies));
            const auto taken = TRY(take_series(tx, desk(settled_on),
                                               {{SeriesKind::weather, "56137", "snowfall"}, one.area, "bench", ""},
                                               place_.days(), "56137.csv", insurer_));
            if (!taken.accepted) return taken.findings.front().what;
            return {};
        }));
    }

    void run(int runs) {
        std::map<std::string, std::vector<double>> took;
        for (int i = 0; i < runs; ++i) {
            SettlementId id;
            took["1 settle: work out and store"].push_back(seconds([&] {
                id = value(database_.write([&](db::Tx& tx) -> Result<SettlementId> {
                    const auto out = TRY(draft_settlement(tx, desk(settled_on), {"snow_index", village, 2025, ""}, insurer_));
                    TRY(calculate(tx, desk(settled_on), out));
                    return out;
                }));
            }));
            value(database_.write([&](db::Tx& tx) { return tx.exec("UPDATE insurance_settlement SET state = 'confirmed' WHERE id = ?", id); }));
            took["2 pay and post"].push_back(seconds([&] {
                value(database_.write([&](db::Tx& tx) { return pay_settlement(tx, desk(settled_on), id); }));
            }));
            took["0 baseline: bare inserts and update"].push_back(
                seconds([&] { value(database_.write([&](db::Tx& tx) { return bare(tx, policies_); })); }));
            undo(id);
        }
        for (const auto& [what, times] : took) line(what.c_str() + 2, policies_, median(times));
    }

private:
    Desk desk(Date on) const {
        return {*vault_, areas::Division::shipped(), book_, system_, on,
                Instant{(std::int64_t{on.days()} * 24 + 4) * 3'600'000}};
    }
    /// As if it had never been, so that the next run finds the same.
    void undo(SettlementId id) {
        value(database_.write([&](db::Tx& tx) -> Result<void> {
            for (const auto* table : {"insurance_settlement_line", "insurance_settlement_series"})
                TRY(tx.exec(std::string("DELETE FROM ") + table + " WHERE settlement_id = ?", id));
            TRY(tx.exec("DELETE FROM finance_posting WHERE journal_id = (SELECT journal_id FROM insurance_settlement "
                        "WHERE id = ?)",
                        id));
            TRY(tx.exec("UPDATE insurance_insured SET paid_claims = 0"));
            TRY(tx.exec("DROP TABLE bench_line"));
            TRY(tx.exec("DROP TABLE bench_posting"));
            return {};
        }));
    }

    Place place_;
    db::Database& database_;
    std::int64_t policies_;
    std::unique_ptr<crypto::Vault> vault_ = crypto::test_vault("bench");
    Book book_ = value(load_book());
    auth::Actor system_ = auth::system_actor("bench");
    InsurerId insurer_;
};

void on(const std::string& address, std::int64_t policies, int runs) {
    const auto database = value(db::Database::open(address));
    std::printf("%s, median of %d\n", database->engine() == db::Engine::sqlite ? "SQLite" : "PostgreSQL", runs);
    value(db::migrate(*database, schema::shipped_migrations(), now));
    Season(*database, policies).run(runs);
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t policies = argc > 1 ? std::atoll(argv[1]) : 100'000;
    const int runs = argc > 2 ? std::atoi(argv[2]) : 3;
    Place place;
    on("sqlite:" + (place.folder / "bench.db").string(), policies, runs);
    if (const char* postgres = std::getenv("BALLAST_TEST_POSTGRES"))
        on(postgres, policies, runs);
    else
        std::printf("PostgreSQL: skipped, BALLAST_TEST_POSTGRES names none\n");
}
