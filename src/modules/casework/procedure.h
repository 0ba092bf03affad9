/// The procedure by which a household comes to be monitored, or not: steps 1 to 9 of domain specification 2.4
/// with 4a, returns, objections, the green channel, extension and pause. It is the table in
/// procedure_rows.cpp; anything not listed there is refused. Each row names who may take the step, what must
/// hold (the guards of guards.cpp, each with its refusal), the limit it falls under and the paper it leaves.
///
/// The machine proposes nothing here and decides nothing: it says what may be done by whom.
#pragma once

#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/clock.h"
#include "casework/risk_case.h"

namespace ballast::casework {

/// What the register and the case's file say on the day of the step.
struct Surroundings {
    struct Member {
        std::int64_t person;
        int age;
        std::string name;
        std::optional<Date> birth = {};
    };
    std::vector<Member> members;  // active ones
    std::string shown;            // what a notice would say of the household
    bool ex_poor = false;
    bool has_helper = false;
    std::int64_t other_households = 0;   // in which somebody of this household also stands; once approved
    std::int64_t faults = 0;             // errors that the register's rules find
    bool sample_due = false;             // the township's share of visits of its own is not reached
    std::set<AttachmentId> attachments;  // of this case
    std::optional<std::string> proposed_category;
};

/// Everything that a guard may look at.
struct Moment {
    const RiskCase& before;
    const Facts& facts;
    const auth::Actor& who;
    const Terms& terms;
    const Surroundings& around;
    Date today;
    std::string_view text;  // the notice to be posted

    template <class T>
    const T& as() const {
        const T* held = std::get_if<T>(&facts);
        INVARIANT(held != nullptr);
        return *held;
    }
};

/// Refuses a step with an error of its own when `broken`.
struct Guard {
    std::string_view error;  // "casework.one_investigator"
    ErrorKind kind;
    /// Known before a form is filled in: said beside the step's button.
    bool standing;
    bool (*broken)(const Moment&);
    /// Places of the sentence.
    std::vector<std::pair<std::string, std::string>> (*args)(const Moment&) = nullptr;
};

/// Which of several rows of one action is meant.
struct When {
    std::string_view name;  // "" always
    bool (*met)(const Moment&);
};

struct Row {
    std::string_view step;  // "4a"
    std::set<State> from;   // empty: the case is not open yet
    Action action;
    When when;
    std::optional<State> to;  // absent: stays where it is
    std::string_view reason;  // of a state that ends the case; "*" the one given
    auth::Right who;
    std::vector<const Guard*> guards;
    std::string_view limit;  // parameter of packs/casework, or ""
    std::string_view paper;  // kind of the official paper that the step leaves, or ""
};
const std::vector<Row>& procedure();

/// Who acts without signing in: objects to a notice, takes their own consent back.
auth::Actor somebody();

/// The step that this action would be now, or the first guard that refuses.
///
/// Errors: conflict "casework.wrong_state" {state, action}, "casework.paused", "casework.not_paused";
/// forbidden "auth.not_allowed"; those of the row's guards.
Result<const Row*> decide(const Moment& moment, Action action);

/// What this user may do next in the case as it stands, each with what is missing before the form is filled
/// in.
struct Possible {
    const Row* row;
    std::vector<Error> missing;
};
std::vector<Possible> possible(const RiskCase& now, const auth::Actor& who, const Terms& terms,
                               const Surroundings& around, Date today);

/// The step that the procedure waits for, and by when it is due.
struct Awaited {
    Action action;
    auth::Right who;
    Deadline due;
};
std::optional<Awaited> awaited(const RiskCase& now, const Terms& terms);

/// The publicity of the notice that is up: its last day; the next step may be taken the day after.
Deadline publicity(const RiskCase& now, const Terms& terms);

}  // namespace ballast::casework
