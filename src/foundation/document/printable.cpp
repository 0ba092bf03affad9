#include "document/printable.h"

#include "base/text.h"

namespace ballast::document {
namespace {

bool left_out(char32_t c) {
    return (c < 0x20 && c != U'\n') || (c >= 0x7F && c < 0xA0) ||           // controls
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||  // direction
           c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF ||      //
           c == 0x2028 || c == 0x2029 || (c >= 0xFFF9 && c <= 0xFFFC) ||  // separators, annotations, objects
           (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE || c >= 0xE0000;
}

}  // namespace

std::string printable(std::string_view text) {
    std::u32string kept;
    for (const char32_t c : text::code_points(text)) {
        if (c == U'\t')
            kept += U' ';
        else if (!left_out(c))
            kept += c;
    }
    return text::utf8(kept);
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace ballast::document
