#include "finance/bank_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <utility>

namespace ballast::finance {
namespace {

Result<BankList> read(const std::string& rows) {
    const auto name = std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".csv";
    const auto path = std::filesystem::temp_directory_path() / ("ballast_" + name);
    std::ofstream(path) << "交易日期,收入金额,支出金额,流水号\n" << rows;
    auto list = read_bank_file(path.string(), name);
    std::filesystem::remove(path);
    return list;
}

TEST(BankFile, RefusesAMovementThatStandsInItTwice) {
    const auto list = read("2026-03-02,100.00,,A1\n2026-03-03,,40.00,A2\n2026-03-02,100.00,,A1\n");
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().id, "finance.bank_row_twice");
    const std::vector<std::pair<std::string, std::string>> rows{{"row", "4"}, {"first", "2"}};
    EXPECT_EQ(list.error().args, rows);
}

// One voucher may move both ways, or on two days; two deposits of a day may be equal where the bank numbers
// none.
TEST(BankFile, KeepsMovementsThatOnlyLookAlike) {
    const auto list = read(
        "2026-03-02,100.00,,A1\n2026-03-02,,100.00,A1\n2026-03-03,100.00,,A1\n2026-03-02,100.00,,A2\n"
        "2026-03-02,5.00,,\n2026-03-02,5.00,,\n");
    ASSERT_TRUE(list) << list.error().id;
    EXPECT_EQ(list->lines.size(), 6);
}

}  // namespace
}  // namespace ballast::finance
