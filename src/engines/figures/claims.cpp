#include "figures/claims.h"

#include <algorithm>

#include "base/text.h"

namespace ballast::figures {

std::optional<std::size_t> Claims::counted(Index i) const {
    const Mention& m = prose_.at(i);
    if (m.kind != Kind::count && m.kind != Kind::quantity && m.kind != Kind::fixed) return std::nullopt;
    if (m.qualifier != Qualifier::none && m.qualifier != Qualifier::eq && m.qualifier != Qualifier::target)
        return std::nullopt;
    if (m.digits.end - m.digits.start > 2 || m.digits.end == m.digits.start) return std::nullopt;
    if (!m.value || *m.value < Decimal{1} || *m.value > Decimal{30} ||
        m.value->rounded(0, Rounding::down) != *m.value)
        return std::nullopt;
    return static_cast<std::size_t>(std::stoul(m.value->rounded(0, Rounding::down).plain()));
}

bool Claims::after_quotes(Index i) const {
    const std::size_t at = prose_.at(i).digits.start;
    return at > 0 && is(closing_quotes, prose_.text[at - 1]);
}

bool Claims::in_quotes(Index i) const {
    const std::size_t at = prose_.at(i).digits.start;
    return at > 0 && is(opening_quotes, prose_.text[at - 1]);
}

Text Claims::noun(Index i) const {
    Text words =
        prose_.of({prose_.at(i).digits.end, std::min(prose_.text.size(), prose_.at(i).digits.end + 10)});
    return bare(words);
}

std::size_t Claims::clause_start(std::size_t end, std::size_t least) const {
    std::size_t start = end;
    int depth = 0;
    while (start > least && end - start < 240) {
        const char32_t c = prose_.text[start - 1];
        if (is(U"”’》）", c)) ++depth;
        if (is(U"“‘《", c) && depth > 0)
            --depth;
        else if (c == U'（' && depth > 0)
            --depth;
        else if (depth == 0 && (is(list_stops, c) || is(U"“‘《", c)))
            break;
        --start;
    }
    while (start < end && blank_or_break(prose_.text[start])) ++start;
    return start;
}

void Claims::say(Verdict verdict, Index i, const std::vector<Span>& list, std::size_t said, std::size_t found,
                 std::string_view reason) {
    Finding finding{.verdict = verdict,
                    .check = reason == "figures.open_list" ? "C12" : "C3",
                    .where = {prose_.at(i).span},
                    .printed = std::to_string(said),
                    .computed = std::to_string(found),
                    .candidates = {},
                    .reason = std::string(reason)};
    finding.where.insert(finding.where.end(), list.begin(), list.end());
    std::sort(finding.where.begin(), finding.where.end(), [](Span a, Span b) { return a.start < b.start; });
    if (verdict == Verdict::fails || verdict == Verdict::warn) {
        const std::string was = text::utf8(prose_.of(prose_.at(i).digits));
        for (const OneDigit& change : one_digit_changes(prose_.at(i), prose_.text))
            if (change.number.value == Decimal{static_cast<std::int64_t>(found)})
                finding.candidates.push_back(was + "→" + change.printed);
    }
    out_.add(std::move(finding));
}

}  // namespace ballast::figures
