/// Numbers that say how many things a list has, and what is found of them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "figures/check_prose.h"
#include "figures/lists.h"

namespace ballast::figures {

constexpr Text list_stops = U"，；：。！？（()！？;:,\n）";
constexpr Text opening_quotes = U"“‘\"「『";
constexpr Text closing_quotes = U"”’\"」』";

inline bool is(Text set, char32_t c) { return set.find(c) != Text::npos; }
inline bool blank_or_break(char32_t c) { return is(U" \t\n\r\u3000\u00A0", c); }

class Claims {
public:
    Claims(const Prose& prose, Findings& out) : prose_(prose), out_(out) {}

protected:
    /// How many are said to be: 三个, 六部门, “三治”; not 三年, 20多家.
    std::optional<std::size_t> counted(Index i) const;
    bool in_characters(Index i) const { return !(prose_.text[prose_.at(i).digits.start] < 0x80); }
    bool in_quotes(Index i) const;
    bool after_quotes(Index i) const;
    /// What is counted: behind the number, its measure word and blanks.
    Text noun(Index i) const;
    /// Back to the stop before the list that ends at `end`, 240 characters at most; a stop inside quotes or
    /// 《》 belongs to an item.
    std::size_t clause_start(std::size_t end, std::size_t least) const;
    void say(Verdict verdict, Index i, const std::vector<Span>& list, std::size_t said, std::size_t found,
             std::string_view reason = "figures.list");

    const Prose& prose_;
    Findings& out_;
};

/// Things counted whose list is told by its words: “三个抓好” and the sentences with 抓好, 服务四个大局, the
/// 六部门 of a headline.
class Named : protected Claims {
public:
    using Claims::Claims;
    /// Whether the number is of such a name; what is said of it is added.
    bool sentences_with_its_word(Index i, std::size_t n, const Paragraph& paragraph);
    void clauses_with_its_verb(Index i, std::size_t n, const std::vector<Paragraph>& item, std::size_t p);
    void organisations(Index i, std::size_t n, const std::vector<Paragraph>& item);

private:
    bool verb_opens_all(Index i, std::size_t n, Text verb, const Sentence& sentence);
};

}  // namespace ballast::figures
