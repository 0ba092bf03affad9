#include "insurance/settlement.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/rng.h"
#include "base/text.h"
#include "insurance/policy_store.h"
#include "insurance/settlement_store.h"
#include "insurance/terms.h"

namespace ballast::insurance {
namespace {

using auth::Right;

/// What a draft and a new calculation have in common: the series frozen, the index told.
struct Told {
    std::vector<SettledFrom> from;
    SeasonOutcome outcome;
    std::string hash;
};

std::vector<FrozenSeries> values_of(const std::vector<SettledFrom>& from) {
    std::vector<FrozenSeries> out;
    for (const auto& one : from) out.push_back(one.frozen);
    return out;
}

Result<pricing::MissingDays> missing_days(const Desk& desk, Date on, AreaCode area) {
    return pricing::MissingDays{TRY(desk.book.limit("missing_days_most", on, area))};
}

Result<const Product*> product_from_series(const Desk& desk, std::string_view name) {
    const auto* product = TRY(desk.book.product(name));
    if (!product->from_series())
        return invalid("insurance.not_by_series").with("product", product->title.zh);
    return product;
}

Result<Told> tell(db::Tx& tx, const Desk& desk, const Product& product, InsurerId insurer, AreaCode area,
                  int season) {
    const Period window = TRY(product.window_of(season));
    if (desk.today <= window.last)
        return conflict("insurance.window_runs").with("date", window.last.iso());
    Told out;
    out.from =
        TRY(freeze(tx, desk, product, fmt::format("s.insurer_id = {}", insurer.number()), window));
    const auto series = values_of(out.from);
    out.outcome = TRY(outcome(product, season, TRY(missing_days(desk, window.first, area)), series));
    out.hash = hash_of(series, window);
    return out;
}

/// The insured rows that a settlement takes: in force, of the product and season, in the area, and in no
/// other settlement.
constexpr std::string_view rows_from =
    " FROM insurance_insured i JOIN insurance_policy p ON p.id = i.policy_id LEFT JOIN insurance_terms t ON t.hash = "
    "p.terms_hash WHERE p.insurer_id = ? AND "
    "p.product = ? AND p.season = ? AND p.state IN ('effective', 'expired') AND p.effective_on IS NOT NULL "
    // A change of such a policy takes effect before the window begins, or not at all.
    "AND i.to_day IS NULL AND NOT EXISTS (SELECT 1 FROM insurance_settlement_line o WHERE o.insured_id = i.id AND o.live = 1 AND "
    "o.settlement_id <> ?) AND ";

std::string rows_in(AreaCode area) {
    return std::string(rows_from) + auth::Scope({area}).sql("p.area_code");
}
/// Of those, the ones that were sold under certain terms; where these are not on file, those of the day hold.
std::string rows_under(AreaCode area) { return rows_in(area) + " AND COALESCE(t.hash, ?) = ?"; }

/// Under which terms the next settlement is made: the first that were sold, of those without a settlement that lives.
Result<std::string> terms_to_settle(db::Tx& tx, const Insurer& insurer, const Product& today,
                                    const NewSettlement& wanted) {
    const auto sold = TRY(tx.all(
        "SELECT x.terms, MIN(x.policy), (SELECT COUNT(*) FROM insurance_settlement s WHERE s.insurer_id = ? AND "
        "s.product = ? AND s.season = ? AND s.area_code = ? AND s.state <> 'cancelled' AND s.terms_hash = x.terms) FROM "
        "(SELECT COALESCE(t.hash, ?) AS terms, p.id AS policy" +
            rows_in(wanted.area) + ") x GROUP BY x.terms ORDER BY 3, 2",
        {insurer.id, today.name, wanted.season, wanted.area, today.version, insurer.id, today.name, wanted.season, 0},
        [](const db::Row& row) { return std::string(row.text(0)); }));
    if (sold.empty()) return conflict("insurance.nothing_to_settle");
    return sold.front();
}

Result<void> check_place(const Desk& desk, const Insurer& insurer, AreaCode area) {
    if (!desk.actor.scope(Right::insurance_write).contains(area) || !desk.division.exists(area))
        return not_found("areas.unknown").with("code", area.digits());
    if (!insurer.area.contains(area)) return invalid("insurance.wrong_place");
    return {};
}

Result<void> keep_told(db::Tx& tx, SettlementId id, const Told& told) {
    const auto& outcome = told.outcome;
    TRY(tx.exec("UPDATE insurance_settlement SET series_hash = ?, index_above = ?, index_below = ?, step = ?, "
                "days = ?, substituted = ? WHERE id = ?",
                told.hash, outcome.index.above().plain(), outcome.index.below().plain(),
                outcome.step ? static_cast<std::int64_t>(*outcome.step) : -1, outcome.days,
                std::ssize(outcome.substitutes), id));
    TRY(tx.exec("DELETE FROM insurance_settlement_series WHERE settlement_id = ?", id));
    std::int64_t place = 0;
    for (const auto& one : told.from)
        TRY(tx.exec("INSERT INTO insurance_settlement_series (settlement_id, place, series_id, revision) "
                    "VALUES (?, ?, ?, ?)",
                    id, ++place, one.series.id, one.revision));
    return {};
}

/// With eight digits by lot, as policies have.
Result<std::string> fresh_number(db::Tx& tx, AreaCode county, int season) {
    while (true) {
        auto out =
            fmt::format("JS{}{}{:08}", county.digits().substr(0, 6), season, fresh_seed() % 100'000'000);
        if (TRY(tx.number("SELECT COUNT(*) FROM insurance_settlement WHERE settlement_no = ?", {out})) == 0)
            return out;
    }
}

}  // namespace

Result<SettlementId> draft_settlement(db::Tx& tx, const Desk& desk, const NewSettlement& wanted,
                                      std::optional<InsurerId> on_behalf) {
    TRY(auth::require(desk.actor, Right::insurance_write));
    if (!wanted.key.empty())
        if (const auto before = TRY(tx.first(
                "SELECT id FROM insurance_settlement WHERE account = ? AND sender_key = ?",
                {desk.actor.account, wanted.key},
                [](const db::Row& row) { return row.id<SettlementId>(0); })))
            return *before;
    const auto insurer = TRY(acting_insurer(tx, desk, on_behalf));
    const auto* product = TRY(product_from_series(desk, wanted.product));
    if (wanted.season < 2000 || wanted.season > 2150) return invalid("insurance.bad_season");
    TRY(check_place(desk, insurer, wanted.area));
    // What hinders any settlement is told before there is nothing to settle.
    const auto hash = terms_to_settle(tx, insurer, *product, wanted);
    const auto terms = hash ? TRY(terms_of(tx, desk, product->name, *hash)) : Terms{*product, false};
    const auto told = TRY(tell(tx, desk, terms.product, insurer.id, wanted.area, wanted.season));
    if (!hash) return hash.error();
    const SettlementId id(TRY(tx.reserve_ids("insurance_settlement", 1)));
    TRY(tx.exec(
        "INSERT INTO insurance_settlement (id, settlement_no, insurer_id, product, area_code, season, "
        "first_day, last_day, state, entered_on, version, authority, terms_hash, series_hash, index_above, "
        "index_below, step, days, substituted, calculated, policies, insured, paying, units, sum_insured, "
        "payable, paid, at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, 1, ?, ?, '', "
        "'0', '1', -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?, ?)",
        id, TRY(fresh_number(tx, insurer.area, wanted.season)), insurer.id, product->name, wanted.area,
        wanted.season, told.outcome.window.first, told.outcome.window.last, desk.today,
        terms.product.cover_authority, terms.product.version, desk.now.ms, desk.actor.account,
        wanted.key.empty() ? db::Value(db::Null{}) : db::Value(wanted.key)));
    TRY(keep_told(tx, id, told));
    TRY(keep_step(tx, desk, {"settlement", id.number(), 1, "draft", "", "draft", "", wanted.area}));
    return id;
}

Result<std::int64_t> sold_otherwise(db::Tx& tx, const Desk& desk, const Settlement& settlement) {
    const auto* today = TRY(desk.book.product(settlement.product));
    // Mostly there is one text only, and no need to look at a season of a million rows.
    if (today->version == settlement.terms_hash &&
        TRY(tx.number("SELECT COUNT(*) FROM insurance_terms WHERE product = ? AND hash <> ?",
                      {settlement.product, today->version})) == 0)
        return 0;
    return tx.number("SELECT COUNT(DISTINCT p.id)" + rows_in(settlement.area) + " AND COALESCE(t.hash, ?) <> ?",
                     {settlement.insurer, settlement.product, settlement.season, settlement.id, today->version,
                      settlement.terms_hash});
}

Result<std::vector<InsurerId>> insurers_of_season(db::Tx& tx, const Desk& desk, const NewSettlement& wanted) {
    return tx.all("SELECT DISTINCT p.insurer_id FROM insurance_policy p WHERE p.product = ? AND p.season = ? "
                  "AND p.state IN ('effective', 'expired') AND " +
                      TRY(visible(tx, desk, Right::insurance_read, "p")) + " AND " +
                      auth::Scope({wanted.area}).sql("p.area_code") + " ORDER BY p.insurer_id",
                  {wanted.product, wanted.season}, [](const db::Row& row) { return row.id<InsurerId>(0); });
}

namespace {

struct Line {
    std::int64_t insured, policy;
    Decimal units;
    Money sum_insured, payable;
    int days = 0;
};

/// Every row with what it is paid, in order of policy.
Result<std::vector<Line>> worked_out(db::Tx& tx, const Settlement& settlement, const Product& product,
                                     std::string_view today, const SeasonOutcome& outcome, std::int64_t rows,
                                     const Progress& progress) {
    std::vector<Line> out;
    out.reserve(static_cast<std::size_t>(rows));
    SeasonPayer payer(product, outcome);
    TRY(tx.each_row(
        "SELECT i.id, i.policy_id, i.units, i.amount, i.sum_insured, i.paid_claims, p.effective_on, "
        "p.last_day" +
            rows_under(settlement.area) + " ORDER BY i.policy_id, i.id",
        std::vector<db::Value>{settlement.insurer, settlement.product, settlement.season, settlement.id, today,
                               product.version},
        [&](const db::Row& row) -> Result<void> {
            const Period in_force{row.date(6).plus_days(product.waiting_days), row.date(7)};
            SeasonRow insured{from_ten_thousandths(row.integer(2)), Decimal::yuan(row.money(3)), row.money(4),
                              row.money(5), counted_days(product, outcome.window, in_force)};
            out.push_back({row.integer(0), row.integer(1), insured.units, insured.sum_insured,
                           payer.payable(insured), insured.counted_days});
            if (progress) progress(std::ssize(out), 2 * rows);
            return {};
        }));
    return out;
}

Result<void> store_lines(db::Tx& tx, SettlementId id, const std::vector<Line>& lines,
                         const Progress& progress) {
    TRY(tx.exec("DELETE FROM insurance_settlement_line WHERE settlement_id = ?", id));
    auto bulk = TRY(tx.bulk("insurance_settlement_line",
                            std::array<std::string_view, 6>{"settlement_id", "insured_id", "policy_id",
                                                            "live", "days", "payable"}));
    std::int64_t done = std::ssize(lines);
    for (const auto& line : lines) {
        TRY(bulk->add({id, line.insured, line.policy, 1, line.days, line.payable}));
        if (progress) progress(++done, 2 * std::ssize(lines));
    }
    const auto stored = bulk->finish();
    if (!stored && stored.error().id == "db.duplicate") return conflict("insurance.settled_elsewhere");
    if (!stored) return stored.error();
    return {};
}

Result<void> store_sums(db::Tx& tx, SettlementId id, const std::vector<Line>& lines) {
    std::int64_t policies = 0, last = -1, paying = 0;
    Decimal units;
    Money insured, payable;
    for (const auto& line : lines) {
        if (line.policy != last) ++policies, last = line.policy;
        if (line.payable > Money()) ++paying;
        units = units + line.units;
        insured += line.sum_insured;
        payable += line.payable;
    }
    TRY(tx.exec("UPDATE insurance_settlement SET calculated = 1, policies = ?, insured = ?, paying = ?, "
                "units = ?, sum_insured = ?, payable = ? WHERE id = ?",
                policies, std::ssize(lines), paying, ten_thousandths(units), insured, payable, id));
    return {};
}

/// With the right of a step over the whole of it; of a village's, over some of its policies.
Result<Settlement> load_for(db::Tx& tx, const Desk& desk, Right right, SettlementId id) {
    TRY(auth::require(desk.actor, right));
    const auto condition = right == Right::insurance_confirm ? TRY(concerns(tx, desk, right, "st"))
                                                             : TRY(visible(tx, desk, right, "st"));
    return whole_settlement(tx, desk, condition, id);
}

NewStep step_line(const Settlement& before, SettlementAction action, SettlementState to,
                  std::string_view note) {
    return {"settlement", before.id.number(),      before.version + 1, name_of(action),
            name_of(before.state), name_of(to), note,               before.area};
}

}  // namespace

Result<void> calculate(db::Tx& tx, const Desk& desk, SettlementId id, const Progress& progress) {
    const auto before = TRY(load_for(tx, desk, Right::insurance_write, id));
    TRY(decide(TRY(moment_of(tx, desk, before)), SettlementAction::calculate));
    TRY(advance(tx, before, before.version, before.state, desk.today));
    const auto* today = TRY(product_from_series(desk, before.product));
    const auto product = TRY(terms_of(tx, desk, before.product, before.terms_hash)).product;
    const auto told = TRY(tell(tx, desk, product, before.insurer, before.area, before.season));
    TRY(keep_told(tx, id, told));
    TRY(tx.exec("UPDATE insurance_settlement SET terms_hash = ?, authority = ?, first_day = ?, last_day = ? WHERE id = ?",
                product.version, product.cover_authority, told.outcome.window.first, told.outcome.window.last, id));
    const auto rows =
        TRY(tx.number("SELECT COUNT(*)" + rows_under(before.area),
                      {before.insurer, before.product, before.season, id, today->version, product.version}));
    if (rows == 0) return conflict("insurance.nothing_to_settle");
    const auto lines = TRY(worked_out(tx, before, product, today->version, told.outcome, rows, progress));
    TRY(store_lines(tx, id, lines, progress));
    TRY(store_sums(tx, id, lines));
    return keep_step(tx, desk, step_line(before, SettlementAction::calculate, before.state, ""));
}

namespace {

/// A posting for each policy, and one of the bank.
Result<finance::NewJournal> journal_of(db::Tx& tx, const Desk& desk, const Settlement& settlement,
                                       finance::FundId fund) {
    finance::NewJournal out{desk.today, {}, "settlement:" + std::to_string(settlement.id.number()), ""};
    Money whole;
    TRY(tx.each_row("SELECT policy_id, CAST(SUM(payable) AS BIGINT) FROM insurance_settlement_line WHERE "
                    "settlement_id = ? AND payable > 0 GROUP BY policy_id ORDER BY policy_id",
                    std::vector<db::Value>{settlement.id}, [&](const db::Row& row) -> Result<void> {
                        out.postings.push_back({fund, finance::Account::payment, row.money(1)});
                        whole += row.money(1);
                        return {};
                    }));
    if (whole != settlement.payable)
        return Error{ErrorKind::corrupt, "insurance.does_not_add_up", {}, {}};
    if (whole > Money()) out.postings.push_back({fund, finance::Account::bank, -whole});
    return out;
}

Result<void> pay_rows(db::Tx& tx, SettlementId id) {
    if (const auto rows = TRY(tx.number(
            "SELECT COUNT(*) FROM insurance_settlement_line l JOIN insurance_insured i ON i.id = "
            "l.insured_id WHERE l.settlement_id = ? AND l.payable > i.sum_insured - i.paid_claims",
            {id}));
        rows > 0)
        return conflict("insurance.paid_meanwhile").with("rows", std::to_string(rows));
    TRY(tx.exec("UPDATE insurance_insured SET paid_claims = paid_claims + (SELECT l.payable FROM "
                "insurance_settlement_line l WHERE l.settlement_id = ? AND l.insured_id = "
                "insurance_insured.id) WHERE id IN (SELECT l.insured_id FROM insurance_settlement_line l "
                "WHERE l.settlement_id = ? AND l.payable > 0)",
                id, id));
    return {};
}

}  // namespace

Result<void> pay_settlement(db::Tx& tx, const Desk& desk, SettlementId id, const Progress& progress) {
    const auto before = TRY(load_for(tx, desk, Right::insurance_write, id));
    if (before.state == SettlementState::paid) return {};
    const auto* row = TRY(decide(TRY(moment_of(tx, desk, before)), SettlementAction::pay));
    const auto tell_done = [&](std::int64_t done) {
        if (progress) progress(done, 3);
    };
    tell_done(0);
    TRY(advance(tx, before, before.version, row->to, desk.today));
    const auto payer = TRY(insurer(tx, desk, before.insurer));
    TRY(pay_rows(tx, id));
    tell_done(1);
    const auto journal = TRY(journal_of(tx, desk, before, payer.fund));
    std::optional<finance::JournalId> posted;
    if (!journal.postings.empty())
        posted = TRY(finance::post(tx, desk.ledger(Right::insurance_write), journal,
                                   "settlement-pay-" + std::to_string(id.number())));
    tell_done(2);
    TRY(tx.exec("UPDATE insurance_settlement SET paid = payable, paid_on = ?, journal_id = ? WHERE id = ?",
                desk.today, posted, id));
    TRY(keep_step(tx, desk, step_line(before, SettlementAction::pay, row->to, "")));
    tell_done(3);
    return {};
}

Result<Settlement> check_step(db::Tx& tx, const Desk& desk, SettlementId id, const SettlementOrder& order) {
    const auto before = TRY(load_settlement(tx, desk, id));
    auto moment = TRY(moment_of(tx, desk, before));
    moment.note = order.note;
    const auto* row = TRY(decide(moment, order.action));
    TRY(load_for(tx, desk, row->who, id));
    if (order.version != before.version) return conflict("insurance.changed_meanwhile");
    return before;
}

Result<void> take_step(db::Tx& tx, const Desk& desk, SettlementId id, const SettlementOrder& order) {
    using enum SettlementAction;
    if (order.action == calculate || order.action == pay) return invalid("insurance.step_is_a_job");
    const auto before = TRY(load_settlement(tx, desk, id));
    auto moment = TRY(moment_of(tx, desk, before));
    moment.note = order.note;
    const auto* row = TRY(decide(moment, order.action));
    TRY(load_for(tx, desk, row->who, id));
    TRY(advance(tx, before, order.version, row->to, desk.today));
    if (order.action == publicise)
        TRY(tx.exec("UPDATE insurance_settlement SET posted_on = ? WHERE id = ?", desk.today, id));
    if (row->to == SettlementState::draft)
        TRY(tx.exec("UPDATE insurance_settlement SET posted_on = NULL WHERE id = ?", id));
    if (order.action == cancel)
        TRY(tx.exec("UPDATE insurance_settlement_line SET live = NULL WHERE settlement_id = ?", id));
    return keep_step(tx, desk, step_line(before, order.action, row->to, order.note));
}

Result<NextSettlementSteps> next_steps(db::Tx& tx, const Desk& desk, const Settlement& settlement) {
    const auto moment = TRY(moment_of(tx, desk, settlement));
    NextSettlementSteps out{{}, awaited(moment, desk.actor)};
    for (auto& step : possible(moment, desk.actor))
        if (step.row->who == Right::insurance_confirm ||
            desk.actor.scope(step.row->who).contains(settlement.area))
            out.steps.push_back(std::move(step));
    return out;
}

Result<BurnHistory> burn_history(db::Tx& tx, const Desk& desk, std::string_view name, AreaCode area, int first,
                                 int last) {
    const auto* product = TRY(product_from_series(desk, name));
    const auto* rate = TRY(product->rate(area, desk.today));
    BurnHistory out;
    out.amount = rate->tariff.amount;
    out.rate = rate->tariff.rate;
    out.rate_authority = rate->authority;
    std::string ids = "0";
    for (const auto& one : TRY(all_series(tx, desk))) ids += fmt::format(", {}", one.id.number());
    const auto from = TRY(freeze(tx, desk, *product, "s.id IN (" + ids + ")", any_day));
    if (from.empty()) return not_found("insurance.no_such_series");
    for (const auto& one : from)  // a grade's price and its share stand under one code
        if (out.series.empty() || out.series.back() != one.frozen.code) out.series.push_back(one.frozen.code);
    const auto& own = from.front().frozen.values;
    if (first == 0) {
        first = own.begin()->first.year();
        if (TRY(product->window_of(first - 1)).first.year() == first) --first;  // sown in the year before
    }
    if (last == 0) {
        last = own.rbegin()->first.year();
        if (TRY(product->window_of(last)).first > own.rbegin()->first) --last;  // not begun
    }
    const Period window = TRY(product->window_of(last));
    out.burn = TRY(burn(*product, out.amount, first, last, TRY(missing_days(desk, window.first, area)),
                        values_of(from)));
    return out;
}

}  // namespace ballast::insurance
