/// What the papers of a case say, gathered from its steps, its register file and its measure. Inside casework
/// only; see case_papers.h.
#pragma once

#include <initializer_list>

#include "casework/case_file.h"
#include "papers/authorisation.h"
#include "papers/minutes.h"
#include "papers/review.h"
#include "papers/visit_form.h"
#include "registry/household.h"

namespace ballast::casework {

std::optional<papers::Category> paper_category(const std::string& code);

class PaperFacts {
public:
    /// `home` is masked; the arguments must outlive this.
    PaperFacts(const CaseFile& file, const registry::Household& home, words::Language language, Date today);

    const papers::Matter& matter() const { return matter_; }
    std::string village_committee() const;    // 火普村村民委员会
    std::string township_government() const;  // 解放沟镇人民政府

    papers::VisitForm visit() const;
    papers::Authorisation authorisation() const;
    papers::Minutes minutes() const;
    papers::TownshipReview township_review() const;
    papers::CountyApproval county_approval() const;

    /// Of the last step by one of these actions: its day; who took it and when.
    std::optional<Date> day_of(std::initializer_list<Action> actions) const;
    papers::Signer signer(std::initializer_list<Action> actions) const;
    /// Why the household is enrolled: what the proposal argues with.
    std::vector<std::string> reasons_to_enrol() const;
    /// What a case that ended otherwise gave as its reasons.
    std::vector<std::string> reasons_told() const;

private:
    const Step* last(std::initializer_list<Action> actions) const;
    std::string say(std::string_view id, const words::Places& places = {}) const;
    std::string shown(Date day) const;
    std::optional<papers::Parameter<Money>> line() const;
    papers::CaseSummary summary() const;
    std::vector<papers::Step> steps() const;
    void describe_home(papers::VisitForm& form) const;
    void describe_visit(papers::VisitForm& form, const Visit& visit) const;

    const CaseFile& file_;
    const registry::Household& home_;
    words::Language language_;
    papers::Matter matter_;
};

}  // namespace ballast::casework
