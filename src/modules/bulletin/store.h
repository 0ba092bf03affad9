/// The rows of issues and articles. Internal to the module: who may see what is asked in issue_file.cpp.
#pragma once

#include "bulletin/desk.h"
#include "bulletin/issue.h"
#include "db/db.h"

namespace ballast::bulletin::store {

Result<IssueId> insert(db::Tx& tx, const Issue& issue, std::string_view source_text, std::string_view key);
Result<std::optional<Issue>> of_key(db::Tx& tx, std::string_view account, std::string_view key);
/// not_found "bulletin.no_such_issue".
Result<Issue> issue(db::Tx& tx, const auth::Scope& scope, IssueId id);
/// As `issue`, and other writers of this issue wait until the transaction ends.
Result<Issue> locked(db::Tx& tx, const auth::Scope& scope, IssueId id);
/// Everything but the articles; the version grows by one.
Result<void> update(db::Tx& tx, Issue& issue);
Result<std::vector<Issue>> issues(db::Tx& tx, const std::string& condition, std::vector<db::Value> values);

/// In the order in which they are printed.
Result<std::vector<Article>> articles(db::Tx& tx, IssueId issue);
/// not_found "bulletin.no_such_article".
Result<Article> article(db::Tx& tx, ArticleId id);
/// With what it is found by. A new one goes to the end of its column.
Result<ArticleId> insert(db::Tx& tx, Article article);
/// The version grows by one.
Result<void> update(db::Tx& tx, Article& article);
Result<void> place(db::Tx& tx, ArticleId id, std::string_view column, std::int64_t position);
Result<void> remove(db::Tx& tx, ArticleId id);

Result<std::vector<Column>> columns(db::Tx& tx);
/// The issue with its articles and their columns.
Result<Edition> edition(db::Tx& tx, Issue issue);

Result<void> had_a_hand(db::Tx& tx, const auth::Actor& actor, IssueId id);

}  // namespace ballast::bulletin::store
