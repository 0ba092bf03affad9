#include "base/text.h"

namespace ballast::text {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Step {
    char32_t code_point = replacement;
    std::size_t bytes = 1;
    bool valid = false;
};

// One code point at the front of `s`. Overlong forms, surrogates and values past U+10FFFF are malformed;
// a malformed sequence is consumed one byte at a time.
Step step(std::string_view s) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || s.size() < size) return {};
    char32_t c = lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        c = c << 6 | (byte(i) & 0x3F);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < least[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return {};
    return {c, size, true};
}

void append(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

// White space, and the marks that are invisible in a spreadsheet cell.
bool is_blank(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

}  // namespace

bool valid_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const Step s = step(bytes);
        if (!s.valid) return false;
        bytes.remove_prefix(s.bytes);
    }
    return true;
}

std::u32string code_points(std::string_view utf8) {
    std::u32string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        const Step s = step(utf8);
        out.push_back(s.code_point);
        utf8.remove_prefix(s.bytes);
    }
    return out;
}

std::string utf8(std::u32string_view code_points) {
    std::string out;
    out.reserve(code_points.size() * 3);
    for (const char32_t c : code_points) append(out, c);
    return out;
}

std::size_t length(std::string_view utf8) {
    std::size_t n = 0;
    while (!utf8.empty()) {
        utf8.remove_prefix(step(utf8).bytes);
        ++n;
    }
    return n;
}

std::string_view trimmed(std::string_view utf8) {
    while (!utf8.empty()) {
        const Step s = step(utf8);
        if (!s.valid || !is_blank(s.code_point)) break;
        utf8.remove_prefix(s.bytes);
    }
    while (!utf8.empty()) {
        std::size_t start = utf8.size() - 1;  // of the last code point: skip back over continuation bytes
        while (start > 0 && utf8.size() - start < 4 && (utf8[start] & 0xC0) == 0x80) --start;
        const Step s = step(utf8.substr(start));
        if (!s.valid || start + s.bytes != utf8.size() || !is_blank(s.code_point)) break;
        utf8.remove_suffix(s.bytes);
    }
    return utf8;
}

std::string half_width(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        const Step s = step(utf8);
        if (s.code_point >= 0xFF01 && s.code_point <= 0xFF5E)
            out.push_back(static_cast<char>(s.code_point - 0xFF01 + '!'));
        else if (s.code_point == 0x3000)
            out.push_back(' ');
        else
            out.append(utf8.substr(0, s.bytes));
        utf8.remove_prefix(s.bytes);
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

bool is_han(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

}  // namespace ballast::text
