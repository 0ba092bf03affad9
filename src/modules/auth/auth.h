/// Who may do what, where. Roles and their rights are the table in rights.cpp (domain specification 7.2); a
/// user has one or more roles, each over one area. Every query takes a Scope; there is no overload without
/// one.
#pragma once

#include <cstdint>
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
    warnings_read,
    screening_run,
    audit_read,
    users_manage,
};

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

    bool may(Right right) const;
    /// The areas over which some role gives that right.
    Scope scope(Right right) const;
    /// "" when every department may be seen; otherwise the clerk's own.
    std::string department() const;
};
Actor system_actor(std::string_view what);  // may do everything everywhere; audited under its name

struct User {
    UserId id;
    std::string account;
    std::string name;
    std::vector<Actor::Grant> grants;
    bool active = true;
};

/// conflict "auth.account_taken"; invalid "auth.weak_password" (under 8 characters), "auth.bad_account".
Result<UserId> add_user(db::Tx& tx, const Actor& by, const User& user, std::string_view password,
                        Instant now);
Result<std::vector<User>> list_users(db::Tx& tx, const Actor& by);

struct Session {
    std::string token;  // for the cookie; the database holds its hash
    std::string csrf;
    Instant expires;
    Actor actor;
};
/// forbidden "auth.wrong_password" (also for an unknown account, in the same time); unavailable
/// "auth.throttled" {seconds} after five failures of one account or twenty of one address within 15 minutes.
/// The failure is recorded even though an error returns, so this takes the Database, not a Tx.
Result<Session> sign_in(db::Database& database, std::string_view account, std::string_view password,
                        std::string_view address, Instant now);
/// forbidden "auth.signed_out" when the token is unknown or has expired (12 h, or 2 h without use).
Result<Session> resume(db::Tx& tx, std::string_view token, Instant now);
Result<void> sign_out(db::Tx& tx, std::string_view token, Instant now);

}  // namespace ballast::auth
