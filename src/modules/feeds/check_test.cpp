#include "feeds/check.h"

#include <gtest/gtest.h>

namespace ballast::feeds {
namespace {

const Date today = *Date::from(2026, 11, 23);

/// A row of the medical sheet, sound but for what the test changes.
class MedicalRow {
public:
    MedicalRow() {
        set("name", "吉克·阿依");
        set("id_number", "11010519491231002X");
        set("self_paid", "6210.00");
        set("discharged_on", "2026-03-09");
    }
    MedicalRow& set(std::string_view field, std::string text,
                    table::Cell::Kind kind = table::Cell::Kind::text) {
        const auto at = *contract_->column(field);
        texts_[at] = std::move(text);
        cells_[at].kind = kind;
        return *this;
    }
    MedicalRow& damaged() {
        cells_[contract_->id_column()].digits_damaged = true;
        return *this;
    }
    Result<CheckedRow> checked() {
        std::vector<const table::Cell*> cells;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            cells_[i].text = texts_[i];
            cells.push_back(&cells_[i]);
        }
        return check(*contract_, cells, today);
    }
    std::string refusal() {
        auto row = checked();
        return row ? "accepted"
                   : row.error().id + " " + (row.error().args.empty() ? "" : row.error().args.front().second);
    }
    std::string value(std::string_view field) { return checked()->values[*contract_->column(field)]; }

private:
    const Contract* contract_ = *contract("medical.expenses");
    std::vector<std::string> texts_ = std::vector<std::string>(contract_->columns.size());
    std::vector<table::Cell> cells_ = std::vector<table::Cell>(contract_->columns.size());
};

TEST(CheckRow, ReadsMoneyAsFenAndDatesInAnyUsualForm) {
    EXPECT_EQ(MedicalRow().set("self_paid", "6,210.5").value("self_paid"), "621050");
    EXPECT_EQ(MedicalRow().set("discharged_on", "2026年3月9日").value("discharged_on"), "2026-03-09");
    EXPECT_EQ(MedicalRow().set("discharged_on", "46090", table::Cell::Kind::number).value("discharged_on"),
              "2026-03-09");
    EXPECT_EQ(MedicalRow().checked()->happened_on, Date::from(2026, 3, 9));
}

TEST(CheckRow, RefusesWhatASpreadsheetDamagedAndNamesTheColumn) {
    EXPECT_EQ(MedicalRow().set("id_number", "1.10105E+17").refusal(), "feeds.id_damaged 身份证号");
    EXPECT_EQ(
        MedicalRow().set("id_number", "110105194912310000", table::Cell::Kind::number).damaged().refusal(),
        "feeds.id_damaged 身份证号");
    EXPECT_EQ(MedicalRow().set("self_paid", "#N/A", table::Cell::Kind::error).refusal(),
              "feeds.error_cell 个人自付(元)");
    EXPECT_EQ(MedicalRow().set("self_paid", "", table::Cell::Kind::formula_without_value).refusal(),
              "feeds.formula_without_value 个人自付(元)");
}

TEST(CheckRow, RefusesWhatIsMissingOrIsNotWhatTheColumnHolds) {
    EXPECT_EQ(MedicalRow().refusal(), "accepted");
    EXPECT_EQ(MedicalRow().set("name", "　").refusal(), "feeds.name_missing 姓名");
    EXPECT_EQ(MedicalRow().set("self_paid", "").refusal(), "feeds.value_missing 个人自付(元)");
    EXPECT_EQ(MedicalRow().set("self_paid", "约五千").refusal(), "feeds.bad_money 个人自付(元)");
    EXPECT_EQ(MedicalRow().set("discharged_on", "2026-02-30").refusal(), "feeds.bad_date 出院日期");
    EXPECT_EQ(MedicalRow().set("discharged_on", "1949-12-30").refusal(), "feeds.before_birth 出院日期");
    EXPECT_EQ(MedicalRow().set("care_kind", "急诊").refusal(), "feeds.unknown_choice 医疗类别");
}

TEST(CheckRow, SeesThatNameAndNumberWereSwapped) {
    EXPECT_EQ(MedicalRow().set("name", "11010519491231002X").set("id_number", "吉克·阿依").refusal(),
              "feeds.fields_swapped 身份证号");
}

TEST(CheckRow, KeepsWhatAWrongNumberStillTells) {
    const auto row = MedicalRow().set("id_number", "110105194912310012").checked();  // check digit wrong
    ASSERT_TRUE(row);
    EXPECT_FALSE(row->id);
    EXPECT_EQ(row->told_birth, Date::from(1949, 12, 31));
    EXPECT_EQ(row->told_sex, Sex::male);
    EXPECT_FALSE(MedicalRow().set("id_number", "不详").checked()->told_birth);
}

TEST(CheckRow, TakesTheNumberFromADisabilityCertificateWhenItsOwnColumnIsEmpty) {
    const Contract& agreed = **contract("disability.certificates");
    std::vector<std::string> texts(agreed.columns.size());
    texts[*agreed.column("name")] = "王秀英";
    texts[*agreed.column("certificate_no")] = "11010519491231002X42";
    texts[*agreed.column("grade")] = "二级";
    texts[*agreed.column("issued_on")] = "2026-03-09";
    std::vector<table::Cell> cells(texts.size());
    std::vector<const table::Cell*> pointers;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i] = {table::Cell::Kind::text, texts[i], false, false};
        pointers.push_back(&cells[i]);
    }
    const auto row = check(agreed, pointers, today);
    ASSERT_TRUE(row);
    ASSERT_TRUE(row->id);
    EXPECT_EQ(row->id->reveal(), "11010519491231002X");
    EXPECT_EQ(row->values[*agreed.column("grade")], "2");
}

TEST(CheckRow, ReadsAMonthInAnyUsualForm) {
    const Contract& agreed = **contract("civil_affairs.relief");
    for (const std::string way :
         {"2025-03", "2025/3", "2025.03", "202503", "2025年3月", "２０２５年３月", "2025-03-18"}) {
        std::vector<std::string> texts(agreed.columns.size());
        texts[*agreed.column("name")] = "王秀英";
        texts[*agreed.column("relief_kind")] = "低保";
        texts[*agreed.column("from_month")] = way;
        std::vector<table::Cell> cells(texts.size());
        std::vector<const table::Cell*> pointers;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            cells[i] = {table::Cell::Kind::text, texts[i], false, false};
            pointers.push_back(&cells[i]);
        }
        const auto row = check(agreed, pointers, today);
        ASSERT_TRUE(row) << way;
        EXPECT_EQ(row->values[*agreed.column("from_month")], "2025-03") << way;
    }
}

TEST(Contract, RefusesOneThatNamesAnUnknownColumnInItsKey) {
    const auto broken = parse_contract("id = 'x.y'\nrow_key = ['nothing']", "x.toml");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().id, "feeds.bad_contract");
}

}  // namespace
}  // namespace ballast::feeds
