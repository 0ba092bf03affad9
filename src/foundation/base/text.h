/// Small things about UTF-8 text. What needs dictionaries (variants, pinyin) is in `chinese`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ballast::text {

bool valid_utf8(std::string_view bytes);
/// Code points; malformed bytes become U+FFFD.
std::u32string code_points(std::string_view utf8);
std::string utf8(std::u32string_view code_points);
std::size_t length(std::string_view utf8);  // in code points

/// Removes white space at both ends, also U+3000, U+00A0, zero-width marks and a byte-order mark.
std::string_view trimmed(std::string_view utf8);
/// Full-width ASCII (U+FF01..U+FF5E) and the ideographic space as their half-width forms.
std::string half_width(std::string_view utf8);
std::vector<std::string_view> split(std::string_view text, char separator);
bool is_han(char32_t c);

}  // namespace ballast::text
