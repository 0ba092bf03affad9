/// Who may do what, where. Roles and their rights are the table in rights.cpp (domain specification 7.2); a
/// user has one or more roles, each over one area. Every query takes a Scope; there is no overload without
/// one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/clock.h"
#include "base/id.h"
#include "db/db.h"

namespace ballast::auth {

struct UserTag;
using UserId = Id<UserTag>;

enum class Role : std::uint8_t {
    village_officer,
    village_committee,
    helper,
    township_reviewer,
    department_clerk,
    county_officer,
    county_leader,
    prefecture_supervisor,
    province_analyst,
    insurer_operator,
    bank_operator,
    finance_regulator,
    school_officer,
    editor,
    editor_reviewer,
    auditor,
    citizen,
    system_admin,
};
std::span<const Role> all_roles();
std::string_view name_of(Role role);             // "village_officer"
Result<Role> role_named(std::string_view name);  // invalid "auth.no_such_role"

enum class Right : std::uint8_t {
    anyone,     // also without signing in: the sign-in route itself, health
    signed_in,  // any user: own profile, areas, word files
    registry_read,
    registry_write,
    registry_import,
    registry_export,
    registry_unmask,
    feeds_read,
    feeds_upload,
    feeds_confirm,  // say whom a department's row means that linking left open
    warnings_read,
    screening_run,
    clues_read,
    clues_write,     // enter a clue, verify it on the spot, close it, open a case of it
    clues_dispatch,  // send a clue to its village; the queue of those that fit nobody
    cases_read,
    cases_verify,      // the village's steps: visit, consent, explanation, minutes, notice
    cases_review,      // hold the democratic review, put the notice up and take it down
    cases_township,    // township review, inquiry into an objection
    cases_compare,     // run a department comparison over consenting persons
    cases_approve,     // county approval
    cases_enrol,       // enter the household as monitored
    cases_green,       // green channel: help first, the procedure afterwards
    quality_read,      // worklists of data quality
    quality_run,       // look at every household of the county for them
    bulletin_read,     // issues in the making
    bulletin_edit,     // collect, edit, check the figures of an issue, ask for its review
    bulletin_review,   // approve an issue, or return it with remarks; not one's own
    bulletin_publish,  // publish an approved issue, archive it, correct it afterwards
    programmes_read,
    programmes_record,  // keep a programme's registers and activities
    programmes_review,  // recommend, score, publicise and name in a staged procedure
    programmes_manage,  // contracts, projects and their funds
    employment_read,
    employment_write,   // labour profiles, training, placements, attendance
    employment_decide,  // take or refuse a proposal of matching
    indicators_read,    // figures, targets and boards; no people
    indicators_enter,   // figures that have no source in the platform
    indicators_manage,  // definitions, targets, close a period, freeze a snapshot
    tasks_read,
    tasks_assign,  // give a task to a lower level, supervise it (督办)
    insurance_read,
    insurance_write,    // the insurer's: quotes, policies, insured lists, claims
    insurance_confirm,  // the village's and the station's: inspect, publicise, confirm
    insurance_subsidy,  // the county's: premium subsidy, funds of prevention cover, evaluation
    ledger_read,
    ledger_post,     // enter a journal, reconcile a bank's file
    ledger_approve,  // appropriations and payments another has entered
    loans_read,
    loans_recommend,  // the village's and the township's word on an application
    loans_write,      // the bank's: contract, draw down, repayments, overdue
    loans_decide,     // subsidy, compensation and recoveries of the county's fund
    rules_read,       // rule sets, what-if and back-test
    rules_manage,     // draft versions of rule sets, change and check them
    rules_approve,    // approve what somebody else has drafted, give it back, stop it before it begins
    audit_read,
    users_manage,
};
std::span<const Right> all_rights();
std::string_view name_of(Right right);  // "registry_read"
/// Whether the role's row in rights.cpp has it.
bool gives(Role role, Right right);
/// The highest level of area over which the role may be given.
AreaLevel widest_of(Role role);
/// Whether one person may not hold both.
bool exclude_each_other(Role a, Role b);

/// The areas a user may see; never empty for a user with a right over people.
class Scope {
public:
    /// No area at all.
    Scope() = default;
    explicit Scope(std::vector<AreaCode> areas);  // those inside another of them are dropped
    static Scope whole_country() { return Scope({AreaCode{}}); }

    std::span<const AreaCode> areas() const { return areas_; }
    bool contains(AreaCode area) const;
    /// What both allow.
    Scope intersect(const Scope& other) const;
    /// SQL that holds for rows whose `column` lies inside: "(h.village_code BETWEEN 513431000000 AND
    /// 513431999999)"; "(1=0)" when empty. Numbers only, so nothing can be injected.
    std::string sql(std::string_view column) const;

private:
    std::vector<AreaCode> areas_;
};

/// Who acts in this request. Made by sign-in, by a token, or by `system_actor` for jobs and the command line.
struct Actor {
    UserId user;          // 0 for the system
    std::string account;  // "county", or "system:demo"
    std::string name;     // 李玉兰
    struct Grant {
        Role role;
        AreaCode area;
        std::string department;  // of a department_clerk: the feed's department id, else ""
    };
    std::vector<Grant> grants;

    bool is_system() const;
    bool may(Right right) const;
    /// The areas over which some role gives that right; for `signed_in` those of all roles.
    Scope scope(Right right) const;
    /// "" when every department may be seen; otherwise the clerk's own.
    std::string department() const;
};
Actor system_actor(std::string_view what);  // may do everything everywhere; audited under its name
/// forbidden "auth.not_allowed" {right}.
Result<void> require(const Actor& actor, Right right);

struct User {
    UserId id;
    std::string account;  // 2 to 32 of a-z 0-9 . _ -, beginning with a letter or digit
    std::string name;
    std::vector<Actor::Grant> grants;
    bool active = true;
    /// Somebody else has set the password, and knows it: nothing but changing it can be done with it.
    bool must_change = true;
};

// Users. Whoever manages them needs the right users_manage over every area of theirs; a user of another area
// is not_found "auth.no_such_user". Call these through audit/users.h, which records them.

/// The user can sign in at once, and must then change the password unless `user.must_change` is false
/// (invented people).
///
/// Errors:
///   conflict  "auth.account_taken"
///   invalid   "auth.bad_account", "auth.name_missing", and those of the password below
///   invalid   "auth.no_grant"                    a user has at least one role
///   invalid   "auth.area_too_wide" {role}        a village's role over more than a village, and so on
///   invalid   "auth.department_missing", "auth.department_superfluous" {role}, "auth.one_department"
///   conflict  "auth.roles_exclude" {first, second}   administrators and auditors have no other role
///   forbidden "auth.area_outside" {area}         not inside the areas of `by`
Result<UserId> add_user(db::Tx& tx, const Actor& by, const User& user, std::string_view password,
                        Instant now);
/// In order of account, those who were deactivated too.
Result<std::vector<User>> list_users(db::Tx& tx, const Actor& by);
Result<User> load_user(db::Tx& tx, const Actor& by, UserId id);
/// Whoever has that account, for the record of a sign-in; asks for no right.
Result<std::optional<User>> user_of_account(db::Tx& tx, std::string_view account);
/// Ends the user's sessions; rights end with them. conflict "auth.not_yourself".
Result<void> deactivate(db::Tx& tx, const Actor& by, UserId id);
/// Gives back what `deactivate` took; the password is the one before.
Result<void> reactivate(db::Tx& tx, const Actor& by, UserId id);
/// Takes all roles and areas away and gives these. Ends the user's sessions, for rights end at once.
/// Errors: conflict "auth.not_yourself"; those of `add_user` about grants.
Result<void> set_grants(db::Tx& tx, const Actor& by, UserId id, const std::vector<Actor::Grant>& grants);
/// For one who forgot it, who must then change it. Ends the user's sessions.
Result<void> set_password(db::Tx& tx, const Actor& by, UserId id, std::string_view password);

/// invalid "auth.weak_password" (under 8 characters, or the account itself), "auth.long_password" (over 200).
Result<void> check_password(std::string_view account, std::string_view password);

// Sessions.

/// Times of a session and of the throttle. [assumed; GB/T 22239 asks for both without figures]
inline constexpr std::int64_t session_ms = 12 * 3600 * 1000LL;
inline constexpr std::int64_t idle_ms = 2 * 3600 * 1000LL;
inline constexpr std::int64_t throttle_window_ms = 15 * 60 * 1000LL;
inline constexpr std::int64_t failures_per_account = 5;
inline constexpr std::int64_t failures_per_address = 20;

struct Session {
    std::string token;  // for the cookie; the database holds its hash
    std::string csrf;   // derived from the token
    Instant expires;
    Actor actor;
    bool must_change = false;  // the password, before anything else
};
/// forbidden "auth.wrong_password" (also for an unknown or deactivated account, after the same work);
/// unavailable "auth.throttled" {seconds} after five failures of one account or twenty of one address within
/// 15 minutes; attempts still under way count for the account. The failure is recorded even though an error
/// returns, so this takes the Database, not a Tx.
Result<Session> sign_in(db::Database& database, std::string_view account, std::string_view password,
                        std::string_view address, Instant now);
/// forbidden "auth.signed_out" when the token is unknown or has expired (12 h, or 2 h without use), or the
/// user was deactivated. Reads; writes the last use at most once a minute, and lets the request pass when
/// the database is busy then.
Result<Session> resume(db::Database& database, std::string_view token, Instant now);
/// The same inside a writing transaction.
Result<Session> resume(db::Tx& tx, std::string_view token, Instant now);
Result<void> sign_out(db::Tx& tx, std::string_view token, Instant now);
/// Throttled and refused as `sign_in`; invalid "auth.same_password". Ends the user's other sessions.
Result<void> change_password(db::Database& database, const Session& session, std::string_view old_password,
                             std::string_view new_password, Instant now);

}  // namespace ballast::auth
