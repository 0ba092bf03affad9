/// 承诺授权书: the household promises that what it says is true and lets the departments be asked what its
/// members own. Source: domain specification 2.4 (step 3), 7.3 (Personal Information Protection Law, arts.
/// 14, 15, 17, 29, 31).
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct Authoriser {
    std::string name = {};
    IdNumber id = {};
    std::string relation = {};   // code
    std::string signed_by = {};  // a guardian or agent, when not the person; with the ground
    std::optional<Date> signed_on = {};
};

struct Authorisation {
    Matter matter = {};
    std::vector<Authoriser> adults = {};  // every adult member, spouse and supporting child who agrees
    std::vector<std::string> items = {};  // what may be asked, of the eight of casework/consent.h
    std::string purpose = {};             // empty: the statutory one
    std::optional<Period> valid = {};
    std::string withdrawal_contact = {};  // to whom one says that one withdraws
};

document::Document authorisation(const Authorisation& paper, Language language);

}  // namespace ballast::papers
