/// What the routes of the editorial office share.
#pragma once

#include "api/bulletin_json.h"

namespace ballast::api {

inline bulletin::Desk desk_of(const Call& call) {
    return {call.vault(), call.division(), call.actor(), call.today(), call.now()};
}

/// A day, null for none, or nothing when the field is not there.
Result<std::optional<std::optional<Date>>> day_field(const Json& asked, const char* name);

/// The article with all that is known of it today.
Result<Json> whole_article(Call& call, db::Tx& tx, bulletin::ArticleId id);

}  // namespace ballast::api
