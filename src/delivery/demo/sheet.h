/// What a bureau's sheet is made of before it is a file: people with what the files need to know of them,
/// rows, headings. Only for this component's own sources.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "areas/areas.h"
#include "base/money.h"
#include "base/rng.h"
#include "demo/county.h"

namespace ballast::demo {

struct Villager {
    const registry::Household* home;
    const registry::Member* member;
    std::string normalised;
    int age;
    bool ex_poor;
    const std::string& name() const { return member->values[registry::PersonField::name]; }
    const std::string& id() const { return member->values[registry::PersonField::id_number]; }
    bool is(registry::PersonField field, std::string_view code) const {
        return member->values.is(field, code);
    }
};

enum class Expected : std::uint8_t { matched, candidate, unmatched, invalid };
constexpr std::string_view word(Expected e) {
    constexpr std::string_view words[] = {"matched", "candidate", "unmatched", "invalid"};
    return words[static_cast<int>(e)];
}

// Every sheet begins with these four columns.
enum Column : std::size_t { name_column, id_column, township_column, village_column, first_own_column };

struct SentRow {
    std::vector<std::string> cells;
    const Villager* person = nullptr;  // null: a stranger
    std::string fault;
    Expected expected = Expected::matched;
};

struct Form {
    std::string_view feed, department, title;
    std::vector<std::string_view> headings;
    bool repeats = false;  // much the same list every time: its title says of which month it is
};

/// A row as the department has it, before clerks and spreadsheets touched it.
inline SentRow row_of(const areas::Division& division, const Villager& person, std::vector<std::string> own) {
    SentRow out;
    out.person = &person;
    const auto township = division.find(person.home->village.parent());
    const auto village = division.find(person.home->village);
    out.cells = {person.name(), person.id(), std::string(township ? township->name : ""),
                 std::string(village ? village->name : "")};
    for (auto& cell : own) out.cells.push_back(std::move(cell));
    return out;
}

inline std::string yuan(std::int64_t fen) { return Money::fen(fen).plain(); }
inline std::int64_t fen_of(double yuan_amount) {
    return static_cast<std::int64_t>(std::llround(yuan_amount * 100));
}
inline std::string month_of(Date day) { return day.iso().substr(0, 7); }

}  // namespace ballast::demo
