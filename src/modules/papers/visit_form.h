/// 防止返贫动态监测核查表: what two people saw at a household and what it said, signed by both and by the
/// householder. Source: domain specification 2.1 to 2.4 (step 2), 3.2 to 3.5, 3.7.
#pragma once

#include "papers/values.h"

namespace ballast::papers {

struct VisitMember {
    std::string name = {};
    IdNumber id = {};
    std::string relation = {}, sex = {}, ethnic = {}, education = {}, student = {};  // codes
    std::string health = {};                                                         // codes, "2,4"
    std::string labour = {}, work_place = {}, medical = {}, pension = {};            // codes
    std::string work_months = {};                                                    // "6.5"
    std::string school_or_employer = {};
};

/// The twelve months before the month of the visit, with the sums of the formulas of 2.1 as the register
/// computed them (registry::Income); the paper prints each formula with its numbers.
struct VisitIncome {
    Period window;
    Money wage, production, production_expense, property, transfer, self_paid, claims;
    /// Parts of the transfer income: {"low_income", fen}; the names are those of the register's income lines.
    std::vector<std::pair<std::string, Money>> transfers = {};
    Money net, deducted;
    std::int64_t members = 1;
    Money net_per_head, deducted_per_head;
};

struct VisitGuarantee {
    std::string item = {};    // "food", "clothing", "education", "medical", "housing", "water"
    std::string status = {};  // "secured", "at_risk", "not_secured", "not_applicable"
    std::string remark = {};
};

/// What no question asks for.
inline constexpr std::string_view other_assets = "other";
/// An answer to a question of domain specification 3.7.
struct VisitAsset {
    std::string question = {};  // "N1" .. "N9", other_assets; the same several times
    Answer found = {};
    std::string remark = {};
};

struct VisitPhoto {
    std::string subject = {};
    std::string file_no = {};  // under which it is kept
};

struct VisitForm {
    Matter matter = {};
    std::string source =
        {};  // of the clue: "self_report", "grassroots_check", "department_screening", "other"
    std::optional<Date> clue_on = {};
    std::string phone = {};  // as the caller shows it: masked, or revealed
    std::string address = {};
    std::string household_kind = {}, ex_poor_kind = {};  // codes
    Answer low_income = {}, extreme_poverty = {}, relocated = {};
    std::string house_structure = {}, house_grade = {}, house_area = {};  // codes; square metres
    std::string water_source = {}, water_quality = {};                    // codes
    std::string land_arable = {}, land_forest = {};                       // mu
    std::vector<VisitMember> members = {};
    std::optional<VisitIncome> income = {};
    std::optional<Parameter<Money>> line = {};  // the monitoring line in force on the day of the visit
    Answer below_line = {};
    std::vector<VisitGuarantee> guarantees = {};
    std::vector<VisitAsset> assets = {};
    RiskCodes risks = {};
    std::string risk_reasons = {};
    std::string coping = {};  // what the household can do by itself
    Answer risk_found = {};
    std::optional<Category> proposed = {};
    std::vector<VisitPhoto> photos = {};
    std::string findings = {};
    std::vector<Signer> investigators = {};  // at least two places are printed
    std::optional<Date> visited_on = {};
};

document::Document visit_form(const VisitForm& form, Language language);

}  // namespace ballast::papers
