#include "insurance/prevention_year.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "base/text.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

using auth::Right;

constexpr std::string_view columns =
    "SELECT y.id, y.area_code, y.year, y.insurer_id, i.name, y.fund_id, y.product, y.heads, y.premium, "
    "y.authority, y.version, "
    "y.closed_on, COALESCE(y.fee, 0), COALESCE(y.carried, 0) FROM insurance_prevention_year y JOIN "
    "insurance_insurer i ON i.id = "
    "y.insurer_id WHERE ";

PreventionYear read(const db::Row& row) {
    return {row.id<PreventionYearId>(0),
            row.area(1),
            static_cast<int>(row.integer(2)),
            row.id<InsurerId>(3),
            std::string(row.text(4)),
            row.id<finance::FundId>(5),
            std::string(row.text(6)),
            row.integer(7),
            row.money(8),
            std::string(row.text(9)),
            row.integer(10),
            row.maybe_date(11),
            row.money(12),
            row.money(13)};
}

Result<void> note(db::Tx& tx, const Desk& desk, const PreventionYear& year, std::string_view what,
                  Money amount) {
    return audit::record(
        tx, desk.vault, desk.actor,
        {fmt::format("insurance.prevention_year_{}", what),
         fmt::format("prevention_year:{}", year.id.number()), year.area, "",
         fmt::format(R"({{"year":{},"heads":{},"fen":{}}})", year.year, year.heads, amount.fen())},
        desk.now);
}

/// The fund that the insurer keeps here, opened when it is the first year.
Result<finance::FundId> fund_of(db::Tx& tx, const Desk& desk, const Insurer& insurer,
                                const std::string& title) {
    const auto ledger = desk.ledger(Right::insurance_subsidy);
    const auto organisation = std::to_string(insurer.id.number());
    for (const auto& line : TRY(finance::funds(tx, ledger.scope, desk.today)))
        if (line.fund.kind == finance::FundKind::prevention && line.fund.area == insurer.area &&
            line.fund.organisation == organisation)
            return line.fund.id;
    return finance::open_fund(
        tx, ledger, {{}, insurer.area, finance::FundKind::prevention, organisation, title, desk.today});
}

struct Premium {
    Money amount;
    std::string authority;
};
Result<Premium> premium_of(const Desk& desk, const std::string& product, AreaCode area, Date first,
                           std::int64_t heads) {
    const auto* known = TRY(desk.book.product(product));
    if (!std::holds_alternative<PreventionScheme>(known->cover))
        return not_found("insurance.no_such_product").with("name", product);
    if (!known->holds_in(area, first)) return invalid("insurance.not_sold_here");
    const auto* rate = TRY(known->rate(area, first));
    TRY(positive("heads", heads, 10'000'000, 0));
    return Premium{TRY(quote(rate->tariff, heads)).premium, rate->authority};
}

/// Whoever saw another version is told; others wait from here on.
Result<void> take(db::Tx& tx, const PreventionYear& year, std::int64_t version) {
    if (year.closed_on) return conflict("insurance.year_closed").with("year", std::to_string(year.year));
    if (version != year.version ||
        TRY(tx.exec("UPDATE insurance_prevention_year SET version = version + 1 WHERE id = ? AND version = ?",
                    year.id, version)) == 0)
        return conflict("insurance.changed_meanwhile");
    return {};
}

finance::NewJournal journal_of(const PreventionYear& year, Date on, std::vector<finance::Posting> postings,
                               std::string_view why) {
    return {on, std::move(postings), fmt::format("prevention_year:{}", year.id.number()), std::string(why)};
}

}  // namespace

Result<PreventionYearId> begin_year(db::Tx& tx, const Desk& desk, const NewPreventionYear& wanted) {
    TRY(auth::require(desk.actor, Right::insurance_subsidy));
    const auto by = TRY(insurer(tx, desk, wanted.insurer));
    if (!desk.actor.scope(Right::insurance_subsidy).contains(by.area))
        return not_found("insurance.no_such_insurer");
    // Its premium is entered today, and so belongs to the year of today.
    if (wanted.year != desk.today.year())
        return invalid("insurance.year_not_now").with("year", std::to_string(desk.today.year()));
    const Date first = *Date::from(wanted.year, 1, 1);
    const auto premium = TRY(premium_of(desk, wanted.product, by.area, first, wanted.heads));
    if (TRY(year_of_county(tx, by.area, wanted.year)))
        return conflict("insurance.year_exists").with("year", std::to_string(wanted.year));
    const auto* product = TRY(desk.book.product(wanted.product));
    PreventionYear year;
    year.id = PreventionYearId(TRY(tx.reserve_ids("insurance_prevention_year", 1)));
    year.area = by.area;
    year.year = wanted.year;
    year.heads = wanted.heads;
    year.fund = TRY(fund_of(tx, desk, by, product->title.zh + "基金"));
    TRY(
        tx.exec("INSERT INTO insurance_prevention_year (id, area_code, year, insurer_id, fund_id, product, "
                "heads, premium, authority, "
                "version, at, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                year.id, by.area, wanted.year, by.id, year.fund, wanted.product, wanted.heads, premium.amount,
                premium.authority, desk.now.ms, desk.actor.account));
    TRY(finance::post(
        tx, desk.ledger(Right::insurance_subsidy),
        journal_of(year, desk.today,
                   finance::money_in(year.fund, finance::Account::contribution, premium.amount), ""),
        ""));
    TRY(note(tx, desk, year, "begin", premium.amount));
    return year.id;
}

Result<std::vector<PreventionYear>> prevention_years(db::Tx& tx, const Desk& desk) {
    return tx.all(fmt::format("{}{} ORDER BY y.area_code, y.year DESC", columns,
                              TRY(visible(tx, desk, Right::insurance_read, "y"))),
                  {}, read);
}

Result<PreventionYear> load_year(db::Tx& tx, const Desk& desk, Right right, PreventionYearId id) {
    auto found = TRY(
        tx.first(fmt::format("{}y.id = ? AND {}", columns, TRY(visible(tx, desk, right, "y"))), {id}, read));
    if (!found) return not_found("insurance.no_such_year");
    return std::move(*found);
}

Result<std::optional<PreventionYear>> year_of_county(db::Tx& tx, AreaCode county, int year) {
    return tx.first(std::string(columns) + "y.area_code = ? AND y.year = ?", {county, year}, read);
}

Result<void> change_heads(db::Tx& tx, const Desk& desk, PreventionYearId id, std::int64_t version,
                          std::int64_t heads, std::string_view why) {
    TRY(auth::require(desk.actor, Right::insurance_subsidy));
    const auto year = TRY(load_year(tx, desk, Right::insurance_subsidy, id));
    if (text::trimmed(why).empty()) return invalid("insurance.note_missing");
    if (desk.today > year.period().last)
        return conflict("insurance.year_over").with("date", year.period().last.iso());
    const auto premium = TRY(premium_of(desk, year.product, year.area, year.period().first, heads));
    TRY(take(tx, year, version));
    TRY(tx.exec("UPDATE insurance_prevention_year SET heads = ?, premium = ? WHERE id = ?", heads,
                premium.amount, id));
    const Money more = premium.amount - year.premium;
    using finance::Account;
    if (more != Money())
        TRY(finance::post(
            tx, desk.ledger(Right::insurance_subsidy),
            journal_of(year, desk.today,
                       more > Money() ? finance::money_in(year.fund, Account::contribution, more)
                                      : finance::money_out(year.fund, Account::contribution, -more),
                       why),
            ""));
    PreventionYear now = year;
    now.heads = heads;
    return note(tx, desk, now, "heads", more);
}

Result<YearStanding> standing(db::Tx& tx, const Desk& desk, const PreventionYear& year) {
    YearStanding out;
    out.fund = TRY(finance::fund_year(tx, desk.actor.scope(Right::insurance_read), year.fund, year.period()));
    const auto share = TRY(desk.book.limit("prevention_service_fee_most", year.period().first, year.area));
    out.most_fee = (Decimal::yuan(year.premium) * share).to_money(Rounding::half_up);
    TRY(tx.each_row(
        "SELECT COUNT(CASE WHEN state = 'paid' THEN 1 END), COUNT(CASE WHEN live = 1 THEN 1 END) FROM "
        "insurance_prevention_case WHERE year_id = ?",
        std::vector<db::Value>{year.id}, [&](const db::Row& row) -> Result<void> {
            out.paid_cases = row.integer(0);
            out.live_cases = row.integer(1);
            return {};
        }));
    return out;
}

Result<void> close_year(db::Tx& tx, const Desk& desk, PreventionYearId id, std::int64_t version, Money fee) {
    TRY(auth::require(desk.actor, Right::insurance_subsidy));
    const auto year = TRY(load_year(tx, desk, Right::insurance_subsidy, id));
    TRY(take(tx, year, version));
    const Date last = year.period().last;
    if (desk.today <= last) return conflict("insurance.year_runs").with("date", last.plus_days(1).iso());
    const auto stands = TRY(standing(tx, desk, year));
    if (stands.live_cases > 0)
        return conflict("insurance.cases_open").with("count", std::to_string(stands.live_cases));
    TRY(within("fee", Decimal::yuan(fee), 1'000'000'000, 2));
    const auto share = TRY(desk.book.limit("prevention_service_fee_most", year.period().first, year.area));
    TRY(finance::check_service_fee(fee, year.premium, share));
    if (fee > Money())
        TRY(finance::post(
            tx, desk.ledger(Right::insurance_subsidy),
            journal_of(year, last, finance::money_out(year.fund, finance::Account::service_fee, fee), ""),
            ""));
    const Money carried = stands.fund.closing() - fee;
    TRY(tx.exec("UPDATE insurance_prevention_year SET closed_on = ?, fee = ?, carried = ? WHERE id = ?",
                desk.today, fee, carried, id));
    return note(tx, desk, year, "close", carried);
}

}  // namespace ballast::insurance
