#include "packs/store.h"

#include <gtest/gtest.h>

namespace ballast::packs {
namespace {

Date day(const char* iso) { return *Date::parse(iso); }
AreaCode area(const char* digits) { return *AreaCode::parse(digits); }

/// The program's own pack "tasks" under another head, so that its hash is another.
Version version(const char* where, const char* from, std::int64_t number, const std::string& mark) {
    auto files = shipped_files("tasks");
    for (auto& file : files) file.bytes += "# " + mark + "\n";
    return {"tasks", area(where), day(from), number, std::move(files)};
}

class Versions : public ::testing::Test {
protected:
    std::string hash(const char* where, const char* on) const {
        const auto pack = store.load("tasks", area(where), day(on));
        return pack ? (*pack)->hash : pack.error().id;
    }
    static std::string hash_of(const Version& of) { return read("tasks", of.files)->hash; }

    const std::string shipped = load("tasks")->hash;
    const Version province = version("51", "2024-01-01", 1, "province"),
                  county = version("513431", "2025-01-01", 2, "county"),
                  again = version("513431", "2025-06-01", 3, "again");
    Store store{
        {}, {county, province, again, {"tasks", area("513431"), day("2026-01-01"), 4, {}}}, {"tasks"}};
};

TEST_F(Versions, HoldFromTheirDayOnWhereTheNearestAreaHasOne) {
    EXPECT_EQ(hash("513431100200", "2023-12-31"), shipped);
    EXPECT_EQ(hash("513431100200", "2024-01-01"), hash_of(province));
    EXPECT_EQ(hash("513431100200", "2025-01-01"), hash_of(county));
    EXPECT_EQ(hash("513431", "2025-05-31"), hash_of(county));
    EXPECT_EQ(hash("513431", "2025-06-01"), hash_of(again));
    EXPECT_EQ(hash("513432", "2025-06-01"), hash_of(province));
    EXPECT_EQ(hash("110000", "2025-06-01"), shipped);
}

TEST_F(Versions, WithoutFilesAreTheProgramsOwnAgain) { EXPECT_EQ(hash("513431", "2026-01-01"), shipped); }

TEST_F(Versions, ThatCannotBeReadArePassedOverAndNamed) {
    auto broken = version("513431", "2025-03-01", 5, "broken");
    broken.files.front().bytes = "[";
    store = Store({}, {county, broken}, {"tasks"});
    EXPECT_EQ(hash("513431", "2025-04-01"), hash_of(county));
    ASSERT_EQ(store.passed_over().size(), 1U);
    EXPECT_EQ(store.passed_over().front().number, 5);
    EXPECT_EQ(store.passed_over().front().why.id, "packs.malformed");
}

TEST_F(Versions, OfOneDayTheLaterDecisionHolds) {
    const auto later = version("513431", "2025-01-01", 9, "later");
    store = Store({}, {later, county}, {"tasks"});
    EXPECT_EQ(hash("513431", "2025-01-01"), hash_of(later));
}

TEST(Store, KnowsOnlyPacksThatAreSomewhere) {
    EXPECT_EQ(Store().load("nothing", area("51"), day("2025-01-01")).error().id, "packs.no_such_pack");
    EXPECT_EQ(Store().load("../tasks", area("51"), day("2025-01-01")).error().id, "packs.no_such_pack");
}

TEST(Store, CarriesTheCasesOfARuleSetInsideTheProgram) {
    const auto files = shipped_files("screening");
    EXPECT_TRUE(std::ranges::count(files, "cases/good/R01.toml", &File::name));
    EXPECT_EQ(read("screening", top_level(files))->hash, load("screening")->hash);
}

}  // namespace
}  // namespace ballast::packs
