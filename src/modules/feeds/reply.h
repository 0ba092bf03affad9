/// 回执: what the sender of a file is told. One workbook: the counts, which add up; the rows that were
/// refused, found nobody or are still open, as they were sent, each with its reason, ready to be corrected
/// and sent again; and which cells a person's comparison has found to be wrong.
///
/// A sender learns about their own rows only. What the register holds (a name, a number, a village, whether a
/// household is monitored) is not in it: a correction names the cell to be checked against the document, not
/// its right value. Of a sheet that needs consent, whoever is not its sender gets no row's contents.
#pragma once

#include "feeds/feeds.h"

namespace ballast::feeds {

/// Writes it at `path` and records that it was taken. Answers with the counts that it states. not_found
/// "feeds.no_such_batch", "feeds.no_reply": the file was not received; the errors of the writer.
Result<Counts> write_reply(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                           BatchId id, const std::string& path, words::Language language, Instant now);

}  // namespace ballast::feeds
