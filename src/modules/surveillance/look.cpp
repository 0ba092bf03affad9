#include "surveillance/look.h"

#include <algorithm>

#include "feeds/contract.h"
#include "feeds/feeds.h"

namespace ballast::surveillance {
namespace {

constexpr std::string_view bureau = "hr.employment";

std::vector<std::string> codes_of(std::string_view risks) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < risks.size();) {
        const auto end = std::min(risks.find(' ', at), risks.size());
        if (end > at) out.emplace_back(risks.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

class Looking {
public:
    Looking(db::Tx& tx, const Desk& desk, AreaCode county, const Limits& limits)
        : tx_(tx), desk_(desk), scope_({county}), limits_(limits) {}

    Result<Seen> all(Date since) {
        out_.month = desk_.today.first_of_month().plus_months(-1);
        TRY(households());
        TRY(signals(since));
        TRY(lost_work());
        TRY(prices());
        return std::move(out_);
    }

private:
    Result<void> households() {
        return tx_.each_row("SELECT id, village_code FROM registry_v_household WHERE " + scope_.sql("village_code"), {},
                            [&](const db::Row& row) -> Result<void> {
                                villages_[row.integer(0)] = row.area(1);
                                ++out_.on_file[row.area(1)];
                                ++out_.on_file[row.area(1).at(AreaLevel::township)];
                                return {};
                            });
    }

    Result<void> signals(Date since) {
        const std::vector<db::Value> values{since};
        return tx_.each_row(
            "SELECT t.id, t.household_id, t.risks, t.told_on FROM casework_v_told t JOIN registry_v_household h ON h.id = "
            "t.household_id WHERE t.told_on >= ? AND (t.warning_id IS NULL OR NOT EXISTS (SELECT 1 FROM screening_v_cleared c WHERE "
            "c.id = t.warning_id)) AND " +
                scope_.sql("h.village_code") + " ORDER BY t.id",
            values, [&](const db::Row& row) -> Result<void> {
                for (auto& risk : codes_of(row.text(2)))
                    if (limits_.kinds.contains(risk))
                        out_.signals.push_back({row.integer(0), row.integer(1), villages_[row.integer(1)], std::move(risk), row.date(3)});
                return {};
            });
    }

    /// What the bureau's sheet says, and placements that ended; never who has a placement that runs.
    Result<void> lost_work() {
        const auto* contract = TRY(feeds::contract(bureau));
        const auto left = *contract->column("left_on"), registered = *contract->column("unemployed_on");
        std::map<std::int64_t, Lost> latest;  // by person
        const auto note = [&](std::int64_t person, std::int64_t household, Date on) {
            const auto village = villages_.find(household);
            if (village == villages_.end() || desk_.today < on) return;
            auto& one = latest[person];
            if (one.person == 0 || one.on < on) one = {person, household, village->second, on};
        };
        const auto since = out_.month.plus_months(-1);
        TRY(feeds::each_fact(tx_, desk_.vault, scope_, since.iso().substr(0, 7), [&](const feeds::Fact& fact) -> Result<void> {
            if (fact.feed != bureau) return {};
            const auto& said = fact.values[left].empty() ? fact.values[registered] : fact.values[left];
            if (!said.empty()) note(fact.person.number(), fact.household.number(), TRY(Date::parse(said)));
            return {};
        }));
        std::set<std::int64_t> working;
        TRY(tx_.each_row("SELECT w.person_id, p.household_id, w.ended_on FROM employment_v_work w JOIN registry_v_person p ON p.id = "
                         "w.person_id WHERE " +
                             scope_.sql("p.village_code"),
                         {}, [&](const db::Row& row) -> Result<void> {
                             if (const auto ended = row.maybe_date(2))
                                 note(row.integer(0), row.integer(1), *ended);
                             else
                                 working.insert(row.integer(0));
                             return {};
                         }));
        for (const auto& [person, lost] : latest) {
            if (working.contains(person)) continue;
            if (lost.on.first_of_month() == out_.month) out_.lost.push_back(lost);
            if (lost.on.first_of_month() == since) out_.lost_before.push_back(lost);
        }
        return {};
    }

    Result<void> prices() {
        return tx_.each_row("SELECT area_code, product, month, fen FROM surveillance_price WHERE " + scope_.sql("area_code") +
                                " ORDER BY area_code, product, month",
                            {}, [&](const db::Row& row) -> Result<void> {
                                if (out_.prices.empty() || out_.prices.back().area != row.area(0) ||
                                    out_.prices.back().product != row.text(1))
                                    out_.prices.push_back({row.area(0), std::string(row.text(1)), {}});
                                out_.prices.back().prices[row.date(2)] = row.money(3);
                                return {};
                            });
    }

    db::Tx& tx_;
    const Desk& desk_;
    auth::Scope scope_;
    const Limits& limits_;
    std::map<std::int64_t, AreaCode> villages_;  // of households
    Seen out_;
};

}  // namespace

Result<Seen> look(db::Tx& tx, const Desk& desk, AreaCode county, const Limits& limits, Date since) {
    return Looking(tx, desk, county, limits).all(since);
}

}  // namespace ballast::surveillance
