/// For tests: two households of 昭觉县 in the register, and sheets of medical bills about them.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/areas.h"
#include "feeds/feeds.h"
#include "registry/import.h"
#include "registry/test_households.h"
#include "table/test_files.h"

namespace ballast::feeds::testing {

using registry::testing::day;
using registry::testing::id_of;
using registry::testing::zhaojue;

inline const Instant now = *parse_instant("2026-04-05T09:00:00+08:00");
inline const std::string march = "医保局_住院及门诊费用明细_513431_202603_01.csv";

inline const std::string ayi = id_of(day(1980, 3, 1), 12);      // 吉克·阿依, village 0
inline const std::string muguo = id_of(day(1982, 5, 9), 23);    // 沙马·木果, her husband
inline const std::string xiuying = id_of(day(1950, 2, 3), 34);  // 王秀英, village 1
inline const std::string stranger = id_of(day(1977, 7, 7), 77);

inline AreaCode village(std::size_t n) {
    const auto& division = areas::Division::shipped();
    return division.children(division.children(zhaojue).at(0).code).at(n).code;
}

inline std::string village_name(std::size_t n) {
    return std::string(areas::Division::shipped().find(village(n))->name);
}

/// A bill of 县医院; tests change what they are about.
struct Bill {
    std::string name = "吉克·阿依", id = ayi;
    std::string paid = "6210.00";
    std::string discharged = "2026-03-09";
    std::string kind = "住院";
    std::string township = {}, village = {};
};
using Sheet = std::vector<std::vector<std::string>>;

inline const std::vector<std::string> titles{"姓名",     "身份证号",   "乡镇",        "行政村",
                                             "就诊医院", "医疗类别",   "入院日期",    "出院日期",
                                             "诊断名称", "总费用(元)", "个人自付(元)"};

inline Sheet sheet_of(const std::vector<Bill>& bills) {
    Sheet out{titles};
    for (const auto& b : bills)
        out.push_back({b.name, b.id, b.township, b.village, "县医院", b.kind,
                       b.discharged.empty() ? "" : "2026-03-01", b.discharged, "肺结核病", "12000", b.paid});
    return out;
}

inline std::string csv_of(const Sheet& sheet) {
    std::string out;
    for (const auto& row : sheet) {
        std::string line;
        for (const auto& cell : row) line += "," + cell;
        out += line.substr(1) + "\r\n";
    }
    return out;
}
inline std::string csv(const std::vector<Bill>& bills) { return csv_of(sheet_of(bills)); }

/// `Base` is db_testing::OnBothEngines. Two households of 昭觉县, received through the register's own door.
template <class Base>
class FeedFilesOn : public Base {
protected:
    void SetUp() override {
        Base::SetUp();
        if (Base::IsSkipped()) return;
        const auto path = put_book(
            "册.xlsx", {{"户信息",
                         {"户编号", "行政村代码", "农户类型"},
                         {{"0001", village(0).digits(), "脱贫户"}, {"0002", village(1).digits(), "一般农户"}},
                         ""},
                        {"成员信息",
                         {"户编号", "姓名", "证件号码", "与户主关系"},
                         {{"0001", "吉克·阿依", ayi, "户主"},
                          {"0001", "沙马·木果", muguo, "配偶"},
                          {"0002", "王秀英", xiuying, "户主"}},
                         ""}});
        const Date today = civil_date(now);
        const auto id =
            registry::receive(this->database(), *vault, system, {zhaojue, "册.xlsx", "建档", today},
                              {{path, "册.xlsx"}}, today, now);
        ASSERT_TRUE(id) << id.error().id;
        const auto applied = registry::apply(this->database(), *vault, system, *id, now);
        ASSERT_TRUE(applied) << applied.error().id;
        ASSERT_EQ(applied->households, 2);
        register_ =
            *this->database().read([&](db::Tx& tx) { return load_register(tx, everywhere, zhaojue); });
        ASSERT_EQ(register_.index.size(), 3u);
    }

    std::string put_book(const std::string& name,
                         const std::vector<registry::testing::SheetContent>& sheets) {
        return registry::testing::write_book(books, name, sheets);
    }
    Result<Batch> receive_path(const std::string& path, const std::string& name, db::Database& into,
                               const std::function<bool(double)>& progress = {}) {
        return receive(into, *vault, actor, {path, name, zhaojue, feed, period}, register_, now, progress);
    }
    Result<Batch> receive_bytes(const std::string& bytes, const std::string& name = march) {
        return receive_path(folder.put("upload", bytes), name, this->database());
    }
    /// "applied 1 0 0 0": matched, candidate, unmatched, invalid; or "refused feeds.same_file".
    static std::string told(const Result<Batch>& batch) {
        if (!batch) return batch.error().id;
        const auto& c = batch->counts;
        if (batch->error) return std::string(name_of(batch->state)) + " " + batch->error->id;
        return std::string(name_of(batch->state)) + " " + std::to_string(c.matched) + " " +
               std::to_string(c.candidate) + " " + std::to_string(c.unmatched) + " " +
               std::to_string(c.invalid);
    }
    std::string outcome(const std::vector<Bill>& bills, const std::string& name = march) {
        return told(receive_bytes(csv(bills), name));
    }

    /// What the rules are given: who paid what, in order.
    std::vector<std::string> facts(const auth::Scope& scope = auth::Scope::whole_country()) {
        std::vector<std::string> out;
        const auto paid = *(*contract("medical.expenses"))->column("self_paid");
        const auto read = this->database().read([&](db::Tx& tx) {
            return each_fact(tx, *vault, scope, "2025-01", [&](const Fact& fact) -> Result<void> {
                out.push_back(std::to_string(fact.person.number()) + " " + fact.values.at(paid) + " " +
                              (fact.happened_on ? fact.happened_on->iso() : "-"));
                return {};
            });
        });
        EXPECT_TRUE(read);
        return out;
    }
    std::vector<SentRow> rows_of(BatchId id, std::optional<State> state = {}) {
        RowQuery query;
        query.state = state;
        std::int64_t total = 0;
        auto out =
            this->database().read([&](db::Tx& tx) { return rows(tx, *vault, actor, id, query, &total); });
        EXPECT_TRUE(out);
        EXPECT_EQ(total, static_cast<std::int64_t>(out->size()));
        return *out;
    }
    std::string reasons_of(BatchId id) {
        std::string out;
        for (const auto& row : rows_of(id))
            if (row.reason) {
                out += std::to_string(row.row_number) + " " + row.reason->id;
                for (const auto& [name, value] : row.reason->args) out += " " + value;
                out += "\n";
            }
        return out;
    }
    std::int64_t count(const std::string& table) {
        return *this->database().read([&](db::Tx& tx) { return tx.number("SELECT COUNT(*) FROM " + table); });
    }
    void as_clerk_of(const std::string& department) {
        actor = auth::Actor{
            auth::UserId(7), "clerk", "李玉兰", {{auth::Role::department_clerk, zhaojue, department}}};
    }

    std::unique_ptr<crypto::Vault> vault = crypto::test_vault("feeds");
    const auth::Actor system = auth::system_actor("test");
    const auth::Scope everywhere = auth::Scope::whole_country();
    auth::Actor actor = system;
    registry::testing::Folder books;
    table::TemporaryFolder folder;
    Register register_;
    std::string feed, period;
};

}  // namespace ballast::feeds::testing
