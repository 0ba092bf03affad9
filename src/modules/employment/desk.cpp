#include "employment/desk.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "base/text.h"

namespace ballast::employment {

std::optional<int> Worker::age(Date on) const {
    if (!birth) return std::nullopt;
    return age_on(*birth, on);
}

Result<Worker> worker(db::Tx& tx, const auth::Scope& scope, PersonId person) {
    const auto found =
        TRY(tx.first("SELECT id, household_id, village_code, name, birth, labour, member_status, left_on "
                     "FROM registry_v_person WHERE "
                     "id = ? AND " +
                         scope.sql("village_code"),
                     {person}, [](const db::Row& row) {
                         return Worker{row.id<PersonId>(0),
                                       row.id<HouseholdId>(1),
                                       row.area(2),
                                       std::string(row.text(3)),
                                       row.maybe_date(4),
                                       row.maybe_text(5).value_or(""),
                                       row.maybe_text(6).value_or("") == "1",
                                       row.maybe_date(7)};
                     }));
    if (!found) return not_found("employment.no_person");
    return *found;
}

Result<Worker> held_worker(db::Tx& tx, const Desk& desk, const auth::Scope& scope, PersonId person) {
    const auto before = TRY(worker(tx, scope, person));
    TRY(
        tx.exec("INSERT INTO employment_lock (household_id, at) VALUES (?, ?) ON CONFLICT (household_id) DO "
                "UPDATE SET at = excluded.at",
                before.household, desk.now.ms));
    auto now = TRY(worker(tx, scope, person));
    if (now.household != before.household) return conflict("employment.changed_meanwhile");
    return now;
}

db::Blob seal_code(const Desk& desk, std::string_view context, std::string_view code) {
    return desk.vault.seal(context, fmt::format("{:<16}", code));
}

Result<std::string> open_code(const Desk& desk, std::string_view context,
                              std::span<const std::uint8_t> sealed) {
    const auto padded = TRY(desk.vault.open(context, sealed));
    return std::string(text::trimmed(padded));
}

Result<auth::Scope> unmask_scope(const Desk& desk) {
    TRY(auth::require(desk.actor, auth::Right::registry_unmask));
    return desk.actor.scope(may_read).intersect(desk.actor.scope(auth::Right::registry_unmask));
}

Result<void> note_reveal(db::Tx& tx, const Desk& desk, const Worker& who, std::string what,
                         std::string_view field, std::string_view purpose) {
    const auto why = text::trimmed(purpose);
    if (text::length(why) < 2) return invalid("employment.purpose_missing");
    return audit::record(tx, desk.vault, desk.actor,
                         {"employment.reveal", std::move(what), who.village, std::string(why),
                          fmt::format(R"({{"field":"{}"}})", field)},
                         desk.now);
}

std::string concerns(const auth::Scope& scope, std::string_view column) {
    std::string above;
    for (const auto area : scope.areas())
        for (AreaCode up = area; up.level() != AreaLevel::nation;) {
            up = up.parent();
            above += (above.empty() ? "" : ",") + std::to_string(up.number());
        }
    const auto inside = scope.sql(column);
    return above.empty() ? inside : "(" + inside + " OR " + std::string(column) + " IN (" + above + "))";
}

Result<void> require_area(const Desk& desk, const auth::Scope& scope, AreaCode area) {
    if (!scope.contains(area) || !desk.division.exists(area))
        return not_found("areas.unknown").with("code", area.digits());
    return {};
}

Result<std::string> text_of(std::string_view typed, std::string_view field, std::size_t least,
                            std::size_t most) {
    const auto out = text::trimmed(typed);
    const auto length = text::length(out);
    if (least <= length && length <= most) return std::string(out);
    // A sentence for each field, so that it is called by its name in either language.
    std::string id = "employment.text.";
    id += field;
    return Error{ErrorKind::invalid, std::move(id), {}, {}}
        .with("least", std::to_string(least))
        .with("most", std::to_string(most));
}

db::Value key_value(const std::string& key) { return key.empty() ? db::Value(db::Null{}) : db::Value(key); }

}  // namespace ballast::employment
