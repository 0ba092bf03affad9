// Products, quotes, insurers, policies with their lists, the premium subsidy.
#include "api/insurance_json.h"
#include "api/routes.h"

namespace ballast::api {
namespace {

using namespace insurance;

Result<Reply> product_list(Call& call) {
    const auto book = TRY(book_of(call));
    Json items = Json::array();
    for (const auto& product : book.products) items.push_back(product_json(call, product));
    return ok({{"items", items}, {"hash", book.pack.hash}});
}

Result<Reply> quote_one(Call& call) {
    const auto book = TRY(book_of(call));
    const Json asked = TRY(body(call));
    const auto* product = TRY(book.product(TRY(field<std::string>(asked, "product"))));
    const auto area = Call::parsed<AreaCode>(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    const auto season = TRY(field<std::int64_t>(asked, "season"));
    if (season < 2000 || season > 2150) return invalid("insurance.bad_season");
    const Period cover = TRY(product->cover_days.beginning_in(static_cast<int>(season)));
    const auto* rate = TRY(product->rate(*area, cover.first));
    const auto quoted = TRY(quote(rate->tariff, TRY(decimal_of(asked, "units"))));
    return ok({{"amount_fen", quoted.amount.to_money(Rounding::half_up).fen()},
               {"sum_insured_fen", quoted.sum_insured.fen()},
               {"premium_fen", quoted.premium.fen()},
               {"parts", parts_json(quoted.parts)},
               {"subsidy_fen", quoted.subsidy().fen()},
               {"first_day", cover.first.iso()},
               {"last_day", cover.last.iso()},
               {"tariff", tariff_json(rate->tariff, rate->authority, rate->waiver)}});
}

Json insurer_json(const Call& call, const Insurer& one) {
    return {{"id", text(one.id)},
            {"name", one.name},
            {"area", area_json(call, one.area)},
            {"fund", text(one.fund)}};
}

Result<Reply> insurer_list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    Json items = Json::array();
    for (const auto& one : TRY(insurers(tx, desk_of(call, book)))) items.push_back(insurer_json(call, one));
    return ok({{"items", items}});
}

Result<Reply> insurer_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    const auto area = Call::parsed<AreaCode>(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    const auto id = TRY(add_insurer(tx, desk, *area, TRY(field<std::string>(asked, "name"))));
    return created(insurer_json(call, TRY(insurer(tx, desk, id))));
}

Result<Reply> operator_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const Json asked = TRY(body(call));
    TRY(assign_operator(tx, desk_of(call, book), TRY(call.path<InsurerId>("id")),
                        TRY(field<std::string>(asked, "account"))));
    return Reply::empty();
}

Result<Reply> deposit_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const Json asked = TRY(body(call));
    const auto journal = TRY(deposit(tx, desk_of(call, book), TRY(money_of(asked, "amount_fen")),
                                     TRY(optional_field<std::string>(asked, "note")).value_or(""),
                                     TRY(field<std::string>(asked, "key"))));
    return created({{"journal", text(journal)}});
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, PolicyId id) {
    const auto policy = TRY(load_policy(tx, desk, Right::insurance_read, id));
    Json out = policy_json(call, desk.book, policy);
    put_steps(out, call, "action", TRY(next_steps(tx, desk, policy)));
    out["history"] = Json::array();
    for (const auto& step : TRY(steps(tx, desk, "policy", id.number()))) {
        Json line = step_json(step);
        line["label"] = call.say("insurance.action." + step.action);
        out["history"].push_back(line);
    }
    return out;
}

Result<Reply> policy_list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto page = TRY(call.page());
    PolicyQuery query{TRY(call.query<AreaCode>("area")), TRY(call.query<std::string>("product")).value_or(""),
                      TRY(call.query<std::string>("state")).value_or(""), page.offset(), page.size};
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& one : TRY(policies(tx, desk_of(call, book), query, &total)))
        items.push_back(policy_json(call, book, one));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> policy_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole(call, tx, desk_of(call, book), TRY(call.path<PolicyId>("id")))));
}

Result<Reply> policy_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    NewPolicy wanted;
    wanted.product = TRY(field<std::string>(asked, "product"));
    const auto area = Call::parsed<AreaCode>(TRY(field<std::string>(asked, "area")));
    if (!area) return invalid("http.wrong_type").with("name", "area");
    wanted.area = *area;
    wanted.holder_kind = TRY(holder_named(TRY(field<std::string>(asked, "holder_kind"))));
    wanted.holder = TRY(field<std::string>(asked, "holder"));
    wanted.season = static_cast<int>(TRY(field<std::int64_t>(asked, "season")));
    if (asked.contains("heads")) wanted.heads = TRY(decimal_of(asked, "heads"));
    wanted.key = TRY(field<std::string>(asked, "key"));
    const auto id = TRY(draft_policy(tx, desk, wanted));
    return created(TRY(whole(call, tx, desk, id)));
}

Result<Reply> list_upload(Call& call) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PolicyId>("id"));
    if (call.request().uploads.size() != 1) return invalid("insurance.one_file");
    const auto& upload = call.request().uploads.front();
    const auto version = TRY(call.query<std::int64_t>("version"));
    if (!version) return invalid("http.missing_field").with("name", "version");
    TRY(call.database().write([&](db::Tx& tx) { return announce_list(tx, desk, id, *version); }));
    const auto [taken, after] = TRY(call.database().write([&](db::Tx& tx) -> Result<std::pair<Taken, Json>> {
        auto out = TRY(take_list(tx, desk, id, *version, upload.path(), upload.file_name()));
        return std::pair(std::move(out), TRY(whole(call, tx, desk, id)));
    }));
    Json findings = Json::array();
    for (const auto& finding : taken.findings)
        findings.push_back({{"row", finding.row},
                            {"error", finding.error},
                            {"id", finding.what.id},
                            {"says", words::say(finding.what, call.language())}});
    return ok(
        {{"accepted", taken.accepted}, {"rows", taken.rows}, {"findings", findings}, {"policy", after}});
}

Result<Reply> rows(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PolicyId>("id"));
    const auto page = TRY(call.page());
    const bool sampled = TRY(call.query<std::string>("sampled")).value_or("") == "true";
    const auto policy = TRY(load_policy(tx, desk, Right::insurance_read, id));
    Json items = Json::array();
    for (const auto& row : TRY(insured_rows(tx, desk, id, {sampled, page.offset(), page.size})))
        items.push_back(insured_json(call, row));
    return ok({{"total", policy.farmers}, {"items", items}});
}

Result<Reply> row_measure(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PolicyId>("id"));
    const Json asked = TRY(body(call));
    TRY(measure(tx, desk, id, TRY(call.path<InsuredId>("row")), TRY(decimal_of(asked, "measured"))));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> row_account(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const Json asked = TRY(body(call));
    return ok({{"value", TRY(reveal_account(tx, desk_of(call, book), TRY(call.path<PolicyId>("id")),
                                            TRY(call.path<InsuredId>("row")),
                                            TRY(field<std::string>(asked, "purpose"))))}});
}

Result<Reply> payments(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PolicyId>("id"));
    const Json asked = TRY(body(call));
    Farmers whom;
    whom.all = TRY(optional_field<bool>(asked, "all")).value_or(false);
    for (const auto& one : TRY(optional_field<Json>(asked, "rows")).value_or(Json::array())) {
        const auto row = one.is_string() ? Call::parsed<InsuredId>(one.get<std::string>()) : std::nullopt;
        if (!row) return invalid("http.wrong_type").with("name", "rows");
        whom.rows.push_back(*row);
    }
    if (TRY(optional_field<bool>(asked, "returned")).value_or(false))
        TRY(return_payments(tx, desk, id, whom, TRY(field<std::string>(asked, "note"))));
    else
        TRY(record_payments(tx, desk, id, whom, TRY(day_of(asked, "on"))));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> policy_step(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<PolicyId>("id"));
    const Json asked = TRY(body(call));
    const auto action = policy_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    TRY(take_step(tx, desk, id,
                  PolicyOrder{TRY(field<std::int64_t>(asked, "version")), *action,
                              TRY(optional_field<std::string>(asked, "note")).value_or("")}));
    return ok(TRY(whole(call, tx, desk, id)));
}

Json subsidy_json(const SubsidyLine& line) {
    return {{"insurer", text(line.insurer)},
            {"name", line.name},
            {"policies", line.policies},
            {"farmers", line.farmers},
            {"amount_fen", line.amount.fen()}};
}

Result<Reply> subsidies(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto area = TRY(call.query<AreaCode>("area")).value_or(call.context().settings.area);
    const auto quarter = TRY(call.query<std::string>("quarter")).value_or("");
    Json items = Json::array();
    for (const auto& line : TRY(subsidy_due(tx, desk_of(call, book), area, quarter)))
        items.push_back(subsidy_json(line));
    return ok({{"items", items}});
}

Result<Reply> subsidy_pay(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const Json asked = TRY(body(call));
    const auto to = Call::parsed<InsurerId>(TRY(field<std::string>(asked, "insurer")));
    const auto from = Call::parsed<finance::FundId>(TRY(field<std::string>(asked, "fund")));
    if (!to || !from) return invalid("http.wrong_type").with("name", to ? "fund" : "insurer");
    return created(subsidy_json(
        TRY(pay_subsidy(tx, desk_of(call, book), *to, *from, TRY(field<std::string>(asked, "quarter"))))));
}

constexpr std::array table{
    Route{get, "/api/insurance/products", Right::insurance_read, product_list},
    Route{post, "/api/insurance/quotes", Right::insurance_read, quote_one},
    Route{get, "/api/insurance/insurers", Right::insurance_read, insurer_list},
    Route{post, "/api/insurance/insurers", Right::insurance_subsidy, insurer_add},
    Route{post, "/api/insurance/insurers/{id}/operators", Right::insurance_subsidy, operator_add},
    Route{post, "/api/insurance/deposits", Right::insurance_write, deposit_add},
    Route{get, "/api/insurance/policies", Right::insurance_read, policy_list},
    Route{post, "/api/insurance/policies", Right::insurance_write, policy_add},
    Route{get, "/api/insurance/policies/{id}", Right::insurance_read, policy_one},
    Route{post, "/api/insurance/policies/{id}/list", Right::insurance_write, list_upload},
    Route{get, "/api/insurance/policies/{id}/rows", Right::insurance_read, rows},
    Route{post, "/api/insurance/policies/{id}/rows/{row}/measure", Right::insurance_confirm, row_measure},
    Route{post, "/api/insurance/policies/{id}/rows/{row}/account", Right::insurance_write, row_account},
    Route{post, "/api/insurance/policies/{id}/payments", Right::insurance_write, payments},
    Route{post, "/api/insurance/policies/{id}/steps", Right::insurance_read, policy_step},
    Route{get, "/api/insurance/subsidies", Right::insurance_subsidy, subsidies},
    Route{post, "/api/insurance/subsidies", Right::insurance_subsidy, subsidy_pay},
};

}  // namespace

const Routes insurance_routes = table;

}  // namespace ballast::api
