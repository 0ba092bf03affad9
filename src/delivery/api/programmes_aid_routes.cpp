#include <map>

#include "api/programmes_json.h"
#include "api/routes.h"
#include "api/warnings_json.h"
#include "programmes/receipts.h"

namespace ballast::api {
namespace {

using namespace programmes;

/// Every programme that can be used, by name.
using Shelf = std::map<std::string, std::shared_ptr<const Programme>, std::less<>>;
Shelf usable(const Call& call) {
    Shelf out;
    for (auto& reading : shelf(call.context().paths.root + "/packs"))
        if (reading.programme) out[reading.name] = std::move(reading.programme);
    return out;
}

/// Nothing of a row whose pack or register is no longer there. `beside`: all of the household's, or those of one receipt.
std::optional<Json> aid_json(Call& call, const Shelf& programmes, const Aid& one, const std::vector<Aid>& beside) {
    const auto found = programmes.find(one.pack);
    const auto* kind = found == programmes.end() ? nullptr : found->second->find_register(one.record.kind);
    if (!kind) return std::nullopt;
    Json out = record_json(call, *found->second, one.record, "");
    out["programme"] = {{"code", one.pack}, {"label", title_of(call, found->second->pack.title)}};
    out["title"] = title_of(call, kind->title);
    out["receiver"] = one.receipt.empty() || !kind->benefit ? Json(nullptr) : Json(programmes::name_of(kind->benefit->to));
    out["person"] = one.record.person ? Json(text(*one.record.person)) : Json(nullptr);
    out["twice"] = one.twice;
    out["twins"] = Json::array();
    for (const auto& other : beside)
        if (one.twice && other.receipt == one.receipt && other.record.id != one.record.id)
            out["twins"].push_back(text(other.record.id));
    return out;
}

Result<Reply> aid(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<registry::HouseholdId>("id"));
    const auto programmes = usable(call);
    Json items = Json::array();
    const auto all = TRY(aid_of(tx, call.actor(), id));
    for (const auto& one : all)
        if (auto json = aid_json(call, programmes, one, all)) items.push_back(*std::move(json));
    return ok({{"items", items}});
}

Result<Reply> twice(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    const DoubledQuery query{TRY(call.query<AreaCode>("area")), page.offset(), page.size};
    std::int64_t total = 0;
    const auto found = TRY(doubled(tx, call.actor(), query, &total));
    std::vector<registry::HouseholdId> ids;
    for (const auto& one : found) ids.push_back(one.household);
    const Json households = ids.empty() ? Json::object() : TRY(household_lines(call, tx, ids));
    const auto programmes = usable(call);
    Json items = Json::array();
    for (const auto& one : found) {
        Json rows = Json::array();
        for (const auto& row : one.rows)
            if (auto json = aid_json(call, programmes, row, one.rows)) rows.push_back(*std::move(json));
        const auto line = households.find(text(one.household));
        items.push_back({{"household", text(one.household)},
                         {"head_name", line == households.end() ? "" : line->value("head_name", "")},
                         {"area", area_json(call, one.rows.front().record.area)},
                         {"rows", rows}});
    }
    return ok({{"total", total}, {"items", items}});
}

constexpr std::array table{
    Route{get, "/api/households/{id}/aid", may_read, aid},
    Route{get, "/api/aid/twice", may_read, twice},
};

}  // namespace

const Routes programmes_aid_routes = table;

}  // namespace ballast::api
