/// How well linking did, held against a truth file: who was really meant by every row of files that were made
/// for it
/// (`ballast demo` writes one beside its samples). Columns: file, sheet, row, feed, household_no, id_number
/// (empty for a stranger), fault, expected (the verdict that the linking rule gives when nothing is wrong
/// with the program).
#pragma once

#include <map>
#include <string>

#include "feeds/feeds.h"

namespace ballast::feeds {

/// Of one verdict, matched or candidate.
struct Quality {
    std::int64_t found = 0;  // rows with that verdict
    std::int64_t right = 0;  // of these, with the person who was meant (of candidates: among those offered)
    std::int64_t expected = 0;  // rows that should have it
    std::int64_t hit = 0;       // of these, with that verdict and the right person
    /// right / found and hit / expected in ten-thousandths, half up; 10000 when there is nothing to find.
    std::int64_t precision() const;
    std::int64_t recall() const;
};

struct Evaluation {
    std::int64_t files = 0, rows = 0;
    std::int64_t not_received = 0;  // rows of files that were not received
    Quality matched, candidate;
    /// Rows whose verdict is not the expected one, by "fault: expected -> verdict".
    std::map<std::string, std::int64_t> disagreements;
};

/// Errors: those of the reader; invalid "table.missing_columns".
Result<Evaluation> evaluate(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            const Register& reg, const std::string& truth_file);

}  // namespace ballast::feeds
