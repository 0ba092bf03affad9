#include "casework/risk_case.h"

#include <algorithm>
#include <array>

namespace ballast::casework {

namespace {

constexpr std::array state_names{
    std::string_view("opened"),     std::string_view("verified"),   std::string_view("consented"),
    std::string_view("compared"),   std::string_view("explaining"), std::string_view("reviewed"),
    std::string_view("publicised"), std::string_view("objected"),   std::string_view("town_reviewed"),
    std::string_view("approved"),   std::string_view("enrolled"),   std::string_view("rejected"),
    std::string_view("closed")};
constexpr std::array action_names{std::string_view("open"),
                                  std::string_view("verify"),
                                  std::string_view("authorise"),
                                  std::string_view("refuse_consent"),
                                  std::string_view("withdraw_consent"),
                                  std::string_view("compare"),
                                  std::string_view("explain"),
                                  std::string_view("judge"),
                                  std::string_view("judge_county"),
                                  std::string_view("reject_asset"),
                                  std::string_view("review"),
                                  std::string_view("publicise"),
                                  std::string_view("end_publicity"),
                                  std::string_view("object"),
                                  std::string_view("dismiss_objection"),
                                  std::string_view("restart_publicity"),
                                  std::string_view("repeat_review"),
                                  std::string_view("reject_objection"),
                                  std::string_view("township_review"),
                                  std::string_view("return_township"),
                                  std::string_view("correct"),
                                  std::string_view("reject_township"),
                                  std::string_view("approve"),
                                  std::string_view("return_county"),
                                  std::string_view("reject_county"),
                                  std::string_view("enrol"),
                                  std::string_view("close"),
                                  std::string_view("green_help"),
                                  std::string_view("extend"),
                                  std::string_view("pause"),
                                  std::string_view("resume")};

template <class Enum, std::size_t n>
constexpr std::array<Enum, n> counted() {
    std::array<Enum, n> all{};
    for (std::size_t i = 0; i < n; ++i) all[i] = static_cast<Enum>(i);
    return all;
}
constexpr auto states = counted<State, state_names.size()>();
constexpr auto actions = counted<Action, action_names.size()>();
static_assert(states.back() == State::closed && actions.back() == Action::resume);

template <class Enum, class Names>
std::optional<Enum> named(const Names& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

/// What each form leaves in the case.
struct Left {
    RiskCase& now;
    const Step& step;

    void operator()(const Opened& facts) { now.risks = facts.risks; }
    void operator()(const Visit& facts) {
        now.visit = facts;
        if (!facts.risks.empty()) now.risks = facts.risks;
    }
    void operator()(const Consent& facts) {
        now.consent = facts;
        now.consent_withdrawn = false;
    }
    void operator()(const Comparison& facts) {
        now.comparison = facts;
        now.hits.clear();
        for (const auto& hit : facts.hits) now.hits.push_back({hit, {}, {}, {}});
    }
    void operator()(const Explanation& facts) {
        HitState& hit = now.hits.at(static_cast<std::size_t>(facts.hit));
        hit.explanation = facts;
        hit.township.reset();  // a new explanation is judged anew
        hit.county.reset();
    }
    void operator()(const Judgement& facts) {
        HitState& hit = now.hits.at(static_cast<std::size_t>(facts.hit));
        (step.action == Action::judge ? hit.township : hit.county) = facts;
    }
    void operator()(const Review& facts) { now.review = facts; }
    void operator()(const Posting& facts) {
        now.notice = facts;
        now.taken_down.reset();
    }
    void operator()(const TakenDown& facts) { now.taken_down = facts; }
    void operator()(const Objection&) {}
    void operator()(const Inquiry&) {}
    void operator()(const TownshipReview&) {}
    void operator()(const Returned& facts) {
        now.corrections.clear();
        for (const auto& what : facts.items) now.corrections.push_back({what, {}});
    }
    void operator()(const Corrected& facts) {
        now.corrections.at(static_cast<std::size_t>(facts.item)).note = facts.note;
    }
    void operator()(const Approval& facts) { now.approval = facts; }
    void operator()(const Enrolment& facts) { now.enrolment = facts; }
    void operator()(const GreenHelp& facts) {
        now.green_help.push_back(facts);
        if (!now.green_since) now.green_since = facts.helped_on;
    }
    void operator()(const Extension& facts) { now.extension_days += static_cast<int>(facts.days); }
    void operator()(const Reasoned& facts) {
        if (step.action == Action::withdraw_consent) now.consent_withdrawn = true;
        if (step.action == Action::pause) now.pauses.push_back({step.on, {}, facts.reason});
        if (step.action == Action::resume) now.pauses.back().to = step.on;
    }
};

}  // namespace

std::span<const State> all_states() { return states; }
std::span<const Action> all_actions() { return actions; }
std::string_view name_of(State state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name_of(Action action) { return action_names.at(static_cast<std::size_t>(action)); }
std::optional<State> state_named(std::string_view name) { return named<State>(state_names, name); }
std::optional<Action> action_named(std::string_view name) { return named<Action>(action_names, name); }

int RiskCase::paused_days(Date today) const {
    int days = 0;
    for (const auto& pause : pauses) days += pause.to.value_or(today) - pause.from;
    return days;
}

bool RiskCase::corrections_open() const {
    return std::ranges::any_of(corrections, [](const Correction& one) { return !one.note; });
}

bool RiskCase::hits_settled() const { return std::ranges::all_of(hits, &HitState::accepted); }

bool RiskCase::hard_hit_open() const {
    return std::ranges::any_of(hits, [](const HitState& one) { return one.hard() && !one.accepted(); });
}

bool RiskCase::self_did(std::span<const Action> what, const auth::Actor& who) const {
    return std::ranges::any_of(steps, [&](const Step& step) {
        return std::ranges::find(what, step.action) != what.end() && step.account == who.account;
    });
}

RiskCase after(RiskCase before, const Step& step) {
    RiskCase now = std::move(before);
    std::visit(Left{now, step}, step.facts);
    if (now.state != step.to || now.steps.empty()) now.entered = step.on;
    now.state = step.to;
    now.reason = step.reason;
    ++now.version;
    now.steps.push_back(step);
    return now;
}

}  // namespace ballast::casework
