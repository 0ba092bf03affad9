// C3 and C12: a number of things against the list of them: A、B、C三个X; N个X：A、B、C; 一是…二是…;
// “三个抓好” and the sentences that begin with 抓好. A list that ends in 等 is open.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "figures/claims.h"
#include "figures/list_marks.h"

namespace ballast::figures {
namespace {

class Lists : Claims {
public:
    Lists(const Prose& prose, Findings& out) : Claims(prose, out), named_(prose, out) {}

    void read(const std::vector<Paragraph>& item, Span headline) {
        for (std::size_t p = 0; p < item.size(); ++p)
            for (Index i = item[p].first; i < item[p].last; ++i)
                if (const auto n = counted(i)) {
                    if (*n ==
                        1) {  // 一条龙 counts nothing; in quotes, or after a quoted list, one is a number
                        if ((after_quotes(i) || !in_characters(i)) && list_before(i, 1, item[p].span.start))
                            continue;
                        named_.sentences_with_its_word(i, 1, item[p]);
                        continue;
                    }
                    if (list_before(i, *n, item[p].span.start)) continue;
                    if (list_after(i, *n, item[p].span.end)) continue;
                    if (named_.sentences_with_its_word(i, *n, item[p])) continue;
                    named_.clauses_with_its_verb(i, *n, item, p);
                }
        if (headline.start == headline.end) return;
        const auto& mentions = prose_.mentions;
        auto at = std::lower_bound(mentions.begin(), mentions.end(), headline.start,
                                   [](const Mention& m, std::size_t s) { return m.span.start < s; });
        for (; at != mentions.end() && at->span.start < headline.end; ++at) {
            const Index i = static_cast<Index>(at - mentions.begin());
            const auto n = counted(i);
            if (!n || *n == 1 || list_before(i, *n, headline.start)) continue;
            if (*n >= 3) named_.organisations(i, *n, item);
        }
    }

private:
    // 自治、法治、德治“三治”, or three and more of one length; not 做好“六稳”工作、全面落实“六保”.
    bool of_its_kind(Index i, const List& list) const {
        const char32_t kind = prose_.text[prose_.at(i).digits.end];
        std::size_t named = 0, shortest = Text::npos, longest = 0;
        for (std::size_t k = 0; k < list.items.size(); ++k) {
            named += contains(list.items[k], Text(&kind, 1)) ? 1 : 0;
            if (k == 0) continue;  // may begin with other words
            shortest = std::min(shortest, list.items[k].size());
            longest = std::max(longest, list.items[k].size());
        }
        return 2 * named > list.items.size() || (list.items.size() >= 3 && longest <= shortest + 1);
    }

    // --- A、B、C三个X; A、B等五个X; “A、B、C、D”四招
    // --------------------------------------------------------------

    bool list_before(Index i, std::size_t n, std::size_t least) {
        std::size_t end = prose_.at(i).digits.start;
        const auto back_over_blanks = [&] {
            while (end > least && blank_or_break(prose_.text[end - 1])) --end;
        };
        back_over_blanks();
        if (end > least && is(opening_quotes, prose_.text[end - 1])) --end;  // 自治、法治、德治“三治”
        if (end > least && is(U"这共", prose_.text[end - 1])) --end;
        back_over_blanks();
        if (end > least && prose_.text[end - 1] == U'、') return false;  // itself an item of that list
        const bool open = end > least && prose_.text[end - 1] == U'等';
        if (open) --end;
        back_over_blanks();
        std::size_t start = end;
        const bool quoted = end > least && is(closing_quotes, prose_.text[end - 1]);
        if (quoted) {
            --end;
            start = end;
            while (start > least && end - start < 120 && !is(opening_quotes, prose_.text[start - 1])) --start;
            if (start == least || !is(opening_quotes, prose_.text[start - 1])) return false;
            if (prose_.of({start, end}).find(U'、') == Text::npos) {  // “A”、“B”、“C”三个X
                end = end + 1;
                start = clause_start(end, least);
            }
        } else {
            start = clause_start(end, least);
        }
        const Span span{start, end};
        if (prose_.of(span).find(U'、') == Text::npos) return false;
        if (!quoted && holds_figures(span, i)) return false;
        const List list = list_in(prose_, span);
        if (list.items.size() < 2) return false;
        return compare_before(i, n, list, open, quoted);
    }

    bool holds_figures(Span span, Index i) const {
        for (Index j = i; j-- > 0 && prose_.at(j).span.end > span.start;)
            if (prose_.amount(j) || prose_.percent(j) || prose_.at(j).kind == Kind::date ||
                prose_.at(j).kind == Kind::year)
                return true;
        return false;
    }

    bool compare_before(Index i, std::size_t n, const List& list, bool open, bool quoted) {
        const std::size_t found = list.least();
        if (list.of(n)) return say(Verdict::holds, i, {list.span}, n, n), true;
        if (found > n && !quoted && starts_anew(list, n))
            return say(Verdict::holds, i, {list.span}, n, n), true;
        if (found > n && n > 1 && sorts(i) && kinds_among(list) == n)
            return say(Verdict::holds, i, {list.span}, n, n), true;
        if (open) {
            if (found < n) return open_before(i, n, list), true;
            if (n <= 10 && suits(i, list, false)) return say(Verdict::fails, i, {list.span}, n, found), true;
            return false;
        }
        if (n > 10 || !suits(i, list, quoted)) return false;
        say(Verdict::fails, i, {list.span}, n, found);
        return true;
    }

    // 8类作物 counts what the members are, 3个品种 the members.
    bool sorts(Index i) const { return prose_.unit(i) == "类" || prose_.unit(i) == "大类"; }

    // 春玉米、夏玉米、冬小麦、大豆: three, by the last two characters.
    static std::size_t kinds_among(const List& list) {
        std::set<Text> kinds;
        for (const Text item : list.items)
            kinds.insert(item.substr(item.size() - std::min<std::size_t>(item.size(), 2)));
        return kinds.size();
    }

    // 等 after long phrases, one short of the number: the list was meant to be whole.
    void open_before(Index i, std::size_t n, const List& list) {
        std::size_t letters = 0;
        for (const Text item : list.items) letters += item.size();
        const bool meant_whole =
            list.items.size() >= 4 && n == list.most() + 1 && letters >= 5 * list.items.size() && n <= 10;
        if (meant_whole)
            say(Verdict::warn, i, {list.span}, n, list.least());
        else
            say(Verdict::unverifiable, i, {list.span}, n, list.least(), "figures.open_list");
    }

    // 对水稻、小麦投保的农户给予A、B、C三项补贴: the list of three begins inside a long item of another list.
    static bool starts_anew(const List& list, std::size_t n) {
        if (n < 2 || list.items.size() < n) return false;
        const std::size_t first = list.items.size() - n;
        std::size_t longest = 0;
        for (std::size_t k = first + 1; k < list.items.size(); ++k)
            longest = std::max(longest, list.items[k].size());
        return list.items[first].size() >= longest + 2 &&
               has_one_of(list.items[first].substr(0, list.items[first].size() - 2),
                          U"的给对将把为予了在进推供享用行开从以");
    }

    // Whether the number stands in apposition to the list, and does not count something within its places.
    bool suits(Index i, const List& list, bool quoted) const {
        if (quoted) return true;
        if (in_quotes(i) && !of_its_kind(i, list)) return false;
        const Text words = noun(i);
        constexpr std::array<std::string_view, 14> others{"人", "户",   "名", "元", "亩", "斤", "人次",
                                                          "年", "个月", "天", "次", "米", "场", "期"};
        if (std::find(others.begin(), others.end(), prose_.unit(i)) != others.end()) return false;
        Text counted = words;
        for (const Text measure : {Text(U"个"), Text(U"大"), Text(U"项"), Text(U"类"), Text(U"种")})
            if (counted.starts_with(measure)) {
                counted.remove_prefix(measure.size());
                break;
            }
        if (counted.empty()) return false;
        // 民政部、司法部…六部门; 张村、李村3个村
        std::size_t same = 0;
        for (const Text item : list.items) same += item.size() >= 2 && item.back() == counted.front() ? 1 : 0;
        if (same * 2 > list.items.size()) return true;
        if (is(U"村户人家所", counted.front())) return false;
        if (!in_characters(i))
            return contains_any(words.substr(0, 6),
                                {U"方面", U"环节", U"领域", U"重点", U"要素", U"指标", U"工程", U"行动",
                                 U"体系", U"产业", U"作物", U"模式", U"机制", U"举措", U"措施", U"部门",
                                 U"单位", U"任务", U"品种"}) &&
                   list.items.size() >= 3;
        return true;
    }

    // --- N个X：A、B、C; N个X（A、B、C）; 即, 分别是, 包括
    // ------------------------------------------------------------

    bool list_after(Index i, std::size_t n, std::size_t most) {
        const std::size_t from = prose_.at(i).digits.end;
        std::size_t at = from;
        while (at < most && at - from < 14 && !is(U"，；：。！？（(—\n", prose_.text[at]) &&
               !is(closing_quotes, prose_.text[at]))
            ++at;
        if (at < most && is(closing_quotes, prose_.text[at]) && !in_quotes(i))
            return false;                                      // one of several
        if (at < most && is(closing_quotes, prose_.text[at]))  // “四个一”工作法，即
            for (std::size_t tail = ++at; at < most && at - tail < 6 && text::is_han(prose_.text[at]);) ++at;
        if (at >= most || at == from) return false;
        const Text rest = prose_.of({at, std::min(most, at + 8)});
        std::size_t skip = 0;
        bool bracket = false;
        if (rest.starts_with(U"：") || rest.starts_with(U":"))
            skip = 1;
        else if (rest.starts_with(U"——"))
            skip = 2;
        else if (rest.starts_with(U"（") || rest.starts_with(U"("))
            skip = 1, bracket = true;
        else
            for (const Text word :
                 {Text(U"，即"), Text(U"，分别是"), Text(U"，分别为"), Text(U"，也就是"), Text(U"，就是")})
                if (rest.starts_with(word)) skip = word.size();
        if (skip == 0) return false;
        const std::size_t start = at + skip;
        constexpr std::size_t longest = 400;
        const std::size_t last = std::min(most, start + longest + 1);
        const std::size_t end = std::min(
            last, prose_.until(last).find_first_of(bracket ? Text(U"）)") : Text(U"。！？\n"), start));
        if (end <= start || end - start > longest) return false;
        return compare_after(i, n, {start, end}, bracket);
    }

    bool compare_after(Index i, std::size_t n, Span span, bool bracket) {
        const Text words = bare(prose_.of(span));
        if (contains_any(words, {U"一是", U"第一", U"一要", U"（一）", U"如"}) || words.empty()) return false;
        const bool open = ends_with_any(words, {U"等", U"等等"}) || contains(words, U"等");
        const bool semi = has_one_of(words, U"；;"), comma = has_one_of(words, U"，,"),
                   pause = has_one_of(words, U"、");
        if (!semi && !comma && !pause) return false;
        if (has_figures(span) && !semi) return false;
        const List by_pause = list_in(prose_, span);
        const std::size_t by_semi = split(words, U"；;").size(), by_comma = split(words, U"，,").size();
        if ((pause && by_pause.of(n)) || (semi && by_semi == n) || (comma && by_comma == n))
            return say(Verdict::holds, i, {span}, n, n), true;
        const std::size_t found = semi ? by_semi : comma ? by_comma : by_pause.least();
        if (open) {
            if (found < n) say(Verdict::unverifiable, i, {span}, n, found, "figures.open_list");
            return found < n;
        }
        const int kinds = (semi ? 1 : 0) + (comma ? 1 : 0) + (pause ? 1 : 0);
        if (n > 12 || (kinds > 1 && !semi) || found < 2) return false;
        if (bracket && !in_characters(i) && by_pause.least() == 2) return false;
        say(Verdict::fails, i, {span}, n, found);
        return true;
    }

    bool has_figures(Span span) const {
        const auto& mentions = prose_.mentions;
        auto at = std::lower_bound(mentions.begin(), mentions.end(), span.start,
                                   [](const Mention& m, std::size_t s) { return m.span.start < s; });
        for (; at != mentions.end() && at->span.start < span.end; ++at)
            if ((at->kind == Kind::quantity && at->value != Decimal{1}) || at->kind == Kind::percent)
                return true;
        return false;
    }

    Named named_;
};

}  // namespace

void check_lists(const Prose& prose, Findings& out) {
    Lists lists(prose, out);
    for (std::size_t i = 0; i < prose.items.size(); ++i) {
        const auto& headline = prose.outline.items[i].headline;
        lists.read(prose.items[i], headline ? headline->line : Span{});
    }
    check_marks(prose, out);
}

}  // namespace ballast::figures
