/// What of a text may reach a page.
#pragma once

#include <string>
#include <string_view>

namespace ballast::document {

/// Malformed bytes become U+FFFD; a tab becomes a blank; other control characters but the line feed, marks
/// that turn the direction of writing (U+202A..U+202E, U+2066..U+2069, U+200E, U+200F, U+061C), byte-order
/// marks, object replacement and what is no character are left out.
std::string printable(std::string_view text);

/// For HTML and XML: & < > " ' as entities, after `printable`.
std::string escaped(std::string_view text);

}  // namespace ballast::document
