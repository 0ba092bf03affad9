#include "casework/notices.h"

#include <algorithm>

#include "casework/case_store.h"
#include "casework/facts_json.h"
#include "casework/throttle.h"

namespace ballast::casework {

namespace {

constexpr std::int64_t most_objections = 20;  // to one notice

constexpr std::string_view columns =
    "id, case_id, village_code, posted_on, last_day, assumed, text, over_on, over_by";

Notice read(const db::Row& row) {
    return {row.id<NoticeId>(0), row.id<CaseId>(1),           row.area(2),
            row.date(3),         {row.date(4), row.truth(5)}, std::string(row.text(6)),
            row.maybe_date(7),   std::string(row.text(8))};
}

}  // namespace

Result<std::vector<Notice>> notices(db::Tx& tx, const NoticeQuery& query, std::int64_t* total) {
    const std::string where =
        auth::Scope({query.area}).sql("village_code") + (query.over ? "" : " AND over_on IS NULL");
    if (total) *total = TRY(tx.number("SELECT COUNT(*) FROM casework_notice WHERE " + where));
    return tx.all("SELECT " + std::string(columns) + " FROM casework_notice WHERE " + where +
                      " ORDER BY posted_on DESC, id DESC LIMIT ? OFFSET ?",
                  {query.limit, query.offset}, read);
}

Result<void> object_to(db::Database& database, const crypto::Vault& vault, const Rulebook& rules, NoticeId id,
                       const Objection& objection, const std::string& key, std::string_view address,
                       Instant now) {
    struct Found {
        Notice notice;
        std::int64_t version;
    };
    const auto found = TRY(database.read([&](db::Tx& tx) -> Result<Found> {
        const auto notice = TRY(
            tx.first("SELECT " + std::string(columns) + " FROM casework_notice WHERE id = ?", {id}, read));
        if (!notice) return not_found("casework.no_such_notice");
        if (notice->over_on) return conflict("casework.notice_over");
        const RiskCase held = TRY(store::load(tx, vault, auth::Scope({notice->village}), notice->risk_case));
        const auto objections = std::ranges::count(held.steps, Action::object, &Step::action);
        if (objections >= most_objections) return conflict("casework.too_many_objections");
        return Found{*notice, held.version};
    }));
    TRY(database.write([&](db::Tx& tx) {
        const std::string one = std::to_string(id.number()) + "|" + std::string(address);
        return throttle::admit(
            tx,
            {"object", throttle::hashed(vault, "notice", one), throttle::hashed(vault, "address", address),
             objections_per_notice_a_day, objections_per_address_a_day, throttle::day_ms,
             "casework.objecting_too_often"},
            now);
    }));
    TRY(take_public_step(database, vault, somebody(), auth::Scope({found.notice.village}), rules,
                         found.notice.risk_case,
                         {Action::object, to_json(objection, Show::whole), found.version, key}, now));
    return {};
}

}  // namespace ballast::casework
