#include "api/insurance_json.h"

namespace ballast::api {

using namespace insurance;

namespace {

Json season_json(const pricing::Season& season) {
    return {{"first", std::to_string(season.first_month) + "-" + std::to_string(season.first_day)},
            {"last", std::to_string(season.last_month) + "-" + std::to_string(season.last_day)}};
}

}  // namespace

Result<Book> book_of(const Call& call) { return load_book(call.context().paths.root + "/packs"); }

Desk desk_of(const Call& call, const Book& book) {
    return {call.vault(), call.division(), book, call.actor(), call.today(), call.now()};
}

std::string title_in(const Call& call, const packs::Title& title) {
    return call.language() == words::Language::zh ? title.zh : title.en;
}

Json coded_insurance(const Call& call, std::string_view kind, std::string_view code) {
    return {{"code", code}, {"label", call.say("insurance." + std::string(kind) + "." + std::string(code))}};
}

Json parts_json(const std::array<Money, payer_count>& parts) {
    constexpr std::array names{"central", "province", "prefecture", "county", "farmer"};
    Json out = Json::object();
    for (std::size_t i = 0; i < parts.size(); ++i) out[std::string(names.at(i)) + "_fen"] = parts[i].fen();
    return out;
}

Json tariff_json(const Tariff& tariff, const std::string& authority, const std::string& waiver) {
    constexpr std::array names{"central", "province", "prefecture", "county", "farmer"};
    Json shares = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i) shares[names.at(i)] = tariff.shares.at(i).plain();
    Json scale;
    if (tariff.scale)
        scale = {{"threshold", tariff.scale->threshold.plain()},
                 {"amount_fen", tariff.scale->amount.to_money(Rounding::half_up).fen()}};
    return {{"amount_fen", tariff.amount.to_money(Rounding::half_up).fen()},
            {"scale", scale},
            {"rate", tariff.rate.plain()},
            {"shares", shares},
            {"waiver", waiver},
            {"authority", authority},
            {"assumed", authority.starts_with("assumed")}};
}

Json product_json(const Call& call, const Product& product) {
    Json rates = Json::array(), stages = Json::array(), bodies = Json::array();
    for (const auto& rate : product.rates) {
        Json one = tariff_json(rate.tariff, rate.authority, rate.waiver);
        one["from"] = rate.from.iso();
        one["area"] = area_json(call, rate.area);
        rates.push_back(one);
    }
    if (const auto* crop = std::get_if<CropCover>(&product.cover))
        for (const auto& stage : crop->stages)
            stages.push_back({{"code", stage.name},
                              {"label", title_in(call, stage.title)},
                              {"share", stage.share.plain()},
                              {"days", season_json(stage.days)}});
    if (const auto* stock = std::get_if<LivestockCover>(&product.cover))
        for (const auto& body : stock->bodies)
            bodies.push_back({{"code", body.name},
                              {"label", title_in(call, body.title)},
                              {"share", body.coefficient.plain()}});
    return {{"name", product.name},
            {"title", title_in(call, product.title)},
            {"class", coded_insurance(call, "class", name_of(product.kind))},
            {"peril", coded_insurance(call, "peril", name_of(product.peril))},
            {"subject", title_in(call, product.subject)},
            {"unit", coded_insurance(call, "unit", name_of(product.unit))},
            {"document", product.document},
            {"has_list", product.has_list()},
            {"from_series", product.from_series()},
            {"window", season_json(product.window)},
            {"waiting_days", product.waiting_days},
            {"sales", season_json(product.sales)},
            {"cover", season_json(product.cover_days)},
            {"rates", rates},
            {"stages", stages},
            {"bodies", bodies},
            {"cover_authority", product.cover_authority}};
}

Json policy_json(const Call& call, const Book& book, const Policy& policy) {
    const auto product = book.product(policy.product);
    const auto changed = product ? policy.terms_changed(**product) : std::nullopt;
    return {
        {"id", text(policy.id)},
        {"number", policy.number},
        {"product",
         {{"code", policy.product}, {"label", product ? title_in(call, (*product)->title) : policy.product}}},
        {"unit", product ? coded_insurance(call, "unit", name_of((*product)->unit)) : Json(nullptr)},
        {"has_list", product && (*product)->has_list()},
        {"insurer", text(policy.insurer)},
        {"area", area_json(call, policy.area)},
        {"holder_kind", coded_insurance(call, "holder", name_of(policy.holder_kind))},
        {"holder", policy.holder},
        {"season", policy.season},
        {"first_day", policy.cover.first.iso()},
        {"last_day", policy.cover.last.iso()},
        {"state", coded_insurance(call, "state", name_of(policy.state))},
        {"entered_on", policy.entered_on.iso()},
        {"version", policy.version},
        {"tariff", tariff_json(policy.tariff, policy.authority, policy.waiver)},
        {"farmers", policy.farmers},
        {"units", units_text(policy.units)},
        {"sum_insured_fen", policy.sum_insured.fen()},
        {"premium_fen", policy.premium.fen()},
        {"parts", parts_json(policy.parts)},
        {"subsidy_fen", policy.subsidy().fen()},
        {"subsidy_paid", policy.subsidy_paid},
        {"terms_changed", changed ? Json(*changed) : Json(nullptr)},
        {"terms_kept", policy.terms_kept},
        {"posted_on", maybe_day(policy.posted_on)},
        {"effective_on", maybe_day(policy.effective_on)}};
}

Json insured_json(const Call& call, const Insured& row) {
    Json remarks = Json::array();
    for (std::size_t at = 0; at < row.remarks.size();) {
        const auto blank = std::min(row.remarks.find(' ', at), row.remarks.size());
        remarks.push_back(call.say(row.remarks.substr(at, blank - at)));
        at = blank + 1;
    }
    return {{"id", text(row.id)},
            {"line", row.line},
            {"household", row.household ? Json(std::to_string(*row.household)) : Json(nullptr)},
            {"name", row.name},
            {"id_number", row.id_number},
            {"phone", row.phone},
            {"plot", row.plot},
            {"tags", row.tags},
            {"bank", row.bank},
            {"account", row.account},
            {"units", units_text(row.units)},
            {"amount_fen", row.amount.to_money(Rounding::half_up).fen()},
            {"sum_insured_fen", row.sum_insured.fen()},
            {"premium_fen", row.premium.fen()},
            {"farmer_fen", row.farmer.fen()},
            {"remarks", remarks},
            {"sampled", row.sampled},
            {"measured", row.measured ? Json(units_text(*row.measured)) : Json(nullptr)},
            {"paid_on", maybe_day(row.paid_on)},
            {"paid_claims_fen", row.paid_claims.fen()}};
}

Json claim_json(const Call& call, const Book& book, const Claim& claim) {
    const auto product = book.product(claim.product);
    return {
        {"id", text(claim.id)},
        {"number", claim.number},
        {"policy", text(claim.policy)},
        {"policy_number", claim.policy_number},
        {"product",
         {{"code", claim.product}, {"label", product ? title_in(call, (*product)->title) : claim.product}}},
        {"area", area_json(call, claim.area)},
        {"cause", coded_insurance(call, "cause", claim.cause)},
        {"occurred_on", claim.occurred_on.iso()},
        {"reported_on", claim.reported_on.iso()},
        {"state", coded_insurance(call, "claim_state", name_of(claim.state))},
        {"entered_on", claim.entered_on.iso()},
        {"version", claim.version},
        {"reporter", claim.reporter},
        {"place", claim.place},
        {"found", claim.found},
        {"surveyor", claim.surveyor},
        {"assistant", claim.assistant},
        {"harvest_on", maybe_day(claim.harvest_on)},
        {"posted_on", maybe_day(claim.posted_on)},
        {"agreed_on", maybe_day(claim.agreed_on)},
        {"paid_on", maybe_day(claim.paid_on)},
        {"journal", claim.journal ? Json(text(*claim.journal)) : Json(nullptr)},
        {"rows", claim.rows},
        {"assessed_fen", claim.assessed.fen()},
        {"paid_fen", claim.paid.fen()}};
}

Json loss_json(const Loss& loss) {
    return {{"insured", text(loss.insured)},
            {"line", loss.line},
            {"name", loss.name},
            {"stage", loss.stage},
            {"loss", loss.loss.plain()},
            {"area", units_text(loss.area)},
            {"planted", units_text(loss.planted)},
            {"body", loss.body},
            {"heads", loss.heads},
            {"residual_fen", loss.residual.fen()},
            {"government_fen", loss.government.fen()},
            {"disposal", loss.disposal},
            {"claimed_fen", loss.claimed.fen()},
            {"assessed_fen", loss.assessed.fen()},
            {"paid_fen", loss.paid.fen()}};
}

Json points_json(const DayValues& values) {
    Json out = Json::array();
    for (const auto& [day, value] : values) out.push_back({day.iso(), value.plain()});
    return out;
}

Json step_json(const StepLine& step) {
    return {{"version", step.version}, {"action", step.action},
            {"from", step.from},       {"to", step.to},
            {"on", step.on.iso()},     {"by", step.name.empty() ? step.account : step.name},
            {"note", step.note}};
}

Json step_to_take_json(const Call& call, std::string_view about, std::string_view action,
                       const std::vector<Error>& missing) {
    Json said = Json::array();
    for (const auto& error : missing) said.push_back(words::say(error, call.language()));
    Json out = coded_insurance(call, about, action);
    out["missing"] = said;
    return out;
}

std::string taken_by(const Call& call, auth::Right who) {
    return call.say("insurance.by." + std::string(auth::name_of(who)));
}

Result<Date> day_of(const Json& asked, const char* name) {
    const auto day = Date::parse(TRY(field<std::string>(asked, name)));
    if (!day) return invalid("http.wrong_type").with("name", name);
    return *day;
}

Result<Money> money_of(const Json& asked, const char* name) {
    return Money::fen(TRY(field<std::int64_t>(asked, name)));
}

}  // namespace ballast::api
