/// How an issue comes about: collect, edit, check the figures, review by somebody else, publish, archive
/// (domain specification 1.1). It is the table in procedure.cpp; anything not listed there is refused. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "bulletin/issue.h"

namespace ballast::bulletin {

enum class Action : std::uint8_t {
    edit,       // the articles are there; work on the text begins
    check,      // the figures have been checked; done by `check_figures`
    submit,     // to the reviewer
    take_back,  // by the editors, before the review has ended
    approve,
    send_back,  // with remarks
    publish,
    archive,
};
std::span<const Action> all_actions();
std::string_view name_of(Action action);
std::optional<Action> action_named(std::string_view name);

/// What the issue's file says at the moment of the step.
struct Standing {
    std::int64_t articles = 0;
    std::int64_t unfinished = 0;     // articles without a column, headline or text
    std::int64_t open_findings = 0;  // neither settled nor accepted
    std::int64_t editors = 0;        // people who had a hand in it
    bool own = false;                // the actor is one of them
    bool text_checked = false;       // the text is the one whose figures were checked
};

struct Moment {
    const Issue& before;
    const Standing& standing;
    std::string_view remarks = {};
};

struct Guard {
    std::string_view error;  // "bulletin.findings_open"
    ErrorKind kind;
    bool standing;  // known before anything is filled in: said beside the step's button
    bool (*broken)(const Moment&);
    std::int64_t (*count)(const Moment&) = nullptr;  // fills {count} of the sentence
};

struct Row {
    std::vector<State> from;
    Action action;
    State to;
    auth::Right who;
    std::vector<const Guard*> guards;
};
std::span<const Row> procedure();

/// The row that allows it, or the first guard that refuses.
///
/// Errors: conflict "bulletin.wrong_state" {state, action}; those of the row's guards.
Result<const Row*> decide(const Moment& moment, Action action);

/// What somebody with these rights may do next, each with what is missing before anything is filled in.
struct Possible {
    const Row* row;
    std::vector<Error> missing;
};
std::vector<Possible> possible(const Issue& issue, const Standing& standing, const auth::Actor& who);

/// Whether the text may be changed without a correction.
bool editable(State state);

}  // namespace ballast::bulletin
