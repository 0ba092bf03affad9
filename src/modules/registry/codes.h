/// The short code lists of the household and person forms (domain specification 3.2, 3.3, 3.5), with the
/// Chinese labels that files carry. They are part of the file format, as column titles are; what a screen
/// shows comes from the word files ("registry.code.relation.02"), which a test holds against these.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ballast::registry {

struct Code {
    std::string_view code;   // "02", as stored
    std::string_view label;  // "配偶"
};

struct CodeList {
    std::string_view name;  // "relation": the middle of its word keys
    std::span<const Code> codes;

    const Code* find(std::string_view code) const;
    /// What people write in a cell: "02", "2", "配偶", "02 配偶", "02-配偶"; nullopt when it is none of the
    /// list.
    std::optional<std::string_view> read(std::string_view cell) const;
};

namespace codes {
extern const CodeList household_kind, ex_poor_kind, coordinate_system, house_structure, house_grade,
    water_source, water_quality, road, fuel;
extern const CodeList relation, sex, ethnic, politic, marriage, education, student, dropout, health,
    disability_class, disability_grade, labour, work_place, public_post, medical, pension, extreme_poverty,
    orphan, disability_subsidy, member_status, joined, id_note;
extern const CodeList guarantee_item, guarantee_status;
}  // namespace codes

/// Every list, for templates, interfaces and tests.
std::span<const CodeList* const> code_lists();

}  // namespace ballast::registry
