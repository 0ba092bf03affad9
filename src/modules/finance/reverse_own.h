/// A journal of this module's own rows, turned back by whoever corrects them. Inside the module only: anybody else reverses what
/// was posted by hand alone.
#pragma once

#include "finance/ledger.h"

namespace ballast::finance {

/// The same postings with the other sign, of a journal that was posted for `reference` ("loan:7"). Errors: those of reverse() but
/// "finance.correct_where_made" and "finance.insurers_book"; not_found "finance.no_such_journal" also of another reference.
Result<JournalId> reverse_own(db::Tx& tx, const Desk& desk, JournalId id, std::string_view reference,
                              Date value_date, std::string_view note);

}  // namespace ballast::finance
