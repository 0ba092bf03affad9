/// What articles are found by: terms for words of two characters and more, a sketch for articles that say
/// much the same, a digest for those that say the same. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "bulletin/issue.h"

namespace ballast::bulletin {

/// Place, headline and text as they are searched: half-width, lower case, without blanks.
std::string searched_text(const Article& article);
std::string searched_form(std::string_view text);
std::set<std::string> terms_of(const Article& article);
/// Those that an article must have to hold the words; one of a single Han character is a term's beginning.
std::vector<std::string> terms_of_query(std::string_view query);

/// SHA-256 of the letters of the text, without blanks and punctuation. "" for a text of less than 20 letters.
std::string digest_of(const Article& article);

/// The smallest 48 hashes of all stretches of eight letters (bottom-k sketch, Broder 1997). Empty for a text
/// of less than 40 letters.
inline constexpr std::size_t sketch_size = 48;
std::vector<std::int64_t> sketch_of(const Article& article);

}  // namespace ballast::bulletin
