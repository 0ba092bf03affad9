#include "document/card.h"

#include <gmock/gmock.h>

namespace ballast::document {
namespace {

using words::Language;

/// Width and height as a PNG's first chunk says them, big-endian.
std::pair<int, int> size_of(std::string_view png) {
    const auto number = [&](std::size_t at) {
        int out = 0;
        for (std::size_t i = 0; i < 4; ++i) out = out * 256 + static_cast<unsigned char>(png.at(at + i));
        return out;
    };
    return {number(16), number(20)};
}

Card example() {
    return {.title = "示例简报",
            .subtitle = "2021年7月1日",
            .lines = {"凉山 | 一", "六安 | 二"},
            .foot = "编辑部"};
}

TEST(Card, IsAPictureOfTheSizeThatPreviewsAskFor) {
    const auto picture = card_png(example(), Language::zh);
    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->starts_with("\x89PNG"));
    EXPECT_EQ(size_of(*picture), std::pair(card_width, card_height));
    EXPECT_EQ(*picture, *card_png(example(), Language::zh)) << "the same card gives the same bytes";
    auto other = example();
    other.lines.push_back("安徽 | 三");
    EXPECT_NE(*picture, *card_png(other, Language::zh));
}

TEST(Card, CutsWhatHasNoRoom) {
    auto card = example();
    for (int i = 0; i < 200; ++i) card.title += "很长的名字";
    const auto with_long_title = card_png(card, Language::zh);
    ASSERT_TRUE(with_long_title);
    card.title += "再长一点";
    EXPECT_EQ(*with_long_title, *card_png(card, Language::zh)) << "the end was left out already";
    for (int i = 0; i < 40; ++i) card.lines.push_back("又一条");
    const auto full = card_png(card, Language::zh);
    card.lines.push_back("没有位置的一条");
    EXPECT_EQ(*full, *card_png(card, Language::zh));
    EXPECT_TRUE(card_png({}, Language::en));
}

}  // namespace
}  // namespace ballast::document
