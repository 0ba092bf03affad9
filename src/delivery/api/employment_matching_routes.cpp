// Matchings: what was proposed and why, who was left out and why, what a person decided.
#include "api/employment_json.h"
#include "api/list_sheets.h"
#include "api/routes.h"

namespace ballast::api {
namespace {

using namespace employment;
using As = ListColumn::As;

Result<Reply> matching_list(Call& call, db::Tx& tx) {
    Json items = Json::array();
    for (const auto& one : TRY(matchings(tx, TRY(employment_desk(call)), TRY(call.query<AreaCode>("area")))))
        items.push_back(matching_json(call, one));
    return ok({{"total", items.size()}, {"items", items}});
}

Result<Json> whole(Call& call, db::Tx& tx, const Desk& desk, MatchingId id) {
    Json out = matching_json(call, TRY(matching(tx, desk, id)));
    ProposalQuery query;
    query.of = id;
    out["proposals"] = Json::array();
    for (const auto& one : TRY(proposals(tx, desk, query)))
        out["proposals"].push_back(proposal_json(call, one));
    out["left_out"] = Json::array();
    for (const auto& one : TRY(left_out(tx, desk, id))) out["left_out"].push_back(left_out_json(call, one));
    return out;
}

Result<Reply> matching_one(Call& call, db::Tx& tx) {
    return ok(TRY(whole(call, tx, TRY(employment_desk(call)), TRY(call.path<MatchingId>("id")))));
}

std::string joined(const Call& call, const Json& labelled) {
    std::string out;
    for (const auto& one : labelled)
        out += (out.empty() ? "" : call.say("employment.column.between")) + one["label"].get<std::string>();
    return out;
}

/// Proposals on a first sheet, households left out on a second.
Result<Reply> matching_sheet(Call& call) {
    const auto id = TRY(call.path<MatchingId>("id"));
    return audited_sheets(call, [&](db::Tx& tx, ListSheets& sheets) -> Result<TakenList> {
        Json all = TRY(whole(call, tx, TRY(employment_desk(call)), id));
        const auto title = all["area"]["name"].get<std::string>() + " " + all["as_of"].get<std::string>();
        for (auto& line : all["proposals"]) {
            line["why"] = joined(call, line["points"]);
            line["where"] = where_of(line["post"]);
        }
        for (auto& line : all["left_out"]) line["missing"] = joined(call, line["facts"]);
        TRY(sheets.sheet(head_of(call, "proposals"),
                         {{head_of(call, "person"), "/who/name", As::text, 10},
                          {head_of(call, "age"), "/who/age", As::number, 8},
                          {"", "/who/area", As::place},
                          {head_of(call, "post"), "/post/title", As::text, 20},
                          {head_of(call, "employer"), "/post/employer", As::text, 24},
                          {head_of(call, "place"), "/where", As::text, 18},
                          {head_of(call, "wage"), "/post/wage_fen", As::fen},
                          {head_of(call, "distance"), "/distance/label"},
                          {head_of(call, "first_worker"), "/first_worker", As::truth, 14},
                          {head_of(call, "against"), "/why", As::text, 30},
                          {head_of(call, "state"), "/state/label"},
                          {head_of(call, "reason"), "/reason/label", As::text, 18},
                          {head_of(call, "note"), "/note", As::text, 30}},
                         title));
        TRY(sheets.rows(all["proposals"]));
        TRY(sheets.sheet(head_of(call, "left_out"),
                         {{head_of(call, "head"), "/head", As::text, 10},
                          {"", "/area", As::place},
                          {head_of(call, "why"), "/why/label", As::text, 18},
                          {head_of(call, "missing"), "/missing", As::text, 60}},
                         title));
        TRY(sheets.rows(all["left_out"]));
        return TakenList{"employment.export", "matching:" + text(id), TRY(area_of(all["area"], "code")),
                         "employment-matching-" + text(id)};
    });
}

Result<Reply> matching_make(Call& call, db::Tx& tx) {
    const Json asked = TRY(body(call));
    const auto desk = TRY(employment_desk(call));
    return created(TRY(whole(call, tx, desk, TRY(match(tx, desk, TRY(area_of(asked, "area")))))));
}

Result<Reply> proposal_decide(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<ProposalId>("id"));
    const Json asked = TRY(body(call));
    Decision decision;
    decision.accept = TRY(field<bool>(asked, "accept"));
    decision.reason = TRY(text_in(asked, "reason"));
    decision.note = TRY(text_in(asked, "note"));
    if (decision.accept) decision.placement = TRY(placement_in(asked));
    decision.declared = TRY(declared_in(asked));
    const auto placed = TRY(decide(tx, TRY(employment_desk(call)), id, decision));
    return ok({{"placement", decision.accept ? Json(text(placed.id)) : Json(nullptr)},
               {"warnings", warnings_json(call, placed.warnings)}});
}

constexpr std::array table{
    Route{get, "/api/employment/matchings", may_read, matching_list},
    Route{post, "/api/employment/matchings", may_decide, matching_make},
    Route{get, "/api/employment/matchings/{id}", may_read, matching_one},
    Route{post, "/api/employment/matchings/{id}/sheet", may_read, matching_sheet},
    Route{post, "/api/employment/proposals/{id}/decision", may_decide, proposal_decide},
};

}  // namespace

const Routes employment_matching_routes = table;

}  // namespace ballast::api
