/// The evaluation of an insurer for a year, as the county keeps it: what the platform knows, what the county or
/// the insurer enters with its evidence, points and band. An open year runs along with its policies, claims and
/// payments; a closed one keeps the figures of its closing, whatever changes afterwards. Opening it again needs a
/// reason, stays in its history, and leaves the figures of the earlier closing.
#pragma once

#include "insurance/evaluation.h"
#include "insurance/evaluation_procedure.h"
#include "insurance/service_points.h"

namespace ballast::insurance {

/// What the platform does not know. Of Item::insured, of one product: `part` what is insured outside the platform,
/// `whole` all that could be, `weight`. Of satisfied: the five answers, `whole` the farmers insured outside the
/// platform. Of premium: `whole` is the county's plan. Of the others: what comes on top of the platform's own.
struct Entry {
    Item item = Item::insured;
    std::string product = {};
    Amounts amounts = {};
    std::optional<Decimal> weight = {};
    std::optional<Answers> answers = {};
    std::string evidence = {};
    // Who said it, and when.
    bool by_insurer = false;
    std::string name = {};
    std::optional<Date> on = {};
    std::int64_t version = 0;  // of the evaluation
};

struct EvaluationFigures {
    std::vector<KindFigure> kinds;
    std::vector<Figure> items;  // in the order of Item
    Decimal mean_score;         // of the answers; zero when nobody was asked
    bool by_premium = false;    // the kinds' weights
    std::array<Decimal, 4> bands;
    bool bands_assumed = false;
    Score score;
};
struct Closing {
    std::int64_t version = 0;
    Date on;
    std::string name;
    Decimal total;
    std::string band;
};
struct Evaluation {
    Insurer insurer;
    int year = 0;
    std::optional<std::int64_t> id;  // none while nobody has entered anything
    EvaluationState state = EvaluationState::open;
    std::int64_t version = 0;
    Date as_of;  // of the figures
    std::int64_t farmers = 0;  // insured on the platform; of an open year
    std::vector<Entry> entries;
    EvaluationFigures figures;
    std::vector<Closing> closings;  // the latest first

    Date last_day() const { return *Date::from(year, 12, 31); }
};

/// Errors: not_found "insurance.no_such_insurer"; invalid "insurance.evaluation_year" {year}.
Result<Evaluation> load_evaluation(db::Tx& tx, const Desk& desk, InsurerId id, int year);
/// Of all insurers that the actor may see evaluated.
Result<std::vector<Evaluation>> evaluations(db::Tx& tx, const Desk& desk, int year);

/// Whether this actor may enter that item.
bool may_enter(const Desk& desk, const Insurer& insurer, const ItemRow& row);
/// Errors: those of load_evaluation; forbidden; conflict "insurance.evaluation_closed" {date},
/// "insurance.changed_meanwhile", "insurance.entered_by_county": the insurer may not replace it; not_found
/// "insurance.no_such_product"; invalid "insurance.item_not_entered", "insurance.evidence_missing",
/// "insurance.answers_missing", "insurance.out_of_range", "insurance.part_exceeds_whole",
/// "insurance.nothing_to_rate".
Result<void> enter(db::Tx& tx, const Desk& desk, InsurerId id, int year, std::int64_t version, const Entry& entry);

struct EvaluationOrder {
    std::int64_t version = 0;
    EvaluationAction action = EvaluationAction::close;
    std::string note;
};
/// Errors: those of load_evaluation and decide; forbidden; conflict "insurance.changed_meanwhile".
Result<void> take_step(db::Tx& tx, const Desk& desk, InsurerId id, int year, const EvaluationOrder& order);
struct NextEvaluationSteps {
    std::vector<PossibleEvaluationStep> steps;
    std::vector<PossibleEvaluationStep> awaited;  // of others
};
NextEvaluationSteps next_steps(const Desk& desk, const Evaluation& evaluation);

}  // namespace ballast::insurance
