/// 决定告知书 and 不予纳入告知书: the household is told in writing what was decided, why, and how to object.
/// Source: domain specification 2.4 (steps 5, 8), 7.3.
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct Decision {
    Matter matter = {};
    std::string number = {};              // of the letter
    std::optional<Date> applied_on = {};  // when the clue was taken in
    std::optional<Date> decided_on = {};
    std::string decided_by = {};            // office
    std::vector<std::string> reasons = {};  // each a sentence for the household
    std::optional<Category> category = {};  // of one that is enrolled
    std::string helper = {};                // who will look after it
    std::optional<Parameter<int>> objection_days = {};
    std::string objection_to = {};  // office and address
    std::string phone = {};
    std::optional<Date> served_on = {};
};

/// 决定告知书: enrolled as a monitored household.
document::Document decision_letter(const Decision& paper, Language language);
/// 不予纳入告知书.
document::Document rejection_letter(const Decision& paper, Language language);

}  // namespace ballast::papers
