// What the rows of procedure_rows.cpp allow, and what they wait for.
#include "casework/procedure.h"

#include <algorithm>

#include "casework/guards.h"

namespace ballast::casework {

namespace {

using enum State;
using enum auth::Right;
using std::nullopt;
namespace g = guards;

bool goes_on_while_paused(Action action) {
    return action == Action::resume || action == Action::green_help || action == Action::object ||
           action == Action::withdraw_consent;
}

bool leaves_from(const Row& row, const RiskCase& now) {
    return row.from.empty() ? now.steps.empty() : !now.steps.empty() && row.from.contains(now.state);
}

constexpr std::string_view public_account = "public";

/// The household itself, which has no account; whoever has one takes the officer's step.
bool closed_to(const Row& row, const auth::Actor& who) {
    return row.who == anyone && row.action == Action::withdraw_consent && who.account != public_account;
}

Result<void> allowed(const Row& row, const RiskCase& now, const auth::Actor& who) {
    if (row.who == anyone) return {};
    TRY(auth::require(who, row.who));
    if (!who.scope(row.who).contains(now.village))
        return forbidden("auth.not_allowed").with("right", std::string(auth::name_of(row.who)));
    return {};
}

std::optional<Error> refusal(const Guard& guard, const Moment& moment) {
    if (!guard.broken(moment)) return nullopt;
    Error error{guard.kind, std::string(guard.error), {}, {}};
    if (guard.args) error.args = guard.args(moment);
    return error;
}

std::optional<Error> pause_forbids(const RiskCase& now, Action action) {
    if (action == Action::resume && !now.paused()) return conflict("casework.not_paused");
    if (now.paused() && !goes_on_while_paused(action)) return conflict("casework.paused");
    return nullopt;
}

}  // namespace

auth::Actor somebody() { return {auth::UserId{}, std::string(public_account), "", {}}; }

Result<const Row*> decide(const Moment& moment, Action action) {
    const auto wrong_state = [&] {
        return conflict("casework.wrong_state")
            .with("state", std::string(name_of(moment.before.state)))
            .with("action", std::string(name_of(action)));
    };
    const Row* meant = nullptr;
    std::optional<Error> barred;
    for (const Row& row : procedure()) {
        if (row.action != action || !leaves_from(row, moment.before) || closed_to(row, moment.who)) continue;
        // The guards of a form stand before the question of what it leads to; rows of one action share them.
        if (!meant) {
            if (auto may = allowed(row, moment.before, moment.who); !may) {
                if (!barred) barred = may.error();
                continue;
            }
            meant = &row;
        }
        if (row.when.met && row.when.met(moment)) meant = &row;
    }
    if (!meant) return barred ? *barred : wrong_state();
    if (auto error = pause_forbids(moment.before, action)) return std::move(*error);
    for (const Guard* guard : meant->guards)
        if (auto error = refusal(*guard, moment)) return std::move(*error);
    for (const Guard* guard : {&g::code_unknown, &g::attachment_unknown})
        if (auto error = refusal(*guard, moment)) return std::move(*error);
    return meant;
}

std::vector<Possible> possible(const RiskCase& now, const auth::Actor& who, const Terms& terms,
                               const Surroundings& around, Date today) {
    std::vector<Possible> out;
    const Facts none = Reasoned{};
    const Moment moment{now, none, who, terms, around, today, {}};
    for (const Row& row : procedure()) {
        if (row.from.empty() || !leaves_from(row, now) || closed_to(row, who) || !allowed(row, now, who))
            continue;
        if (!out.empty() && out.back().row->action == row.action) continue;
        if ((row.action == Action::resume) != now.paused() && !goes_on_while_paused(row.action)) continue;
        if (row.action == Action::resume && !now.paused()) continue;
        if (row.action == Action::correct && !now.corrections_open()) continue;
        if (row.action == Action::end_publicity && now.taken_down) continue;
        Possible one{&row, {}};
        for (const Guard* guard : row.guards)
            if (guard->standing)
                if (auto error = refusal(*guard, moment)) one.missing.push_back(std::move(*error));
        out.push_back(std::move(one));
    }
    return out;
}

Deadline publicity(const RiskCase& now, const Terms& terms) {
    INVARIANT(now.notice.has_value());
    return due(now.notice->posted_on, terms.limit("publicity_days"));
}

std::optional<Awaited> awaited(const RiskCase& now, const Terms& terms) {
    const auto from = [&](Action action, auth::Right who, std::string_view limit, Date since) {
        return Awaited{action, who, due(since, terms.limit(limit))};
    };
    switch (now.state) {
        case opened:
            return from(Action::verify, cases_verify, "visit_limit", now.entered);
        case verified:
            return from(Action::authorise, cases_verify, "consent_limit", now.entered);
        case consented:
            return from(Action::compare, cases_compare, "comparison_limit", now.entered);
        case explaining: {
            const auto open =
                std::ranges::find_if(now.hits, [](const HitState& hit) { return !hit.accepted(); });
            if (open == now.hits.end() || !open->explanation)
                return from(Action::explain, cases_verify, "explanation_limit", now.entered);
            const bool county = open->township && open->township->accepted;
            return county ? from(Action::judge_county, cases_approve, "explanation_limit", now.entered)
                          : from(Action::judge, cases_township, "explanation_limit", now.entered);
        }
        case compared:
            return from(Action::review, cases_review, "review_limit", now.entered);
        case reviewed:
            return from(Action::publicise, cases_review, "posting_limit", now.entered);
        case publicised: {
            const Date ends = publicity(now, terms).last_day;
            if (now.corrections_open())
                return from(Action::correct, cases_verify, "township_limit", std::max(ends, now.entered));
            if (!now.taken_down) return from(Action::end_publicity, cases_review, "notice_keep_days", ends);
            return from(Action::township_review, cases_township, "township_limit",
                        std::max(ends.plus_days(1), now.entered));
        }
        case objected:
            return from(Action::dismiss_objection, cases_township, "inquiry_limit", now.entered);
        case town_reviewed:
            return from(Action::approve, cases_approve, "county_limit", now.entered);
        case approved:
            return from(Action::enrol, cases_enrol, "enrol_limit", now.entered);
        default:
            return nullopt;
    }
}

}  // namespace ballast::casework
