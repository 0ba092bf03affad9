#include "bulletin/recorded.h"

#include <fmt/format.h>

#include "audit/audit.h"
#include "base/text.h"
#include "bulletin/store.h"

namespace ballast::bulletin {

Result<void> recorded(db::Tx& tx, const Desk& desk, const Issue& issue, std::string_view action,
                      const std::vector<std::string>& fields, std::int64_t article) {
    std::string names;
    for (const auto& field : fields) names += (names.empty() ? "\"" : ",\"") + field + "\"";
    return audit::record(
        tx, desk.vault, desk.actor,
        {"bulletin." + std::string(action), "bulletin:" + std::to_string(issue.id.number()), issue.area, "",
         fmt::format(R"({{"state":"{}","fields":[{}],"article":{},"published":"{}"}})", name_of(issue.state),
                     names, article, issue.published_digest)},
        desk.now);
}

Result<Issue> editable_issue(db::Tx& tx, const Desk& desk, IssueId id) {
    using auth::Right;
    auto issue = TRY(store::locked(tx, desk.actor.scope(Right::bulletin_read), id));
    TRY(auth::require(desk.actor, Right::bulletin_edit));
    if (!desk.actor.scope(Right::bulletin_edit).contains(issue.area))
        return forbidden("auth.not_allowed").with("right", std::string(auth::name_of(Right::bulletin_edit)));
    if (!editable(issue.state))
        return conflict("bulletin.not_editable").with("state", std::string(name_of(issue.state)));
    return issue;
}

Result<void> check_text(std::string_view field, std::string_view typed) {
    if (text::valid_utf8(typed) && typed.find('\0') == std::string_view::npos) return {};
    return invalid("bulletin.bad_text").with("field", std::string(field));
}

}  // namespace ballast::bulletin
