/// A county's prevention cover of one year (domain specification 5.9): which insurer runs it, for how many
/// people, out of which fund. The fund is a book of the ledger, kept in the insurer's name; what is left of a
/// year is the next one's opening balance.
#pragma once

#include "insurance/desk.h"

namespace ballast::insurance {

struct PreventionYearTag;
using PreventionYearId = Id<PreventionYearTag>;

struct PreventionYear {
    PreventionYearId id;
    AreaCode area;  // a county
    int year = 0;
    InsurerId insurer;
    std::string insurer_name;
    finance::FundId fund;
    std::string product;
    std::int64_t heads = 0;
    Money premium;
    std::string authority;  // of the premium for a head
    std::int64_t version = 0;
    std::optional<Date> closed_on;
    Money fee, carried;  // of a closed year

    Period period() const { return {*Date::from(year, 1, 1), *Date::from(year, 12, 31)}; }
    bool assumed() const { return authority.starts_with("assumed"); }
};

struct NewPreventionYear {
    InsurerId insurer;
    int year = 0;
    std::int64_t heads = 0;
    std::string product = "prevention";
};
/// Begins the year: the fund is opened, where the insurer has none here, and the premium paid into it.
///
/// Errors: forbidden "auth.not_allowed"; not_found "areas.unknown", "insurance.no_such_insurer",
/// "insurance.no_such_product", "insurance.no_rate"; invalid "insurance.year_not_now" {year},
/// "insurance.out_of_range" of heads, "insurance.not_sold_here"; conflict "insurance.year_exists"; those of
/// the ledger.
Result<PreventionYearId> begin_year(db::Tx& tx, const Desk& desk, const NewPreventionYear& wanted);

/// The latest first. Seen by whoever reads insurance over the county, an insurer its own.
Result<std::vector<PreventionYear>> prevention_years(db::Tx& tx, const Desk& desk);
/// Seen with `right`. not_found "insurance.no_such_year".
Result<PreventionYear> load_year(db::Tx& tx, const Desk& desk, auth::Right right, PreventionYearId id);
/// That of a county, asked for by somebody of any of its places. Nothing when there is none.
Result<std::optional<PreventionYear>> year_of_county(db::Tx& tx, AreaCode county, int year);

/// People came or went: the difference of the premium goes into the fund, or out of it. Errors: those of
/// begin_year; conflict "insurance.changed_meanwhile", "insurance.year_closed", "insurance.year_over" {date};
/// invalid "insurance.note_missing".
Result<void> change_heads(db::Tx& tx, const Desk& desk, PreventionYearId id, std::int64_t version,
                          std::int64_t heads, std::string_view note);

/// What the year stands at, as the ledger has it.
struct YearStanding {
    finance::FundYear fund;
    Money most_fee;  // that the contract allows
    std::int64_t paid_cases = 0, live_cases = 0;
};
Result<YearStanding> standing(db::Tx& tx, const Desk& desk, const PreventionYear& year);

/// After its last day: pays the insurer's fee, and writes down what is carried to the next year.
///
/// Errors: forbidden; conflict "insurance.year_closed", "insurance.changed_meanwhile", "insurance.year_runs"
/// {date}, "insurance.cases_open" {count}; invalid "insurance.out_of_range", "finance.fee_above_contract"
/// {most}; those of the ledger.
Result<void> close_year(db::Tx& tx, const Desk& desk, PreventionYearId id, std::int64_t version, Money fee);

}  // namespace ballast::insurance
