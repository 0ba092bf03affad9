/// The citizen identification number of GB 11643-1999: 6 digits address, 8 date of birth, 3 sequence
/// (odd: male), 1 check character (ISO 7064 MOD 11-2). It cannot be printed by accident: say `masked()`,
/// or `reveal()` where the number itself must leave the program.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace ballast {

enum class Sex : std::uint8_t { unknown = 0, male = 1, female = 2 };  // GB/T 2261.1

class CitizenId {
public:
    /// What was done to the text to make it a number; kept with the record, shown to the clerk.
    enum class Note : std::uint8_t {
        converted_from_15,   // the number of before 1999: century added, check character computed
        full_width,          // full-width digits
        spaces_removed,      // blanks or separators inside or around
        apostrophe_removed,  // a spreadsheet's leading apostrophe
        lower_case_x,
    };
    struct Parsed;

    /// Errors, all invalid, each with the argument "expected":
    ///   "citizen_id.empty", "citizen_id.length", "citizen_id.character",
    ///   "citizen_id.birth_date"  no such day, or outside (1900-01-01, today],
    ///   "citizen_id.checksum",
    ///   "citizen_id.damaged"     a spreadsheet's number format: 1.10105E+17, or 15 digits and zeros (…000)
    static Result<Parsed> parse(std::string_view text, Date today);

    Date birth_date() const;
    Sex sex() const;
    /// The first six digits: a county-level code, possibly one that no longer exists.
    std::string address_code() const;
    /// "110105********002X"
    std::string masked() const;
    /// All 18 characters. Reading one for a person's eyes is an audited act.
    std::string reveal() const;

    friend auto operator<=>(const CitizenId&, const CitizenId&) = default;

    /// The check character of 17 digits.
    static char check_character(std::string_view first_17_digits);
    /// From its parts, for generators and tests; the parts must be valid.
    static CitizenId compose(std::string_view address_6, Date birth, int sequence_0_999);

private:
    std::array<char, 18> text_{};
};

struct CitizenId::Parsed {
    CitizenId id;
    std::vector<Note> notes;
};

}  // namespace ballast
