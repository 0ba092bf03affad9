#include "demo/prevention.h"

#include <algorithm>

#include "demo/insured_sheet.h"
#include "embedded/demo_photos.h"
#include "insurance/prevention_case.h"
#include "registry/household_file.h"

namespace ballast::demo {
namespace {

using namespace insurance;
using auth::Right;
using Action = PreventionAction;
using PF = registry::PersonField;

/// What befell a household, and how far its case has come.
struct Tale {
    const char* cause;
    const char* told;
    const char* what;
    const char* payee;
    std::int64_t bill_fen, aid_fen;
    std::vector<Action> steps;
};

const std::vector<Tale>& tales() {
    static const std::vector<Tale> all{
        {"medical",
         "家中主要劳力手术住院，自付八万多元",
         "住院手术",
         "州人民医院",
         16'543'210,
         7'777'778,
         {Action::survey, Action::assess, Action::publicise, Action::approve, Action::pay}},
        {"disaster",
         "暴雨冲毁畜圈和房屋一侧",
         "房屋修复材料",
         "县建材市场",
         2'860'000,
         500'000,
         {Action::survey, Action::assess, Action::publicise}},
        {"schooling",
         "两个孩子上大专",
         "学费住宿费",
         "州职业技术学院",
         1'520'000,
         0,
         {Action::survey, Action::assess}},
        {"medical",
         "慢性病长期门诊",
         "门诊购药",
         "县人民医院",
         1'180'000,
         300'000,
         {Action::survey, Action::assess, Action::reject}},
        {"medical", "交通事故后住院治疗", "住院", "县人民医院", 6'320'000, 2'100'000, {}},
    };
    return all;
}

class Cover {
public:
    Cover(const delivery::Context& context, const County& county, const Staff& staff, const Book& book,
          Instant now)
        : context_(context),
          county_(county),
          staff_(staff),
          book_(book),
          home_(county.households.front().village),
          now_(now),
          today_(civil_date(now)),
          begun_(std::max(*Date::from(today_.year(), 1, 1), today_.plus_days(-40))) {}

    Result<void> live(db::Tx& tx) {
        const auto officer = desk(Right::insurance_subsidy, begun_);
        const auto all = TRY(insurers(tx, officer));
        TRY(begin_year(tx, officer, {all.front().id, today_.year(), 6'000}));
        std::size_t next = 0;
        for (const auto& home : county_.households) {
            if (next == tales().size()) break;
            if (home.village != home_ || !home.head() || !home.head()->values.has(PF::id_number)) continue;
            TRY(tell(tx, home, tales().at(next)));
            ++next;
        }
        return {};
    }

private:
    Desk desk(Right right, Date on) const {
        const Instant at{now_.ms - (today_ - on) * 86'400'000LL};
        return {context_.vault, context_.division, book_, staff_.who(right, home_), on, at};
    }
    /// The day of a step, which may not lie in the future: then it waits.
    Date day_of(Action action) const {
        switch (action) {
            case Action::publicise:
                return begun_.plus_days(5);
            case Action::approve:
            case Action::pay:
                return begun_.plus_days(12);
            default:
                return begun_.plus_days(3);
        }
    }
    Right who_does(Action action) const {
        for (const auto& row : prevention_procedure())
            if (row.action == action) return row.who;
        return Right::insurance_write;
    }

    Result<void> tell(db::Tx& tx, const registry::Household& home, const Tale& tale) const {
        const Date first = begun_.plus_days(1);
        if (first > today_) return {};
        const auto village = desk(Right::insurance_confirm, first);
        const auto household = TRY(registry::household_numbered(
            tx, village.actor.scope(Right::insurance_confirm), county_.area, home.household_no));
        const auto id = TRY(propose(tx, village,
                                    {.household = household,
                                     .cause = tale.cause,
                                     .source_id = {},
                                     .happened_on = begun_,
                                     .told = tale.told,
                                     .key = ""}));
        if (tale.steps.empty()) return {};
        const auto insurer = desk(Right::insurance_write, first);
        const auto& head = home.head()->values[PF::name];
        TRY(enter_expenses(tx, insurer, id, version(tx, id),
                           {{first, Money::fen(tale.bill_fen), Money::fen(tale.aid_fen), "", head, tale.what,
                             tale.payee, "P" + std::to_string(id.number()) + "001"}}));
        TRY(add_proof(tx, insurer, id, embedded::demo_photos().front().bytes));
        TRY(set_account(tx, insurer, id, version(tx, id), head, "农村信用社", account_of(home)));
        for (const auto action : tale.steps) {
            const auto by = desk(who_does(action), day_of(action));
            if (by.today > today_) break;
            TRY(take_step(tx, by, id,
                          {.version = version(tx, id),
                           .action = action,
                           .note = "自付未超过预警线",
                           .surveyor = desk(Right::insurance_write, first).actor.name,
                           .assistant = village.actor.name,
                           .found = "票据属实，收入主要靠务农",
                           .income_per_head = Money::yuan(5'400)}));
        }
        return {};
    }

    std::int64_t version(db::Tx& tx, PreventionCaseId id) const {
        const auto one =
            load_prevention_case(tx, desk(Right::insurance_subsidy, today_), Right::insurance_read, id);
        INVARIANT(one.has_value());
        return one->version;
    }

    const delivery::Context& context_;
    const County& county_;
    const Staff& staff_;
    const Book& book_;
    AreaCode home_;
    Instant now_;
    Date today_, begun_;
};

}  // namespace

Result<void> write_prevention(const delivery::Context& context, const County& county, const Staff& staff,
                              Instant now) {
    const auto book = TRY(load_book(context.paths.root + "/packs"));
    Cover cover(context, county, staff, book, now);
    return context.database.write([&](db::Tx& tx) { return cover.live(tx); });
}

}  // namespace ballast::demo
