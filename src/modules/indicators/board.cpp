#include "indicators/board.h"

#include <algorithm>
#include <map>


namespace ballast::indicators {
namespace {

const Figure& below_of(const Desk& desk, const Indicator& indicator) {
    return *desk.catalogue.figure(indicator.denominator.empty() ? indicator.numerator : indicator.denominator);
}

/// What of it may be shown, and its value.
Reading read(const Desk& desk, const Indicator& indicator, AreaCode area, std::string term, const Sum& above,
             const Sum& below) {
    Reading out{&indicator, std::move(term), area, above, below, {}, false, {}, {}};
    const auto& figure = *desk.catalogue.figure(indicator.numerator);
    const bool village = area.level() == AreaLevel::village;
    out.hidden = !village && (above.hidden || (!indicator.denominator.empty() && below.hidden));
    if (out.hidden || above.value == absent) return out;
    const Ratio ratio{above.value, below.value};
    const auto& under = below_of(desk, indicator).measure;
    switch (indicator.as) {
        case Indicator::As::figure: out.value = decimal_of(figure.measure, above.value); break;
        case Indicator::As::percent: out.value = percent(ratio, figure.measure, under, indicator.places); break;
        case Indicator::As::quotient: out.value = quotient(ratio, figure.measure, under, indicator.places, indicator.per); break;
    }
    return out;
}

/// The target that was set for the area; without one, what a pack promises.
void hold_against(const Desk& desk, Reading& reading, const std::vector<Target>& targets, Date day) {
    for (const auto& target : targets)
        if (target.indicator == reading.of->name && target.area == reading.area && target.term == reading.term)
            reading.target = target;
    if (const auto* promise = reading.target ? nullptr : desk.catalogue.promise(*reading.of, reading.area, day))
        reading.target = Target{promise->indicator, reading.area, reading.term, promise->value, promise->direction,
                                0, "", promise->authority};
    if (reading.target) reading.attainment = attainment(reading.value, reading.target->value, reading.target->direction);
}

/// The terms that a day lies in, of each kind that the catalogue knows.
Result<std::vector<Target>> targets_on(db::Tx& tx, const Desk& desk, AreaCode area, Date on) {
    std::vector<Target> out;
    for (const auto kind : {TermKind::month, TermKind::quarter, TermKind::year})
        std::ranges::move(TRY(targets(tx, desk, Term::of(kind, on), area)), std::back_inserter(out));
    return out;
}

}  // namespace

Result<std::vector<Reading>> board(db::Tx& tx, const Desk& desk, AreaCode area, Date on) {
    TRY(readable(tx, desk, area, desk.today));
    std::map<std::pair<std::string, std::string>, Sum> sums;  // by figure and term
    const std::vector<db::Value> which{area, static_cast<std::int64_t>(area.level()), Term::of(TermKind::month, on).text(),
                                       Term::of(TermKind::quarter, on).text(), Term::of(TermKind::year, on).text()};
    TRY(tx.each_row("SELECT figure, term, value, reported, expected, hidden, apportioned FROM indicators_sum WHERE area_code "
                    "= ? AND level = ? AND part = '' AND term IN (?, ?, ?)",
                    which, [&](const db::Row& row) -> Result<void> {
                        sums[{std::string(row.text(0)), std::string(row.text(1))}] = {
                            row.maybe_integer(2).value_or(absent), row.integer(3), row.integer(4), row.truth(5),
                            row.truth(6)};
                        return {};
                    }));
    const auto promised = TRY(targets_on(tx, desk, area, on));
    std::vector<Reading> out;
    for (const auto& indicator : desk.catalogue.indicators) {
        const auto term = Term::of(desk.catalogue.figure(indicator.numerator)->term, on).text();
        out.push_back(read(desk, indicator, area, term, sums[{indicator.numerator, term}],
                           sums[{indicator.denominator, term}]));
        hold_against(desk, out.back(), promised, on);
    }
    return out;
}

Result<std::vector<Reading>> by_area(db::Tx& tx, const Desk& desk, const Indicator& indicator, AreaCode area, Date on) {
    TRY(readable(tx, desk, area, desk.today));
    const auto& figure = *desk.catalogue.figure(indicator.numerator);
    const auto term = Term::of(figure.term, on);
    std::vector<Reading> out;
    for (auto level = level_below(area.level()); level <= figure.level && level != area.level(); level = level_below(level)) {
        const auto above = TRY(sums_below(tx, {indicator.numerator, "", term.text()}, area, level));
        std::map<AreaCode, Sum> below;
        if (!indicator.denominator.empty())
            for (const auto& one : TRY(sums_below(tx, {indicator.denominator, "", term.text()}, area, level)))
                below[one.area] = one.sum;
        for (const auto& one : above) {
            if (one.area == area) continue;  // a level that is skipped has the same code
            out.push_back(read(desk, indicator, one.area, term.text(), one.sum, below[one.area]));
            // In a table of villages, which is above them, a village's small count is hidden too.
            auto& made = out.back();
            made.hidden = one.sum.hidden || (!indicator.denominator.empty() && below[one.area].hidden);
            if (made.hidden) made.value.reset();
        }
        if (!out.empty() || level == AreaLevel::village) break;
    }
    const auto promised = TRY(targets(tx, desk, term, area));
    for (auto& one : out) hold_against(desk, one, promised, on);
    return out;
}

Result<std::vector<Reading>> history(db::Tx& tx, const Desk& desk, const Indicator& indicator, AreaCode area, Date on,
                                     int terms) {
    TRY(readable(tx, desk, area, desk.today));
    const auto last = Term::of(desk.catalogue.figure(indicator.numerator)->term, on);
    std::vector<Reading> out;
    for (int n = 1 - terms; n <= 0; ++n) {
        const auto term = last.plus(n).text();
        const auto above = TRY(sum_of(tx, {indicator.numerator, "", term}, area));
        const auto below = indicator.denominator.empty() ? Sum{} : TRY(sum_of(tx, {indicator.denominator, "", term}, area));
        out.push_back(read(desk, indicator, area, term, above, below));
    }
    return out;
}

Result<std::vector<PartSum>> parts(db::Tx& tx, const Desk& desk, const Figure& figure, AreaCode area, const Term& term) {
    TRY(readable(tx, desk, area, desk.today));
    std::vector<PartSum> out;
    bool tells = false;
    for (const auto& part : figure.parts) {
        out.push_back({part.value, TRY(sum_of(tx, {figure.name, part.value, term.text()}, area)), false});
        tells |= gives_away(figure, out.back().sum);
    }
    if (tells && area.level() != AreaLevel::village)
        for (auto& one : out) one.hidden = true;
    return out;
}

}  // namespace ballast::indicators
