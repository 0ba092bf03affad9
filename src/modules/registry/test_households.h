/// For tests: an ordinary household, and files in the format of columns.h.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/citizen_id.h"
#include "registry/household.h"
#include "table/table.h"

namespace ballast::registry::testing {

inline Date day(int year, int month, int d) { return *Date::from(year, month, d); }
inline const Date today = day(2026, 6, 15);
inline const AreaCode zhaojue = *AreaCode::from_number(513431'000'000);

inline std::string id_of(Date birth, int sequence) {
    return CitizenId::compose("513431", birth, sequence).reveal();
}

inline Member member(std::string name, std::string relation, Date birth, int sequence) {
    Member one;
    one.values[PersonField::name] = std::move(name);
    one.values[PersonField::relation] = std::move(relation);
    one.values[PersonField::id_number] = id_of(birth, sequence);
    one.values[PersonField::birth] = birth.iso();
    one.values[PersonField::sex] = sequence % 2 == 1 ? "1" : "2";
    one.values[PersonField::member_status] = "1";
    one.values[PersonField::medical] = "1";
    return one;
}

/// A couple with a daughter at school; nothing is wrong with them.
inline Household ordinary_household() {
    Household home;
    home.household_no = "5134310001";
    home.village = *AreaCode::from_number(513431'100'200);
    home.values[HouseholdField::household_kind] = "01";
    home.members = {member("吉克·阿依", "01", day(1980, 3, 1), 11),
                    member("沙马·木果", "02", day(1982, 5, 9), 22),
                    member("吉克·伍加", "04", day(2014, 9, 1), 44)};
    home.members[2].values[PersonField::student] = "02";
    return home;
}

/// A folder that goes away with the test.
class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "registry_test_XXXXXX").string();
        INVARIANT(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

struct SheetContent {
    std::string name;
    std::vector<std::string> titles;
    std::vector<std::vector<std::string>> rows;
    std::string title_line;
};

inline std::string write_book(const Folder& folder, const std::string& name,
                              const std::vector<SheetContent>& sheets,
                              table::Format format = table::Format::xlsx) {
    const std::string path = folder.file(name);
    auto writer = table::Writer::create(path, format);
    for (const auto& sheet : sheets) {
        std::vector<table::Writer::Column> columns;
        for (const auto& title : sheet.titles) columns.push_back({title, table::Writer::Type::text, 12});
        INVARIANT((*writer)->sheet(sheet.name, columns, sheet.title_line).has_value());
        for (const auto& row : sheet.rows) INVARIANT((*writer)->row(row).has_value());
    }
    INVARIANT((*writer)->finish().has_value());
    return path;
}

}  // namespace ballast::registry::testing
