// What is signed and put up in the village, as PDF. In Chinese, whatever the browser speaks, unless asked otherwise.
#include "api/insurance_json.h"
#include "api/insurance_tables.h"
#include "document/render.h"
#include "insurance/papers.h"

namespace ballast::api {
namespace {

using namespace insurance;

Result<words::Language> language_of(const Call& call) {
    const auto language = words::parse_language(TRY(call.query<std::string>("lang")).value_or("zh"));
    if (!language) return invalid("http.bad_parameter").with("name", "lang");
    return *language;
}

Result<Reply> printed(const document::Document& tree, const std::string& name) {
    return Reply{.headers = {{"Content-Type", "application/pdf"},
                             {"Content-Disposition", "inline; filename=\"" + name + ".pdf\""},
                             {"Cache-Control", "private, no-store"}},
                 .body = TRY(document::pdf(tree))};
}

Result<Reply> policy_paper(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<PolicyId>("id"));
    return printed(TRY(insured_paper(tx, desk_of(call, book), id, TRY(language_of(call)))), "policy-" + text(id));
}

Result<Reply> claim_paper(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<ClaimId>("id"));
    const auto kind = TRY(call.path<std::string>("kind"));
    if (kind != "losses" && kind != "payments") return not_found("insurance.no_such_paper");
    const auto make = kind == "losses" ? loss_paper : payment_paper;
    return printed(TRY(make(tx, desk_of(call, book), id, TRY(language_of(call)))), kind + "-" + text(id));
}

Result<Reply> season_paper(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<SettlementId>("id"));
    return printed(TRY(settlement_paper(tx, desk_of(call, book), id, TRY(language_of(call)))),
                   "settlement-" + text(id));
}

constexpr std::array table{
    Route{get, "/api/insurance/policies/{id}/paper", Right::insurance_read, policy_paper},
    Route{get, "/api/insurance/claims/{id}/papers/{kind}", Right::insurance_read, claim_paper},
    Route{get, "/api/insurance/settlements/{id}/paper", Right::insurance_read, season_paper},
};

}  // namespace

const Routes insurance_papers_routes = table;

}  // namespace ballast::api
