/// Issues and their articles as others use them: begun, typed, arranged, moved along the procedure,
/// corrected. Whoever changes a text has had a hand in it, and will not review it.
///
/// Errors of every function: not_found "bulletin.no_such_issue", "bulletin.no_such_article" (also outside the
/// actor's areas); forbidden "auth.not_allowed". Of every change: conflict "bulletin.stale" when the version
/// is not the present one, "bulletin.not_editable" {state} once the issue is with its reviewer or published.
#pragma once

#include "bulletin/desk.h"
#include "bulletin/procedure.h"
#include "db/db.h"

namespace ballast::bulletin {

// ---- issues

/// What is not given is taken from the office's latest issue: masthead, imprint.
struct NewIssue {
    AreaCode area = {};
    std::optional<std::string> masthead = {};
    std::optional<std::string> number = {};
    std::optional<Date> date = {};
    std::string key = {};  // the sender's, to know a second sending by
};
/// invalid "bulletin.line_too_long" {field, most}.
Result<Issue> begin_issue(db::Tx& tx, const Desk& desk, const NewIssue& wanted);

struct IssueQuery {
    std::optional<State> state = {};
    std::int64_t offset = 0, limit = 20;
};
struct IssueLine {
    Issue issue;
    std::int64_t articles = 0;
    std::int64_t open_findings = 0;
};
/// The latest first.
Result<std::vector<IssueLine>> issues(db::Tx& tx, const auth::Actor& actor, const IssueQuery& query,
                                      std::int64_t* total);

Result<Edition> load_edition(db::Tx& tx, const auth::Actor& actor, IssueId id);
Result<Standing> standing(db::Tx& tx, const auth::Actor& actor, const Edition& edition);
/// SHA-256 of the text as it is printed.
std::string digest_of(const Edition& edition);
/// Of what the check of the figures looks at: the contents list as it was imported, and the articles.
std::string digest_to_check(const Edition& edition);

/// Fields that are not given stay. A date that is given is confirmed by that.
struct IssueChange {
    std::optional<std::string> masthead = {}, number = {};
    std::optional<std::optional<Date>> date = {};
    std::optional<Imprint> imprint = {};
    bool forget_contents = false;  // the imported contents list is not wanted any more
};
Result<Issue> change_issue(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version,
                           const IssueChange& change);

struct Event {
    std::int64_t sequence;
    std::string action;
    State from, to;
    std::string remarks, account, name;
    Instant at;
};
Result<std::vector<Event>> events(db::Tx& tx, IssueId id);
struct Editor {
    std::string account, name;
};
Result<std::vector<Editor>> editors(db::Tx& tx, IssueId id);

/// A step of the procedure. `check` is not taken here but by `check_figures`.
///
/// Errors: those of decide; invalid "bulletin.checked_by_check".
Result<Issue> act(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version, Action action,
                  std::string_view remarks);

// ---- articles

/// What somebody typed, as far as it was typed; nothing of it need be complete. Fields that are not given
/// stay.
struct ArticleChange {
    std::optional<std::string> column = {}, place = {}, headline = {}, body = {};
    std::optional<std::string> source_name = {}, source_url = {};
    std::optional<std::optional<Date>> source_date = {};
    std::optional<std::vector<std::string>> tags = {};
    std::optional<ArticleKind> kind = {};
    /// What the place means, when the editor says it: an area, or an organisation. Remembered as an alias.
    std::optional<AreaCode> area = {};
    std::optional<std::string> organisation = {};
};
/// Errors: not_found "bulletin.no_such_column" {column}; invalid "bulletin.line_too_long" {field, most},
/// "bulletin.article_too_long" {length, most}, "bulletin.bad_address" (a source that is no http address),
/// "bulletin.bad_text" {field} (bytes that are no text).
Result<Article> add_article(db::Tx& tx, const Desk& desk, IssueId issue, const ArticleChange& typed);
Result<Article> change_article(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version,
                               const ArticleChange& typed);
Result<void> remove_article(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version);
Result<Article> load_article(db::Tx& tx, const auth::Actor& actor, ArticleId id);

/// The articles of some columns in a new order; those not named stay where they are.
struct Lane {
    std::string column;
    std::vector<ArticleId> articles;
};
Result<Issue> arrange(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version,
                      const std::vector<Lane>& lanes);

// ---- columns

Result<std::vector<Column>> columns(db::Tx& tx);
/// The whole list in its order; a column without a code is new, one that is missing is retired. invalid
/// "bulletin.column_name" (1 to 20 characters, no name twice).
Result<std::vector<Column>> set_columns(db::Tx& tx, const Desk& desk, std::vector<Column> wanted);

// ---- after publication

struct Correction {
    ArticleId article;
    std::string part;  // place | headline | body
    std::string before, after, notice;
    Date on;
    std::string name;
};
/// Changes what is published, and says so beside it. Errors: conflict "bulletin.not_published"; invalid
/// "bulletin.no_such_part", "bulletin.notice_missing", "bulletin.nothing_changed".
Result<Article> correct(db::Tx& tx, const Desk& desk, ArticleId id, std::int64_t version,
                        std::string_view part, std::string_view text, std::string_view notice);
Result<std::vector<Correction>> corrections(db::Tx& tx, IssueId id);

// ---- for everybody

/// Published or archived ones, the latest first.
Result<std::vector<Issue>> published(db::Tx& tx, std::int64_t offset, std::int64_t limit,
                                     std::int64_t* total);
Result<Edition> published_edition(db::Tx& tx, IssueId id);

}  // namespace ballast::bulletin
