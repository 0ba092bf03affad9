#include "bulletin/platform_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bulletin/traced.h"
#include "db_testing/testing.h"
#include "schema/shipped.h"

namespace ballast::bulletin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const AreaCode zhaojue = AreaCode::parse("513431").value();
const Date today = Date::parse("2021-06-20").value();
const Instant noon{today.days() * 86'400'000LL};
const auto& division = areas::Division::shipped();

class PlatformData : public db_testing::OnBothEngines {
protected:
    static auth::Actor person(const char* account, auth::Role role, AreaCode area = zhaojue) {
        return {auth::UserId(1), account, account, {{role, area, ""}}};
    }
    const auth::Actor editor = person("wang", auth::Role::editor);
    const auth::Actor officer = person("li", auth::Role::county_officer);
    const auth::Actor elsewhere =
        person("other", auth::Role::county_officer, AreaCode::parse("513432").value());

    Desk desk() const { return {*vault, division, editor, today, noon}; }
    template <class F>
    auto write(F&& work) {
        return database().write(std::forward<F>(work));
    }
    template <class F>
    auto read(F&& work) {
        return database().read(std::forward<F>(work));
    }
    IssueId begun() {
        return write([&](db::Tx& tx) { return begin_issue(tx, desk(), {.area = zhaojue}); })->id;
    }
    /// n clues of a township's village, open on that day.
    void clues_in(AreaCode village, int n) {
        const auto done = write([&](db::Tx& tx) -> Result<std::int64_t> {
            for (int i = 0; i < n; ++i)
                TRY(
                    tx.exec("INSERT INTO casework_clue (county_code, area_code, source, risks, state, "
                            "closed_reason, is_open, created_on, due_on, entered_on, version) VALUES "
                            "(?, ?, 'self', 'illness', 'new', '', 1, ?, ?, ?, 1)",
                            zhaojue, village, today, today, today));
            return 0;
        });
        ASSERT_TRUE(done) << done.error().id;
    }
    Result<Article> drafted(IssueId id, const DraftOrder& order) {
        return write([&](db::Tx& tx) { return draft_from_data(tx, desk(), id, order); });
    }
    Snapshot frozen(const Article& article) {
        return read([&](db::Tx& tx) { return snapshots_of(tx, editor, article.id); })->at(0);
    }
    Result<ListBehind> behind(const auth::Actor& who, SnapshotId id, std::string_view key) {
        return read([&](db::Tx& tx) { return list_behind(tx, who, id, key, 0, 1000); });
    }
    AreaCode village_of(std::size_t township) const {
        return division.children(division.children(zhaojue).at(township).code).at(0).code;
    }
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("bulletin");
};
ON_BOTH_ENGINES(PlatformData);

TEST_P(PlatformData, IsToldAsItWasOnTheDayAndTracesBackToItsList) {
    clues_in(village_of(0), 9);
    clues_in(village_of(1), 7);
    clues_in(village_of(2), 3);
    clues_in(village_of(3), 2);
    const auto id = begun();
    const auto article = drafted(id, {.area = zhaojue, .figures = {{"open_clues", Breakdown::area}}}).value();
    const std::string first(division.children(zhaojue).at(0).name),
        second(division.children(zhaojue).at(1).name);
    EXPECT_EQ(article.body(), "截至2021年6月20日，昭觉县共有待核实的线索 21 条。其中，" + first + " 9 条，" +
                                  second + " 7 条；另有 2 个地方数量较少，合计 5 条。");
    EXPECT_EQ(article.kind, ArticleKind::data);
    clues_in(village_of(0), 1);  // later; what is printed stays, and its list with it

    const auto snapshot = frozen(article);
    EXPECT_EQ(snapshot.query_version, 1);
    EXPECT_EQ(snapshot.as_of, today);
    for (const auto& [key, value] : std::vector<std::pair<std::string, std::size_t>>{
             {"", 21}, {division.children(zhaojue).at(0).code.digits(), 9}, {"rest", 5}}) {
        const auto list = behind(officer, snapshot.id, key);
        ASSERT_TRUE(list) << key << list.error().id;
        EXPECT_EQ(list->total, static_cast<std::int64_t>(value));
        EXPECT_THAT(list->rows, SizeIs(value));
    }
    // Every number of the text but the date and the count of places is one of them.
    const auto told = traced(division, article, figures_of(article, today), {snapshot});
    std::vector<std::string> keys;
    for (const auto& one : told) keys.push_back(one.key);
    EXPECT_THAT(keys, ElementsAre("", division.children(zhaojue).at(0).code.digits(),
                                  division.children(zhaojue).at(1).code.digits(), "rest"));
}

TEST_P(PlatformData, HidesASmallTotalAndEveryPartOfIt) {
    clues_in(village_of(0), 3);
    clues_in(village_of(1), 1);
    const auto body = [&] {
        return drafted(begun(), {.area = zhaojue, .figures = {{"open_clues", Breakdown::area}}})->body();
    };
    EXPECT_EQ(body(), "截至2021年6月20日，昭觉县共有待核实的线索 不足5 条。");
    clues_in(village_of(1), 1);
    EXPECT_EQ(body(), "截至2021年6月20日，昭觉县共有待核实的线索 5 条。");
}

TEST_P(PlatformData, IsNotDraftedWhereItWouldGiveAwayASmallFigureOfAnotherArticle) {
    clues_in(village_of(0), 9);
    clues_in(village_of(1), 7);
    clues_in(village_of(2), 3);
    const auto id = begun();
    ASSERT_TRUE(drafted(id, {.area = zhaojue, .figures = {{"open_clues", Breakdown::area}}}));
    // 7 and 3 are told together; 7 alone in another article would give 3 away.
    const auto township = [&](std::size_t i) { return division.children(zhaojue).at(i).code; };
    EXPECT_TRUE(drafted(id, {.area = township(0), .figures = {{"open_clues"}}}));
    const auto refused = drafted(id, {.area = township(1), .figures = {{"open_clues"}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "bulletin.small_figure_reckoned");
}

TEST_P(PlatformData, TellsFewerPartsWhereAnotherArticleToldOneOfThem) {
    clues_in(village_of(0), 9);
    clues_in(village_of(1), 7);
    clues_in(village_of(2), 3);
    clues_in(village_of(3), 8);
    const auto id = begun();
    ASSERT_TRUE(drafted(id, {.area = division.children(zhaojue).at(1).code, .figures = {{"open_clues"}}}));
    const auto second = drafted(id, {.area = zhaojue, .figures = {{"open_clues", Breakdown::area}}});
    ASSERT_TRUE(second) << second.error().id;
    EXPECT_EQ(frozen(*second).kept_back(), 18) << "3 and 7, and 8 because 7 is known";
}

TEST_P(PlatformData, IsListedForThoseAloneWhoMaySeeWhatIsListed) {
    clues_in(village_of(0), 6);
    const auto snapshot =
        frozen(drafted(begun(), {.area = zhaojue, .figures = {{"open_clues", {}}}}).value());
    EXPECT_TRUE(behind(officer, snapshot.id, ""));
    EXPECT_EQ(behind(editor, snapshot.id, "").error().id, "auth.not_allowed") << "sees the figure alone";
    EXPECT_EQ(behind(elsewhere, snapshot.id, "").error().id, "bulletin.no_such_snapshot");
    EXPECT_EQ(behind(officer, snapshot.id, "513431100000").error().id, "bulletin.no_such_snapshot");
    EXPECT_EQ(behind(officer, SnapshotId(99), "").error().id, "bulletin.no_such_snapshot");
    EXPECT_FALSE(may_open(editor, snapshot, ""));
}

TEST_P(PlatformData, IsToldByMonthWhenItHappenedOnADay) {
    const auto id = begun();
    const Period spring{Date::parse("2021-03-01").value(), Date::parse("2021-05-31").value()};
    const auto article =
        drafted(id, {.area = zhaojue, .figures = {{"cases_enrolled", Breakdown::month}}, .period = spring});
    ASSERT_TRUE(article) << article.error().id;
    EXPECT_EQ(article->body(), "2021年3月1日至2021年5月31日，昭觉县新认定监测对象 0 户。");
    const auto snapshot = frozen(*article);
    EXPECT_THAT(snapshot.figures,
                ElementsAre(DataFigure{"2021-03", 0, false}, DataFigure{"2021-04", 0, false},
                            DataFigure{"2021-05", 0, false}));
    EXPECT_EQ(label_of(division, snapshot, "2021-03"), "3月");
    const auto refused = [&](DraftOrder order) { return drafted(id, order).error().id; };
    EXPECT_EQ(refused({.area = zhaojue, .figures = {{"open_clues", Breakdown::month}}}),
              "bulletin.not_over_time");
    EXPECT_EQ(
        refused({.area = zhaojue, .figures = {{"cases_enrolled"}}, .period = Period{today, spring.last}}),
        "bulletin.bad_period");
    EXPECT_EQ(refused({.area = zhaojue, .figures = {{"none"}}}), "bulletin.no_such_query");
    EXPECT_EQ(refused({.area = zhaojue}), "bulletin.no_figures_chosen");
    EXPECT_EQ(refused({.area = AreaCode::parse("513432").value(), .figures = {{"open_clues"}}}),
              "areas.unknown");
}

TEST_P(PlatformData, CountsAndFreezesWithEveryQuery) {
    DraftOrder order{.area = zhaojue, .figures = {}, .rules = "h"};
    for (const auto& query : data_queries()) {
        order.figures.push_back({std::string(query.code), Breakdown::area});
        EXPECT_EQ(*read([&](db::Tx& tx) { return count_now(tx, query, zhaojue, usual_period(today)); }), 0);
    }
    const auto article = drafted(begun(), order);
    ASSERT_TRUE(article) << article.error().id;
    const auto kept = *read([&](db::Tx& tx) { return snapshots_of(tx, editor, article->id); });
    ASSERT_THAT(kept, SizeIs(data_queries().size()));
    for (const auto& snapshot : kept) EXPECT_EQ(snapshot.rules, data_query(snapshot.query)->ruled ? "h" : "");
}

TEST_P(PlatformData, IsGoneWithItsArticle) {
    clues_in(village_of(0), 6);
    const auto article = drafted(begun(), {.area = zhaojue, .figures = {{"open_clues"}}}).value();
    const auto removed = write([&](db::Tx& tx) -> Result<std::int64_t> {
        TRY(remove_article(tx, desk(), article.id, article.version));
        return tx.number("SELECT COUNT(*) FROM bulletin_snapshot_row");
    });
    EXPECT_EQ(*removed, 0);
}

TEST(Traced, IsNotANumberThatSomebodyChanged) {
    Snapshot snapshot{.id = SnapshotId(7),
                      .query = "open_clues",
                      .area = zhaojue,
                      .by = Breakdown::area,
                      .total = 16,
                      .figures = {{"513431100000", 9}, {"513431101000", 7}}};
    Article article;
    const std::string a = label_of(division, snapshot, "513431100000"),
                      b = label_of(division, snapshot, "513431101000");
    const auto keys = [&](const std::string& body) {
        article.paragraphs = {body};
        std::vector<std::string> out;
        for (const auto& one : traced(division, article, figures_of(article, today), {snapshot}))
            out.push_back(one.key);
        return out;
    };
    EXPECT_THAT(keys("共 16 条，其中" + a + " 9 条，" + b + " 7 条。"),
                ElementsAre("", "513431100000", "513431101000"));
    EXPECT_THAT(keys("共 16 条，其中" + a + " 8 条，" + b + " 7 条。"), ElementsAre("", "513431101000"));
    EXPECT_THAT(keys("共 16 条，其中" + b + " 9 条。"), ElementsAre("")) << "another place's number";
    EXPECT_THAT(keys("共 16 户。"), IsEmpty()) << "another unit";
}

TEST(SmallFigures, AreNeverToldNorToBeReckoned) {
    const auto told = [](std::vector<std::int64_t> values) {
        std::vector<DataFigure> figures;
        for (const auto value : values) figures.push_back({"", value, true});
        keep_small_figures_back(figures);
        std::vector<std::int64_t> out;
        for (const auto& one : figures)
            if (one.told) out.push_back(one.value);
        return out;
    };
    EXPECT_THAT(told({9, 8, 7}), ElementsAre(9, 8, 7));
    EXPECT_THAT(told({9, 8, 3}), ElementsAre(9)) << "8 goes along, or 3 is the total less the others";
    EXPECT_THAT(told({9, 8, 4, 3}), ElementsAre(9, 8));
    EXPECT_THAT(told({9, 8, 1, 1}), ElementsAre(9)) << "two of them are still a small figure";
    EXPECT_THAT(told({4}), IsEmpty());
}

}  // namespace
}  // namespace ballast::bulletin
