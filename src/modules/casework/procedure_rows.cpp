// The procedure, row by row, as domain specification 2.4 has it. procedure.cpp only looks things up here.
#include <algorithm>

#include "casework/guards.h"
#include "casework/procedure.h"

namespace ballast::casework {

namespace {

using enum State;
using enum auth::Right;
using std::nullopt;
namespace g = guards;

// -- when several rows share an action -------------------------------------------------------------------

constexpr When always{"", nullptr};
constexpr When no_hits{"no_hits", [](const Moment& m) { return m.as<Comparison>().hits.empty(); }};
constexpr When hits{"hits", [](const Moment& m) { return !m.as<Comparison>().hits.empty(); }};

/// Whether with this judgement every hit is accepted.
bool settles(const Moment& m) {
    const auto& judged = m.as<Judgement>();
    if (!judged.accepted) return false;
    for (std::size_t i = 0; i < m.before.hits.size(); ++i) {
        HitState hit = m.before.hits[i];
        if (static_cast<std::int64_t>(i) == judged.hit)
            (hit.township && hit.township->accepted ? hit.county : hit.township) = judged;
        if (!hit.accepted()) return false;
    }
    return true;
}
constexpr When all_settled{"all_settled", settles};
constexpr When some_open{"some_open", [](const Moment& m) { return !settles(m); }};

/// For the household: more than the share of those present [assumed: one half].
bool passed(const Moment& m) {
    const auto& review = m.as<Review>();
    return Decimal(review.votes_for) > m.terms.share("review_pass_share") * Decimal(review.present);
}
constexpr When was_passed{"passed", passed};
constexpr When not_passed{"not_passed", [](const Moment& m) { return !passed(m); }};

const std::set<State> under_way{opened,   verified,   consented, compared,      explaining,
                                reviewed, publicised, objected,  town_reviewed, approved};
const std::set<State> before_enrolment{opened,     verified, consented,  compared,
                                       explaining, reviewed, publicised, objected};
const std::set<State> after_comparison{compared, explaining, reviewed, publicised, objected, town_reviewed};

// -- the rows --------------------------------------------------------------------------------------------

std::vector<Row> rows() {
    const std::vector<const Guard*> visit{
        &g::nobody_left,      &g::visit_in_future,         &g::visit_before_clue,
        &g::one_investigator, &g::no_village_investigator, &g::relation_not_declared,
        &g::visit_not_signed, &g::visit_without_photo,     &g::income_missing,
        &g::income_negative,  &g::guarantee_missing,       &g::risk_missing};
    const std::vector<const Guard*> authorisation{
        &g::entered_by_reviewer,   &g::promise_missing,      &g::party_unknown,     &g::adult_missing,
        &g::consent_unsigned,      &g::outsider_must_sign,   &g::outsider_id_wrong, &g::guardian_missing,
        &g::consent_without_items, &g::consent_item_unknown, &g::purpose_missing,   &g::consent_over,
        &g::consent_too_long,      &g::consent_before_birth};
    const std::vector<const Guard*> comparison{&g::consent_missing,       &g::consent_withdrawn,
                                               &g::consent_not_yet,       &g::consent_expired,
                                               &g::outside_consent_items, &g::outside_consent_persons,
                                               &g::compared_in_future,    &g::dated_before_clue};
    const std::vector<const Guard*> meeting{
        &g::review_in_future,    &g::dated_before_clue,      &g::review_before_comparison,
        &g::no_representatives,  &g::present_exceeds,        &g::quorum_missing,
        &g::votes_do_not_add_up, &g::relatives_must_abstain, &g::comparison_not_read,
        &g::minutes_missing,     &g::review_without_photo};
    auto meeting_lost = meeting;
    meeting_lost.push_back(&g::review_reason_missing);
    const std::vector<const Guard*> judging{
        &g::no_such_hit,    &g::hit_settled,         &g::reviewed_by_investigator,
        &g::reason_missing, &g::relation_undeclared, &g::hit_unexplained};
    const std::vector<const Guard*> county_judging{
        &g::no_such_hit,    &g::hit_settled,         &g::soft_needs_no_county,
        &g::township_first, &g::approver_entered,    &g::approver_reviewed,
        &g::reason_missing, &g::relation_undeclared, &g::hit_unexplained};
    const std::vector<const Guard*> inquiry{&g::reviewed_by_investigator, &g::inquiry_empty,
                                            &g::inquiry_in_future, &g::dated_before_clue,
                                            &g::relation_undeclared};
    auto dismissal = inquiry;
    dismissal.push_back(&g::content_changed);
    const std::vector<const Guard*> township_no{&g::reviewed_by_investigator, &g::reason_missing,
                                                &g::relation_undeclared};
    const std::vector<const Guard*> county_no{&g::approver_entered, &g::approver_reviewed, &g::reason_missing,
                                              &g::relation_undeclared};

    const std::vector<const Guard*> explanation{&g::entered_by_reviewer, &g::no_such_hit, &g::hit_settled,
                                                &g::explanation_empty, &g::proof_missing};
    const std::vector<const Guard*> asset_no{&g::no_hard_hit, &g::reviewed_by_investigator,
                                             &g::reason_missing, &g::relation_undeclared};
    const std::vector<const Guard*> posting{&g::posted_in_future, &g::posted_before_review,
                                            &g::hotline_missing, &g::posting_without_photo, &g::notice_leaks};
    const std::vector<const Guard*> taking_down{&g::publicity_too_short, &g::taken_down_wrong_day,
                                                &g::taken_down_without_photo};
    const std::vector<const Guard*> township_yes{&g::publicity_too_short,      &g::publicity_not_ended,
                                                 &g::corrections_open,         &g::content_changed,
                                                 &g::reviewed_by_investigator, &g::opinion_missing,
                                                 &g::sample_visit_missing,     &g::sample_visit_in_future,
                                                 &g::dated_before_clue,        &g::relation_undeclared};
    const std::vector<const Guard*> county_yes{
        &g::approver_entered,    &g::approver_reviewed,   &g::opinion_missing,    &g::category_missing,
        &g::category_unreasoned, &g::late_without_reason, &g::relation_undeclared};
    const std::vector<const Guard*> enrolling{&g::nobody_left, &g::person_in_two_households,
                                              &g::household_faulty, &g::helper_missing,
                                              &g::identified_wrong_day};
    const std::vector<const Guard*> closing{&g::reviewed_by_investigator, &g::close_reason_unknown,
                                            &g::reason_missing, &g::closed_without_visit,
                                            &g::relation_undeclared};
    const std::vector<const Guard*> helping{&g::help_empty, &g::help_in_future, &g::help_before_clue,
                                            &g::proof_missing};
    // clang-format off
    return {
        // step, from, action, when, to, reason, who, guards, limit, paper
        {"1", {}, Action::open, always, opened, "", clues_write, {&g::nobody_left}, "open_limit", ""},

        {"2", {opened}, Action::verify, always, verified, "", cases_verify, visit, "visit_limit", "visit_form"},

        {"3", {verified, consented, compared}, Action::authorise, always, consented, "", cases_verify, authorisation, "consent_limit", "consent"},
        {"3", {verified, consented}, Action::refuse_consent, always, closed, "refused_consent", cases_verify, {&g::reason_missing}, "consent_limit", "decision_letter"},
        {"3", {consented}, Action::withdraw_consent, always, verified, "", cases_verify, {&g::reason_missing}, "", ""},
        {"3", after_comparison, Action::withdraw_consent, always, nullopt, "", cases_verify, {&g::reason_missing}, "", ""},
        // The household itself, through the public page.
        {"3", {consented}, Action::withdraw_consent, always, verified, "", anyone, {&g::reason_missing}, "", ""},
        {"3", after_comparison, Action::withdraw_consent, always, nullopt, "", anyone, {&g::reason_missing}, "", ""},

        {"4", {consented, compared}, Action::compare, no_hits, compared, "", cases_compare, comparison, "comparison_limit", ""},
        {"4", {consented, compared}, Action::compare, hits, explaining, "", cases_compare, comparison, "comparison_limit", ""},

        {"4a", {explaining}, Action::explain, always, nullopt, "", cases_verify, explanation, "explanation_limit", ""},
        {"4a", {explaining}, Action::judge, all_settled, compared, "", cases_township, judging, "explanation_limit", ""},
        {"4a", {explaining}, Action::judge, some_open, nullopt, "", cases_township, judging, "explanation_limit", ""},
        {"4a", {explaining}, Action::judge_county, all_settled, compared, "", cases_approve, county_judging, "explanation_limit", ""},
        {"4a", {explaining}, Action::judge_county, some_open, nullopt, "", cases_approve, county_judging, "explanation_limit", ""},
        // Never the machine alone: a township officer says so, with a reason.
        {"4a", {explaining}, Action::reject_asset, always, rejected, "asset", cases_township, asset_no, "explanation_limit", "decision_letter"},

        {"5", {compared}, Action::review, was_passed, reviewed, "", cases_review, meeting, "review_limit", "minutes"},
        {"5", {compared}, Action::review, not_passed, rejected, "review", cases_review, meeting_lost, "review_limit", "minutes"},

        // Once, in the village only; county and township do not repeat it [S1].
        {"6", {reviewed}, Action::publicise, always, publicised, "", cases_review, posting, "posting_limit", "notice"},
        {"6", {publicised}, Action::end_publicity, always, nullopt, "", cases_review, taking_down, "notice_keep_days", ""},
        {"6", {publicised, objected}, Action::object, always, objected, "", anyone, {&g::objection_too_late, &g::objection_empty}, "", ""},
        {"6", {objected}, Action::dismiss_objection, always, publicised, "", cases_township, dismissal, "inquiry_limit", ""},
        {"6", {objected, publicised}, Action::restart_publicity, always, reviewed, "", cases_township, inquiry, "inquiry_limit", ""},
        {"6", {objected}, Action::repeat_review, always, compared, "", cases_township, inquiry, "inquiry_limit", ""},
        {"6", {objected}, Action::reject_objection, always, rejected, "objection", cases_township, township_no, "inquiry_limit", "decision_letter"},

        {"7", {publicised}, Action::township_review, always, town_reviewed, "", cases_township, township_yes, "township_limit", "review_form"},
        {"7", {publicised}, Action::return_township, always, nullopt, "", cases_township, {&g::reviewed_by_investigator, &g::list_empty}, "township_limit", ""},
        {"7", {publicised}, Action::correct, always, nullopt, "", cases_verify, {&g::entered_by_reviewer, &g::no_such_correction, &g::correction_empty}, "", ""},
        {"7", {publicised}, Action::reject_township, always, rejected, "township", cases_township, township_no, "township_limit", "decision_letter"},

        {"8", {town_reviewed}, Action::approve, always, approved, "", cases_approve, county_yes, "county_limit", "approval_form"},
        // Back through the township, which looks again at what the village has mended.
        {"8", {town_reviewed}, Action::return_county, always, publicised, "", cases_approve, {&g::approver_entered, &g::approver_reviewed, &g::list_empty}, "county_limit", ""},
        {"8", {town_reviewed}, Action::reject_county, always, rejected, "county", cases_approve, county_no, "county_limit", "decision_letter"},

        {"9", {approved}, Action::enrol, always, enrolled, "", cases_enrol, enrolling, "enrol_limit", "decision_letter"},

        {"", before_enrolment, Action::close, always, closed, "*", cases_township, closing, "", "decision_letter"},
        {"G", under_way, Action::green_help, always, nullopt, "", cases_green, helping, "green_channel_limit", ""},
        {"", under_way, Action::extend, always, nullopt, "", cases_approve, {&g::extension_days, &g::reason_missing}, "", ""},
        {"", under_way, Action::pause, always, nullopt, "", cases_approve, {&g::reason_missing}, "", ""},
        {"", under_way, Action::resume, always, nullopt, "", cases_approve, {&g::reason_missing}, "", ""},
    };
    // clang-format on
}

}  // namespace

const std::vector<Row>& procedure() {
    static const std::vector<Row> all = rows();
    return all;
}

}  // namespace ballast::casework
