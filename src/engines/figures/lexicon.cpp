#include "figures/lexicon.h"

#include <algorithm>
#include <charconv>

#include "base/result.h"
#include "base/text.h"
#include "embedded/figure_words.h"

namespace ballast::figures {
namespace {

std::uint64_t edge(std::uint32_t node, char32_t c) { return (std::uint64_t{node} + 1) << 21 | c; }

template <class Each>
void each_line(std::string_view bytes, const Each& each) {
    for (const auto line : text::split(bytes, '\n'))
        if (!line.empty() && !line.starts_with('#')) each(line);
}

template <class Each>
void each_word(std::string_view line, const Each& each) {
    for (const auto word : text::split(line, ' '))
        if (!word.empty()) each(word);
}

UnitClass unit_class_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, UnitClass>, 10> names{{{"q", UnitClass::physical},
                                                                            {"p", UnitClass::people},
                                                                            {"m", UnitClass::measure},
                                                                            {"n", UnitClass::counted},
                                                                            {"k", UnitClass::counted_apart},
                                                                            {"t", UnitClass::time},
                                                                            {"r", UnitClass::rate},
                                                                            {"a", UnitClass::body},
                                                                            {"pp", UnitClass::points},
                                                                            {"pc", UnitClass::percent}}};
    for (const auto& [known, unit_class] : names)
        if (known == name) return unit_class;
    INVARIANT(false);  // a word list of our own
}

void read_terms(Lexicon& lexicon, std::string_view bytes, Kind kind) {
    const auto id = static_cast<std::uint32_t>(lexicon.term.size());
    lexicon.term.push_back({.kind = kind});
    each_line(bytes, [&](auto line) {
        each_word(line, [&](auto word) { lexicon.terms.add(text::code_points(word), id); });
    });
}

void read_times(Lexicon& lexicon, std::string_view bytes) {
    each_line(bytes, [&](std::string_view line) {
        const auto columns = text::split(line, '\t');
        Term term{.kind = Kind::reltime};
        if (columns.size() > 1) {
            const auto away = columns[1].substr(1);
            term.step = columns[1][0];
            std::from_chars(away.data(), away.data() + away.size(), term.away);
        }
        lexicon.terms.add(text::code_points(columns[0]), static_cast<std::uint32_t>(lexicon.term.size()));
        lexicon.term.push_back(term);
    });
}

void read_units(Lexicon& lexicon, std::string_view bytes) {
    each_line(bytes, [&](std::string_view line) {
        const auto columns = text::split(line, '\t');
        std::vector<std::u32string> unless;
        if (columns.size() > 2)
            each_word(columns[2], [&](auto word) { unless.push_back(text::code_points(word)); });
        for (const auto word : text::split(columns[0], ',')) {
            lexicon.units.add(text::code_points(word), static_cast<std::uint32_t>(lexicon.unit.size()));
            lexicon.unit.push_back({std::string(word), unit_class_of(columns[1]), unless});
        }
    });
}

void read_nouns(Lexicon& lexicon, std::string_view bytes) {
    each_line(bytes, [&](std::string_view line) {
        const auto columns = text::split(line, '\t');
        const auto id = static_cast<std::uint32_t>(lexicon.noun.size());
        lexicon.noun.push_back(columns[0] == "counted"  ? NounClass::counted
                               : columns[0] == "bodies" ? NounClass::bodies
                               : columns[0] == "people" ? NounClass::people
                                                        : NounClass::households);
        each_word(columns[1], [&](auto word) { lexicon.nouns.add(text::code_points(word), id); });
    });
}

Lexicon read_lexicon() {
    Lexicon out;
    for (const auto& file : embedded::figure_words()) {
        if (file.name == "fixed.txt") read_terms(out, file.bytes, Kind::fixed);
        if (file.name == "names.txt") read_terms(out, file.bytes, Kind::name);
        if (file.name == "lexical.txt") read_terms(out, file.bytes, Kind::lexical);
        if (file.name == "indefinite.txt") read_terms(out, file.bytes, Kind::indefinite);
        if (file.name == "reltime.txt") read_times(out, file.bytes);
        if (file.name == "units.txt") read_units(out, file.bytes);
        if (file.name == "nouns.txt") read_nouns(out, file.bytes);
    }
    return out;
}

}  // namespace

Trie::Trie() : roots_(0x10000, none), edges_(1024), ids_(1, none) {}

std::size_t Trie::slot_of(std::uint64_t key) const {
    const std::size_t mask = edges_.size() - 1;
    std::size_t slot = (key * 0x9E3779B97F4A7C15ULL >> 32) & mask;
    while (edges_[slot].key != 0 && edges_[slot].key != key) slot = (slot + 1) & mask;
    return slot;
}

void Trie::grow() {
    std::vector<Edge> old(edges_.size() * 2);
    old.swap(edges_);
    for (const Edge& one : old)
        if (one.key != 0) edges_[slot_of(one.key)] = one;
}

void Trie::add(Text word, std::uint32_t id) {
    INVARIANT(!word.empty() && word[0] < roots_.size());
    if (roots_[word[0]] == none) {
        roots_[word[0]] = static_cast<std::uint32_t>(ids_.size());
        ids_.push_back(none);
    }
    std::uint32_t node = roots_[word[0]];
    for (const char32_t c : word.substr(1)) {
        const std::uint64_t key = edge(node, c);
        std::size_t slot = slot_of(key);
        if (edges_[slot].key == 0) {
            if (++edge_count_ * 2 > edges_.size()) grow(), slot = slot_of(key);
            edges_[slot] = {key, static_cast<std::uint32_t>(ids_.size())};
            ids_.push_back(none);
        }
        node = edges_[slot].node;
    }
    if (ids_[node] == none) ids_[node] = id;  // the list read first decides
}

std::uint32_t Trie::next(std::uint32_t node, char32_t c) const { return edges_[slot_of(edge(node, c))].node; }

Trie::Match Trie::longest(Text text, std::size_t at) const {
    std::array<Match, 8> found;
    const std::size_t n = all(text, at, found);
    return n == 0 ? Match{} : found[n - 1];
}

std::size_t Trie::all(Text text, std::size_t at, std::array<Match, 8>& out) const {
    if (at >= text.size() || !may_start(text[at])) return 0;
    std::size_t n = 0;
    std::uint32_t node = roots_[text[at]];
    for (std::size_t length = 1; node != none; ++length) {
        if (ids_[node] != none) {
            if (n == out.size()) std::shift_left(out.begin(), out.end(), 1), --n;
            out[n++] = {length, ids_[node]};
        }
        if (at + length == text.size()) break;
        node = next(node, text[at + length]);
    }
    return n;
}

const Lexicon& lexicon() {
    static const Lexicon lexicon = read_lexicon();
    return lexicon;
}

int digit_of(char32_t c) {
    switch (c) {
        case U'〇':
        case U'零':
            return 0;
        case U'一':
            return 1;
        case U'二':
        case U'两':
            return 2;
        case U'三':
            return 3;
        case U'四':
            return 4;
        case U'五':
            return 5;
        case U'六':
            return 6;
        case U'七':
            return 7;
        case U'八':
            return 8;
        case U'九':
            return 9;
        default:
            return -1;
    }
}

bool is_numeral(char32_t c) {
    return c >= 0x3007 && c <= 0x96F6 && one_of(c, U"〇零一二三四五六七八九十百千万亿两半廿卅几");
}
bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z'); }
bool one_of(char32_t c, Text set) { return set.find(c) != Text::npos; }

}  // namespace ballast::figures
