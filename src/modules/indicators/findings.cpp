#include "indicators/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text.h"
#include "indicators/responsible.h"
#include "indicators/series.h"

namespace ballast::indicators {
namespace {

using auth::Right;

constexpr int looked_back = 12;  // terms of history for an outlier

/// The sums of a figure's part in a term at its lowest level, by area.
Result<std::map<AreaCode, std::int64_t>> leaves(db::Tx& tx, const Figure& figure, std::string_view part, const Term& term,
                                                AreaCode area) {
    std::map<AreaCode, std::int64_t> out;
    for (const auto& one : TRY(sums_below(tx, {figure.name, std::string(part), term.text()}, area, figure.level)))
        out[one.area] = one.sum.value;
    return out;
}

std::int64_t at(const std::map<AreaCode, std::int64_t>& values, AreaCode area) {
    const auto found = values.find(area);
    return found == values.end() ? absent : found->second;
}

/// One judged area of one figure.
struct Judged {
    const Rule* rule;
    const Figure* figure;
    AreaCode area;
    Term term;
    Judgement judgement;
};

class Examination {
public:
    Examination(db::Tx& tx, const Desk& desk, AreaCode area, Date on) : tx_(tx), desk_(desk), area_(area), on_(on) {}

    Result<std::vector<Judged>> all() {
        for (const auto& rule : desk_.catalogue.rules) {
            switch (rule.law) {
                case Law::areas: TRY(areas(rule)); break;
                case Law::parts: TRY(parts(rule)); break;
                case Law::outlier: TRY(outliers(rule)); break;
                case Law::rise: TRY(rise(rule)); break;
                case Law::at_most:
                case Law::same: TRY(pair(rule)); break;
                case Law::growth: TRY(growth(rule)); break;
                case Law::share:
                case Law::quotient: TRY(ratio(rule)); break;
            }
        }
        return std::move(out_);
    }

private:
    const Figure& figure(std::string_view name) const { return *desk_.catalogue.figure(name); }
    Term term(const Figure& of) const { return Term::of(of.term, on_); }
    void put(const Rule& rule, const Figure& of, AreaCode area, const Judgement& judgement) {
        if (judgement.verdict == Verdict::fails || judgement.verdict == Verdict::warn)
            out_.push_back({&rule, &of, area, term(of), judgement});
    }

    /// What an area above the figure's level states itself, beside the sum of those below it.
    Result<void> areas(const Rule& rule) {
        for (const auto& name : rule.figures) {
            const auto& of = figure(name);
            std::vector<std::pair<AreaCode, std::int64_t>> stated;
            const std::vector<db::Value> which{name, term(of).text(), area_.first(), area_.last()};
            TRY(tx_.each_row("SELECT area_code, value FROM indicators_value WHERE figure = ? AND part = '' AND term = ? AND "
                             "value IS NOT NULL AND area_code BETWEEN ? AND ?",
                             which, [&](const db::Row& row) -> Result<void> {
                                 if (row.area(0).level() < of.level) stated.emplace_back(row.area(0), row.integer(1));
                                 return {};
                             }));
            for (const auto& [area, value] : stated) {
                const auto sum = TRY(sum_of(tx_, {name, "", term(of).text()}, area));
                // The sum of half of the villages is not that of the township: nothing can be said yet.
                const bool whole = sum.reported >= sum.expected;
                put(rule, of, area, judge(Law::areas, of.measure, std::array{value, whole ? sum.value : absent}));
            }
        }
        return {};
    }
    Result<void> parts(const Rule& rule) {
        for (const auto& name : rule.figures) {
            const auto& of = figure(name);
            const auto whole = TRY(leaves(tx_, of, "", term(of), area_));
            std::vector<std::map<AreaCode, std::int64_t>> each;
            for (const auto& part : of.parts) each.push_back(TRY(leaves(tx_, of, part.value, term(of), area_)));
            for (const auto& [area, value] : whole) {
                std::vector<std::int64_t> values{value};
                for (const auto& part : each) values.push_back(at(part, area));
                put(rule, of, area, judge(Law::parts, of.measure, values));
            }
        }
        return {};
    }
    Result<void> pair(const Rule& rule) {
        const auto& of = figure(rule.figures[0]);
        const auto first = TRY(leaves(tx_, of, "", term(of), area_));
        const auto second = TRY(leaves(tx_, figure(rule.figures[1]), "", term(of), area_));
        for (const auto& [area, value] : first)
            put(rule, of, area, judge(rule.law, of.measure, std::array{value, at(second, area)}));
        return {};
    }
    /// A change and the level that it leads to.
    Result<void> rise(const Rule& rule) {
        const auto& change = figure(rule.figures[0]);
        const auto& level = figure(rule.figures[1]);
        const auto before = TRY(leaves(tx_, level, "", term(level).plus(-1), area_));
        const auto added = TRY(leaves(tx_, change, "", term(change), area_));
        for (const auto& [area, after] : TRY(leaves(tx_, level, "", term(level), area_)))
            put(rule, level, area, judge(Law::rise, level.measure, std::array{at(before, area), at(added, area), after}));
        return {};
    }
    /// A growth as it was stated, beside the level now and the one it is over.
    Result<void> growth(const Rule& rule) {
        const auto& level = figure(rule.figures[0]);
        const auto& percent = figure(rule.figures[1]);
        const int back = !rule.yearly ? 1 : level.term == TermKind::month ? 12 : level.term == TermKind::quarter ? 4 : 1;
        const auto before = TRY(leaves(tx_, level, "", term(level).plus(-back), area_));
        const auto after = TRY(leaves(tx_, level, "", term(level), area_));
        for (const auto& [area, value] : TRY(leaves(tx_, percent, "", term(percent), area_)))
            put(rule, percent, area,
                judge_ratio(rule.law, std::array{Stated{&level.measure, at(before, area)},
                                                 Stated{&level.measure, at(after, area)}, Stated{&percent.measure, value}}));
        return {};
    }
    /// A share or an average as it was stated, beside the counts it is made of.
    Result<void> ratio(const Rule& rule) {
        const auto& above = figure(rule.figures[0]);
        const auto& below = figure(rule.figures[1]);
        const auto& stated = figure(rule.figures[2]);
        const auto numerator = TRY(leaves(tx_, above, "", term(above), area_));
        const auto denominator = TRY(leaves(tx_, below, "", term(below), area_));
        for (const auto& [area, value] : TRY(leaves(tx_, stated, "", term(stated), area_)))
            put(rule, stated, area,
                judge_ratio(rule.law, std::array{Stated{&above.measure, at(numerator, area)},
                                                 Stated{&below.measure, at(denominator, area)},
                                                 Stated{&stated.measure, value}}));
        return {};
    }
    Result<void> outliers(const Rule& rule) {
        for (const auto& name : rule.figures) {
            const auto& of = figure(name);
            std::vector<std::map<AreaCode, std::int64_t>> past;
            for (int n = looked_back; n > 0; --n) past.push_back(TRY(leaves(tx_, of, "", term(of).plus(-n), area_)));
            for (const auto& [area, value] : TRY(leaves(tx_, of, "", term(of), area_))) {
                std::vector<std::int64_t> history;
                for (const auto& one : past) history.push_back(at(one, area));
                put(rule, of, area, outlier(value, history));
            }
        }
        return {};
    }

    db::Tx& tx_;
    const Desk& desk_;
    AreaCode area_;
    Date on_;
    std::vector<Judged> out_;
};

std::string shown(const Figure& figure, std::int64_t value) {
    return value == absent ? "" : written(figure.measure, value);
}

/// The owner's area: that level above the figure's area, or the area itself where it lies higher.
AreaCode owner_area(const Rule& rule, AreaCode area) {
    return area.level() <= rule.owner ? area : area.at(rule.owner);
}

constexpr std::string_view select =
    "SELECT id, rule, figure, area_code, term, verdict, printed, computed, priority, owner_area, owner, found_on, due_on, "
    "state, note, version, account FROM indicators_finding WHERE ";
Found read(const db::Row& row) {
    Found out;
    out.id = row.id<FoundId>(0);
    out.rule = row.text(1);
    out.figure = row.text(2);
    out.area = row.area(3);
    out.term = row.text(4);
    out.verdict = row.text(5) == name_of(Verdict::warn) ? Verdict::warn : Verdict::fails;
    out.printed = row.text(6);
    out.computed = row.text(7);
    out.priority = static_cast<Priority>(row.integer(8));
    out.owner_area = row.area(9);
    out.owner = row.text(10);
    out.found_on = row.date(11);
    out.due_on = row.date(12);
    out.state = row.text(13);
    out.note = row.text(14);
    out.version = row.integer(15);
    out.account = row.text(16);
    return out;
}

using Key = std::tuple<std::string, std::string, AreaCode, std::string>;

Result<void> store(db::Tx& tx, const Desk& desk, const Judged& one, const Found* before, const std::string& owner) {
    const auto printed = shown(*one.figure, one.judgement.printed), computed = shown(*one.figure, one.judgement.computed);
    if (before && before->printed == printed && before->computed == computed) return {};
    TRY(tx.exec("INSERT INTO indicators_finding (rule, figure, area_code, term, verdict, printed, computed, priority, "
                "owner_area, owner, found_on, due_on, state, note, version, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                "?, 'open', '', 1, '') ON CONFLICT (rule, figure, area_code, term) DO UPDATE SET verdict = excluded.verdict, "
                "printed = excluded.printed, computed = excluded.computed, owner = excluded.owner, state = 'open', note = '', "
                "version = indicators_finding.version + 1",
                one.rule->name, one.figure->name, one.area, one.term.text(), name_of(one.judgement.verdict), printed,
                computed, static_cast<std::int64_t>(one.rule->priority), owner_area(*one.rule, one.area), owner, desk.today,
                desk.today.plus_days(one.rule->due_days)));
    return {};
}

}  // namespace

Result<std::int64_t> check_figures(db::Tx& tx, const Desk& desk, AreaCode area, Date on) {
    TRY(auth::require(desk.actor, Right::indicators_enter));
    TRY(area_of(desk, desk.actor.scope(Right::indicators_enter), TRY(successions(tx)), area, desk.today));
    const auto judged = TRY(Examination(tx, desk, area, on).all());
    std::map<Key, Found> before;
    const auto month = Term::of(TermKind::month, on).text(), quarter = Term::of(TermKind::quarter, on).text(),
               year = Term::of(TermKind::year, on).text();
    for (auto& one : TRY(tx.all(std::string(select) + "area_code BETWEEN ? AND ? AND term IN (?, ?, ?)",
                                {area.first(), area.last(), month, quarter, year}, read)))
        before.emplace(Key{one.rule, one.figure, one.area, one.term}, std::move(one));
    const auto names = TRY(names_of_responsible(tx));
    for (const auto& one : judged) {
        const auto found = before.find({one.rule->name, one.figure->name, one.area, one.term.text()});
        const auto owner = names.find(owner_area(*one.rule, one.area));
        TRY(store(tx, desk, one, found == before.end() ? nullptr : &found->second,
                  owner == names.end() ? std::string() : owner->second));
        if (found != before.end()) before.erase(found);
    }
    for (const auto& [key, gone] : before) TRY(tx.exec("DELETE FROM indicators_finding WHERE id = ?", gone.id));
    TRY(record(tx, desk, "indicators.check", "figures", area, fmt::format(R"({{"found":{}}})", judged.size())));
    return tx.number("SELECT COUNT(*) FROM indicators_finding WHERE state = 'open' AND area_code BETWEEN ? AND ?",
                     {area.first(), area.last()});
}

Result<std::vector<Found>> findings(db::Tx& tx, const Desk& desk, AreaCode area, std::string_view state,
                                    std::int64_t offset, std::int64_t limit, std::int64_t* total) {
    const auto which = desk.actor.scope(Right::indicators_read).intersect(auth::Scope({area})).sql("area_code") + " AND state = ?";
    if (total) *total = TRY(tx.number("SELECT COUNT(*) FROM indicators_finding WHERE " + which, {state}));
    return tx.all(std::string(select) + which + " ORDER BY priority, due_on, area_code, id LIMIT ? OFFSET ?",
                  {state, limit, offset}, read);
}

Result<void> explain(db::Tx& tx, const Desk& desk, FoundId id, std::int64_t version, std::string_view note) {
    TRY(auth::require(desk.actor, Right::indicators_enter));
    const auto why = text::trimmed(note);
    if (why.empty()) return invalid("indicators.reason_missing");
    const auto found = TRY(tx.first(
        std::string(select) + "id = ? AND " + desk.actor.scope(Right::indicators_enter).sql("area_code"), {id}, read));
    if (!found) return not_found("indicators.no_such_finding");
    if (TRY(tx.exec("UPDATE indicators_finding SET state = 'explained', note = ?, account = ?, version = version + 1 WHERE id "
                    "= ? AND version = ?",
                    why, desk.actor.account, id, version)) == 0)
        return conflict("indicators.finding_changed");
    return record(tx, desk, "indicators.explain", fmt::format("finding:{}", id.number()), found->area, "{}");
}

}  // namespace ballast::indicators
