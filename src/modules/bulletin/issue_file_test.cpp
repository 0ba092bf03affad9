#include "bulletin/issue_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bulletin/archive.h"
#include "bulletin/import.h"
#include "db_testing/failing_database.h"
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
const std::string example = BALLAST_SOURCE_DIR "/tests/data/bulletin/简报.txt";

class Issues : public db_testing::OnBothEngines {
protected:
    static auth::Actor person(std::int64_t id, const char* account, auth::Role role,
                              AreaCode area = zhaojue) {
        return {auth::UserId(id), account, std::string("某") + account, {{role, area, ""}}};
    }
    const auth::Actor editor = person(1, "wang", auth::Role::editor);
    const auth::Actor second = person(2, "zheng", auth::Role::editor);
    const auth::Actor reviewer = person(3, "tang", auth::Role::editor_reviewer);
    const auth::Actor elsewhere = person(4, "other", auth::Role::editor, AreaCode::parse("513432").value());

    Desk desk(const auth::Actor& who) const { return {*vault, areas::Division::shipped(), who, today, noon}; }
    template <class F>
    auto write(F&& work) {
        return database().write(std::forward<F>(work));
    }
    Imported imported() {
        auto done = write([&](db::Tx& tx) -> Result<Imported> {
            return import_reading(tx, desk(editor), {.area = zhaojue}, TRY(read_file(example, "简报.txt")),
                                  "简报.txt");
        });
        EXPECT_TRUE(done) << done.error().id;
        return std::move(*done);
    }
    Edition edition(IssueId id) {
        return *database().read([&](db::Tx& tx) { return load_edition(tx, editor, id); });
    }
    std::string act(IssueId id, const auth::Actor& who, Action action, std::string_view remarks = {}) {
        const auto done = write([&](db::Tx& tx) -> Result<Issue> {
            const auto now = TRY(load_edition(tx, who, id));
            return bulletin::act(tx, desk(who), id, now.issue.version, action, remarks);
        });
        return done ? std::string(name_of(done->state)) : done.error().id;
    }
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("bulletin");
};
ON_BOTH_ENGINES(Issues);

TEST_P(Issues, AreImportedWithColumnsPlacesAndAReport) {
    const auto done = imported();
    EXPECT_EQ(done.joined, 1U);
    EXPECT_THAT(done.contents, SizeIs(1));
    EXPECT_THAT(done.new_columns, IsEmpty());
    EXPECT_THAT(done.unknown_places, IsEmpty());
    const auto now = edition(done.issue.id);
    EXPECT_EQ(now.issue.state, State::collecting);
    EXPECT_TRUE(now.issue.date_inferred);
    ASSERT_THAT(now.articles, SizeIs(3));
    EXPECT_EQ(now.articles[0].column, "poverty");
    EXPECT_EQ(now.articles[0].area, zhaojue);
    EXPECT_THAT(now.articles[0].pieces, SizeIs(2));
    EXPECT_EQ(now.articles[2].organisation, "示例保险公司");
    // The same file again: three articles that are on file already.
    EXPECT_THAT(imported().duplicates, SizeIs(3));
}

TEST_P(Issues, AreSavedAsTheyAreTypedAndKnowWhoIsLate) {
    const auto id = *write([&](db::Tx& tx) { return begin_issue(tx, desk(editor), {.area = zhaojue}); });
    const auto article = write([&](db::Tx& tx) {
        return add_article(tx, desk(editor), id.id, {.headline = "半句", .body = "写到一"});
    });
    ASSERT_TRUE(article) << article.error().id;
    const auto typed = write([&](db::Tx& tx) {
        return change_article(tx, desk(second), article->id, 1,
                              {.place = "四川凉山", .body = "写到一半。\n\n 第二段。"});
    });
    ASSERT_TRUE(typed) << typed.error().id;
    EXPECT_THAT(typed->paragraphs, ElementsAre("写到一半。", "第二段。"));
    EXPECT_EQ(typed->area, AreaCode::parse("5134").value());
    const auto late = write(
        [&](db::Tx& tx) { return change_article(tx, desk(editor), article->id, 1, {.headline = "整句"}); });
    EXPECT_EQ(late.error().id, "bulletin.stale");
    const auto outside = write([&](db::Tx& tx) {
        return change_article(tx, desk(elsewhere), article->id, 2, {.headline = "整句"});
    });
    EXPECT_EQ(outside.error().id, "bulletin.no_such_article");
    EXPECT_THAT(*database().read([&](db::Tx& tx) { return editors(tx, id.id); }), SizeIs(2));
}

TEST_P(Issues, AreArrangedByDragging) {
    const auto id = imported().issue.id;
    const auto before = edition(id);
    const auto moved = write([&](db::Tx& tx) {
        return arrange(
            tx, desk(editor), id, before.issue.version,
            {{"environment", {before.articles[2].id, before.articles[0].id, before.articles[1].id}}});
    });
    ASSERT_TRUE(moved) << moved.error().id;
    const auto after = edition(id);
    EXPECT_EQ(after.articles[0].id, before.articles[2].id);
    EXPECT_EQ(after.articles[2].id, before.articles[1].id);
    EXPECT_EQ(
        write([&](db::Tx& tx) { return arrange(tx, desk(editor), id, before.issue.version, {}); }).error().id,
        "bulletin.stale");
}

TEST_P(Issues, CannotBeReviewedByWhoeverHadAHandInThem) {
    const auto both =
        auth::Actor{auth::UserId(9),
                    "both",
                    "某",
                    {{auth::Role::editor, zhaojue, ""}, {auth::Role::editor_reviewer, zhaojue, ""}}};
    const auto id = imported().issue.id;
    const auto article = edition(id).articles[0];
    ASSERT_TRUE(write([&](db::Tx& tx) {
        return change_article(tx, desk(both), article.id, article.version, {.headline = "改过"});
    }));
    EXPECT_EQ(act(id, editor, Action::edit), "editing");
    EXPECT_EQ(act(id, editor, Action::submit), "bulletin.wrong_state");
    EXPECT_EQ(act(id, reviewer, Action::edit), "auth.not_allowed");
    EXPECT_EQ(act(id, editor, Action::approve), "auth.not_allowed");
    // As if its figures had been checked, and it had been submitted.
    ASSERT_TRUE(write([&](db::Tx& tx) -> Result<void> {
        TRY(tx.exec("UPDATE bulletin_issue SET state = 'reviewing', checked_digest = ? WHERE id = ?",
                    digest_to_check(TRY(load_edition(tx, editor, id))), id));
        return {};
    }));
    EXPECT_EQ(act(id, both, Action::approve), "bulletin.own_issue");
    EXPECT_EQ(act(id, reviewer, Action::send_back, "请核对数字"), "editing");
    EXPECT_THAT(*database().read([&](db::Tx& tx) { return events(tx, id); }), SizeIs(2));
}

TEST_P(Issues, OncePublishedChangeOnlyWithANotice) {
    const auto id = imported().issue.id;
    ASSERT_TRUE(write([&](db::Tx& tx) -> Result<void> {
        TRY(tx.exec("UPDATE bulletin_issue SET state = 'approved' WHERE id = ?", id));
        return {};
    }));
    EXPECT_EQ(act(id, editor, Action::publish), "published");
    const auto before = edition(id);
    EXPECT_EQ(before.issue.published_digest, digest_of(before));
    const auto article = before.articles[0];
    EXPECT_EQ(write([&](db::Tx& tx) {
                  return change_article(tx, desk(editor), article.id, article.version,
                                        {.headline = "悄悄改"});
              })
                  .error()
                  .id,
              "bulletin.not_editable");
    EXPECT_EQ(write([&](db::Tx& tx) {
                  return correct(tx, desk(editor), article.id, article.version, "headline", "改了", "");
              })
                  .error()
                  .id,
              "bulletin.notice_missing");
    ASSERT_TRUE(write([&](db::Tx& tx) {
        return correct(tx, desk(editor), article.id, article.version, "headline", "改正后的标题",
                       "标题有误，现更正");
    }));
    const auto said = *database().read([&](db::Tx& tx) { return corrections(tx, id); });
    ASSERT_THAT(said, SizeIs(1));
    EXPECT_EQ(said[0].before, article.headline);
    EXPECT_EQ(said[0].after, "改正后的标题");
    const auto now = *database().read([&](db::Tx& tx) { return published_edition(tx, id); });
    EXPECT_EQ(now.issue.published_digest, digest_of(now));
    EXPECT_NE(now.issue.published_digest, before.issue.published_digest);
}

TEST_P(Issues, AreFoundByTwoCharacters) {
    imported();
    const auto found = [&](ArchiveQuery query) {
        std::int64_t total = -1;
        const auto hits = database().read([&](db::Tx& tx) { return search(tx, editor, query, &total); });
        EXPECT_TRUE(hits) << hits.error().id;
        return total;
    };
    EXPECT_EQ(found({.words = "返贫"}), 1);
    EXPECT_EQ(found({.words = "牦牛"}), 1);
    EXPECT_EQ(found({.words = "贫"}), 1);
    EXPECT_EQ(found({.words = "昭觉 走访"}), 1);
    EXPECT_EQ(found({.words = "3.6万户"}), 1) << "blanks between number and unit do not part them";
    EXPECT_EQ(found({.words = "不存在"}), 0);
    EXPECT_EQ(found({.words = "100%"}), 0) << "a percent sign is one";
    EXPECT_EQ(found({.figure = "36000户"}), 1);
    EXPECT_EQ(found({.figure = "80%"}), 1);
    const auto shown =
        database().read([&](db::Tx& tx) { return search(tx, editor, {.figure = "80%"}, nullptr); });
    EXPECT_THAT(shown->at(0).snippet, ::testing::HasSubstr("改厕率达 80%"))
        << "the figure is seen in its sentence";
    EXPECT_EQ(found({.figure = "36000人"}), 0);
    EXPECT_EQ(found({.figure = "没有数字"}), 0);
    EXPECT_EQ(found({.place = AreaCode::parse("5134").value()}), 2);
    EXPECT_EQ(found({.column = "environment"}), 2);
    EXPECT_EQ(found({.from = Date::parse("2021-05-21").value()}), 0);
    EXPECT_EQ(found({.words = "返贫", .published_only = true}), 0);
    std::int64_t total = -1;
    ASSERT_TRUE(
        database().read([&](db::Tx& tx) { return search(tx, elsewhere, {.words = "返贫"}, &total); }));
    EXPECT_EQ(total, 0);
}

TEST_P(Issues, AreImportedWhollyOrNotAtAll) {
    // A term is a call of its own, so most of them are alike: every seventh is tried.
    for (int n = 1;; n += 7) {
        db_testing::FailingDatabase failing(database(), n);
        const auto done = failing.write([&](db::Tx& tx) -> Result<Imported> {
            return import_reading(tx, desk(editor), {.area = zhaojue}, TRY(read_file(example, "简报.txt")),
                                  "a");
        });
        const auto count = *database().read([](db::Tx& tx) {
            return tx.number(
                "SELECT (SELECT COUNT(*) FROM bulletin_issue) + (SELECT COUNT(*) FROM bulletin_term)");
        });
        if (!failing.failed()) break;
        ASSERT_EQ(done.error().id, "db.full");
        ASSERT_EQ(count, 0) << n;
    }
}

}  // namespace
}  // namespace ballast::bulletin
