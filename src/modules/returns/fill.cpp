#include "returns/fill.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "indicators/board.h"
#include "indicators/consistency.h"
#include "indicators/series.h"
#include "indicators/suppression.h"
#include "returns/register_queries.h"
#include "returns/store.h"

namespace ballast::returns {
namespace {

using indicators::absent;
using indicators::Figure;
using indicators::Sum;

constexpr std::array<std::string_view, 6> origins{"nothing", "registered", "figure", "programme", "remembered", "typed"};
constexpr std::size_t longest_text = 500;

/// A figure over a term: the state at its end, or the sum of the terms inside it.
struct Over {
    Sum sum;
    std::string as_of, partly;
};
/// One term of a figure. What half of the villages have entered is not their township's.
Result<Over> at(db::Tx& tx, const Figure& figure, const Term& term, AreaCode area) {
    Over out{TRY(indicators::sum_of(tx, {figure.name, "", term.text()}, area)), term.text(), ""};
    if (figure.source != indicators::Source::entered || out.sum.reported >= out.sum.expected) return out;
    if (out.sum.reported) out.partly = fmt::format("{}/{}", out.sum.reported, out.sum.expected);
    out.sum.value = absent;
    return out;
}
Result<Over> flow(db::Tx& tx, const Figure& figure, const Term& term, AreaCode area) {
    if (figure.term == term.kind()) return at(tx, figure, term, area);
    Over out{{}, term.text(), ""};
    out.sum.value = 0;
    int there = 0, all = 0;
    for (auto one = Term::of(figure.term, term.first()); one.first() <= term.last(); one = one.plus(1)) {
        ++all;
        const auto part = TRY(at(tx, figure, one, area)).sum;
        if (part.value == absent) continue;
        ++there;
        out.sum.value += part.value;
        out.sum.hidden |= part.hidden;
    }
    // Two months are no quarter.
    if (there < all) {
        out.sum.value = absent;
        if (there) out.partly = fmt::format("{}/{}", there, all);
    }
    return out;
}

class Filling {
public:
    Filling(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area)
        : tx_(tx),
          desk_(desk),
          term_(term),
          area_(area),
          above_(area.level() != AreaLevel::village),
          current_(desk.figures.today <= form.due(term)) {}

    Result<void> look(Filled& into) {
        switch (into.field->from) {
            case From::asked: return {};
            case From::query: return look_in_register(into);
            case From::figure: return look_at_figure(into);
            case From::indicator: return look_at_indicator(into);
            case From::programme: return look_in_programme(into);
        }
        return {};
    }

private:
    Date today() const { return desk_.figures.today; }
    void put(Filled& into, Origin origin, std::int64_t value, bool hidden) {
        if (value == absent) {
            into.as_of.clear();
            return;
        }
        into.origin = origin;
        into.hidden = above_ && hidden;
        if (!into.hidden) into.value = indicators::written(into.field->measure, value);
    }
    /// The state at the term's end; until the form is due, where nothing was counted then, that of today.
    Result<Over> over(const Figure& figure) {
        if (figure.flow) return flow(tx_, figure, term_, area_);
        auto out = TRY(at(tx_, figure, Term::of(figure.term, std::min(term_.last(), today())), area_));
        if (out.sum.value == absent && current_ && out.partly.empty())
            out = TRY(at(tx_, figure, Term::of(figure.term, today()), area_));
        return out;
    }

    Result<void> look_in_register(Filled& into) {
        if (!current_) return {};  // what is counted now says nothing of a term long over
        const auto value =
            TRY(tx_.first(register_query(into.field->source)->sql, {area_.first(), area_.last()},
                          [](const db::Row& row) { return row.maybe_integer(0).value_or(absent); }));
        into.as_of = today().iso();
        put(into, Origin::registered, value.value_or(absent), false);
        return {};
    }
    Result<void> look_at_figure(Filled& into) {
        const auto& figure = *desk_.figures.catalogue.figure(into.field->source);
        const auto found = TRY(over(figure));
        into.as_of = found.as_of;
        into.partly = found.partly;
        put(into, figure.source == indicators::Source::query ? Origin::registered : Origin::figure, found.sum.value,
            found.sum.hidden);
        return {};
    }
    Result<void> look_at_indicator(Filled& into) {
        const auto& indicator = *desk_.figures.catalogue.indicator(into.field->source);
        const auto& above = *desk_.figures.catalogue.figure(indicator.numerator);
        const auto numerator = TRY(over(above));
        into.partly = numerator.partly;
        if (numerator.sum.value == absent) return {};
        if (indicator.denominator.empty()) {
            into.as_of = numerator.as_of;
            put(into, Origin::figure, numerator.sum.value, numerator.sum.hidden);
            return {};
        }
        const auto& below = *desk_.figures.catalogue.figure(indicator.denominator);
        const auto denominator = TRY(over(below));
        const indicators::Ratio ratio{numerator.sum.value, denominator.sum.value};
        const auto value = indicator.as == indicators::Indicator::As::percent
                               ? indicators::percent(ratio, above.measure, below.measure, indicator.places)
                               : indicators::quotient(ratio, above.measure, below.measure, indicator.places, indicator.per);
        if (!value) return {};
        into.as_of = numerator.as_of;
        into.origin = Origin::figure;
        into.hidden = above_ && (numerator.sum.hidden || denominator.sum.hidden);
        if (!into.hidden) into.value = value->plain();
        return {};
    }
    Result<void> look_in_programme(Filled& into) {
        if (!current_) return {};  // what is counted now says nothing of a term long over
        // A household's row lies where the household does now.
        std::string sql =
            "SELECT COUNT(*) FROM programmes_v_record r LEFT JOIN registry_v_household h ON h.id = r.household_id WHERE "
            "r.pack = ? AND r.register = ? AND r.live = 1 AND COALESCE(h.village_code, r.area_code) BETWEEN ? AND ?";
        std::vector<db::Value> values{into.field->programme(), into.field->records(), area_.first(), area_.last()};
        for (const auto& [column, value] : into.field->where) {
            sql += " AND EXISTS (SELECT 1 FROM programmes_v_value v WHERE v.record_id = r.id AND v.field = ? AND v.value = ?)";
            values.emplace_back(column);
            values.emplace_back(value);
        }
        std::int64_t n = 0;
        TRY(tx_.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
            n = row.integer(0);
            return {};
        }));
        // A register in which nothing stands is not kept here, and says nothing.
        if (n == 0 && TRY(tx_.number("SELECT COUNT(*) FROM programmes_v_record WHERE pack = ? AND register = ?",
                                     {into.field->programme(), into.field->records()})) == 0)
            return {};
        std::int64_t scaled = n;
        for (int place = 0; place < into.field->measure.places; ++place) scaled *= 10;
        put(into, Origin::programme, scaled, into.field->about_people() && indicators::small(n));
        into.as_of = today().iso();
        return {};
    }

    db::Tx& tx_;
    const Desk& desk_;
    const Term& term_;
    AreaCode area_;
    bool above_;    // small counts are hidden
    bool current_;  // the form is not yet due
};

/// The number of a value in its measure's last place; absent for what is no number here.
std::int64_t reckoned(const Filled& one) {
    if (one.hidden || one.value.empty()) return absent;
    const auto value = indicators::read_value(one.field->measure, one.value);
    return value ? *value : absent;
}

}  // namespace

std::string_view name_of(Origin origin) { return origins[static_cast<std::size_t>(origin)]; }
std::optional<Origin> origin_named(std::string_view name) {
    const auto found = std::ranges::find(origins, name);
    if (found == origins.end()) return std::nullopt;
    return static_cast<Origin>(found - origins.begin());
}

std::string period_of(const Field& field, const Term& term) {
    switch (field.holds) {
        case Holds::term: return term.text();
        case Holds::year: return Term::of(indicators::TermKind::year, term.last()).text();
        case Holds::standing: return "";
    }
    return "";
}

Result<std::vector<Filled>> fill(db::Tx& tx, const Desk& desk, const Form& form, const Term& term, AreaCode area) {
    Filling filling(tx, desk, form, term, area);
    const auto answers = TRY(answers_of(tx, desk, area));
    const auto before = TRY(filed_values(tx, desk, form, term.plus(-1), area));
    std::vector<Filled> out;
    for (const auto& name : form.fields()) {
        Filled one;
        one.field = desk.forms.field(name);
        TRY(filling.look(one));
        const auto found = answers.find({name, period_of(*one.field, term)});
        if (found != answers.end()) {
            const auto& answer = found->second;
            one.version = answer.version;
            if (one.origin == Origin::nothing && !answer.value.empty()) {
                const bool here = answer.form == form.name && answer.term == term.text();
                one.value = answer.value;
                one.origin = here ? Origin::typed : Origin::remembered;
                one.as_of = civil_date(answer.at).iso();
                one.from = here ? "" : answer.form;
                one.by = answer.name;
            }
        }
        if (const auto was = before.find(name); was != before.end()) one.before = was->second;
        out.push_back(std::move(one));
    }
    return out;
}

Spared count(std::span<const Filled> fields) {
    Spared out;
    for (const auto& one : fields) {
        if (one.origin == Origin::nothing)
            ++out.missing;
        else if (one.origin == Origin::typed)
            ++out.typed;
        else if (one.origin == Origin::remembered)
            ++out.remembered;
        else
            ++out.known;
    }
    return out;
}

std::vector<Broken> broken(const Catalogue& catalogue, const Form& form, std::span<const Filled> fields) {
    std::vector<Broken> out;
    for (const auto& check : form.checks) {
        std::vector<std::int64_t> values;
        for (const auto& name : check.fields) {
            const auto found = std::ranges::find_if(fields, [&](const Filled& one) { return one.field->name == name; });
            values.push_back(found == fields.end() ? absent : reckoned(*found));
        }
        const auto& measure = catalogue.field(check.fields.front())->measure;
        const auto judged = indicators::judge(check.law, measure, values);
        if (judged.verdict == indicators::Verdict::fails)
            out.push_back({&check, indicators::written(measure, judged.printed),
                           judged.computed == absent ? "" : indicators::written(measure, judged.computed)});
    }
    return out;
}

Result<std::string> read_answer(const Field& field, std::string_view typed) {
    const std::string what(text::trimmed(typed));
    if (what.empty()) return what;
    switch (field.kind) {
        case Kind::text:
            if (text::length(what) > longest_text)
                return invalid("returns.too_long").with("most", std::to_string(longest_text));
            return what;
        case Kind::date: {
            const auto day = Date::parse(what);
            if (!day) return invalid("returns.not_a_date").with("value", what);
            return day->iso();
        }
        case Kind::choice: {
            const auto found = std::ranges::find(field.choices, what, &indicators::Part::value);
            if (found == field.choices.end()) return invalid("returns.no_such_choice").with("value", what);
            return what;
        }
        case Kind::number: break;
    }
    const auto value = TRY(indicators::read_value(field.measure, what));
    if ((field.least && value < *field.least) || (field.most && value > *field.most))
        return invalid("returns.outside")
            .with("value", what)
            .with("least", field.least ? indicators::written(field.measure, *field.least) : "—")
            .with("most", field.most ? indicators::written(field.measure, *field.most) : "—")
            .with("unit", field.measure.unit);
    return indicators::written(field.measure, value);
}

std::string shown(const Field& field, std::string_view value, words::Language language) {
    const auto found = std::ranges::find(field.choices, value, &indicators::Part::value);
    if (found == field.choices.end()) return std::string(value);
    return language == words::Language::zh ? found->title.zh : found->title.en;
}

}  // namespace ballast::returns
