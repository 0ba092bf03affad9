/// The word lists of words/ (see the notes at their heads), read once into two tries.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "figures/mention.h"

namespace ballast::figures {

using Text = std::u32string_view;

/// Words and what is known of each. One look into a table tells whether any word begins with a character.
class Trie {
public:
    static constexpr std::uint32_t none = ~0U;

    Trie();
    void add(Text word, std::uint32_t id);

    struct Match {
        std::size_t length = 0;
        std::uint32_t id = none;
        explicit operator bool() const { return id != none; }
    };
    bool may_start(char32_t c) const { return c < roots_.size() && roots_[c] != none; }
    Match longest(Text text, std::size_t at) const;
    /// All words that begin at `at`, shortest first. At most eight.
    std::size_t all(Text text, std::size_t at, std::array<Match, 8>& out) const;

private:
    std::uint32_t next(std::uint32_t node, char32_t c) const;

    /// Open addressing; node and character make the key, 0 is none.
    struct Edge {
        std::uint64_t key = 0;
        std::uint32_t node = none;
    };
    std::size_t slot_of(std::uint64_t key) const;
    void grow();

    std::vector<std::uint32_t> roots_;  // of the basic plane: the node of a word's first character
    std::vector<Edge> edges_;
    std::size_t edge_count_ = 0;
    std::vector<std::uint32_t> ids_;  // by node
};

enum class UnitClass : std::uint8_t {
    physical,
    people,
    measure,
    counted,
    counted_apart,
    time,
    rate,
    body,
    points,
    percent,
};

struct Unit {
    std::string word;
    UnitClass unit_class = UnitClass::measure;
    std::vector<std::u32string> unless;  // what may not follow
};

/// A word of the lists that is no unit.
struct Term {
    Kind kind = Kind::lexical;
    char step = 0;  // of a relative time: 'Y', 'M' or 'D'
    int away = 0;
};

enum class NounClass : std::uint8_t { counted, bodies, people, households };

struct Lexicon {
    Trie terms;
    std::vector<Term> term;
    Trie units;
    std::vector<Unit> unit;
    Trie nouns;
    std::vector<NounClass> noun;
};
const Lexicon& lexicon();

/// 〇零一二三四五六七八九两, else -1.
int digit_of(char32_t c);
/// Any character of a Chinese numeral, also 十百千万亿半廿卅几.
bool is_numeral(char32_t c);
bool is_ascii_digit(char32_t c);
bool is_latin(char32_t c);
bool one_of(char32_t c, Text set);

}  // namespace ballast::figures
