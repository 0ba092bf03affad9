/// A form as a workbook and as paper to be signed.
#pragma once

#include "document/document.h"
#include "returns/return_file.h"
#include "words/words.h"

namespace ballast::returns {

/// Errors: those of table::Writer.
Result<void> write_sheet(const Desk& desk, const Sheet& sheet, const std::string& path, words::Language language);
/// For A4: sections, values, where each comes from, how many had not to be asked, signature lines.
document::Document paper(const Desk& desk, const Sheet& sheet, words::Language language);

}  // namespace ballast::returns
