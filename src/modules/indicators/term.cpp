#include "indicators/term.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace ballast::indicators {
namespace {

constexpr std::array<std::string_view, 3> names{"month", "quarter", "year"};
constexpr int in_year(TermKind kind) {
    return kind == TermKind::month ? 12 : kind == TermKind::quarter ? 4 : 1;
}

std::optional<int> number(std::string_view digits) {
    int n = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, n);
    if (digits.empty() || digits.front() == '-' || read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    return n;
}

}  // namespace

std::string_view name_of(TermKind kind) { return names[static_cast<std::size_t>(kind)]; }
std::optional<TermKind> term_kind_named(std::string_view name) {
    for (std::size_t n = 0; n < names.size(); ++n)
        if (names[n] == name) return static_cast<TermKind>(n);
    return std::nullopt;
}

Result<Term> Term::parse(std::string_view text) {
    const auto refused = [&] { return invalid("indicators.bad_term").with("term", std::string(text)); };
    const auto year = text.size() < 4 ? std::nullopt : number(text.substr(0, 4));
    if (!year || *year < 1900 || *year > 2150) return refused();
    auto rest = text.substr(4);
    if (rest.empty()) return Term(TermKind::year, *year);
    if (rest.front() == '-') rest.remove_prefix(1);
    if (rest.size() == 2 && rest.front() == 'Q') {
        const auto n = number(rest.substr(1));
        if (!n || *n < 1 || *n > 4) return refused();
        return Term(TermKind::quarter, *year * 4 + *n - 1);
    }
    const auto n = rest.size() == 2 ? number(rest) : std::nullopt;
    if (!n || *n < 1 || *n > 12) return refused();
    return Term(TermKind::month, *year * 12 + *n - 1);
}

Term Term::of(TermKind kind, Date day) {
    const int n = kind == TermKind::month     ? day.month() - 1
                  : kind == TermKind::quarter ? (day.month() - 1) / 3
                                              : 0;
    return {kind, day.year() * in_year(kind) + n};
}

std::string Term::text() const {
    const int year = n_ / in_year(kind_), n = n_ % in_year(kind_) + 1;
    if (kind_ == TermKind::month) return fmt::format("{:04}-{:02}", year, n);
    if (kind_ == TermKind::quarter) return fmt::format("{:04}-Q{}", year, n);
    return fmt::format("{:04}", year);
}
std::string Term::dhis2() const {
    auto out = text();
    if (out.size() > 4) out.erase(4, 1);
    return out;
}
Date Term::first() const {
    const int months = 12 / in_year(kind_);
    return *Date::from(n_ / in_year(kind_), n_ % in_year(kind_) * months + 1, 1);
}
Date Term::last() const { return plus(1).first().plus_days(-1); }
Term Term::plus(int n) const { return {kind_, n_ + n}; }

}  // namespace ballast::indicators
