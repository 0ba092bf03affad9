/// 民主评议会议纪要: the village's review meeting. Source: domain specification 2.4 (step 5).
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct Minutes {
    Matter matter = {};
    std::optional<Date> held_on = {};
    std::string at = {}, chair = {}, recorder = {};
    std::optional<int> entitled = {}, present = {};
    std::optional<Parameter<std::string>> quorum = {};    // "三分之二"
    std::optional<Parameter<std::string>> majority = {};  // "到会人数的一半以上"
    std::vector<Signer> attending = {};        // post says as what: secretary, committee, representative
    std::vector<std::string> abstaining = {};  // relatives, who neither speak nor vote
    Answer comparison_read_out = {};
    std::string situation = {};   // of the household, as it was told
    std::string discussion = {};  // what was said
    std::optional<int> votes_for = {}, votes_against = {}, votes_abstained = {};
    Answer passed = {};
    std::optional<Category> proposed = {};
};

document::Document minutes(const Minutes& paper, Language language);

}  // namespace ballast::papers
