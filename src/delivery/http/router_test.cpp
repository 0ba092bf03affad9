#include "http/router.h"

#include <gmock/gmock.h>

namespace ballast::http {
namespace {

Result<Reply> nothing(Call&) { return Reply::empty(); }

constexpr std::array table{
    Route{Method::get, "/api/cases/{id}", auth::Right::signed_in, nothing},
    Route{Method::get, "/api/cases/open", auth::Right::signed_in, nothing},
    Route{Method::post, "/api/cases/{id}/actions", auth::Right::signed_in, nothing},
    Route{Method::get, "/api/cases/{id}/actions", auth::Right::signed_in, nothing},
    Route{Method::get, "/api/cases/open/late/{page}", auth::Right::signed_in, nothing},
};

Router::Match find(Method method, std::vector<std::string> segments) {
    static const Router router = [] {
        Router made;
        made.add(table);
        return made;
    }();
    return router.find(method, segments);
}

TEST(Router, GivesTheParametersOfThePath) {
    const auto match = find(Method::post, {"api", "cases", "41", "actions"});
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.route->pattern, "/api/cases/{id}/actions");
    EXPECT_EQ(match.parameters.find("id")->second, "41");
}

TEST(Router, PrefersAWordToAParameter) {
    EXPECT_EQ(find(Method::get, {"api", "cases", "open"}).route->pattern, "/api/cases/open");
    EXPECT_EQ(find(Method::get, {"api", "cases", "7"}).route->pattern, "/api/cases/{id}");
}

TEST(Router, TurnsBackWhenAWordLeadsNowhere) {
    const auto match = find(Method::get, {"api", "cases", "open", "actions"});
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.parameters.find("id")->second, "open");
}

TEST(Router, TellsWhichMethodsAPathTakes) {
    const auto match = find(Method::del, {"api", "cases", "41", "actions"});
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, "POST, GET");
}

TEST(Router, KnowsNoOtherPath) {
    for (const auto& path : std::vector<std::vector<std::string>>{
             {}, {"api"}, {"api", "cases"}, {"api", "cases", "4", "actions", "5"}}) {
        const auto match = find(Method::get, path);
        EXPECT_EQ(match.route, nullptr);
        EXPECT_EQ(match.allowed, "");
    }
}

TEST(Router, RefusesTheSameRouteTwice) {
    Router router;
    router.add(table);
    EXPECT_THROW(router.add(Routes(table).first(1)), InvariantBroken);
}

TEST(Request, TakesATargetApart) {
    Request request;
    ASSERT_TRUE(request.set_target("/api/areas/%E6%98%AD%2F?q=a%20b+c&flag&q=%26"));
    EXPECT_THAT(request.segments, testing::ElementsAre("api", "areas", "昭/"));
    EXPECT_THAT(request.query, testing::ElementsAre(testing::Pair("q", "a b c"), testing::Pair("flag", ""),
                                                    testing::Pair("q", "&")));
}

TEST(Request, RefusesATargetThatCannotBeDecoded) {
    for (const auto* target : {"", "api", "/%4", "/%zz", "/a%00b", "/x?q=%"}) {
        Request request;
        const auto taken = request.set_target(target);
        ASSERT_FALSE(taken) << target;
        EXPECT_EQ(taken.error().id, "http.bad_target");
    }
}

TEST(Request, SpeaksChineseUnlessAskedForEnglish) {
    Request request;
    EXPECT_EQ(request.language(), words::Language::zh);
    request.headers["accept-language"] = "fr-FR, en-GB;q=0.8, zh;q=0.5";
    EXPECT_EQ(request.language(), words::Language::en);
    request.query.emplace_back("lang", "zh");
    EXPECT_EQ(request.language(), words::Language::zh);
}

TEST(Request, FindsACookieByItsWholeName) {
    Request request;
    request.headers["cookie"] = "my_session=1; session=2; sessions=3";
    EXPECT_EQ(request.cookie("session"), "2");
    EXPECT_EQ(request.cookie("other"), "");
}

}  // namespace
}  // namespace ballast::http
