// openapi.yaml is the contract: every route is in it with the same right, and nothing else is.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "api/routes.h"

namespace ballast::api {
namespace {

using Contract = std::map<std::string, std::string>;  // "GET /api/jobs/{id}" -> "signed_in"

Contract written() {
    Contract all;
    const auto paths = YAML::LoadFile(BALLAST_SOURCE_DIR "/src/delivery/api/openapi.yaml")["paths"];
    for (const auto& path : paths)
        for (const auto& operation : path.second) {
            auto method = operation.first.as<std::string>();
            std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::toupper(c); });
            all[method + " " + path.first.as<std::string>()] = operation.second["x-right"].as<std::string>();
        }
    return all;
}

Contract served() {
    Contract all;
    for (const auto& table : all_routes())
        for (const auto& route : table)
            all[std::string(http::name_of(route.method)) + " " + std::string(route.pattern)] =
                auth::name_of(route.right);
    return all;
}

TEST(OpenApi, NamesEveryRouteWithItsRight) {
    const auto contract = written();
    for (const auto& [route, right] : served()) {
        ASSERT_TRUE(contract.contains(route)) << route << " is not in openapi.yaml";
        EXPECT_EQ(contract.at(route), right) << route;
    }
}

/// "GET /api/jobs/{id}" -> "/api/jobs"
std::string part_of(const std::string& route) {
    const auto begin = route.find("/api/");
    return route.substr(begin, route.find('/', begin + 5) - begin);
}

// A part of the contract that has no route at all is not built yet; one that has some has all.
TEST(OpenApi, PromisesNothingThatIsNotServed) {
    const auto routes = served();
    std::set<std::string> parts;
    for (const auto& [route, right] : routes) parts.insert(part_of(route));
    for (const auto& [route, right] : written())
        if (parts.contains(part_of(route))) {
            EXPECT_TRUE(routes.contains(route)) << route << " is not served";
        }
}

}  // namespace
}  // namespace ballast::api
