#include "base/money.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/decimal.h"
#include "base/rng.h"

namespace ballast {
namespace {

std::string parsed(std::string_view text) {
    const auto money = Money::parse(text);
    return money ? money->plain() : money.error().id;
}
Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

TEST(Money, IsReadAsDepartmentsWriteIt) {
    EXPECT_EQ(parsed("12345.6"), "12345.60");
    EXPECT_EQ(parsed("12,345.67"), "12345.67");
    EXPECT_EQ(parsed("１２，３４５．６７"), "12345.67");
    EXPECT_EQ(parsed("¥12345.67"), "12345.67");
    EXPECT_EQ(parsed("￥ 12345.67 元"), "12345.67");
    EXPECT_EQ(parsed("1.2万"), "12000.00");
    EXPECT_EQ(parsed("1.2万元"), "12000.00");
    EXPECT_EQ(parsed("0.000001万"), "0.01");
    EXPECT_EQ(parsed("2亿元"), "200000000.00");
    EXPECT_EQ(parsed("-5"), "-5.00");
    EXPECT_EQ(parsed("-¥5"), "-5.00");
    EXPECT_EQ(parsed("¥-5"), "-5.00");
    EXPECT_EQ(parsed("+0.05"), "0.05");
    EXPECT_EQ(parsed("0"), "0.00");
    EXPECT_EQ(parsed("1.5000"), "1.50");  // zeros say nothing more precise
}

TEST(Money, RefusesWhatIsNoAmount) {
    for (const char* text : {"", "元", "abc", "1.2.3", "1,23", "1,2345", ",123", "1 2", "--5", "-¥-5", "5-",
                             ".5", "5.", "1e5", "五元", "99999999999999999999", "-"})
        EXPECT_EQ(parsed(text), "money.malformed") << text;
}

TEST(Money, IsExactToTheFenAndNoFurther) {
    EXPECT_EQ(parsed("0.01"), "0.01");
    EXPECT_EQ(parsed("0.001"), "money.too_precise");
    EXPECT_EQ(parsed("0.0000001万"), "money.too_precise");
    EXPECT_EQ(parsed("92233720368547758.07"), "92233720368547758.07");
    EXPECT_EQ(parsed("92233720368547758.08"), "money.malformed");
}

TEST(Money, IsWrittenForFilesAndForPeople) {
    EXPECT_EQ(Money::fen(1234567).plain(), "12345.67");
    EXPECT_EQ(Money::fen(1234567).formatted(), "12,345.67");
    EXPECT_EQ(Money::fen(99999).formatted(), "999.99");
    EXPECT_EQ(Money::fen(100000).formatted(), "1,000.00");
    EXPECT_EQ(Money::fen(-5).formatted(), "-0.05");
    EXPECT_EQ(Money::fen(-123456789).formatted(), "-1,234,567.89");
    EXPECT_EQ(Money::fen(least).plain(), "-92233720368547758.08");
}

TEST(Money, RoundsADivisionHalfAwayFromZero) {
    EXPECT_EQ(Money::fen(5).divided_by(2).fen(), 3);
    EXPECT_EQ(Money::fen(-5).divided_by(2).fen(), -3);
    EXPECT_EQ(Money::fen(10).divided_by(3).fen(), 3);
    EXPECT_EQ(Money::fen(11).divided_by(3).fen(), 4);
    EXPECT_EQ(Money::fen(-10).divided_by(3).fen(), -3);
    EXPECT_EQ(Money::fen(most).divided_by(most).fen(), 1);
    EXPECT_EQ(Money::fen(most / 2).divided_by(most).fen(), 0);
    EXPECT_EQ(Money::fen(most / 2 + 1).divided_by(most).fen(), 1);
    EXPECT_THROW((void)Money::fen(1).divided_by(0), InvariantBroken);
}

TEST(Money, NeverOverflowsInSilence) {
    EXPECT_EQ((Money::fen(most - 1) + Money::fen(1)).fen(), most);
    EXPECT_THROW((void)(Money::fen(most) + Money::fen(1)), InvariantBroken);
    EXPECT_THROW((void)(Money::fen(least) - Money::fen(1)), InvariantBroken);
    EXPECT_THROW((void)-Money::fen(least), InvariantBroken);
    EXPECT_THROW((void)(Money::fen(most / 2 + 1) * 2), InvariantBroken);
}

TEST(Money, ComesBackFromItsWrittenForms) {
    Rng rng(1);
    for (int i = 0; i < 2000; ++i) {
        const Money money = Money::fen(rng.between(-most / (1 << (i % 60)), most));
        EXPECT_EQ(Money::parse(money.plain()).value(), money);
        EXPECT_EQ(Money::parse(money.formatted()).value(), money);
    }
}

TEST(Decimal, IsReadAndWrittenWithAllItsPlaces) {
    for (const char* text :
         {"0", "12.5", "12.50", "-0.125", "0.000000000000000001", "99999999999999999999999999999999999999"})
        EXPECT_EQ(dec(text).plain(), text);
    EXPECT_EQ(dec("１，２３４．５").plain(), "1234.5");
    EXPECT_EQ(dec("+5").plain(), "5");
    for (const char* text : {"", ".5", "5.", "1e3", "1,23", "12%", "-", "1.2.3", "0.5 kg"}) {
        const auto refused = Decimal::parse(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().id, "decimal.malformed");
    }
    for (const char* text : {"0.0000000000000000001", "999999999999999999999999999999999999999"}) {
        const auto refused = Decimal::parse(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().id, "decimal.too_precise");
    }
}

TEST(Decimal, IsComparedByValueAcrossScales) {
    EXPECT_EQ(dec("1.5"), dec("1.500"));
    EXPECT_LT(dec("1.49"), dec("1.5"));
    EXPECT_LT(dec("-1.5"), dec("-1.49"));
    EXPECT_LT(dec("-0.1"), dec("0"));
    EXPECT_GT(dec("99999999999999999999999999999999999999"), dec("0.000000000000000001"));
    EXPECT_EQ(dec("0"), -dec("0.00"));
}

TEST(Decimal, AddsAndMultipliesExactly) {
    EXPECT_EQ((dec("0.1") + dec("0.2")).plain(), "0.3");
    EXPECT_EQ((dec("1.5") - dec("1.50")).plain(), "0.00");
    EXPECT_EQ(dec("1757.50") * dec("12.345"), dec("21696.3375"));  // cotton, domain specification T-1
    EXPECT_EQ(dec("0.0000000010") * dec("0.0000000010"), dec("0.000000000000000001"));
    EXPECT_THROW((void)(dec("0.0000000001") * dec("0.0000000001")), InvariantBroken);  // 20 places
    EXPECT_THROW((void)(dec("99999999999999999999") * dec("99999999999999999999")), InvariantBroken);
}

TEST(Decimal, ADivisionSaysHowItRounds) {
    EXPECT_EQ(dec("1").divided_by(3, 4, Rounding::half_up).plain(), "0.3333");
    EXPECT_EQ(dec("2").divided_by(3, 4, Rounding::half_up).plain(), "0.6667");
    EXPECT_EQ(dec("2").divided_by(3, 4, Rounding::down).plain(), "0.6666");
    EXPECT_EQ(dec("-2").divided_by(3, 0, Rounding::half_up).plain(), "-1");
    EXPECT_EQ(dec("1").divided_by(dec("0.125"), 0, Rounding::down).plain(), "8");
    EXPECT_EQ(dec("1.23456").divided_by(dec("100"), 2, Rounding::half_up).plain(), "0.01");
    EXPECT_THROW((void)dec("1").divided_by(0, 2, Rounding::down), InvariantBroken);
}

TEST(Decimal, RoundsBothSidesOfTheHalf) {
    const auto half_up = [](const char* t) { return dec(t).rounded(0, Rounding::half_up).plain(); };
    const auto half_even = [](const char* t) { return dec(t).rounded(0, Rounding::half_even).plain(); };
    const auto down = [](const char* t) { return dec(t).rounded(0, Rounding::down).plain(); };
    EXPECT_EQ(half_up("2.49"), "2");
    EXPECT_EQ(half_up("2.5"), "3");
    EXPECT_EQ(half_up("-2.5"), "-3");
    EXPECT_EQ(half_even("2.5"), "2");
    EXPECT_EQ(half_even("3.5"), "4");
    EXPECT_EQ(half_even("2.51"), "3");
    EXPECT_EQ(half_even("-2.5"), "-2");
    EXPECT_EQ(down("2.99"), "2");
    EXPECT_EQ(down("-2.99"), "-2");
    EXPECT_EQ(dec("1.5").rounded(3, Rounding::down).plain(), "1.500");
}

// The formulas of the domain specification, computed exactly and rounded once.
TEST(Decimal, BecomesMoneyWithOneRounding) {
    EXPECT_EQ((dec("1757.50") * dec("12.345")).to_money(Rounding::half_up), Money::fen(2'169'634));
    // Maize income insurance I-1: (1020 - 428.6 x 1.93525) x 36.8
    const Decimal shortfall = Decimal(1020) - dec("428.6") * dec("1.93525");
    EXPECT_EQ(shortfall, dec("190.55185"));
    EXPECT_EQ((shortfall * dec("36.8")).to_money(Rounding::half_up), Money::fen(701'231));
    EXPECT_EQ(Decimal::yuan(Money::fen(458'298)) * dec("0.60"), dec("2749.788"));
    EXPECT_THROW((void)dec("92233720368547758.08").to_money(Rounding::down), InvariantBroken);
    EXPECT_EQ(dec("92233720368547758.07").to_money(Rounding::down), Money::fen(most));
}

TEST(Decimal, ObeysTheLawsOfArithmetic) {
    Rng rng(2);
    for (int i = 0; i < 2000; ++i) {
        const auto any = [&] {
            return Decimal::from_parts(rng.between(-1'000'000'000, 1'000'000'000),
                                       static_cast<int>(rng.below(6)));
        };
        const Decimal a = any(), b = any(), c = any();
        EXPECT_EQ(a + b, b + a);
        EXPECT_EQ(a * b, b * a);
        EXPECT_EQ((a + b) - b, a);
        EXPECT_EQ(a * (b + c), a * b + a * c);
        EXPECT_EQ(Decimal::parse(a.plain()).value(), a);
        EXPECT_EQ(a<b, b> a);
        if (b.is_zero()) continue;
        // A quotient rounded down is less than one unit of its last place away, towards zero.
        const Decimal quotient = a.divided_by(b, 6, Rounding::down);
        const Decimal rest = a - quotient * b;
        const auto size = [](Decimal d) { return d < 0 ? -d : d; };
        EXPECT_LT(size(rest), size(b) * dec("0.000001"));
        EXPECT_LE(size(quotient * b), size(a));
    }
}

}  // namespace
}  // namespace ballast
