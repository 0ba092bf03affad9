#include "indicators/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "indicators/series.h"

namespace ballast::indicators {
namespace {

template <class T>
Result<const T*> named(const T* found, const char* id, std::string_view name) {
    if (!found) return not_found(id).with("name", std::string(name));
    return found;
}

void collect(const areas::Division& division, AreaCode area, AreaLevel level, std::set<AreaCode>& out) {
    if (area.level() >= level) {
        if (area.level() == level) out.insert(area);
        return;
    }
    for (const auto& child : division.children(area)) collect(division, child.code, level, out);
}

}  // namespace

Result<const Figure*> figure_of(const Desk& desk, std::string_view name) {
    return named(desk.catalogue.figure(name), "indicators.no_such_figure", name);
}
Result<const Indicator*> indicator_of(const Desk& desk, std::string_view name) {
    return named(desk.catalogue.indicator(name), "indicators.no_such_indicator", name);
}
Result<const Form*> form_of(const Desk& desk, std::string_view name) {
    return named(desk.catalogue.form(name), "indicators.no_such_form", name);
}
Result<Term> term_of(TermKind kind, std::string_view text) {
    const auto term = TRY(Term::parse(text));
    if (term.kind() != kind)
        return invalid("indicators.other_term")
            .with("term", std::string(text))
            .with("expected", Term::of(kind, term.last()).text());
    return term;
}

Result<std::vector<Succession>> successions(db::Tx& tx) {
    std::vector<Succession> out;
    TRY(tx.each_row("SELECT on_day, from_code, to_code, weight FROM indicators_succession ORDER BY on_day, from_code, to_code",
                    {}, [&](const db::Row& row) -> Result<void> {
                        if (out.empty() || out.back().on != row.date(0) || out.back().from != row.area(1))
                            out.push_back({row.date(0), row.area(1), {}});
                        out.back().to.push_back({row.area(2), TRY(Decimal::parse(row.text(3)))});
                        return {};
                    }));
    return out;
}

std::vector<AreaCode> areas_at(const Desk& desk, std::span<const Succession> changes, AreaLevel level, Date on) {
    std::set<AreaCode> found;
    if (level < desk.top.level()) return {};
    collect(desk.division, desk.top, level, found);
    for (const auto& one : changes) {
        if (one.on > on || one.from.level() != level) continue;
        found.erase(one.from);
        for (const auto& heir : one.to)
            if (desk.top.contains(heir.code)) found.insert(heir.code);
    }
    return {found.begin(), found.end()};
}

Result<AreaCode> area_of(const Desk& desk, const auth::Scope& scope, std::span<const Succession> changes, AreaCode area,
                         Date on) {
    const auto unknown = [&] { return not_found("areas.unknown").with("code", area.digits()); };
    if (!scope.contains(area) || !desk.top.contains(area)) return unknown();
    bool there = desk.division.exists(area) || area == desk.top;
    const Succession* gone = nullptr;
    for (const auto& one : changes) {
        if (one.on > on) continue;
        const bool heir = std::ranges::find(one.to, area, &Succession::Heir::code) != one.to.end();
        if (heir) {
            there = true;
            gone = nullptr;
        } else if (one.from == area) {
            gone = &one;
        }
    }
    if (gone) {
        std::string heirs;
        for (const auto& heir : gone->to) heirs += (heirs.empty() ? "" : ", ") + heir.code.short_digits();
        return invalid("indicators.area_moved")
            .with("area", area.short_digits())
            .with("date", gone->on.iso())
            .with("heirs", heirs);
    }
    if (!there) return unknown();
    return area;
}

Result<AreaCode> readable(db::Tx& tx, const Desk& desk, AreaCode area, Date on) {
    return area_of(desk, desk.actor.scope(auth::Right::indicators_read), TRY(successions(tx)), area, on);
}

Result<void> add_succession(db::Tx& tx, const Desk& desk, const Succession& change) {
    TRY(auth::require(desk.actor, auth::Right::indicators_manage));
    auto all = TRY(successions(tx));
    const auto scope = desk.actor.scope(auth::Right::indicators_manage);
    TRY(area_of(desk, scope, all, change.from, change.on.plus_days(-1)));
    for (const auto& heir : change.to)
        if (!desk.top.contains(heir.code)) return not_found("areas.unknown").with("code", heir.code.digits());
    all.push_back(change);
    TRY(check(all));
    for (const auto& heir : change.to)
        TRY(tx.exec("INSERT INTO indicators_succession (on_day, from_code, to_code, weight, at, account) VALUES (?, ?, ?, "
                    "?, ?, ?)",
                    change.on, change.from, heir.code, heir.weight.plain(), desk.now.ms, desk.actor.account));
    for (const auto& one : TRY(all_series(tx))) TRY(roll(tx, desk, one));
    return record(tx, desk, "indicators.area_change", "area:" + change.from.short_digits(), change.from,
                  fmt::format(R"({{"on":"{}","heirs":{}}})", change.on.iso(), change.to.size()));
}

Result<void> record(db::Tx& tx, const Desk& desk, std::string action, std::string object, AreaCode area,
                    std::string details) {
    return audit::record(tx, desk.vault, desk.actor, {std::move(action), std::move(object), area, "", std::move(details)},
                         desk.now);
}

}  // namespace ballast::indicators
