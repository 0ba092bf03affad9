#include "bulletin/procedure.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ballast::bulletin {
namespace {

using auth::Right;
using enum State;

constexpr std::array<std::string_view, 8> action_names{"edit",    "check",     "submit",  "take_back",
                                                       "approve", "send_back", "publish", "archive"};

// ---- the guards

const Guard has_articles{"bulletin.no_articles", ErrorKind::conflict, true,
                         [](const Moment& m) { return m.standing.articles == 0; }};
const Guard all_finished{"bulletin.unfinished", ErrorKind::conflict, true,
                         [](const Moment& m) { return m.standing.unfinished > 0; },
                         [](const Moment& m) { return m.standing.unfinished; }};
const Guard has_editor{"bulletin.no_editor", ErrorKind::conflict, true,
                       [](const Moment& m) { return m.standing.editors == 0; }};
// A text that was changed after its figures were checked is an unchecked text.
const Guard figures_checked{"bulletin.figures_unchecked", ErrorKind::conflict, true,
                            [](const Moment& m) { return !m.standing.text_checked; }};
const Guard findings_settled{"bulletin.findings_open", ErrorKind::conflict, true,
                             [](const Moment& m) { return m.standing.open_findings > 0; },
                             [](const Moment& m) { return m.standing.open_findings; }};
const Guard has_number{"bulletin.number_missing", ErrorKind::conflict, true,
                       [](const Moment& m) { return !m.before.number || m.before.number->empty(); }};
const Guard has_date{"bulletin.date_missing", ErrorKind::conflict, true,
                     [](const Moment& m) { return !m.before.date; }};
const Guard date_confirmed{"bulletin.date_inferred", ErrorKind::conflict, true,
                           [](const Moment& m) { return m.before.date && m.before.date_inferred; }};
// Whoever had a hand in it does not review it.
const Guard somebody_else{"bulletin.own_issue", ErrorKind::forbidden, true,
                          [](const Moment& m) { return m.standing.own; }};
const Guard remarks_given{"bulletin.remarks_missing", ErrorKind::invalid, false,
                          [](const Moment& m) { return text::length(text::trimmed(m.remarks)) < 2; }};

// ---- the procedure. Anything not listed is refused.

const std::array table{
    Row{{collecting}, Action::edit, editing, Right::bulletin_edit, {&has_articles}},
    Row{{collecting, editing, checked},
        Action::check,
        checked,
        Right::bulletin_edit,
        {&has_articles, &all_finished}},
    Row{{checked},
        Action::submit,
        reviewing,
        Right::bulletin_edit,
        {&has_articles, &all_finished, &has_number, &has_date, &date_confirmed, &has_editor, &figures_checked,
         &findings_settled}},
    Row{{reviewing}, Action::take_back, editing, Right::bulletin_edit, {}},
    Row{{reviewing},
        Action::approve,
        approved,
        Right::bulletin_review,
        {&somebody_else, &figures_checked, &findings_settled}},
    Row{{reviewing, approved}, Action::send_back, editing, Right::bulletin_review, {&remarks_given}},
    Row{{approved}, Action::publish, published, Right::bulletin_publish, {}},
    Row{{published}, Action::archive, archived, Right::bulletin_publish, {}},
};

Error refusal(const Guard& guard, const Moment& moment) {
    Error error;
    error.kind = guard.kind;
    error.id = guard.error;
    if (guard.count) error.args.emplace_back("count", std::to_string(guard.count(moment)));
    return error;
}

}  // namespace

std::span<const Action> all_actions() {
    using enum Action;
    static constexpr std::array all{edit, check, submit, take_back, approve, send_back, publish, archive};
    return all;
}
std::string_view name_of(Action action) { return action_names.at(static_cast<std::size_t>(action)); }
std::optional<Action> action_named(std::string_view name) {
    const auto at = std::ranges::find(action_names, name);
    if (at == action_names.end()) return std::nullopt;
    return static_cast<Action>(at - action_names.begin());
}

std::span<const Row> procedure() { return table; }

Result<const Row*> decide(const Moment& moment, Action action) {
    const auto row = std::ranges::find_if(table, [&](const Row& one) {
        return one.action == action && std::ranges::count(one.from, moment.before.state) > 0;
    });
    if (row == table.end())
        return conflict("bulletin.wrong_state")
            .with("state", std::string(name_of(moment.before.state)))
            .with("action", std::string(name_of(action)));
    for (const auto* guard : row->guards)
        if (guard->broken(moment)) return refusal(*guard, moment);
    return &*row;
}

std::vector<Possible> possible(const Issue& issue, const Standing& standing, const auth::Actor& who) {
    std::vector<Possible> out;
    const Moment moment{issue, standing};
    for (const auto& row : table) {
        if (std::ranges::count(row.from, issue.state) == 0 || !who.scope(row.who).contains(issue.area))
            continue;
        Possible one{&row, {}};
        for (const auto* guard : row.guards)
            if (guard->standing && guard->broken(moment)) one.missing.push_back(refusal(*guard, moment));
        out.push_back(std::move(one));
    }
    return out;
}

bool editable(State state) { return state == collecting || state == editing || state == checked; }

}  // namespace ballast::bulletin
