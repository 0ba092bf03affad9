/// Insurance as JSON. Included by insurance_*.cpp only.
#pragma once

#include "api/json.h"
#include "insurance/claim.h"
#include "insurance/series_sheet.h"
#include "insurance/subsidy.h"
#include "insurance/units_text.h"

namespace ballast::api {

/// The products as they stand, and a desk over them; the book must outlive the desk.
Result<insurance::Book> book_of(const Call& call);
insurance::Desk desk_of(const Call& call, const insurance::Book& book);

std::string title_in(const Call& call, const packs::Title& title);
/// {code, label}, by "insurance.<kind>.<code>" of the word files.
Json coded_insurance(const Call& call, std::string_view kind, std::string_view code);
Json product_json(const Call& call, const insurance::Product& product);
Json tariff_json(const insurance::Tariff& tariff, const std::string& authority, const std::string& waiver);
Json parts_json(const std::array<Money, insurance::payer_count>& parts);
Json policy_json(const Call& call, const insurance::Book& book, const insurance::Policy& policy);
Json insured_json(const Call& call, const insurance::Insured& row);
Json claim_json(const Call& call, const insurance::Book& book, const insurance::Claim& claim);
Json loss_json(const insurance::Loss& loss);
/// [[day, value], ...]: a series may be long.
Json points_json(const insurance::DayValues& values);
Json step_json(const insurance::StepLine& step);
/// A step of a procedure, with the sentences of what is missing; `by` says who takes it.
Json step_to_take_json(const Call& call, std::string_view about, std::string_view action,
                       const std::vector<Error>& missing);
std::string taken_by(const Call& call, auth::Right who);

/// What this reader may do now, and what is awaited of others.
template <class Steps>
void put_steps(Json& out, const Call& call, std::string_view about, const Steps& next) {
    out["steps"] = Json::array();
    out["awaited"] = Json::array();
    for (const auto& step : next.steps)
        out["steps"].push_back(step_to_take_json(call, about, name_of(step.row->action), step.missing));
    for (const auto& step : next.awaited) {
        Json one = step_to_take_json(call, about, name_of(step.row->action), step.missing);
        one["by"] = taken_by(call, step.row->who);
        out["awaited"].push_back(one);
    }
}

Result<Date> day_of(const Json& asked, const char* name);
Result<Money> money_of(const Json& asked, const char* name);

}  // namespace ballast::api
