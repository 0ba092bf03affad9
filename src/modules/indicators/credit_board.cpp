#include "indicators/credit_board.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "table/table.h"

namespace ballast::indicators {
namespace {

/// Figures of the counties of an area in one term.
class CountySums {
public:
    CountySums(db::Tx& tx, const Desk& desk, AreaCode area, Term term) : tx_(tx), desk_(desk), area_(area), term_(term) {}

    Result<const std::map<AreaCode, Sum>*> of(const std::string& figure) {
        const auto known = by_figure_.find(figure);
        if (known != by_figure_.end()) return &known->second;
        std::map<AreaCode, Sum> found;
        for (const auto& one : TRY(sums_below(tx_, {figure, "", term_.text()}, area_, AreaLevel::county))) {
            found[one.area] = one.sum;
            reported_ |= one.sum.value != absent;
        }
        return &by_figure_.emplace(figure, std::move(found)).first->second;
    }
    Result<std::optional<Decimal>> value(const std::string& figure, AreaCode county) {
        const auto& all = *TRY(of(figure));
        const auto found = all.find(county);
        if (found == all.end() || found->second.value == absent) return std::optional<Decimal>{};
        return std::optional(decimal_of(TRY(figure_of(desk_, figure))->measure, found->second.value));
    }
    Result<std::vector<Change>> changes(const std::string& before, const std::string& after, std::span<const AreaCode> counties) {
        std::vector<Change> out;
        for (const auto county : counties) out.push_back({county, TRY(value(before, county)), TRY(value(after, county))});
        return out;
    }
    bool reported() const { return reported_; }

private:
    db::Tx& tx_;
    const Desk& desk_;
    AreaCode area_;
    Term term_;
    std::map<std::string, std::map<AreaCode, Sum>> by_figure_;
    bool reported_ = false;
};

std::string name_in(const Desk& desk, AreaCode area) {
    const auto found = desk.division.find(area);
    return found ? areas::everyday_name(found->name) : area.short_digits();
}

class Reckoning {
public:
    Reckoning(db::Tx& tx, const Desk& desk, CreditBoard& board)
        : tx_(tx), desk_(desk), board_(board), sums_(tx, desk, board.area, board.term) {}

    Result<void> all() {
        for (const auto county : areas_at(desk_, TRY(successions(tx_)), AreaLevel::county, board_.term.last()))
            if (board_.area.contains(county)) counties_.push_back(county);
        TRY(together("q1a", "agri_loans_start", "agri_loans_end"));
        TRY(together("q1b", "inclusive_loans_start", "inclusive_loans_end"));
        TRY(listed("q2a", ListKind::lifted, "万元", "all_loans_start", "all_loans_end", grows_together));
        TRY(listed("q2b", ListKind::lifted, "万元", "insured_start", "insured_end", grows_together));
        TRY(mean());
        TRY(listed("q4", ListKind::provincial_key, "县", "all_loans_start", "all_loans_end", each_grows));
        TRY(listed("q5", ListKind::lifted, "县", "speciality_kinds_before", "speciality_kinds", none_falls));
        TRY(share("q6a", "microloan_coverage", "户"));
        TRY(share("q6b", "microloan_overdue_rate", "万元"));
        board_.reported = sums_.reported();
        return {};
    }

private:
    std::vector<AreaCode> of_list(const CountyList& list) const {
        std::vector<AreaCode> out;
        std::ranges::copy_if(list.counties, std::back_inserter(out), [&](AreaCode one) { return board_.area.contains(one); });
        return out;
    }
    CreditLine& add(std::string_view id, std::string_view unit, Outcome outcome, const CountyList* list = nullptr) {
        return board_.lines.emplace_back(CreditLine{id, unit, unit, std::move(outcome), list});
    }

    Result<void> together(std::string_view id, const std::string& before, const std::string& after) {
        auto& line = add(id, "万元", grows_together(TRY(sums_.changes(before, after, counties_))));
        if (line.outcome.doubt != Doubt::none || !line.outcome.denominator) return {};
        // What the same counties reported at the end of last year; another amount means that the scope has changed since.
        const auto last_year = Term::of(TermKind::quarter, Term::of(TermKind::year, board_.term.last()).first().plus_days(-1));
        CountySums then(tx_, desk_, board_.area, last_year);
        Decimal sum;
        for (const auto county : counties_) {
            const auto told = TRY(then.value(after, county));
            if (!told) return {};
            sum = sum + *told;
        }
        if (sum != *line.outcome.denominator) line.published = sum;
        return {};
    }
    Result<void> listed(std::string_view id, ListKind kind, std::string_view unit, const std::string& before, const std::string& after,
                        Outcome (*reckon)(std::span<const Change>)) {
        const auto* list = board_.lists.list(kind, board_.area, board_.term.last());
        Outcome none;
        none.doubt = Doubt::no_list;
        add(id, unit, list ? reckon(TRY(sums_.changes(before, after, of_list(*list)))) : none, list);
        return {};
    }
    Result<void> mean() {
        const auto* list = board_.lists.list(ListKind::national_key, board_.area, board_.term.last());
        const auto* rule = board_.lists.mean(board_.term.last());
        const auto how = rule ? rule->mean : Mean::simple;
        Outcome outcome;
        outcome.doubt = Doubt::no_list;
        if (list) {
            const auto counties = of_list(*list);
            const auto own = TRY(sums_.changes("all_loans_start", "all_loans_end", counties));
            std::optional<Change> province;
            bool differs = false;
            for (const auto& one : TRY(sums_.changes("province_loans_start", "province_loans_end", counties))) {
                if (!one.before || !one.after) continue;
                differs |= province && (province->before != one.before || province->after != one.after);
                if (!province) province = one;
            }
            outcome = mean_above(own, province.value_or(Change{}), how);
            if (differs && outcome.doubt == Doubt::none) {
                outcome.doubt = Doubt::province_differs;
                outcome.standing = Standing::unknown;
                outcome.value.reset();
                outcome.against.reset();
            }
        }
        auto& line = add("q3", how == Mean::simple ? "%" : "万元", std::move(outcome), list);
        if (how == Mean::simple) line.denominator_unit = "县";
        line.mean = how;
        line.authority = rule ? rule->authority : "assumed";
        return {};
    }
    Result<void> share(std::string_view id, std::string_view name, std::string_view unit) {
        const auto* indicator = TRY(indicator_of(desk_, name));
        const auto above = TRY(sum_of(tx_, {indicator->numerator, "", board_.term.text()}, board_.area));
        const auto below = TRY(sum_of(tx_, {indicator->denominator, "", board_.term.text()}, board_.area));
        TRY(sums_.of(indicator->numerator));  // somebody may have told just this
        std::optional<Decimal> part, whole;
        const auto& figure = *TRY(figure_of(desk_, indicator->numerator));
        const auto& under = *TRY(figure_of(desk_, indicator->denominator));
        const auto counted = std::min(above.reported, below.reported);
        const auto expected = static_cast<std::int64_t>(counties_.size());
        if (counted == expected && above.value != absent && below.value != absent && !above.hidden && !below.hidden) {
            part = decimal_of(figure.measure, above.value);
            whole = decimal_of(under.measure, below.value);
        }
        // A target that somebody set for the area goes before what the pack promises.
        std::optional<Decimal> target;
        auto direction = Direction::at_least;
        std::string authority;
        if (const auto* promise = desk_.catalogue.promise(*indicator, board_.area, board_.term.last())) {
            target = promise->value;
            direction = promise->direction;
            authority = promise->authority;
        }
        for (const auto& one : TRY(targets(tx_, desk_, board_.term, board_.area)))
            if (one.indicator == name && one.area == board_.area) {
                target = one.value;
                direction = one.direction;
                authority = one.name;
            }
        auto outcome = share_of(part, whole, target, direction);
        if (above.hidden || below.hidden) outcome.doubt = Doubt::hidden;
        outcome.listed = expected;
        outcome.counted = counted;
        auto& line = add(id, unit, std::move(outcome));
        line.authority = authority;
        if (target) line.direction = direction;
        return {};
    }

    db::Tx& tx_;
    const Desk& desk_;
    CreditBoard& board_;
    CountySums sums_;
    std::vector<AreaCode> counties_;
};

std::string plain(const std::optional<Decimal>& value) { return value ? value->plain() : ""; }
bool one_county(const CreditBoard& board, const Outcome& outcome) {
    return outcome.parts.size() == 1 && outcome.parts[0].county == board.area;
}
/// The two amounts of an indicator are named alike for those that are made alike.
std::string_view kind_of(const CreditLine& line) {
    if (line.id == "q1a" || line.id == "q1b" || line.id == "q2a") return "balance";
    if (line.id == "q3") return line.mean == Mean::weighted ? "weighted" : "simple";
    return line.id;
}

}  // namespace

const CreditLine* CreditBoard::line(std::string_view id) const {
    const auto found = std::ranges::find(lines, id, &CreditLine::id);
    return found == lines.end() ? nullptr : &*found;
}

Result<std::unique_ptr<CreditBoard>> credit_board(db::Tx& tx, const Desk& desk, CountyLists lists, AreaCode area, const Term& term) {
    TRY(readable(tx, desk, area, desk.today));
    auto out = std::make_unique<CreditBoard>(
        CreditBoard{area, TRY(term_of(TermKind::quarter, term.text())), std::move(lists), desk.division.year(), {}, false});
    if (area.level() <= AreaLevel::county) TRY(Reckoning(tx, desk, *out).all());
    return out;
}

std::string title_of(const CreditLine& line, words::Language language) {
    return words::say("indicators.credit." + std::string(line.id), language);
}
std::string numerator_of(const CreditLine& line, words::Language language) {
    return words::say("indicators.credit.numerator." + std::string(kind_of(line)), language);
}
std::string denominator_of(const CreditLine& line, words::Language language) {
    return words::say("indicators.credit.denominator." + std::string(kind_of(line)), language);
}
std::string unit_of(const CreditLine& line, words::Language language) {
    return words::say(line.id == "q3" ? "indicators.credit.unit.points" : "indicators.credit.unit.percent", language);
}
std::string amount_unit_of(const CreditLine& line) { return line.id == "q5" ? "个" : "万元"; }
std::string part_unit_of(const CreditLine& line, words::Language language) {
    return words::say(line.id == "q5" ? "indicators.credit.unit.kinds" : "indicators.credit.unit.percent", language);
}

std::string criterion_of(const CreditLine& line, words::Language language) {
    const auto say = [&](std::string_view how) {
        return words::say("indicators.credit.criterion." + std::string(how), language, {{"against", plain(line.outcome.against)}});
    };
    if (line.id == "q3") return say(line.outcome.against ? "above_province" : "above_unknown");
    if (line.id == "q4") return say("each_above");
    if (line.id == "q5") return say("none_fewer");
    if (line.id == "q6a" || line.id == "q6b") {
        if (!line.direction) return say("no_target");
        return say(*line.direction == Direction::at_least ? "at_least" : "at_most");
    }
    return say("above");
}

std::string verdict_of(const CreditLine& line, words::Language language) {
    if (line.outcome.standing == Standing::reached) return words::say("indicators.credit.met", language);
    if (line.outcome.standing == Standing::missed) return words::say("indicators.credit.not_met", language);
    return words::say("indicators.credit.doubt." + std::string(name_of(line.outcome.doubt)), language,
                      {{"counted", std::to_string(line.outcome.counted)}, {"listed", std::to_string(line.outcome.listed)}});
}
std::string verdict_of(const CountyChange& part, words::Language language) {
    if (part.standing == Standing::reached) return words::say("indicators.credit.met", language);
    if (part.standing == Standing::missed) return words::say("indicators.credit.not_met", language);
    if (!part.before || !part.after) return words::say("indicators.not_reported", language);
    const bool negative = *part.before < Decimal(0) || *part.after < Decimal(0);
    return words::say(negative ? "indicators.credit.doubt.negative" : "indicators.credit.doubt.no_base", language);
}

std::string list_name_of(const CountyList& list, words::Language language) {
    return words::say("indicators.credit.list." + std::string(name_of(list.kind)), language,
                      {{"version", list.version}, {"from", list.from.iso()}});
}
std::string list_of(const CreditBoard& board, const CreditLine& line, words::Language language) {
    const bool all = line.id.starts_with("q1") || line.id.starts_with("q6");
    if (all)
        return words::say("indicators.credit.list.all", language,
                          {{"listed", std::to_string(line.outcome.listed)}, {"version", std::to_string(board.division_year)}});
    if (!line.list) return "";
    return words::say("indicators.credit.list.of", language,
                      {{"list", list_name_of(*line.list, language)},
                       {"all", std::to_string(line.list->counties.size())},
                       {"listed", std::to_string(line.outcome.listed)}});
}

std::string authority_of(std::string_view authority, words::Language language) {
    constexpr std::string_view unchecked = "assumed";
    if (!authority.starts_with(unchecked)) return std::string(authority);
    const auto rest = text::trimmed(authority.substr(std::min(authority.size(), unchecked.size() + 1)));
    return words::say(rest.empty() ? "indicators.credit.assumed" : "indicators.credit.assumed_from", language, {{"from", std::string(rest)}});
}

std::string remark_of(const CreditLine& line, words::Language language) {
    if (line.published)
        return words::say("indicators.credit.restated", language, {{"published", line.published->plain()}});
    if (line.mean)
        return words::say(*line.mean == Mean::simple ? "indicators.credit.mean.simple" : "indicators.credit.mean.weighted", language,
                          {{"authority", authority_of(line.authority, language)}});
    if (line.direction) return words::say("indicators.credit.target_from", language, {{"authority", authority_of(line.authority, language)}});
    return "";
}

Result<void> write_credit_board(const Desk& desk, const CreditBoard& board, const std::string& path, words::Language language) {
    if (!board.reported) return not_found("indicators.credit.nothing").with("term", board.term.text());
    const auto say = [&](const std::string& id) { return words::say(id, language); };
    using Type = table::Writer::Type;
    const std::vector<table::Writer::Column> columns{{say("indicators.column.indicator"), Type::text, 44},
                                                     {say("indicators.column.area"), Type::text, 16},
                                                     {say("indicators.credit.column.verdict"), Type::text, 30},
                                                     {say("indicators.column.value"), Type::number, 12},
                                                     {say("indicators.column.unit"), Type::text, 10},
                                                     {say("indicators.credit.column.criterion"), Type::text, 30},
                                                     {say("indicators.credit.column.numerator"), Type::number, 16},
                                                     {say("indicators.credit.column.denominator"), Type::number, 16},
                                                     {say("indicators.credit.column.units"), Type::text, 12},
                                                     {say("indicators.credit.column.list"), Type::text, 44},
                                                     {say("indicators.credit.column.authority"), Type::text, 44},
                                                     {say("indicators.column.remark"), Type::text, 44}};
    const auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    TRY(writer->sheet(say("indicators.credit.title"), columns, name_in(desk, board.area) + " " + board.term.text()));
    for (const auto& line : board.lines) {
        const auto& one = line.outcome;
        const auto units = line.numerator_unit == line.denominator_unit
                               ? std::string(line.numerator_unit)
                               : std::string(line.numerator_unit) + " / " + std::string(line.denominator_unit);
        TRY(writer->row({title_of(line, language), name_in(desk, board.area), verdict_of(line, language), plain(one.value),
                         one.value ? unit_of(line, language) : "", criterion_of(line, language), plain(one.numerator),
                         plain(one.denominator), units, list_of(board, line, language), line.list ? authority_of(line.list->authority, language) : "",
                         remark_of(line, language)}));
        if (one_county(board, one)) continue;
        for (const auto& part : one.parts)
            TRY(writer->row({title_of(line, language), name_in(desk, part.county), verdict_of(part, language), plain(part.value),
                             part.value ? part_unit_of(line, language) : "", "",
                             part.before && part.after ? (*part.after - *part.before).plain() : "", plain(part.before),
                             amount_unit_of(line), "", "", ""}));
    }
    return writer->finish();
}

}  // namespace ballast::indicators
