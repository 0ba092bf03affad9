#include "insurance/service_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "audit/audit.h"
#include "base/text.h"

namespace ballast::insurance {
namespace {

using auth::Right;
constexpr std::string_view sealed_as = "insurance_service_point.assistant";

/// All townships of a county; of an insurer that works in a prefecture or province, those of its counties.
void townships_of(const areas::Division& division, AreaCode area, std::vector<areas::Area>& out) {
    for (const auto& child : division.children(area)) {
        if (child.code.level() == AreaLevel::township)
            out.push_back(child);
        else if (child.code.level() < AreaLevel::township)
            townships_of(division, child.code, out);
    }
}

/// What is open on that day, by area.
Result<std::map<AreaCode, ServicePoint>> open_points(db::Tx& tx, const Desk& desk, const Insurer& insurer, Date on) {
    std::map<AreaCode, ServicePoint> out;
    TRY(tx.each_row("SELECT id, area_code, name, assistant, first_day, last_day FROM insurance_service_point WHERE "
                    "insurer_id = ? AND first_day <= ? AND (last_day IS NULL OR last_day >= ?) ORDER BY id",
                    std::vector<db::Value>{insurer.id, on, on}, [&](const db::Row& row) -> Result<void> {
                        ServicePoint point{row.id<ServicePointId>(0), row.area(1), std::string(row.text(2)),
                                           TRY(desk.vault.open(sealed_as, row.bytes(3))), row.date(4),
                                           row.maybe_date(5)};
                        out.insert_or_assign(point.area, std::move(point));
                        return {};
                    }));
    return out;
}

Result<std::string> said(std::string_view name, std::string_view given) {
    std::string out(text::trimmed(given));
    if (out.empty() || text::length(out) > 60) return invalid("insurance.text_missing").with("name", std::string(name));
    return out;
}

Result<void> note(db::Tx& tx, const Desk& desk, const Insurer& insurer, std::string_view what, std::size_t count) {
    return audit::record(tx, desk.vault, desk.actor,
                         {fmt::format("insurance.service_points_{}", what),
                          fmt::format("insurer:{}", insurer.id.number()), insurer.area, "",
                          fmt::format(R"({{"points":{}}})", count)},
                         desk.now);
}

}  // namespace

Result<Insurer> evaluated_insurer(db::Tx& tx, const Desk& desk, InsurerId id) {
    auto out = TRY(insurer(tx, desk, id));
    if (!desk.actor.scope(Right::insurance_read).contains(out.area)) return not_found("insurance.no_such_insurer");
    return out;
}

Result<Insurer> insurer_to_write_of(db::Tx& tx, const Desk& desk, InsurerId id) {
    auto out = TRY(evaluated_insurer(tx, desk, id));
    // Who acts for an insurer has been shown no other.
    const bool may = desk.actor.scope(Right::insurance_subsidy).contains(out.area) ||
                     desk.actor.scope(Right::insurance_write).contains(out.area);
    if (!may) return forbidden("auth.not_allowed");
    return out;
}

Result<void> check_service_point(db::Tx& tx, const Desk& desk, const Insurer& by, const NewServicePoint& point) {
    const auto level = point.area.level();
    const bool fits = (level == AreaLevel::township || level == AreaLevel::village) &&
                      by.area.contains(point.area) && desk.division.exists(point.area);
    if (!fits) return invalid("insurance.wrong_service_area").with("code", point.area.digits());
    if (point.first_day > desk.today) return invalid("insurance.service_in_future");
    TRY(said("name", point.name));
    TRY(said("assistant", point.assistant));
    // One at a time: no day of the new one is a day of another.
    if (TRY(tx.number("SELECT COUNT(*) FROM insurance_service_point WHERE insurer_id = ? AND area_code = ? AND "
                      "(last_day IS NULL OR last_day >= ?)",
                      {by.id, point.area, point.first_day})) > 0)
        return conflict("insurance.served_already").with("area", std::string(TRY(desk.division.get(point.area)).name));
    return {};
}

Result<void> add_service_points(db::Tx& tx, const Desk& desk, InsurerId id, const std::vector<NewServicePoint>& points) {
    const auto by = TRY(insurer_to_write_of(tx, desk, id));
    for (const auto& point : points) {
        TRY(check_service_point(tx, desk, by, point));
        const auto name = TRY(said("name", point.name)), assistant = TRY(said("assistant", point.assistant));
        const auto sealed = desk.vault.seal(sealed_as, assistant);
        TRY(tx.exec("INSERT INTO insurance_service_point (id, insurer_id, area_code, name, assistant, first_day, at, "
                    "account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    TRY(tx.reserve_ids("insurance_service_point", 1)), id, point.area, name,
                    db::Blob(sealed.begin(), sealed.end()), point.first_day, desk.now.ms, desk.actor.account));
    }
    return note(tx, desk, by, "add", points.size());
}

Result<void> end_service_point(db::Tx& tx, const Desk& desk, InsurerId id, ServicePointId point, Date on) {
    const auto by = TRY(insurer_to_write_of(tx, desk, id));
    const auto first = TRY(tx.first(
        "SELECT first_day FROM insurance_service_point WHERE id = ? AND insurer_id = ? AND last_day IS NULL",
        {point, id}, [](const db::Row& row) { return row.date(0); }));
    if (!first) return not_found("insurance.no_such_service_point");
    if (on > desk.today) return invalid("insurance.service_in_future");
    if (on < *first) return invalid("insurance.service_ends_before").with("date", first->iso());
    TRY(tx.exec("UPDATE insurance_service_point SET last_day = ? WHERE id = ?", on, point));
    return note(tx, desk, by, "end", 1);
}

Result<Coverage> coverage(db::Tx& tx, const Desk& desk, const Insurer& insurer, Date on) {
    Coverage out;
    std::vector<areas::Area> townships;
    townships_of(desk.division, insurer.area, townships);
    const auto open = TRY(open_points(tx, desk, insurer, on));
    for (const auto& township : townships) {
        out.stations = out.stations + Amounts{open.contains(township.code) ? 1 : 0, 1};
        for (const auto& village : desk.division.children(township.code))
            out.points = out.points + Amounts{open.contains(village.code) ? 1 : 0, 1};
    }
    return out;
}

Result<std::vector<ServedTownship>> served_townships(db::Tx& tx, const Desk& desk, InsurerId id, Date on) {
    const auto of = TRY(evaluated_insurer(tx, desk, id));
    const auto open = TRY(open_points(tx, desk, of, on));
    std::vector<areas::Area> townships;
    townships_of(desk.division, of.area, townships);
    std::vector<ServedTownship> out;
    for (const auto& township : townships) {
        ServedTownship one{township, 0, 0, {}};
        if (const auto at = open.find(township.code); at != open.end()) one.station = at->second;
        for (const auto& village : desk.division.children(township.code)) {
            ++one.villages;
            one.covered += open.contains(village.code) ? 1 : 0;
        }
        out.push_back(std::move(one));
    }
    return out;
}

Result<std::vector<ServedVillage>> served_villages(db::Tx& tx, const Desk& desk, InsurerId id, AreaCode township,
                                                   Date on) {
    const auto of = TRY(evaluated_insurer(tx, desk, id));
    if (township.level() != AreaLevel::township || !of.area.contains(township) || !desk.division.exists(township))
        return not_found("areas.unknown").with("code", township.digits());
    const auto open = TRY(open_points(tx, desk, of, on));
    std::vector<ServedVillage> out;
    for (const auto& village : desk.division.children(township)) {
        const auto at = open.find(village.code);
        out.push_back({village, at == open.end() ? std::nullopt : std::optional(at->second)});
    }
    return out;
}

}  // namespace ballast::insurance
