/// What every change of an issue shares. Internal to the module.
#pragma once

#include "bulletin/issue_file.h"

namespace ballast::bulletin {

/// The audit's entry: names of fields and digests, never a text.
Result<void> recorded(db::Tx& tx, const Desk& desk, const Issue& issue, std::string_view action,
                      const std::vector<std::string>& fields, std::int64_t article = 0);

/// Locked until the transaction ends. forbidden "auth.not_allowed"; conflict "bulletin.not_editable" {state}.
Result<Issue> editable_issue(db::Tx& tx, const Desk& desk, IssueId id);

/// The issue in the row's next state, with its event.
Result<void> moved(db::Tx& tx, const Desk& desk, Issue& issue, const Row& row, std::string_view remarks);

/// invalid "bulletin.bad_text" {field}: bytes that are no UTF-8, or a zero byte.
Result<void> check_text(std::string_view field, std::string_view typed);

}  // namespace ballast::bulletin
