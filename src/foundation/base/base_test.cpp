// The smaller words of the vocabulary: results, identifiers, areas, codes, masks, text and random numbers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <unordered_set>

#include "base/area_code.h"
#include "base/bank_card.h"
#include "base/credit_code.h"
#include "base/id.h"
#include "base/masking.h"
#include "base/phone.h"
#include "base/result.h"
#include "base/rng.h"
#include "base/text.h"

namespace ballast {
namespace {

using testing::ElementsAre;

template <class T>
std::string refusal(const Result<T>& result) {
    return result ? "accepted" : result.error().id;
}

Result<int> half(int n) {
    if (n % 2 != 0) return invalid("test.odd").with("number", std::to_string(n));
    return n / 2;
}
Result<int> quarter(int n) {
    const int once = TRY(half(n));
    return TRY(half(once));
}
Result<void> must_be_even(int n) {
    TRY(half(n));
    return {};
}

TEST(Result, TryGivesTheValueOrReturnsTheRefusal) {
    EXPECT_EQ(quarter(12).value(), 3);
    const auto refused = quarter(6);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().id, "test.odd");
    EXPECT_THAT(refused.error().args, ElementsAre(testing::Pair("number", "3")));
    EXPECT_TRUE(must_be_even(2));
    EXPECT_FALSE(must_be_even(3));
}

TEST(Result, AskingForWhatIsNotThereIsABug) {
    EXPECT_THROW((void)half(3).value(), InvariantBroken);
    EXPECT_THROW((void)half(2).error(), InvariantBroken);
}

TEST(Result, MovesAValueThatCannotBeCopied) {
    const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
    const auto take = [&]() -> Result<int> { return *TRY(make()); };
    EXPECT_EQ(take().value(), 7);
}

TEST(Invariant, NamesTheConditionThatBroke) {
    try {
        INVARIANT(1 + 1 == 3);
        FAIL();
    } catch (const InvariantBroken& broken) {
        EXPECT_THAT(broken.what(), testing::HasSubstr("1 + 1 == 3"));
    }
}

TEST(Id, IsAKeyAndKnowsWhetherItIsSet) {
    struct PersonTag;
    using PersonId = Id<PersonTag>;
    EXPECT_FALSE(PersonId{});
    EXPECT_TRUE(PersonId{1});
    EXPECT_LT(PersonId{1}, PersonId{2});
    EXPECT_EQ((std::unordered_set<PersonId>{PersonId{1}, PersonId{1}}.size()), 1u);
}

TEST(AreaCode, HasALevelAndItsAncestors) {
    const AreaCode village = AreaCode::parse("513431100200").value();
    EXPECT_EQ(village.level(), AreaLevel::village);
    EXPECT_EQ(village.parent().short_digits(), "513431100");
    EXPECT_EQ(village.at(AreaLevel::county).short_digits(), "513431");
    EXPECT_EQ(village.at(AreaLevel::prefecture).digits(), "513400000000");
    EXPECT_EQ(village.at(AreaLevel::province).short_digits(), "51");
    EXPECT_EQ(village.at(AreaLevel::nation), AreaCode{});
    EXPECT_EQ(AreaCode{}.parent(), AreaCode{});
    EXPECT_EQ(AreaCode::parse("51").value().at(AreaLevel::county).level(), AreaLevel::province);
}

TEST(AreaCode, ContainsWhatLiesInsideAndNothingElse) {
    const AreaCode county = AreaCode::parse("513431").value();
    EXPECT_TRUE(county.contains(county));
    EXPECT_TRUE(county.contains(AreaCode::parse("513431100200").value()));
    EXPECT_TRUE(county.contains(AreaCode::parse("513431999999").value()));
    EXPECT_FALSE(county.contains(AreaCode::parse("513432").value()));
    EXPECT_FALSE(county.contains(AreaCode::parse("513430999999").value()));
    EXPECT_FALSE(county.contains(AreaCode::parse("5134").value()));
    EXPECT_TRUE(AreaCode{}.contains(county));
    EXPECT_EQ(county.first(), 513431000000);
    EXPECT_EQ(county.last(), 513431999999);
}

TEST(AreaCode, IsReadInTheLengthsOfItsLevels) {
    for (const char* text : {"51", "5134", "513431", "513431100", "513431100200", "110000000000"})
        EXPECT_EQ(refusal(AreaCode::parse(text)), "accepted") << text;
    for (const char* text : {"", "5", "513", "51343", "5134311002001", "51343a", "51 431"})
        EXPECT_EQ(refusal(AreaCode::parse(text)), "area.malformed") << text;
    EXPECT_EQ(AreaCode::parse("11").value().digits(), "110000000000");
    EXPECT_FALSE(AreaCode::from_number(-1));
    EXPECT_TRUE(AreaCode::from_number(999'999'999'999));
    EXPECT_FALSE(AreaCode::from_number(1'000'000'000'000));
}

TEST(CreditCode, ChecksModulo31) {
    EXPECT_EQ(refusal(CreditCode::parse("91350100M000100Y43")), "accepted");
    EXPECT_EQ(refusal(CreditCode::parse("91110108551385082Q")), "accepted");
    EXPECT_EQ(CreditCode::parse(" ９1350100m000100y43").value().text(), "91350100M000100Y43");
    EXPECT_EQ(refusal(CreditCode::parse("91350100M000100Y44")), "credit_code.checksum");
    EXPECT_EQ(refusal(CreditCode::parse("91350100M000100Y4")), "credit_code.malformed");
    EXPECT_EQ(refusal(CreditCode::parse("91350100M0001O0Y43")), "credit_code.malformed");  // the letter O
    EXPECT_EQ(refusal(CreditCode::parse("9135010AM000100Y43")), "credit_code.malformed");
}

TEST(CreditCode, FindsEveryWrongCharacterAndEveryExchangeOfNeighbours) {
    constexpr std::string_view right = "91350100M000100Y43", alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (std::size_t place = 0; place < right.size(); ++place) {
        for (const char c : alphabet) {
            std::string wrong(right);
            wrong[place] = c;
            if (wrong != right) {
                EXPECT_NE(refusal(CreditCode::parse(wrong)), "accepted") << wrong;
            }
        }
        if (place == 17) continue;
        std::string wrong(right);
        std::swap(wrong[place], wrong[place + 1]);
        if (wrong != right) {
            EXPECT_NE(refusal(CreditCode::parse(wrong)), "accepted") << wrong;
        }
    }
}

TEST(Phone, ReadsMobileNumbersAndLandlinesWithTheirAreaCode) {
    for (const char* text : {"13800138000", "138 0013 8000", "+86 138-0013-8000", "008613800138000",
                             "8613800138000", "１３８００１３８０００"})
        EXPECT_EQ(Phone::parse(text).value().reveal(), "13800138000") << text;
    EXPECT_EQ(Phone::parse("0834-2123456").value().reveal(), "0834-2123456");
    EXPECT_EQ(Phone::parse("（0834）2123456").value().reveal(), "0834-2123456");
    EXPECT_EQ(Phone::parse("01088888888").value().reveal(), "010-88888888");
    for (const char* text : {"", "12800138000", "1380013800", "138001380000", "2123456", "0834-123456",
                             "0834-1123456", "无", "0834-2123456-12", "+13800138000", "1380013800a"})
        EXPECT_EQ(refusal(Phone::parse(text)), "phone.malformed") << text;
}

TEST(Phone, HidesFourDigits) {
    EXPECT_EQ(Phone::parse("13800138000").value().masked(), "138****8000");
    EXPECT_EQ(Phone::parse("0834-2123456").value().masked(), "0834-****456");
    EXPECT_EQ(Phone::parse("010-88886666").value().masked(), "010-****6666");
    EXPECT_TRUE(Phone::parse("13800138000").value().is_mobile());
    EXPECT_FALSE(Phone::parse("0834-2123456").value().is_mobile());
}

TEST(BankCard, HoldsToItsCheckDigitAndShowsFourDigits) {
    EXPECT_EQ(BankCard::parse("4111 1111 1111 1111").value().masked(), "**** **** **** 1111");
    EXPECT_EQ(BankCard::parse("６２２８480402564890018").value().reveal(), "6228480402564890018");
    for (const char* text :
         {"4111111111111112", "411111111111116", "62284804025648900181", "4111 1111 1111 111x", ""})
        EXPECT_EQ(refusal(BankCard::parse(text)), "bank_card.malformed") << text;
}

TEST(MaskedName, KeepsTheFirstAndFromThreeCharactersOnAlsoTheLast) {
    EXPECT_EQ(masked_name("张三"), "张*");
    EXPECT_EQ(masked_name("张小三"), "张*三");
    EXPECT_EQ(masked_name("欧阳建国"), "欧**国");
    EXPECT_EQ(masked_name(" 张三 "), "张*");
    EXPECT_EQ(masked_name("张"), "*");
    EXPECT_EQ(masked_name(""), "");
}

TEST(Text, TellsWellFormedBytesFromOthers) {
    EXPECT_TRUE(text::valid_utf8("压舱石 \U00020000"));
    EXPECT_TRUE(text::valid_utf8(""));
    for (const char* bytes : {"\x80", "\xC0\x80", "\xE5\x8E", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                              "\xF8\x88\x80\x80\x80", "\xD1\xB9\xB2\xD5"})
        EXPECT_FALSE(text::valid_utf8(bytes));
}

TEST(Text, EveryCodePointComesBack) {
    for (char32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 7) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::string bytes = text::utf8({&c, 1});
        ASSERT_TRUE(text::valid_utf8(bytes));
        ASSERT_EQ(text::code_points(bytes), std::u32string(1, c));
        ASSERT_EQ(text::length(bytes), 1u);
    }
    EXPECT_EQ(text::code_points("a\xFF"), U"a\uFFFD");
}

TEST(Text, TrimsAlsoWhatCannotBeSeen) {
    EXPECT_EQ(text::trimmed("\uFEFF 　张 三\u00A0\u200B\r\n"), "张 三");
    EXPECT_EQ(text::trimmed(" 　"), "");
    EXPECT_EQ(text::trimmed("\x80 "), "\x80");
    EXPECT_EQ(text::half_width("Ａ１　（张）～"), "A1 (张)~");
    EXPECT_THAT(text::split("a,,b", ','), ElementsAre("a", "", "b"));
    EXPECT_THAT(text::split("", ','), ElementsAre(""));
    EXPECT_TRUE(text::is_han(U'县'));
    EXPECT_FALSE(text::is_han(U'ア'));
}

// The first numbers of the authors' reference code: splitmix64 from 0, and xoshiro256** on that state.
TEST(Rng, GivesTheSameNumbersOnEveryMachine) {
    Rng rng(0);
    EXPECT_EQ(rng.next(), 0x99ec5f36cb75f2b4ULL);
    EXPECT_EQ(rng.next(), 0xbf6e1f784956452aULL);
    EXPECT_EQ(rng.next(), 0x1a5f849d4933e6e0ULL);
}

TEST(Rng, DrawsEvenlyWithinItsBounds) {
    Rng rng(7);
    std::array<int, 6> seen{};
    for (int i = 0; i < 60'000; ++i) ++seen[rng.below(6)];
    for (const int n : seen) EXPECT_NEAR(n, 10'000, 500);
    for (int i = 0; i < 1000; ++i) {
        const auto n = rng.between(-2, 2);
        ASSERT_GE(n, -2);
        ASSERT_LE(n, 2);
        const double u = rng.uniform();
        ASSERT_GE(u, 0.0);
        ASSERT_LT(u, 1.0);
    }
    EXPECT_EQ(rng.between(5, 5), 5);
    EXPECT_THROW((void)rng.below(0), InvariantBroken);
    EXPECT_THROW((void)rng.between(2, 1), InvariantBroken);
}

TEST(Rng, DrawsInProportionToTheWeights) {
    Rng rng(8);
    const std::array<double, 4> weights{1, 0, 3, 0};
    std::array<int, 4> seen{};
    for (int i = 0; i < 40'000; ++i) ++seen[rng.weighted(weights)];
    EXPECT_EQ(seen[1] + seen[3], 0);
    EXPECT_NEAR(seen[2], 30'000, 500);
    EXPECT_THROW((void)rng.weighted(std::array<double, 2>{0, 0}), InvariantBroken);
}

TEST(Rng, ANormalDrawHasItsMeanAndDeviation) {
    Rng rng(9);
    double sum = 0, squares = 0;
    constexpr int n = 50'000;
    for (int i = 0; i < n; ++i) {
        const double x = rng.normal(10, 2);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / n;
    EXPECT_NEAR(mean, 10, 0.05);
    EXPECT_NEAR(std::sqrt(squares / n - mean * mean), 2, 0.05);
}

TEST(Rng, AForkIsAStreamOfItsOwnAndLeavesItsParentUnchanged) {
    Rng parent(10);
    Rng untouched = parent;
    Rng a = parent.fork(1), same = parent.fork(1), b = parent.fork(2);
    EXPECT_EQ(a.next(), same.next());
    EXPECT_NE(a.next(), b.next());
    EXPECT_EQ(parent.next(), untouched.next());
    EXPECT_NE(fresh_seed(), fresh_seed());
}

}  // namespace
}  // namespace ballast
