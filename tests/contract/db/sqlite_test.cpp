/// What is SQLite's alone: its file, its backup, another process at the same file.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "db_testing/testing.h"

namespace ballast::db {
namespace {

class SqliteFile : public ::testing::Test {
protected:
    std::string path() const { return fresh.address().substr(std::string("sqlite:").size()); }
    std::string beside(const std::string& name) const {
        return (std::filesystem::path(path()).parent_path() / name).string();
    }
    static unsigned mode_of(const std::string& file) {
        struct stat about {};
        EXPECT_EQ(::stat(file.c_str(), &about), 0) << file;
        return about.st_mode & 0777;
    }
    static std::int64_t notes(Database& in) {
        return in.read([](Tx& tx) { return tx.number("SELECT COUNT(*) FROM note"); }).value();
    }
    static Result<std::int64_t> add_note(Database& to) {
        return to.write([](Tx& tx) { return tx.exec("INSERT INTO note (x) VALUES (1)"); });
    }
    void SetUp() override {
        ASSERT_TRUE(fresh->write([](Tx& tx) { return tx.exec("CREATE TABLE note (x BIGINT)"); }));
    }

    db_testing::FreshDatabase fresh{Engine::sqlite};
};

TEST_F(SqliteFile, IsForItsOwnerOnlyAndSoIsItsLog) {
    EXPECT_EQ(mode_of(path()), 0600u);
    EXPECT_EQ(mode_of(path() + "-wal"), 0600u);
}

TEST_F(SqliteFile, IsWrittenThroughToTheDisk) {
    const auto setting = [&](const char* pragma) {
        return fresh->write([&](Tx& tx) { return tx.number(pragma); }).value();
    };
    EXPECT_EQ(setting("PRAGMA synchronous"), 2) << "FULL";
    EXPECT_EQ(setting("PRAGMA foreign_keys"), 1);
}

TEST_F(SqliteFile, IsCopiedWholeWhileSomebodyWrites) {
    ASSERT_TRUE(add_note(*fresh));
    const auto copied = fresh->write([&](Tx& tx) -> Result<void> {
        TRY(tx.exec("INSERT INTO note (x) VALUES (2)"));
        return fresh->backup_to(beside("copy.db"));
    });
    ASSERT_TRUE(copied) << copied.error().id;
    const auto copy = Database::open("sqlite:" + beside("copy.db")).value();
    EXPECT_EQ(notes(*copy), 1) << "only what was committed";
    EXPECT_EQ(notes(*fresh), 2);
    EXPECT_EQ(mode_of(beside("copy.db")), 0600u);
}

TEST_F(SqliteFile, IsNeverCopiedOverAnother) {
    std::ofstream(beside("there.db")) << "precious";
    const auto refused = fresh->backup_to(beside("there.db"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.backup_exists");
    EXPECT_EQ(std::filesystem::file_size(beside("there.db")), 8u);
}

TEST_F(SqliteFile, ThatIsNoDatabaseIsRefused) {
    std::ofstream(beside("letter.db")) << std::string(5000, 'x');
    const auto refused = Database::open("sqlite:" + beside("letter.db"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.damaged");
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt);
    EXPECT_EQ(refused.error().args[0].second, beside("letter.db"));
}

TEST_F(SqliteFile, ThatWasDamagedIsRecognised) {
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(fresh->write(
            [](Tx& tx) { return tx.exec("INSERT INTO note (x) VALUES (?)", std::string(500, 'x')); }));
    fresh.close();
    {
        std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096);
        file << std::string(3 * 4096, '\x5a');
    }
    fresh.reopen();
    const auto read = fresh->read([](Tx& tx) { return tx.number("SELECT SUM(LENGTH(x)) FROM note"); });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().id, "db.damaged");
}

TEST_F(SqliteFile, WithoutAFolderCannotBeOpened) {
    const auto refused = Database::open("sqlite:" + beside("nowhere/county.db"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "db.unreachable");
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
}

TEST_F(SqliteFile, ReadersBeyondTheirNumberAreToldThatItIsBusy) {
    Options one_reader;
    one_reader.readers = 1;
    one_reader.busy_timeout_ms = 50;
    const auto narrow = Database::open(fresh.address(), one_reader).value();
    const auto outcome = narrow->read([&](Tx&) -> Result<void> {
        const auto second = narrow->read([](Tx& tx) { return tx.number("SELECT 1"); });
        EXPECT_EQ(second ? "" : second.error().id, "db.busy");
        return {};
    });
    EXPECT_TRUE(outcome);
    EXPECT_EQ(notes(*narrow), 0) << "and goes on afterwards";
}

}  // namespace
}  // namespace ballast::db
