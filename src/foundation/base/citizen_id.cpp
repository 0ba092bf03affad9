#include "base/citizen_id.h"

#include <algorithm>

#include "base/text.h"

namespace ballast {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view s) { return std::ranges::all_of(s, is_digit); }

int number(std::string_view digits) {
    int n = 0;
    for (const char c : digits) n = n * 10 + (c - '0');
    return n;
}

Error refused(std::string id, std::string expected) {
    return invalid(std::move(id)).with("expected", std::move(expected));
}

// 1.10105E+17, 110105194912310000 as "1.10105194912310e+17", 110105194912310000.0
bool looks_like_a_spreadsheet_number(std::string_view s) {
    const auto exponent = s.find_first_of("eE");
    if (exponent != std::string_view::npos && exponent > 0) {
        const auto power = s.substr(exponent + 1);
        const auto digits = power.starts_with('+') ? power.substr(1) : power;
        return !digits.empty() && all_digits(digits) &&
               s.substr(0, exponent).find_first_not_of("0123456789.") == std::string_view::npos;
    }
    const auto dot = s.find('.');
    return dot != std::string_view::npos && dot >= 15 && all_digits(s.substr(0, dot)) &&
           all_digits(s.substr(dot + 1));
}

bool is_separator(char32_t c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) ||
           c == 0x202F || c == 0x2060 || c == 0x3000 || c == 0xFEFF || c == '-' || c == 0x2010 ||
           c == 0x2011 || c == 0x2013 || c == 0x2014;
}

struct Cleaned {
    std::u32string text;
    std::vector<CitizenId::Note> notes;
};

// The text without what clerks and spreadsheets put around a number, and a note for each kind removed.
Cleaned cleaned(std::string_view written) {
    using Note = CitizenId::Note;
    Cleaned out;
    const auto note = [&](Note n) {
        if (std::ranges::find(out.notes, n) == out.notes.end()) out.notes.push_back(n);
    };
    for (char32_t c : text::code_points(written)) {
        if (is_separator(c)) {
            note(Note::spaces_removed);
            continue;
        }
        const bool apostrophe = c == '\'' || c == 0x2018 || c == 0x2019 || c == 0xFF07 || c == '`';
        if (apostrophe && out.text.empty()) {
            note(Note::apostrophe_removed);
            continue;
        }
        if (c >= 0xFF01 && c <= 0xFF5E) {
            note(Note::full_width);
            c = c - 0xFF01 + '!';
        }
        out.text.push_back(c);
    }
    if (!out.text.empty() && out.text.back() == 'x' && (out.text.size() == 18)) {
        note(Note::lower_case_x);
        out.text.back() = 'X';
    }
    return out;
}

}  // namespace

char CitizenId::check_character(std::string_view first_17_digits) {
    INVARIANT(first_17_digits.size() == 17 && all_digits(first_17_digits));
    constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += weights[i] * (first_17_digits[i] - '0');
    return "10X98765432"[sum % 11];
}

CitizenId CitizenId::compose(std::string_view address_6, Date birth, int sequence_0_999) {
    INVARIANT(address_6.size() == 6 && all_digits(address_6));
    INVARIANT(sequence_0_999 >= 0 && sequence_0_999 <= 999);
    const std::string sequence = std::to_string(1000 + sequence_0_999).substr(1);
    const std::string day = std::to_string(birth.year() * 10000 + birth.month() * 100 + birth.day());
    const std::string digits = std::string(address_6) + day + sequence;
    CitizenId id;
    std::ranges::copy(digits, id.text_.begin());
    id.text_[17] = check_character(digits);
    return id;
}

Result<CitizenId::Parsed> CitizenId::parse(std::string_view written, Date today) {
    Cleaned clean = cleaned(written);
    if (clean.text.empty()) return refused("citizen_id.empty", "18");

    std::string s;
    bool only_ascii = true;
    for (const char32_t c : clean.text) {
        only_ascii = only_ascii && c < 0x80;
        s.push_back(c < 0x80 ? static_cast<char>(c) : '?');
    }
    if (only_ascii && looks_like_a_spreadsheet_number(s)) return refused("citizen_id.damaged", "18");
    if (s.size() != 18 && s.size() != 15) {
        const bool a_number = only_ascii && s.find_first_not_of("0123456789Xx") == std::string::npos;
        return refused(a_number ? "citizen_id.length" : "citizen_id.character", "18");
    }
    const std::size_t digits = s.size() == 18 ? 17 : 15;
    if (!all_digits(std::string_view(s).substr(0, digits)) ||
        (s.size() == 18 && !is_digit(s[17]) && s[17] != 'X'))
        return refused("citizen_id.character", "0-9, X");

    if (s.size() == 15) {
        s.insert(6, "19");
        s.push_back(check_character(s));
        clean.notes.insert(clean.notes.begin(), Note::converted_from_15);
    }
    const char expected = check_character(std::string_view(s).substr(0, 17));
    // A number cell keeps 15 digits and fills up with zeros; an honest number ending so passes its check.
    if (s.ends_with("000") && s[17] != expected) return refused("citizen_id.damaged", "18");

    const std::string_view day = std::string_view(s).substr(6, 8);
    const auto birth =
        Date::from(number(day.substr(0, 4)), number(day.substr(4, 2)), number(day.substr(6, 2)));
    if (!birth || *birth <= *Date::from(1900, 1, 1) || *birth > today)
        return refused("citizen_id.birth_date", "1900-01-02 .. " + today.iso());
    if (s[17] != expected) return refused("citizen_id.checksum", "GB 11643");

    Parsed parsed;
    std::ranges::copy(s, parsed.id.text_.begin());
    parsed.notes = std::move(clean.notes);
    return parsed;
}

Date CitizenId::birth_date() const {
    const std::string_view s(text_.data(), text_.size());
    const auto date = Date::from(number(s.substr(6, 4)), number(s.substr(10, 2)), number(s.substr(12, 2)));
    INVARIANT(date.has_value());
    return *date;
}

Sex CitizenId::sex() const { return (text_[16] - '0') % 2 == 1 ? Sex::male : Sex::female; }
std::string CitizenId::address_code() const { return std::string(text_.data(), 6); }
std::string CitizenId::masked() const {
    return address_code() + "********" + std::string(text_.data() + 14, 4);
}
std::string CitizenId::reveal() const { return std::string(text_.data(), text_.size()); }

}  // namespace ballast
