#include "bulletin/issue_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "base/text.h"
#include "bulletin/platform_data.h"
#include "bulletin/recorded.h"
#include "bulletin/store.h"
#include "bulletin/text_out.h"

namespace ballast::bulletin {
namespace {

using auth::Right;

/// A line that somebody typed, without blanks at its ends.
Result<std::string> line(std::string_view field, std::string_view typed) {
    TRY(check_text(field, typed));
    std::string out(text::trimmed(typed));
    if (text::length(out) > longest_line || out.find('\n') != std::string::npos)
        return invalid("bulletin.line_too_long")
            .with("field", std::string(field))
            .with("most", std::to_string(longest_line));
    return out;
}

Result<std::string> lines(std::string_view field, std::string_view typed) {
    std::string out;
    for (const auto one : text::split(typed, '\n')) {
        const auto kept = TRY(line(field, one));
        if (!kept.empty()) out += (out.empty() ? "" : "\n") + kept;
    }
    return out;
}

Result<Imprint> checked(const Imprint& typed) {
    return Imprint{TRY(line("producer", typed.producer)), TRY(line("editors", typed.editors)),
                   TRY(line("reviewer", typed.reviewer)), TRY(line("email", typed.email)),
                   TRY(line("address", typed.address)),   TRY(line("qr_caption", typed.qr_caption)),
                   TRY(line("qr_link", typed.qr_link)),   TRY(lines("imprint_other", typed.other))};
}

/// The row that `action` could be from here, whose right is asked for before anything else is said.
Result<void> require_right(const Desk& desk, const Issue& issue, Action action) {
    const auto row = std::ranges::find_if(procedure(), [&](const Row& one) { return one.action == action; });
    INVARIANT(row != procedure().end());
    TRY(auth::require(desk.actor, row->who));
    if (!desk.actor.scope(row->who).contains(issue.area))
        return forbidden("auth.not_allowed").with("right", std::string(auth::name_of(row->who)));
    return {};
}

}  // namespace

Result<Issue> begin_issue(db::Tx& tx, const Desk& desk, const NewIssue& wanted) {
    TRY(auth::require(desk.actor, Right::bulletin_edit));
    if (!desk.actor.scope(Right::bulletin_edit).contains(wanted.area))
        return not_found("areas.unknown").with("code", wanted.area.digits());
    if (!wanted.key.empty())
        if (auto before = TRY(store::of_key(tx, desk.actor.account, wanted.key))) return std::move(*before);
    Issue issue;
    const auto latest =
        TRY(store::issues(tx, "i.area_code = ? ORDER BY i.id DESC LIMIT 1", {db::Value(wanted.area)}));
    if (!latest.empty()) {
        issue.masthead = latest.front().masthead;
        issue.imprint = latest.front().imprint;
    }
    issue.area = wanted.area;
    if (wanted.masthead) issue.masthead = TRY(line("masthead", *wanted.masthead));
    if (wanted.number) issue.number = TRY(line("number", *wanted.number));
    issue.date = wanted.date;
    issue.account = desk.actor.account;
    issue.at = desk.now;
    issue.id = TRY(store::insert(tx, issue, "", wanted.key));
    TRY(store::had_a_hand(tx, desk.actor, issue.id));
    TRY(recorded(tx, desk, issue, "begin", {}));
    return issue;
}

Result<std::vector<IssueLine>> issues(db::Tx& tx, const auth::Actor& actor, const IssueQuery& query,
                                      std::int64_t* total) {
    std::string condition = actor.scope(Right::bulletin_read).sql("i.area_code");
    std::vector<db::Value> values;
    if (query.state) {
        condition += " AND i.state = ?";
        values.emplace_back(name_of(*query.state));
    }
    if (total)
        TRY(tx.each_row("SELECT COUNT(*) FROM bulletin_issue i WHERE " + condition, values,
                        [&](const db::Row& row) -> Result<void> {
                            *total = row.integer(0);
                            return {};
                        }));
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<IssueLine> out;
    for (auto& issue : TRY(store::issues(tx, condition + " ORDER BY i.id DESC LIMIT ? OFFSET ?", values))) {
        IssueLine one{std::move(issue)};
        one.articles =
            TRY(tx.number("SELECT COUNT(*) FROM bulletin_article WHERE issue_id = ?", {one.issue.id}));
        one.open_findings =
            TRY(tx.number("SELECT COUNT(*) FROM bulletin_finding WHERE issue_id = ? AND settlement = 'open'",
                          {one.issue.id}));
        out.push_back(std::move(one));
    }
    return out;
}

Result<Edition> load_edition(db::Tx& tx, const auth::Actor& actor, IssueId id) {
    return store::edition(tx, TRY(store::issue(tx, actor.scope(Right::bulletin_read), id)));
}

namespace {

std::string sha256(std::string_view bytes) {
    return crypto::digest_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

}  // namespace

std::string digest_of(const Edition& edition) { return sha256(text_of(edition)); }

std::string digest_to_check(const Edition& edition) {
    return sha256(text::utf8(printed(edition, Contents::as_imported, Around::left_out).text));
}

Result<Standing> standing(db::Tx& tx, const auth::Actor& actor, const Edition& edition) {
    Standing out;
    const auto id = edition.issue.id;
    out.articles = std::ssize(edition.articles);
    out.unfinished = std::ranges::count_if(edition.articles, [](const Article& one) {
        return one.column.empty() || one.headline.empty() || one.paragraphs.empty();
    });
    out.open_findings = TRY(
        tx.number("SELECT COUNT(*) FROM bulletin_finding WHERE issue_id = ? AND settlement = 'open'", {id}));
    out.editors = TRY(tx.number("SELECT COUNT(*) FROM bulletin_editor WHERE issue_id = ?", {id}));
    out.own = TRY(tx.number("SELECT COUNT(*) FROM bulletin_editor WHERE issue_id = ? AND account = ?",
                            {id, actor.account})) > 0;
    out.text_checked =
        !edition.issue.checked_digest.empty() && edition.issue.checked_digest == digest_to_check(edition);
    return out;
}

Result<Issue> change_issue(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version,
                           const IssueChange& change) {
    Issue issue = TRY(editable_issue(tx, desk, id));
    if (issue.version != version) return conflict("bulletin.stale");
    std::vector<std::string> fields;
    if (change.masthead) {
        issue.masthead = TRY(line("masthead", *change.masthead));
        fields.emplace_back("masthead");
    }
    if (change.number) {
        issue.number = TRY(line("number", *change.number));
        if (issue.number->empty()) issue.number.reset();
        fields.emplace_back("number");
    }
    if (change.date) {
        issue.date = *change.date;
        issue.date_inferred = false;
        fields.emplace_back("date");
    }
    if (change.imprint) {
        issue.imprint = TRY(checked(*change.imprint));
        fields.emplace_back("imprint");
    }
    if (change.forget_contents) {
        issue.contents.clear();
        fields.emplace_back("contents");
    }
    TRY(store::update(tx, issue));
    TRY(store::had_a_hand(tx, desk.actor, id));
    TRY(recorded(tx, desk, issue, "change", fields));
    return issue;
}

Result<std::vector<Event>> events(db::Tx& tx, IssueId id) {
    return tx.all(
        "SELECT sequence, action, from_state, to_state, remarks, account, name, at FROM bulletin_event "
        "WHERE issue_id = ? ORDER BY sequence",
        {id}, [](const db::Row& row) {
            const auto from = state_named(row.text(2)), to = state_named(row.text(3));
            INVARIANT(from && to);
            return Event{row.integer(0),
                         std::string(row.text(1)),
                         *from,
                         *to,
                         std::string(row.text(4)),
                         std::string(row.text(5)),
                         std::string(row.text(6)),
                         Instant{row.integer(7)}};
        });
}

Result<std::vector<Editor>> editors(db::Tx& tx, IssueId id) {
    return tx.all("SELECT account, name FROM bulletin_editor WHERE issue_id = ? ORDER BY account", {id},
                  [](const db::Row& row) {
                      return Editor{std::string(row.text(0)), std::string(row.text(1))};
                  });
}

Result<void> moved(db::Tx& tx, const Desk& desk, Issue& issue, const Row& row, std::string_view remarks) {
    const State from = issue.state;
    issue.state = row.to;
    TRY(store::update(tx, issue));
    TRY(tx.exec(
        "INSERT INTO bulletin_event (issue_id, sequence, action, from_state, to_state, remarks, account, "
        "name, at) SELECT ?, COALESCE(MAX(sequence), 0) + 1, ?, ?, ?, ?, ?, ?, CAST(? AS BIGINT) "
        "FROM bulletin_event WHERE issue_id = ?",
        issue.id, name_of(row.action), name_of(from), name_of(row.to), text::trimmed(remarks),
        desk.actor.account, desk.actor.name, desk.now.ms, issue.id));
    return recorded(tx, desk, issue, name_of(row.action), {});
}

Result<Issue> act(db::Tx& tx, const Desk& desk, IssueId id, std::int64_t version, Action action,
                  std::string_view remarks) {
    Issue issue = TRY(store::locked(tx, desk.actor.scope(Right::bulletin_read), id));
    TRY(require_right(desk, issue, action));
    if (issue.version != version) return conflict("bulletin.stale");
    if (action == Action::check) return invalid("bulletin.checked_by_check");
    TRY(check_text("remarks", remarks));
    if (text::length(remarks) > 2000)
        return invalid("bulletin.line_too_long").with("field", "remarks").with("most", "2000");
    const auto edition = TRY(store::edition(tx, issue));
    const auto now = TRY(standing(tx, desk.actor, edition));
    const auto* row = TRY(decide({issue, now, remarks}, action));
    if (action == Action::submit || action == Action::publish) TRY(nothing_given_away(tx, desk, id));
    if (row->who == Right::bulletin_edit) TRY(store::had_a_hand(tx, desk.actor, id));
    if (action == Action::submit && issue.imprint.editors.empty())
        for (const auto& one : TRY(editors(tx, id)))
            issue.imprint.editors += (issue.imprint.editors.empty() ? "" : " ") + one.name;
    if (action == Action::approve && issue.imprint.reviewer.empty()) issue.imprint.reviewer = desk.actor.name;
    if (action == Action::publish) {
        issue.published_on = desk.today;
        issue.published_digest = digest_of(edition);
    }
    TRY(moved(tx, desk, issue, *row, remarks));
    return issue;
}

}  // namespace ballast::bulletin
