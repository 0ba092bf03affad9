/// For tests: two households in two villages of 昭觉县 on file, and a desk at which clues are taken up.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "areas/areas.h"
#include "casework/clue_receive.h"
#include "registry/household_file.h"
#include "registry/import.h"
#include "registry/test_households.h"

namespace ballast::casework::testing {

using registry::testing::day;
using registry::testing::zhaojue;
inline const Date today = day(2026, 4, 10);

inline AreaCode village(std::size_t n) {
    const auto& division = areas::Division::shipped();
    return division.children(division.children(zhaojue).at(0).code).at(n).code;
}

/// Base: db_testing::OnBothEngines.
template <class Base>
class OverARegister : public Base {
protected:
    void SetUp() override {
        Base::SetUp();
        if (this->IsSkipped()) return;
        const auto path = registry::testing::write_book(
            files, "册.xlsx",
            {{"户信息",
              {"户编号", "行政村代码", "农户类型"},
              {{"0001", village(0).digits(), "脱贫户"}, {"0002", village(1).digits(), "脱贫户"}},
              ""},
             {"成员信息",
              {"户编号", "姓名", "证件号码", "与户主关系"},
              {{"0001", "吉克·阿依", ayi, "户主"}, {"0002", "王秀英", xiuying, "户主"}},
              ""}});
        const auto id =
            registry::receive(this->database(), *vault, system, {zhaojue, "册.xlsx", "建档", today},
                              {{path, "册.xlsx"}}, today, at(today));
        ASSERT_TRUE(id) << id.error().id;
        ASSERT_TRUE(registry::apply(this->database(), *vault, system, *id, at(today)));
        first = household("0001");
        second = household("0002");
    }
    static Instant at(Date on) { return Instant{on.days() * 86'400'000LL}; }
    registry::HouseholdId household(std::string_view number) {
        return *this->database().read([&](db::Tx& tx) {
            return registry::household_numbered(tx, auth::Scope({zhaojue}), zhaojue, number);
        });
    }
    ClueDesk desk(const auth::Actor& who, Date on = today) const {
        return {*vault, areas::Division::shipped(), who, on, at(on)};
    }
    std::int64_t count(std::string sql) {
        return *this->database().read([&](db::Tx& tx) { return tx.number(sql); });
    }

    const std::string ayi = registry::testing::id_of(day(1980, 3, 1), 12);
    const std::string xiuying = registry::testing::id_of(day(1950, 2, 3), 34);
    const std::unique_ptr<crypto::Vault> vault = crypto::test_vault("clues");
    const auth::Actor system = auth::system_actor("test");
    registry::testing::Folder files;
    registry::HouseholdId first, second;
};

}  // namespace ballast::casework::testing
