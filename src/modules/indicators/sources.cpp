#include "indicators/sources.h"

#include <algorithm>
#include <array>

namespace ballast::indicators {
namespace {

// household_kind 02 脱贫户, 03 监测户; labour 1 to 3 can work; member_status 1 is a living member
// (registry/codes.cpp).
constexpr std::array all{
    Query{"households", "户", "household", "SELECT h.village_code, h.id FROM registry_v_household h"},
    Query{"persons", "人", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1'"},
    Query{"monitored_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.household_kind = '03'"},
    Query{"ex_poor_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.household_kind = '02'"},
    Query{"low_income_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.low_income = 1"},
    Query{"extreme_poverty_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.extreme_poverty = 1"},
    Query{"relocated_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.relocated = 1"},
    Query{"cooperative_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.cooperative = 1"},
    Query{"broadband_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE h.broadband = 1"},
    Query{"women", "人", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1' AND p.sex = '2'"},
    Query{"party_members", "人", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1' AND p.politic = '1'"},
    Query{"labour_persons", "人", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1' AND p.labour IN ('1', '2', '3')"},
    Query{"away_workers", "人", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1' AND p.labour IN ('1', '2', '3') "
          "AND p.work_place IN ('2', '3', '4', '5')"},
    // As many posts as people who hold one.
    Query{"public_posts_held", "个", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1' AND p.public_post <> '00'"},
    Query{"public_post_holders", "人", "person",
          "SELECT p.village_code, p.id FROM registry_v_person p WHERE p.member_status = '1' AND p.public_post <> '00'"},
    Query{"warned_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE EXISTS (SELECT 1 FROM "
          "screening_v_open w "
          "WHERE w.household_id = h.id)"},
    Query{"warned_red_households", "户", "household",
          "SELECT h.village_code, h.id FROM registry_v_household h WHERE EXISTS (SELECT 1 FROM "
          "screening_v_open w "
          "WHERE w.household_id = h.id AND w.level = 'red')"},
    // A clue that fits no household yet belongs to no village, and is in no figure of one.
    Query{"open_clues", "件", "clue",
          "SELECT h.village_code, c.id FROM casework_v_open_clue c JOIN registry_v_household h ON h.id = "
          "c.household_id"},
    Query{"live_cases", "件", "case", "SELECT c.village_code, c.id FROM casework_v_case c WHERE c.live = 1"},
    Query{"enrolled_cases", "件", "case",
          "SELECT c.village_code, c.id FROM casework_v_case c WHERE c.state = 'enrolled'"},
    Query{"decided_cases", "件", "case",
          "SELECT c.village_code, c.id FROM casework_v_case c WHERE c.state IN ('enrolled', 'rejected', "
          "'closed')"},
    // Of the bottom-line board; a household has one clue that is open and one case that is under way, so these are households.
    Query{"overdue_clues", "户", "clue",
          "SELECT h.village_code, c.id FROM casework_v_open_clue c JOIN registry_v_household h ON h.id = c.household_id WHERE c.state IN "
          "('new', 'dispatched', 'verifying') AND c.due_on < ?",
          true},
    Query{"cases_verified", "户", "case",
          "SELECT c.village_code, c.id FROM casework_v_case_clock c WHERE c.live = 1 AND c.state IN ('opened', 'verified', 'consented', "
          "'compared', 'explaining')"},
    Query{"cases_publicised", "户", "case",
          "SELECT c.village_code, c.id FROM casework_v_case_clock c WHERE c.live = 1 AND c.state IN ('reviewed', 'publicised', 'objected')"},
    Query{"cases_approved", "户", "case",
          "SELECT c.village_code, c.id FROM casework_v_case_clock c WHERE c.live = 1 AND c.state IN ('town_reviewed', 'approved')"},
    Query{"overdue_cases", "户", "case",
          "SELECT c.village_code, c.id FROM casework_v_case_clock c CROSS JOIN (SELECT ? AS today) d WHERE c.live = 1 AND c.paused = 0 AND "
          "(c.due_on < d.today OR c.decide_by < d.today)",
          true},
    Query{"approved_cases", "户", "case",
          "SELECT c.village_code, c.id FROM casework_v_case_clock c WHERE c.approved_on IS NOT NULL"},
    Query{"approved_on_time", "户", "case",
          "SELECT c.village_code, c.id FROM casework_v_case_clock c WHERE c.approved_on <= c.decide_by"},
    Query{"problems_found", "户", "clue", "SELECT p.village_code, p.clue_id FROM casework_v_campaign_problem p"},
    Query{"problems_closed", "户", "clue",
          "SELECT p.village_code, p.clue_id FROM casework_v_campaign_problem p WHERE p.is_open = 0"},
    Query{"labour_households", "户", "household",
          "SELECT l.village_code, l.household_id FROM employment_v_labour_household l"},
    Query{"employed_labour_households", "户", "household",
          "SELECT l.village_code, l.household_id FROM employment_v_labour_household l WHERE l.at_work = 1"},
};

}  // namespace

std::span<const Query> queries() { return all; }
const Query* query_named(std::string_view name) {
    const auto found = std::ranges::find(all, name, &Query::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace ballast::indicators
