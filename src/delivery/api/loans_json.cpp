#include "api/loans_json.h"

#include <algorithm>

#include "words/words.h"

namespace ballast::api {

using namespace finance;

std::string title_of(const Call& call, const LoanBook& book, const std::string& scheme) {
    const auto found = book.scheme(scheme);
    if (!found) return scheme;  // a scheme of a pack that has been replaced
    return call.language() == words::Language::zh ? (*found)->title.zh : (*found)->title.en;
}

namespace {

Json borne_json(const Borne& borne) {
    return {{"insurer_fen", borne.insurer.fen()}, {"fund_fen", borne.fund.fen()}, {"bank_fen", borne.bank.fen()}};
}

Json steps_json(const Call& call, const std::vector<PossibleLoanStep>& steps) {
    Json out = Json::array();
    for (const auto& step : steps) {
        Json missing = Json::array();
        for (const auto& error : step.missing) missing.push_back(words::say(error, call.language()));
        Json one = coded_loan(call, "loan_action", name_of(step.row->action));
        one["missing"] = missing;
        out.push_back(one);
    }
    return out;
}

Json awaited_json(const Call& call, const std::vector<const LoanStep*>& steps) {
    Json out = Json::array();
    for (const auto* step : steps) {
        Json one = coded_loan(call, "loan_action", name_of(step->action));
        one["missing"] = Json::array();
        one["by"] = call.say("finance.by." + std::string(auth::name_of(*step->who)));
        out.push_back(one);
    }
    return out;
}

Json history_json(const Call& call, const std::vector<LoanStepLine>& lines) {
    Json out = Json::array();
    for (const auto& line : lines)
        out.push_back({{"version", line.version},
                       {"action", line.action},
                       {"label", call.say("finance.loan_action." + line.action)},
                       {"to", coded_loan(call, "loan_state", line.to)},
                       {"on", line.on.iso()},
                       {"by", line.name},
                       {"note", line.note}});
    return out;
}

/// Of the last that counts, for whoever may enter such money: what stands against taking it back, if anything.
Result<Json> take_back_json(const Call& call, db::Tx& tx, const LoanDesk& desk, const LoanFile& loan,
                            const std::vector<MoneyLine>& lines, const MoneyLine& line) {
    const auto right = line.recovery ? Right::loans_decide : Right::loans_write;
    const auto last = std::ranges::find_if(lines.rbegin(), lines.rend(),
                                           [](const MoneyLine& one) { return !one.back; });
    if (last == lines.rend() || last->id != line.id || !call.actor().scope(right).contains(loan.area))
        return Json(nullptr);
    const auto against = TRY(against_taking_back(tx, desk, loan, lines, line));
    return Json{{"against", against ? Json(words::say(*against, call.language())) : Json(nullptr)}};
}

Result<Json> money_json(const Call& call, db::Tx& tx, const LoanDesk& desk, const LoanFile& loan) {
    Json out = Json::array();
    const auto lines = TRY(loan_money(tx, desk, loan));
    for (const auto& line : lines)
        out.push_back({{"id", std::to_string(line.id)},
                       {"take_back", TRY(take_back_json(call, tx, desk, loan, lines, line))},
                       {"taken_back", line.back ? Json{{"on", line.back->on.iso()},
                                                       {"by", line.back->name},
                                                       {"note", line.back->note}}
                                                : Json(nullptr)},
                       {"recovery", line.recovery},
                       {"on", line.on.iso()},
                       {"amount_fen", line.amount.fen()},
                       {"principal_fen", line.taken.principal.fen()},
                       {"interest_fen", line.taken.interest.fen()},
                       {"shared", borne_json(line.borne)},
                       {"journal", line.journal ? Json(text(*line.journal)) : Json(nullptr)}});
    return out;
}

Result<Json> schedule_json(const LoanFile& loan) {
    Json out = Json::array();
    if (!loan.contract) return out;
    for (const auto& row : TRY(due_rows(*loan.contract)))
        out.push_back({{"due", row.due.iso()},
                       {"days", row.days},
                       {"principal_fen", row.principal.fen()},
                       {"borrower_interest_fen", row.interest.borrower.fen()},
                       {"fiscal_interest_fen", row.interest.fiscal.fen()},
                       {"amount_fen", row.amount().fen()},
                       {"outstanding_fen", row.outstanding.fen()}});
    return out;
}

Result<Json> standing_json(db::Tx& tx, const LoanDesk& desk, const LoanFile& loan) {
    const Date today = desk.today;
    if (!loan.contract || today < loan.contract->loan.disbursed) return Json(nullptr);
    std::vector<Payment> payments;
    for (const auto& line : TRY(loan_money(tx, desk, loan)))
        if (!line.recovery && !line.back) payments.push_back({line.on, line.amount});
    const auto now =
        TRY(standing(*loan.contract, payments, loan.claimed_on ? std::min(*loan.claimed_on, today) : today));
    return Json{{"outstanding_fen", now.outstanding.fen()},
                {"interest_fen", now.interest.fen()},
                {"payoff_fen", now.payoff().fen()},
                {"due_fen", now.due.fen()},
                {"fiscal_fen", now.fiscal.fen()},
                {"principal_paid_fen", now.principal_paid.fen()},
                {"interest_paid_fen", now.interest_paid.fen()}};
}

}  // namespace

Result<LoanBook> loan_book_of(const Call& call) { return load_loan_book(call.context().paths.root + "/packs"); }

LoanDesk loan_desk_of(const Call& call, const LoanBook& book) {
    return {call.vault(), call.division(), book, call.actor(), call.today(), call.now()};
}

Json coded_loan(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("finance." + std::string(kind) + "." + std::string(code))}};
}

Json bank_json(const Call& call, const Bank& bank) {
    return {{"id", text(bank.id)}, {"name", bank.name}, {"area", area_json(call, bank.area)}};
}

Result<Json> scheme_json(const Call& call, const LoanBook& book, const Scheme& scheme, AreaCode area) {
    const auto* terms = TRY(scheme.on(call.today(), area));
    const auto offer = TRY(book.offer(scheme, call.today(), area));
    Json repayments = Json::array();
    for (const auto one : scheme.repayments) repayments.push_back(coded_loan(call, "repayment", name_of(one)));
    return Json{{"name", scheme.name},
                {"title", title_of(call, book, scheme.name)},
                {"document", scheme.document},
                {"most_fen", offer.most.fen()},
                {"most_months", offer.most_months},
                {"most_times", offer.most_times ? Json(*offer.most_times) : Json(nullptr)},
                {"most_rate_to_a_year", offer.most_rate_to_a_year.plain()},
                {"most_rate_above_a_year", offer.most_rate_above_a_year.plain()},
                {"subsidised_months", terms->subsidised_months},
                {"own_production_only", scheme.own_production_only},
                {"repayments", repayments},
                {"shares",
                 {{"insurer", terms->shares.insurer.plain()},
                  {"fund", terms->shares.fund.plain()},
                  {"bank", terms->shares.bank.plain()}}},
                {"authority", terms->authority},
                {"assumed", terms->assumed()}};
}

Json loan_json(const Call& call, const LoanBook& book, const LoanFile& loan) {
    Json decision;
    if (loan.decision)
        decision = {{"rate", loan.decision->terms.rate.plain()},
                    {"borrower_rate", loan.decision->borrower_rate.plain()},
                    {"basis", static_cast<int>(loan.decision->terms.basis)},
                    {"repayment", coded_loan(call, "repayment", name_of(loan.decision->repayment))},
                    {"months_between", loan.decision->months_between},
                    {"subsidised_months", loan.decision->subsidised_months}};
    return {{"id", text(loan.id)},
            {"version", loan.version},
            {"scheme", {{"code", loan.scheme}, {"label", title_of(call, book, loan.scheme)}}},
            {"bank", bank_json(call, loan.bank)},
            {"area", area_json(call, loan.area)},
            {"household", text(loan.household)},
            {"name", loan.name},
            {"id_masked", loan.id_masked},
            {"account_masked", loan.account_masked},
            {"what", loan.what},
            {"use", coded_loan(call, "loan_use", name_of(loan.use))},
            {"jobs", loan.jobs},
            {"applied_on", loan.applied_on.iso()},
            {"credit", loan.credit.empty() ? Json(nullptr) : coded_loan(call, "credit", loan.credit)},
            {"amount_fen", loan.amount.fen()},
            {"months", loan.months},
            {"decision", decision},
            {"contract_number", loan.contract_number},
            {"disbursed_on", loan.contract ? Json(loan.contract->loan.disbursed.iso()) : Json(nullptr)},
            {"maturity", loan.contract ? Json(loan.contract->maturity().iso()) : Json(nullptr)},
            {"extended", loan.course.was_extended},
            {"state", coded_loan(call, "loan_state", name_of(loan.course.state))},
            {"entered_on", loan.course.entered.iso()},
            {"outstanding_fen", loan.outstanding.fen()},
            {"next_due", maybe_day(loan.next_due)},
            {"days_overdue", loan.days_overdue(call.today())},
            {"matures_in", loan.matures_in ? Json(*loan.matures_in) : Json(nullptr)}};
}

Result<Json> loan_page(Call& call, db::Tx& tx, const LoanDesk& desk, LoanId id) {
    const auto loan = TRY(load_loan(tx, desk, Right::loans_read, id));
    Json out = loan_json(call, desk.book, loan);
    out["claim_asked"] = loan.claim_asked;
    out["claimed_on"] = maybe_day(loan.claimed_on);
    out["loss_fen"] = loan.loss.fen();
    out["borne"] = borne_json(loan.borne);
    out["recovered_fen"] = loan.recovered.fen();
    out["fiscal_paid_fen"] = loan.fiscal_paid.fen();
    out["standing"] = TRY(standing_json(tx, desk, loan));
    out["schedule"] = TRY(schedule_json(loan));
    out["money"] = TRY(money_json(call, tx, desk, loan));
    out["steps"] = steps_json(call, TRY(next_steps(tx, desk, loan)));
    out["awaited"] = awaited_json(call, awaited(loan.course.state, loan.claim_asked, call.actor()));
    out["history"] = history_json(call, TRY(loan_steps(tx, desk, id)));
    const bool own = call.actor().scope(Right::loans_write).contains(loan.area);
    out["may_repay"] = own && loan.is_out();
    out["may_reveal"] = own && !loan.account_masked.empty();
    out["may_recover"] = call.actor().scope(Right::loans_decide).contains(loan.area) &&
                         loan.course.state == LoanState::claimed;
    return out;
}

Json portfolio_json(const Call& call, const LoanBook& book, const PortfolioLine& line) {
    constexpr std::array fuses{"open", "warning", "blown"};
    return {{"bank", bank_json(call, line.bank)},
            {"scheme", {{"code", line.scheme}, {"label", title_of(call, book, line.scheme)}}},
            {"loans", line.loans},
            {"overdue", line.overdue},
            {"outstanding_fen", line.outstanding.fen()},
            {"overdue_fen", line.overdue_amount.fen()},
            {"non_performing_fen", line.non_performing.fen()},
            {"ratio", line.ratio().plain()},
            {"fuse", coded_loan(call, "fuse", fuses.at(static_cast<std::size_t>(line.fuse)))}};
}

Json interest_subsidy_json(const Call& call, const InterestSubsidyLine& line) {
    return {{"bank", bank_json(call, line.bank)}, {"loans", line.loans}, {"amount_fen", line.amount.fen()}};
}

}  // namespace ballast::api
