/// What the public may read: 公示 in the village and 公告 of the county. Full values go in, and only what
/// domain specification 7.4 allows comes out: the householder's masked name, group, number of members,
/// category; never an ID number, telephone or account of the household, never health.
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct PublicHousehold {
    std::string head = {};  // in full; masked when printed
    std::string group = {};
    std::optional<std::int64_t> members = {};
    // Given for no household of the list, these have no column.
    std::optional<Category> category = {};
    std::string primary_risk = {};  // code; printed by `public_reason`
};

/// How a name is printed; whether in full is the province's rule.
enum class Names : std::uint8_t { masked, in_full };

/// 公示: hangs in the village, once.
struct Notice {
    Place place = {};
    std::string case_no = {};
    std::vector<PublicHousehold> households = {};
    Names names = Names::masked;
    std::optional<Date> posted_on = {};
    std::optional<Date> last_day = {};        // of the period for objections
    std::optional<Parameter<int>> days = {};  // how long it hangs
    bool working_days = false;
    std::string hotline = {};  // of the village or township; printed as it is
    std::string issuer = {};   // 火普村村民委员会
    Date printed_on = {};
};

document::Document notice(const Notice& paper, Language language);

/// 公告: what the county decided.
struct Announcement {
    Place place = {};
    std::string number = {};
    std::vector<PublicHousehold> households = {};
    Names names = Names::masked;
    std::optional<Date> decided_on = {};
    std::string hotline = {};
    std::string issuer = {};
    Date printed_on = {};
};

document::Document announcement(const Announcement& paper, Language language);

/// The category of a risk that may be published: illness, disability and epidemic are 家庭突发困难.
std::string public_reason(std::string_view risk_code, Language language);

}  // namespace ballast::papers
