/// What each form consists of, once for reading and for writing. Inside casework only.
#pragma once

#include "casework/facts.h"

namespace ballast::casework {

// `V::Of<T>` is T for a reader and const T for a writer.

template <class V>
void fields(V& v, typename V::template Of<Opened>& f) {
    v("reason", f.reason);
    v("risks", f.risks);
}
template <class V>
void fields(V& v, typename V::template Of<Investigator>& f) {
    v("name", f.name);
    v("account", f.account);
    v("post", f.post);
    v("no_relation", f.no_relation);
}
template <class V>
void fields(V& v, typename V::template Of<IncomeTotal>& f) {
    v("item", f.item);
    v("amount", f.amount);
}
template <class V>
void fields(V& v, typename V::template Of<Asset>& f) {
    v("kind", f.kind);
    v("description", f.description);
    v("value", f.value);
}
template <class V>
void fields(V& v, typename V::template Of<GuaranteeFound>& f) {
    v("item", f.item);
    v("status", f.status);
    v("note", f.note);
}
template <class V>
void fields(V& v, typename V::template Of<Visit>& f) {
    v("visited_on", f.visited_on);
    v("investigators", f.investigators);
    v("income", f.income);
    v("assets", f.assets);
    v("guarantees", f.guarantees);
    v("risks", f.risks);
    v("risk_confirmed", f.risk_confirmed);
    v("sudden_event", f.sudden_event);
    v("severe_difficulty", f.severe_difficulty);
    v("self_coping", f.self_coping);
    v("findings", f.findings);
    v("signed_by_household", f.signed_by_household);
    v("signed_by_investigators", f.signed_by_investigators);
    v("photos", f.photos);
}
template <class V>
void fields(V& v, typename V::template Of<ConsentParty>& f) {
    v("person", f.person);
    v("name", f.name);
    v.document("id_number", f.id_number);
    v("standing", f.standing);
    v("signed_by", f.signed_by);
    v("signer", f.signer);
    v("signature", f.signature);
}
template <class V>
void fields(V& v, typename V::template Of<Consent>& f) {
    v("parties", f.parties);
    v("items", f.items);
    v("purpose", f.purpose);
    v("from", f.from);
    v("to", f.to);
    v("promise_of_truth", f.promise_of_truth);
}
template <class V>
void fields(V& v, typename V::template Of<Hit>& f) {
    v("rule", f.rule);
    v("severity", f.severity);
    v("person", f.person);
    v("summary", f.summary);
    v("source", f.source);
    v("rows", f.rows);
}
template <class V>
void fields(V& v, typename V::template Of<Comparison>& f) {
    v("compared_on", f.compared_on);
    v("persons", f.persons);
    v("items", f.items);
    v("hits", f.hits);
    v("note", f.note);
}
template <class V>
void fields(V& v, typename V::template Of<Explanation>& f) {
    v("hit", f.hit);
    v("text", f.text);
    v("proof", f.proof);
}
template <class V>
void fields(V& v, typename V::template Of<Judgement>& f) {
    v("hit", f.hit);
    v("accepted", f.accepted);
    v("reason", f.reason);
    v("no_relation", f.no_relation);
}
template <class V>
void fields(V& v, typename V::template Of<Review>& f) {
    v("held_on", f.held_on);
    v("place", f.place);
    v("chair", f.chair);
    v("recorder", f.recorder);
    v("entitled", f.entitled);
    v("present", f.present);
    v("votes_for", f.votes_for);
    v("votes_against", f.votes_against);
    v("abstained", f.abstained);
    v("relatives_present", f.relatives_present);
    v("comparison_read_out", f.comparison_read_out);
    v("minutes", f.minutes);
    v("reason", f.reason);
    v("photos", f.photos);
}
template <class V>
void fields(V& v, typename V::template Of<Posting>& f) {
    v("posted_on", f.posted_on);
    v("hotline", f.hotline);
    v("place", f.place);
    v("photos", f.photos);
    v("text", f.text);
    v("shown", f.shown);
}
template <class V>
void fields(V& v, typename V::template Of<TakenDown>& f) {
    v("taken_down_on", f.taken_down_on);
    v("photos", f.photos);
}
template <class V>
void fields(V& v, typename V::template Of<Objection>& f) {
    v("text", f.text);
    v("name", f.name);
    v.phone("phone", f.phone);
}
template <class V>
void fields(V& v, typename V::template Of<Inquiry>& f) {
    v("inquired_on", f.inquired_on);
    v("findings", f.findings);
    v("no_relation", f.no_relation);
    v("proof", f.proof);
}
template <class V>
void fields(V& v, typename V::template Of<SampleVisit>& f) {
    v("visited_on", f.visited_on);
    v("findings", f.findings);
}
template <class V>
void fields(V& v, typename V::template Of<TownshipReview>& f) {
    v("opinion", f.opinion);
    v("sample_visit", f.sample_visit);
    v("no_relation", f.no_relation);
}
template <class V>
void fields(V& v, typename V::template Of<Returned>& f) {
    v("items", f.items);
}
template <class V>
void fields(V& v, typename V::template Of<Corrected>& f) {
    v("item", f.item);
    v("note", f.note);
    v("proof", f.proof);
}
template <class V>
void fields(V& v, typename V::template Of<Approval>& f) {
    v("opinion", f.opinion);
    v("category", f.category);
    v("category_reason", f.category_reason);
    v("late_reason", f.late_reason);
    v("no_relation", f.no_relation);
}
template <class V>
void fields(V& v, typename V::template Of<Enrolment>& f) {
    v("identified_on", f.identified_on);
    v("helper", f.helper);
    v("risks", f.risks);
    v("category", f.category);
    v("line", f.line);
    v("deducted_per_head", f.deducted_per_head);
    v("pack_hash", f.pack_hash);
}
template <class V>
void fields(V& v, typename V::template Of<Reasoned>& f) {
    v("why", f.why);
    v("reason", f.reason);
    v("no_relation", f.no_relation);
    v("proof", f.proof);
}
template <class V>
void fields(V& v, typename V::template Of<GreenHelp>& f) {
    v("danger", f.danger);
    v("help", f.help);
    v("helped_on", f.helped_on);
    v("helped_by", f.helped_by);
    v("amount", f.amount);
    v("proof", f.proof);
}
template <class V>
void fields(V& v, typename V::template Of<Extension>& f) {
    v("days", f.days);
    v("reason", f.reason);
}

}  // namespace ballast::casework
