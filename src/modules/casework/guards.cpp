#include "casework/guards.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/citizen_id.h"
#include "base/text.h"
#include "casework/category.h"
#include "casework/consent.h"
#include "casework/leak.h"
#include "casework/risk.h"
#include "registry/income.h"

namespace ballast::casework::guards {

namespace {

using Args = std::vector<std::pair<std::string, std::string>>;
constexpr auto wrong = ErrorKind::invalid;   // what was filled in
constexpr auto early = ErrorKind::conflict;  // as things stand, not now or not by you
constexpr auto not_you = ErrorKind::forbidden;
constexpr bool at_once = true, in_the_form = false;

bool blank(std::string_view text) { return text::length(text::trimmed(text)) < 2; }

/// Who enters, who reviews, who approves: three people (domain specification 7.2).
constexpr std::array entering{Action::open, Action::verify, Action::authorise, Action::explain,
                              Action::correct};
constexpr std::array reviewing{Action::township_review,   Action::return_township,   Action::judge,
                               Action::dismiss_objection, Action::restart_publicity, Action::repeat_review};
constexpr std::array approving{Action::judge_county, Action::return_county, Action::approve};

bool investigated(const Moment& m) {
    if (m.before.self_did(entering, m.who)) return true;
    return m.before.visit && std::ranges::any_of(m.before.visit->investigators, [&](const Investigator& one) {
               return one.account == m.who.account || (!one.name.empty() && one.name == m.who.name);
           });
}

const HitState* hit_of(const Moment& m) {
    std::int64_t number = -1;
    if (const auto* explanation = std::get_if<Explanation>(&m.facts)) number = explanation->hit;
    if (const auto* judgement = std::get_if<Judgement>(&m.facts)) number = judgement->hit;
    if (number < 0 || static_cast<std::size_t>(number) >= m.before.hits.size()) return nullptr;
    return &m.before.hits[static_cast<std::size_t>(number)];
}

template <class T>
bool empty_photos(const Moment& m) {
    return m.as<T>().photos.empty();
}

const std::string& reason_of(const Moment& m) {
    if (const auto* extension = std::get_if<Extension>(&m.facts)) return extension->reason;
    if (const auto* judgement = std::get_if<Judgement>(&m.facts)) return judgement->reason;
    return m.as<Reasoned>().reason;
}

bool declares_no_relation(const Moment& m) {
    return std::visit(
        [](const auto& facts) {
            if constexpr (requires { facts.no_relation; })
                return facts.no_relation;
            else
                return true;
        },
        m.facts);
}

Attachments attachments_of(const Facts& facts) {
    return std::visit(
        [](const auto& form) {
            Attachments all;
            const auto add = [&](const Attachments& some) {
                all.insert(all.end(), some.begin(), some.end());
            };
            if constexpr (requires { form.photos; }) add(form.photos);
            if constexpr (requires { form.proof; }) add(form.proof);
            if constexpr (requires { form.parties; })
                for (const auto& party : form.parties) add(party.signature);
            return all;
        },
        facts);
}

const Surroundings::Member* member_of(const Moment& m, std::int64_t person) {
    const auto found = std::ranges::find(m.around.members, person, &Surroundings::Member::person);
    return found == m.around.members.end() ? nullptr : &*found;
}

bool any_party(const Moment& m, const std::function<bool(const ConsentParty&)>& which) {
    return std::ranges::any_of(m.as<Consent>().parties, which);
}

std::int64_t adults_unlisted(const Moment& m) {
    return std::ranges::count_if(m.around.members, [&](const Surroundings::Member& one) {
        return one.age >= adult_age &&
               !any_party(m, [&](const ConsentParty& party) { return party.person == one.person; });
    });
}

constexpr std::array six_guarantees{"food", "clothing", "education", "medical", "housing", "water"};
const char* unassessed(const Moment& m) {
    for (const char* item : six_guarantees)
        if (std::ranges::find(m.as<Visit>().guarantees, item, &GuaranteeFound::item) ==
            m.as<Visit>().guarantees.end())
            return item;
    return nullptr;
}

Args until(const Moment& m) { return {{"date", publicity(m.before, m.terms).next_step().iso()}}; }

bool risks_known(const std::vector<std::string>& codes) {
    return std::ranges::all_of(codes, [](const std::string& code) {
        return std::ranges::find(risk_types, code, &RiskType::code) != risk_types.end();
    });
}
template <class Rows, class Member, class List>
bool all_among(const Rows& rows, Member member, const List& list) {
    return std::ranges::all_of(rows, [&](const auto& row) {
        return std::ranges::find(list, std::invoke(member, row)) != list.end();
    });
}

/// The first coded field of a form that holds no code of its list; "" when all do.
struct UnknownCode {
    std::string_view operator()(const Visit& form) const {
        static constexpr std::array posts{"village", "work_team", "township", "county", "other"};
        static constexpr std::array kinds{"house",   "vehicle",   "machinery", "shop",
                                          "deposit", "livestock", "other"};
        static constexpr std::array statuses{"secured", "at_risk", "not_secured", "not_applicable"};
        static constexpr std::array items{"I1", "I2", "E1", "I3", "I4", "D1", "D2"};
        if (!all_among(form.investigators, &Investigator::post, posts)) return "investigators";
        if (!all_among(form.income, &IncomeTotal::item, items)) return "income";
        if (!all_among(form.assets, &Asset::kind, kinds)) return "assets";
        if (!all_among(form.guarantees, &GuaranteeFound::item, six_guarantees) ||
            !all_among(form.guarantees, &GuaranteeFound::status, statuses))
            return "guarantees";
        return risks_known(form.risks) ? "" : "risks";
    }
    std::string_view operator()(const Consent& form) const {
        static constexpr std::array standings{"member", "spouse", "supporting_child"};
        static constexpr std::array signers{"self", "guardian", "agent"};
        return all_among(form.parties, &ConsentParty::standing, standings) &&
                       all_among(form.parties, &ConsentParty::signed_by, signers)
                   ? ""
                   : "parties";
    }
    std::string_view operator()(const Comparison& form) const {
        static constexpr std::array severities{"hard", "soft"};
        static constexpr std::array rules{"N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"};
        return all_among(form.hits, &Hit::severity, severities) && all_among(form.hits, &Hit::rule, rules)
                   ? ""
                   : "hits";
    }
    std::string_view operator()(const Enrolment& form) const {
        return risks_known(form.risks) ? "" : "risks";
    }
    std::string_view operator()(const Opened& form) const { return risks_known(form.risks) ? "" : "risks"; }
    template <class Form>
    std::string_view operator()(const Form&) const {
        return "";
    }
};

constexpr std::array close_reasons{"no_risk",    "resolved_on_spot", "single_difficulty",  "watch_list",
                                   "moved_away", "all_deceased",     "not_rural_household"};
constexpr std::array after_a_visit{"no_risk", "resolved_on_spot", "single_difficulty", "watch_list"};
template <class List>
bool among(const List& list, std::string_view one) {
    return std::ranges::find(list, one) != list.end();
}

}  // namespace

#define GUARD(name, kind, when, condition, ...)                                                         \
    const Guard name {                                                                                  \
        "casework." #name, kind, when, [](const Moment& m) -> bool { return condition; }, ##__VA_ARGS__ \
    }

// -- the visit -------------------------------------------------------------------------------------------

GUARD(visit_in_future, wrong, in_the_form, m.as<Visit>().visited_on > m.today);
GUARD(visit_before_clue, wrong, in_the_form, m.as<Visit>().visited_on < m.before.day_zero,
      [](const Moment& m) -> Args {
          return {{"date", m.before.day_zero.iso()}};
      });
GUARD(one_investigator, wrong, in_the_form, m.as<Visit>().investigators.size() < 2);
GUARD(no_village_investigator, wrong, in_the_form,
      std::ranges::none_of(m.as<Visit>().investigators, [](const Investigator& one) {
          return one.post == "village" || one.post == "work_team";
      }));
GUARD(relation_not_declared, not_you, in_the_form,
      std::ranges::any_of(m.as<Visit>().investigators,
                          [](const Investigator& one) { return !one.no_relation; }));
GUARD(visit_not_signed, wrong, in_the_form,
      !m.as<Visit>().signed_by_household || !m.as<Visit>().signed_by_investigators);
GUARD(visit_without_photo, wrong, in_the_form, empty_photos<Visit>(m));
GUARD(income_missing, wrong, in_the_form, m.as<Visit>().income.empty());
GUARD(income_negative, wrong, in_the_form,
      std::ranges::any_of(m.as<Visit>().income, [](const IncomeTotal& one) { return one.amount < Money{}; }));
GUARD(guarantee_missing, wrong, in_the_form, unassessed(m) != nullptr, [](const Moment& m) -> Args {
    return {{"item", unassessed(m)}};
});
GUARD(risk_missing, wrong, in_the_form, m.as<Visit>().risk_confirmed&& m.as<Visit>().risks.empty());
GUARD(nobody_left, early, at_once, m.around.members.empty());

// -- consent ---------------------------------------------------------------------------------------------

GUARD(promise_missing, wrong, in_the_form, !m.as<Consent>().promise_of_truth);
GUARD(party_unknown, wrong, in_the_form, any_party(m, [&](const ConsentParty& party) {
          return party.person ? !member_of(m, *party.person)
                              : blank(party.name) || party.id_number.empty() || party.standing == "member";
      }));
GUARD(adult_missing, wrong, in_the_form, adults_unlisted(m) > 0, [](const Moment& m) -> Args {
    return {{"count", std::to_string(adults_unlisted(m))}};
});
GUARD(consent_unsigned, wrong, in_the_form,
      any_party(m, [](const ConsentParty& party) { return party.signature.empty(); }));
GUARD(outsider_must_sign, wrong, in_the_form,
      any_party(m, [](const ConsentParty& party) { return !party.person && party.signed_by != "self"; }));
GUARD(outsider_id_wrong, wrong, in_the_form, any_party(m, [&](const ConsentParty& party) {
          return !party.person && !CitizenId::parse(party.id_number, m.today);
      }));
GUARD(guardian_missing, wrong, in_the_form, any_party(m, [&](const ConsentParty& party) {
          const auto* member = party.person ? member_of(m, *party.person) : nullptr;
          return member && member->age < own_signature_age &&
                 (party.signed_by != "guardian" || blank(party.signer));
      }));
GUARD(consent_without_items, wrong, in_the_form, m.as<Consent>().items.empty());
GUARD(consent_item_unknown, wrong, in_the_form,
      !std::ranges::all_of(m.as<Consent>().items,
                           [](const std::string& one) { return among(consent_items, one); }));
GUARD(purpose_missing, wrong, in_the_form, blank(m.as<Consent>().purpose));
GUARD(consent_over, wrong, in_the_form,
      m.as<Consent>().to < m.today || m.as<Consent>().to < m.as<Consent>().from);
GUARD(consent_too_long, wrong, in_the_form,
      m.as<Consent>().to > m.as<Consent>().from.plus_months(m.terms.number("consent_months")),
      [](const Moment& m) -> Args {
          return {{"months", std::to_string(m.terms.number("consent_months"))}};
      });
GUARD(consent_before_birth, wrong, in_the_form, any_party(m, [&](const ConsentParty& party) {
          const auto* member = party.person ? member_of(m, *party.person) : nullptr;
          return member && member->birth && m.as<Consent>().from < *member->birth;
      }));

namespace {
/// The one refusal that the authorisation gives to a query today, if any.
bool refuses(const Moment& m, std::string_view id) {
    const auto proof = ConsentProof::of(m.before, m.today);
    return !proof && proof.error().id == id;
}
}  // namespace
GUARD(consent_missing, early, at_once, refuses(m, "casework.consent_missing"));
GUARD(consent_not_yet, early, at_once, refuses(m, "casework.consent_not_yet"), [](const Moment& m) -> Args {
    return {{"from", m.before.consent->from.iso()}};
});
GUARD(consent_expired, early, at_once, refuses(m, "casework.consent_expired"), [](const Moment& m) -> Args {
    return {{"to", m.before.consent->to.iso()}};
});
GUARD(consent_withdrawn, early, at_once, refuses(m, "casework.consent_withdrawn"));

// -- comparison and explanations -------------------------------------------------------------------------

GUARD(outside_consent_items, early, in_the_form,
      !std::ranges::all_of(m.as<Comparison>().items,
                           [&](const std::string& one) { return among(m.before.consent->items, one); }));
GUARD(outside_consent_persons, early, in_the_form,
      !std::ranges::all_of(m.as<Comparison>().persons, [&](std::int64_t person) {
          return std::ranges::any_of(m.before.consent->parties,
                                     [&](const ConsentParty& party) { return party.person == person; });
      }));
GUARD(compared_in_future, wrong, in_the_form, m.as<Comparison>().compared_on > m.today);
GUARD(no_such_hit, wrong, in_the_form, !hit_of(m));
GUARD(hit_settled, early, in_the_form, hit_of(m)->accepted());
GUARD(explanation_empty, wrong, in_the_form, blank(m.as<Explanation>().text));
GUARD(proof_missing, wrong, in_the_form, attachments_of(m.facts).empty());
GUARD(hit_unexplained, early, in_the_form, m.as<Judgement>().accepted && !hit_of(m)->explanation);
GUARD(township_first, early, in_the_form, !hit_of(m)->township || !hit_of(m)->township->accepted);
GUARD(soft_needs_no_county, wrong, in_the_form, !hit_of(m)->hard());
GUARD(no_hard_hit, early, at_once, !m.before.hard_hit_open());

// -- review ----------------------------------------------------------------------------------------------

namespace {
bool present_votes(const Review& r) { return r.votes_for + r.votes_against + r.abstained == r.present; }
bool counts_sane(const Review& r) {
    return r.votes_for >= 0 && r.votes_against >= 0 && r.abstained >= 0 && r.relatives_present >= 0;
}
}  // namespace
GUARD(review_in_future, wrong, in_the_form, m.as<Review>().held_on > m.today);
GUARD(review_before_comparison, early, in_the_form,
      !m.terms.yes("comparison_beside_review") && m.as<Review>().held_on < m.before.comparison->compared_on,
      [](const Moment& m) -> Args {
          return {{"date", m.before.comparison->compared_on.iso()}};
      });
GUARD(no_representatives, wrong, in_the_form, m.as<Review>().entitled < 1);
GUARD(present_exceeds, wrong, in_the_form, m.as<Review>().present > m.as<Review>().entitled);
GUARD(quorum_missing, wrong, in_the_form,
      m.as<Review>().present* m.terms.number("review_quorum_denominator") <
          m.as<Review>().entitled * m.terms.number("review_quorum_numerator"),
      [](const Moment& m) -> Args {
          const auto needed = m.as<Review>().entitled * m.terms.number("review_quorum_numerator");
          const auto of = m.terms.number("review_quorum_denominator");
          return {{"needed", std::to_string((needed + of - 1) / of)},
                  {"present", std::to_string(m.as<Review>().present)}};
      });
GUARD(votes_do_not_add_up, wrong, in_the_form,
      !counts_sane(m.as<Review>()) || !present_votes(m.as<Review>()));
GUARD(relatives_must_abstain, wrong, in_the_form,
      m.as<Review>().relatives_present > m.as<Review>().abstained);
GUARD(comparison_not_read, wrong, in_the_form, !m.as<Review>().comparison_read_out);
GUARD(minutes_missing, wrong, in_the_form, blank(m.as<Review>().minutes));
GUARD(review_without_photo, wrong, in_the_form, empty_photos<Review>(m));
GUARD(review_reason_missing, wrong, in_the_form, blank(m.as<Review>().reason));

// -- publicity and objections ----------------------------------------------------------------------------

GUARD(posted_in_future, wrong, in_the_form, m.as<Posting>().posted_on > m.today);
GUARD(posted_before_review, wrong, in_the_form, m.as<Posting>().posted_on < m.before.entered,
      [](const Moment& m) -> Args {
          return {{"date", m.before.entered.iso()}};
      });
GUARD(hotline_missing, wrong, in_the_form, m.as<Posting>().hotline.size() < 3);
GUARD(posting_without_photo, wrong, in_the_form, empty_photos<Posting>(m));
GUARD(notice_leaks, wrong, in_the_form, leaks(m.text));
GUARD(publicity_too_short, early, at_once, m.today < publicity(m.before, m.terms).next_step(), until);
GUARD(taken_down_wrong_day, wrong, in_the_form,
      m.as<TakenDown>().taken_down_on > m.today ||
          m.as<TakenDown>().taken_down_on < publicity(m.before, m.terms).next_step(),
      until);
GUARD(taken_down_without_photo, wrong, in_the_form, empty_photos<TakenDown>(m));
GUARD(publicity_not_ended, early, at_once, !m.before.taken_down);
GUARD(objection_empty, wrong, in_the_form, blank(m.as<Objection>().text));
GUARD(objection_too_late, early, at_once, m.today > publicity(m.before, m.terms).last_day,
      [](const Moment& m) -> Args {
          return {{"date", publicity(m.before, m.terms).last_day.iso()}};
      });
GUARD(inquiry_empty, wrong, in_the_form, blank(m.as<Inquiry>().findings));
GUARD(inquiry_in_future, wrong, in_the_form, m.as<Inquiry>().inquired_on > m.today);
GUARD(content_changed, early, at_once, m.before.notice&& m.before.notice->shown != m.around.shown);

// -- township and county ---------------------------------------------------------------------------------

GUARD(corrections_open, early, at_once, m.before.corrections_open());
GUARD(reviewed_by_investigator, not_you, at_once, investigated(m) || m.before.self_did(approving, m.who));
// Whoever has judged what others entered adds nothing to it.
GUARD(entered_by_reviewer, not_you, at_once,
      m.before.self_did(reviewing, m.who) || m.before.self_did(approving, m.who));
GUARD(relation_undeclared, not_you, in_the_form, !declares_no_relation(m));
GUARD(opinion_missing, wrong, in_the_form,
      std::visit(
          [](const auto& form) {
              if constexpr (requires { form.opinion; })
                  return blank(form.opinion);
              else
                  return false;
          },
          m.facts));
GUARD(sample_visit_missing, early, in_the_form, m.around.sample_due && !m.as<TownshipReview>().sample_visit);
GUARD(sample_visit_in_future, wrong, in_the_form,
      m.as<TownshipReview>().sample_visit&& m.as<TownshipReview>().sample_visit->visited_on > m.today);
GUARD(list_empty, wrong, in_the_form,
      m.as<Returned>().items.empty() || std::ranges::any_of(m.as<Returned>().items, blank));
GUARD(no_such_correction, wrong, in_the_form,
      m.as<Corrected>().item < 0 ||
          static_cast<std::size_t>(m.as<Corrected>().item) >= m.before.corrections.size() ||
          m.before.corrections[static_cast<std::size_t>(m.as<Corrected>().item)].note);
GUARD(correction_empty, wrong, in_the_form, blank(m.as<Corrected>().note));
GUARD(approver_entered, not_you, at_once, investigated(m));
GUARD(approver_reviewed, not_you, at_once, m.before.self_did(reviewing, m.who));
GUARD(category_missing, wrong, in_the_form, !category_named(m.as<Approval>().category));
GUARD(category_unreasoned, wrong, in_the_form,
      m.around.proposed_category != m.as<Approval>().category && blank(m.as<Approval>().category_reason));
GUARD(late_without_reason, wrong, in_the_form,
      clock_on(m.today,
               overall_due(m.terms, m.before.day_zero, m.before.extension_days,
                           m.before.paused_days(m.today)),
               m.terms)
                  .overdue() > 0 &&
          blank(m.as<Approval>().late_reason));

// -- enrolment, closing, help, clock ---------------------------------------------------------------------

GUARD(person_in_two_households, early, at_once, m.around.other_households > 0);
GUARD(household_faulty, early, at_once, m.around.faults > 0, [](const Moment& m) -> Args {
    return {{"count", std::to_string(m.around.faults)}};
});
GUARD(helper_missing, wrong, in_the_form, !m.around.has_helper && blank(m.as<Enrolment>().helper));
GUARD(identified_wrong_day, wrong, in_the_form,
      m.as<Enrolment>().identified_on > m.today || m.as<Enrolment>().identified_on < m.before.entered,
      [](const Moment& m) -> Args {
          return {{"date", m.before.entered.iso()}};
      });
GUARD(reason_missing, wrong, in_the_form, blank(reason_of(m)));
GUARD(close_reason_unknown, wrong, in_the_form, !among(close_reasons, m.as<Reasoned>().why));
GUARD(closed_without_visit, early, in_the_form,
      !m.before.visit && among(after_a_visit, m.as<Reasoned>().why));
GUARD(help_empty, wrong, in_the_form,
      blank(m.as<GreenHelp>().danger) || blank(m.as<GreenHelp>().help) || blank(m.as<GreenHelp>().helped_by));
GUARD(help_in_future, wrong, in_the_form, m.as<GreenHelp>().helped_on > m.today);
GUARD(help_before_clue, wrong, in_the_form, m.as<GreenHelp>().helped_on < m.before.day_zero,
      [](const Moment& m) -> Args {
          return {{"date", m.before.day_zero.iso()}};
      });
GUARD(extension_days, wrong, in_the_form,
      m.as<Extension>().days<1 || m.as<Extension>().days> m.terms.number("extension_most"),
      [](const Moment& m) -> Args {
          return {{"most", std::to_string(m.terms.number("extension_most"))}};
      });
GUARD(code_unknown, wrong, in_the_form, std::visit(UnknownCode{}, m.facts) != "",
      [](const Moment& m) -> Args {
          return {{"field", std::string(std::visit(UnknownCode{}, m.facts))}};
      });
GUARD(attachment_unknown, wrong, in_the_form,
      !std::ranges::all_of(attachments_of(m.facts),
                           [&](AttachmentId id) { return m.around.attachments.contains(id); }));

namespace {
std::optional<Date> day_of(const Facts& facts) {
    if (const auto* comparison = std::get_if<Comparison>(&facts)) return comparison->compared_on;
    if (const auto* review = std::get_if<Review>(&facts)) return review->held_on;
    if (const auto* inquiry = std::get_if<Inquiry>(&facts)) return inquiry->inquired_on;
    if (const auto* at_township = std::get_if<TownshipReview>(&facts);
        at_township && at_township->sample_visit)
        return at_township->sample_visit->visited_on;
    return std::nullopt;
}
}  // namespace
GUARD(dated_before_clue, wrong, in_the_form, day_of(m.facts) && *day_of(m.facts) < m.before.day_zero,
      [](const Moment& m) -> Args {
          return {{"date", m.before.day_zero.iso()}};
      });

#undef GUARD

}  // namespace ballast::casework::guards
