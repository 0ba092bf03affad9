#include "casework/facts_json.h"

#include <gtest/gtest.h>

#include "casework/case_testing.h"

namespace ballast::casework {
namespace {

using namespace testing;

std::string whole(const Facts& facts) { return to_json(facts, Show::whole); }

TEST(FactsJson, EveryFormIsReadBackAsItWasWritten) {
    Consent with_outsider = consent();
    with_outsider.parties.push_back(
        {{}, "吉克支铁", "513431199501011239", "supporting_child", "self", "", {photo}});
    TownshipReview sampled = township_review();
    sampled.sample_visit = {june(12), "属实"};
    const std::vector<std::pair<Action, Facts>> forms{
        {Action::open, Opened{"线索核实", {"05"}}},
        {Action::verify, visit()},
        {Action::authorise, with_outsider},
        {Action::compare, comparison({car})},
        {Action::explain, explanation()},
        {Action::judge, judgement()},
        {Action::review, review()},
        {Action::publicise, posting()},
        {Action::end_publicity, taken_down()},
        {Action::object, objection()},
        {Action::dismiss_objection, inquiry()},
        {Action::township_review, sampled},
        {Action::return_township, returned()},
        {Action::correct, corrected()},
        {Action::approve, approval()},
        {Action::enrol, enrolment()},
        {Action::close, reasoned("no_risk")},
        {Action::green_help, green_help()},
        {Action::extend, extension()},
    };
    EXPECT_EQ(forms.size(), std::variant_size_v<Facts>);
    for (const auto& [action, facts] : forms) {
        const auto read = facts_from(action, whole(facts));
        ASSERT_TRUE(read) << name_of(action) << " " << read.error().id;
        EXPECT_EQ(whole(*read), whole(facts)) << name_of(action);
        EXPECT_EQ(read->index(), facts.index());
    }
    for (const Action action : all_actions()) EXPECT_FALSE(facts_from(action, R"({"nonsense": 1})"));
}

TEST(FactsJson, ShownToPeopleDocumentsAndPhonesAreMasked) {
    Consent outsider;
    outsider.parties = {{{}, "吉克支铁", "513431199501011239", "spouse", "self", "", {photo}}};
    EXPECT_EQ(to_json(outsider, Show::masked).find("199501011239"), std::string::npos);
    EXPECT_EQ(to_json(Objection{"有存款", "王五", "13812345678"}, Show::masked).find("13812345678"),
              std::string::npos);
}

struct Bad {
    Action action;
    std::string json, error, field;
};
TEST(FactsJson, SaysWhichFieldIsWrong) {
    const std::vector<Bad> bad{
        {Action::extend, "[]", "casework.not_a_form", ""},
        {Action::extend, "{", "casework.not_a_form", ""},
        {Action::extend, R"({"reason": "x"})", "casework.field_missing", "days"},
        {Action::extend, R"({"days": "3", "reason": "x"})", "casework.field_wrong", "days"},
        {Action::extend, R"({"days": 3, "reasno": "x"})", "casework.field_unknown", "reasno"},
        {Action::end_publicity, R"({"taken_down_on": "2021-02-30"})", "casework.field_wrong",
         "taken_down_on"},
        {Action::end_publicity, R"({"taken_down_on": "2021-06-12", "photos": [1]})", "casework.field_wrong",
         "photos.0"},
        {Action::verify, R"({"visited_on": "2021-06-02", "investigators": [{}, {"post": 1}]})",
         "casework.field_wrong", "investigators.1.post"},
        {Action::close, R"({"reason": ")" + std::string(5000, 'x') + "\"}", "casework.text_too_long",
         "reason"},
    };
    for (const auto& one : bad) {
        const auto read = facts_from(one.action, one.json);
        ASSERT_FALSE(read) << one.json.substr(0, 60);
        EXPECT_EQ(read.error().id, one.error);
        if (one.field.empty()) continue;
        EXPECT_EQ(read.error().args.at(0).second, one.field);
    }
}

}  // namespace
}  // namespace ballast::casework
