/// How clues come in: what people report, and what department screening found. Each becomes a clue, or joins
/// the open clue of its household as further evidence; whoever cannot be found in the register waits in the
/// queue of the unmatched (state new) of the place that was said, or of the county.
#pragma once

#include "casework/clue_file.h"
#include "packs/store.h"

namespace ballast::casework {

/// Where one source's words come from, and who may enter it (domain specification 2.2).
struct SourceRow {
    Source source;
    std::vector<std::string_view> channels;
    std::optional<auth::Right> who;  // absent: the system alone
};
std::span<const SourceRow> sources();

/// How long a clue may wait; packs/casework.
struct ClueTerms {
    int verify_days = 0;
    std::string authority;
    bool assumed = false;
};
/// Errors: those of packs; invalid "casework.bad_parameter" {name}.
Result<ClueTerms> clue_terms(const packs::Store& packs, AreaCode area, Date on);

struct Report {
    AreaCode county;  // of this installation
    Source source = Source::grassroots_check;
    std::string channel;
    std::optional<registry::HouseholdId> household;  // chosen from the register
    std::optional<AreaCode> village;  // where it is, as far as it is said; any level below the county
    std::string risks;                // "01 07"
    Told told;
    std::string key;      // the sender's, to know a second sending by
    std::string receipt;  // of a public report
};
struct Received {
    ClueId clue;
    std::string number;
    SignalId signal;
    bool joined = false;    // the household had an open clue
    bool overlaps = false;  // and that clue was about one of these risks
    bool repeated = false;  // it was received before
    Match matched;
};
/// Errors: forbidden "auth.not_allowed", "clues.source_not_yours" {source}; invalid "clues.source_by_system",
/// "clues.no_such_channel", "clues.no_such_teller", "clues.text_missing", "clues.text_too_long" {most},
/// "clues.field_too_long" {field}, "clues.birth_in_future", "clues.birth_differs", "clues.whom_missing", "clues.outside_county"; not_found
/// "clues.no_such_village", "registry.no_household"; those of risks_of, CitizenId and Phone.
Result<Received> receive(db::Tx& tx, const ClueDesk& desk, const ClueTerms& terms, const Report& report);

/// A warning of the screening, told in the transaction that stores it.
struct WarningTold {
    std::int64_t warning = 0;
    registry::HouseholdId household;
    AreaCode village;
    std::string risk;  // "01"
    Date visit_by;
    bool news = true;  // raised now, or more urgent than before; false: only make sure that somebody has it
};
struct Taken {
    std::int64_t opened = 0;  // new clues
    std::int64_t joined = 0;  // further evidence of an open one
};
/// A clue for each household, dispatched to its village; a further warning joins the open clue and may make
/// it due earlier. A warning that led to a clue before leads to another only as news, when that clue is
/// closed.
Result<Taken> take_warnings(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            std::span<const WarningTold> warnings, Date today, Instant now);

/// What a department said has been replaced or taken back, so that the warning was raised in error: the open
/// clues that it was told in say so. They stay as they are, for a person to close.
Result<void> tell_withdrawn(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                            std::int64_t warning, Instant now);

}  // namespace ballast::casework
