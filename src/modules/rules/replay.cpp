#include "rules/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "screening/rules.h"

namespace ballast::rules {

namespace {

// So many households at once, so that the columns of all months stay small.
constexpr std::size_t piece = 8192;

constexpr std::array outcome_names{std::string_view("in_time"), std::string_view("late"),
                                   std::string_view("missed"), std::string_view("no_risk")};

struct Month {
    Date last_day;
    packs::Pack pack;
    screening::Windows windows;
    RuleColumns columns;
};

Result<std::shared_ptr<const History>> read(const Reading& reading, std::vector<Month> months) {
    auto out = std::make_shared<History>();
    out->read_at = reading.now;
    out->met.resize(months.size());
    for (const auto& month : months) out->months.push_back(month.last_day);
    const auto settle = [&] {
        for (std::size_t m = 0; m < months.size(); ++m) {
            months[m].columns.settle(months[m].pack);
            const auto met = months[m].columns.met(months[m].pack);
            out->met[m].insert(out->met[m].end(), met.begin(), met.end());
        }
    };
    const auto since = months.front().last_day.plus_months(-screening::months_back).iso().substr(0, 7);
    TRY(each_with_rows(reading.tx, reading.vault, reading.county, since,
                       [&](const registry::Household& household, const std::vector<feeds::Fact>& rows,
                           const screening::OwnRecords& own) -> Result<void> {
                           out->households.push_back(household.id);
                           out->villages.push_back(household.village);
                           for (auto& month : months)
                               month.columns.add(
                                   screening::facts_of(household, rows, month.last_day, month.windows, own));
                           if (out->households.size() % piece == 0) settle();
                           return {};
                       }));
    settle();
    return std::shared_ptr<const History>(std::move(out));
}

/// Month n of the history is that of the day, if any.
std::optional<std::size_t> month_of(const History& history, Date day) {
    for (std::size_t m = 0; m < history.months.size(); ++m)
        if (history.months[m] == day.last_of_month()) return m;
    return std::nullopt;
}

bool meant(const History& history, std::size_t month, std::size_t household, const Part& part) {
    const RuleBits bits = history.met[month][household];
    return part.rule ? (bits >> *part.rule & 1) != 0 : bits != 0;
}

bool begun(const History& history, std::size_t month, std::size_t household, const Part& part) {
    return meant(history, month, household, part) && !meant(history, month - 1, household, part);
}

/// Nothing where casework found no risk and no rule had said that there was one.
std::optional<Outcome> outcome(const History& history, const Finding& finding, const Part& part) {
    const auto month = month_of(history, finding.told_on);
    if (!month || *month == 0) return std::nullopt;
    std::optional<std::size_t> first;
    for (std::size_t m = 0; m < history.months.size() && !first; ++m)
        if (meant(history, m, finding.household, part)) first = m;
    const bool before = first && *first <= *month;
    if (!finding.found) return before ? std::optional(Outcome::no_risk) : std::nullopt;
    return before ? Outcome::in_time : first ? Outcome::late : Outcome::missed;
}

/// Which households the part is about.
std::vector<bool> within(const History& history, const Part& part) {
    const auth::Scope scope = part.scope.intersect(auth::Scope({part.area}));
    std::map<AreaCode, bool> seen;
    std::vector<bool> out;
    for (const auto village : history.villages) {
        const auto [visible, is_new] = seen.try_emplace(village, false);
        if (is_new) visible->second = scope.contains(village);
        out.push_back(visible->second);
    }
    return out;
}

}  // namespace

std::string_view name_of(Outcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }
std::optional<Outcome> outcome_named(std::string_view name) {
    const auto found = std::find(outcome_names.begin(), outcome_names.end(), name);
    if (found == outcome_names.end()) return std::nullopt;
    return static_cast<Outcome>(found - outcome_names.begin());
}

Result<std::shared_ptr<const History>> history(Shelf<History>& shelf, const Reading& reading,
                                               const packs::Pack& pack, std::span<const Change> changes,
                                               int months, Date today) {
    if (months < 1 || months > most_months)
        return invalid("rules.bad_months").with("most", std::to_string(most_months));
    std::string key = fmt::format("{} {} {} {} {} {}", reading.installation, reading.county.digits(),
                                  today.iso(), months, pack.hash, TRY(stamp(reading.tx, reading.county)));
    for (const auto& change : changes) key += " " + change.parameter + "=" + change.value.plain();
    return shelf.take(key, reading.now, reading.anew, [&]() -> Result<std::shared_ptr<const History>> {
        std::vector<Month> of;
        for (int back = months + 1; back >= 1; --back) {
            const Date day = today.plus_months(-back).last_of_month();
            auto then = TRY(changed(pack, changes, reading.county, day));
            const auto windows = TRY(screening::Rules::of(then, reading.county, day)).windows();
            auto columns = TRY(RuleColumns::of(then, reading.county, day));
            of.push_back({day, std::move(then), windows, std::move(columns)});
        }
        return read(reading, std::move(of));
    });
}

Result<std::vector<Finding>> findings(db::Tx& tx, AreaCode county, const History& history) {
    std::unordered_map<registry::HouseholdId, std::size_t> places;
    for (std::size_t i = 0; i < history.households.size(); ++i) places.emplace(history.households[i], i);
    std::vector<Finding> out;
    const std::array days{db::Value(history.months.front()), db::Value(history.months.back())};
    TRY(tx.each_row(
        "SELECT household_id, told_on, found FROM casework_v_found WHERE found IS NOT NULL AND told_on > ? "
        "AND told_on <= ? AND " +
            auth::Scope({county}).sql("village_code") + " ORDER BY told_on, household_id",
        days, [&](const db::Row& row) -> Result<void> {
            const auto place = places.find(row.id<registry::HouseholdId>(0));
            if (place != places.end()) out.push_back({place->second, row.date(1), row.integer(2) == 1});
            return {};
        }));
    return out;
}

BackTest judge(const History& history, std::span<const Finding> findings, const Part& part) {
    BackTest out;
    out.by_month.resize(history.months.size() - 1);
    const auto visible = within(history, part);
    std::map<AreaCode, BackTest::OfArea> areas;
    std::set<AreaCode> villages;
    const auto each_score = [&](std::size_t household, std::size_t month, const auto& count) {
        count(out.all);
        count(out.by_month[month - 1]);
        count(areas[below(part.area, history.villages[household])].score);
    };
    for (std::size_t i = 0; i < history.households.size(); ++i) {
        if (!visible[i]) continue;
        auto& area = areas[below(part.area, history.villages[i])];
        ++out.households;
        ++area.households;
        area.villages += villages.insert(history.villages[i]).second;
        for (std::size_t month = 1; month < history.months.size(); ++month) {
            const bool is = meant(history, month, i, part), is_new = begun(history, month, i, part);
            if (!is) continue;
            each_score(i, month, [&](Score& score) {
                ++score.meant;
                score.begun += is_new;
            });
        }
    }
    for (const auto& finding : findings) {
        const auto what = visible[finding.household] ? outcome(history, finding, part) : std::nullopt;
        if (!what) continue;
        each_score(finding.household, *month_of(history, finding.told_on),
                   [&](Score& score) { ++score.by_outcome[static_cast<std::size_t>(*what)]; });
    }
    out.villages = static_cast<std::int64_t>(villages.size());
    for (auto& [code, area] : areas) {
        area.area = code;
        out.by_area.push_back(area);
    }
    return out;
}

std::vector<std::size_t> behind(const History& history, std::span<const Finding> findings, const Part& part,
                                std::optional<Outcome> wanted, std::optional<std::size_t> month) {
    const auto visible = within(history, part);
    std::set<std::size_t> out;
    if (wanted) {
        for (const auto& finding : findings)
            if (visible[finding.household] && outcome(history, finding, part) == wanted &&
                (!month || month_of(history, finding.told_on) == *month + 1))
                out.insert(finding.household);
    } else {
        for (std::size_t m = 1; m < history.months.size(); ++m)
            for (std::size_t i = 0; i < history.households.size() && (!month || *month + 1 == m); ++i)
                if (visible[i] && begun(history, m, i, part)) out.insert(i);
    }
    return {out.begin(), out.end()};
}

}  // namespace ballast::rules
