#include "casework/case_papers.h"

#include <algorithm>

#include "areas/areas.h"
#include "casework/leak.h"
#include "casework/paper_facts.h"
#include "papers/decision.h"
#include "papers/enrolment.h"
#include "papers/publicity.h"

namespace ballast::casework {
namespace {

using papers::Kind;

/// Whether the case is far enough for the paper.
bool ready(const RiskCase& now, Kind kind) {
    switch (kind) {
        case Kind::visit_form:
        case Kind::consent:
        case Kind::minutes:
        case Kind::review_form:
        case Kind::approval_form:
            return true;
        case Kind::notice:
            return now.review.has_value() && (!over(now.state) || now.notice);
        case Kind::decision_letter:
        case Kind::announcement:
            return now.approval.has_value() && (now.state == State::approved || now.state == State::enrolled);
        case Kind::rejection_letter:
            return now.state == State::rejected || now.state == State::closed;
        case Kind::enrolment:
            return now.enrolment.has_value();
    }
    return false;
}

class Printer {
public:
    Printer(const CaseFile& file, const registry::Household& home, words::Language language, Date today)
        : file_(file), home_(home), language_(language), facts_(file, home, language, today) {}

    Result<document::Document> print(Kind kind) const {
        switch (kind) {
            case Kind::visit_form:
                return papers::visit_form(facts_.visit(), language_);
            case Kind::consent:
                return papers::authorisation(facts_.authorisation(), language_);
            case Kind::minutes:
                return papers::minutes(facts_.minutes(), language_);
            case Kind::notice:
                return notice();
            case Kind::review_form:
                return papers::township_review(facts_.township_review(), language_);
            case Kind::approval_form:
                return papers::county_approval(facts_.county_approval(), language_);
            case Kind::decision_letter:
                return papers::decision_letter(letter(), language_);
            case Kind::rejection_letter:
                return papers::rejection_letter(letter(), language_);
            case Kind::announcement:
                return papers::announcement(announcement(), language_);
            case Kind::enrolment:
                return papers::enrolment(enrolment(), language_);
        }
        INVARIANT(false);
        return document::Document{};
    }

private:
    papers::PublicHousehold household() const {
        return {.head = facts_.matter().head,
                .group = facts_.matter().place.group,
                .members = home_.active_members()};
    }

    papers::Names names() const {
        return file_.terms.yes("notice_full_name") ? papers::Names::in_full : papers::Names::masked;
    }

    Result<document::Document> notice() const {
        if (leaks(file_.around.shown)) return invalid("casework.notice_leaks");
        const Limit& days = file_.terms.limit("publicity_days");
        papers::Notice paper{.place = facts_.matter().place,
                             .case_no = file_.now.number,
                             .households = {household()},
                             .names = names(),
                             .days = papers::Parameter<int>{days.value, days.assumed, days.authority},
                             .working_days = days.day_kind == DayKind::working,
                             .issuer = facts_.village_committee(),
                             .printed_on = facts_.matter().printed_on};
        if (const auto& posted = file_.now.notice) {
            paper.posted_on = posted->posted_on;
            paper.last_day = publicity(file_.now, file_.terms).last_day;
            paper.hotline = posted->hotline;
        }
        return papers::notice(paper, language_);
    }

    papers::Announcement announcement() const {
        papers::PublicHousehold household = this->household();
        household.category = paper_category(file_.now.approval->category);
        return {.place = facts_.matter().place,
                .households = {std::move(household)},
                .names = names(),
                .decided_on = facts_.day_of({Action::approve}),
                .issuer = file_.office.name,
                .printed_on = facts_.matter().printed_on};
    }

    /// To the household: enrolled, or not and why.
    papers::Decision letter() const {
        papers::Decision out{.matter = facts_.matter(), .applied_on = file_.now.day_zero};
        out.decided_by = file_.office.name;
        out.phone = file_.office.phone;
        const Limit& days = file_.terms.limit("appeal_days");
        out.objection_days = papers::Parameter<int>{days.value, days.assumed, days.authority};
        out.objection_to = facts_.township_government();
        if (file_.now.notice) out.phone = file_.now.notice->hotline;
        out.decided_on = over(file_.now.state) && file_.now.state != State::enrolled
                             ? std::optional(file_.now.entered)
                             : facts_.day_of({Action::approve});
        if (const auto& approved = file_.now.approval; approved && ready(file_.now, Kind::decision_letter)) {
            out.category = paper_category(approved->category);
            out.reasons = facts_.reasons_to_enrol();
            if (file_.now.enrolment) out.helper = file_.now.enrolment->helper;
            if (out.helper.empty()) out.helper = home_.values[registry::HouseholdField::helper];
        } else {
            out.reasons = facts_.reasons_told();
        }
        return out;
    }

    papers::Enrolment enrolment() const {
        const Enrolment& known = *file_.now.enrolment;
        papers::Enrolment out{.matter = facts_.matter(),
                              .members = home_.active_members(),
                              .category = paper_category(known.category),
                              .risks = known.risks.empty() ? file_.now.risks : known.risks,
                              .identified_on = known.identified_on,
                              .approved_on = facts_.day_of({Action::approve}),
                              .helper = known.helper,
                              .checked = file_.around.faults == 0,
                              .officer = facts_.signer({Action::enrol})};
        if (out.helper.empty()) out.helper = home_.values[registry::HouseholdField::helper];
        return out;
    }

    const CaseFile& file_;
    const registry::Household& home_;
    words::Language language_;
    PaperFacts facts_;
};

}  // namespace

std::vector<Kind> printable_papers(const RiskCase& now) {
    std::vector<Kind> out;
    std::ranges::copy_if(papers::kinds, std::back_inserter(out), [&](Kind kind) { return ready(now, kind); });
    return out;
}

Result<document::Document> paper(const CaseFile& file, const registry::Household& home, Kind kind,
                                 words::Language language, Date today) {
    if (!ready(file.now, kind))
        return conflict("casework.paper_not_yet").with("paper", papers::title_of(kind, language));
    return Printer(file, home, language, today).print(kind);
}

}  // namespace ballast::casework
