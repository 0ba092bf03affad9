// What is signed and put up in the village, as PDF.
#include "api/insurance_json.h"
#include "api/insurance_tables.h"
#include "api/paper_reply.h"
#include "insurance/papers.h"

namespace ballast::api {
namespace {

using namespace insurance;

Result<Reply> policy_paper(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<PolicyId>("id"));
    return printed_paper(TRY(insured_paper(tx, desk_of(call, book), id, TRY(paper_language(call)))), "policy-" + text(id));
}

Result<Reply> claim_paper(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<ClaimId>("id"));
    const auto kind = TRY(call.path<std::string>("kind"));
    if (kind != "losses" && kind != "payments") return not_found("insurance.no_such_paper");
    const auto make = kind == "losses" ? loss_paper : payment_paper;
    return printed_paper(TRY(make(tx, desk_of(call, book), id, TRY(paper_language(call)))), kind + "-" + text(id));
}

Result<Reply> season_paper(Call& call, db::Tx& tx) {
    const auto book = TRY(book_of(call));
    const auto id = TRY(call.path<SettlementId>("id"));
    return printed_paper(TRY(settlement_paper(tx, desk_of(call, book), id, TRY(paper_language(call)))),
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
