/// What is signed and put up in the village, on A4: the insured list of a policy, the loss sheet and the list of
/// payments of a claim, the list of payments of a season. Names are masked as a notice asks (domain
/// specification 7.4); ID numbers, phones and accounts are not printed at all.
///
/// The rows are those that the actor may see: a village prints its own. The last row is added up from the rows
/// as they are printed, in fen, and held against what is stored.
///
/// Errors: those of loading; not_found "insurance.nothing_to_print": no rows, or not yet; invalid
/// "insurance.too_many_to_print" {rows, most}; corrupt "insurance.does_not_add_up".
#pragma once

#include "document/document.h"
#include "insurance/claim.h"
#include "insurance/settlement.h"

namespace ballast::insurance {

inline constexpr std::int64_t most_on_paper = 5'000;  // rows; some 200 pages

/// 投保清单.
Result<document::Document> insured_paper(db::Tx& tx, const Desk& desk, PolicyId id, words::Language language);
/// 定损清单, from the first loss entered on.
Result<document::Document> loss_paper(db::Tx& tx, const Desk& desk, ClaimId id, words::Language language);
/// 赔款清单 of a claim, once it is agreed.
Result<document::Document> payment_paper(db::Tx& tx, const Desk& desk, ClaimId id, words::Language language);
/// 赔款清单 of a season, once it is worked out.
Result<document::Document> settlement_paper(db::Tx& tx, const Desk& desk, SettlementId id,
                                            words::Language language);

}  // namespace ballast::insurance
