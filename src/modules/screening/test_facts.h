/// For tests of the facts: an ordinary household, and what departments say about its members.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "registry/test_households.h"
#include "screening/facts.h"

namespace ballast::screening::testing_facts {

using registry::HouseholdField;
using registry::IncomeItem;
using registry::PersonField;
using registry::testing::day;

/// What a department said about a member; columns by name, the others empty.
struct Said {
    std::string feed, period;
    std::size_t of = 0;
    std::vector<std::pair<std::string, std::string>> values;
    std::optional<Date> on = {};
};

/// The ordinary couple with their daughter, on 2026-06-15; a test changes what it is about.
class ScreeningFacts : public ::testing::Test {
protected:
    ScreeningFacts() {
        std::int64_t id = 1;
        for (auto& one : home.members) one.id = registry::PersonId(id++);
    }
    registry::PersonValues& of(std::size_t member) { return home.members[member].values; }
    void says(const Said& said) {
        feeds::Fact row;
        row.row = feeds::RowId(static_cast<std::int64_t>(rows.size()) + 1);
        row.feed = said.feed;
        row.period = said.period;
        row.person = home.members[said.of].id;
        const auto& contract = **feeds::contract(said.feed);
        row.values.resize(contract.columns.size());
        for (const auto& [field, value] : said.values) row.values[*contract.column(field)] = value;
        row.happened_on = said.on ? said.on : feeds::happened_on(contract, row.values);
        rows.push_back(row);
    }
    Facts facts() const { return facts_of(home, rows, today, {90}, own); }
    Fact fact(const std::string& name) const {
        const auto all = facts();
        const auto found = all.find(name);
        if (found == all.end()) {
            ADD_FAILURE() << name << " is not known";
            return {};
        }
        return found->second;
    }
    bool knows(const std::string& name) const { return facts().contains(name); }
    bool truth(const std::string& name) const { return std::get<bool>(fact(name).value); }
    std::int64_t count(const std::string& name) const { return std::get<std::int64_t>(fact(name).value); }
    Money money(const std::string& name) const { return std::get<Money>(fact(name).value); }
    std::string text(const std::string& name) const { return std::get<std::string>(fact(name).value); }
    std::vector<std::int64_t> rows_of(const std::string& name) const {
        std::vector<std::int64_t> out;
        for (const auto row : fact(name).rows) out.push_back(row.number());
        return out;
    }

    void bill(Date discharged, std::int64_t fen, std::size_t member = 0,
              const std::string& kind = "inpatient") {
        says(
            {"medical.expenses",
             discharged.iso().substr(0, 7),
             member,
             {{"discharged_on", discharged.iso()}, {"self_paid", std::to_string(fen)}, {"care_kind", kind}}});
    }
    void wage(const std::string& month, std::int64_t fen, std::size_t member = 0,
              const std::string& firm = "砖厂") {
        says({"hr.employment", month, member, {{"monthly_wage", std::to_string(fen)}, {"employer", firm}}});
    }
    void earn(Period window, IncomeItem item, std::int64_t fen) {
        home.income.push_back({std::nullopt, window, item, "", Money::fen(fen), 0});
    }

    Date today = day(2026, 6, 15);
    registry::Household home = registry::testing::ordinary_household();
    std::vector<feeds::Fact> rows;
    OwnRecords own;
};

}  // namespace ballast::screening::testing_facts
