/// The service network as a sheet: every township and village that has nobody yet, with room for who will be there; taken whole
/// or not at all.
#pragma once

#include "insurance/insured_list.h"
#include "insurance/service_points.h"
#include "words/words.h"

namespace ballast::insurance {

/// Error: those of evaluated_insurer; unavailable "table.cannot_write".
Result<void> write_network_sheet(db::Tx& tx, const Desk& desk, InsurerId id, const std::string& path, words::Language language);

struct NetworkTaken {
    std::int64_t rows = 0;   // with an assistant; the others are left as they are
    std::int64_t added = 0;  // 0 when there is a finding
    std::vector<RowFinding> findings;
};
/// Errors: those of insurer_to_write_of, table::Reader and table::find_header; invalid "insurance.network_empty",
/// "insurance.network_too_long" {most}. Findings: those of check_service_point; "insurance.row_missing" and "insurance.row_value"
/// {column}, "insurance.point_twice" {row}.
Result<NetworkTaken> take_network_sheet(db::Tx& tx, const Desk& desk, InsurerId id, const std::string& path,
                                        const std::string& file);

}  // namespace ballast::insurance
