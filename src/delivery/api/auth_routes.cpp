#include <set>

#include "api/json.h"
#include "api/routes.h"
#include "audit/users.h"
#include "auth/auth.h"
#include "feeds/contract.h"
#include "http/service.h"

namespace ballast::api {
namespace {

Json user_json(const Call& call, const auth::User& user) {
    Json grants = Json::array();
    for (const auto& grant : user.grants) {
        const std::string role(auth::name_of(grant.role));
        Json one{{"role", role},
                 {"role_title", call.say("api.role." + role)},
                 {"area", area_json(call, grant.area)}};
        if (!grant.department.empty()) one["department"] = grant.department;
        grants.push_back(one);
    }
    return {{"id", std::to_string(user.id.number())},
            {"account", user.account},
            {"name", user.name},
            {"active", user.active},
            {"must_change_password", user.must_change},
            {"grants", grants}};
}

Json session_json(const Call& call, const auth::Session& session) {
    const auto& actor = session.actor;
    Json rights = Json::array();
    for (const auto right : auth::all_rights())
        if (right != Right::anyone && actor.may(right)) rights.push_back(name_of(right));
    return {{"user", user_json(call, {actor.user, actor.account, actor.name, actor.grants, true,
                                      session.must_change})},
            {"csrf", session.csrf},
            {"rights", rights},
            {"expires", iso_instant(session.expires)}};
}

std::string cookie(const Call& call, const std::string& token, std::int64_t seconds) {
    return std::string(http::session_cookie) + "=" + token +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds) +
           (call.context().settings.https ? "; Secure" : "");
}

Result<Reply> sign_in(Call& call) {
    const Json given = TRY(body(call));
    const auto account = TRY(field<std::string>(given, "account"));
    const auto password = TRY(field<std::string>(given, "password"));
    const auto session = TRY(
        audit::sign_in(call.database(), call.vault(), account, password, call.request().peer, call.now()));
    const auto seconds = (session.expires.ms - call.now().ms) / 1000;
    return ok(session_json(call, session)).with("Set-Cookie", cookie(call, session.token, seconds));
}

Result<Reply> who(Call& call) { return ok(session_json(call, call.session())); }

Result<Reply> sign_out(Call& call, db::Tx& tx) {
    TRY(audit::sign_out(tx, call.vault(), call.session(), call.now()));
    return Reply::empty().with("Set-Cookie", cookie(call, "", 0));
}

Result<Reply> users(Call& call, db::Tx& tx) {
    Json items = Json::array();
    for (const auto& user : TRY(auth::list_users(tx, call.actor()))) items.push_back(user_json(call, user));
    return ok({{"items", items}});
}

Result<std::vector<auth::Actor::Grant>> grants_in(const Json& given) {
    std::vector<auth::Actor::Grant> grants;
    for (const auto& one : TRY(field<Json>(given, "grants"))) {
        if (!one.is_object()) return invalid("http.wrong_type").with("name", "grants");
        const auto role = TRY(field<std::string>(one, "role"));
        const auto area = TRY(field<std::string>(one, "area"));
        grants.push_back({TRY(auth::role_named(role)), TRY(AreaCode::parse(area)),
                          TRY(optional_field<std::string>(one, "department")).value_or("")});
    }
    return grants;
}

Result<Reply> add(Call& call, db::Tx& tx) {
    const Json given = TRY(body(call));
    auth::User user;
    user.account = TRY(field<std::string>(given, "account"));
    user.name = TRY(field<std::string>(given, "name"));
    const auto password = TRY(field<std::string>(given, "password"));
    user.grants = TRY(grants_in(given));
    user.id = TRY(audit::add_user(tx, call.vault(), call.actor(), user, password, call.now()));
    return created(user_json(call, user));
}

/// What a new account may be given: every role with the widest area of its, and who sends files.
Result<Reply> choices(Call& call) {
    Json roles = Json::array(), departments = Json::array();
    for (const auto role : auth::all_roles()) {
        const std::string name(auth::name_of(role));
        roles.push_back({{"role", name},
                         {"title", call.say("api.role." + name)},
                         {"widest", name_of(auth::widest_of(role))},
                         {"department", role == auth::Role::department_clerk}});
    }
    std::set<std::string> told;
    for (const auto& agreed : feeds::contracts())
        if (told.insert(agreed.department).second)
            departments.push_back({{"code", agreed.department},
                                   {"label", call.language() == words::Language::en ? agreed.department_en
                                                                                    : agreed.department_zh}});
    return ok({{"roles", roles}, {"departments", departments}});
}

Result<Reply> reply_user(Call& call, db::Tx& tx, auth::UserId id) {
    return ok(user_json(call, TRY(auth::load_user(tx, call.actor(), id))));
}

Result<Reply> deactivate(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<auth::UserId>("id"));
    TRY(audit::deactivate(tx, call.vault(), call.actor(), id, call.now()));
    return reply_user(call, tx, id);
}

Result<Reply> reactivate(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<auth::UserId>("id"));
    TRY(audit::reactivate(tx, call.vault(), call.actor(), id, call.now()));
    return reply_user(call, tx, id);
}

Result<Reply> set_grants(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<auth::UserId>("id"));
    const auto grants = TRY(grants_in(TRY(body(call))));
    TRY(audit::set_grants(tx, call.vault(), call.actor(), id, grants, call.now()));
    return reply_user(call, tx, id);
}

Result<Reply> set_password(Call& call, db::Tx& tx) {
    const auto id = TRY(call.path<auth::UserId>("id"));
    const auto password = TRY(field<std::string>(TRY(body(call)), "password"));
    TRY(audit::set_password(tx, call.vault(), call.actor(), id, password, call.now()));
    return reply_user(call, tx, id);
}

/// The slow hashes are computed outside of any transaction.
Result<Reply> change_password(Call& call) {
    const Json given = TRY(body(call));
    TRY(audit::change_password(call.database(), call.vault(), call.session(),
                               TRY(field<std::string>(given, "old")), TRY(field<std::string>(given, "new")),
                               call.now()));
    return Reply::empty();
}

constexpr std::array table{
    Route{get, "/api/session", Right::signed_in, who},
    Route{post, "/api/session", Right::anyone, sign_in},
    Route{del, "/api/session", Right::signed_in, sign_out},
    Route{post, "/api/session/password", Right::signed_in, change_password},
    Route{get, "/api/users", Right::users_manage, users},
    Route{post, "/api/users", Right::users_manage, add},
    Route{get, "/api/users/choices", Right::users_manage, choices},
    Route{post, "/api/users/{id}/deactivate", Right::users_manage, deactivate},
    Route{post, "/api/users/{id}/reactivate", Right::users_manage, reactivate},
    Route{post, "/api/users/{id}/grants", Right::users_manage, set_grants},
    Route{post, "/api/users/{id}/password", Right::users_manage, set_password},
};

}  // namespace

const Routes auth_routes = table;

}  // namespace ballast::api
