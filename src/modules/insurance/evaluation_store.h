/// The tables of evaluations. Inside the module only.
#pragma once

#include "insurance/evaluation_year.h"

namespace ballast::insurance {

/// Id, state, version, the entries that hold and the closings; nothing where nobody has entered anything yet.
Result<void> load_kept(db::Tx& tx, const Desk& desk, Evaluation& into);
/// The first one to write begins it. Whoever saw another version is told: conflict "insurance.changed_meanwhile".
Result<void> advance(db::Tx& tx, const Desk& desk, Evaluation& one, std::int64_t version, EvaluationState to);
/// Of the evaluation's version.
Result<void> keep_entry(db::Tx& tx, const Desk& desk, const Evaluation& one, const Entry& entry);
Result<void> keep_closing(db::Tx& tx, const Desk& desk, const Evaluation& one);
Result<EvaluationFigures> frozen_figures(db::Tx& tx, std::int64_t id, std::int64_t version);

}  // namespace ballast::insurance
