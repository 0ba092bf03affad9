#include "base/citizen_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "base/rng.h"

namespace ballast {
namespace {

using Note = CitizenId::Note;
using testing::ElementsAre;
using testing::IsEmpty;

const Date today = *Date::from(2026, 11, 23);

CitizenId::Parsed accepted(std::string_view text) { return CitizenId::parse(text, today).value(); }
std::string refusal(std::string_view text) {
    const auto parsed = CitizenId::parse(text, today);
    return parsed ? "accepted" : parsed.error().id;
}

// The example of GB 11643-1999.
TEST(CitizenId, AcceptsTheStandardsExample) {
    const auto [id, notes] = accepted("11010519491231002X");
    EXPECT_EQ(id.reveal(), "11010519491231002X");
    EXPECT_EQ(id.masked(), "110105********002X");
    EXPECT_EQ(id.birth_date(), *Date::from(1949, 12, 31));
    EXPECT_EQ(id.sex(), Sex::female);
    EXPECT_EQ(id.address_code(), "110105");
    EXPECT_THAT(notes, IsEmpty());
    EXPECT_EQ(CitizenId::check_character("11010519491231002"), 'X');
}

TEST(CitizenId, AnOddSequenceIsMale) {
    EXPECT_EQ(CitizenId::compose("513431", today, 1).sex(), Sex::male);
    EXPECT_EQ(CitizenId::compose("513431", today, 2).sex(), Sex::female);
}

TEST(CitizenId, NotesWhatItRemovedFromAroundTheNumber) {
    EXPECT_THAT(accepted("11010519491231002x").notes, ElementsAre(Note::lower_case_x));
    EXPECT_THAT(accepted("'11010519491231002X").notes, ElementsAre(Note::apostrophe_removed));
    EXPECT_THAT(accepted("’11010519491231002X").notes, ElementsAre(Note::apostrophe_removed));
    EXPECT_THAT(accepted("１１０１０５19491231002Ｘ").notes, ElementsAre(Note::full_width));
    EXPECT_THAT(accepted(" 110105 19491231 002X ").notes, ElementsAre(Note::spaces_removed));
    EXPECT_THAT(accepted("110105-19491231-002X").notes, ElementsAre(Note::spaces_removed));
    EXPECT_THAT(
        accepted("'１１０１０５ 19491231002ｘ").notes,
        ElementsAre(Note::apostrophe_removed, Note::full_width, Note::spaces_removed, Note::lower_case_x));
    EXPECT_EQ(accepted("'１１０１０５ 19491231002ｘ").id, accepted("11010519491231002X").id);
}

TEST(CitizenId, AnOldNumberOfFifteenDigitsIsConverted) {
    const auto [id, notes] = accepted("110105491231002");
    EXPECT_EQ(id.reveal(), "11010519491231002X");
    EXPECT_THAT(notes, ElementsAre(Note::converted_from_15));
    EXPECT_EQ(refusal("110105491331002"), "citizen_id.birth_date");
    EXPECT_EQ(refusal("11010549123100X"), "citizen_id.character");
}

// An unknown address code is the registry's note, not a refusal: some 2,200 were repealed before 2003.
TEST(CitizenId, DoesNotJudgeTheAddressCode) {
    EXPECT_EQ(refusal(CitizenId::compose("999999", *Date::from(1980, 1, 1), 12).reveal()), "accepted");
}

TEST(CitizenId, RefusesWithTheReason) {
    EXPECT_EQ(refusal(""), "citizen_id.empty");
    EXPECT_EQ(refusal(" 　'"), "citizen_id.empty");
    EXPECT_EQ(refusal("11010519491231002"), "citizen_id.length");
    EXPECT_EQ(refusal("11010519491231002X1"), "citizen_id.length");
    EXPECT_EQ(refusal("无"), "citizen_id.character");
    EXPECT_EQ(refusal("1101051949123100AX"), "citizen_id.character");
    EXPECT_EQ(refusal("X1010519491231002X"), "citizen_id.character");
    EXPECT_EQ(refusal("110105194912310021"), "citizen_id.checksum");
}

TEST(CitizenId, TheBirthDateLiesAfter1900AndNotAfterToday) {
    const auto born = [](int y, int m, int d) {
        return refusal(CitizenId::compose("513431", *Date::from(y, m, d), 11).reveal());
    };
    EXPECT_EQ(born(1900, 1, 1), "citizen_id.birth_date");
    EXPECT_EQ(born(1900, 1, 2), "accepted");
    EXPECT_EQ(born(2026, 11, 23), "accepted");
    EXPECT_EQ(born(2026, 11, 24), "citizen_id.birth_date");
    EXPECT_EQ(refusal("110105194902300021"), "citizen_id.birth_date");
}

TEST(CitizenId, RecognisesNumbersThatASpreadsheetDamaged) {
    EXPECT_EQ(refusal("1.10105E+17"), "citizen_id.damaged");
    EXPECT_EQ(refusal("1.10105194912310e+17"), "citizen_id.damaged");
    EXPECT_EQ(refusal("1.10105E17"), "citizen_id.damaged");
    EXPECT_EQ(refusal("110105194912310000"), "citizen_id.damaged");  // the last three digits lost
    EXPECT_EQ(refusal("110105194912310020.0"), "citizen_id.damaged");
    // Zeros at the end are no damage where the check digit agrees.
    int honest = 0;
    for (Date birth = *Date::from(1949, 12, 1); birth < *Date::from(1950, 1, 1); birth = birth.plus_days(1)) {
        const std::string number = CitizenId::compose("110105", birth, 800).reveal();
        if (!number.ends_with("000")) continue;
        EXPECT_EQ(refusal(number), "accepted");
        ++honest;
    }
    EXPECT_GT(honest, 0);
}

CitizenId any_id(Rng& rng) {
    const std::string address = std::to_string(rng.between(110000, 659999));
    const Date birth = Date::from(1900, 1, 2)->plus_days(static_cast<int>(rng.below(46'000)));
    return CitizenId::compose(address, birth, static_cast<int>(rng.below(1000)));
}

TEST(CitizenId, EveryComposedNumberIsReadBack) {
    Rng rng(1);
    for (int i = 0; i < 5000; ++i) {
        const CitizenId id = any_id(rng);
        ASSERT_EQ(accepted(id.reveal()).id, id);
    }
}

// ISO 7064 MOD 11-2 promises to find every change of one character and every exchange of two neighbours.
TEST(CitizenId, EveryWrongCharacterAndEveryExchangeOfNeighboursIsFound) {
    Rng rng(2);
    for (int i = 0; i < 300; ++i) {
        const std::string right = any_id(rng).reveal();
        for (std::size_t place = 0; place < 18; ++place) {
            for (const char c : std::string_view(place == 17 ? "0123456789X" : "0123456789")) {
                std::string wrong = right;
                wrong[place] = c;
                if (wrong != right) {
                    ASSERT_NE(refusal(wrong), "accepted") << "place " << place;
                }
            }
            if (place == 17) continue;
            std::string wrong = right;
            std::swap(wrong[place], wrong[place + 1]);
            if (wrong != right) {
                ASSERT_NE(refusal(wrong), "accepted") << "exchange at " << place;
            }
        }
    }
}

TEST(CitizenId, ARefusalNeverRepeatsTheNumber) {
    for (const char* text : {"110105194912310021", "1.10105E+17", "110105194902300021", "1101051949"}) {
        const auto refused = CitizenId::parse(text, today);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().detail, "");
        for (const auto& [name, value] : refused.error().args)
            EXPECT_EQ(value.find("1101"), std::string::npos);
    }
}

}  // namespace
}  // namespace ballast
