#include "demo/insurance.h"

#include "demo/insured_sheet.h"
#include "demo/snow.h"
#include "embedded/demo_photos.h"
#include "insurance/claim.h"
#include "insurance/subsidy.h"

namespace ballast::demo {
namespace {

using namespace insurance;
using auth::Right;
using HF = registry::HouseholdField;

constexpr std::string_view farmers_note = "演示数据";

class Year {
public:
    Year(const delivery::Context& context, const County& county, const Staff& staff, const Book& book,
         Instant now)
        : context_(context),
          county_(county),
          home_(county.households.front().village),
          book_(book),
          insurer_(staff.who(Right::insurance_write, home_)),
          village_(staff.who(Right::insurance_confirm, home_)),
          officer_(staff.who(Right::insurance_subsidy, county.area)),
          now_(now),
          // The last season of rice that is over.
          season_(civil_date(now) > *Date::from(civil_date(now).year(), 11, 1) ? civil_date(now).year()
                                                                               : civil_date(now).year() - 1) {
    }

    Result<void> live() {
        const auto list = TRY(write_list());
        TRY(context_.database.write([&](db::Tx& tx) -> Result<void> {
            TRY(open_books(tx, day(4, 10)));
            const auto policy = TRY(insure(tx, list));
            TRY(subsidise(tx, day(7, 2)));
            TRY(settle(tx, policy));
            return wait(tx, policy);
        }));
        return {};
    }

private:
    Date day(int month, int number) const { return *Date::from(season_, month, number); }
    Desk desk(const auth::Actor& who, Date on) const {
        const Instant at{now_.ms - (civil_date(now_) - on) * 86'400'000LL};
        return {context_.vault, context_.division, book_, who, on, at};
    }

    Result<std::string> write_list() const {
        return write_insured_sheet(context_, county_, home_, "水稻投保清单.xlsx", [](const auto& home) {
            return Decimal::from_parts(*home.values.whole(HF::land_arable), 2).plain();
        });
    }

    Result<void> open_books(db::Tx& tx, Date on) {
        const auto county = desk(officer_, on), early = desk(officer_, snow_begins(civil_date(now_)));
        company_ = TRY(add_insurer(tx, early, county_.area, "川粮农业保险支公司"));
        TRY(assign_operator(tx, early, company_, insurer_.account));
        const auto ledger = county.ledger(Right::ledger_post);
        const auto open = [&](finance::FundKind kind, const char* name,
                              Money held) -> Result<finance::FundId> {
            const auto id = TRY(finance::open_fund(tx, ledger, {{}, county_.area, kind, "", name, on}));
            TRY(finance::post(tx, ledger,
                              {on, finance::money_in(id, finance::Account::contribution, held), "",
                               std::string(farmers_note)},
                              ""));
            return id;
        };
        budget_ = TRY(open(finance::FundKind::subsidy, "农业保险保费补贴", Money::yuan(500'000)));
        const auto guarantee =
            TRY(open(finance::FundKind::guarantee, "防贫保障基金", Money::yuan(3'200'000)));
        TRY(finance::post(
            tx, desk(officer_, day(9, 1)).ledger(Right::ledger_post),
            {day(9, 1), finance::money_out(guarantee, finance::Account::payment, Money::yuan(268'000)), "",
             std::string(farmers_note)},
            ""));
        TRY(deposit(tx, desk(insurer_, on), Money::yuan(200'000), "总公司拨款", ""));
        return {};
    }

    Result<void> step(db::Tx& tx, const Desk& by, PolicyId id, PolicyAction action) const {
        const auto version = TRY(load_policy(tx, by, Right::insurance_read, id)).version;
        return take_step(tx, by, id, PolicyOrder{version, action, ""});
    }
    Result<void> step(db::Tx& tx, const Desk& by, ClaimId id, ClaimOrder order) const {
        order.version = TRY(load_claim(tx, by, Right::insurance_read, id)).version;
        return take_step(tx, by, id, order);
    }

    Result<PolicyId> insure(db::Tx& tx, const std::string& list) const {
        const auto by = desk(insurer_, day(4, 12));
        const auto id = TRY(
            draft_policy(tx, by, {"rice_full_cost", home_, Holder::village, "村民委员会", season_, {}, ""}));
        const auto taken = TRY(take_list(tx, by, id, 1, list, "水稻投保清单.xlsx"));
        if (!taken.accepted) return taken.findings.front().what;
        TRY(step(tx, by, id, PolicyAction::submit));
        const auto here = desk(village_, day(4, 14));
        for (const auto& row : TRY(insured_rows(tx, here, id, {true, 0, 200})))
            TRY(measure(tx, here, id, row.id, row.units));
        TRY(step(tx, here, id, PolicyAction::inspect));
        TRY(step(tx, here, id, PolicyAction::publicise));
        const auto later = desk(insurer_, day(4, 20));
        TRY(record_payments(tx, later, id, {.all = true}, later.today));
        TRY(step(tx, later, id, PolicyAction::collect));
        TRY(step(tx, later, id, PolicyAction::activate));
        return id;
    }

    Result<void> subsidise(db::Tx& tx, Date on) const {
        TRY(pay_subsidy(tx, desk(officer_, on), company_, budget_, std::to_string(season_) + "Q2"));
        return {};
    }

    Result<ClaimId> report(db::Tx& tx, PolicyId policy, const char* cause, Date occurred,
                           const char* found) const {
        return report_claim(tx, desk(village_, occurred.plus_days(1)),
                            {policy, cause, occurred, village_.name, "13800138000", "村东坝子", found, ""});
    }

    Result<void> settle(db::Tx& tx, PolicyId policy) const {
        const auto id = TRY(report(tx, policy, "drought", day(8, 4), "孕穗期缺水，穗而不实"));
        const auto by = desk(insurer_, day(8, 6));
        TRY(add_photo(tx, by, id, embedded::demo_photos().front().bytes));
        TRY(step(tx, by, id,
                 {.action = ClaimAction::survey, .surveyor = insurer_.name, .assistant = village_.name}));
        std::vector<Loss> sheet;
        for (const auto& row : TRY(insured_rows(tx, by, policy, {false, 0, 6}))) {
            Loss loss;
            loss.insured = row.id;
            loss.stage = "booting";
            loss.loss = Decimal::from_parts(32 + 7 * row.line, 2);
            loss.area = loss.planted = row.units;
            sheet.push_back(loss);
        }
        TRY(enter_losses(tx, by, id, TRY(load_claim(tx, by, Right::insurance_read, id)).version, sheet));
        TRY(step(tx, by, id, {.action = ClaimAction::estimate}));
        TRY(step(tx, desk(insurer_, day(10, 12)), id,
                 {.action = ClaimAction::assess, .harvest_on = day(10, 10)}));
        TRY(step(tx, desk(village_, day(10, 13)), id, {.action = ClaimAction::publicise}));
        TRY(step(tx, desk(village_, day(10, 18)), id, {.action = ClaimAction::agree}));
        const auto last = desk(insurer_, day(10, 20));
        TRY(step(tx, last, id, {.action = ClaimAction::pay}));
        return step(tx, last, id, {.action = ClaimAction::close});
    }

    /// What waits for whoever tries the program.
    Result<void> wait(db::Tx& tx, PolicyId policy) const {
        TRY(report(tx, policy, "wind", day(10, 25), "大风倒伏"));
        const Date today = civil_date(now_);
        TRY(draft_policy(tx, desk(insurer_, today),
                         {"pig", home_, Holder::cooperative, "养殖专业合作社", today.year(), {}, ""}));
        return {};
    }

    const delivery::Context& context_;
    const County& county_;
    AreaCode home_;
    const Book& book_;
    const auth::Actor &insurer_, &village_, &officer_;
    Instant now_;
    int season_;
    InsurerId company_;
    finance::FundId budget_;
};

}  // namespace

Result<void> write_insurance(const delivery::Context& context, const County& county, const Staff& staff,
                             Instant now) {
    const auto book = TRY(load_book(context.paths.root + "/packs"));
    TRY(Year(context, county, staff, book, now).live());
    return write_snow(context, county, staff, book, now);
}

}  // namespace ballast::demo
