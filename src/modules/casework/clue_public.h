/// Reporting without an account, for a household or a neighbour, and following a report by its receipt number
/// and the phone number that was left (domain specification 2.2, source A). What comes in is taken up as a
/// clue like any other; its reporter is told nothing of what the register knows. Who somebody says to be is
/// only said: to speak for a household, or to be told more than a neighbour is, takes a phone that the
/// register has for one of its members.
///
/// Both are throttled, by phone and by the caller's address (kept as keyed hashes, for a day). The limits are
/// assumed: nobody has decided any.
#pragma once

#include "casework/clue_receive.h"

namespace ballast::casework {

inline constexpr std::int64_t follow_window_ms = 15 * 60 * 1000LL;
inline constexpr std::int64_t reports_per_phone_a_day = 3;
inline constexpr std::int64_t reports_per_address_a_day = 30;  // a village may share one address
inline constexpr std::int64_t failures_per_receipt = 5;        // within the window
inline constexpr std::int64_t failures_per_address = 20;

struct PublicReport {
    AreaCode county;
    AreaCode village;  // twelve digits
    Told told;  // teller "self", "kin" or "neighbour", with name and phone; about oneself the name is the
                // teller's
    std::string risks;  // "" when it is not said: other
    std::string key;
};
struct Receipt {
    std::string number;  // ten digits, not to be guessed: "4821093756"
    Date due_on;         // somebody comes, or calls, by then
    bool repeated = false;
};
/// Under the same `key` from the same phone the same receipt.
///
/// Errors: invalid "clues.teller_name_missing", "clues.teller_phone_missing", "clues.village_needed", those
/// of `receive`; not_found "clues.village_not_here"; unavailable "clues.too_many_reports" {seconds}.
Result<Receipt> report_publicly(db::Tx& tx, const crypto::Vault& vault, const areas::Division& division,
                                const ClueTerms& terms, PublicReport report, std::string_view address,
                                Date today, Instant now);

/// What was reported under that receipt, for who knows the phone that was left. Takes the Database, because a
/// look that fails counts. Inside casework only. Errors as `follow`.
struct Reported {
    Clue clue;
    Signal signal;
    bool known = false;  // the register has that phone for a member of the household
};
Result<Reported> by_receipt(db::Database& database, const crypto::Vault& vault, std::string_view receipt,
                            std::string_view phone, std::string_view address, Instant now);

/// How far a report is. Takes the Database, because a look that fails counts.
struct Progress {
    Date reported_on;
    ClueState state = ClueState::fresh;
    std::string closed_reason;  // told to whom the register knows, not to a neighbour
    Date entered_on;            // the day it came into that state
    bool decided = false;       // its case is over; how it ended is told in writing, to the household alone
    Date due_on;
    bool to_case =
        false;  // a case of it is under way: told to the household itself, which may withdraw there
};
/// Errors: not_found "clues.no_such_receipt" (also when the phone is another one); unavailable
/// "clues.too_many_looks" {seconds}; invalid "phone.malformed".
Result<Progress> follow(db::Database& database, const crypto::Vault& vault, std::string_view receipt,
                        std::string_view phone, std::string_view address, Instant now);

}  // namespace ballast::casework
