/// Notices as the village and the public see them: without an account, and without anything that the law
/// keeps back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/case_file.h"

namespace ballast::casework {

struct NoticeTag;
using NoticeId = Id<NoticeTag>;

struct Notice {
    NoticeId id;
    CaseId risk_case;
    AreaCode village;
    Date posted_on;
    Deadline publicity;  // one may object until its last day
    std::string text;
    std::optional<Date> over_on;
    std::string over_by;  // taken_down | restarted | decided
};

/// Those that hang in an area; with `over` those of the past too. Latest first. For everybody: says nothing
/// that does not hang in the village.
struct NoticeQuery {
    AreaCode area;
    bool over = false;
    std::int64_t offset = 0, limit = 20;
};
Result<std::vector<Notice>> notices(db::Tx& tx, const NoticeQuery& query, std::int64_t* total);

/// How often from one address. [assumed: a village may share one]
inline constexpr std::int64_t objections_per_notice_a_day = 5;
inline constexpr std::int64_t objections_per_address_a_day = 30;

/// Somebody of the village objects, with or without a name. Errors: unavailable
/// "casework.objecting_too_often" {seconds}; not_found "casework.no_such_notice";
/// conflict "casework.notice_over", "casework.objection_too_late" {date}, "casework.too_many_objections";
/// invalid "casework.objection_empty".
Result<void> object_to(db::Database& database, const crypto::Vault& vault, const Rulebook& rules, NoticeId id,
                       const Objection& objection, const std::string& key, std::string_view address,
                       Instant now);

}  // namespace ballast::casework
