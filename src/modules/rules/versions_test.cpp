// What the stories do not reach: the operator's folder as a door, and packs that would stop the program.
#include "rules/versions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db_testing/testing.h"
#include "rules/fitness.h"

namespace ballast::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const AreaCode zhaojue = *AreaCode::parse("513431");
const Date today = *Date::parse("2025-03-03");

std::vector<packs::File> with(const char* name, const std::string& from, const std::string& to) {
    auto files = packs::shipped_files("screening");
    auto& bytes = std::ranges::find(files, name, &packs::File::name)->bytes;
    const auto at = bytes.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    bytes.replace(at, from.size(), to);
    return files;
}

std::vector<std::string> ids(const std::vector<Error>& errors) {
    std::vector<std::string> out;
    for (const auto& one : errors) out.push_back(one.id);
    return out;
}
std::vector<std::string> wrong_with(const std::vector<packs::File>& files) {
    return ids(unfit("screening", files, {}, zhaojue, today));
}

TEST(Fitness, FindsNothingWrongWithTheProgramsOwn) {
    for (const auto name : rule_sets)
        EXPECT_THAT(ids(unfit(name, packs::shipped_files(name), {}, zhaojue, today)), IsEmpty()) << name;
}

TEST(Fitness, NamesWhatTheProgramWouldStandStillWithout) {
    EXPECT_THAT(wrong_with(with("parameters.toml", "[visit_within_red]", "[visit_within_scarlet]")),
                ElementsAre("rules.parameter_missing"));
    EXPECT_THAT(wrong_with(with("parameters.toml", "[recent_days]", "[recent_days")),
                ElementsAre("packs.malformed"));
    EXPECT_THAT(wrong_with(with("illness.dmn", "\"orange\"", "\"purple\"")), ::testing::Not(IsEmpty()));
}

class Folder : public db_testing::OnBothEngines {
protected:
    std::vector<std::string> adopted(std::vector<packs::File> files, Date on = today) {
        return *database().write([&](db::Tx& tx) -> Result<std::vector<std::string>> {
            const packs::Store packs;
            const Desk desk{*vault, actor, packs, on, FixedClock(on).now()};
            return ids(TRY(adopt(tx, desk, "screening", zhaojue, std::move(files))));
        });
    }
    std::string hash(Date on) {
        return *database().read([&](db::Tx& tx) -> Result<std::string> {
            const packs::Store store({}, TRY(approved(tx)), {"screening"});
            return TRY(store.load("screening", zhaojue, on))->hash;
        });
    }
    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("rules");
    const auth::Actor actor = auth::system_actor("folder");
    const std::string shipped = packs::load("screening")->hash;
};
ON_BOTH_ENGINES(Folder);

TEST_P(Folder, IsADoorThroughWhichOnlySoundPacksCome) {
    const auto own = with("parameters.toml", "value = 500000", "value = 300000");
    const auto own_hash = packs::read("screening", packs::top_level(own))->hash;
    EXPECT_THAT(adopted({}), IsEmpty());
    EXPECT_EQ(hash(today), shipped);
    EXPECT_THAT(adopted(with("parameters.toml", "[recent_days]", "[recent_days")),
                ElementsAre("packs.malformed"));
    EXPECT_EQ(hash(today), shipped);

    // The case of the boundary says otherwise than the table now: with its cases left as they are, it stays
    // out.
    EXPECT_THAT(adopted(own), ::testing::Not(IsEmpty()));
    EXPECT_EQ(hash(today), shipped);

    const auto sound = with("parameters.toml", "[hosp_limit_ex_poor]", "# 本县\n[hosp_limit_ex_poor]");
    const auto sound_hash = packs::read("screening", packs::top_level(sound))->hash;
    EXPECT_THAT(adopted(sound), IsEmpty());
    EXPECT_EQ(hash(today), sound_hash);
    EXPECT_EQ(hash(today.plus_days(-1)), shipped);

    // What is broken afterwards leaves the last sound one in force; taking the folder away ends it.
    EXPECT_THAT(adopted(own, today.plus_days(5)), ::testing::Not(IsEmpty()));
    EXPECT_EQ(hash(today.plus_days(5)), sound_hash);
    EXPECT_THAT(adopted({}, today.plus_days(7)), IsEmpty());
    EXPECT_EQ(hash(today.plus_days(6)), sound_hash);
    EXPECT_EQ(hash(today.plus_days(7)), shipped);
}

}  // namespace
}  // namespace ballast::rules
