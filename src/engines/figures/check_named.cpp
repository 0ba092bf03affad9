#include <algorithm>
#include <array>

#include "base/text.h"
#include "figures/claims.h"

namespace ballast::figures {
namespace {

// How far behind a name its sentences are looked for.
constexpr std::size_t farthest = 2000;  // characters
constexpr std::size_t most_sentences = 16;

constexpr std::array<Text, 11> deeds{U"等",   U"联合", U"决定", U"共同", U"印发", U"发布",
                                     U"召开", U"下发", U"出台", U"部署", U"开展"};

// The list without what its organisations do.
std::size_t end_of_body(const List& list, std::size_t end) {
    if (list.items.empty()) return end;
    std::size_t cut = list.items.back().size();
    for (const Text verb : deeds) cut = std::min(cut, list.items.back().find(verb));
    return end - (list.items.back().size() - cut);
}

// 国家乡村振兴局决定联合开展…
bool is_body_first(Text last) {
    return contains_any(last.substr(0, 14),
                        {U"部", U"局", U"办", U"委", U"会", U"署", U"院", U"厅", U"行", U"社"}) &&
           std::any_of(deeds.begin(), deeds.end(), [&](Text verb) { return contains(last, verb); });
}

}  // namespace

bool Named::sentences_with_its_word(Index i, std::size_t n, const Paragraph& paragraph) {
    const std::size_t from = prose_.at(i).digits.end, before = prose_.at(i).digits.start;
    if (before == 0 || !is(opening_quotes, prose_.text[before - 1])) return false;
    std::size_t to = from;
    while (to < paragraph.span.end && to - from < 6 && !is(closing_quotes, prose_.text[to])) ++to;
    if (to >= paragraph.span.end || !is(closing_quotes, prose_.text[to])) return false;
    Text word = prose_.of({from, to});
    if (word.starts_with(U"个")) word.remove_prefix(1);
    if (word.size() < 2 || word.size() > 3) return false;
    std::vector<Span> found;
    std::size_t opening = 0;
    const Text within = prose_.until(std::min(paragraph.span.end, to + farthest));
    for (std::size_t at = within.find(word, to); at < within.size(); at = within.find(word, at + 1)) {
        if (!is(U"。；，、：\n", prose_.text[at - 1])) continue;
        found.push_back({at, at + word.size()});
        if (is(U"。；\n", prose_.text[at - 1])) ++opening;
    }
    if (found.size() < 2) return false;
    const bool kept = found.size() == n || opening == n;
    say(kept ? Verdict::holds : Verdict::warn, i, found, n, opening >= 2 ? opening : found.size(),
        "figures.named");
    return true;
}

void Named::clauses_with_its_verb(Index i, std::size_t n, const std::vector<Paragraph>& item, std::size_t p) {
    const std::size_t at = prose_.at(i).digits.start;
    if (at < 2 || !text::is_han(prose_.text[at - 1]) || !text::is_han(prose_.text[at - 2])) return;
    const Text verb = prose_.of({at - 2, at});
    for (std::size_t q = p; q < std::min(item.size(), p + 2); ++q) {
        const auto& sentences = item[q].sentences;
        auto s =
            std::lower_bound(sentences.begin(), sentences.end(), at,
                             [](const Sentence& sentence, std::size_t a) { return sentence.span.end <= a; });
        for (std::size_t read = 0; s != sentences.end() && read < most_sentences; ++s, ++read)
            if (verb_opens_all(i, n, verb, *s)) return;
    }
}

bool Named::verb_opens_all(Index i, std::size_t n, Text verb, const Sentence& sentence) {
    std::vector<Span> found;
    for (std::size_t start = sentence.span.start; start < sentence.span.end;) {
        while (start < sentence.span.end && blank_or_break(prose_.text[start])) ++start;
        if (start >= sentence.span.end) break;
        if (prose_.text.substr(start, 2) != verb) return false;
        found.push_back({start, start + 2});
        const std::size_t semicolon = prose_.until(sentence.span.end).find(U'；', start);
        start = semicolon < sentence.span.end ? semicolon + 1 : sentence.span.end;
    }
    if (found.size() < 3) return false;
    say(found.size() == n ? Verdict::holds : Verdict::warn, i, found, n, found.size(), "figures.named");
    return true;
}

void Named::organisations(Index i, std::size_t n, const std::vector<Paragraph>& item) {
    const Text words = noun(i);
    if (!words.starts_with(U"部门") && !words.starts_with(U"个部门") && !words.starts_with(U"单位") &&
        !words.starts_with(U"家单位"))
        return;
    std::optional<List> longest;
    for (const Paragraph& paragraph : item)
        for (std::size_t at = prose_.until(paragraph.span.end).find(U'、', paragraph.span.start);
             at < paragraph.span.end;) {
            const std::size_t start = clause_start(at, paragraph.span.start);
            std::size_t end = at;
            while (end < paragraph.span.end && !is(list_stops, prose_.text[end])) ++end;
            List list = list_in(prose_, {start, end});
            list.span.end = end_of_body(list, end);
            std::size_t bodies = 0;
            for (std::size_t k = 0; k + 1 < list.items.size(); ++k)
                bodies += is(U"部局办委会署院厅行社", list.items[k].back()) ? 1 : 0;
            if (list.items.size() >= 3 && bodies + 1 == list.items.size() &&
                is_body_first(list.items.back()) && (!longest || list.items.size() > longest->items.size()))
                longest = list;
            at = prose_.until(paragraph.span.end).find(U'、', end);
        }
    if (!longest) return;
    const bool kept = longest->of(n);
    say(kept ? Verdict::holds : Verdict::fails, i, {longest->span}, n, longest->least());
}

}  // namespace ballast::figures
