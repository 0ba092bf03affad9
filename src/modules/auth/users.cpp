#include <algorithm>
#include <set>

#include "auth/auth.h"
#include "auth/store.h"
#include "base/text.h"
#include "crypto/crypto.h"

namespace ballast::auth {

namespace store {

std::string normal_account(std::string_view typed) {
    const std::string half = text::half_width(typed);
    std::string account(text::trimmed(half));
    std::ranges::transform(account, account.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return account;
}

Result<std::vector<Actor::Grant>> grants_of(db::Tx& tx, UserId id) {
    std::vector<Actor::Grant> grants;
    const auto keep = [&](const db::Row& row) -> Result<void> {
        const Role role = TRY(role_named(row.text(0)));
        grants.push_back({role, row.area(1), std::string(row.text(2))});
        return {};
    };
    TRY(tx.each_row("SELECT role, area_code, department FROM auth_grant WHERE user_id = ? ORDER BY id",
                    std::vector<db::Value>{id}, keep));
    return grants;
}

Result<void> end_sessions(db::Tx& tx, UserId id, std::string_view except_token_hash) {
    TRY(tx.exec("DELETE FROM auth_session WHERE user_id = ? AND token_hash <> ?", id, except_token_hash));
    return {};
}

}  // namespace store

namespace {

bool well_formed(std::string_view account) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto allowed = [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; };
    return account.size() >= 2 && account.size() <= 32 && plain(account.front()) &&
           std::ranges::all_of(account, allowed);
}

Result<void> check_grants(const Actor& by, const std::vector<Actor::Grant>& grants) {
    if (grants.empty()) return invalid("auth.no_grant");
    const Scope scope = by.scope(Right::users_manage);
    std::set<std::string> departments;
    for (const auto& grant : grants) {
        const std::string role(name_of(grant.role));
        if (grant.area.level() < widest_of(grant.role))
            return invalid("auth.area_too_wide").with("role", role);
        if (!scope.contains(grant.area))
            return forbidden("auth.area_outside").with("area", grant.area.short_digits());
        const bool clerk = grant.role == Role::department_clerk;
        if (clerk && grant.department.empty()) return invalid("auth.department_missing");
        if (!clerk && !grant.department.empty())
            return invalid("auth.department_superfluous").with("role", role);
        if (clerk) departments.insert(grant.department);
    }
    if (departments.size() > 1) return invalid("auth.one_department");
    for (const auto& a : grants)
        for (const auto& b : grants)
            if (exclude_each_other(a.role, b.role))
                return conflict("auth.roles_exclude")
                    .with("first", std::string(name_of(a.role)))
                    .with("second", std::string(name_of(b.role)));
    return {};
}

bool same(const Actor::Grant& a, const Actor::Grant& b) {
    return a.role == b.role && a.area == b.area && a.department == b.department;
}

bool manages(const Scope& scope, const User& user) {
    return std::ranges::all_of(user.grants, [&](const auto& grant) { return scope.contains(grant.area); });
}

/// The same grant twice is one.
Result<void> give(db::Tx& tx, UserId id, const std::vector<Actor::Grant>& grants) {
    for (auto grant = grants.begin(); grant != grants.end(); ++grant) {
        if (std::any_of(grants.begin(), grant, [&](const auto& g) { return same(g, *grant); })) continue;
        TRY(tx.exec("INSERT INTO auth_grant (user_id, role, area_code, department) VALUES (?, ?, ?, ?)", id,
                    name_of(grant->role), grant->area, grant->department));
    }
    return {};
}

const std::string select_user = "SELECT id, account, name, active, must_change FROM auth_user";

/// Still without grants.
User user_of(const db::Row& row) {
    return {row.id<UserId>(0), std::string(row.text(1)), std::string(row.text(2)), {}, row.truth(3),
            row.truth(4)};
}

Result<std::optional<User>> one_user(db::Tx& tx, std::string_view column, const db::Value& value) {
    auto user = TRY(tx.first(select_user + " WHERE " + std::string(column) + " = ?", {value}, user_of));
    if (user) user->grants = TRY(store::grants_of(tx, user->id));
    return user;
}

}  // namespace

Result<void> check_password(std::string_view account, std::string_view password) {
    const std::size_t length = text::length(password);
    if (length < 8 || password == account) return invalid("auth.weak_password").with("least", "8");
    if (length > 200) return invalid("auth.long_password").with("most", "200");
    return {};
}

Result<UserId> add_user(db::Tx& tx, const Actor& by, const User& user, std::string_view password,
                        Instant now) {
    TRY(require(by, Right::users_manage));
    const std::string account = store::normal_account(user.account);
    if (!well_formed(account)) return invalid("auth.bad_account");
    const std::string name(text::trimmed(user.name));
    if (name.empty()) return invalid("auth.name_missing");
    TRY(check_grants(by, user.grants));
    TRY(check_password(account, password));

    // Asked before the insert, for on PostgreSQL a refused insert ends the transaction of the caller.
    const auto taken = TRY(tx.number("SELECT COUNT(*) FROM auth_user WHERE account = ?", {account}));
    if (taken > 0) return conflict("auth.account_taken").with("account", account);

    const UserId id(TRY(
        tx.number("INSERT INTO auth_user (account, name, password, active, created_at, created_by,"
                  " must_change) VALUES (?, ?, ?, 1, ?, ?, ?) RETURNING id",
                  {account, name, crypto::hash_password(password), now.ms, by.account, user.must_change})));
    TRY(give(tx, id, user.grants));
    return id;
}

Result<std::vector<User>> list_users(db::Tx& tx, const Actor& by) {
    TRY(require(by, Right::users_manage));
    auto users = TRY(tx.all(select_user + " ORDER BY account", {}, user_of));
    for (auto& user : users) user.grants = TRY(store::grants_of(tx, user.id));
    const Scope scope = by.scope(Right::users_manage);
    std::erase_if(users, [&](const User& user) { return !manages(scope, user); });
    return users;
}

Result<User> load_user(db::Tx& tx, const Actor& by, UserId id) {
    TRY(require(by, Right::users_manage));
    auto user = TRY(one_user(tx, "id", id));
    if (!user || !manages(by.scope(Right::users_manage), *user)) return not_found("auth.no_such_user");
    return std::move(*user);
}

Result<std::optional<User>> user_of_account(db::Tx& tx, std::string_view account) {
    return one_user(tx, "account", store::normal_account(account));
}

Result<void> deactivate(db::Tx& tx, const Actor& by, UserId id) {
    TRY(load_user(tx, by, id));
    if (by.user == id) return conflict("auth.not_yourself");
    TRY(tx.exec("UPDATE auth_user SET active = 0 WHERE id = ?", id));
    return store::end_sessions(tx, id);
}

Result<void> reactivate(db::Tx& tx, const Actor& by, UserId id) {
    TRY(load_user(tx, by, id));
    TRY(tx.exec("UPDATE auth_user SET active = 1 WHERE id = ?", id));
    return {};
}

Result<void> set_grants(db::Tx& tx, const Actor& by, UserId id, const std::vector<Actor::Grant>& grants) {
    TRY(load_user(tx, by, id));
    // Or an administrator could leave a county without one.
    if (by.user == id) return conflict("auth.not_yourself");
    TRY(check_grants(by, grants));
    TRY(tx.exec("DELETE FROM auth_grant WHERE user_id = ?", id));
    TRY(give(tx, id, grants));
    return store::end_sessions(tx, id);
}

Result<void> set_password(db::Tx& tx, const Actor& by, UserId id, std::string_view password) {
    const User user = TRY(load_user(tx, by, id));
    TRY(check_password(user.account, password));
    TRY(tx.exec("UPDATE auth_user SET password = ?, must_change = 1 WHERE id = ?",
                crypto::hash_password(password), id));
    return store::end_sessions(tx, id);
}

}  // namespace ballast::auth
