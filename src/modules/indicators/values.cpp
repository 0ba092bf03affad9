#include "indicators/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "indicators/forms.h"

namespace ballast::indicators {
namespace {

using auth::Right;

Cell read_cell(const db::Row& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), row.area(2), row.maybe_integer(3).value_or(absent),
            std::string(row.text(4)), row.integer(5),           Instant{row.integer(6)}, std::string(row.text(7)),
            std::string(row.text(8))};
}
constexpr std::string_view columns = "figure, part, area_code, value, origin, version, at, account, name";

std::optional<std::int64_t> maybe(std::int64_t value) {
    return value == absent ? std::nullopt : std::optional(value);
}

struct Checked {
    const Figure* figure = nullptr;
    std::int64_t value = absent;
};
Result<Checked> checked(db::Tx& tx, const Desk& desk, std::span<const Succession> changes, const Entry& entry) {
    const auto term = TRY(term_of(entry.form->term, entry.term));
    if (term.first() > desk.today) return invalid("indicators.future_term").with("term", term.text());
    const auto& listed = entry.form->figures;
    if (std::ranges::find(listed, entry.figure) == listed.end())
        return not_found("indicators.not_on_form").with("figure", entry.figure).with("form", entry.form->title.zh);
    const auto* figure = TRY(figure_of(desk, entry.figure));
    if (!entry.part.empty() && !figure->part(entry.part))
        return not_found("indicators.no_such_part").with("part", entry.part).with("figure", figure->title.zh);
    TRY(area_of(desk, desk.actor.scope(Right::indicators_enter), changes, entry.area, term.last()));
    if (entry.area.level() > figure->level)
        return invalid("indicators.below_level").with("area", entry.area.short_digits()).with("figure", figure->title.zh);
    TRY(still_open(tx, *entry.form, term, entry.area));
    if (text::trimmed(entry.value).empty()) return Checked{figure, absent};
    return Checked{figure, TRY(read_value(figure->measure, entry.value))};
}

Error changed(const Figure& figure, const Cell& there) {
    return conflict("indicators.changed_meanwhile")
        .with("value", there.value == absent ? "—" : written(figure.measure, there.value))
        .with("unit", figure.measure.unit)
        .with("name", there.name);
}

/// Without rolling up.
Result<Cell> put(db::Tx& tx, const Desk& desk, std::span<const Succession> changes, const Entry& entry) {
    const auto [figure, value] = TRY(checked(tx, desk, changes, entry));
    const auto before = TRY(tx.first("SELECT " + std::string(columns) +
                                         " FROM indicators_value WHERE figure = ? AND part = ? AND term = ? AND area_code = ?",
                                     {entry.figure, entry.part, entry.term, entry.area}, read_cell));
    const auto seen = entry.version.value_or(before ? before->version : 0);
    if (before && before->value == value) return *before;  // the same again, by whomever
    if (before && before->version != seen) return changed(*figure, *before);
    Cell now{entry.figure,  entry.part, entry.area, value, entry.origin, seen + 1, desk.now, desk.actor.account,
             desk.actor.name};
    const auto done =
        before ? TRY(tx.exec("UPDATE indicators_value SET value = ?, origin = ?, version = ?, at = ?, account = ?, name = ? "
                             "WHERE figure = ? AND part = ? AND term = ? AND area_code = ? AND version = ?",
                             maybe(value), now.origin, now.version, desk.now.ms, now.account, now.name, entry.figure,
                             entry.part, entry.term, entry.area, seen))
               : TRY(tx.exec("INSERT INTO indicators_value (figure, part, area_code, term, value, origin, version, at, "
                             "account, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                             entry.figure, entry.part, entry.area, entry.term, maybe(value), now.origin, now.version,
                             desk.now.ms, now.account, now.name));
    if (done == 0) {  // somebody else, a moment ago
        const auto there = TRY(tx.first("SELECT " + std::string(columns) +
                                            " FROM indicators_value WHERE figure = ? AND part = ? AND term = ? AND area_code = ?",
                                        {entry.figure, entry.part, entry.term, entry.area}, read_cell));
        return changed(*figure, there.value_or(now));
    }
    TRY(tx.exec("INSERT INTO indicators_change (figure, part, area_code, term, version, before, after, origin, at, account, "
                "name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.figure, entry.part, entry.area, entry.term, now.version,
                before ? maybe(before->value) : std::nullopt, maybe(value), now.origin, desk.now.ms, now.account, now.name));
    return now;
}

}  // namespace

Result<Cell> enter(db::Tx& tx, const Desk& desk, const Entry& entry) {
    TRY(auth::require(desk.actor, Right::indicators_enter));
    const auto changes = TRY(successions(tx));
    const auto now = TRY(put(tx, desk, changes, entry));
    TRY(roll(tx, desk, {entry.figure, entry.part, entry.term}));
    TRY(record(tx, desk, "indicators.enter", fmt::format("figure:{}", entry.figure), entry.area,
               fmt::format(R"({{"term":"{}","version":{}}})", entry.term, now.version)));
    return now;
}

Result<void> would_enter(db::Tx& tx, const Desk& desk, std::span<const Succession> changes, const Entry& entry) {
    TRY(auth::require(desk.actor, Right::indicators_enter));
    TRY(checked(tx, desk, changes, entry));
    return {};
}

Result<std::int64_t> enter_all(db::Tx& tx, const Desk& desk, std::span<const Entry> entries) {
    TRY(auth::require(desk.actor, Right::indicators_enter));
    const auto changes = TRY(successions(tx));
    std::set<Series> touched;
    for (const auto& entry : entries) {
        TRY(put(tx, desk, changes, entry));
        touched.insert({entry.figure, entry.part, entry.term});
    }
    for (const auto& one : touched) TRY(roll(tx, desk, one));
    if (!entries.empty())
        TRY(record(tx, desk, "indicators.import", "form:" + entries.front().form->name, entries.front().area,
                   fmt::format(R"({{"term":"{}","cells":{}}})", entries.front().term, entries.size())));
    return std::ssize(entries);
}

Result<std::vector<Cell>> cells(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    TRY(readable(tx, desk, area, term.last()));
    const auth::Scope scope({area});
    auto all = TRY(tx.all("SELECT " + std::string(columns) +
                              " FROM indicators_value WHERE term = ? AND " + scope.sql("area_code") +
                              " ORDER BY area_code, figure, part",
                          {term.text()}, read_cell));
    std::erase_if(all, [&](const Cell& one) {
        return std::ranges::find(form.figures, one.figure) == form.figures.end();
    });
    return all;
}

Result<std::vector<CellChange>> cell_changes(db::Tx& tx, const Desk& desk, std::string_view figure, std::string_view part,
                                             const Term& term, AreaCode area) {
    TRY(readable(tx, desk, area, term.last()));
    return tx.all("SELECT version, before, after, origin, at, account, name FROM indicators_change WHERE figure = ? AND part "
                  "= ? AND term = ? AND area_code = ? ORDER BY version DESC",
                  {figure, part, term.text(), area}, [](const db::Row& row) {
                      return CellChange{row.integer(0),
                                        row.maybe_integer(1).value_or(absent),
                                        row.maybe_integer(2).value_or(absent),
                                        std::string(row.text(3)),
                                        Instant{row.integer(4)},
                                        std::string(row.text(5)),
                                        std::string(row.text(6))};
                  });
}

}  // namespace ballast::indicators
