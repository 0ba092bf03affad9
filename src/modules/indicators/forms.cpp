#include "indicators/forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace ballast::indicators {
namespace {

using auth::Right;

constexpr std::array<std::string_view, 5> states{"complete", "late_complete", "partly", "empty", "overdue"};

/// The area itself and those above it.
std::vector<db::Value> upwards(const Form& form, const Term& term, AreaCode area, std::string& places) {
    std::vector<db::Value> out{form.name, term.text()};
    for (int level = 0; level <= static_cast<int>(area.level()); ++level) {
        places += places.empty() ? "?" : ", ?";
        out.emplace_back(area.at(static_cast<AreaLevel>(level)));
    }
    return out;
}

std::string object(const Form& form, const Term& term) { return fmt::format("form:{}:{}", form.name, term.text()); }

Progress::State state_of(const Progress& one, Date due, Date today) {
    using enum Progress::State;
    if (one.completed_on) return *one.completed_on <= due ? complete : late_complete;
    if (today > due) return overdue;
    return one.filled ? partly : empty;
}

}  // namespace

std::string_view name_of(Progress::State state) { return states[static_cast<std::size_t>(state)]; }

Result<std::optional<Closing>> closing(db::Tx& tx, const Form& form, const Term& term, AreaCode area) {
    std::string places;
    const auto values = upwards(form, term, area, places);
    std::optional<Closing> out;
    TRY(tx.each_row("SELECT area_code, on_day, account FROM indicators_closing WHERE form = ? AND term = ? AND area_code IN "
                    "(" + places + ") ORDER BY area_code",
                    values, [&](const db::Row& row) -> Result<void> {
                        if (!out) out = Closing{row.area(0), row.date(1), std::string(row.text(2))};
                        return {};
                    }));
    return out;
}

Result<void> still_open(db::Tx& tx, const Form& form, const Term& term, AreaCode area) {
    const auto closed = TRY(closing(tx, form, term, area));
    if (!closed) return {};
    return conflict("indicators.closed")
        .with("form", form.title.zh)
        .with("term", term.text())
        .with("area", closed->area.short_digits())
        .with("date", closed->on.iso());
}

Result<void> close(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    TRY(auth::require(desk.actor, Right::indicators_manage));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_manage), TRY(successions(tx)), area, term.last()));
    TRY(still_open(tx, form, term, area));
    TRY(tx.exec("INSERT INTO indicators_closing (form, area_code, term, on_day, account) VALUES (?, ?, ?, ?, ?)", form.name,
                area, term.text(), desk.today, desk.actor.account));
    return record(tx, desk, "indicators.close", object(form, term), area, "{}");
}

Result<void> reopen(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area,
                    std::string_view reason) {
    TRY(auth::require(desk.actor, Right::indicators_manage));
    if (text::trimmed(reason).empty()) return invalid("indicators.reason_missing");
    TRY(area_of(desk, desk.actor.scope(Right::indicators_manage), TRY(successions(tx)), area, term.last()));
    if (TRY(tx.exec("DELETE FROM indicators_closing WHERE form = ? AND area_code = ? AND term = ?", form.name, area,
                    term.text())) == 0)
        return conflict("indicators.not_closed").with("form", form.title.zh).with("term", term.text());
    return audit::record(tx, desk.vault, desk.actor,
                         {"indicators.reopen", object(form, term), area, std::string(text::trimmed(reason)), "{}"}, desk.now);
}

Result<void> complete(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    TRY(auth::require(desk.actor, Right::indicators_enter));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_enter), TRY(successions(tx)), area, term.last()));
    TRY(still_open(tx, form, term, area));
    std::string missing;
    for (const auto& name : form.figures)
        if (TRY(tx.number("SELECT COUNT(*) FROM indicators_value WHERE figure = ? AND part = '' AND term = ? AND area_code "
                          "= ? AND value IS NOT NULL",
                          {name, term.text(), area})) == 0)
            missing += (missing.empty() ? "" : "、") + TRY(figure_of(desk, name))->title.zh;
    if (!missing.empty())
        return invalid("indicators.not_whole").with("area", area.short_digits()).with("missing", missing);
    TRY(tx.exec("INSERT INTO indicators_complete (form, area_code, term, on_day, account, name) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                form.name, area, term.text(), desk.today, desk.actor.account, desk.actor.name));
    return record(tx, desk, "indicators.complete", object(form, term), area, "{}");
}

Result<std::vector<Progress>> progress(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    const auto scope = desk.actor.scope(Right::indicators_read).intersect(auth::Scope({area}));
    std::map<AreaCode, Progress> by_area;
    for (const auto code : areas_at(desk, TRY(successions(tx)), form.level, term.last()))
        if (scope.contains(code)) by_area[code] = {code, 0, std::ssize(form.figures), {}, {}};
    std::string places;
    std::vector<db::Value> which{term.text()};
    for (const auto& name : form.figures) {
        places += places.empty() ? "?" : ", ?";
        which.emplace_back(name);
    }
    TRY(tx.each_row("SELECT area_code, COUNT(*) FROM indicators_value WHERE term = ? AND part = '' AND value IS NOT NULL AND "
                    "figure IN (" + places + ") AND " + scope.sql("area_code") + " GROUP BY area_code",
                    which, [&](const db::Row& row) -> Result<void> {
                        if (const auto found = by_area.find(row.area(0)); found != by_area.end())
                            found->second.filled = row.integer(1);
                        return {};
                    }));
    const std::vector<db::Value> form_and_term{form.name, term.text()};
    TRY(tx.each_row("SELECT area_code, on_day, name FROM indicators_complete WHERE form = ? AND term = ? AND " +
                        scope.sql("area_code"),
                    form_and_term, [&](const db::Row& row) -> Result<void> {
                        if (const auto found = by_area.find(row.area(0)); found != by_area.end()) {
                            found->second.completed_on = row.date(1);
                            found->second.by = row.text(2);
                        }
                        return {};
                    }));
    std::vector<Progress> out;
    for (auto& [code, one] : by_area) {
        one.state = state_of(one, form.due(term), desk.today);
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace ballast::indicators
