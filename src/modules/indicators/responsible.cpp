#include "indicators/responsible.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "indicators/series.h"

namespace ballast::indicators {
namespace {

using auth::Right;

/// The area, and those of the next level below that there is: some townships lie right under their prefecture.
std::vector<AreaCode> with_those_below(const Desk& desk, std::span<const Succession> changes, AreaCode area) {
    std::vector<AreaCode> out{area};
    for (auto level = area.level(); level != AreaLevel::village && out.size() == 1;) {
        level = level_below(level);
        for (const auto one : areas_at(desk, changes, level, desk.today))
            if (one != area && area.contains(one)) out.push_back(one);
    }
    return out;
}

}  // namespace

Result<Answering> answering(db::Tx& tx, const Desk& desk, AreaCode area) {
    if (!desk.actor.scope(Right::indicators_read).contains(area))
        return not_found("areas.unknown").with("code", area.digits());
    const auto areas = with_those_below(desk, TRY(successions(tx)), area);
    std::set<AreaCode> open(areas.begin(), areas.end());
    Answering out;
    for (auto& one : TRY(tx.all("SELECT area_code, name, post, account, version, since FROM indicators_responsible WHERE "
                                "area_code BETWEEN ? AND ? ORDER BY area_code",
                                {area.first(), area.last()}, [](const db::Row& row) {
                                    return Responsible{row.area(0), std::string(row.text(1)), std::string(row.text(2)),
                                                       std::string(row.text(3)), row.integer(4), row.maybe_date(5), {}};
                                }))) {
        if (std::ranges::find(areas, one.area) == areas.end()) continue;
        if (!one.name.empty()) open.erase(one.area);
        out.now.push_back(std::move(one));
    }
    for (auto& one : TRY(tx.all("SELECT area_code, name, post, account, from_day, to_day FROM indicators_responsible_before "
                                "WHERE area_code BETWEEN ? AND ? ORDER BY to_day DESC, id DESC",
                                {area.first(), area.last()}, [](const db::Row& row) {
                                    return Responsible{row.area(0), std::string(row.text(1)), std::string(row.text(2)),
                                                       std::string(row.text(3)), 0, row.maybe_date(4), row.maybe_date(5)};
                                })))
        if (std::ranges::find(areas, one.area) != areas.end()) out.before.push_back(std::move(one));
    out.gaps.assign(open.begin(), open.end());
    return out;
}

Result<void> set_responsible(db::Tx& tx, const Desk& desk, const Responsible& person) {
    TRY(auth::require(desk.actor, Right::indicators_manage));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_manage), TRY(successions(tx)), person.area, desk.today));
    const std::string name(text::trimmed(person.name)), post(name.empty() ? "" : text::trimmed(person.post));
    const auto kept = TRY(tx.exec("INSERT INTO indicators_responsible_before (area_code, name, post, from_day, to_day, account) "
                                  "SELECT area_code, name, post, since, ?, ? FROM indicators_responsible WHERE area_code = ? AND "
                                  "version = ? AND name <> ''",
                                  desk.today, desk.actor.account, person.area, person.version));
    if (name.empty() && kept == 0) return invalid("indicators.name_missing");
    const auto stored =
        person.version == 0
            ? TRY(tx.exec("INSERT INTO indicators_responsible (area_code, name, post, account, version, since) VALUES (?, ?, ?, ?, "
                          "1, ?) ON CONFLICT (area_code) DO NOTHING",
                          person.area, name, post, desk.actor.account, desk.today))
            : TRY(tx.exec("UPDATE indicators_responsible SET name = ?, post = ?, account = ?, since = ?, version = version + 1 "
                          "WHERE area_code = ? AND version = ?",
                          name, post, desk.actor.account, desk.today, person.area, person.version));
    if (stored == 0) return conflict("indicators.person_changed");
    return record(tx, desk, "indicators.responsible", "area:" + person.area.short_digits(), person.area, "{}");
}

Result<std::map<AreaCode, std::string>> names_of_responsible(db::Tx& tx) {
    std::map<AreaCode, std::string> out;
    TRY(tx.each_row("SELECT area_code, name FROM indicators_responsible WHERE name <> ''", {}, [&](const db::Row& row) -> Result<void> {
        out[row.area(0)] = row.text(1);
        return {};
    }));
    return out;
}

}  // namespace ballast::indicators
