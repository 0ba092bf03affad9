/// What the single checks share: the text cut into items, paragraphs and sentences, the figures in them, the
/// words around a figure, and the place where relations and findings are collected.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "figures/check.h"
#include "figures/relation.h"

namespace ballast::figures {

using Text = std::u32string_view;
using Index = std::uint32_t;  // of a mention

/// A sentence with its mentions [first, last).
struct Sentence {
    Span span;
    Index first = 0, last = 0;
};

struct Paragraph {
    Span span;
    std::vector<Sentence> sentences;
    Index first = 0, last = 0;
};

struct Prose {
    Text text;
    const std::vector<Mention>& mentions;
    const Outline& outline;
    std::vector<std::vector<Paragraph>> items;  // as outline.items

    Text of(Span s) const { return text.substr(s.start, s.end - s.start); }
    /// The text up to `end`, to search in: what is not found there is not looked for in the rest of a long
    /// text.
    Text until(std::size_t end) const { return text.substr(0, end); }
    const Mention& at(Index i) const { return mentions[i]; }
    /// Between two mentions, or from a mention to a place.
    Text between(Index a, Index b) const;
    /// The clause before the figure, back to a comma or stop or the figure before it.
    Text label(Index i) const { return of(label_span(i)); }
    Span label_span(Index i) const { return notes[i].label; }
    /// From the figure to the next comma, stop or figure.
    Text tail(Index i) const;
    /// A quantity that can be added, compared or divided.
    bool amount(Index i) const { return notes[i].amount; }
    bool percent(Index i) const { return mentions[i].kind == Kind::percent && mentions[i].unit == "%"; }
    bool points(Index i) const { return mentions[i].kind == Kind::pp; }
    /// The unit under which figures may be added: 名 and 位 are 人.
    std::string_view unit(Index i) const { return notes[i].unit; }
    bool like(Index a, Index b) const { return unit(a) == unit(b); }
    /// Of a growth, a rise or a fall, not of a level; or of each, on average.
    bool change(Index i) const { return notes[i].change; }
    bool rate(Index i) const { return notes[i].rate; }
    /// May be a total or a part of one, as far as its own words go.
    bool level(Index i) const { return notes[i].level; }

    const std::optional<Number>& number(Index i) const { return notes[i].number; }

    /// What is asked of a mention again and again.
    struct Note {
        Span label;
        std::optional<Number> number;
        std::string_view unit;
        // As far as one digit can move the value at most, and 万 too few or too many exactly.
        Decimal digit_reach, scale_reach;
        bool amount = false, change = false, rate = false, of_a_hundred = false;
        bool level = false;  // printed as it is: no bound, base of a share or length of time
    };
    std::vector<Note> notes;  // as mentions

    /// How many figures were held against others so far. For the tests, which count work instead of time.
    std::size_t* compared = nullptr;
    void count(std::size_t figures) const {
        if (compared != nullptr) *compared += figures;
    }
};

Prose prose_of(Text text, const std::vector<Mention>& mentions, const Outline& outline);

/// Both are measure words of things (家, 个, 座), of which one may stand for another.
bool interchangeable(const Prose& prose, Index a, Index b);

/// In minutes, millimetres, grams or square metres.
struct Measured {
    char dimension;
    Decimal value;
};
std::optional<Measured> in_base_unit(const Prose& prose, Index i);

bool contains(Text text, Text word);
bool contains_any(Text text, std::initializer_list<Text> words);
bool ends_with_any(Text text, std::initializer_list<Text> words);
/// Without blanks and line breaks at both ends.
Text bare(Text text);
bool has_one_of(Text text, Text characters);
/// How much a sentence of figures says that they are added: 、 和 及 与 and blanks only.
bool only_joins(Text between);

/// nullopt when one of them has no number.
std::optional<std::vector<Number>> numbers_of(const Prose& prose, const std::vector<Index>& figures);
/// What `law` makes of these figures; nullopt when one has no number.
std::optional<Reckoning> reckon(const Prose& prose, Law law, const std::vector<Index>& figures);
/// One changed digit of one of the figures would make the law hold, or 万 too many or too few behind it.
bool one_slip_short(const Prose& prose, Law law, const std::vector<Index>& figures);

/// A relation between figures, to be reckoned when all are known.
struct Relation {
    Law law;
    std::string_view check;
    std::vector<Index> figures;
    Verdict broken = Verdict::fails;  // when contradicted
    std::string_view reason;          // a word id
    Verdict kept = Verdict::holds;
};

struct Findings {
    std::vector<Relation> relations;
    std::vector<Finding> findings;  // of words

    void add(Relation relation) { relations.push_back(std::move(relation)); }
    void add(Finding finding) { findings.push_back(std::move(finding)); }
};

// One for each file check_*.cpp.
void check_headlines(const Prose& prose, Findings& out);
void check_sums(const Prose& prose, Findings& out);
void check_changes(const Prose& prose, Findings& out);
void check_ratios(const Prose& prose, Findings& out);
void check_products(const Prose& prose, Findings& out);
void check_lists(const Prose& prose, Findings& out);
void check_terms(const Prose& prose, Findings& out);
void check_units(const Prose& prose, Findings& out);
void check_years(const Prose& prose, Findings& out);
void check_unit_slips(const Prose& prose, Findings& out);

}  // namespace ballast::figures
