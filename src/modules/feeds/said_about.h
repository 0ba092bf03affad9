/// What sheets say about people who have agreed to be asked about: the one reader of sheets that need
/// consent. Only a comparison of a case calls it; whoever calls it records it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/feeds.h"

namespace ballast::feeds {

struct Subject {
    registry::PersonId person;  // 0: nobody of the register
    crypto::Bytes id_lookup;    // of somebody outside: the keyed hash of the ID number
    std::string name;           // of somebody outside: must agree too
};
struct Said {
    std::size_t subject = 0;  // index into the subjects
    Fact fact;
    EvidenceRow shown;  // every filled column but the person's own; of an account its last four digits
};

/// Rows of these sheets in force in the county, in the order of subjects, batches and rows.
Result<std::vector<Said>> said_about(db::Tx& tx, const crypto::Vault& vault, AreaCode county,
                                     std::span<const Subject> subjects, std::span<const std::string> feeds);
/// Whether the county has ever received such a sheet.
Result<bool> has_received(db::Tx& tx, AreaCode county, std::string_view feed);

}  // namespace ballast::feeds
