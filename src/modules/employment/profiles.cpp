#include "employment/profiles.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "employment/codes.h"

namespace ballast::employment {
namespace {

/// Of whom nobody has said: what the register's class of labour allows.
std::string usually_bears(const Worker& who) {
    return who.labour == "3" ? "light" : who.able() ? "heavy" : "light";
}

}  // namespace

Result<Profile> checked_profile(const Desk& desk, const Worker& who, Profile typed) {
    if (!who.active) return invalid("employment.not_a_member");
    const auto age = who.age(desk.today);
    if (!age) return invalid("employment.birth_missing");
    if (*age < desk.terms.labour_age_from)
        return invalid("employment.too_young").with("age", std::to_string(desk.terms.labour_age_from));
    if (!typed.wanted_trade.empty()) TRY(check_code(codes::trade, typed.wanted_trade));
    typed.skills = TRY(check_codes(codes::trade, typed.skills));
    TRY(check_code(codes::reach, typed.reach));
    if (typed.bears) TRY(check_code(codes::load, *typed.bears));
    if (typed.asked_on > desk.today) return invalid("employment.day_in_future");
    if (typed.wage < Money()) return invalid("employment.negative");
    return typed;
}

Result<void> save_profile(db::Tx& tx, const Desk& desk, PersonId person, Profile typed) {
    TRY(auth::require(desk.actor, may_write));
    const auto who = TRY(worker(tx, desk.actor.scope(may_write), person));
    typed = TRY(checked_profile(desk, who, std::move(typed)));
    struct Before {
        std::int64_t version;
        db::Blob bears;
    };
    const auto before = TRY(tx.first("SELECT version, bears FROM employment_profile WHERE person_id = ?",
                                     {person}, [](const db::Row& row) {
                                         return Before{row.integer(0), row.blob(1)};
                                     }));
    if ((before ? before->version : 0) != typed.version) return conflict("employment.changed_meanwhile");
    db::Blob bears;
    if (before && !typed.bears)
        bears = before->bears;
    else
        bears = seal_code(desk, bears_context, typed.bears.value_or(usually_bears(who)));
    const auto changed = TRY(tx.exec(
        "INSERT INTO employment_profile (person_id, wants_training, wants_job, wants_startup, wanted_trade, "
        "skills, reach, "
        "wage_fen, home_daily, bears, asked_on, version, at, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?) ON "
        "CONFLICT (person_id) DO UPDATE SET wants_training = excluded.wants_training, wants_job = "
        "excluded.wants_job, "
        "wants_startup = excluded.wants_startup, wanted_trade = excluded.wanted_trade, skills = "
        "excluded.skills, reach = "
        "excluded.reach, wage_fen = excluded.wage_fen, home_daily = excluded.home_daily, bears = "
        "excluded.bears, asked_on = "
        "excluded.asked_on, version = excluded.version, at = excluded.at, account = excluded.account WHERE "
        "employment_profile.version = ?",
        person, typed.wants_training, typed.wants_job, typed.wants_startup, typed.wanted_trade, typed.skills,
        typed.reach, typed.wage, typed.home_daily, bears, typed.asked_on, typed.version + 1, desk.now.ms,
        desk.actor.account, typed.version));
    if (changed == 0) return conflict("employment.changed_meanwhile");
    return audit::record(
        tx, desk.vault, desk.actor,
        {"employment.profile", object("person", person), who.village, "",
         fmt::format(R"({{"version":{},"training":{},"job":{},"startup":{}}})", typed.version + 1,
                     typed.wants_training, typed.wants_job, typed.wants_startup)},
        desk.now);
}

Result<std::optional<Profile>> profile(db::Tx& tx, const Desk& desk, PersonId person) {
    TRY(worker(tx, desk.actor.scope(may_read), person));
    return tx.first(
        "SELECT wants_training, wants_job, wants_startup, wanted_trade, skills, reach, wage_fen, home_daily, "
        "asked_on, "
        "version FROM employment_profile WHERE person_id = ?",
        {person}, [](const db::Row& row) {
            return Profile{row.truth(0),
                           row.truth(1),
                           row.truth(2),
                           std::string(row.text(3)),
                           std::string(row.text(4)),
                           std::string(row.text(5)),
                           row.money(6),
                           row.truth(7),
                           {},
                           row.date(8),
                           row.integer(9)};
        });
}

Result<std::string> reveal_bears(db::Tx& tx, const Desk& desk, PersonId person, std::string_view purpose) {
    const auto who = TRY(worker(tx, TRY(unmask_scope(desk)), person));
    const auto sealed = TRY(tx.first("SELECT bears FROM employment_profile WHERE person_id = ?", {person},
                                     [](const db::Row& row) { return row.blob(0); }));
    if (!sealed) return not_found("employment.no_profile");
    TRY(note_reveal(tx, desk, who, object("person", person), "bears", purpose));
    return open_code(desk, bears_context, *sealed);
}

}  // namespace ballast::employment
