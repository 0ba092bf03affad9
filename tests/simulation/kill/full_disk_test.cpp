/// A full disk refuses what does not fit, and harms nothing that was there.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>

#include "db_testing/testing.h"

namespace ballast::db {
namespace {

constexpr std::int64_t page = 4096;

class AFullDisk : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(migrate(
            *fresh,
            std::vector<Migration>{{1, "disk/note", "CREATE TABLE note (id {identity}, face {blob});\n"}},
            Instant{1}));
        ASSERT_TRUE(add(1));
    }
    void TearDown() override { lift_limit(); }

    Result<std::int64_t> add(std::int64_t pages) {
        return fresh->write([&](Tx& tx) {
            return tx.exec("INSERT INTO note (face) VALUES (?)",
                           Blob(static_cast<std::size_t>(pages * page), 7));
        });
    }
    std::int64_t notes() {
        return fresh->read([](Tx& tx) { return tx.number("SELECT COUNT(*) FROM note"); }).value();
    }
    std::string integrity() {
        return **fresh->read([](Tx& tx) {
            return tx.first("PRAGMA integrity_check", {},
                            [](const Row& r) { return std::string(r.text(0)); });
        });
    }
    static void expect_full(const Result<std::int64_t>& outcome) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().id, "db.full");
        EXPECT_EQ(outcome.error().kind, ErrorKind::unavailable);
        ASSERT_EQ(outcome.error().args.size(), 1u);
        EXPECT_EQ(outcome.error().args[0].first, "where");
    }

    void limit_files_to(rlim_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        if (!limited_) ::getrlimit(RLIMIT_FSIZE, &before_);
        limited_ = true;
        const rlimit limit{bytes, before_.rlim_max};
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    }
    void lift_limit() {
        if (limited_) ::setrlimit(RLIMIT_FSIZE, &before_);
        limited_ = false;
    }

    db_testing::FreshDatabase fresh{Engine::sqlite};

private:
    rlimit before_{};
    bool limited_ = false;
};

// The operating system refuses to let a file grow, in the middle of a transaction.
TEST_F(AFullDisk, RefusesWhatDoesNotFitAndGoesOnWhenThereIsRoomAgain) {
    limit_files_to(64 * page);
    expect_full(add(200));
    EXPECT_EQ(notes(), 1) << "it still reads";
    lift_limit();
    EXPECT_TRUE(add(200)) << "and writes when there is room";
    fresh.reopen();
    EXPECT_EQ(notes(), 2);
    EXPECT_EQ(integrity(), "ok");
}

TEST_F(AFullDisk, AtAnyPageLeavesNothingHalfWritten) {
    std::int64_t kept = notes();
    for (rlim_t pages = 24; pages <= 60; pages += 3) {
        limit_files_to(pages * page);
        const auto outcome = add(8);
        lift_limit();
        if (outcome)
            ++kept;
        else
            expect_full(outcome);
        EXPECT_EQ(notes(), kept) << "limit of " << pages << " pages";
    }
    fresh.reopen();
    EXPECT_EQ(notes(), kept);
    EXPECT_EQ(integrity(), "ok");
}

TEST_F(AFullDisk, IsToldWhenTheDatabaseItselfMayNotGrow) {
    const auto set = [&](std::int64_t pages) {
        return fresh->write(
            [&](Tx& tx) { return tx.exec("PRAGMA max_page_count = " + std::to_string(pages)); });
    };
    ASSERT_TRUE(set(20));
    expect_full(add(40));
    EXPECT_EQ(notes(), 1);
    ASSERT_TRUE(set(100'000));
    EXPECT_TRUE(add(40));
    EXPECT_EQ(notes(), 2);
}

}  // namespace
}  // namespace ballast::db
