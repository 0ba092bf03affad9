#include "casework/category.h"

#include <gtest/gtest.h>

#include "casework/case_testing.h"
#include "casework/leak.h"

namespace ballast::casework {
namespace {

Circumstances facts(bool ex_poor, bool in_scope, bool risk, bool sudden) {
    return {ex_poor, in_scope, risk, sudden};
}

// Domain specification 2.1, the category function, row by row.
TEST(Category, FollowsTheTable) {
    for (const bool sudden : {false, true}) {
        EXPECT_EQ(classify(facts(true, true, true, sudden)), Classified::unstable_ex_poor);
        EXPECT_EQ(classify(facts(false, true, true, sudden)), Classified::marginal);
        for (const bool in_scope : {false, true})
            EXPECT_EQ(classify(facts(true, in_scope, false, sudden)), Classified::no_risk);
    }
    for (const bool ex_poor : {false, true}) {
        EXPECT_EQ(classify(facts(ex_poor, false, true, true)), Classified::sudden_severe);
        EXPECT_EQ(classify(facts(ex_poor, false, true, false)), Classified::no_category);
    }
}

struct Proposed {
    Findings found;
    Advice advice;
    std::optional<Category> category;
};
TEST(Proposal, FollowsTheTable) {
    const auto in_need = facts(false, true, true, false);
    const auto struck = facts(false, false, true, true);
    const auto single = facts(false, false, true, false);
    const auto fine = facts(false, false, false, false);
    const std::vector<Proposed> table{
        {{fine, false, false, false}, Advice::close_no_risk, {}},
        {{fine, false, true, false}, Advice::fix_on_spot, {}},
        {{in_need, true, false, false}, Advice::reject_asset, {}},
        {{struck, true, true, true}, Advice::reject_asset, {}},
        {{in_need, false, false, true}, Advice::enrol, Category::marginal},
        {{facts(true, true, true, true), false, true, false}, Advice::enrol, Category::unstable_ex_poor},
        {{struck, false, true, false}, Advice::enrol, Category::sudden_severe},
        {{single, false, false, false}, Advice::close_single, {}},
        {{struck, false, false, true}, Advice::close_watch_list, {}},
        {{struck, false, true, true}, Advice::no_row, {}},
    };
    for (const auto& one : table) {
        const auto proposal = propose(one.found);
        EXPECT_EQ(name_of(proposal.advice), name_of(one.advice));
        EXPECT_EQ(proposal.category, one.category);
        EXPECT_FALSE(proposal.reasons.empty());
    }
}

TEST(Leak, FindsNumbersAndHealthAndPassesAnOrdinaryNotice) {
    EXPECT_FALSE(leaks("吉克*依户，3人，拟纳入防止返贫监测，公示5天，电话0834-8321234"));
    EXPECT_TRUE(leaks("联系电话13812345678"));
    EXPECT_TRUE(leaks("联系电话 138 1234 5678"));
    EXPECT_TRUE(leaks("身份证５１３４３１１９９００１０１１２３Ｘ"));
    EXPECT_TRUE(leaks("因患癌症"));
    EXPECT_TRUE(leaks("二级残疾"));
}

}  // namespace
}  // namespace ballast::casework
