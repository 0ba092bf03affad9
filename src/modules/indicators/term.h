/// The time a figure is of: a month, a quarter or a year, as people and other systems write it.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/date.h"

namespace ballast::indicators {

enum class TermKind : std::uint8_t { month, quarter, year };
std::string_view name_of(TermKind kind);
std::optional<TermKind> term_kind_named(std::string_view name);

class Term {
public:
    /// "2026-10", "2026-Q3", "2026"; those of DHIS2 too: "202610", "2026Q3". Error: invalid
    /// "indicators.bad_term" {term}.
    static Result<Term> parse(std::string_view text);
    static Term of(TermKind kind, Date day);

    TermKind kind() const { return kind_; }
    std::string text() const;   // 2026-10, 2026-Q3, 2026
    std::string dhis2() const;  // 202610, 2026Q3, 2026
    Date first() const;
    Date last() const;
    /// n terms later, or earlier when below nought.
    Term plus(int n) const;

    friend auto operator<=>(const Term&, const Term&) = default;

private:
    Term(TermKind kind, int n) : kind_(kind), n_(n) {}
    TermKind kind_;
    int n_;  // of its kind since the year 0
};

}  // namespace ballast::indicators
