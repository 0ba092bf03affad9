/// Which agreed sheet a file is, and where its columns stand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "feeds/contract.h"
#include "feeds/feeds.h"
#include "table/header_row.h"

namespace ballast::feeds {

struct Heading {
    std::size_t sheet = 0;
    table::Header header;  // positions by column of the contract
};

struct Recognised {
    const Contract* contract = nullptr;
    std::vector<Heading>
        headings;  // the sheets that are this contract's; others (notes, codes) are passed over
    /// The batch whose refused rows these are, as a rejects workbook says of itself.
    std::optional<BatchId> rejects_of;
};

/// `feed` when given, else the contract of whose columns most are there, none of the required ones missing;
/// of equals the one whose title stands in the file's name.
///
/// Errors, invalid: "feeds.not_recognised" {file} {closest} {missing}, "table.missing_columns",
/// "table.doubled_column"; and those of the reader. not_found "feeds.no_such_feed".
Result<Recognised> recognise(table::Reader& reader, const std::string& file, const std::string& feed);

}  // namespace ballast::feeds
