/// The words of employment as codes: what is kept, sent and spoken of by "employment.<list>.<code>" in the
/// word files.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ballast::employment {

/// A closed list of codes; its place in the list is what enumerations count by.
struct CodeList {
    std::string_view name;
    std::span<const std::string_view> codes;
    std::optional<std::size_t> place(std::string_view code) const;
};
namespace codes {
extern const CodeList trade;       // what is taught, asked for and wanted
extern const CodeList kind;        // of a post: 企业, 车间, 公益岗, 外出, 灵活
extern const CodeList reach;       // how far from home, the nearest first
extern const CodeList load;        // how heavy a work is, the lightest first
extern const CodeList end_reason;  // of a placement; sealed
extern const CodeList end_group;   // what of it is told
extern const CodeList refusal;     // of a proposal
extern const CodeList scheme;      // how a start-up is financed
extern const CodeList startup_state;
std::span<const CodeList* const> all();
}  // namespace codes

/// invalid "employment.no_such_code" {list, code}.
Result<void> check_code(const CodeList& list, std::string_view code);
/// Of codes separated by blanks: each once, in the list's order. Errors as check_code.
Result<std::string> check_codes(const CodeList& list, std::string_view codes);
/// The code whose words, in either language, or which itself is written. Errors as check_code.
Result<std::string> code_named(const CodeList& list, std::string_view written);
std::vector<std::string> split_codes(std::string_view codes);

enum class Reach : std::uint8_t { village, township, county, province, anywhere };
enum class Load : std::uint8_t { light, normal, heavy };

}  // namespace ballast::employment
