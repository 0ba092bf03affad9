// The steps of a case: load, decide, store, record; the reckoning, the payment, the notice.
#include "insurance/prevention_case.h"

#include <fmt/format.h>

#include "base/masking.h"
#include "base/text.h"
#include "insurance/policy_store.h"
#include "insurance/prevention_store.h"
#include "words/words.h"

namespace ballast::insurance {
namespace {

using auth::Right;

struct Total {
    Money self_paid, excluded, compensated;
};
Result<Total> bills_of(db::Tx& tx, PreventionCaseId id) {
    Total out;
    TRY(tx.each_row(
        "SELECT amount, compensated, excluded FROM insurance_prevention_expense WHERE case_id = ?",
        std::vector<db::Value>{id}, [&](const db::Row& row) -> Result<void> {
            out.self_paid += row.money(0);
            // What is not covered at all is taken off whole, and its aid not once more.
            if (row.text(2).empty())
                out.compensated += row.money(1);
            else
                out.excluded += row.money(0);
            return {};
        }));
    return out;
}

struct Before {
    Money borne, paid;
};
/// Cases of the same household, cause and year that were paid.
Result<Before> paid_before(db::Tx& tx, const PreventionCase& of) {
    Before out;
    TRY(
        tx.each_row("SELECT borne, paid FROM insurance_prevention_case WHERE year_id = ? AND household_id = "
                    "? AND cause = ? AND "
                    "state = 'paid' AND id <> ?",
                    std::vector<db::Value>{of.year_id, of.household, of.cause, of.id},
                    [&](const db::Row& row) -> Result<void> {
                        out.borne += row.money(0);
                        out.paid += row.money(1);
                        return {};
                    }));
    return out;
}

Result<Reckoning> reckoned(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto* cause = TRY(scheme_of(desk, of.product))->cause(of.cause, of.group);
    if (!cause) return invalid("insurance.no_such_cause").with("name", of.cause);
    const auto bills = TRY(bills_of(tx, of.id));
    const auto before = TRY(paid_before(tx, of));
    return reckon(cause->terms, {.self_paid = bills.self_paid,
                                 .compensated = bills.compensated,
                                 .excluded = bills.excluded,
                                 .borne_before = before.borne,
                                 .paid_this_year = before.paid});
}

Result<void> assess(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto result = TRY(reckoned(tx, desk, of));
    const auto* product = TRY(desk.book.product(of.product));
    const auto sealed_steps = desk.vault.seal("insurance_prevention_case.reckoning",
                                              written(result, desk.book.pack.hash, product->cover_authority));
    TRY(tx.exec("UPDATE insurance_prevention_case SET borne = ?, payable = ?, reckoning = ? WHERE id = ?",
                result.borne - result.loss.borne_before, result.payable, blob(sealed_steps), of.id));
    return {};
}

Result<void> survey(db::Tx& tx, const Desk& desk, const PreventionCase& of, const PreventionOrder& order) {
    auto facts = TRY(facts_of(tx, desk, of.id));
    facts.surveyor = text::trimmed(order.surveyor);
    facts.assistant = text::trimmed(order.assistant);
    facts.found = TRY(needed_text("found", order.found));
    TRY(keep_facts(tx, desk, of.id, facts));
    TRY(tx.exec("UPDATE insurance_prevention_case SET income_per_head = ? WHERE id = ?",
                *order.income_per_head, of.id));
    return {};
}

/// Another case of the household may have been paid since this one was computed.
Result<void> pay(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto fresh = TRY(reckoned(tx, desk, of));
    if (fresh.payable != of.payable) return conflict("insurance.reckon_again");
    const auto year = TRY(load_year(tx, desk, Right::insurance_subsidy, of.year_id));
    const auto journal =
        TRY(finance::post(tx, desk.ledger(Right::insurance_subsidy),
                          {desk.today, finance::money_out(year.fund, finance::Account::payment, of.payable),
                           fmt::format("prevention:{}", of.id.number()), ""},
                          ""));
    TRY(tx.exec(
        "UPDATE insurance_prevention_case SET paid = payable, paid_on = ?, journal_id = ? WHERE id = ?",
        desk.today, journal, of.id));
    return {};
}

Result<void> recover(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto year = TRY(load_year(tx, desk, Right::insurance_subsidy, of.year_id));
    TRY(finance::post(tx, desk.ledger(Right::insurance_subsidy),
                      {desk.today, finance::money_in(year.fund, finance::Account::recovery, of.paid),
                       fmt::format("prevention:{}", of.id.number()), ""},
                      ""));
    TRY(tx.exec("UPDATE insurance_prevention_case SET paid = 0 WHERE id = ?", of.id));
    return {};
}

Result<void> carry_out(db::Tx& tx, const Desk& desk, const PreventionCase& of, const PreventionOrder& order) {
    switch (order.action) {
        case PreventionAction::survey:
            return survey(tx, desk, of, order);
        case PreventionAction::assess:
            return assess(tx, desk, of);
        case PreventionAction::publicise:
            TRY(tx.exec("UPDATE insurance_prevention_case SET posted_on = ? WHERE id = ?", desk.today,
                        of.id));
            return {};
        case PreventionAction::pay:
            return pay(tx, desk, of);
        case PreventionAction::recover:
            return recover(tx, desk, of);
        case PreventionAction::object:
        case PreventionAction::approve:
        case PreventionAction::send_back:
        case PreventionAction::reject:
        case PreventionAction::reopen:
            return {};
    }
    return {};
}

}  // namespace

Result<void> take_step(db::Tx& tx, const Desk& desk, PreventionCaseId id, const PreventionOrder& order) {
    const auto before = TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    auto moment = TRY(moment_of(tx, desk, before));
    moment.note = order.note;
    moment.surveyor = order.surveyor;
    moment.assistant = order.assistant;
    if (order.action == PreventionAction::survey) moment.income_per_head = order.income_per_head;
    const auto* row = TRY(decide(moment, order.action));
    TRY(auth::require(desk.actor, row->who));
    TRY(load_prevention_case(tx, desk, row->who, id));  // within the areas of that right
    TRY(advance(tx, before, order.version, row->to, desk.today));
    TRY(carry_out(tx, desk, before, order));
    return keep_prevention_step(tx, desk, before, name_of(order.action), row->to, order.note);
}

Result<NextPreventionSteps> next_steps(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    const auto moment = TRY(moment_of(tx, desk, of));
    NextPreventionSteps out{{}, awaited(moment, desk.actor), moment.income_limit, {}};
    if (of.posted_on) out.publicity_until = of.posted_on->plus_days(moment.publicity_days);
    for (auto& step : possible(moment, desk.actor))
        if (desk.actor.scope(step.row->who).contains(of.area)) out.steps.push_back(std::move(step));
    return out;
}

namespace {
/// As people call it: without the name of its committee.
std::string place_of(const areas::Division& division, AreaCode area) {
    const auto found = division.find(area);
    return division.full_name(area.parent()) + (found ? areas::everyday_name(found->name) : area.digits());
}
}  // namespace

Result<std::string> notice_of(db::Tx& tx, const Desk& desk, const PreventionCase& of) {
    if (!of.posted_on) return std::string();
    const auto days = TRY(desk.book.days("prevention_publicity_days", *of.posted_on, of.area));
    const auto known = TRY(shown(tx, desk.actor.scope(Right::insurance_read), {of.household}));
    const auto at = known.find(of.household);
    if (at == known.end()) return std::string();
    return words::say("insurance.prevention_notice", words::Language::zh,
                      {{"village", place_of(desk.division, of.area)},
                       {"group", at->second.group},
                       {"head", masked_name(at->second.head)},
                       {"members", std::to_string(at->second.members)},
                       {"amount", of.payable.formatted()},
                       {"from", of.posted_on->iso()},
                       {"to", of.posted_on->plus_days(days).iso()},
                       {"hotline", TRY(scheme_of(desk, of.product))->hotline}});
}

}  // namespace ballast::insurance
