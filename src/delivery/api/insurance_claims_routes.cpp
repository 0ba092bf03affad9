// Claims from report to payment; and what a farmer sees without an account.
#include <fstream>

#include "api/insurance_json.h"
#include "api/routes.h"
#include "insurance/public_lookup.h"
#include "insurance/terms.h"

namespace ballast::api {
namespace {

using namespace insurance;

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, ClaimId id) {
    const auto claim = TRY(load_claim(tx, desk, Right::insurance_read, id));
    Json out = claim_json(call, desk.book, claim);
    // What the loss sheet is entered by: the terms of the sale, where they are on file.
    if (const auto terms = terms_of(tx, desk, claim.policy)) {
        const Json product = product_json(call, terms->product);
        out["stages"] = product.at("stages");
        out["bodies"] = product.at("bodies");
        out["cover_authority"] = product.at("cover_authority");
        const auto today = desk.book.product(claim.product);
        out["sold_before"] = terms->of_sale && today && (*today)->version != terms->product.version;
    } else {
        out["stages"] = out["bodies"] = Json::array();
        out["cover_authority"] = "";
        out["sold_before"] = false;
    }
    const auto next = TRY(next_steps(tx, desk, claim));
    out["due_on"] = maybe_day(next.due);
    put_steps(out, call, "claim_action", next);
    out["losses"] = Json::array();
    for (const auto& loss : TRY(losses(tx, desk, id))) out["losses"].push_back(loss_json(loss));
    out["photos"] = Json::array();
    for (const auto photo : TRY(photos(tx, desk, id))) out["photos"].push_back(text(photo));
    out["history"] = Json::array();
    for (const auto& step : TRY(steps(tx, desk, "claim", id.number()))) {
        Json line = step_json(step);
        line["label"] = call.say("insurance.claim_action." + step.action);
        out["history"].push_back(line);
    }
    return out;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto page = TRY(call.page());
    ClaimQuery query{TRY(call.query<PolicyId>("policy")), TRY(call.query<AreaCode>("area")),
                     TRY(call.query<std::string>("state")).value_or(""), page.offset(), page.size};
    std::int64_t total = 0;
    Json items = Json::array();
    const auto desk = desk_of(call, book);
    for (const auto& one : TRY(claims(tx, desk, query, &total))) {
        Json line = claim_json(call, book, one);
        // Of a claim whose terms are gone its own page says so; the others stand.
        const auto next = next_steps(tx, desk, one);
        if (!next && next.error().kind != ErrorKind::not_found) return next.error();
        line["due_on"] = next ? maybe_day(next->due) : Json(nullptr);
        items.push_back(std::move(line));
    }
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    return ok(TRY(whole(call, tx, desk_of(call, book), TRY(call.path<ClaimId>("id")))));
}

Result<Reply> report(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const Json asked = TRY(body(call));
    const auto policy = Call::parsed<PolicyId>(TRY(field<std::string>(asked, "policy")));
    if (!policy) return invalid("http.wrong_type").with("name", "policy");
    const auto id = TRY(report_claim(
        tx, desk,
        NewClaim{*policy, TRY(field<std::string>(asked, "cause")), TRY(day_of(asked, "occurred_on")),
                 TRY(field<std::string>(asked, "reporter")), TRY(field<std::string>(asked, "phone")),
                 TRY(field<std::string>(asked, "place")), TRY(field<std::string>(asked, "found")),
                 TRY(field<std::string>(asked, "key"))}));
    return created(TRY(whole(call, tx, desk, id)));
}

Result<Loss> loss_of(const Json& asked) {
    Loss out;
    const auto insured = Call::parsed<InsuredId>(TRY(field<std::string>(asked, "insured")));
    if (!insured) return invalid("http.wrong_type").with("name", "insured");
    out.insured = *insured;
    out.stage = TRY(optional_field<std::string>(asked, "stage")).value_or("");
    if (!out.stage.empty()) {
        out.loss = TRY(decimal_of(asked, "loss"));
        out.area = TRY(decimal_of(asked, "area"));
        out.planted = TRY(decimal_of(asked, "planted"));
    }
    out.body = TRY(optional_field<std::string>(asked, "body")).value_or("");
    out.heads = TRY(optional_field<std::int64_t>(asked, "heads")).value_or(0);
    out.residual = Money::fen(TRY(optional_field<std::int64_t>(asked, "residual_fen")).value_or(0));
    out.government = Money::fen(TRY(optional_field<std::int64_t>(asked, "government_fen")).value_or(0));
    out.disposal = TRY(optional_field<std::string>(asked, "disposal")).value_or("");
    if (out.disposal.size() > 60) return invalid("http.wrong_type").with("name", "disposal");
    return out;
}

Result<Reply> sheet(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<ClaimId>("id"));
    const Json asked = TRY(body(call));
    std::vector<Loss> all;
    for (const auto& row : TRY(field<Json>(asked, "losses"))) {
        if (!row.is_object()) return invalid("http.wrong_type").with("name", "losses");
        all.push_back(TRY(loss_of(row)));
    }
    TRY(enter_losses(tx, desk, id, TRY(field<std::int64_t>(asked, "version")), all));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> step(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<ClaimId>("id"));
    const Json asked = TRY(body(call));
    const auto action = claim_action_named(TRY(field<std::string>(asked, "action")));
    if (!action) return invalid("http.wrong_type").with("name", "action");
    const auto said = [&](const char* name) -> Result<std::string> {
        return TRY(optional_field<std::string>(asked, name)).value_or("");
    };
    ClaimOrder order{TRY(field<std::int64_t>(asked, "version")),
                     *action,
                     TRY(said("note")),
                     TRY(said("surveyor")),
                     TRY(said("assistant")),
                     TRY(said("found")),
                     std::nullopt};
    if (!TRY(said("harvest_on")).empty()) order.harvest_on = TRY(day_of(asked, "harvest_on"));
    TRY(take_step(tx, desk, id, order));
    return ok(TRY(whole(call, tx, desk, id)));
}

Result<Reply> photo_add(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto desk = desk_of(call, book);
    const auto id = TRY(call.path<ClaimId>("id"));
    if (call.request().uploads.empty()) return invalid("insurance.one_file");
    for (const auto& upload : call.request().uploads) {
        if (upload.size() > largest_photo)
            return invalid("insurance.photo_too_large").with("most", std::to_string(largest_photo >> 20));
        std::ifstream in(upload.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        if (std::ssize(bytes) != upload.size()) return unavailable("http.spool_full");
        TRY(add_photo(tx, desk, id, bytes));
    }
    return created(TRY(whole(call, tx, desk, id)));
}

Result<Reply> photo_one(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    auto found =
        TRY(photo(tx, desk_of(call, book), TRY(call.path<ClaimId>("id")), TRY(call.path<PhotoId>("photo"))));
    return Reply{.headers = {{"Content-Type", found.type}, {"Cache-Control", "private, no-store"}},
                 .body = std::move(found.bytes)};
}

/// What the index of a season measures, for whoever only reads it.
std::string measure_of(const Call& call, const Product& product) {
    if (std::holds_alternative<IncomeTerms>(product.cover)) return call.say("insurance.measure.income");
    if (std::holds_alternative<QualityTerms>(product.cover)) return call.say("insurance.measure.quality");
    const auto* weather = std::get_if<WeatherCover>(&product.cover);
    return call.say("insurance.variable." + (weather ? weather->variable : std::string("price")));
}

Result<Reply> public_look_up(Call& call) {
    const auto book = TRY(book_of(call));
    const Json asked = TRY(body(call));
    Json items = Json::array();
    for (const auto& row :
         TRY(look_up(call.database(), call.vault(), TRY(field<std::string>(asked, "policy_no")),
                     TRY(field<std::string>(asked, "phone")), call.request().peer, call.now()))) {
        const auto product = book.product(row.product);
        Json told = Json::array();
        for (const auto& claim : row.claims)
            told.push_back({{"number", claim.number},
                            {"state", coded_insurance(call, "claim_state", name_of(claim.state))},
                            {"reported_on", claim.reported_on.iso()},
                            {"assessed_fen", claim.assessed.fen()},
                            {"paid_fen", claim.paid.fen()},
                            {"paid_on", claim.paid_on ? Json(claim.paid_on->iso()) : Json(nullptr)}});
        Json seasons = Json::array();
        for (const auto& one : row.seasons)
            seasons.push_back({{"number", one.number},
                               {"season", one.season},
                               {"first_day", one.window.first.iso()},
                               {"last_day", one.window.last.iso()},
                               {"measure", product ? measure_of(call, **product) : ""},
                               {"index", one.index.rounded(2).plain()},
                               {"state", coded_insurance(call, "settlement_state", name_of(one.state))},
                               {"payable_fen", one.payable.fen()},
                               {"paid_on", one.paid_on ? Json(one.paid_on->iso()) : Json(nullptr)}});
        items.push_back(
            {{"number", row.number},
             {"product", product ? title_in(call, (*product)->title) : row.product},
             {"unit", product ? call.say("insurance.unit." + std::string(name_of((*product)->unit))) : ""},
             {"name", row.name},
             {"state", coded_insurance(call, "state", name_of(row.state))},
             {"first_day", row.cover.first.iso()},
             {"last_day", row.cover.last.iso()},
             {"effective_on", row.effective_on ? Json(row.effective_on->iso()) : Json(nullptr)},
             {"units", row.units.plain()},
             {"sum_insured_fen", row.sum_insured.fen()},
             {"premium_fen", row.premium.fen()},
             {"farmer_fen", row.farmer.fen()},
             {"paid_on", row.paid_on ? Json(row.paid_on->iso()) : Json(nullptr)},
             {"claims", told},
             {"seasons", seasons}});
    }
    return ok({{"items", items}});
}

constexpr std::array table{
    Route{get, "/api/insurance/claims", Right::insurance_read, list},
    Route{post, "/api/insurance/claims", Right::insurance_read, report},
    Route{get, "/api/insurance/claims/{id}", Right::insurance_read, one},
    Route{put, "/api/insurance/claims/{id}/losses", Right::insurance_write, sheet},
    Route{post, "/api/insurance/claims/{id}/steps", Right::insurance_read, step},
    Route{post, "/api/insurance/claims/{id}/photos", Right::insurance_read, photo_add},
    Route{get, "/api/insurance/claims/{id}/photos/{photo}", Right::insurance_read, photo_one},
    Route{post, "/api/public/insurance", Right::anyone, public_look_up},
};

}  // namespace

const Routes insurance_claims_routes = table;

}  // namespace ballast::api
