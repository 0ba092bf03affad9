/// The guards of the procedure, by name; inside casework only. Each refuses with one error.
#pragma once

#include "casework/procedure.h"

namespace ballast::casework::guards {

// The visit.
extern const Guard visit_in_future, visit_before_clue, one_investigator, no_village_investigator,
    relation_not_declared, visit_not_signed, visit_without_photo, income_missing, income_negative,
    guarantee_missing, risk_missing, nobody_left;
// Consent.
extern const Guard promise_missing, adult_missing, party_unknown, consent_unsigned, outsider_must_sign,
    outsider_id_wrong, guardian_missing, consent_without_items, consent_item_unknown, purpose_missing,
    consent_over, consent_too_long, consent_before_birth, consent_missing, consent_not_yet, consent_expired,
    consent_withdrawn;
// Comparison and explanations.
extern const Guard outside_consent_items, outside_consent_persons, compared_in_future, no_such_hit,
    hit_settled, explanation_empty, proof_missing, hit_unexplained, township_first, soft_needs_no_county,
    no_hard_hit;
// Review.
extern const Guard review_in_future, review_before_comparison, no_representatives, present_exceeds,
    quorum_missing, votes_do_not_add_up, relatives_must_abstain, comparison_not_read, minutes_missing,
    review_without_photo, review_reason_missing;
// Publicity and objections.
extern const Guard posted_in_future, posted_before_review, hotline_missing, posting_without_photo,
    notice_leaks, publicity_too_short, taken_down_wrong_day, taken_down_without_photo, objection_empty,
    objection_too_late, inquiry_empty, inquiry_in_future, content_changed, publicity_not_ended;
// Township and county.
extern const Guard corrections_open, entered_by_reviewer, reviewed_by_investigator, relation_undeclared,
    opinion_missing, sample_visit_missing, sample_visit_in_future, list_empty, no_such_correction,
    correction_empty, approver_entered, approver_reviewed, category_missing, category_unreasoned,
    late_without_reason;
// Enrolment, closing, help, clock.
extern const Guard person_in_two_households, household_faulty, helper_missing, identified_wrong_day,
    reason_missing, close_reason_unknown, closed_without_visit, help_empty, help_in_future, help_before_clue,
    extension_days;
// Of every step.
extern const Guard code_unknown, attachment_unknown, dated_before_clue;

}  // namespace ballast::casework::guards
