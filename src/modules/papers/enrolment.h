/// 监测对象入库登记表: what the county's data officer enters and the system marks. Source: domain
/// specification 2.4 (step 9).
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct Enrolment {
    Matter matter = {};
    std::optional<std::int64_t> members = {};
    std::optional<Category> category = {};
    RiskCodes risks = {};
    std::optional<Date> identified_on = {};  // 识别时间
    std::string approval_no = {};
    std::optional<Date> approved_on = {};
    std::string helper = {};
    std::vector<std::string> checks_failed = {};  // data-quality rules that it does not keep, as sentences
    Answer checked = {};
    Signer officer = {}, verifier = {};
};

document::Document enrolment(const Enrolment& paper, Language language);

}  // namespace ballast::papers
