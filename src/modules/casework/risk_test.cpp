#include "casework/risk.h"

#include <gtest/gtest.h>

namespace ballast::casework {
namespace {

TEST(Risks, KeepTheirOrderAndDropWhatIsSaidTwice) {
    const auto risks = risks_of("07, 01 07");
    ASSERT_TRUE(risks);
    EXPECT_EQ(risks->primary(), "07");
    EXPECT_EQ(text_of(*risks), "07 01");
}

TEST(Risks, AreOneToFiveKnownCodes) {
    EXPECT_EQ(risks_of(" ,").error().id, "casework.no_risk");
    EXPECT_EQ(risks_of("01 16").error().id, "casework.no_such_risk");
    EXPECT_TRUE(risks_of("01 02 03 04 05"));
    EXPECT_EQ(risks_of("01 02 03 04 05 06").error().id, "casework.too_many_risks");
}

TEST(Risks, OverlapInAnyOfTheirCodes) {
    EXPECT_TRUE(risks_of("01 02")->overlap(*risks_of("05 02")));
    EXPECT_FALSE(risks_of("01 02")->overlap(*risks_of("03")));
}

}  // namespace
}  // namespace ballast::casework
