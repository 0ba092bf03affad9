#include "feeds/follow.h"

namespace ballast::feeds {

Result<void> follow(db::Tx& tx, std::span<const registry::Succession> successions) {
    for (const auto& one : successions) {
        // By the household that is left, for which there is an index.
        TRY(
            tx.exec("UPDATE feeds_row SET person_id = ?, household_id = ?, village_code = ?"
                    " WHERE household_id = ? AND person_id = ?",
                    one.now, one.household, one.village, one.left, one.before));
        TRY(tx.exec("UPDATE feeds_candidate SET person_id = ?, household_id = ? WHERE person_id = ?", one.now,
                    one.household, one.before));
    }
    return {};
}

}  // namespace ballast::feeds
