// Settlements of a season: drafted, worked out and paid as jobs, seen with what they were made from.
#include "api/insurance_json.h"
#include "api/insurance_tables.h"
#include "api/workbook_reply.h"
#include "insurance/price_season.h"
#include "insurance/settlement.h"
#include "insurance/terms.h"
#include "jobs/jobs.h"

namespace ballast::api {
namespace {

using namespace insurance;

Json settlement_json(const Call& call, const Book& book, const Settlement& one) {
    const auto product = book.product(one.product);
    const auto day = [](const std::optional<Date>& on) { return on ? Json(on->iso()) : Json(nullptr); };
    return {{"id", text(one.id)},
            {"number", one.number},
            {"product",
             {{"code", one.product}, {"label", product ? title_in(call, (*product)->title) : one.product}}},
            {"unit", product ? coded_insurance(call, "unit", name_of((*product)->unit)) : Json(nullptr)},
            {"area", area_json(call, one.area)},
            {"season", one.season},
            {"first_day", one.outcome.window.first.iso()},
            {"last_day", one.outcome.window.last.iso()},
            {"state", coded_insurance(call, "settlement_state", name_of(one.state))},
            {"entered_on", one.entered_on.iso()},
            {"version", one.version},
            {"authority", one.authority},
            {"assumed", one.assumed()},
            {"terms_hash", one.terms_hash},
            {"series_hash", one.series_hash},
            {"index", one.outcome.index.rounded(4).plain()},
            {"days", one.outcome.days},
            {"substituted", one.substituted},
            {"calculated", one.calculated},
            {"policies", one.policies},
            {"insured", one.insured},
            {"paying", one.paying},
            {"units", one.units.plain()},
            {"sum_insured_fen", one.sum_insured.fen()},
            {"payable_fen", one.payable.fen()},
            {"paid_fen", one.paid.fen()},
            {"posted_on", day(one.posted_on)},
            {"paid_on", day(one.paid_on)},
            {"journal", one.journal ? Json(text(*one.journal)) : Json(nullptr)}};
}

Json side_json(const Call& call, pricing::Side side) {
    return coded_insurance(call, "side", side == pricing::Side::deficit ? "deficit" : "excess");
}

/// How the index turns into money, with the step that was reached.
Json shape_json(const Call& call, const pricing::Payout& payout, const SeasonOutcome& outcome) {
    if (const auto* ticks = std::get_if<pricing::Ticks>(&payout.shape))
        return {{"kind", "ticks"},
                {"side", side_json(call, ticks->side)},
                {"trigger", ticks->trigger.plain()},
                {"tick", ticks->tick.plain()},
                {"cap", ticks->cap ? Json(ticks->cap->plain()) : Json(nullptr)}};
    if (const auto* slope = std::get_if<pricing::Slope>(&payout.shape))
        return {{"kind", "slope"}, {"trigger", slope->trigger.plain()}, {"exit", slope->exit.plain()}};
    const auto& tiers = std::get<pricing::Tiers>(payout.shape);
    Json steps = Json::array();
    for (std::size_t i = 0; i < tiers.steps.size(); ++i)
        steps.push_back({{"from", tiers.steps[i].from.plain()},
                         {"share", tiers.steps[i].share.plain()},
                         {"reached", outcome.step == i}});
    return {{"kind", "steps"}, {"side", side_json(call, tiers.side)}, {"steps", steps}};
}

/// What a unit bore and what it fetched, where the frozen series still tell it.
Json income_json(const IncomeTerms& terms, const std::vector<FrozenSeries>& series, const Period& window) {
    const auto yield = reported(series, terms.yield, "yield", window);
    const auto price = price_over(terms.price, series, window);
    return {{"kind", "income"},
            {"yield", yield ? Json(yield->plain()) : Json(nullptr)},
            {"price", price ? Json(price->rounded(6).plain()) : Json(nullptr)}};
}

Json quality_json(const Call& call, const QualityTerms& terms, const std::vector<FrozenSeries>& series,
                  const Period& window) {
    const auto told = grade_outcomes(terms, series, window);
    Json grades = Json::array();
    for (std::size_t i = 0; i < terms.grades.size(); ++i)
        grades.push_back({{"label", title_in(call, terms.grades[i].title)},
                          {"agreed", terms.grades[i].agreed.plain()},
                          {"price", told ? Json((*told)[i].price.rounded(4).plain()) : Json(nullptr)},
                          {"share", told ? Json((*told)[i].share.plain()) : Json(nullptr)}});
    return {{"kind", "quality"}, {"grades", grades}};
}

Json terms_json(const Call& call, const Product& product, const SeasonOutcome& outcome,
                const std::vector<FrozenSeries>& series) {
    Json out;
    if (const auto* weather = std::get_if<WeatherCover>(&product.cover)) {
        out = shape_json(call, weather->payout, outcome);
        out["variable"] = coded_insurance(call, "variable", weather->variable);
        out["aggregation"] = coded_insurance(call, "aggregation", name_of(weather->rule.aggregation));
        out["base"] = weather->rule.base.plain();
    } else if (const auto* price = std::get_if<PriceTerms>(&product.cover)) {
        out = {{"kind", "price"}, {"trigger", price->target.plain()}, {"coverage", price->coverage.plain()}};
    } else if (const auto* cost = std::get_if<CostPriceTerms>(&product.cover)) {
        out = {{"kind", "cost_price"}, {"trigger", cost->target.plain()}, {"full_cost", cost->full_cost.plain()}};
    } else if (const auto* income = std::get_if<IncomeTerms>(&product.cover)) {
        out = income_json(*income, series, outcome.window);
    } else if (const auto* quality = std::get_if<QualityTerms>(&product.cover)) {
        out = quality_json(call, *quality, series, outcome.window);
    } else if (const auto* futures = std::get_if<FuturesTerms>(&product.cover)) {
        const bool plain = futures->averaging == pricing::Averaging::plain;
        out = {{"kind", "futures"}, {"trigger", futures->strike.plain()},
               {"averaging", coded_insurance(call, "averaging", plain ? "plain" : "enhanced")}};
    }
    if (const auto sources = price_sources(product); !sources.empty()) {
        out["source"] = sources.front()->name;
        const bool weekly = sources.front()->every == pricing::Every::week;
        out["every"] = coded_insurance(call, "every", weekly ? "week" : "month");
    }
    out["part_cover"] = coded_insurance(call, "part_cover", name_of(product.part_cover));
    return out;
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, SettlementId id) {
    const auto settlement = TRY(load_settlement(tx, desk, id));
    Json out = settlement_json(call, desk.book, settlement);
    const auto terms = terms_of(tx, desk, settlement.product, settlement.terms_hash);
    const auto today = desk.book.product(settlement.product);
    out["sold_before"] = settlement.of_sale && today && (*today)->version != settlement.terms_hash;
    out["sold_otherwise"] = today && settlement.state != SettlementState::cancelled &&
                                    desk.actor.scope(Right::insurance_read).contains(settlement.area)
                                ? TRY(sold_otherwise(tx, desk, settlement))
                                : 0;
    out["series"] = Json::array();
    std::vector<FrozenSeries> series;
    for (auto& from : TRY(settled_from(tx, settlement))) {
        out["series"].push_back(
            {{"id", text(from.series.id)},
             {"code", from.series.key.code},
             {"variable", coded_insurance(call, "variable", from.series.key.variable)},
             {"revision", from.revision},
             {"points", points_json(from.frozen.values)}});
        series.push_back(std::move(from.frozen));
    }
    out["terms"] = terms ? terms_json(call, terms->product, settlement.outcome, series) : Json(nullptr);
    out["job"] = nullptr;
    if (settlement.job)
        if (const auto job = jobs::load(tx, call.actor(), jobs::JobId(*settlement.job));
            job && (job->state == jobs::State::queued || job->state == jobs::State::running))
            out["job"] = std::to_string(*settlement.job);
    put_steps(out, call, "settlement_action", TRY(next_steps(tx, desk, settlement)));
    out["history"] = Json::array();
    for (const auto& step : TRY(steps(tx, desk, "settlement", id.number()))) {
        Json line = step_json(step);
        line["label"] = call.say("insurance.settlement_action." + step.action);
        out["history"].push_back(line);
    }
    return out;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto page = TRY(call.page());
    std::int64_t total = 0;
    Json items = Json::array();
    for (const auto& one :
         TRY(settlements(tx, desk_of(call, book), TRY(call.query<std::string>("state")).value_or(""),
                         page.offset(), page.size, &total)))
        items.push_back(settlement_json(call, book, one));
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole(call, tx, desk_of(call, book), TRY(call.path<SettlementId>("id")))));
}

Result<std::string> promise(Call& call, db::Tx& tx, const char* kind, SettlementId id, AreaCode area) {
    const auto job = TRY(jobs::enqueue(tx, {kind, Json{{"settlement", id.number()}}.dump(), area},
                                       call.actor(), call.now()));
    TRY(note_job(tx, id, job.number()));
    return text(job);
}

Result<Reply> draft(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    const auto id = TRY(draft_settlement(
        tx, desk,
        NewSettlement{TRY(field<std::string>(asked, "product")), TRY(area_of(asked, "area")),
                      static_cast<int>(TRY(field<std::int64_t>(asked, "season"))),
                      TRY(field<std::string>(asked, "key"))}));
    const auto drafted = TRY(load_settlement(tx, desk, id));
    // Sent a second time, it is worked out already or about to be.
    if (!drafted.job) TRY(promise(call, tx, "insurance.calculate", id, drafted.area));
    return created(TRY(whole(call, tx, desk, id)));
}

Result<Reply> ordered(Call& call, db::Tx& tx, SettlementAction action, const char* kind) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<SettlementId>("id"));
    const Json asked = TRY(body(call));
    const auto found =
        TRY(check_step(tx, desk, id, {TRY(field<std::int64_t>(asked, "version")), action, ""}));
    TRY(promise(call, tx, kind, id, found.area));
    return accepted(TRY(whole(call, tx, desk, id)));
}
Result<Reply> calculation(Call& call, db::Tx& tx) {
    return ordered(call, tx, SettlementAction::calculate, "insurance.calculate");
}
Result<Reply> payment(Call& call, db::Tx& tx) {
    return ordered(call, tx, SettlementAction::pay, "insurance.pay");
}

Result<Reply> step(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<SettlementId>("id"));
    const Json asked = TRY(body(call));
    const auto action = settlement_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    TRY(take_step(tx, desk, id,
                  SettlementOrder{TRY(field<std::int64_t>(asked, "version")), *action,
                                  TRY(optional_field<std::string>(asked, "note")).value_or("")}));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> rows(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto page = TRY(call.page());
    const auto settlement = TRY(load_settlement(tx, desk, TRY(call.path<SettlementId>("id"))));
    Json items = Json::array();
    for (const auto& line : TRY(settlement_lines(tx, desk, settlement, page.offset(), page.size)))
        items.push_back({{"policy_number", line.policy_number},
                         {"area", area_json(call, line.area)},
                         {"line", line.line},
                         {"name", line.name},
                         {"units", line.units.plain()},
                         {"amount_fen", line.amount.to_money(Rounding::half_up).fen()},
                         {"sum_insured_fen", line.sum_insured.fen()},
                         {"counted_days", line.counted_days},
                         {"payable_fen", line.payable.fen()}});
    return ok({{"total", settlement.insured}, {"items", items}});
}

Result<Reply> sheet(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto settlement = TRY(load_settlement(tx, desk, TRY(call.path<SettlementId>("id"))));
    const auto path = spooled_workbook(call);
    TRY(write_settlement(tx, desk, settlement, path, call.language()));
    return workbook_reply(path, "settlement-" + settlement.number + ".xlsx");
}

constexpr std::array table{
    Route{get, "/api/insurance/settlements", Right::insurance_read, list},
    Route{post, "/api/insurance/settlements", Right::insurance_write, draft},
    Route{get, "/api/insurance/settlements/{id}", Right::insurance_read, one},
    Route{get, "/api/insurance/settlements/{id}/rows", Right::insurance_read, rows},
    Route{get, "/api/insurance/settlements/{id}/sheet", Right::insurance_read, sheet},
    Route{post, "/api/insurance/settlements/{id}/steps", Right::insurance_read, step},
    Route{post, "/api/insurance/settlements/{id}/calculation", Right::insurance_write, calculation},
    Route{post, "/api/insurance/settlements/{id}/payment", Right::insurance_write, payment},
};

}  // namespace

const Routes insurance_settlements_routes = table;

}  // namespace ballast::api
