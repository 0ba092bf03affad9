#include "casework/withdrawal.h"

#include "casework/case_store.h"
#include "casework/clue_public.h"
#include "casework/facts_json.h"

namespace ballast::casework {

Result<void> withdraw_publicly(db::Database& database, const crypto::Vault& vault, const Rulebook& rules,
                               std::string_view receipt, std::string_view phone, const std::string& reason,
                               const std::string& key, std::string_view address, Instant now) {
    const auto reported = TRY(by_receipt(database, vault, receipt, phone, address, now));
    // A neighbour may report, but not speak for the household; nor may who only says to be of it.
    if (reported.signal.told.teller != "self" || !reported.known)
        return forbidden("clues.only_the_household");
    if (!reported.clue.risk_case) return conflict("casework.consent_missing");
    const auto id = *reported.clue.risk_case;
    const auth::Scope village({reported.clue.area});
    const auto held = TRY(database.read([&](db::Tx& tx) { return store::load(tx, vault, village, id); }));
    if (!held.consent) return conflict("casework.consent_missing");
    if (held.consent_withdrawn) return conflict("casework.consent_withdrawn");
    TRY(take_public_step(
        database, vault, somebody(), village, rules, id,
        {Action::withdraw_consent, to_json(Reasoned{"", reason, false, {}}, Show::whole), held.version, key},
        now));
    return {};
}

}  // namespace ballast::casework
