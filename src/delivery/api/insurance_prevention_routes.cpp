// Prevention cover: the scheme, its years with their fund, cases from proposal to payment, hand-over to
// casework.
#include <fstream>

#include "api/fund_limits.h"
#include "api/insurance_json.h"
#include "api/routes.h"
#include "insurance/claim.h"
#include "insurance/prevention_case.h"

namespace ballast::api {
namespace {

using namespace insurance;

const PreventionScheme* scheme_in(const Book& book, std::string_view name) {
    const auto product = book.product(name);
    return product ? std::get_if<PreventionScheme>(&(*product)->cover) : nullptr;
}

template <class Named>
Json titled(const Call& call, const std::vector<Named>& all, std::string_view code) {
    const auto at = std::ranges::find(all, code, &Named::name);
    return {{"code", code}, {"label", at == all.end() ? std::string(code) : title_in(call, at->title)}};
}

// The scheme.

Json terms_json(const PreventionTerms& terms) {
    Json tiers = Json::array();
    for (const auto& tier : terms.tiers)
        tiers.push_back({{"from_fen", tier.from.fen()}, {"rate", tier.rate.plain()}});
    return {{"warning_line_fen", terms.warning_line.fen()},
            {"deductible_fen", terms.deductible.fen()},
            {"mode", terms.mode == TierMode::excess ? "excess" : "whole"},
            {"tiers", tiers},
            {"annual_cap_fen", terms.annual_cap ? Json(terms.annual_cap->fen()) : Json(nullptr)}};
}

Result<Reply> scheme_one(Call& call) {
    const auto book = TRY(book_of(call));
    const auto* product = TRY(book.product(NewPreventionYear{}.product));
    const auto* scheme = scheme_in(book, product->name);
    if (!scheme) return not_found("insurance.no_such_product").with("name", product->name);
    Json groups = Json::array(), causes = Json::array(), exclusions = Json::array();
    for (const auto& one : scheme->groups) groups.push_back(titled(call, scheme->groups, one.name));
    for (const auto& one : scheme->exclusions)
        exclusions.push_back(titled(call, scheme->exclusions, one.name));
    for (const auto& one : scheme->causes) {
        Json cause = titled(call, scheme->causes, one.name);
        cause["groups"] = Json::array();
        for (const auto& group : one.groups) cause["groups"].push_back(titled(call, scheme->groups, group));
        cause["terms"] = terms_json(one.terms);
        causes.push_back(cause);
    }
    const auto area = call.context().settings.area;
    const auto days = TRY(book.days("prevention_publicity_days", call.today(), area));
    return ok({{"title", title_in(call, product->title)},
               {"document", product->document},
               {"groups", groups},
               {"causes", causes},
               {"exclusions", exclusions},
               {"income_multiple", scheme->income_multiple.plain()},
               {"hotline", scheme->hotline},
               {"publicity_days", days},
               {"authority", product->cover_authority},
               {"assumed", product->cover_authority.starts_with("assumed")}});
}

// Years.

Result<Json> year_json(Call& call, db::Tx& tx, const Desk& desk, const PreventionYear& year) {
    const auto stands = TRY(standing(tx, desk, year));
    const auto scope = desk.actor.scope(Right::insurance_read);
    const auto fund = TRY(finance::load_fund(tx, scope, year.fund));
    return Json{{"id", text(year.id)},
                {"area", area_json(call, year.area)},
                {"year", year.year},
                {"insurer", {{"id", text(year.insurer)}, {"name", year.insurer_name}}},
                {"fund", text(year.fund)},
                {"heads", year.heads},
                {"premium_fen", year.premium.fen()},
                {"authority", year.authority},
                {"assumed", year.assumed()},
                {"version", year.version},
                {"closed_on", maybe_day(year.closed_on)},
                {"fee_fen", year.fee.fen()},
                {"carried_fen", year.carried.fen()},
                {"most_fee_fen", stands.most_fee.fen()},
                {"paid_cases", stands.paid_cases},
                {"live_cases", stands.live_cases},
                {"standing", fund_year_json(stands.fund)},
                {"alarms", TRY(alarms_json(call, fund, stands.fund))}};
}

Result<Reply> year_list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    Json items = Json::array();
    for (const auto& year : TRY(prevention_years(tx, desk)))
        items.push_back(TRY(year_json(call, tx, desk, year)));
    return ok({{"items", items}});
}

Result<Json> whole_year(Call& call, db::Tx& tx, const Desk& desk, PreventionYearId id) {
    return year_json(call, tx, desk, TRY(load_year(tx, desk, Right::insurance_read, id)));
}

Result<Reply> year_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole_year(call, tx, desk_of(call, book), TRY(call.path<PreventionYearId>("id")))));
}

Result<Reply> year_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    const auto insurer = Call::parsed<InsurerId>(TRY(field<std::string>(asked, "insurer")));
    if (!insurer) return invalid("http.wrong_type").with("name", "insurer");
    const auto year = TRY(field<std::int64_t>(asked, "year"));
    if (year < 2000 || year > 2150) return invalid("insurance.bad_season");
    const auto id = TRY(begin_year(tx, desk,
                                   {*insurer, static_cast<int>(year),
                                    TRY(field<std::int64_t>(asked, "heads")), NewPreventionYear{}.product}));
    return created(TRY(whole_year(call, tx, desk, id)));
}

Result<Reply> year_heads(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionYearId>("id"));
    const Json asked = TRY(body(call));
    TRY(change_heads(tx, desk, id, TRY(field<std::int64_t>(asked, "version")),
                     TRY(field<std::int64_t>(asked, "heads")), TRY(field<std::string>(asked, "note"))));
    return ok(TRY(whole_year(call, tx, desk, id)));
}

Result<Reply> year_close(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionYearId>("id"));
    const Json asked = TRY(body(call));
    TRY(close_year(tx, desk, id, TRY(field<std::int64_t>(asked, "version")),
                   TRY(money_of(asked, "fee_fen"))));
    return ok(TRY(whole_year(call, tx, desk, id)));
}

// Cases.

Json case_json(const Call& call, const Book& book, const PreventionCase& one) {
    static const PreventionScheme none;
    const auto* found = scheme_in(book, one.product);
    const auto& scheme = found ? *found : none;
    return {{"id", text(one.id)},
            {"number", one.number},
            {"year", one.year},
            {"year_id", text(one.year_id)},
            {"area", area_json(call, one.area)},
            {"household", text(one.household)},
            {"head", one.head},
            {"cause", titled(call, scheme.causes, one.cause)},
            {"group", titled(call, scheme.groups, one.group)},
            {"source", coded_insurance(call, "prevention_source", one.source)},
            {"source_id", one.source_id ? Json(std::to_string(*one.source_id)) : Json(nullptr)},
            {"happened_on", one.happened_on.iso()},
            {"reported_on", one.reported_on.iso()},
            {"state", coded_insurance(call, "prevention_state", name_of(one.state))},
            {"entered_on", one.entered_on.iso()},
            {"version", one.version},
            {"income_per_head_fen", one.income_per_head ? Json(one.income_per_head->fen()) : Json(nullptr)},
            {"borne_fen", one.borne.fen()},
            {"payable_fen", one.payable.fen()},
            {"paid_fen", one.paid.fen()},
            {"posted_on", maybe_day(one.posted_on)},
            {"paid_on", maybe_day(one.paid_on)},
            {"journal", one.journal ? Json(text(*one.journal)) : Json(nullptr)},
            {"clue", one.clue ? Json(std::to_string(*one.clue)) : Json(nullptr)}};
}

Json secrets_json(const Call& call, const Book& book, const PreventionCase& one,
                  const PreventionSecrets& secrets) {
    static const PreventionScheme none;
    const auto* found = scheme_in(book, one.product);
    Json bills = Json::array();
    for (const auto& bill : secrets.expenses)
        bills.push_back({{"on", bill.on.iso()},
                         {"amount_fen", bill.amount.fen()},
                         {"compensated_fen", bill.compensated.fen()},
                         {"excluded", bill.excluded.empty()
                                          ? Json(nullptr)
                                          : titled(call, (found ? *found : none).exclusions, bill.excluded)},
                         {"person", bill.person},
                         {"what", bill.what},
                         {"payee", bill.payee},
                         {"bill", bill.bill}});
    return {{"head", secrets.head},         {"told", secrets.told},           {"found", secrets.found},
            {"surveyor", secrets.surveyor}, {"assistant", secrets.assistant}, {"holder", secrets.holder},
            {"bank", secrets.bank},         {"account", secrets.account},     {"expenses", bills}};
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, PreventionCaseId id) {
    const auto one = TRY(load_prevention_case(tx, desk, Right::insurance_read, id));
    Json out = case_json(call, desk.book, one);
    const auto next = TRY(next_steps(tx, desk, one));
    out["income_limit_fen"] = next.income_limit.fen();
    out["publicity_until"] = maybe_day(next.publicity_until);
    out["facts"] = secrets_json(call, desk.book, one, TRY(masked_prevention(tx, desk, id)));
    out["reckoning"] = one.reckoning.empty() ? Json(nullptr) : Json::parse(one.reckoning);
    out["notice"] = TRY(notice_of(tx, desk, one));
    out["proofs"] = Json::array();
    for (const auto proof : TRY(proofs(tx, desk, id))) out["proofs"].push_back(text(proof));
    put_steps(out, call, "prevention_action", next);
    out["history"] = Json::array();
    for (const auto& step : TRY(steps(tx, desk, "prevention", id.number()))) {
        Json line = step_json(step);
        line["label"] = call.say("insurance.prevention_action." + step.action);
        out["history"].push_back(line);
    }
    return out;
}

Result<Reply> candidate_list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto* scheme = scheme_in(book, NewPreventionYear{}.product);
    if (!scheme) return not_found("insurance.no_such_product").with("name", NewPreventionYear{}.product);
    Json items = Json::array();
    for (const auto& one : TRY(candidates(tx, desk_of(call, book)))) {
        Json sources = Json::array();
        for (const auto& name : one.sources)
            sources.push_back(coded_insurance(call, "prevention_source", name));
        items.push_back(
            {{"sources", sources},
             {"source", coded_insurance(call, "prevention_source", one.source)},
             {"source_id", one.source_id ? Json(std::to_string(*one.source_id)) : Json(nullptr)},
             {"household", text(one.household)},
             {"household_no", one.household_no},
             {"head", one.head},
             {"area", area_json(call, one.area)},
             {"cause", one.cause.empty() ? Json(nullptr) : titled(call, scheme->causes, one.cause)},
             {"since", one.since.iso()}});
    }
    return ok({{"items", items}});
}

Result<Reply> case_list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto page = TRY(call.page());
    const PreventionQuery query{TRY(call.query<PreventionYearId>("year")),
                                TRY(call.query<std::string>("state")).value_or(""),
                                TRY(call.query<std::string>("cause")).value_or(""), page.offset(), page.size};
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& one : TRY(prevention_cases(tx, desk_of(call, book), query, &total)))
        items.push_back(case_json(call, book, one));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> case_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    const auto household = Call::parsed<registry::HouseholdId>(TRY(field<std::string>(asked, "household")));
    if (!household) return invalid("http.wrong_type").with("name", "household");
    Proposed wanted;
    wanted.household = *household;
    wanted.cause = TRY(field<std::string>(asked, "cause"));
    wanted.source = TRY(optional_field<std::string>(asked, "source")).value_or("hand");
    if (const auto from = TRY(optional_field<std::string>(asked, "source_id"))) {
        const auto id = Call::parsed<PreventionCaseId>(*from);
        if (!id) return invalid("http.wrong_type").with("name", "source_id");
        wanted.source_id = id->number();
    }
    wanted.happened_on = TRY(day_of(asked, "happened_on"));
    wanted.told = TRY(field<std::string>(asked, "told"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    return created(TRY(whole(call, tx, desk, TRY(propose(tx, desk, wanted)))));
}

Result<Reply> case_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole(call, tx, desk_of(call, book), TRY(call.path<PreventionCaseId>("id")))));
}

Result<Expense> expense_of(const Json& asked) {
    Expense out;
    out.on = TRY(day_of(asked, "on"));
    out.amount = TRY(money_of(asked, "amount_fen"));
    out.compensated = Money::fen(TRY(optional_field<std::int64_t>(asked, "compensated_fen")).value_or(0));
    out.excluded = TRY(optional_field<std::string>(asked, "excluded")).value_or("");
    out.person = TRY(field<std::string>(asked, "person"));
    out.what = TRY(field<std::string>(asked, "what"));
    out.payee = TRY(field<std::string>(asked, "payee"));
    out.bill = TRY(field<std::string>(asked, "bill"));
    return out;
}

Result<Reply> case_expenses(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    const Json asked = TRY(body(call));
    std::vector<Expense> all;
    for (const auto& row : TRY(field<Json>(asked, "expenses"))) {
        if (!row.is_object()) return invalid("http.wrong_type").with("name", "expenses");
        all.push_back(TRY(expense_of(row)));
    }
    TRY(enter_expenses(tx, desk, id, TRY(field<std::int64_t>(asked, "version")), all));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> case_account(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    const Json asked = TRY(body(call));
    TRY(set_account(tx, desk, id, TRY(field<std::int64_t>(asked, "version")),
                    TRY(field<std::string>(asked, "holder")), TRY(field<std::string>(asked, "bank")),
                    TRY(field<std::string>(asked, "account"))));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> case_step(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    const Json asked = TRY(body(call));
    const auto action = prevention_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    const auto said = [&](const char* name) -> Result<std::string> {
        return TRY(optional_field<std::string>(asked, name)).value_or("");
    };
    PreventionOrder order{TRY(field<std::int64_t>(asked, "version")),
                          *action,
                          TRY(said("note")),
                          TRY(said("surveyor")),
                          TRY(said("assistant")),
                          TRY(said("found")),
                          std::nullopt};
    if (const auto income = TRY(optional_field<std::int64_t>(asked, "income_per_head_fen")))
        order.income_per_head = Money::fen(*income);
    TRY(take_step(tx, desk, id, order));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> case_reveal(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    const Json asked = TRY(body(call));
    const auto secrets = TRY(reveal_prevention(tx, desk, id, TRY(field<std::string>(asked, "purpose"))));
    return ok(
        secrets_json(call, book, TRY(load_prevention_case(tx, desk, Right::insurance_read, id)), secrets));
}

Result<Reply> case_clue(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    const Json asked = TRY(body(call));
    const auto number = TRY(hand_over(tx, desk, id, TRY(field<std::string>(asked, "note")),
                                      call.packs()));
    Json out = TRY(whole(call, tx, desk, id));
    out["clue_number"] = number;
    return created(out);
}

Result<Reply> proof_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    if (call.request().uploads.empty()) return invalid("insurance.one_file");
    for (const auto& upload : call.request().uploads) {
        if (upload.size() > largest_photo)
            return invalid("insurance.photo_too_large").with("most", std::to_string(largest_photo >> 20));
        std::ifstream in(upload.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        if (std::ssize(bytes) != upload.size()) return unavailable("http.spool_full");
        TRY(add_proof(tx, desk, id, bytes));
    }
    return created(TRY(whole(call, tx, desk, id)));
}

/// Writes: that somebody looked is recorded.
Result<Reply> proof_one(Call& call) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PreventionCaseId>("id"));
    const auto which = TRY(call.path<ProofId>("proof"));
    auto found = TRY(call.database().write([&](db::Tx& tx) { return proof(tx, desk, id, which); }));
    return Reply{.headers = {{"Content-Type", found.type}, {"Cache-Control", "private, no-store"}},
                 .body = std::move(found.bytes)};
}

constexpr std::array table{
    Route{get, "/api/insurance/prevention/scheme", Right::insurance_read, scheme_one},
    Route{get, "/api/insurance/prevention/years", Right::insurance_read, year_list},
    Route{post, "/api/insurance/prevention/years", Right::insurance_subsidy, year_add},
    Route{get, "/api/insurance/prevention/years/{id}", Right::insurance_read, year_one},
    Route{post, "/api/insurance/prevention/years/{id}/heads", Right::insurance_subsidy, year_heads},
    Route{post, "/api/insurance/prevention/years/{id}/close", Right::insurance_subsidy, year_close},
    Route{get, "/api/insurance/prevention/candidates", Right::insurance_read, candidate_list},
    Route{get, "/api/insurance/prevention/cases", Right::insurance_read, case_list},
    Route{post, "/api/insurance/prevention/cases", Right::insurance_read, case_add},
    Route{get, "/api/insurance/prevention/cases/{id}", Right::insurance_read, case_one},
    Route{put, "/api/insurance/prevention/cases/{id}/expenses", Right::insurance_write, case_expenses},
    Route{put, "/api/insurance/prevention/cases/{id}/account", Right::insurance_write, case_account},
    Route{post, "/api/insurance/prevention/cases/{id}/steps", Right::insurance_read, case_step},
    Route{post, "/api/insurance/prevention/cases/{id}/reveal", Right::insurance_read, case_reveal},
    Route{post, "/api/insurance/prevention/cases/{id}/clue", Right::clues_write, case_clue},
    Route{post, "/api/insurance/prevention/cases/{id}/proofs", Right::insurance_write, proof_add},
    Route{get, "/api/insurance/prevention/cases/{id}/proofs/{proof}", Right::insurance_read, proof_one},
};

}  // namespace

const Routes insurance_prevention_routes = table;

}  // namespace ballast::api
