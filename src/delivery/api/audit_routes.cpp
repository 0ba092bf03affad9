#include "api/audit_words.h"
#include "api/routes.h"

namespace ballast::api {
namespace {

Json to_json(AuditWords& words, const audit::Entry& entry) {
    Json json{{"id", std::to_string(entry.id)},    {"chain", std::to_string(entry.chain)},
              {"sequence", entry.sequence},        {"at", iso_instant(entry.at)},
              {"account", entry.account},          {"role", entry.role},
              {"role_label", words.roles(entry.role)},
              {"action", entry.event.action},      {"object", entry.event.object},
              {"area", entry.event.area.digits()}, {"purpose", entry.event.purpose},
              {"details", entry.event.details},    {"facts", words.facts(entry.event)}};
    if (const auto label = words.action(entry.event.action)) json["action_label"] = *label;
    return json;
}

Result<Reply> list(Call& call, db::Tx& tx) {
    audit::Query query;
    query.action = TRY(call.query<std::string>("action"));
    query.account = TRY(call.query<std::string>("account"));
    query.object = TRY(call.query<std::string>("object"));
    query.before_id = TRY(call.query<std::int64_t>("before")).value_or(0);
    const auto limit = TRY(call.query<std::int64_t>("limit")).value_or(50);
    if (limit < 1 || limit > 200) return invalid("http.bad_parameter").with("name", "limit");
    query.limit = static_cast<int>(limit);
    Json items = Json::array();
    AuditWords words(call);
    for (const auto& entry : TRY(audit::list(tx, call.actor().scope(Right::audit_read), query)))
        items.push_back(to_json(words, entry));
    return ok({{"items", items}});
}

Result<Reply> verdict(Call& call, db::Tx& tx) {
    const auto found = TRY(audit::verify(tx, call.vault()));
    Json breaks = Json::array();
    for (const auto& one : found.breaks)
        breaks.push_back(
            {{"chain", std::to_string(one.chain)}, {"sequence", one.sequence}, {"what", one.what}});
    return ok({{"chains", found.chains}, {"entries", found.entries}, {"breaks", breaks}});
}

constexpr std::array table{
    Route{get, "/api/audit", Right::audit_read, list},
    Route{get, "/api/audit/verdict", Right::audit_read, verdict},
};

}  // namespace

const Routes audit_routes = table;

}  // namespace ballast::api
