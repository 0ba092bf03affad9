/// 乡镇审核表 and 县级审定表. Source: domain specification 2.4 (steps 7 and 8).
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct Step {
    std::string name =
        {};  // a step of the procedure: "visit", "authorisation", "comparison", "review", "publicity"
    std::optional<Date> done_on = {};
    std::string by = {};
    std::string result = {};
};

/// What both levels look at.
struct CaseSummary {
    Matter matter = {};
    std::optional<std::int64_t> members = {};
    std::optional<Money> deducted_per_head = {};
    std::optional<Parameter<Money>> line = {};
    std::optional<Category> proposed = {};
    RiskCodes risks = {};
    std::string risk_reasons = {};
    std::vector<Step> steps = {};
};

enum class Opinion : std::uint8_t { agreed, returned, rejected };

struct TownshipReview {
    CaseSummary summary = {};
    Answer file_complete = {};
    Answer sampled = {};  // whether this household was visited again
    std::string sample_findings = {};
    std::string missing = {};  // what has to be supplied when it is returned
    std::optional<Opinion> opinion = {};
    std::string reasons = {};
    Signer handler = {}, leader = {};  // the leader is not who investigated
};

document::Document township_review(const TownshipReview& paper, Language language);

struct CountyApproval {
    CaseSummary summary = {};
    std::string township_opinion = {};
    std::optional<Opinion> opinion = {};
    std::optional<Category> category = {};  // as approved
    std::string reasons = {};
    Signer handler = {}, leader = {};
};

document::Document county_approval(const CountyApproval& paper, Language language);

}  // namespace ballast::papers
