/// The official papers of a case (papers/kinds.h), filled in with what its steps wrote down and what the
/// register says of the household; what is not known yet is a line to write on. Pure.
#pragma once

#include <vector>

#include "casework/case_file.h"
#include "papers/kinds.h"
#include "registry/household_file.h"

namespace ballast::casework {

/// Those that can be printed as the case stands. Forms can be taken along before their step; what tells of
/// something done (notice, letters, announcement, enrolment record) needs it done.
std::vector<papers::Kind> printable_papers(const RiskCase& now);

/// Errors: conflict "casework.paper_not_yet" {paper}; invalid "casework.notice_leaks".
Result<document::Document> paper(const CaseFile& file, const registry::Household& home, papers::Kind kind,
                                 words::Language language, Date today);

}  // namespace ballast::casework
