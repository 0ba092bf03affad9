/// A household as the register knows it: its own fields, its members, its income by window, its guarantees.
/// Fields are named by an enumeration and described once, in fields.h; a value is held in its canonical text
/// ("02", "2021-06-10", fen as "830500", hundredths of a mu as "250"), empty when nobody has said it. So
/// import, export, history, editing and storage are each one loop over the fields.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/area_code.h"
#include "base/citizen_id.h"
#include "base/date.h"
#include "base/id.h"
#include "base/money.h"

namespace ballast::registry {

struct HouseholdTag;
struct PersonTag;
struct ImportTag;
using HouseholdId = Id<HouseholdTag>;
using PersonId = Id<PersonTag>;
using ImportId = Id<ImportTag>;

enum class HouseholdField : std::uint8_t {
    group_name,
    address,
    longitude,
    latitude,
    coordinate_system,
    household_kind,
    ex_poor_kind,
    low_income,
    extreme_poverty,
    relocated,
    five_guarantee,
    poverty_year_in,
    poverty_year_out,
    bank_name,
    bank_holder,
    bank_account,
    helper,
    relocation_site,
    house_structure,
    house_area,
    house_grade,
    house_built,
    house_certificate,
    water_source,
    water_quantity,
    water_quality,
    water_fetch_minutes,
    water_guarantee_rate,
    electricity,
    road,
    broadband,
    fuel,
    sanitary_toilet,
    land_arable,
    land_forest,
    land_returned,
    land_orchard,
    land_grass,
    land_water,
    cooperative,
    leading_firm,
    leader,
    military_family,
    only_child,
    two_daughters,
    count_,
};

enum class PersonField : std::uint8_t {
    name,
    id_number,
    temp_no,
    birth,
    sex,
    ethnic,
    relation,
    politic,
    marriage,
    phone,
    education,
    student,
    school,
    dropout,
    schooling_exempt,
    health,
    disease,
    disability_certificate,
    disability_class,
    disability_grade,
    labour,
    work_place,
    work_months,
    employer,
    public_post,
    public_post_months,
    medical,
    medical_reason,
    serious_illness_insurance,
    commercial_medical,
    pension,
    low_income,
    low_income_amount,
    low_income_since,
    extreme_poverty,
    orphan,
    disability_subsidy,
    temporary_aid,
    mandarin,
    certificates,
    member_status,
    left_on,
    joined,
    joined_on,
    id_note,  // what is to be known of the number: converted from 15 digits, of an unknown area
    count_,
};

template <class Field>
class Values {
public:
    static constexpr std::size_t size = static_cast<std::size_t>(Field::count_);
    std::string& operator[](Field f) { return held_[static_cast<std::size_t>(f)]; }
    const std::string& operator[](Field f) const { return held_[static_cast<std::size_t>(f)]; }
    bool has(Field f) const { return !(*this)[f].empty(); }
    bool yes(Field f) const { return (*this)[f] == "1"; }
    bool no(Field f) const { return (*this)[f] == "0"; }
    bool is(Field f, std::string_view code) const { return (*this)[f] == code; }
    /// Whole numbers, years, tenths, hundredths, fen: in the unit that they are stored in.
    std::optional<std::int64_t> whole(Field f) const {
        const std::string& text = (*this)[f];
        std::int64_t n = 0;
        const auto end = text.data() + text.size();
        if (text.empty() || std::from_chars(text.data(), end, n).ptr != end) return std::nullopt;
        return n;
    }
    std::optional<Date> date(Field f) const {
        if (!has(f)) return std::nullopt;
        auto day = Date::parse((*this)[f]);
        if (!day) return std::nullopt;
        return *day;
    }
    friend bool operator==(const Values&, const Values&) = default;

private:
    std::array<std::string, size> held_;
};
using HouseholdValues = Values<HouseholdField>;
using PersonValues = Values<PersonField>;

struct Member {
    PersonId id;  // 0 before it is stored
    PersonValues values;
    bool active() const { return values.is(PersonField::member_status, "1"); }
    bool head() const { return values.is(PersonField::relation, "01"); }
};

/// The items of domain specification 3.4. I4 is split by `sub` ("pension", "low_income" ...).
enum class IncomeItem : std::uint8_t {
    wage,                 // I1
    production,           // I2, gross
    production_expense,   // E1
    property,             // I3
    transfer,             // I4
    compliant_self_paid,  // D1
    insurance_claim,      // D2
};
std::string_view code_of(IncomeItem item);  // "I1"
std::optional<IncomeItem> income_item(std::string_view code);

struct IncomeLine {
    std::optional<std::size_t> member;  // of whom: index into members; empty for the household as a whole
    Period window;                      // a year, or twelve months up to a verification, or one month
    IncomeItem item = IncomeItem::wage;
    std::string sub;
    Money amount;
    std::int64_t row = 0;  // where it is stored; 0 before
};

/// The two assurances, the three guarantees, and water (domain specification 3.5).
struct Guarantee {
    std::string item;    // codes::guarantee_item
    std::string status;  // codes::guarantee_status
    std::string assessed_by;
    std::optional<Date> assessed_on;
    std::optional<Date> expires_on;  // twelve months after the assessment where the file says nothing
    std::string evidence;
    std::int64_t row = 0;  // where it is stored; 0 before
};

struct Household {
    HouseholdId id;            // 0 before it is stored
    std::string household_no;  // 户编号, unique in the county
    AreaCode village;
    std::int64_t version = 0;  // grows with every change of the household or of anything in it
    HouseholdValues values;
    std::vector<Member> members;
    std::vector<IncomeLine> income;
    std::vector<Guarantee> guarantees;

    std::int64_t active_members() const;
    const Member* head() const;  // the first active one
    std::optional<std::size_t> index_of(PersonId person) const;
};

}  // namespace ballast::registry
