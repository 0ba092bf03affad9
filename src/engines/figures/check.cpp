#include "figures/check.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

class Judge {
public:
    Judge(const Prose& prose, const std::vector<Relation>& relations) : prose_(prose), relations_(relations) {
        for (std::size_t r = 0; r < relations.size(); ++r)
            for (const Index i : relations[r].figures) taking_part_[i].push_back(r);
    }

    std::optional<Finding> judge(const Relation& relation) const {
        const auto numbers = numbers_of(prose_, relation.figures);
        if (!numbers) return std::nullopt;
        const Reckoning reckoning = reckon(relation.law, *numbers);
        Finding finding{.verdict = relation.kept,
                        .check = std::string(relation.check),
                        .where = {},
                        .printed = {},
                        .computed = {},
                        .candidates = {},
                        .reason = std::string(relation.reason)};
        for (const Index i : relation.figures) finding.where.push_back(prose_.at(i).span);
        std::sort(finding.where.begin(), finding.where.end(),
                  [](Span a, Span b) { return a.start < b.start; });
        const Mention& printed = prose_.at(relation.figures[reckoning.printed]);
        write(finding, relation.law, printed, (*numbers)[reckoning.printed], reckoning);
        if (reckoning.outcome == Outcome::kept) return finding;
        finding.verdict = reckoning.outcome == Outcome::rounding ? Verdict::warn : relation.broken;
        for (const Index i : relation.figures) add_candidates(finding, i, relation);
        return finding;
    }

private:
    static void write(Finding& finding, Law law, const Mention& printed, const Number& number,
                      const Reckoning& r) {
        finding.printed = in_print(printed, number.value);
        switch (law) {
            case Law::sum:
            case Law::rise:
            case Law::fall:
            case Law::same:
            case Law::product:
            case Law::at_most:
            case Law::more:
            case Law::less:
                finding.computed = in_print(printed, r.computed);
                break;
            case Law::hundred:
                finding.printed = "100";
                finding.computed = in_print(printed, r.computed);
                break;
            case Law::at_most_whole:
                finding.computed = "100";
                break;
            default:
                finding.computed = in_print(printed, r.computed, std::max(printed.places, 0));
        }
        // Equal after rounding means the scale hides the difference: show more of it.
        if (r.outcome != Outcome::kept && finding.printed == finding.computed)
            finding.computed = in_print(printed, r.computed, printed.places + 2);
    }

    bool satisfied_by(const Relation& relation, Index figure, const Number& instead) const {
        auto numbers = numbers_of(prose_, relation.figures);
        if (!numbers) return true;
        for (std::size_t k = 0; k < relation.figures.size(); ++k)
            if (relation.figures[k] == figure) (*numbers)[k] = instead;
        return outcome_of(relation.law, *numbers) == Outcome::kept;
    }

    // A figure in more relations than these is the total of a long list: no change is looked for.
    static constexpr std::size_t most_relations = 64;

    void add_candidates(Finding& finding, Index figure, const Relation& broken) const {
        const auto& relations = taking_part_.find(figure)->second;
        if (relations.size() > most_relations) return;
        const Span digits = prose_.at(figure).digits;
        const std::string was = text::utf8(prose_.of(digits));
        any_digit_change(prose_.at(figure), prose_.text, [&](const DigitChange& change) {
            const bool satisfies = satisfied_by(broken, figure, change.number) &&
                                   std::all_of(relations.begin(), relations.end(), [&](std::size_t r) {
                                       return satisfied_by(relations_[r], figure, change.number);
                                   });
            if (satisfies) {
                std::u32string changed(prose_.of(digits));
                changed[change.at - digits.start] = change.digit;
                finding.candidates.push_back(was + "→" + text::utf8(changed));
            }
            return false;
        });
    }

    const Prose& prose_;
    const std::vector<Relation>& relations_;
    std::unordered_map<Index, std::vector<std::size_t>> taking_part_;
};

// Stops and brackets of half width read as those of full width, place by place; not between digits
// (1,234; 17.4:42.1).
std::u32string with_wide_stops(Text printed) {
    constexpr Text narrow = U",;:()", wide = U"，；：（）";
    std::u32string text(printed);
    const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= U'0' && text[i] <= U'9'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t at = text[i] < 0x80 ? narrow.find(text[i]) : Text::npos;
        if (at != Text::npos && !(at < 3 && i > 0 && digit(i - 1) && digit(i + 1))) text[i] = wide[at];
    }
    return text;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::holds:
            return "holds";
        case Verdict::fails:
            return "fails";
        case Verdict::warn:
            return "warn";
        case Verdict::derived:
            return "derived";
        case Verdict::plausible:
            return "plausible";
        case Verdict::not_comparable:
            return "not_comparable";
        case Verdict::unverifiable:
            return "unverifiable";
    }
    return "";
}

namespace {

std::vector<Finding> check(Text printed, const std::vector<Mention>& mentions, const Outline& outline,
                           std::size_t* compared);

}  // namespace

std::vector<Finding> check(Text text, const std::vector<Mention>& mentions) {
    return check(text, mentions, outline_of(text));
}

std::vector<Finding> check(Text text, const std::vector<Mention>& mentions, const Outline& outline) {
    return check(text, mentions, outline, nullptr);
}

std::vector<Finding> check_counting(Text text, const std::vector<Mention>& mentions, std::size_t& compared) {
    return check(text, mentions, outline_of(text), &compared);
}

namespace {

std::vector<Finding> check(Text printed, const std::vector<Mention>& mentions, const Outline& outline,
                           std::size_t* compared) {
    const std::u32string text = with_wide_stops(printed);
    Prose prose = prose_of(text, mentions, outline);
    prose.compared = compared;
    Findings out;
    for (const auto part : {check_headlines, check_sums, check_changes, check_ratios, check_products,
                            check_lists, check_terms, check_units, check_years, check_unit_slips})
        part(prose, out);

    const Judge judge(prose, out.relations);
    std::map<std::vector<Index>, bool> seen;
    for (const Relation& relation : out.relations) {
        auto key = relation.figures;
        key.push_back(static_cast<Index>(relation.law));
        if (!seen.emplace(std::move(key), true).second) continue;
        if (auto finding = judge.judge(relation)) out.findings.push_back(std::move(*finding));
    }
    std::stable_sort(out.findings.begin(), out.findings.end(), [](const Finding& a, const Finding& b) {
        const std::size_t x = a.where.empty() ? 0 : a.where.front().start,
                          y = b.where.empty() ? 0 : b.where.front().start;
        return x != y ? x < y : a.check < b.check;
    });
    const auto twice =
        std::unique(out.findings.begin(), out.findings.end(), [](const auto& a, const auto& b) {
            return a.check == b.check && a.reason == b.reason && a.where == b.where;
        });
    out.findings.erase(twice, out.findings.end());
    return std::move(out.findings);
}

}  // namespace
}  // namespace ballast::figures
