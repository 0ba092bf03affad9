/// The one pass over the text that finds the mentions and what each is by itself. What depends on their
/// neighbours (ranges, lists, qualifiers, whole dates, place) is added by the later steps of extract.cpp.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "figures/numerals.h"

namespace ballast::figures {

/// A date as written; what the words leave out is filled in by calendar.cpp.
struct DateParts {
    enum class Shape : std::uint8_t { none, year, month, day, months, days, month_end, year_end };
    Shape shape = Shape::none;
    std::optional<int> year = std::nullopt, month = std::nullopt, day = std::nullopt;
    std::optional<int> years_away = std::nullopt;  // 去年6月
    int from = 0, to = 0;                          // months 4 to 6 of a year, days 11 to 20 of a month
};

struct Found {
    Mention mention;
    DateParts date;
    char step = 0;  // of a relative time, as in Term
    int away = 0;
    bool bare = false;        // digits without unit and scale, which a neighbour may lend its own
    bool unitless = false;    // a quantity without unit
    bool tight_more = false;  // 余 or 多 within
    std::optional<UnitClass> unit_class;
};

/// A unit as it stands in the text: 元, 元/亩, 人(户).
struct UnitRead {
    std::size_t end = 0;
    std::string word;  // normalised: 名 is 人, full-width forms half-width
    UnitClass unit_class = UnitClass::measure;
};
/// The longest unit at `at`, blanks before it allowed.
std::optional<UnitRead> unit_at(Text text, std::size_t at);

class Reader {
public:
    /// `text` is folded; `original` gives the surfaces.
    Reader(Text text, Text original) : text_(text), original_(original) {}
    std::vector<Found> read();

private:
    // Each tries to read at pos_; true when it did and moved on.
    bool read_latin();
    bool read_document_number();
    bool read_list_mark();
    bool read_arabic_mark();
    bool read_term();
    bool divides_into(const std::optional<Numeral>& numeral, std::size_t term_length) const;
    bool read_arabic();
    bool read_code_of_digits();
    bool read_chinese();
    bool read_formula(const Numeral& numeral);
    bool read_fraction();
    bool read_arabic_fraction(const Numeral& numeral);
    bool read_ratio(const Numeral& numeral);
    bool read_five_year_plan();
    bool read_quoted();
    bool read_pair();
    bool read_ordinal();
    bool read_half();
    bool read_two_years(const Numeral& numeral);
    bool read_calendar(const std::optional<Numeral>& numeral);
    bool read_year(std::size_t start, int year, std::size_t after);
    bool read_month(std::size_t start, int month, std::size_t after, DateParts parts);
    bool bounds_day(std::size_t end) const;
    bool read_day(std::size_t start, int day, std::size_t after);
    bool read_quarter(std::size_t start, DateParts parts);
    bool read_clock(const Numeral& numeral);
    bool read_decade(const Numeral& numeral);
    bool read_relative_date(std::size_t end, const Term& term);
    std::optional<std::size_t> season_of_year(std::size_t at, DateParts& parts) const;

    void read_number(const Numeral& numeral);
    void read_sign(std::size_t start, Found& one);
    bool read_two_times(const Numeral& numeral, const UnitRead& unit);
    void read_with_unit(const Numeral& numeral, const UnitRead& unit);
    void read_without_unit(const Numeral& numeral);
    void read_single_chinese(const Numeral& numeral, const std::optional<UnitRead>& unit);
    bool counts_something(std::size_t after_unit, bool chinese) const;
    bool lines_of(std::size_t at_end) const;
    bool names_things(std::size_t at_end) const;
    bool quantified(std::size_t start) const;
    bool persons_before(std::size_t start) const;
    bool scale_or_unit_follows(std::size_t at_end) const;

    Found& add(std::size_t start, std::size_t end, Kind kind);
    Found& add_number(const Numeral& numeral, std::size_t end, Kind kind, std::string unit = {});
    void add_numerals_of(std::size_t start, std::size_t end, Kind kind);
    char32_t at(std::size_t i) const { return char_at(text_, i); }
    char32_t before(std::size_t i) const { return i == 0 ? U'\n' : text_[i - 1]; }
    bool here(Text word) const { return starts(text_, pos_, word); }
    /// The characters before `end`, at most n.
    Text back(std::size_t end, std::size_t n) const {
        return text_.substr(end - std::min(end, n), std::min(end, n));
    }

    Text text_, original_;
    std::size_t pos_ = 0;
    std::vector<Found> found_;
};

/// The noun list's longest match at `at`.
std::optional<NounClass> noun_at(Text text, std::size_t at, std::size_t* end = nullptr);
bool ends_with_one_of(Text text, std::initializer_list<Text> words);

// The steps after reading, in this order.
void link_neighbours(Text text, std::vector<Found>& found);                             // link.cpp
void qualify(Text text, std::vector<Found>& found);                                     // qualify.cpp
void complete_dates(Text text, std::vector<Found>& found, std::optional<Date> issued);  // calendar.cpp
void add_context(Text text, std::vector<Found>& found);                                 // context.cpp

}  // namespace ballast::figures
