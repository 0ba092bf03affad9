#include "insurance/evaluation_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "insurance/range.h"

namespace ballast::insurance {
namespace {

constexpr std::string_view in_force =
    "p.insurer_id = ? AND p.season = ? AND p.state <> 'cancelled' AND p.effective_on IS NOT NULL AND "
    "p.effective_on <= ?";

Period year_of(int year) { return {*Date::from(year, 1, 1), *Date::from(year, 12, 31)}; }

struct Time {
    int year;
    Date today;
    /// Ended within the year, and before today.
    bool counts(Date last_day) const { return last_day.year() == year && last_day < today; }
};

void add(Amounts& amounts, Amounts& cases, Decimal yuan, std::int64_t count, bool on_time) {
    amounts = amounts + Amounts{on_time ? yuan : Decimal(), yuan};
    cases = cases + Amounts{on_time ? Decimal(count) : Decimal(), Decimal(count)};
}

/// Agreements and confirmations from this day on may have their last day in the year.
Date from_day(int year) { return *Date::from(year - 1, 1, 1); }

Result<void> agreements(db::Tx& tx, const Desk& desk, const Insurer& insurer, const Time& time, PlatformFacts& out) {
    return tx.each_row(
        "SELECT a.agreed_on, a.amount, a.paid_on, c.area_code FROM insurance_agreement a JOIN insurance_claim c ON "
        "c.id = a.claim_id JOIN insurance_policy p ON p.id = c.policy_id WHERE p.insurer_id = ? AND a.amount > 0 AND "
        "a.agreed_on >= ? AND a.agreed_on <= ?",
        std::vector<db::Value>{insurer.id, from_day(time.year), year_of(time.year).last},
        [&](const db::Row& row) -> Result<void> {
            const Date agreed = row.date(0);
            const Date last = agreed.plus_days(TRY(desk.book.days("payment_days", agreed, row.area(3))));
            if (!time.counts(last)) return {};
            const auto paid = row.maybe_date(2);
            add(out.paid, out.paid_cases, Decimal::yuan(row.money(1)), 1, paid && *paid <= last);
            return {};
        });
}

Result<void> settlements(db::Tx& tx, const Desk& desk, const Insurer& insurer, const Time& time, PlatformFacts& out) {
    return tx.each_row(
        "SELECT s.payable, s.paid_on, s.area_code, (SELECT MAX(t.on_day) FROM insurance_step t WHERE t.about = "
        "'settlement' AND t.about_id = s.id AND t.action = 'confirm'), (SELECT COUNT(DISTINCT l.policy_id) FROM "
        "insurance_settlement_line l WHERE l.settlement_id = s.id AND l.payable > 0) FROM insurance_settlement s WHERE "
        "s.insurer_id = ? AND s.payable > 0 AND s.state IN ('confirmed', 'paid')",
        std::vector<db::Value>{insurer.id}, [&](const db::Row& row) -> Result<void> {
            const auto confirmed = row.maybe_date(3);
            if (!confirmed) return {};
            const Date last = confirmed->plus_days(TRY(desk.book.days("payment_days", *confirmed, row.area(2))));
            if (!time.counts(last)) return {};
            const auto paid = row.maybe_date(1);
            add(out.paid, out.paid_cases, Decimal::yuan(row.money(0)), row.integer(4), paid && *paid <= last);
            return {};
        });
}

Result<void> surveys(db::Tx& tx, const Desk& desk, const Insurer& insurer, const Time& time, PlatformFacts& out) {
    return tx.each_row(
        "SELECT c.reported_on, c.area_code, (SELECT MIN(t.on_day) FROM insurance_step t WHERE t.about = 'claim' AND "
        "t.about_id = c.id AND t.action IN ('survey', 'reject')) FROM insurance_claim c JOIN insurance_policy p ON "
        "p.id = c.policy_id WHERE p.insurer_id = ? AND c.reported_on >= ? AND c.reported_on <= ?",
        std::vector<db::Value>{insurer.id, from_day(time.year), year_of(time.year).last},
        [&](const db::Row& row) -> Result<void> {
            const Date reported = row.date(0);
            const Date last = reported.plus_days(TRY(desk.book.days("survey_days", reported, row.area(1))));
            if (!time.counts(last)) return {};
            const auto looked = row.maybe_date(2);
            out.surveyed = out.surveyed + Amounts{looked && *looked <= last ? 1 : 0, 1};
            return {};
        });
}

}  // namespace

Result<PlatformFacts> platform_facts(db::Tx& tx, const Desk& desk, const Insurer& insurer, int year) {
    PlatformFacts out;
    const Date until = std::min(desk.today, year_of(year).last);
    TRY(tx.each_row(fmt::format("SELECT p.product, CAST(SUM(p.units) AS BIGINT), CAST(SUM(p.premium) AS BIGINT) FROM "
                                "insurance_policy p WHERE {} GROUP BY p.product ORDER BY p.product",
                                in_force),
                    std::vector<db::Value>{insurer.id, year, until}, [&](const db::Row& row) -> Result<void> {
                        KindFigure kind;
                        kind.product = row.text(0);
                        kind.platform = from_ten_thousandths(row.integer(1));
                        kind.premium = row.money(2);
                        out.premium = out.premium + Decimal::yuan(kind.premium);
                        out.kinds.push_back(std::move(kind));
                        return {};
                    }));
    out.farmers = TRY(tx.number(fmt::format("SELECT COUNT(DISTINCT i.id_lookup) FROM insurance_insured i JOIN "
                                            "insurance_policy p ON p.id = i.policy_id WHERE {}",
                                            in_force),
                                {insurer.id, year, until}));
    const Time time{year, desk.today};
    TRY(agreements(tx, desk, insurer, time, out));
    TRY(settlements(tx, desk, insurer, time, out));
    TRY(surveys(tx, desk, insurer, time, out));
    out.network = TRY(coverage(tx, desk, insurer, until));
    return out;
}

Result<EvaluationTerms> evaluation_terms(const Desk& desk, AreaCode area, Date on) {
    const auto value = [&](std::string_view kind, std::string_view name) {
        return desk.book.limit(fmt::format("{}_{}", kind, name), on, area);
    };
    const auto assumed = [&](std::string_view kind, std::string_view name) {
        return desk.book.assumed(fmt::format("{}_{}", kind, name), on, area);
    };
    EvaluationTerms out;
    for (const auto& row : items()) {
        const ItemTerms terms{TRY(value("evaluation_weight", row.name)), TRY(value("evaluation_target", row.name)),
                              assumed("evaluation_weight", row.name) || assumed("evaluation_target", row.name)};
        TRY(within("weight", terms.weight, 1'000, 2));
        TRY(positive("target", terms.target, 10, 4));
        out.items.push_back(terms);
    }
    for (std::size_t i = 0; i < out.bands.size(); ++i) {
        out.bands.at(i) = TRY(value("evaluation_band", band_names.at(i)));
        out.bands_assumed = out.bands_assumed || assumed("evaluation_band", band_names.at(i));
    }
    constexpr std::array<std::string_view, 5> answers{"very", "fairly", "neutral", "not", "not_at_all"};
    for (std::size_t i = 0; i < answers.size(); ++i)
        out.satisfaction.points.at(i) = TRY(desk.book.days(fmt::format("satisfaction_points_{}", answers.at(i)), on, area));
    out.satisfaction.least = TRY(desk.book.days("satisfaction_sample_least", on, area));
    out.satisfaction.part = TRY(value("satisfaction_sample", "part"));
    return out;
}

}  // namespace ballast::insurance
