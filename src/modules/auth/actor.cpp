#include <algorithm>

#include "auth/auth.h"

namespace ballast::auth {

namespace {

constexpr std::string_view system_prefix = "system:";  // no account of a user holds a colon

}  // namespace

Scope::Scope(std::vector<AreaCode> areas) {
    // A containing area has a smaller code, or the same, than what it contains, so one pass suffices.
    std::ranges::sort(areas);
    for (const AreaCode area : areas)
        if (areas_.empty() || !areas_.back().contains(area)) areas_.push_back(area);
}

bool Scope::contains(AreaCode area) const {
    return std::ranges::any_of(areas_, [&](AreaCode own) { return own.contains(area); });
}

Scope Scope::intersect(const Scope& other) const {
    std::vector<AreaCode> both;
    for (const AreaCode area : areas_)
        if (other.contains(area)) both.push_back(area);
    for (const AreaCode area : other.areas_)
        if (contains(area)) both.push_back(area);
    return Scope(std::move(both));
}

std::string Scope::sql(std::string_view column) const {
    const auto in_a_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    INVARIANT(!column.empty() && std::ranges::all_of(column, in_a_name));
    if (areas_.empty()) return "(1=0)";
    std::string out = "(";
    for (const AreaCode area : areas_) {
        if (out.size() > 1) out += " OR ";
        out += std::string(column) + " BETWEEN " + std::to_string(area.first()) + " AND " +
               std::to_string(area.last());
    }
    return out + ")";
}

bool Actor::is_system() const { return !user && account.starts_with(system_prefix); }

bool Actor::may(Right right) const {
    if (right == Right::anyone || is_system()) return true;
    if (right == Right::signed_in) return static_cast<bool>(user);
    return std::ranges::any_of(grants, [&](const Grant& grant) { return gives(grant.role, right); });
}

Scope Actor::scope(Right right) const {
    if (is_system()) return Scope::whole_country();
    std::vector<AreaCode> areas;
    for (const auto& grant : grants)
        if (gives(grant.role, right)) areas.push_back(grant.area);
    return Scope(std::move(areas));
}

std::string Actor::department() const {
    std::string own;
    for (const auto& grant : grants) {
        if (grant.role == Role::department_clerk)
            own = grant.department;
        else if (gives(grant.role, Right::feeds_read))
            return {};
    }
    return own;
}

Actor system_actor(std::string_view what) {
    return {UserId{}, std::string(system_prefix) + std::string(what), std::string(what), {}};
}

Result<void> require(const Actor& actor, Right right) {
    if (!actor.may(right)) return forbidden("auth.not_allowed").with("right", std::string(name_of(right)));
    return {};
}

}  // namespace ballast::auth
