// C7: a term in quotes is spelled alike wherever an item uses it (“三县四乡”), and what it counts (“四进”) is
// what the item lists.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "figures/check_prose.h"

namespace ballast::figures {
namespace {

constexpr Text numerals = U"一二两三四五六七八九十";
bool numeral(char32_t c) { return numerals.find(c) != Text::npos; }

struct Term {
    Span span;
    std::u32string words;
};

std::size_t value_of(char32_t c) {
    if (c == U'两') return 2;
    return Text(U"〇一二三四五六七八九十").find(c);
}

class Terms {
public:
    Terms(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

    void read(const std::vector<Paragraph>& item) {
        terms_.clear();
        if (item.empty()) return;
        const std::size_t from = item.front().span.start, to = item.back().span.end;
        for (std::size_t at = prose_.until(to).find(U'“', from); at < to;
             at = prose_.until(to).find(U'“', at + 1)) {
            const std::size_t end = prose_.until(to).find_first_of(U"”“", at + 1);
            if (end >= to || end - at - 1 < 2 || end - at - 1 > 8 || prose_.text[end] != U'”') continue;
            const Text words = prose_.text.substr(at + 1, end - at - 1);
            if (std::any_of(words.begin(), words.end(), numeral))
                terms_.push_back({{at + 1, end}, std::u32string(words)});
        }
        compare_terms();
        auto next = terms_.begin();  // terms and paragraphs both stand in the order of the text
        for (const Paragraph& paragraph : item)
            for (; next != terms_.end() && next->span.end <= paragraph.span.end; ++next)
                if (next->span.start >= paragraph.span.start) read_members(*next, paragraph);
    }

private:
    // Terms of two numbers that differ in one character: “三县四乡”, “三县四镇”.
    void compare_terms() {
        std::map<std::u32string, std::vector<Span>> spellings;
        for (const Term& term : terms_) spellings[term.words].push_back(term.span);
        for (auto a = spellings.begin(); a != spellings.end(); ++a)
            for (auto b = std::next(a); b != spellings.end() && std::distance(a, b) < 64; ++b)
                if (one_term(a->first, b->first)) {
                    // The rarer spelling is the one to look at.
                    const auto& [rare, usual] =
                        a->second.size() <= b->second.size() ? std::pair(a, b) : std::pair(b, a);
                    Finding finding{.verdict = Verdict::warn,
                                    .check = "C7",
                                    .where = {},
                                    .printed = text::utf8(rare->first),
                                    .computed = text::utf8(usual->first),
                                    .candidates = {},
                                    .reason = "figures.term"};
                    finding.where.insert(finding.where.end(), rare->second.begin(), rare->second.end());
                    finding.where.insert(finding.where.end(), usual->second.begin(), usual->second.end());
                    std::sort(finding.where.begin(), finding.where.end(),
                              [](Span x, Span y) { return x.start < y.start; });
                    out_.add(std::move(finding));
                }
    }

    static bool one_term(const std::u32string& a, const std::u32string& b) {
        if (a.size() != b.size() || a.size() < 4) return false;
        std::size_t apart = 0, at = 0, counts = 0, above_one = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (a[i] != b[i]) ++apart, at = i;
            if (numeral(a[i])) {
                ++counts;
                above_one += a[i] != U'一' ? 1 : 0;
            }
        }
        if (apart != 1) return false;
        const bool of_number = numeral(a[at]) && numeral(b[at]);
        if (of_number)
            return counts >= 2 ||
                   (a.size() >= 4 && a.find(U"个一") == std::u32string::npos && !numeral(a.back()));
        if (numeral(a[at]) || numeral(b[at])) return false;
        // 一镇一品 and 一村一品 are two things.
        return counts >= 2 && above_one >= 2 && at + 1 == a.size();
    }

    // 进校园、进车间、进家庭“三进”; then 进校园、进集市: a fourth.
    void read_members(const Term& term, const Paragraph& paragraph) {
        if (term.words.size() != 2 || !numeral(term.words[0]) || term.words[0] == U'一') return;
        const char32_t verb = term.words[1];
        const auto members = list_before(term.span.start - 1, verb, paragraph.span.start);
        if (members.size() < 2 || members.size() != value_of(term.words[0]))
            return;  // a matter for the lists
        find_another(term, verb, members, paragraph);
    }

    // Items of the list that ends at `end`, each beginning with `verb`; their words without it.
    std::vector<Text> list_before(std::size_t end, char32_t verb, std::size_t least) const {
        std::size_t start = end;
        while (start > least && end - start < 80 &&
               Text(U"，。；：").find(prose_.text[start - 1]) == Text::npos)
            --start;
        Text words = prose_.of({start, end});
        const std::size_t first = words.find(verb);
        if (first == Text::npos) return {};
        words.remove_prefix(first);
        std::vector<Text> out;
        for (std::size_t from = 0; from <= words.size();) {
            std::size_t to = words.find(U'、', from);
            if (to == Text::npos) to = words.size();
            const Text one = bare(words.substr(from, to - from));
            if (one.size() < 2 || one.front() != verb) return {};
            out.push_back(one.substr(1));
            from = to + 1;
        }
        return out;
    }

    // A member is looked for this far behind its term, in lists this long.
    static constexpr std::size_t farthest = 2000, longest_list = 240;  // characters

    void find_another(const Term& term, char32_t verb, const std::vector<Text>& members,
                      const Paragraph& paragraph) {
        const std::size_t last = std::min(paragraph.span.end, term.span.end + farthest);
        const Text within = prose_.until(last);
        for (std::size_t at = within.find(verb, term.span.end); at < last; at = within.find(verb, at + 1)) {
            std::size_t end = at + 1;
            while (end < paragraph.span.end && end - at < 8 && text::is_han(prose_.text[end])) ++end;
            const bool in_a_list = end < paragraph.span.end && prose_.text[end] == U'、' && at > 0 &&
                                   (prose_.text[at - 1] == U'、' || lists_a_member(end + 1, verb, members));
            const Text other = prose_.of({at + 1, end});
            if (!in_a_list || other.empty() || other.size() > 4) continue;
            const bool known = std::any_of(members.begin(), members.end(), [&](Text m) {
                return other.starts_with(m) || m.starts_with(other);
            });
            if (known || !among_members(at, verb, members, paragraph)) continue;
            out_.add(Finding{.verdict = Verdict::warn,
                             .check = "C7",
                             .where = {term.span, {at, end}},
                             .printed = std::to_string(members.size()),
                             .computed = std::to_string(members.size() + 1),
                             .candidates = {},
                             .reason = "figures.another_member"});
            return;
        }
    }

    bool lists_a_member(std::size_t at, char32_t verb, const std::vector<Text>& members) const {
        if (at >= prose_.text.size() || prose_.text[at] != verb) return false;
        const Text rest = prose_.text.substr(at + 1, 8);
        return std::any_of(members.begin(), members.end(), [&](Text m) { return rest.starts_with(m); });
    }

    // A known member stands in the same list, before or behind.
    bool among_members(std::size_t at, char32_t verb, const std::vector<Text>& members,
                       const Paragraph& paragraph) const {
        std::size_t start = at, end = at;
        const Text stops = U"，。；";
        while (start > paragraph.span.start && at - start < longest_list &&
               stops.find(prose_.text[start - 1]) == Text::npos)
            --start;
        while (end < paragraph.span.end && end - at < longest_list &&
               stops.find(prose_.text[end]) == Text::npos)
            ++end;
        const Text clause = prose_.of({start, end});
        return std::any_of(members.begin(), members.end(), [&](Text m) {
            std::u32string word(1, verb);
            word += m;
            return contains(clause, word);
        });
    }

    const Prose& prose_;
    Findings& out_;
    std::vector<Term> terms_;
};

}  // namespace

void check_terms(const Prose& prose, Findings& out) {
    Terms terms(prose, out);
    for (const auto& item : prose.items) terms.read(item);
}

}  // namespace ballast::figures
