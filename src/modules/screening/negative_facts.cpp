#include "screening/negative_facts.h"

#include <algorithm>

#include "screening/sheet.h"

namespace ballast::screening {
namespace {

/// The rows about one person, or about all of them.
class Reading {
public:
    Reading(const ComparisonOrder& order, std::span<const std::string> feeds, std::vector<feeds::Fact> rows)
        : order_(order), feeds_(feeds), rows_(std::move(rows)) {}

    Facts of_person() {
        payroll();
        real_estate();
        cars();
        machines();
        firms();
        schooling();
        return std::move(facts_);
    }

    Facts of_all() {
        if (looked_at("police.vehicles")) {
            const auto owned = passenger_cars();
            say("cars_of_all", static_cast<std::int64_t>(owned.size()), ids(owned));
        }
        if (looked_at("bank.deposits")) {
            const auto deposits = sheet("bank.deposits");
            Sum sum;
            for (const auto* row : deposits.rows())
                sum.add(deposits.money(*row, "balance").value_or(Money()), row->row);
            say("deposits_of_all", sum.amount, sum.rows);
        }
        say("n_members", order_.members);
        if (order_.supporters_unwilling) say("supporters_unwilling", *order_.supporters_unwilling);
        if (order_.absent_months) say("absent_months", *order_.absent_months);
        if (order_.monitored_elsewhere) say("monitored_elsewhere", *order_.monitored_elsewhere);
        if (order_.not_rural) say("not_rural", *order_.not_rural);
        return std::move(facts_);
    }

private:
    using Found = std::vector<const feeds::Fact*>;

    void say(std::string_view name, FactValue value, Rows rows = {}) {
        facts_.insert_or_assign(std::string(name), Fact{std::move(value), std::move(rows)});
    }
    bool looked_at(std::string_view feed) const {
        return std::find(feeds_.begin(), feeds_.end(), feed) != feeds_.end();
    }
    Sheet sheet(std::string_view feed) const { return {feed, rows_, order_.day}; }
    static Rows ids(const Found& found) {
        Rows out;
        for (const auto* row : found) out.push_back(row->row);
        return out;
    }
    template <class Holds>
    Found where(const Sheet& sheet, Holds holds) const {
        Found out;
        for (const auto* row : sheet.rows())
            if (holds(*row)) out.push_back(row);
        return out;
    }
    void say_any(std::string_view name, const Found& found) { say(name, !found.empty(), ids(found)); }
    void say_count(std::string_view name, const Found& found) {
        say(name, static_cast<std::int64_t>(found.size()), ids(found));
    }

    void payroll() {
        if (looked_at("fiscal.payroll")) {
            const auto list = sheet("fiscal.payroll");
            const auto village =
                where(list, [&](const auto& row) { return list.text(row, "kind") == "village_subsidy"; });
            const auto formal =
                where(list, [&](const auto& row) { return list.text(row, "kind") != "village_subsidy"; });
            say_any("payroll_formal", formal);
            say_any("payroll_village", village);
        }
        if (looked_at("housing_fund.deposits")) {
            const auto fund = sheet("housing_fund.deposits");
            say_any("fund_paying", where(fund, [&](const auto& row) {
                        return fund.text(row, "state") == "paying" &&
                               fund.money(row, "monthly").value_or(Money()) > Money();
                    }));
        }
        if (looked_at("tax.income")) {
            const auto declared = sheet("tax.income");
            Sum wages;
            for (const auto* row : latest_year(declared))
                wages.add(declared.money(*row, "wages").value_or(Money()), row->row);
            say("tax_wages_year", wages.amount, wages.rows);
        }
    }
    static Found latest_year(const Sheet& declared) {
        std::string year;
        for (const auto* row : declared.rows()) year = std::max(year, declared.text(*row, "year"));
        Found out;
        for (const auto* row : declared.rows())
            if (declared.text(*row, "year") == year) out.push_back(row);
        return out;
    }

    void real_estate() {
        if (!looked_at("real_estate.registrations")) return;
        const auto list = sheet("real_estate.registrations");
        say_count("homes_bought", where(list, [&](const auto& row) {
                      return list.text(row, "use") == "dwelling" && list.text(row, "acquired_by") == "bought";
                  }));
        say_count("shops_owned",
                  where(list, [&](const auto& row) { return list.text(row, "use") == "shop"; }));
    }

    Found passenger_cars() const {
        const auto list = sheet("police.vehicles");
        return where(list, [&](const auto& row) { return list.text(row, "kind") == "passenger"; });
    }
    void cars() {
        if (!looked_at("police.vehicles")) return;
        const auto owned = passenger_cars();
        say_any("car_owned", owned);
        say_dearest("dearest_car", sheet("police.vehicles"), owned);
    }
    // What the police register as a machine, and what the agriculture bureau lists.
    void machines() {
        if (!looked_at("police.vehicles") && !looked_at("agriculture.machinery")) return;
        const auto registered = sheet("police.vehicles"), listed = sheet("agriculture.machinery");
        const auto on_the_road =
            where(registered, [&](const auto& row) { return registered.text(row, "kind") == "machine"; });
        say_dearest("dearest_machine", registered, on_the_road);
        say_dearest("dearest_machine", listed, listed.rows());
    }
    void say_dearest(std::string_view name, const Sheet& list, const Found& found) {
        for (const auto* row : found) {
            const auto price = list.money(*row, "price");
            const auto so_far = facts_.find(name);
            if (!price || (so_far != facts_.end() && std::get<Money>(so_far->second.value) >= *price))
                continue;
            say(name, *price, {row->row});
        }
    }

    // A firm trades that has capital or is taxed; what is invoiced under its head's name shows it too.
    void firms() {
        if (!looked_at("market.entities")) return;
        const auto list = sheet("market.entities"), declared = sheet("tax.income");
        const auto taxed = latest_year(declared);
        const bool invoices = std::any_of(taxed.begin(), taxed.end(), [&](const auto* row) {
            return declared.money(*row, "invoiced").value_or(Money()) > Money() ||
                   declared.money(*row, "business").value_or(Money()) > Money();
        });
        say_count("firms_active", where(list, [&](const auto& row) {
                      return list.text(row, "state") == "active" &&
                             (invoices || list.text(row, "tax_state") == "taxed" ||
                              list.money(row, "capital").value_or(Money()) > Money());
                  }));
    }

    void schooling() {
        if (!looked_at("education.students")) return;
        const auto students = sheet("education.students");
        const Date day = order_.day;
        const Date school_year = *Date::from(day.month() >= 9 ? day.year() : day.year() - 1, 9, 1);
        Sum paid;
        for (const auto* row : students.rows())
            if (const auto amount = students.money(*row, "self_paid");
                amount && Sheet::month_of(*row) >= school_year)
                paid.add(*amount, row->row);
        say("tuition_year", paid.amount, paid.rows);
    }

    const ComparisonOrder& order_;
    std::span<const std::string> feeds_;
    const std::vector<feeds::Fact> rows_;
    Facts facts_;
};

}  // namespace

std::vector<PersonFacts> negative_facts(const ComparisonOrder& order, std::span<const std::string> feeds,
                                        const std::vector<feeds::Said>& said) {
    std::vector<PersonFacts> out;
    std::vector<feeds::Fact> all;
    for (std::size_t person = 0; person < order.persons.size(); ++person) {
        std::vector<feeds::Fact> own;
        for (const auto& one : said)
            if (one.subject == person) own.push_back(one.fact);
        all.insert(all.end(), own.begin(), own.end());
        out.push_back({person, Reading(order, feeds, std::move(own)).of_person()});
    }
    out.push_back({std::nullopt, Reading(order, feeds, std::move(all)).of_all()});
    return out;
}

}  // namespace ballast::screening
