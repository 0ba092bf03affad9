// Every route × every role × inside and outside the area, out of the route table itself: a route that
// somebody adds is held to this without being named here.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "world.h"

namespace ballast::contract {
namespace {

using auth::Right;
using auth::Role;
using http::Method;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::string name_of(const http::Route& route) {
    return std::string(http::name_of(route.method)) + " " + std::string(route.pattern);
}
std::vector<const http::Route*> routes() {
    std::vector<const http::Route*> all;
    for (const auto& table : api::all_routes())
        for (const auto& route : table)
            // To sign out ends what the test goes on with; that it asks for a session is seen below.
            if (route.right != Right::anyone && name_of(route) != "DELETE /api/session")
                all.push_back(&route);
    return all;
}
/// A programme itself is the same for all: only what it holds lies somewhere.
bool names_an_object(const http::Route& route) {
    return route.pattern.find("{", route.pattern.find("{programme}") == std::string_view::npos
                                       ? 0
                                       : route.pattern.find("{programme}") + 1) != std::string_view::npos;
}
std::string error_of(const http::Reply& reply) {
    const auto body = json::parse(reply.body, nullptr, false);
    return body.is_object() ? body.value(json::json_pointer("/error/id"), "") : "";
}

AreaCode home_of(Role role) {
    return auth::widest_of(role) == AreaLevel::village    ? World::village
           : auth::widest_of(role) == AreaLevel::township ? World::township
                                                          : World::county;
}
AreaCode elsewhere(Role role) {
    return auth::widest_of(role) == AreaLevel::village    ? World::other_village
           : auth::widest_of(role) == AreaLevel::township ? World::other_township
                                                          : World::other_county;
}
bool has_a_right(Role role) {
    return std::ranges::any_of(auth::all_rights(), [&](Right right) {
        return right != Right::anyone && right != Right::signed_in && auth::gives(role, right);
    });
}

bool is_of_an_evaluation(const http::Route& route) {
    return route.pattern.starts_with("/api/insurance/insurers/{id}/evaluations") ||
           route.pattern.starts_with("/api/insurance/insurers/{id}/network");
}

/// Which step of a case, an issue, a policy, a settlement or a claim somebody may take, its procedure says; who reports a
/// loss and who takes its photos is the village or the insurer; who proposes a household for prevention cover is the village or the
/// county; who enters what of an insurer's evaluation and network is the county or that insurer; a job is its owner's; the list behind a
/// figure is read with the right over what is listed.
bool says_itself(const http::Route& route) {
    return route.pattern.starts_with("/api/cases/{id}/") || route.pattern.starts_with("/api/jobs/") ||
           route.pattern == "/api/bulletin/snapshots/{id}/rows" ||
           route.pattern == "/api/bulletin/issues/{id}/actions" ||
           route.pattern == "/api/insurance/policies/{id}/steps" ||
           route.pattern == "/api/insurance/policies/{id}/endorsements/{place}/steps" ||
           route.pattern == "/api/insurance/settlements/{id}/steps" ||
           (is_of_an_evaluation(route) && route.method != Method::get) ||
           name_of(route) == "POST /api/insurance/prevention/cases" ||
           route.pattern == "/api/insurance/prevention/cases/{id}/steps" ||
           (route.pattern.starts_with("/api/insurance/claims") && route.method != Method::get);
}

/// A pool, an insurer's evaluation, a year of prevention cover, the regulator's quarter or the world's one project is the county's,
/// and none of those within it look into its books.
bool is_the_countys(const http::Route& route) {
    return is_of_an_evaluation(route) || route.pattern.starts_with("/api/insurance/pools/{id}") ||
           route.pattern.starts_with("/api/insurance/prevention/years/{id}") ||
           route.pattern == "/api/indicators/credit/sheet" || route.pattern == "/api/programmes/{programme}/projects/sheet";
}

class Authorisation : public db_testing::OnBothEngines {};
ON_BOTH_ENGINES(Authorisation);

TEST_P(Authorisation, NobodyIsAskedInWithoutASession) {
    World world(database());
    for (const auto& table : api::all_routes())
        for (const auto& route : table) {
            if (route.right == Right::anyone) continue;
            const auto reply = world.ask(route, nullptr);
            EXPECT_EQ(reply.status, 401) << name_of(route);
            EXPECT_EQ(error_of(reply), "auth.signed_out") << name_of(route);
        }
}

TEST_P(Authorisation, ARoleHasItsRightsAndNoOthersWithinItsArea) {
    World world(database());
    for (const Role role : auth::all_roles()) {
        const auto session = world.signed_in(role, home_of(role));
        for (const auto* route : routes()) {
            SCOPED_TRACE(name_of(*route) + " as " + std::string(auth::name_of(role)));
            const auto reply = world.ask(*route, &session);
            if (!auth::gives(role, route->right)) {
                EXPECT_EQ(reply.status, 403);
                EXPECT_EQ(error_of(reply), "auth.not_allowed");
                continue;
            }
            EXPECT_LT(reply.status, 500) << reply.body;
            EXPECT_NE(reply.status, 401);
            if (says_itself(*route)) continue;
            EXPECT_NE(error_of(reply), "auth.not_allowed");
            const bool beyond = is_the_countys(*route) && !home_of(role).contains(World::county);
            if (route->method == Method::get) {
                EXPECT_EQ(reply.status, beyond ? 404 : 200) << reply.body;
            }
        }
    }
}

/// Of what is the same everywhere: the areas themselves, contracts, forms, products, rule sets, what a
/// programme declares (and counts in one's own area), indicators (of one's own area, where nothing is), sums
/// over what was typed, one's own session.
bool common_to_all(const http::Route& route) {
    return route.pattern.starts_with("/api/areas/") || route.pattern.starts_with("/api/session") ||
           route.pattern == "/api/users/choices" || route.pattern == "/api/registry/form" ||
           route.pattern == "/api/feeds/contracts" || route.pattern == "/api/registry/template" ||
           route.pattern == "/api/clues/sources" || route.pattern == "/api/bulletin/columns" ||
           route.pattern == "/api/bulletin/queries" || route.pattern == "/api/programmes" ||
           name_of(route) == "GET /api/indicators" || name_of(route) == "GET /api/returns" ||
           name_of(route) == "POST /api/indicators/forms/{form}/sheet" ||  // its rows name their areas
           route.pattern.starts_with("/api/employment/sheets/") ||  // a row names its area or person
           name_of(route) == "POST /api/surveillance/prices/sheet" ||      // so do these
           route.pattern == "/api/loans/schemes" ||
           route.pattern == "/api/insurance/products" || route.pattern == "/api/insurance/quotes" ||
           route.pattern == "/api/insurance/valuations" ||
           route.pattern.starts_with("/api/employment/options") || route.pattern == "/api/rules" ||
           route.pattern == "/api/rules/{set}" || route.pattern == "/api/employment/indicators" ||
           route.pattern == "/api/programmes/{programme}" || route.pattern.ends_with("/fees/calculate");
}

/// The other county has accounts, and a record of how they were made.
bool has_things_elsewhere(const http::Route& route) {
    return name_of(route) == "GET /api/audit" || name_of(route) == "GET /api/users";
}

TEST_P(Authorisation, OutsideTheAreaThereIsNothing) {
    World world(database());
    for (const Role role : auth::all_roles()) {
        if (!has_a_right(role)) continue;
        const auto session = world.signed_in(role, elsewhere(role));
        for (const auto* route : routes()) {
            if (!auth::gives(role, route->right)) continue;
            SCOPED_TRACE(name_of(*route) + " as " + std::string(auth::name_of(role)) + " of elsewhere");
            const auto reply = world.ask(*route, &session);
            for (const auto& word : World::private_words) EXPECT_THAT(reply.body, Not(HasSubstr(word)));
            EXPECT_TRUE(reply.file.empty() || common_to_all(*route)) << "a file";
            if (common_to_all(*route)) continue;
            // Insurers, banks and buyers work in the whole county, and every village of it may know.
            if ((route->pattern == "/api/insurance/insurers" || route->pattern == "/api/loans/banks" ||
                 route->pattern == "/api/loans/buyers") &&
                World::county.contains(elsewhere(role)))
                continue;
            if (error_of(reply) == "insurance.no_insurer") continue;  // acts for nobody, and so does nothing
            if (names_an_object(*route) && says_itself(*route) && error_of(reply) == "auth.not_allowed")
                continue;
            if (names_an_object(*route)) {
                EXPECT_EQ(reply.status, 404) << reply.body;
            } else if (reply.status == 200) {
                const auto body = json::parse(reply.body, nullptr, false);
                ASSERT_TRUE(body.is_object()) << reply.body;
                if (has_things_elsewhere(*route)) {
                    EXPECT_THAT(reply.body, Not(HasSubstr(World::county.short_digits())));
                    continue;
                }
                EXPECT_EQ(body.value("total", 0), 0) << reply.body;
                EXPECT_EQ(body.value("items", json::array()).size(), 0U) << reply.body;
            } else {
                EXPECT_THAT(reply.status, ::testing::AnyOf(403, 404)) << reply.body;
            }
        }
    }
}

/// The world was made through what its people do: all of it reads as words in the audit.
TEST_P(Authorisation, WhatIsRecordedIsSaidInWords) {
    World world(database());
    const auto auditor = world.signed_in(Role::auditor, World::county);
    const auto all = routes();
    const auto audit = std::ranges::find(all, "GET /api/audit", [](const auto* route) { return name_of(*route); });
    const auto reply = world.ask(**audit, &auditor);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto entries = json::parse(reply.body)["items"];
    EXPECT_GT(entries.size(), 50U);
    for (const auto& entry : entries) {
        EXPECT_TRUE(entry.contains("action_label")) << entry["action"];
        for (const auto& fact : entry["facts"]) {
            EXPECT_NE(fact["label"], fact["name"]) << entry["action"];
            // A code that nobody reads. A pack goes by its folder, and what an issue of the bulletin took by its file or its query.
            const bool of_an_issue = entry["action"].get<std::string>().starts_with("bulletin.");
            if (fact["name"] == "pack" || (fact["name"] == "fields" && of_an_issue)) continue;
            EXPECT_THAT(fact["value"].get<std::string>(), Not(MatchesRegex("[a-z]+(_[a-z]+)*"))) << entry["action"] << fact["name"];
        }
    }
}

}  // namespace
}  // namespace ballast::contract
