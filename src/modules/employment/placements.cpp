#include "employment/placements.h"

#include <fmt/format.h>

#include "audit/audit.h"

namespace ballast::employment {
namespace {

#define BALLAST_PLACEMENT_COLUMNS                                                               \
    "SELECT w.id, w.post_id, w.person_id, w.full_time, w.started_on, w.agreed_to, w.ended_on, " \
    "w.end_group, w.contract, "                                                                 \
    "w.insured, w.destination, w.organiser, w.transport_fen, w.version "
#define BALLAST_PLACEMENTS "FROM employment_placement w JOIN registry_v_person r ON r.id = w.person_id WHERE "

Placement read(const db::Row& row) {
    Placement out;
    out.id = row.id<PlacementId>(0);
    out.post = row.id<PostId>(1);
    out.person = row.id<PersonId>(2);
    out.full_time = row.truth(3);
    out.started_on = row.date(4);
    out.agreed_to = row.maybe_date(5);
    out.ended_on = row.maybe_date(6);
    out.end_group = row.text(7);
    out.contract = row.truth(8);
    out.insured = row.truth(9);
    out.destination = row.text(10);
    out.organiser = row.text(11);
    out.transport = row.money(12);
    out.version = row.integer(13);
    return out;
}

constexpr std::string_view reason_context = "employment_placement.end_reason";

Result<std::vector<Placement>> held_by(db::Tx& tx, PersonId person) {
    return tx.all(BALLAST_PLACEMENT_COLUMNS BALLAST_PLACEMENTS "w.person_id = ? ORDER BY w.started_on DESC",
                  {person}, read);
}

bool overlap(const Placement& a, const Placement& b) {
    return (!a.ended_on || *a.ended_on >= b.started_on) && (!b.ended_on || *b.ended_on >= a.started_on);
}

Result<void> check_days(const Desk& desk, const Placement& wanted, const Post& post) {
    if (wanted.started_on > desk.today.plus_months(1)) return invalid("employment.starts_late");
    if (wanted.agreed_to && *wanted.agreed_to < wanted.started_on) return invalid("employment.ends_before");
    if (post.welfare() && !wanted.agreed_to) return invalid("employment.end_missing");
    if (post.to_day && wanted.agreed_to && *wanted.agreed_to > *post.to_day)
        return invalid("employment.ends_before");
    return {};
}

Result<void> check_transfer(db::Tx& tx, const Desk& desk, Placement& wanted, const Post& post,
                            const Worker& who) {
    if (!wanted.transferred()) {
        wanted.organiser.clear();
        wanted.transport = Money();
        return {};
    }
    if (distance(who.village, post.vacancy()) < Reach::county) return invalid("employment.not_a_transfer");
    wanted.destination = TRY(text_of(wanted.destination, "destination", 2, 60));
    wanted.organiser = TRY(text_of(wanted.organiser, "organiser", 2, 60));
    if (wanted.transport < Money()) return invalid("employment.negative");
    if (wanted.transport == Money()) return {};
    const int months = static_cast<int>(desk.terms.transport_months);
    const auto earlier = TRY(tx.first(
        "SELECT started_on FROM employment_placement WHERE person_id = ? AND transport_fen > 0 AND "
        "started_on > ? AND "
        "started_on < ? ORDER BY started_on DESC",
        {wanted.person, wanted.started_on.plus_months(-months), wanted.started_on.plus_months(months)},
        [](const db::Row& row) { return row.date(0); }));
    if (earlier)
        return conflict("employment.transport_twice")
            .with("on", earlier->iso())
            .with("months", std::to_string(months));
    return {};
}

Result<HolderFacts> holder_facts(db::Tx& tx, const Desk& desk, const Worker& who, const Post& post,
                                 const Declared& declared, bool works) {
    HolderFacts out;
    out.local = post.area.contains(who.village);
    out.age = who.age(desk.today);
    out.able = who.able();
    out.works_elsewhere = works;
    out.cadre_or_family = declared.cadre_or_family;
    out.held_by_household = TRY(
        tx.number("SELECT COUNT(*) FROM employment_placement w JOIN employment_post q ON q.id = w.post_id "
                  "JOIN registry_v_person r ON "
                  "r.id = w.person_id WHERE r.household_id = ? AND q.kind = 'public' AND w.ended_on IS NULL",
                  {who.household}));
    return out;
}

Result<void> check_person(const Desk& desk, const Worker& who) {
    if (!who.active) return invalid("employment.not_a_member");
    const auto age = who.age(desk.today);
    if (!age) return invalid("employment.birth_missing");
    if (*age < desk.terms.labour_age_from)
        return invalid("employment.too_young").with("age", std::to_string(desk.terms.labour_age_from));
    return {};
}

Result<void> check_welfare(db::Tx& tx, const Desk& desk, const Worker& who, const Post& post,
                           const Declared& declared, bool works) {
    if (!post.welfare()) return {};
    const auto against = not_eligible(TRY(holder_facts(tx, desk, who, post, declared, works)), desk.terms);
    if (against.empty()) return {};
    std::string why;
    for (const auto& one : against) {
        if (!why.empty()) why += ' ';
        why += one;
    }
    std::string id = "employment.eligibility.";
    id += against.front();
    return Error{ErrorKind::conflict, std::move(id), {}, {}}.with("all", why);
}

Result<PlacementId> store(db::Tx& tx, const Desk& desk, const Placement& one) {
    return PlacementId(
        TRY(tx.number("INSERT INTO employment_placement (post_id, person_id, full_time, started_on, "
                      "agreed_to, end_group, contract, "
                      "insured, destination, organiser, transport_fen, version, at, account, sender_key) "
                      "VALUES (?, ?, ?, ?, ?, '', ?, ?, "
                      "?, ?, ?, 1, ?, ?, ?) RETURNING id",
                      {one.post, one.person, one.full_time, one.started_on, one.agreed_to, one.contract,
                       one.insured, one.destination, one.organiser, one.transport, desk.now.ms,
                       desk.actor.account, key_value(one.key)})));
}

}  // namespace

Result<Placed> place(db::Tx& tx, const Desk& desk, Placement wanted, const Declared& declared) {
    TRY(auth::require(desk.actor, may_write));
    const auto who = TRY(held_worker(tx, desk, desk.actor.scope(may_write), wanted.person));
    if (const auto before = TRY(sent_before<PlacementId>(tx, desk, "employment_placement", wanted.key)))
        return Placed{*before, {}};
    // Whoever places somebody holds the post: two who send somebody to its last opening come one after the
    // other.
    TRY(tx.exec("UPDATE employment_post SET version = version WHERE id = ?", wanted.post));
    const auto post = TRY(employment::post(tx, desk, wanted.post));
    TRY(check_person(desk, who));
    TRY(check_days(desk, wanted, post));
    if (!post.open(desk.today)) return conflict("employment.post_closed");
    bool works = false;
    for (const auto& held : TRY(held_by(tx, wanted.person))) {
        if (!overlap(held, wanted)) continue;
        if (held.post == wanted.post) return conflict("employment.works_there");
        works = works || (held.full_time && wanted.full_time);
    }
    if (post.taken >= post.openings) return conflict("employment.post_full");
    TRY(check_transfer(tx, desk, wanted, post, who));
    TRY(check_welfare(tx, desk, who, post, declared, works));
    const auto id = TRY(store(tx, desk, wanted));
    TRY(audit::record(tx, desk.vault, desk.actor,
                      {"employment.placement", object("placement", id), who.village, "",
                       fmt::format(R"({{"person":{},"post":{},"from":"{}"}})", wanted.person.number(),
                                   wanted.post.number(), wanted.started_on.iso())},
                      desk.now));
    Placed out{id, {}};
    if (works) out.warnings.emplace_back("two_full_time");
    if (!wanted.contract && post.kind == "enterprise") out.warnings.emplace_back("no_contract");
    return out;
}

Result<PlacementLine> placement(db::Tx& tx, const Desk& desk, PlacementId id) {
    const auto found = TRY(tx.first(BALLAST_PLACEMENT_COLUMNS BALLAST_PLACEMENTS "w.id = ? AND " +
                                        desk.actor.scope(may_read).sql("r.village_code"),
                                    {id}, read));
    if (!found) return not_found("employment.no_placement");
    PlacementLine out{*found,
                      TRY(employment::post(tx, desk, found->post)),
                      TRY(worker(tx, desk.actor.scope(may_read), found->person)),
                      {}};
    out.pay = TRY(tx.all(
        "SELECT month, fen, days FROM employment_pay WHERE placement_id = ? ORDER BY month DESC", {id},
        [](const db::Row& row) {
            return Pay{*Date::parse(std::string(row.text(0)) + "-01"), row.money(1), row.maybe_integer(2)};
        }));
    return out;
}

namespace {

Result<PlacementLine> to_change(db::Tx& tx, const Desk& desk, PlacementId id) {
    TRY(auth::require(desk.actor, may_write));
    // Pay and the end of one placement come one after the other.
    TRY(tx.exec("UPDATE employment_placement SET version = version WHERE id = ?", id));
    auto out = TRY(placement(tx, desk, id));
    if (!desk.actor.scope(may_write).contains(out.who.village)) return not_found("employment.no_placement");
    return out;
}

Result<void> check_month(const Desk& desk, const PlacementLine& line, Date month) {
    const auto& one = line.placement;
    if (month > desk.today) return invalid("employment.month_in_future");
    if (month < one.started_on.first_of_month() || (one.ended_on && month > *one.ended_on))
        return invalid("employment.month_outside");
    if (line.who.left_on && month > line.who.left_on->first_of_month())
        return conflict("employment.holder_gone").with("on", line.who.left_on->iso());
    return {};
}

/// 按月考勤: a public-welfare post pays its wage for attendance, and nothing without.
Result<void> check_attendance(const PlacementLine& line, const Pay& what) {
    if (what.days && (*what.days < 0 || *what.days > what.month.last_of_month().day()))
        return invalid("employment.days_outside")
            .with("most", std::to_string(what.month.last_of_month().day()));
    if (!line.post.welfare()) return {};
    if (!what.days) return invalid("employment.days_missing");
    if ((*what.days > 0) != (what.amount > Money())) return invalid("employment.paid_absent");
    if (what.amount > line.post.wage)
        return invalid("employment.pay_over_wage").with("most", line.post.wage.formatted());
    // Pay stops in the month itself in which a holder dies or leaves the village.
    const auto gone = line.placement.gone() ? line.placement.ended_on : line.who.left_on;
    if (gone && what.month >= gone->first_of_month() && what.amount > Money())
        return conflict("employment.holder_gone").with("on", gone->iso());
    return {};
}

/// Nothing may be paid for the time after the end.
Result<void> check_paid(const PlacementLine& line, const End& end) {
    const bool gone = group_of_end(end.reason).starts_with("gone");
    const auto unpaid_from = line.post.welfare() && gone ? end.on.first_of_month() : end.on.plus_days(1);
    for (const auto& one : line.pay)
        if (one.month >= unpaid_from && one.amount > Money())
            return conflict("employment.paid_after").with("month", one.month.iso().substr(0, 7));
    return {};
}

}  // namespace

std::string_view group_of_end(std::string_view reason) {
    return reason == "death" ? "gone_death" : reason == "moved" ? "gone_moved" : "over";
}

Result<void> pay(db::Tx& tx, const Desk& desk, PlacementId id, const Pay& what) {
    const auto line = TRY(to_change(tx, desk, id));
    TRY(check_month(desk, line, what.month));
    if (what.amount < Money()) return invalid("employment.negative");
    TRY(check_attendance(line, what));
    const auto month = what.month.iso().substr(0, 7);
    TRY(
        tx.exec("INSERT INTO employment_pay (placement_id, month, fen, days, at, account) VALUES (?, ?, ?, "
                "?, ?, ?) ON CONFLICT "
                "(placement_id, month) DO UPDATE SET fen = excluded.fen, days = excluded.days, at = "
                "excluded.at, account = "
                "excluded.account",
                id, month, what.amount, what.days, desk.now.ms, desk.actor.account));
    return audit::record(tx, desk.vault, desk.actor,
                         {"employment.pay", object("placement", id), line.who.village, "",
                          fmt::format(R"({{"month":"{}","fen":{}}})", month, what.amount.fen())},
                         desk.now);
}

Result<void> end_placement(db::Tx& tx, const Desk& desk, PlacementId id, const End& end) {
    const auto line = TRY(to_change(tx, desk, id));
    if (line.placement.ended_on) return conflict("employment.over");
    TRY(check_code(codes::end_reason, end.reason));
    if (end.on < line.placement.started_on) return invalid("employment.ends_before");
    if (end.on > desk.today) return invalid("employment.day_in_future");
    TRY(check_paid(line, end));
    if (TRY(tx.exec("UPDATE employment_placement SET ended_on = ?, end_group = ?, end_reason = ?, version = "
                    "version + 1 WHERE id = ? AND version = ? AND ended_on IS NULL",
                    end.on, std::string(group_of_end(end.reason)),
                    seal_code(desk, reason_context, end.reason), id, end.version)) == 0)
        return conflict("employment.changed_meanwhile");
    return audit::record(tx, desk.vault, desk.actor,
                         {"employment.end", object("placement", id), line.who.village, "",
                          fmt::format(R"({{"on":"{}"}})", end.on.iso())},
                         desk.now);
}

Result<std::string> reveal_end_reason(db::Tx& tx, const Desk& desk, PlacementId id,
                                      std::string_view purpose) {
    const auto scope = TRY(unmask_scope(desk));
    const auto line = TRY(placement(tx, desk, id));
    if (!scope.contains(line.who.village)) return not_found("employment.no_placement");
    const auto sealed = TRY(tx.first("SELECT end_reason FROM employment_placement WHERE id = ?", {id},
                                     [](const db::Row& row) { return row.maybe_blob(0); }));
    if (!sealed || !*sealed) return conflict("employment.runs");
    TRY(note_reveal(tx, desk, line.who, object("placement", id), "end_reason", purpose));
    return open_code(desk, reason_context, **sealed);
}

Result<std::vector<PlacementLine>> placements(db::Tx& tx, const Desk& desk, const PlacementQuery& query,
                                              std::int64_t* total) {
    std::string where = desk.actor.scope(may_read).sql("r.village_code");
    std::vector<db::Value> values;
    if (query.area) where += " AND " + auth::Scope({*query.area}).sql("r.village_code");
    if (query.person) {
        where += " AND w.person_id = ?";
        values.emplace_back(*query.person);
    }
    if (query.post) {
        where += " AND w.post_id = ?";
        values.emplace_back(*query.post);
    }
    if (query.live_only) {
        where += " AND w.started_on <= ? AND (w.ended_on IS NULL OR w.ended_on >= ?)";
        values.emplace_back(desk.today);
        values.emplace_back(desk.today);
    }
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) " BALLAST_PLACEMENTS + where, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<PlacementId> ids;
    TRY(tx.each_row(
        "SELECT w.id " BALLAST_PLACEMENTS + where + " ORDER BY w.started_on DESC, w.id DESC LIMIT ? OFFSET ?",
        values, [&](const db::Row& row) -> Result<void> {
            ids.push_back(row.id<PlacementId>(0));
            return {};
        }));
    std::vector<PlacementLine> out;
    for (const auto id : ids) out.push_back(TRY(placement(tx, desk, id)));
    return out;
}

}  // namespace ballast::employment
