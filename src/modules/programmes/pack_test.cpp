#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "programmes/check_pack.h"
#include "programmes/expiry.h"
#include "programmes/fee_sheet.h"
#include "programmes/values.h"
#include "words/words.h"

namespace ballast::programmes {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

const fs::path packs_folder = fs::path(BALLAST_SOURCE_DIR) / "packs";
Date day(int year, int month, int d) { return *Date::from(year, month, d); }

/// The environment pack with one text of one of its files changed.
Reading with(std::string_view file, std::string_view from, std::string_view to) {
    auto files = *files_of(packs_folder / "environment");
    for (auto& one : files) {
        if (one.name != file) continue;
        const auto at = one.bytes.find(from);
        if (at == std::string::npos) ADD_FAILURE() << file << " does not say " << from;
        if (at != std::string::npos) one.bytes.replace(at, from.size(), to);
    }
    return read_programme("environment", std::move(files));
}

struct Fault {
    std::string_view file, from, to, id;
};
class Broken : public ::testing::TestWithParam<Fault> {};

TEST_P(Broken, IsRefusedWithFileLineAndWhatToDo) {
    const auto& fault = GetParam();
    const auto reading = with(fault.file, fault.from, fault.to);
    EXPECT_FALSE(reading.programme);
    ASSERT_FALSE(reading.findings.empty());
    const auto& first = reading.findings.front();
    EXPECT_EQ(first.what.id, fault.id);
    EXPECT_TRUE(first.file.starts_with("environment/")) << first.file;
    EXPECT_GT(first.line, 0);
    for (const auto language : {words::Language::zh, words::Language::en}) {
        const auto sentence = words::say(first.what, language);
        EXPECT_NE(sentence, first.what.id) << "no sentence";
        EXPECT_EQ(sentence.find('{'), sentence.find("{ ")) << "an unfilled place: " << sentence;
    }
}
constexpr std::string_view programme_file = "programme.toml", parameter_file = "parameters.toml";
INSTANTIATE_TEST_SUITE_P(
    Packs, Broken,
    ::testing::Values(
        Fault{programme_file, "parent = \"toilet\"", "parent = \"latrine\"", "programmes.pack_reference"},
        Fault{programme_file, "unit = \"次\"", "unit = \"回\"", "programmes.pack_unit"},
        Fault{programme_file, "type = \"truth\"", "type = \"maybe\"", "programmes.pack_reference"},
        Fault{programme_file, "required = true", "requiered = true", "programmes.pack_unknown_key"},
        Fault{programme_file, "to = \"assigned\"", "to = \"gone\"", "programmes.pack_reference"},
        Fault{programme_file, "needs = [\"repairer\"]", "needs = [\"plumber\"]", "programmes.pack_reference"},
        Fault{programme_file, "asks = [\"cost\"]", "asks = [\"price\"]", "programmes.pack_reference"},
        Fault{"toilet_grant.dmn", "name=\"reason_zh\"", "name=\"reason\"", "programmes.pack_output"},
        Fault{programme_file, "by = \"township\"", "by = \"nation\"", "programmes.pack_reference"},
        Fault{programme_file, "from = [\"repaired\"]\nto = \"confirmed\"", "from = [\"confirmed\"]\nto = \"confirmed\"",
              "programmes.pack_unreachable"},
        Fault{programme_file, "least = \"fee_least\"", "least = \"fee_lowest\"", "programmes.pack_reference"},
        Fault{programme_file, "least = \"fee_least\"", "least = \"inspection_pass\"", "programmes.pack_unit"},
        Fault{programme_file, "table = \"fee_exemption.dmn\"", "table = \"none.dmn\"", "programmes.pack_reference"},
        Fault{programme_file, "numerator = { register = \"toilet\", where = { sanitary = \"yes\" } }",
              "numerator = { register = \"toilet\", where = { sanitary = \"ja\" } }", "programmes.pack_reference"},
        Fault{programme_file, "numerator = { register = \"sewage\", sum = \"households\"",
              "numerator = { register = \"sewage\", sum = \"capacity\"", "programmes.pack_reference"},
        Fault{programme_file, "unit = \"户\"\nnumerator", "unit = \"人\"\nnumerator", "programmes.pack_unit_of_rows"},
        Fault{programme_file, "unit = \"处\"\nnumerator", "unit = \"户\"\nnumerator", "programmes.pack_unit_of_rows"},
        Fault{programme_file, "sum = \"households\", where = { running = \"yes\" } }\ndenominator = { count = \"households\" }",
              "sum = \"households\" }\ndenominator = { count = \"villages\" }", "programmes.pack_unit"},
        Fault{"pack.toml", "areas = [\"000000000000\"]", "areas = [\"51\", \"513499\"]", "packs.unknown_area"},
        Fault{"pack.toml", "name = \"environment\"", "name = \"education\"", "packs.other_name"},
        Fault{"pack.toml", "valid_from", "valid_since", "packs.unknown_key"},
        Fault{parameter_file, "[{ from = 2018-01-01, value = 30,", "[{ from = 2018-01-01, area = \"513499\", value = 30,",
              "packs.unknown_area"},
        Fault{programme_file, "value = \"2501000\"", "value = \"250万\"", "programmes.pack_missing"},
        Fault{programme_file, "[fee]", "[fee", "packs.malformed"},
        Fault{programme_file, "[fee]", "[收费]", "packs.malformed"},
        Fault{"toilet_grant.dmn", "href=\"#sanitary\"", "href=\"#clean\"", "dmn.unknown_reference"},
        Fault{parameter_file, "[{ from = 2018-01-01, value = 30, authority = \"assumed\" }]",
              "[{ from = 2018-01-01, to = 2019-01-01, value = 30, authority = \"assumed\" }, { from = 2018-06-01, value = "
              "20, authority = \"assumed\" }]",
              "packs.overlap"},
        Fault{parameter_file, "unit = \"times\"\nvalues = [{ from = 2018-01-01, value = 3,",
              "unit = \"times\"\nvalues = [{ from = 2018-01-01, value = 0,", "programmes.pack_zero"}));

/// Whoever mends one fault and is told of the next has to come back for each.
TEST(Packs, TellAllThatIsWrongAtOnceAndEachOnce) {
    auto files = *files_of(packs_folder / "environment");
    const auto change = [&](std::string_view file, std::string_view from, std::string_view to) {
        auto& bytes = std::ranges::find(files, file, &packs::File::name)->bytes;
        bytes.replace(bytes.find(from), from.size(), to);
    };
    change("pack.toml", "areas = [\"000000000000\"]", "areas = [\"513499\"]");
    change("pack.toml", "name = \"environment\"", "name = \"education\"");
    change(programme_file, "parent = \"toilet\"", "parent = \"latrine\"");
    change(programme_file, "unit = \"次\"", "unit = \"回\"");
    std::vector<std::string> told;
    for (const auto& one : read_programme("environment", std::move(files)).findings) told.push_back(one.file + " " + one.what.id);
    EXPECT_THAT(told, ::testing::ElementsAre("environment/pack.toml packs.other_name", "environment/pack.toml packs.unknown_area",
                                             "environment/programme.toml programmes.pack_reference",
                                             "environment/programme.toml programmes.pack_unit"));
    const auto both = with(programme_file, "unit = \"处\"\nnumerator", "unit = \"户\"\nnumerator");
    EXPECT_EQ(both.findings.size(), 1U) << "both sides of the indicator count the same rows";
}

TEST(Packs, ThatAreShippedHoldWithTheirCases) {
    std::vector<fs::path> folders{packs_folder / "../docs/packs/village_solar"};  // the example of the guide
    for (const auto* name : {"continuity", "education", "environment", "governance", "relocation"})
        folders.push_back(packs_folder / name);
    for (const auto& folder : folders)
        for (const auto& one : check_pack(folder))
            ADD_FAILURE() << one.file << ":" << one.line << " " << words::say(one.what, words::Language::en);
}

class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "programmes_test_XXXXXX").string();
        INVARIANT(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    fs::path path;
};

TEST(Packs, ANewOnePassesItsCheckAndIsOnTheShelf) {
    const Folder folder;
    ASSERT_TRUE(new_pack(folder.path, "reading_rooms", day(2026, 11, 25)));
    for (const auto& one : check_pack(folder.path / "reading_rooms"))
        ADD_FAILURE() << one.file << ":" << one.line << " " << words::say(one.what, words::Language::en);
    EXPECT_EQ(new_pack(folder.path, "reading_rooms", day(2026, 11, 25)).error().id, "programmes.pack_exists");
    EXPECT_EQ(new_pack(folder.path, "../x", day(2026, 11, 25)).error().id, "programmes.bad_pack_name");
    EXPECT_TRUE(programme(folder.path, "reading_rooms"));
}

TEST(Packs, ABrokenOneNeverStopsTheOthers) {
    const Folder folder;
    ASSERT_TRUE(new_pack(folder.path, "good", day(2026, 11, 25)));
    ASSERT_TRUE(new_pack(folder.path, "broken", day(2026, 11, 25)));
    std::ofstream(folder.path / "broken" / "programme.toml") << "for = [\"site\"]\n\n[registers.x]\ntitle = 1\n";
    const auto all = shelf(folder.path);
    ASSERT_EQ(all.size(), shelf({}).size() + 2);
    for (const auto& one : all) {
        EXPECT_EQ(one.programme != nullptr, one.name != "broken") << one.name;
        if (!one.programme) {
            EXPECT_EQ(one.findings.front().line, 3);
        }
    }
    EXPECT_EQ(programme(folder.path, "broken").error().id, "programmes.broken");
    EXPECT_TRUE(programme(folder.path, "good"));
}

TEST(Packs, ACaseThatComesOutOtherwiseIsAFinding) {
    const Folder folder;
    fs::copy(packs_folder / "environment", folder.path / "environment", fs::copy_options::recursive);
    const auto path = folder.path / "environment" / "cases" / "good" / "fee_worked_example.toml";
    std::ifstream in(path);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    text.replace(text.find("344700"), 6, "344701");
    std::ofstream(path) << text;
    const auto findings = check_pack(folder.path / "environment");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].what.id, "programmes.pack_case");
    EXPECT_EQ(findings[0].file, "environment/cases/good/fee_worked_example.toml");
}

class Fees : public ::testing::Test {
protected:
    FeeRule rule = *programme({}, "environment").value()->fee;
    FeeTerms terms = *fee_terms(*programme({}, "environment").value(), {}, day(2021, 7, 1));
    FeeScheme scheme{{}, {"cleaning"}, Money::yuan(3), FeePeriod::month, 1236, 87, 120, 80, day(2021, 6, 20),
                     day(2021, 7, 1), day(2021, 7, 31)};
    std::string refusal() { return fee_due(rule, terms, scheme).error().id; }
};

TEST_F(Fees, ComeToWhatTheWorkedExampleSays) {
    const auto due = fee_due(rule, terms, scheme);
    ASSERT_TRUE(due);
    EXPECT_EQ(due->paying, 1149);
    EXPECT_EQ(due->a_period.formatted(), "3,447.00");
    EXPECT_EQ(due->periods, 1);
    scheme.to = day(2021, 8, 1);
    EXPECT_EQ(fee_due(rule, terms, scheme)->periods, 2) << "a period that was begun counts";
    scheme.period = FeePeriod::year;
    EXPECT_EQ(fee_due(rule, terms, scheme)->whole.formatted(), "3,447.00");
}
TEST_F(Fees, AreRefusedAtEachBound) {
    scheme.period.reset();
    EXPECT_EQ(refusal(), "programmes.fee_without_period");
    scheme.period = FeePeriod::month;
    for (const auto fen : {99, 501}) {
        scheme.amount = Money::fen(fen);
        EXPECT_EQ(refusal(), "programmes.fee_out_of_range");
    }
    for (const auto fen : {100, 500}) {
        scheme.amount = Money::fen(fen);
        EXPECT_TRUE(fee_due(rule, terms, scheme));
    }
    scheme.in_favour = 79;
    EXPECT_EQ(refusal(), "programmes.fee_not_approved");
    scheme.in_favour = 121;
    EXPECT_EQ(refusal(), "programmes.fee_not_approved") << "more than were present";
    scheme.in_favour = 80;
    scheme.exempt = 1237;
    EXPECT_EQ(refusal(), "programmes.fee_more_exempt");
    scheme.exempt = 1236;
    EXPECT_EQ(fee_due(rule, terms, scheme)->a_period, Money());
    scheme.items = {"dancing"};
    EXPECT_EQ(refusal(), "programmes.fee_no_item");
}
TEST(FeeMonths, CarryOverWhatWasLeft) {
    const std::vector<FeeEntry> entries{{day(2021, 7, 1), false, "", Money::yuan(100), "", ""},
                                        {day(2021, 7, 31), true, "cleaning", Money::yuan(30), "", ""},
                                        {day(2021, 8, 1), true, "cleaning", Money::yuan(20), "", ""},
                                        {day(2021, 9, 1), false, "", Money::yuan(9), "", ""}};
    const auto august = month_of(entries, day(2021, 8, 15));
    EXPECT_EQ(august.before, Money::yuan(70));
    EXPECT_EQ(august.income, Money());
    EXPECT_EQ(august.left(), Money::yuan(50));
}

TEST(Contracts, AreMarkedOnTheDaysOfTheParameters) {
    const WarningDays days;
    const auto today = day(2026, 1, 1);
    const auto mark = [&](int left) { return expiry_mark(days, today.plus_days(left), today); };
    EXPECT_EQ(mark(181), Mark::none);
    EXPECT_EQ(mark(180), Mark::yellow);
    EXPECT_EQ(mark(91), Mark::yellow);
    EXPECT_EQ(mark(90), Mark::orange);
    EXPECT_EQ(mark(31), Mark::orange);
    EXPECT_EQ(mark(30), Mark::red);
    EXPECT_EQ(mark(-1), Mark::red);
}

Field field(std::string name, Type type, std::string unit) {
    Field out;
    out.title = {name, name};
    out.name = std::move(name);
    out.type = type;
    out.unit = std::move(unit);
    return out;
}
TEST(TypedValues, AreKeptInOneWayOfWriting) {
    std::vector<Field> fields{field("cost", Type::money, "元"), field("on", Type::date, ""),
                              field("n", Type::integer, "户"), field("phone", Type::phone, "")};
    fields[1].required = true;
    fields[2].least = 0;
    fields[3].sealed = true;
    const auto today = day(2026, 1, 1);
    const auto kept = checked(fields, {{"cost", " 1.2万 "}, {"on", "2026/1/1"}, {"n", "３"}, {"phone", "138 0013 8000"}}, today);
    ASSERT_TRUE(kept);
    EXPECT_EQ(*kept, (Values{{"cost", "1200000"}, {"on", "2026-01-01"}, {"n", "3"}, {"phone", "13800138000"}}));
    EXPECT_EQ(shown(fields[0], kept->at("cost")), "12000.00");
    EXPECT_EQ(masked(fields[3], kept->at("phone")), "138****8000");
    EXPECT_EQ(*from_json(to_json(*kept)), *kept);
    EXPECT_EQ(checked(fields, {{"on", ""}}, today, *kept).error().id, "programmes.required");
    fields[1].title = {"日期", "Day"};
    const auto missing = checked(fields, {{"on", ""}}, today, *kept).error();
    EXPECT_EQ(words::say(missing, words::Language::zh), "请填写“日期”。");
    EXPECT_EQ(words::say(missing, words::Language::en), "Fill in “Day”.");
    EXPECT_EQ(checked(fields, {{"n", "-1"}}, today, *kept).error().id, "programmes.too_small");
    EXPECT_EQ(checked(fields, {{"n", "3.5"}}, today, *kept).error().id, "programmes.not_a_number");
    EXPECT_TRUE(after_birth(fields, *kept, day(2026, 1, 1)));
    EXPECT_EQ(after_birth(fields, *kept, day(2026, 1, 2)).error().id, "programmes.before_birth");
    EXPECT_EQ(checked(fields, {{"colour", "x"}}, today, *kept).error().id, "programmes.no_such_field");
    EXPECT_FALSE(checked(fields, {{"cost", ""}}, today, *kept)->contains("cost"));
}

}  // namespace
}  // namespace ballast::programmes
