#include "employment/training.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "employment/codes.h"

namespace ballast::employment {
namespace {

#define BALLAST_CLASS_COLUMNS                                                                      \
    "c.id, c.area_code, c.trade, c.title, c.organiser, c.venue, c.hours, c.begins_on, c.ends_on, " \
    "c.capacity, "                                                                                 \
    "c.funds_fen, c.attended, c.passed, c.paid "
#define BALLAST_CLASSES                                                                                      \
    "FROM (SELECT k.*, (SELECT COUNT(*) FROM employment_attendance a WHERE a.class_id = k.id) AS attended, " \
    "(SELECT "                                                                                               \
    "COUNT(*) FROM employment_attendance a WHERE a.class_id = k.id AND a.passed = 1) AS passed, (SELECT "    \
    "CAST(COALESCE(SUM(a.subsidy_fen), 0) AS BIGINT) FROM employment_attendance a WHERE a.class_id = k.id) " \
    "AS paid "                                                                                               \
    "FROM employment_class k) c "

TrainingClass read(const db::Row& row) {
    TrainingClass out;
    out.id = row.id<ClassId>(0);
    out.area = row.area(1);
    out.trade = row.text(2);
    out.title = row.text(3);
    out.organiser = row.text(4);
    out.venue = row.text(5);
    out.hours = row.integer(6);
    out.begins_on = row.date(7);
    out.ends_on = row.date(8);
    out.capacity = row.integer(9);
    out.funds = row.money(10);
    out.attended = row.integer(11);
    out.passed = row.integer(12);
    out.paid = row.money(13);
    return out;
}

Attendance read_attendance(const db::Row& row, int first) {
    return {row.id<ClassId>(first), row.id<PersonId>(first + 1),      row.integer(first + 2),
            row.truth(first + 3),   std::string(row.text(first + 4)), row.money(first + 5)};
}

Result<void> check_person(const Desk& desk, const TrainingClass& in, const Worker& who) {
    if (!who.active && !(who.left_on && *who.left_on >= in.begins_on))
        return invalid("employment.not_a_member");
    const auto age = who.age(in.begins_on);
    if (!age) return invalid("employment.birth_missing");
    if (*age < desk.terms.labour_age_from)
        return invalid("employment.too_young").with("age", std::to_string(desk.terms.labour_age_from));
    return {};
}

/// Nobody learns in two places on one day.
Result<void> check_other_classes(db::Tx& tx, const TrainingClass& in, PersonId person) {
    const auto other = TRY(
        tx.first("SELECT " BALLAST_CLASS_COLUMNS BALLAST_CLASSES
                 "JOIN employment_attendance a ON a.class_id = c.id WHERE a.person_id = ? AND c.id <> ? AND "
                 "c.begins_on <= ? AND c.ends_on >= ?",
                 {person, in.id, in.ends_on, in.begins_on}, read));
    if (!other) return {};
    return conflict("employment.same_days")
        .with("title", other->title)
        .with("from", other->begins_on.iso())
        .with("to", other->ends_on.iso());
}

Result<void> check_subsidy(db::Tx& tx, const Desk& desk, const TrainingClass& in, const Attendance& wanted,
                           Money before) {
    if (wanted.subsidy < Money()) return invalid("employment.negative");
    if (wanted.subsidy == Money()) return {};
    if (!wanted.passed) return invalid("employment.subsidy_not_passed");
    const int months = static_cast<int>(desk.terms.subsidy_months);
    const auto earlier = TRY(tx.first(
        "SELECT c.ends_on FROM employment_attendance a JOIN employment_class c ON c.id = a.class_id WHERE "
        "a.person_id = ? AND "
        "c.id <> ? AND c.trade = ? AND a.subsidy_fen > 0 AND c.ends_on > ? AND c.ends_on < ? ORDER BY "
        "c.ends_on DESC",
        {wanted.person, in.id, in.trade, in.ends_on.plus_months(-months), in.ends_on.plus_months(months)},
        [](const db::Row& row) { return row.date(0); }));
    if (earlier)
        return conflict("employment.subsidy_twice")
            .with("on", earlier->iso())
            .with("months", std::to_string(months));
    const Money left = in.funds - in.paid + before;
    if (wanted.subsidy > left) return conflict("employment.funds_spent").with("left", left.formatted());
    return {};
}

}  // namespace

Result<ClassId> add_class(db::Tx& tx, const Desk& desk, TrainingClass wanted) {
    TRY(auth::require(desk.actor, may_write));
    if (const auto before = TRY(sent_before<ClassId>(tx, desk, "employment_class", wanted.key)))
        return *before;
    TRY(require_area(desk, desk.actor.scope(may_write), wanted.area));
    TRY(check_code(codes::trade, wanted.trade));
    wanted.title = TRY(text_of(wanted.title, "title", 2, 60));
    wanted.organiser = TRY(text_of(wanted.organiser, "organiser", 2, 60));
    wanted.venue = TRY(text_of(wanted.venue, "venue", 2, 60));
    if (wanted.hours < 1 || wanted.hours > 2000) return invalid("employment.hours_missing");
    if (wanted.capacity < 1 || wanted.capacity > 1000) return invalid("employment.capacity_missing");
    if (wanted.ends_on < wanted.begins_on) return invalid("employment.ends_before");
    if (wanted.funds < Money()) return invalid("employment.negative");
    const ClassId id(TRY(tx.number(
        "INSERT INTO employment_class (area_code, trade, title, organiser, venue, hours, begins_on, ends_on, "
        "capacity, "
        "funds_fen, at, account, sender_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {wanted.area, wanted.trade, wanted.title, wanted.organiser, wanted.venue, wanted.hours,
         wanted.begins_on, wanted.ends_on, wanted.capacity, wanted.funds, desk.now.ms, desk.actor.account,
         key_value(wanted.key)})));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"employment.class", object("class", id), wanted.area, "",
                       fmt::format(R"({{"trade":"{}","hours":{}}})", wanted.trade, wanted.hours)},
                      desk.now));
    return id;
}

Result<TrainingClass> training_class(db::Tx& tx, const Desk& desk, ClassId id) {
    const auto found = TRY(tx.first("SELECT " BALLAST_CLASS_COLUMNS BALLAST_CLASSES "WHERE c.id = ? AND " +
                                        concerns(desk.actor.scope(may_read), "c.area_code"),
                                    {id}, read));
    if (!found) return not_found("employment.no_class");
    return *found;
}

Result<void> attend(db::Tx& tx, const Desk& desk, const Attendance& wanted) {
    TRY(auth::require(desk.actor, may_write));
    const auto who = TRY(held_worker(tx, desk, desk.actor.scope(may_write), wanted.person));
    // Whoever enters somebody holds the class: its last place and its money go to one.
    TRY(tx.exec("UPDATE employment_class SET capacity = capacity WHERE id = ?", wanted.of));
    const auto in = TRY(training_class(tx, desk, wanted.of));
    if (in.begins_on > desk.today) return invalid("employment.class_not_begun");
    const auto most = in.ends_on - in.begins_on + 1;
    if (wanted.days < 1 || wanted.days > most)
        return invalid("employment.days_outside").with("most", std::to_string(most));
    TRY(check_person(desk, in, who));
    const auto certificate = TRY(text_of(wanted.certificate, "certificate", 0, 40));
    const auto before = TRY(tx.first(
        "SELECT class_id, person_id, days, passed, certificate, subsidy_fen FROM employment_attendance WHERE "
        "class_id = ? AND person_id = ?",
        {in.id, who.person}, [](const db::Row& row) { return read_attendance(row, 0); }));
    if (!before && in.attended >= in.capacity)
        return conflict("employment.class_full").with("capacity", std::to_string(in.capacity));
    TRY(check_other_classes(tx, in, who.person));
    TRY(check_subsidy(tx, desk, in, wanted, before ? before->subsidy : Money()));
    TRY(
        tx.exec("INSERT INTO employment_attendance (class_id, person_id, days, passed, certificate, "
                "subsidy_fen, at, account) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (class_id, person_id) DO UPDATE SET days = "
                "excluded.days, passed = "
                "excluded.passed, certificate = excluded.certificate, subsidy_fen = excluded.subsidy_fen, at "
                "= excluded.at, "
                "account = excluded.account",
                in.id, who.person, wanted.days, wanted.passed, certificate, wanted.subsidy, desk.now.ms,
                desk.actor.account));
    return audit::record(tx, desk.vault, desk.actor,
                         {"employment.attendance", object("class", in.id), who.village, "",
                          fmt::format(R"({{"person":{},"days":{},"passed":{},"fen":{}}})",
                                      who.person.number(), wanted.days, wanted.passed, wanted.subsidy.fen())},
                         desk.now);
}

Result<std::vector<TrainingClass>> classes(db::Tx& tx, const Desk& desk, const ClassQuery& query,
                                           std::int64_t* total) {
    std::string where = "WHERE " + concerns(desk.actor.scope(may_read), "c.area_code");
    std::vector<db::Value> values;
    if (query.area) where += " AND " + concerns(auth::Scope({*query.area}), "c.area_code");
    if (!query.trade.empty()) {
        where += " AND c.trade = ?";
        values.emplace_back(query.trade);
    }
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) " BALLAST_CLASSES + where, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<TrainingClass> out;
    TRY(tx.each_row("SELECT " BALLAST_CLASS_COLUMNS BALLAST_CLASSES + where +
                        " ORDER BY c.begins_on DESC, c.id DESC LIMIT ? OFFSET ?",
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(read(row));
                        return {};
                    }));
    return out;
}

Result<std::vector<Attendee>> attendees(db::Tx& tx, const Desk& desk, ClassId id) {
    return tx.all(
        "SELECT r.id, r.household_id, r.village_code, r.name, r.birth, a.class_id, a.person_id, a.days, a.passed, "
        "a.certificate, a.subsidy_fen FROM employment_attendance a JOIN registry_v_person r ON r.id = a.person_id WHERE "
        "a.class_id = ? AND " +
            desk.actor.scope(may_read).sql("r.village_code") + " ORDER BY r.name, r.id",
        {id}, [](const db::Row& row) {
            Worker who;
            who.person = row.id<PersonId>(0);
            who.household = row.id<HouseholdId>(1);
            who.village = row.area(2);
            who.name = row.text(3);
            who.birth = row.maybe_date(4);
            return Attendee{who, read_attendance(row, 5)};
        });
}

Result<std::vector<Attended>> training_of(db::Tx& tx, PersonId person) {
    return tx.all("SELECT " BALLAST_CLASS_COLUMNS
                  ", a.class_id, a.person_id, a.days, a.passed, a.certificate, a.subsidy_fen " BALLAST_CLASSES
                  "JOIN employment_attendance a ON a.class_id = c.id WHERE a.person_id = ? ORDER BY "
                  "c.begins_on DESC, c.id DESC",
                  {person}, [](const db::Row& row) {
                      return Attended{read(row), read_attendance(row, 14)};
                  });
}

}  // namespace ballast::employment
