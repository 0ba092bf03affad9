#include "demo/loans.h"

#include <algorithm>
#include <map>
#include <set>

#include "audit/users.h"
#include "casework/case_file.h"
#include "finance/loan_money.h"
#include "finance/order_contract.h"
#include "registry/household_file.h"

namespace ballast::demo {
namespace {

using namespace finance;
using auth::Right;
using PF = registry::PersonField;

/// Somebody who may borrow, with what a bank sees at its counter.
struct Applicant {
    registry::PersonId person;
    std::string name;
    AreaCode village;
    bool ex_poor = false;  // the microloan is for such households alone
    std::string id_number, account;
    bool open_case = false;
    bool taken = false;
};

/// An invented account with a check digit that holds (ISO/IEC 7812).
std::string account_number(std::size_t n) {
    std::string digits = "62179900" + std::to_string(10'000'000 + 7'919 * n);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 0) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// What is lent, and how.
struct Plan {
    const char* scheme;
    Money amount;
    int months;
    Repayment repayment;
    int months_between;
    const char* what;
    int jobs;
};

class Lending {
public:
    Lending(const delivery::Context& context, const County& county, const Staff& staff, const LoanBook& book,
            Instant now)
        : context_(context),
          county_(county),
          home_(county.households.front().village),
          book_(book),
          staff_(staff),
          officer_(staff.who(Right::loans_decide, county.area)),
          clerk_(staff.who(Right::loans_write, home_)),
          now_(now),
          today_(civil_date(now)) {}

    Result<void> live() {
        TRY(engage_second_clerk());
        return context_.database.write([&](db::Tx& tx) -> Result<void> {
            TRY(find_applicants(tx));
            TRY(open_books(tx, today_.plus_months(-20)));
            TRY(at_risk(tx));
            TRY(settled(tx));
            TRY(compensated(tx));
            TRY(running(tx));
            TRY(overdue(tx));
            TRY(waiting(tx));
            return growing(tx);
        });
    }

private:
    LoanDesk desk(const auth::Actor& who, Date on) const {
        const Instant at{now_.ms - (today_ - on) * 86'400'000LL};
        return {context_.vault, context_.division, book_, who, on, at};
    }

    /// Who decides does not pay out.
    Result<void> engage_second_clerk() {
        auth::User user;
        user.account = clerk_.account + "2";
        user.name = "阿侯伍支";
        user.grants = clerk_.grants;
        user.must_change = false;
        user.id = TRY(context_.database.write([&](db::Tx& tx) {
            return audit::add_user(tx, context_.vault, auth::system_actor("demo"), user, "ballast-demo", now_);
        }));
        second_ = {user.id, user.account, user.name, user.grants};
        return {};
    }

    /// The heads of households, those of the first village first.
    Result<void> find_applicants(db::Tx& tx) {
        std::map<std::string, const registry::Household*> invented;
        for (const auto& home : county_.households) invented[home.household_no] = &home;
        const auto scope = officer_.scope(Right::registry_read);
        auto hits = TRY(registry::list_households(tx, scope, {county_.area, "", {}, 0, 400})).items;
        std::set<registry::HouseholdId> open;
        for (const auto& one :
             TRY(casework::cases(tx, officer_, {.area = county_.area, .live = true, .limit = 400}, nullptr)))
            open.insert(one.household);
        std::ranges::stable_partition(hits, [&](const auto& hit) { return hit.village == home_; });
        for (const auto& hit : hits) {
            if (people_.size() == most_applicants) break;
            const auto page = TRY(registry::household(tx, context_.vault, scope, hit.household, today_));
            const auto known = invented.find(hit.household_no);
            const auto* head = page.household.head();
            const auto* before = known == invented.end() ? nullptr : known->second->head();
            if (!head || !before) continue;
            const auto id = CitizenId::parse(before->values[PF::id_number], today_);
            if (!id || id->id.birth_date().plus_months(12 * 22) > today_) continue;
            const bool ex_poor = hit.household_kind == "02" || hit.household_kind == "03";
            people_.push_back({head->id, head->values[PF::name], hit.village, ex_poor, id->id.reveal(), account_number(people_.size()),
                               open.contains(hit.household)});
        }
        return {};
    }
    static constexpr std::size_t most_applicants = 200;

    Result<void> open_books(db::Tx& tx, Date on) {
        const auto by = desk(officer_, on);
        bank_ = TRY(add_bank(tx, by, county_.area, "农村商业银行"));
        TRY(assign_clerk(tx, by, bank_, clerk_.account));
        TRY(assign_clerk(tx, by, bank_, second_.account));
        const auto ledger = by.ledger(Right::ledger_post);
        const auto fund = TRY(open_fund(
            tx, ledger, {{}, county_.area, FundKind::risk_sharing, "", "政银保风险共担基金", on}));
        TRY(post(tx, ledger, {on, money_in(fund, Account::contribution, Money::yuan(600'000)), "", "演示数据"}, ""));
        for (int year = on.year(); year <= today_.year(); ++year)
            TRY(set_cover(tx, by, county_.area, "bank_insurance", year, Money::yuan(36'000)));
        return {};
    }

    Result<void> step(db::Tx& tx, const auth::Actor& who, LoanId id, Date on, LoanOrder order) const {
        order.on = on;
        order.version = TRY(load_loan(tx, desk(officer_, on), Right::loans_read, id)).version;
        return take_step(tx, desk(who, on), id, order);
    }
    const auth::Actor& village() const { return staff_.who(Right::loans_recommend, who_->village); }
    /// Of the next applicant whom the scheme is for; nobody when there is none.
    Result<std::optional<LoanId>> applied(db::Tx& tx, const Plan& plan, Date on) {
        const bool ex_poor = !TRY(book_.scheme(plan.scheme))->households.empty();
        const auto next = std::ranges::find_if(
            people_, [&](const Applicant& one) { return !one.taken && (one.ex_poor || !ex_poor); });
        if (next == people_.end()) return std::optional<LoanId>();
        next->taken = true;
        who_ = &*next;
        const auto id = TRY(apply(tx, desk(village(), on),
                                  {who_->person, bank_, plan.scheme, plan.amount, plan.months,
                                   LoanUse::production, plan.what, plan.jobs, ""}));
        return std::optional(id);
    }
    Result<std::optional<LoanId>> recommended(db::Tx& tx, const Plan& plan, Date on) {
        const auto id = TRY(applied(tx, plan, on));
        if (!id) return id;
        TRY(step(tx, village(), *id, on.plus_days(2),
                 {.action = LoanAction::check_village, .note = "评议小组三人评议", .credit = "good"}));
        TRY(step(tx, staff_.who(Right::cases_township, who_->village), *id, on.plus_days(4),
                 {.action = LoanAction::recommend}));
        return id;
    }
    Result<std::optional<LoanId>> paid_out(db::Tx& tx, const Plan& plan, Date disbursed) {
        const auto id = TRY(recommended(tx, plan, disbursed.plus_days(-10)));
        if (!id) return id;
        const auto* scheme = TRY(book_.scheme(plan.scheme));
        const auto offer = TRY(book_.offer(*scheme, disbursed, home_));
        TRY(step(tx, clerk_, *id, disbursed.plus_days(-3),
                 {.action = LoanAction::approve,
                  .amount = plan.amount,
                  .months = plan.months,
                  .rate = plan.months <= 12 ? offer.most_rate_to_a_year : offer.most_rate_above_a_year,
                  .repayment = plan.repayment,
                  .months_between = plan.months_between}));
        TRY(step(tx, second_, *id, disbursed,
                 {.action = LoanAction::disburse,
                  .contract_number = "NSH-" + disbursed.iso(),
                  .id_number = who_->id_number,
                  .account = who_->account}));
        return id;
    }
    Result<void> paid_back(db::Tx& tx, LoanId id, Date on, Money amount) const {
        const auto version = TRY(load_loan(tx, desk(officer_, on), Right::loans_read, id)).version;
        return repay(tx, desk(clerk_, on), id, {version, on, amount, ""});
    }
    /// The first `instalments` of its schedule, each on its day.
    Result<void> paid_on_time(db::Tx& tx, LoanId id, std::size_t instalments) const {
        const auto loan = TRY(load_loan(tx, desk(officer_, today_), Right::loans_read, id));
        const auto rows = TRY(due_rows(*loan.contract));
        for (std::size_t i = 0; i < std::min(instalments, rows.size()); ++i)
            if (rows[i].due <= today_ && rows[i].amount() > Money())
                TRY(paid_back(tx, id, rows[i].due, rows[i].amount()));
        return {};
    }

    /// Matures within the month, and its household has an open case: whoever answers for it has to ask.
    Result<void> at_risk(db::Tx& tx) {
        const auto in_need = std::ranges::find_if(people_, &Applicant::open_case);
        if (in_need == people_.end()) return {};
        std::ranges::rotate(people_.begin(), in_need, std::next(in_need));
        const auto id = TRY(paid_out(tx, {"startup_support", Money::yuan(80'000), 12, Repayment::interest_only, 3,
                                          "农家小院", 1},
                                     today_.plus_days(12).plus_months(-12)));
        return id ? paid_on_time(tx, *id, 3) : Result<void>();
    }

    Result<void> settled(db::Tx& tx) {
        const auto id = TRY(paid_out(tx, {"microloan", Money::yuan(50'000), 12, Repayment::at_maturity, 1,
                                          "购买能繁母猪五头", 0},
                                     today_.plus_months(-14)));
        if (!id) return {};
        TRY(paid_back(tx, *id, today_.plus_months(-14).plus_months(12), Money::yuan(50'000)));
        return {};
    }

    Result<void> compensated(db::Tx& tx) {
        const Date begin = today_.plus_months(-16);
        const auto id = TRY(paid_out(tx, {"bank_insurance", Money::yuan(65'000), 12, Repayment::equal_principal,
                                          3, "两座蔬菜大棚", 1},
                                     begin));
        if (!id) return {};
        TRY(paid_on_time(tx, *id, 1));
        const Date due = begin.plus_months(6);
        TRY(step(tx, clerk_, *id, due.plus_days(8), {.action = LoanAction::miss}));
        TRY(step(tx, clerk_, *id, due.plus_days(70), {.action = LoanAction::ask_claim, .note = "催收三次未还"}));
        TRY(step(tx, officer_, *id, due.plus_days(75), {.action = LoanAction::claim}));
        const Date on = due.plus_days(120);
        const auto version = TRY(load_loan(tx, desk(officer_, on), Right::loans_read, *id)).version;
        return recover(tx, desk(officer_, on), *id, {version, on, Money::yuan(10'000), ""});
    }

    /// One matures within the month, one has its subsidy shared between borrower and government.
    Result<void> running(db::Tx& tx) {
        TRY(paid_out(tx, {"microloan", Money::yuan(30'000), 12, Repayment::at_maturity, 1, "种植花椒二十亩", 0},
                     today_.plus_days(20).plus_months(-12)));
        const auto shop = TRY(paid_out(tx, {"startup", Money::yuan(150'000), 36, Repayment::equal_instalment, 3,
                                            "彝绣加工坊", 4},
                                       today_.plus_months(-8)));
        if (shop) TRY(paid_on_time(tx, *shop, 2));
        TRY(paid_out(tx, {"microloan", Money::yuan(50'000), 24, Repayment::at_maturity, 1, "购买肉牛三头", 0},
                     today_.plus_months(-5)));
        return {};
    }

    Result<void> overdue(db::Tx& tx) {
        const Date begin = today_.plus_days(-41).plus_months(-12);
        const auto id = TRY(paid_out(tx, {"microloan", Money::yuan(2'000), 12, Repayment::at_maturity, 1,
                                          "购买鸡苗一百只", 0},
                                     begin));
        if (!id) return {};
        return step(tx, clerk_, *id, today_.plus_days(-35), {.action = LoanAction::miss});
    }

    /// What waits for whoever tries the program.
    Result<void> waiting(db::Tx& tx) {
        TRY(recommended(tx, {"startup_support", Money::yuan(100'000), 24, Repayment::interest_only, 3,
                             "乡村客栈", 2},
                        today_.plus_days(-12)));
        TRY(applied(tx, {"microloan", Money::yuan(20'000), 12, Repayment::at_maturity, 1, "购买农用三轮车", 0},
                    today_.plus_days(-3)));
        return {};
    }

    /// Order farming: one contract of the year's paid, one waiting to be settled, one of whose crop nothing came in yet.
    Result<void> growing(db::Tx& tx) {
        const Date signed_on = today_.plus_months(-7), harvest = today_.plus_days(-21);
        const auto company = TRY(add_buyer(tx, desk(officer_, signed_on), county_.area, "昭觉县粮油集团"));
        int n = 0;
        for (const auto& grower : people_) {
            if (grower.village != home_ || n == 3) continue;
            who_ = &grower;
            const auto& entered = village();
            const auto slip = [&](const char* kind) { return kind + std::to_string(signed_on.year()) + std::to_string(100 + n); };
            const auto id = TRY(sign_order(tx, desk(entered, signed_on),
                                           {.person = grower.person,
                                            .buyer = company,
                                            .crop = "青贮玉米",
                                            .year = signed_on.year(),
                                            .mu = Decimal(6 + 2 * n),
                                            .kg = Decimal(3'000 * (n + 6)),
                                            .pricing = OrderPricing::floor,
                                            .price = Decimal::from_parts(48, 2),
                                            .first_day = harvest.plus_days(-20),
                                            .last_day = today_.plus_days(20),
                                            .signed_on = signed_on,
                                            .account = grower.account,
                                            .account_name = grower.name,
                                            .loan = {},
                                            .key = ""}));
            TRY(add_order_line(tx, desk(entered, signed_on.plus_days(6)), id,
                               {OrderLineKind::input, signed_on.plus_days(6), "玉米种", Decimal(12 + 4 * n), "公斤",
                                Decimal::from_parts(285, 1), {}, slip("FZ"), ""}));
            TRY(add_order_line(tx, desk(entered, signed_on.plus_days(6)), id,
                               {OrderLineKind::input, signed_on.plus_days(6), "复合肥", Decimal(9 + 3 * n), "袋",
                                Decimal(168), {}, slip("FH"), ""}));
            if (n < 2)
                TRY(add_order_line(tx, desk(entered, harvest), id,
                                   {OrderLineKind::grain, harvest, "一级", Decimal(17'640 + 2'310 * n), "",
                                    Decimal::from_parts(46 + 5 * n, 2), Decimal::from_parts(35, 3), slip("GB"), ""}));
            if (n == 0) {
                const auto& township = staff_.who(Right::cases_township, home_);
                for (const auto action : {OrderAction::settle, OrderAction::pay}) {
                    const auto version = TRY(load_order(tx, desk(officer_, today_), Right::loans_read, id)).version;
                    const Date on = harvest.plus_days(action == OrderAction::pay ? 6 : 2);
                    TRY(take_order_step(tx, desk(township, on), id, {version, action, on, {}, ""}));
                }
            }
            ++n;
        }
        return {};
    }

    const delivery::Context& context_;
    const County& county_;
    AreaCode home_;
    const LoanBook& book_;
    const Staff& staff_;
    const auth::Actor &officer_, &clerk_;
    auth::Actor second_;
    Instant now_;
    Date today_;
    BankId bank_;
    std::vector<Applicant> people_;
    const Applicant* who_ = nullptr;  // of the loan that is being made
};

}  // namespace

Result<void> write_loans(const delivery::Context& context, const County& county, const Staff& staff, Instant now) {
    const auto book = TRY(load_loan_book(context.paths.root + "/packs"));
    return Lending(context, county, staff, book, now).live();
}

}  // namespace ballast::demo
