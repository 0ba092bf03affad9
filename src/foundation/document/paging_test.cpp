#include "document/paging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ballast::document {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::vector<std::size_t>> numbers(const std::vector<Page>& pages) {
    std::vector<std::vector<std::size_t>> out;
    for (const Page& page : pages) {
        out.emplace_back();
        for (const Placed& placed : page) out.back().push_back(placed.strip);
    }
    return out;
}

TEST(Paging, NothingMakesOneEmptyPage) { EXPECT_THAT(paged({}, 100, 5), ElementsAre(SizeIs(0))); }

TEST(Paging, FillsAPageToItsLastPoint) {
    const std::vector<Strip> strips(5, Strip{.height = 50});
    EXPECT_THAT(numbers(paged(strips, 100, 5)),
                ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
}

TEST(Paging, SpaceAboveAStripIsDroppedAtTheTopOfAPage) {
    const auto pages = paged({{.height = 60}, {.height = 60, .before = 20}}, 100, 5);
    EXPECT_EQ(pages.at(1).at(0).y, 0);
    EXPECT_EQ(paged({{.height = 20}, {.height = 60, .before = 20}}, 100, 5).at(0).at(1).y, 40);
}

TEST(Paging, AHeadingGoesWithWhatFollowsIt) {
    const std::vector<Strip> strips{{.height = 70}, {.height = 20, .keep_with_next = true}, {.height = 30}};
    EXPECT_THAT(numbers(paged(strips, 100, 5)), ElementsAre(ElementsAre(0), ElementsAre(1, 2)));
}

TEST(Paging, WhatIsKeptTogetherButHigherThanAPageIsStillPrinted) {
    const std::vector<Strip> strips(3, Strip{.height = 60, .keep_with_next = true});
    EXPECT_THAT(numbers(paged(strips, 100, 5)), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
    EXPECT_THAT(numbers(paged({{.height = 500}, {.height = 10}}, 100, 5)),
                ElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST(Paging, HeadingRowsAreRepeatedAboveTheFirstRowOfAPage) {
    const auto header = std::make_shared<const std::vector<std::size_t>>(std::vector<std::size_t>{0});
    std::vector<Strip> strips{{.height = 20, .keep_with_next = true}, {.height = 40}};
    for (int i = 0; i < 3; ++i) strips.push_back({.height = 40, .repeated = header});
    const auto pages = paged(strips, 100, 5);
    EXPECT_THAT(numbers(pages), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(0, 3, 4)));
    EXPECT_TRUE(pages.at(1).at(0).again);
    EXPECT_EQ(pages.at(1).at(1).y, 20);
}

TEST(Paging, NotesTakeTheirRoomFromThePage) {
    const std::vector<Strip> strips{{.height = 50, .note_height = 10}, {.height = 36}};
    EXPECT_THAT(numbers(paged(strips, 100, 5)), ElementsAre(ElementsAre(0), ElementsAre(1)));
    EXPECT_THAT(numbers(paged(strips, 101, 5)), ElementsAre(ElementsAre(0, 1)));
}

TEST(Paging, ANewPageIsBegunWhereItIsAskedFor) {
    const std::vector<Strip> strips{{.height = 10, .keep_with_next = true}, {.height = 10, .new_page = true}};
    EXPECT_THAT(numbers(paged(strips, 100, 5)), ElementsAre(ElementsAre(0), ElementsAre(1)));
    EXPECT_THAT(paged({{.height = 10, .new_page = true}}, 100, 5), SizeIs(1));
}

}  // namespace
}  // namespace ballast::document
