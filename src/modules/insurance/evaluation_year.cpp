#include "insurance/evaluation_year.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "insurance/evaluation_facts.h"
#include "insurance/evaluation_store.h"
#include "insurance/range.h"

namespace ballast::insurance {
namespace {

using auth::Right;

const Entry* entry_of(const Evaluation& one, Item item, std::string_view product = {}) {
    const auto at = std::ranges::find_if(
        one.entries, [&](const Entry& entry) { return entry.item == item && entry.product == product; });
    return at == one.entries.end() ? nullptr : &*at;
}
std::optional<Amounts> amounts_of(const Evaluation& one, Item item) {
    const auto* entry = entry_of(one, item);
    return entry ? std::optional(entry->amounts) : std::nullopt;
}

/// The platform's kinds with what was entered; a kind that is insured outside it alone has no units here.
std::vector<KindFigure> kinds_of(const Evaluation& one, std::vector<KindFigure> kinds) {
    for (const auto& entry : one.entries) {
        if (entry.item != Item::insured) continue;
        auto at = std::ranges::find(kinds, entry.product, &KindFigure::product);
        if (at == kinds.end()) at = kinds.insert(kinds.end(), {entry.product, {}, {}, {}, {}, {}, {}});
        at->outside = entry.amounts.part;
        at->insurable = entry.amounts.whole;
        at->weight = entry.weight;
    }
    std::ranges::sort(kinds, {}, &KindFigure::product);
    return kinds;
}

Figure satisfied(const Evaluation& one, const PlatformFacts& facts, const SatisfactionRule& rule, Decimal& mean_score) {
    Figure out;
    out.item = Item::satisfied;
    const auto* entry = entry_of(one, Item::satisfied);
    if (!entry || !entry->answers) return out;
    const auto& answers = *entry->answers;
    Decimal valid;
    for (const auto count : answers) valid = valid + count;
    out.outside = {answers[0] + answers[1], valid};
    const auto households = Decimal(facts.farmers) + entry->amounts.whole;
    const auto told = satisfaction(answers, households.to_money(Rounding::down).fen() / 100, rule);
    if (!told) {
        out.standing = Standing::wrong;
        out.fault = told.error();
        return out;
    }
    out.standing = Standing::rated;
    out.rate = told->top_two;
    mean_score = told->mean_score;
    return out;
}

EvaluationFigures figures_of(const Evaluation& one, const PlatformFacts& facts, const EvaluationTerms& terms) {
    EvaluationFigures out;
    out.kinds = kinds_of(one, facts.kinds);
    out.by_premium = by_premium(out.kinds);
    out.bands = terms.bands;
    out.bands_assumed = terms.bands_assumed;
    const auto put = [&](Item item, Amounts platform) {
        out.items.push_back(figure(item, platform, amounts_of(one, item)));
    };
    out.items.push_back(insured_figure(out.kinds));
    put(Item::paid, facts.paid);
    put(Item::paid_cases, facts.paid_cases);
    out.items.push_back(satisfied(one, facts, terms.satisfaction, out.mean_score));
    put(Item::surveyed, facts.surveyed);
    put(Item::publicised, {});
    put(Item::complaints, {});
    put(Item::premium, {facts.premium, {}});
    put(Item::stations, facts.network.stations);
    put(Item::points, facts.network.points);
    out.score = scored(out.items, terms);
    return out;
}

Result<Evaluation> evaluation_of(db::Tx& tx, const Desk& desk, Insurer insurer, int year) {
    Evaluation out;
    out.insurer = std::move(insurer);
    out.year = year;
    TRY(load_kept(tx, desk, out));
    if (out.state == EvaluationState::closed) {
        out.as_of = out.closings.at(0).on;
        out.figures = TRY(frozen_figures(tx, *out.id, out.closings.at(0).version));
        return out;
    }
    out.as_of = std::min(desk.today, out.last_day());
    const auto facts = TRY(platform_facts(tx, desk, out.insurer, year));
    out.farmers = facts.farmers;
    out.figures = figures_of(out, facts, TRY(evaluation_terms(desk, out.insurer.area, out.as_of)));
    return out;
}

Result<void> check_year(const Desk& desk, int year) {
    if (year < 2000 || year > desk.today.year())
        return invalid("insurance.evaluation_year").with("year", std::to_string(year));
    return {};
}

constexpr std::int64_t most = 100'000'000'000;

Result<void> check_entry(const Entry& entry) {
    const auto& row = row_of(entry.item);
    if (!row.entered) return invalid("insurance.item_not_entered");
    const auto length = text::length(text::trimmed(entry.evidence));
    if (length < 2 || length > 500) return invalid("insurance.evidence_missing");
    const int places = row.measure == Measure::count ? 0 : row.measure == Measure::yuan ? 2 : 4;
    TRY(within("part", entry.amounts.part, most, places));
    TRY(within("whole", entry.amounts.whole, most, places));
    if (entry.item == Item::insured) {
        if (entry.weight) TRY(share("weight", *entry.weight));
    } else if (!entry.product.empty() || entry.weight) {
        return invalid("insurance.item_not_entered");
    }
    if (entry.item == Item::satisfied) {
        if (!entry.answers) return invalid("insurance.answers_missing");
        for (const auto count : *entry.answers) TRY(within("answers", count, 100'000'000, 0));
        return within("whole", entry.amounts.whole, 50'000'000, 0);
    }
    if ((entry.item == Item::insured || row.may_exceed) && entry.amounts.whole.is_zero())
        return invalid("insurance.nothing_to_rate").with("name", std::string(row.name));
    if (!row.may_exceed && entry.amounts.part > entry.amounts.whole)
        return invalid("insurance.part_exceeds_whole").with("name", std::string(row.name));
    return {};
}

EvaluationMoment moment_of(const Desk& desk, const Evaluation& one, std::string_view note) {
    const auto& score = one.figures.score;
    return {one.state, one.last_day(), desk.today, score.missing, score.wrong, score.total.has_value(), note};
}

}  // namespace

Result<Evaluation> load_evaluation(db::Tx& tx, const Desk& desk, InsurerId id, int year) {
    auto insurer = TRY(evaluated_insurer(tx, desk, id));
    TRY(check_year(desk, year));
    return evaluation_of(tx, desk, std::move(insurer), year);
}

Result<std::vector<Evaluation>> evaluations(db::Tx& tx, const Desk& desk, int year) {
    TRY(check_year(desk, year));
    std::vector<Evaluation> out;
    for (auto& one : TRY(insurers(tx, desk)))
        if (desk.actor.scope(Right::insurance_read).contains(one.area))
            out.push_back(TRY(evaluation_of(tx, desk, std::move(one), year)));
    return out;
}

bool may_enter(const Desk& desk, const Insurer& insurer, const ItemRow& row) {
    if (!row.entered) return false;
    if (desk.actor.scope(Right::insurance_subsidy).contains(insurer.area)) return true;
    return !row.by_county && desk.actor.scope(Right::insurance_write).contains(insurer.area);
}

Result<void> enter(db::Tx& tx, const Desk& desk, InsurerId id, int year, std::int64_t version, const Entry& entry) {
    auto one = TRY(load_evaluation(tx, desk, id, year));
    if (!may_enter(desk, one.insurer, row_of(entry.item))) {
        TRY(insurer_to_write_of(tx, desk, id));
        if (row_of(entry.item).entered) return forbidden("insurance.county_enters");
    }
    if (entry.item == Item::insured) TRY(desk.book.product(entry.product));
    if (const auto checked = check_entry(entry); !checked) return named(checked.error(), entry.item);
    if (one.state == EvaluationState::closed)
        return conflict("insurance.evaluation_closed").with("date", one.closings.at(0).on.iso());
    const bool by_county = desk.actor.scope(Right::insurance_subsidy).contains(one.insurer.area);
    const auto* before = entry_of(one, entry.item, entry.product);
    if (before && !before->by_insurer && !by_county) return conflict("insurance.entered_by_county");
    TRY(advance(tx, desk, one, version, EvaluationState::open));
    Entry kept = entry;
    kept.by_insurer = !by_county;
    TRY(keep_entry(tx, desk, one, kept));
    return audit::record(tx, desk.vault, desk.actor,
                         {"insurance.evaluation_entry", fmt::format("evaluation:{}", *one.id), one.insurer.area, "",
                          fmt::format(R"({{"year":{},"item":"{}","product":"{}","part":"{}","whole":"{}"}})", year,
                                      row_of(entry.item).name, entry.product, entry.amounts.part.plain(),
                                      entry.amounts.whole.plain())},
                         desk.now);
}

Result<void> take_step(db::Tx& tx, const Desk& desk, InsurerId id, int year, const EvaluationOrder& order) {
    auto one = TRY(load_evaluation(tx, desk, id, year));
    const auto* row = TRY(decide(moment_of(desk, one, order.note), order.action));
    TRY(auth::require(desk.actor, row->who));
    if (!desk.actor.scope(row->who).contains(one.insurer.area)) return not_found("insurance.no_such_insurer");
    const auto before = one.state;
    TRY(advance(tx, desk, one, order.version, row->to));
    if (order.action == EvaluationAction::close) TRY(keep_closing(tx, desk, one));
    return keep_step(tx, desk,
                     {"evaluation", *one.id, one.version, name_of(order.action), name_of(before), name_of(row->to),
                      order.note, one.insurer.area});
}

NextEvaluationSteps next_steps(const Desk& desk, const Evaluation& one) {
    const auto moment = moment_of(desk, one, {});
    return {possible(moment, desk.actor), awaited(moment, desk.actor)};
}

}  // namespace ballast::insurance
