#include <algorithm>
#include <map>

#include "api/registry_json.h"
#include "api/routes.h"
#include "api/warnings_json.h"

namespace ballast::api {
namespace {

using registry::HouseholdId;
using registry::PersonId;

// -- lists -----------------------------------------------------------------------------------------------

Json line_json(const Call& call, const registry::Hit& hit) {
    Json json{{"id", text(hit.household)},
              {"household_no", hit.household_no},
              {"head_name", hit.head_name},
              {"village", area_json(call, hit.village)},
              {"kind", kind_name(hit.household_kind)},
              {"members", hit.members},
              {"worst_level", nullptr},
              {"warnings", 0}};
    if (hit.person && hit.person_name != hit.head_name)
        json["found"] = {{"person", text(*hit.person)},
                         {"name", hit.person_name},
                         {"relation", coded(call, registry::codes::relation, hit.person_relation)["label"]}};
    return json;
}

/// Opens its own transaction, for reading: a search must not wait for whoever writes.
Result<Reply> search(Call& call) {
    const Json asked = TRY(body(call));
    const auto what = TRY(field<std::string>(asked, "q"));
    const auto page = std::max<std::int64_t>(1, TRY(optional_field<std::int64_t>(asked, "page")).value_or(1));
    const auto size =
        std::clamp<std::int64_t>(TRY(optional_field<std::int64_t>(asked, "size")).value_or(20), 1, 200);
    constexpr int most = 500;  // whoever has more hits types another character
    auto hits = TRY(call.database().read([&](db::Tx& tx) {
        return registry::search(tx, call.vault(), call.actor().scope(Right::registry_read), what,
                                call.today(), most + 1);
    }));
    const bool more = std::ssize(hits) > most;
    if (more) hits.pop_back();
    Json items = Json::array();
    const auto total = static_cast<std::int64_t>(hits.size());
    for (std::int64_t i = (page - 1) * size; i < std::min(total, page * size); ++i)
        items.push_back(line_json(call, hits[static_cast<std::size_t>(i)]));
    TRY(call.database().read([&](db::Tx& tx) { return mark_lines(call, tx, items); }));
    return ok({{"total", total}, {"more", more}, {"items", items}});
}

AreaCode area_or_own(const Call& call, const std::optional<AreaCode>& asked) {
    return asked.value_or(call.context().settings.area);
}

Result<Reply> summary(Call& call, db::Tx& tx) {
    const auto area = TRY(call.query<AreaCode>("area")).value_or(own_area(call, Right::registry_read));
    const auto tallies = TRY(registry::summary(tx, call.actor().scope(Right::registry_read), area));
    std::int64_t households = 0, people = 0;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> by_kind;
    std::map<AreaCode, std::pair<std::int64_t, std::int64_t>> by_child;
    for (const auto& one : tallies) {
        households += one.households;
        people += one.people;
        for (auto* sum : {&by_kind[kind_name(one.kind)], &by_child[one.area]}) {
            sum->first += one.households;
            sum->second += one.people;
        }
    }
    Json kinds_json = Json::array(), children = Json::array();
    for (const auto& [code, name] : kinds)
        kinds_json.push_back(
            {{"kind", name}, {"households", by_kind[name].first}, {"persons", by_kind[name].second}});
    for (const auto& [child, sum] : by_child)
        children.push_back(
            {{"area", area_json(call, child)}, {"households", sum.first}, {"persons", sum.second}});
    return ok({{"area", area_json(call, area)},
               {"households", households},
               {"persons", people},
               {"by_kind", kinds_json},
               {"by_child", children}});
}

Result<Reply> list(Call& call, db::Tx& tx) {
    const auto page = TRY(call.page());
    registry::Listing listing;
    listing.area = area_or_own(call, TRY(call.query<AreaCode>("area")));
    if (const auto kind = TRY(call.query<std::string>("kind"))) listing.kind = TRY(kind_code(*kind));
    if (const auto ids = TRY(call.query<std::string>("ids"))) {
        for (std::size_t at = 0; at <= ids->size() && listing.ids.size() < 200;) {
            const auto end = std::min(ids->find(',', at), ids->size());
            const auto id = Call::parsed<HouseholdId>(std::string_view(*ids).substr(at, end - at));
            if (!id) return invalid("http.bad_parameter").with("name", "ids");
            listing.ids.push_back(*id);
            at = end + 1;
        }
    }
    listing.offset = page.offset();
    listing.limit = page.size;
    const auto hits = TRY(registry::list_households(tx, call.actor().scope(Right::registry_read), listing));
    Json items = Json::array();
    for (const auto& hit : hits.items) items.push_back(line_json(call, hit));
    TRY(mark_lines(call, tx, items));
    return ok({{"total", hits.total}, {"items", items}});
}

// -- one household ---------------------------------------------------------------------------------------

Result<Reply> one(Call& call, db::Tx& tx) {
    return reply_household(call, tx, TRY(call.path<HouseholdId>("id")));
}

// -- history ---------------------------------------------------------------------------------------------

Result<Reply> history(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<HouseholdId>("id"));
    const auto page = TRY(call.page());
    const auto entries =
        TRY(registry::timeline(tx, call.vault(), call.actor().scope(Right::registry_read), id));
    Json items = Json::array();
    const auto total = static_cast<std::int64_t>(entries.size());
    for (auto i = page.offset(); i < std::min(total, page.offset() + page.size); ++i) {
        const auto& entry = entries[static_cast<std::size_t>(i)];
        const Told words = entry.what == "first"
                               ? Told{call.say("registry.first." + entry.field), "", ""}
                               : told(call, entry.person.has_value(), entry.field, entry.before, entry.after);
        items.push_back({{"id", entry.key},
                         {"at", iso_instant(entry.recorded_at)},
                         {"person", entry.person ? Json(text(*entry.person)) : Json(nullptr)},
                         {"person_name", or_null(entry.person_name)},
                         {"field", entry.field},
                         {"label", words.label},
                         {"old", or_null(words.before)},
                         {"new", or_null(words.after)},
                         {"since", entry.since.iso()},
                         {"source", entry.source},
                         {"by", or_null(entry.account)}});
    }
    return ok({{"total", total}, {"items", items}});
}

Result<Reply> reveal_one(Call& call, db::Tx& tx, HouseholdId id, std::optional<PersonId> person) {
    const Json asked = TRY(body(call));
    const auto value = TRY(registry::reveal(tx, call.vault(), call.actor(), id, person,
                                            TRY(field<std::string>(asked, "field")),
                                            TRY(field<std::string>(asked, "purpose")), call.now()));
    return ok({{"value", value}});
}

Result<Reply> reveal_person(Call& call, db::Tx& tx) {
    const auto person = TRY(call.path<PersonId>("id"));
    const auto id = TRY(registry::household_of(tx, call.actor().scope(Right::registry_unmask), person));
    return reveal_one(call, tx, id, person);
}

Result<Reply> reveal_household(Call& call, db::Tx& tx) {
    return reveal_one(call, tx, TRY(call.path<HouseholdId>("id")), std::nullopt);
}

constexpr std::array table{
    Route{post, "/api/registry/search", Right::registry_read, search},
    Route{get, "/api/registry/summary", Right::registry_read, summary},
    Route{get, "/api/registry/households", Right::registry_read, list},
    Route{get, "/api/registry/households/{id}", Right::registry_read, one},
    Route{get, "/api/registry/households/{id}/history", Right::registry_read, history},
    Route{post, "/api/registry/persons/{id}/reveal", Right::registry_unmask, reveal_person},
    Route{post, "/api/registry/households/{id}/reveal", Right::registry_unmask, reveal_household},
};

}  // namespace

Result<Json> household_lines(Call& call, db::Tx& tx, const std::vector<HouseholdId>& ids) {
    Json out = Json::object();
    if (ids.empty()) return out;
    registry::Listing listing;
    listing.ids = ids;
    listing.limit = static_cast<std::int64_t>(ids.size());
    for (const auto& hit :
         TRY(registry::list_households(tx, call.actor().scope(Right::warnings_read), listing)).items)
        out[text(hit.household)] = line_json(call, hit);
    return out;
}

const Routes registry_routes = table;

}  // namespace ballast::api
