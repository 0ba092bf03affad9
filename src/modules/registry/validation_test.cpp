#include "registry/validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/test_households.h"
#include "words/words.h"

namespace ballast::registry {
namespace {

using namespace testing;
using H = HouseholdField;
using P = PersonField;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> ids(const Household& home) {
    std::vector<std::string> out;
    for (const auto& finding : validate(home, today)) {
        EXPECT_TRUE(words::known(finding.id)) << finding.id;
        out.push_back(finding.id);
    }
    return out;
}

/// The rule hits after `spoil`, and does not before.
template <class Spoil>
void expect_hit(const std::string& id, Spoil&& spoil) {
    Household home = ordinary_household();
    EXPECT_THAT(ids(home), Not(Contains(id)));
    spoil(home);
    EXPECT_THAT(ids(home), Contains(id));
}
template <class Change>
void expect_clean(Change&& change) {
    Household home = ordinary_household();
    change(home);
    EXPECT_THAT(ids(home), IsEmpty());
}

TEST(Validation, FindsNothingWrongWithAnOrdinaryHousehold) {
    EXPECT_THAT(ids(ordinary_household()), IsEmpty());
}

TEST(Validation, WantsExactlyOneHeadWhoIsAliveAndAMember) {
    expect_hit("registry.two_heads", [](Household& home) { home.members[1].values[P::relation] = "01"; });
    expect_hit("registry.no_head", [](Household& home) { home.members[0].values[P::relation] = "21"; });
    expect_hit("registry.no_head", [](Household& home) {
        home.members[0].values[P::member_status] = "2";
        home.members[0].values[P::left_on] = "2026-01-02";
    });
    expect_hit("registry.no_members", [](Household& home) { home.members.clear(); });
    expect_hit("registry.no_members", [](Household& home) {
        for (auto& one : home.members) one.values[P::member_status] = "2";  // and nobody says since when
    });
}

TEST(Validation, HoldsTheIdNumberAgainstBirthAndSex) {
    expect_hit("registry.birth_differs",
               [](Household& home) { home.members[0].values[P::birth] = "1980-03-02"; });
    expect_hit("registry.sex_differs", [](Household& home) { home.members[0].values[P::sex] = "2"; });
    expect_hit("registry.member_twice", [](Household& home) {
        home.members[1].values[P::id_number] = home.members[0].values[P::id_number];
    });
    expect_hit("registry.birth_missing", [](Household& home) {
        home.members[1].values[P::id_number].clear();
        home.members[1].values[P::birth].clear();
    });
}

TEST(Validation, RefusesWhatIsSaidOfSomebodyFromBeforeTheirBirth) {
    const auto said = [](P field, std::string day) {
        return [field, day](Household& home) { home.members[0].values[field] = day; };
    };
    for (const auto field : {P::joined_on, P::left_on})
        expect_hit("registry.before_birth", said(field, "1980-02-29"));
    expect_hit("registry.before_birth", said(P::low_income_since, "1980-02-01"));
    expect_clean([](Household& home) {  // the month of the birth
        home.members[0].values[P::low_income_since] = "1980-03-01";
        home.members[0].values[P::birth] = "1980-03-01";
    });
    expect_clean([](Household& home) { home.members[0].values[P::joined_on] = "1980-03-01"; });
}

TEST(Validation, AcceptsAMemberWithoutDocumentAndWarns) {
    Household home = ordinary_household();
    home.members[2].values[P::id_number].clear();
    EXPECT_THAT(ids(home), ::testing::ElementsAre("registry.no_document"));
    EXPECT_TRUE(acceptable(validate(home, today)));
}

TEST(Validation, LetsPovertyEndInTheYearItBeganButNotBefore) {
    expect_clean(
        [](Household& home) { home.values[H::poverty_year_in] = home.values[H::poverty_year_out] = "2016"; });
    expect_hit("registry.poverty_years", [](Household& home) {
        home.values[H::poverty_year_in] = "2016";
        home.values[H::poverty_year_out] = "2015";
    });
}

TEST(Validation, KeepsTheOrchardWithinTheForest) {
    expect_clean([](Household& home) { home.values[H::land_forest] = home.values[H::land_orchard] = "250"; });
    expect_hit("registry.orchard_exceeds_forest", [](Household& home) {
        home.values[H::land_forest] = "250";
        home.values[H::land_orchard] = "251";
    });
}

TEST(Validation, WantsWhatAKindOfHouseholdBrings) {
    expect_hit("registry.relocation_site_missing", [](Household& home) { home.values[H::relocated] = "1"; });
    expect_hit("registry.helper_missing", [](Household& home) { home.values[H::household_kind] = "03"; });
    expect_hit("registry.bank_holder", [](Household& home) { home.values[H::bank_holder] = "李四"; });
    expect_clean([](Household& home) { home.values[H::bank_holder] = "沙马·木果"; });
}

TEST(Validation, TakesHealthyOnlyAlone) {
    expect_clean([](Household& home) { home.members[0].values[P::health] = "2,3"; });
    expect_hit("registry.health_exclusive",
               [](Household& home) { home.members[0].values[P::health] = "1,2"; });
}

TEST(Validation, WantsClassAndGradeOfADisability) {
    expect_hit("registry.disability_incomplete", [](Household& home) {
        home.members[0].values[P::health] = "4";
        home.members[0].values[P::disability_class] = "4";
    });
    const auto certified = [](std::string ending) {
        return [ending](Household& home) {
            auto& head = home.members[0].values;
            head[P::health] = "4";
            head[P::disability_class] = "4";
            head[P::disability_grade] = "2";
            head[P::disability_certificate] = head[P::id_number] + ending;
        };
    };
    expect_clean(certified("42"));
    expect_clean(certified("42B1"));
    expect_hit("registry.disability_certificate", certified("43"));  // another grade than entered
    expect_hit("registry.disability_certificate", certified("82"));  // there are seven classes
}

TEST(Validation, ChildrenUnderSixteenDoNotCountAsWorkers) {
    const auto child = [](Date birth) {
        return [birth](Household& home) {
            home.members[2] = member("吉克·伍加", "04", birth, 44);
            home.members[2].values[P::labour] = "1";
            home.members[2].values[P::student] = "00";
            home.members[2].values[P::schooling_exempt] = "1";
        };
    };
    expect_hit("registry.child_labour", child(today.plus_months(-16 * 12).plus_days(1)));
    expect_clean(child(today.plus_months(-16 * 12)));
}

TEST(Validation, NobodyInExtremePovertySupportIsAnAbleWorker) {
    expect_hit("registry.extreme_poverty_labour", [](Household& home) {
        home.members[0].values[P::extreme_poverty] = "2";
        home.members[0].values[P::labour] = "2";
    });
    expect_clean([](Household& home) {
        home.members[0].values[P::extreme_poverty] = "2";
        home.members[0].values[P::labour] = "3";
    });
}

TEST(Validation, CountsMonthsInHalvesUpToTwelve) {
    const auto months = [](std::string tenths) {
        return [tenths](Household& home) {
            home.members[0].values[P::work_months] = tenths;
            home.members[0].values[P::work_place] = "4";
        };
    };
    expect_clean(months("120"));
    expect_clean(months("65"));
    expect_hit("registry.months", months("125"));
    expect_hit("registry.months", months("63"));
    expect_hit("registry.work_place_missing",
               [](Household& home) { home.members[0].values[P::work_months] = "5"; });
}

TEST(Validation, WagesAndWorkGoTogether) {
    const IncomeLine wages{{}, {day(2025, 1, 1), day(2025, 12, 31)}, IncomeItem::wage, "", Money::yuan(1), 0};
    expect_hit("registry.work_missing", [&](Household& home) { home.income = {wages}; });
    expect_hit("registry.wage_missing", [&](Household& home) {
        home.income = {wages};
        home.income[0].item = IncomeItem::property;
        home.members[0].values[P::work_months] = "60";
        home.members[0].values[P::work_place] = "4";
    });
    expect_clean([&](Household& home) {
        home.income = {wages};
        home.members[0].values[P::work_months] = "60";
        home.members[0].values[P::work_place] = "4";
    });
}

TEST(Validation, TheDeadHoldNoPost) {
    expect_hit("registry.dead_with_post", [](Household& home) {
        home.members[1].values[P::member_status] = "2";
        home.members[1].values[P::left_on] = "2026-01-02";
        home.members[1].values[P::public_post] = "02";
    });
}

TEST(Validation, DoubtsASchoolYearThatDoesNotFitTheAge) {
    const auto junior = [](Date birth) {
        return [birth](Household& home) {
            home.members[2] = member("吉克·伍加", "04", birth, 44);
            home.members[2].values[P::student] = "03";
        };
    };
    expect_clean(junior(today.plus_months(-11 * 12)));
    expect_hit("registry.student_age", junior(today.plus_months(-11 * 12).plus_days(1)));
}

TEST(Validation, DoubtsASpouseOfTheSameSexOrUnderEighteen) {
    expect_hit("registry.spouse",
               [](Household& home) { home.members[1] = member("木果", "02", day(1982, 5, 9), 21); });
    expect_hit("registry.spouse", [](Household& home) {
        home.members[1] = member("木果", "02", today.plus_months(-18 * 12).plus_days(1), 22);
    });
    expect_clean(
        [](Household& home) { home.members[1] = member("木果", "02", today.plus_months(-18 * 12), 22); });
}

TEST(Validation, SeesAChildOutOfSchoolFromSixToFifteen) {
    const auto out_of_school = [](Date birth) {
        return [birth](Household& home) {
            home.members[2] = member("吉克·伍加", "04", birth, 44);
            home.members[2].values[P::student] = "00";
        };
    };
    expect_hit("registry.not_at_school", out_of_school(today.plus_months(-6 * 12)));
    expect_clean(out_of_school(today.plus_months(-6 * 12).plus_days(1)));
    expect_hit("registry.not_at_school", out_of_school(today.plus_months(-16 * 12).plus_days(1)));
    expect_clean(out_of_school(today.plus_months(-16 * 12)));
    expect_hit("registry.education_contradicted", [&](Household& home) {
        out_of_school(today.plus_months(-120))(home);
        home.guarantees = {{"education", "secured", "", today, {}, "", 0}};
    });
}

TEST(Validation, HoldsGuaranteesAgainstWhatIsKnown) {
    expect_hit("registry.medical_contradicted", [](Household& home) {
        home.members[0].values[P::medical] = "9";
        home.members[0].values[P::medical_reason] = "外出";
        home.guarantees = {{"medical", "secured", "", today, {}, "", 0}};
    });
    expect_hit("registry.housing_contradicted", [](Household& home) {
        home.values[H::house_grade] = "C";
        home.guarantees = {{"housing", "secured", "", today, {}, "", 0}};
    });
    expect_hit("registry.assessment", [](Household& home) {
        home.guarantees = {{"food", "secured", "", today, today.plus_days(-1), "", 0}};
    });
    expect_hit("registry.assessment_missing", [](Household& home) {
        home.guarantees = {{"food", "secured", "", {}, {}, "", 0}};
    });
}

}  // namespace
}  // namespace ballast::registry
