#include "auth/auth.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <thread>

#include "db_testing/testing.h"
#include "schema/shipped.h"

namespace ballast::auth {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

AreaCode area(std::string_view digits) { return AreaCode::parse(digits).value(); }
const AreaCode zhaojue = area("513431");
const AreaCode township = area("513431100");
const AreaCode liangshan = area("5134");
const AreaCode meigu = area("513436");

constexpr Instant morning{1'763'859'600'000};
constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute;
Instant after(std::int64_t ms) { return {morning.ms + ms}; }

Actor actor_with(std::vector<Actor::Grant> grants) { return {UserId(7), "wang", "王芳", std::move(grants)}; }

// ---- scopes

TEST(Scope, DropsAreasInsideOthersAndHoldsWhatLiesInside) {
    const Scope scope({township, zhaojue, meigu, zhaojue});
    EXPECT_THAT(scope.areas(), ElementsAre(zhaojue, meigu));
    EXPECT_TRUE(scope.contains(zhaojue));
    EXPECT_TRUE(scope.contains(area("513431100200")));
    EXPECT_TRUE(scope.contains(area("513431999999")));
    EXPECT_FALSE(scope.contains(area("513432")));
    EXPECT_FALSE(scope.contains(liangshan));
    EXPECT_FALSE(Scope().contains(zhaojue));
    EXPECT_TRUE(Scope::whole_country().contains(AreaCode{}));
}

TEST(Scope, IntersectionIsWhatBothAllow) {
    EXPECT_THAT(Scope({liangshan}).intersect(Scope({township, area("51")})).areas(), ElementsAre(liangshan));
    EXPECT_THAT(Scope({zhaojue, meigu}).intersect(Scope({township})).areas(), ElementsAre(township));
    EXPECT_THAT(Scope({zhaojue}).intersect(Scope({meigu})).areas(), IsEmpty());
    EXPECT_THAT(Scope::whole_country().intersect(Scope({meigu})).areas(), ElementsAre(meigu));
    EXPECT_THAT(Scope().intersect(Scope::whole_country()).areas(), IsEmpty());
}

TEST(Scope, AsSqlIsRangesOfNumbersOrNothing) {
    EXPECT_EQ(Scope({zhaojue}).sql("h.village_code"),
              "(h.village_code BETWEEN 513431000000 AND 513431999999)");
    EXPECT_EQ(Scope({zhaojue, meigu}).sql("a"),
              "(a BETWEEN 513431000000 AND 513431999999 OR a BETWEEN 513436000000 AND 513436999999)");
    EXPECT_EQ(Scope().sql("a"), "(1=0)");
    EXPECT_THROW(Scope().sql("a) OR (1=1"), InvariantBroken);
}

// ---- roles and rights

TEST(Rights, EveryRoleAndRightHasANameOfItsOwn) {
    EXPECT_THAT(all_roles(), SizeIs(18));
    for (const Role role : all_roles()) EXPECT_EQ(role_named(name_of(role)).value(), role);
    EXPECT_EQ(role_named("emperor").error().id, "auth.no_such_role");
    EXPECT_EQ(name_of(Right::registry_read), "registry_read");
    EXPECT_EQ(name_of(Right::users_manage), "users_manage");
    std::set<std::string_view> names;
    for (const Right right : all_rights()) names.insert(name_of(right));
    EXPECT_THAT(names, SizeIs(all_rights().size()));
}

TEST(Rights, TheAdministratorHasNoBusinessDataAndTheAuditorReadsTheLogsOnly) {
    for (const Right right : all_rights()) {
        const bool everybody = right == Right::anyone || right == Right::signed_in;
        EXPECT_EQ(gives(Role::system_admin, right), everybody || right == Right::users_manage)
            << name_of(right);
        EXPECT_EQ(gives(Role::auditor, right), everybody || right == Right::audit_read) << name_of(right);
    }
}

TEST(Rights, WhoeverReviewsDoesNotEnterAndAClerkSeesNoRegister) {
    EXPECT_TRUE(gives(Role::village_officer, Right::registry_write));
    EXPECT_FALSE(gives(Role::village_officer, Right::registry_unmask));
    EXPECT_FALSE(gives(Role::township_reviewer, Right::registry_write));
    EXPECT_TRUE(gives(Role::township_reviewer, Right::registry_unmask));
    EXPECT_TRUE(gives(Role::department_clerk, Right::feeds_upload));
    EXPECT_FALSE(gives(Role::department_clerk, Right::registry_read));
    EXPECT_FALSE(gives(Role::prefecture_supervisor, Right::registry_read));
}

TEST(Rights, AnActorHasTheScopeOfTheRolesThatGiveTheRight) {
    const Actor actor = actor_with(
        {{Role::village_officer, area("513431100200"), ""}, {Role::department_clerk, meigu, "medical"}});
    EXPECT_THAT(actor.scope(Right::registry_read).areas(), ElementsAre(area("513431100200")));
    EXPECT_THAT(actor.scope(Right::feeds_upload).areas(), ElementsAre(meigu));
    EXPECT_THAT(actor.scope(Right::users_manage).areas(), IsEmpty());
    EXPECT_FALSE(actor.may(Right::users_manage));
    EXPECT_EQ(require(actor, Right::users_manage).error().id, "auth.not_allowed");
    EXPECT_EQ(actor.department(), "medical");
    EXPECT_EQ(actor_with({{Role::county_officer, meigu, ""}}).department(), "");
}

TEST(Rights, TheSystemMayEverythingAndNobodyElseCanBeIt) {
    const Actor demo = system_actor("demo");
    EXPECT_EQ(demo.account, "system:demo");
    for (const Right right : all_rights()) EXPECT_TRUE(demo.may(right));
    EXPECT_TRUE(demo.scope(Right::registry_read).contains(AreaCode{}));

    EXPECT_FALSE(Actor{}.may(Right::signed_in));
    Actor pretender = actor_with({});
    pretender.account = "system:demo";
    EXPECT_FALSE(pretender.may(Right::registry_read));
}

// ---- users

constexpr std::string_view password = "Liangshan-2026";

class Auth : public db_testing::OnBothEngines {
protected:
    std::vector<db::Migration> migrations() const override { return schema::migrations_of({"auth"}); }

    Result<UserId> add(const User& user, std::string_view with = password,
                       const Actor& by = system_actor("test")) {
        return database().write([&](db::Tx& tx) { return add_user(tx, by, user, with, morning); });
    }
    UserId officer() { return add({{}, "officer", "李玉兰", {{Role::county_officer, zhaojue, ""}}}).value(); }
    Result<Session> enter(std::string_view account, std::string_view with, Instant now = morning,
                          std::string_view address = "10.0.0.1") {
        return sign_in(database(), account, with, address, now);
    }
    std::string refusal(const auto& result) { return result ? "" : result.error().id; }
    std::int64_t count(std::string_view table) {
        return database()
            .read([&](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM " + std::string(table)); })
            .value();
    }
};
ON_BOTH_ENGINES(Auth);

TEST_P(Auth, AUserIsListedWithRolesAndCanSignIn) {
    const UserId id = add({{},
                           "Wang.Fang",
                           " 王芳 ",
                           {{Role::village_officer, area("513431100200"), ""},
                            {Role::village_committee, area("513431100200"), ""},
                            {Role::village_officer, area("513431100200"), ""}}})
                          .value();
    const auto users =
        database().read([](db::Tx& tx) { return list_users(tx, system_actor("test")); }).value();
    ASSERT_THAT(users, SizeIs(1));
    EXPECT_EQ(users[0].id, id);
    EXPECT_EQ(users[0].account, "wang.fang");
    EXPECT_EQ(users[0].name, "王芳");
    EXPECT_TRUE(users[0].active);
    ASSERT_THAT(users[0].grants, SizeIs(2));
    EXPECT_EQ(users[0].grants[1].role, Role::village_committee);

    const auto session = enter(" WANG.FANG", password);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->actor.user, id);
    EXPECT_EQ(session->actor.name, "王芳");
    EXPECT_TRUE(session->actor.may(Right::registry_write));
}

TEST_P(Auth, AnAccountIsTakenOnceWhateverItsCase) {
    officer();
    EXPECT_EQ(refusal(add({{}, "OFFICER", "别人", {{Role::county_officer, zhaojue, ""}}})),
              "auth.account_taken");
}

TEST_P(Auth, UsersThatMayNotBeAreRefusedByName) {
    const auto with = [&](std::vector<Actor::Grant> grants) {
        return refusal(add({{}, "someone", "某人", std::move(grants)}));
    };
    EXPECT_EQ(with({}), "auth.no_grant");
    EXPECT_EQ(with({{Role::system_admin, zhaojue, ""}, {Role::auditor, zhaojue, ""}}), "auth.roles_exclude");
    EXPECT_EQ(with({{Role::system_admin, zhaojue, ""}, {Role::county_officer, zhaojue, ""}}),
              "auth.roles_exclude");
    EXPECT_EQ(with({{Role::village_officer, township, ""}}), "auth.area_too_wide");
    EXPECT_EQ(with({{Role::county_officer, area("51"), ""}}), "auth.area_too_wide");
    EXPECT_EQ(with({{Role::department_clerk, zhaojue, ""}}), "auth.department_missing");
    EXPECT_EQ(with({{Role::county_officer, zhaojue, "medical"}}), "auth.department_superfluous");
    EXPECT_EQ(
        with({{Role::department_clerk, zhaojue, "medical"}, {Role::department_clerk, zhaojue, "housing"}}),
        "auth.one_department");
    for (const auto* account :
         {"", "a", "-ab", "a b", "system:demo", "王芳", "abcdefghijabcdefghijabcdefghijabc"})
        EXPECT_EQ(refusal(add({{}, account, "某人", {{Role::county_officer, zhaojue, ""}}})),
                  "auth.bad_account")
            << account;
    EXPECT_EQ(refusal(add({{}, "someone", "　", {{Role::county_officer, zhaojue, ""}}})),
              "auth.name_missing");
    EXPECT_EQ(count("auth_user"), 0);
}

TEST_P(Auth, APasswordHasEightCharactersAndIsNotTheAccount) {
    const User user{{}, "someone1", "某人", {{Role::county_officer, zhaojue, ""}}};
    EXPECT_EQ(refusal(add(user, "1234567")), "auth.weak_password");
    EXPECT_EQ(refusal(add(user, "someone1")), "auth.weak_password");
    EXPECT_EQ(refusal(add(user, std::string(201, 'x'))), "auth.long_password");
    EXPECT_TRUE(add(user, "12345678"));
}

TEST_P(Auth, AnAdministratorManagesUsersOfTheirOwnAreasOnly) {
    Actor admin = actor_with({{Role::system_admin, zhaojue, ""}});
    const UserId elsewhere = add({{}, "meigu", "外县人", {{Role::county_officer, meigu, ""}}}).value();
    const UserId own =
        add({{}, "zhaojue", "本县人", {{Role::county_officer, zhaojue, ""}}}, password, admin).value();
    EXPECT_EQ(refusal(add({{}, "other", "某人", {{Role::county_officer, meigu, ""}}}, password, admin)),
              "auth.area_outside");
    EXPECT_EQ(refusal(add({{}, "other", "某人", {{Role::county_officer, zhaojue, ""}}}, password,
                          actor_with({{Role::county_officer, zhaojue, ""}}))),
              "auth.not_allowed");

    database()
        .write([&](db::Tx& tx) -> Result<void> {
            const auto users = TRY(list_users(tx, admin));
            EXPECT_THAT(users, SizeIs(1));
            EXPECT_EQ(users.front().id, own);
            EXPECT_EQ(refusal(deactivate(tx, admin, elsewhere)), "auth.no_such_user");
            EXPECT_EQ(refusal(set_password(tx, admin, elsewhere, password)), "auth.no_such_user");
            admin.user = own;
            EXPECT_EQ(refusal(deactivate(tx, admin, own)), "auth.not_yourself");
            return {};
        })
        .value();
}

TEST_P(Auth, RightsEndWhenAUserIsDeactivated) {
    const UserId id = officer();
    const auto session = enter("officer", password).value();
    database().write([&](db::Tx& tx) { return deactivate(tx, system_actor("test"), id); }).value();
    EXPECT_EQ(refusal(resume(database(), session.token, after(second))), "auth.signed_out");
    EXPECT_EQ(refusal(enter("officer", password, after(second))), "auth.wrong_password");
}

TEST_P(Auth, AUserWhoIsActiveAgainSignsInAnewWithTheOldPassword) {
    const UserId id = officer();
    const auto session = enter("officer", password).value();
    const auto admin = system_actor("test");
    database().write([&](db::Tx& tx) { return deactivate(tx, admin, id); }).value();
    database().write([&](db::Tx& tx) { return reactivate(tx, admin, id); }).value();
    EXPECT_EQ(refusal(resume(database(), session.token, after(second))), "auth.signed_out");
    EXPECT_TRUE(enter("officer", password, after(second)));
}

TEST_P(Auth, OtherRolesTakeThePlaceOfAllThatAUserHadAndEndTheSessions) {
    const UserId id = officer();
    const auto admin = system_actor("test");
    const auto session = enter("officer", password).value();
    const auto give = [&](const Actor& by, std::vector<Actor::Grant> grants) {
        return refusal(database().write([&](db::Tx& tx) { return set_grants(tx, by, id, grants); }));
    };
    const Actor of_meigu = actor_with({{Role::system_admin, meigu, ""}});
    EXPECT_EQ(give(of_meigu, {{Role::auditor, meigu, ""}}), "auth.no_such_user");
    Actor herself = actor_with({{Role::system_admin, zhaojue, ""}});
    EXPECT_EQ(give(herself, {{Role::county_officer, meigu, ""}}), "auth.area_outside");
    EXPECT_EQ(give(admin, {{Role::auditor, zhaojue, ""}, {Role::county_officer, zhaojue, ""}}),
              "auth.roles_exclude");
    herself.user = id;
    EXPECT_EQ(give(herself, {{Role::auditor, zhaojue, ""}}), "auth.not_yourself");
    EXPECT_TRUE(resume(database(), session.token, after(second)));  // nothing was half-applied

    EXPECT_EQ(give(admin, {{Role::auditor, meigu, ""}, {Role::auditor, meigu, ""}}), "");
    EXPECT_EQ(refusal(resume(database(), session.token, after(second))), "auth.signed_out");
    const auto now = enter("officer", password, after(second)).value();
    ASSERT_THAT(now.actor.grants, SizeIs(1));
    EXPECT_TRUE(now.actor.may(Right::audit_read));
    EXPECT_FALSE(now.actor.may(Right::registry_read));
    EXPECT_FALSE(now.actor.scope(Right::audit_read).contains(zhaojue));
}

TEST_P(Auth, APasswordThatAnotherHasSetIsToBeChanged) {
    const UserId id = officer();
    const auto session = enter("officer", password).value();
    EXPECT_TRUE(session.must_change);
    // However often: nobody is kept out for it.
    for (int n = 0; n < 20; ++n)
        ASSERT_EQ(refusal(change_password(database(), session, password, password, after(second))),
                  "auth.same_password");
    EXPECT_TRUE(resume(database(), session.token, after(second))->must_change);
    ASSERT_TRUE(change_password(database(), session, password, "only-I-know-it", after(second)));
    EXPECT_FALSE(resume(database(), session.token, after(second))->must_change);
    EXPECT_FALSE(enter("officer", "only-I-know-it", after(second))->must_change);
    database()
        .write([&](db::Tx& tx) { return set_password(tx, system_actor("test"), id, "given-again"); })
        .value();
    EXPECT_TRUE(enter("officer", "given-again", after(minute))->must_change);

    User invented{{}, "demo", "陈信息", {{Role::village_officer, area("513431100200"), ""}}};
    invented.must_change = false;
    ASSERT_TRUE(add(invented));
    EXPECT_FALSE(enter("demo", password)->must_change);
}

// ---- sessions

TEST_P(Auth, ASessionIsResumedByItsTokenAndTheDatabaseHoldsOnlyHashes) {
    officer();
    const auto session = enter("officer", password).value();
    EXPECT_THAT(session.token, SizeIs(43));
    EXPECT_FALSE(session.csrf.empty());
    EXPECT_EQ(session.expires, after(2 * hour));

    const auto again = resume(database(), session.token, after(minute)).value();
    EXPECT_EQ(again.csrf, session.csrf);
    EXPECT_EQ(again.actor.account, "officer");
    EXPECT_NE(enter("officer", password).value().csrf, session.csrf);

    const auto kept = database()
                          .read([&](db::Tx& tx) {
                              return tx.first("SELECT token_hash FROM auth_session", {},
                                              [](const db::Row& row) { return std::string(row.text(0)); });
                          })
                          .value();
    EXPECT_NE(*kept, session.token);
    EXPECT_NE(*kept, session.csrf);
    EXPECT_EQ(refusal(resume(database(), *kept, after(minute))), "auth.signed_out");
    EXPECT_EQ(refusal(resume(database(), "", after(minute))), "auth.signed_out");
}

TEST_P(Auth, ASessionEndsAfterTwoHoursWithoutUse) {
    officer();
    const auto session = enter("officer", password).value();
    EXPECT_TRUE(resume(database(), session.token, after(2 * hour - 1)));
    EXPECT_TRUE(resume(database(), session.token, after(4 * hour - 2)));  // each use begins them anew
    EXPECT_EQ(refusal(resume(database(), session.token, after(6 * hour - 2))), "auth.signed_out");
}

TEST_P(Auth, ASessionEndsAfterTwelveHoursHoweverMuchItIsUsed) {
    officer();
    const auto session = enter("officer", password).value();
    for (std::int64_t at = hour; at < 12 * hour; at += hour)
        ASSERT_TRUE(resume(database(), session.token, after(at))) << at / hour;
    EXPECT_TRUE(resume(database(), session.token, after(12 * hour - 1)));
    EXPECT_EQ(refusal(resume(database(), session.token, after(12 * hour))), "auth.signed_out");
}

TEST_P(Auth, AWritingTransactionResumesAndSlidesToo) {
    officer();
    const auto session = enter("officer", password).value();
    const auto resumed =
        database().write([&](db::Tx& tx) { return resume(tx, session.token, after(hour)); }).value();
    EXPECT_EQ(resumed.expires, after(3 * hour));
    EXPECT_TRUE(resume(database(), session.token, after(3 * hour - 1)));
}

TEST_P(Auth, SigningOutEndsThatSessionAlone) {
    officer();
    const auto first = enter("officer", password).value();
    const auto other = enter("officer", password).value();
    database().write([&](db::Tx& tx) { return sign_out(tx, first.token, morning); }).value();
    EXPECT_EQ(refusal(resume(database(), first.token, morning)), "auth.signed_out");
    EXPECT_TRUE(resume(database(), other.token, morning));
}

TEST_P(Auth, ANewPasswordReplacesTheOldAndEndsTheOtherSessions) {
    officer();
    const auto here = enter("officer", password).value();
    const auto elsewhere = enter("officer", password).value();
    EXPECT_EQ(refusal(change_password(database(), here, "not-the-one", "Daliang-2027", morning)),
              "auth.wrong_password");
    EXPECT_EQ(refusal(change_password(database(), here, password, "short", morning)), "auth.weak_password");
    ASSERT_TRUE(change_password(database(), here, password, "Daliang-2027", morning));
    EXPECT_TRUE(resume(database(), here.token, morning));
    EXPECT_EQ(refusal(resume(database(), elsewhere.token, morning)), "auth.signed_out");
    EXPECT_EQ(refusal(enter("officer", password)), "auth.wrong_password");
    EXPECT_TRUE(enter("officer", "Daliang-2027"));
}

// ---- the throttle

TEST_P(Auth, AWrongPasswordAndAnUnknownAccountAreRefusedAlike) {
    officer();
    EXPECT_EQ(refusal(enter("officer", "wrong-password")), "auth.wrong_password");
    EXPECT_EQ(refusal(enter("nobody", "wrong-password")), "auth.wrong_password");
    EXPECT_EQ(count("auth_attempt"), 2);  // recorded though an error was returned
}

TEST_P(Auth, TheSixthAttemptAfterFiveFailuresOfAnAccountMustWait) {
    officer();
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(
            refusal(enter("officer", "wrong-password", after(i * minute), "10.0.0." + std::to_string(i))),
            "auth.wrong_password");
    const auto early = enter("officer", password, after(5 * minute));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().id, "auth.throttled");
    EXPECT_EQ(early.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(early.error().args.front().second, "600");  // until the first failure is 15 minutes old

    EXPECT_EQ(refusal(enter("officer", password, after(15 * minute - 1))), "auth.throttled");
    EXPECT_TRUE(enter("officer", password, after(15 * minute)));
}

TEST_P(Auth, ASuccessForgetsTheFailuresBeforeIt) {
    officer();
    for (int i = 0; i < 4; ++i) (void)enter("officer", "wrong-password");
    EXPECT_TRUE(enter("officer", password));
    EXPECT_EQ(refusal(enter("officer", "wrong-password")), "auth.wrong_password");
    EXPECT_TRUE(enter("officer", password));
}

TEST_P(Auth, TwentyFailuresFromOneAddressMustWaitWhateverTheAccount) {
    officer();
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(refusal(enter("nobody" + std::to_string(i), "wrong-password")), "auth.wrong_password");
    EXPECT_EQ(refusal(enter("officer", password)), "auth.throttled");
    EXPECT_TRUE(enter("officer", password, morning, "10.0.0.2"));
    EXPECT_TRUE(enter("officer", password, after(15 * minute)));
}

// Attempts under way count, or ten guesses at once would all be let through.
TEST_P(Auth, GuessingInParallelGainsNothing) {
    officer();
    std::array<std::string, 10> answers;
    std::vector<std::thread> threads;
    for (auto& answer : answers)
        threads.emplace_back([&] { answer = refusal(enter("officer", "wrong-password")); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::ranges::count(answers, "auth.wrong_password"), 5);
    EXPECT_EQ(std::ranges::count(answers, "auth.throttled"), 5);
}

}  // namespace
}  // namespace ballast::auth
