#include "feel/lexer.h"

#include "base/text.h"

namespace ballast::feel {

namespace {

constexpr std::size_t longest_text = 100'000;

// One sign for every way of writing it.
char32_t folded(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
    switch (c) {
        case 0x3010:
            return '[';  // 【
        case 0x3011:
            return ']';
        case 0x201C:
        case 0x201D:
            return '"';
        default:
            return c;
    }
}

bool is_space(char32_t c) {
    return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0xFEFF;
}
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

// Grammar rules 28 and 29 of DMN 1.5, and what Chinese names add (〇 is U+3007).
bool starts_name(char32_t c) {
    return c == '?' || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0xD6) || (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) ||
           (c >= 0x370 && c <= 0x37D) || (c >= 0x37F && c <= 0x1FFF) || (c >= 0x200C && c <= 0x200D) ||
           (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3005 && c <= 0x3007) ||
           (c >= 0x3021 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFC) ||
           (c >= 0x10000 && c <= 0xEFFFF);
}
bool continues_name(char32_t c) {
    return starts_name(c) || is_digit(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
           (c >= 0x203F && c <= 0x2040);
}

class Lexer {
public:
    Lexer(std::u32string text, std::string_view source) : text_(std::move(text)), source_(source) {}

    Result<std::vector<Token>> run() {
        if (text_.size() > longest_text)
            return invalid("feel.too_long").with("source", source_).with("line", "1").with("column", "1");
        std::vector<Token> out;
        while (true) {
            TRY(skip_blanks());
            Token token;
            token.place = place_;
            token.first = at_;
            if (at_ >= text_.size()) {
                token.last = at_;
                out.push_back(token);
                return out;
            }
            const char32_t c = peek();
            if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
                token.kind = Token::Kind::number;
                number(token);
            } else if (c == '"') {
                token.kind = Token::Kind::string;
                TRY(string(token));
            } else if (starts_name(c)) {
                token.kind = Token::Kind::word;
                if (c == '?') {
                    // `?` alone is the tested value; it begins no longer name here.
                    step();
                    token.text = "?";
                } else {
                    std::u32string word;
                    while (at_ < text_.size() && continues_name(peek()) && peek() != '?')
                        word += peek(), step();
                    token.text = text::utf8(word);
                }
            } else {
                token.kind = Token::Kind::symbol;
                TRY(symbol(token));
            }
            token.last = at_;
            out.push_back(std::move(token));
        }
    }

private:
    char32_t peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? folded(text_[at_ + ahead]) : U'\0';
    }
    void step() {
        if (text_[at_] == '\n') {
            ++place_.line;
            place_.column = 1;
        } else {
            ++place_.column;
        }
        ++at_;
    }
    Error refusal(std::string id, Place place) const {
        return invalid(std::move(id))
            .with("source", source_)
            .with("line", std::to_string(place.line))
            .with("column", std::to_string(place.column));
    }

    Result<void> skip_blanks() {
        while (at_ < text_.size()) {
            if (is_space(text_[at_])) {
                step();
            } else if (peek() == '/' && peek(1) == '/') {
                while (at_ < text_.size() && text_[at_] != '\n') step();
            } else if (peek() == '/' && peek(1) == '*') {
                const Place opened = place_;
                step(), step();
                while (at_ < text_.size() && !(peek() == '*' && peek(1) == '/')) step();
                if (at_ >= text_.size())
                    return refusal("feel.syntax", opened).with("expected", "*/").with("found", "");
                step(), step();
            } else {
                break;
            }
        }
        return {};
    }

    void number(Token& token) {
        const auto digits = [&] {
            while (is_digit(peek())) token.text += static_cast<char>(peek()), step();
        };
        digits();
        if (peek() == '.' && is_digit(peek(1))) {
            token.text += '.';
            step();
            digits();
        }
        const auto sign = peek(1) == '+' || peek(1) == '-' ? 1U : 0U;
        if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
            token.text += 'e';
            step();
            if (sign) token.text += static_cast<char>(peek()), step();
            digits();
        }
    }

    static int hex(char32_t c) {
        if (is_digit(c)) return static_cast<int>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A' + 10);
        return -1;
    }

    Result<void> string(Token& token) {
        // “…” ends with ”, so that a straight quote inside needs no escape; "…" likewise.
        const char32_t opening = text_[at_];
        const auto closes = [&](char32_t c) {
            if (opening == 0x201C || opening == 0x201D) return c == 0x201D;
            return c == opening;
        };
        const Place opened = place_;
        step();
        std::u32string out;
        while (at_ < text_.size() && !closes(text_[at_])) {
            if (text_[at_] != '\\') {
                out += text_[at_];
                step();
                continue;
            }
            const Place escape = place_;
            step();
            const char32_t c = at_ < text_.size() ? text_[at_] : U'\0';
            if (c) step();
            switch (c) {
                case 'n':
                    out += U'\n';
                    break;
                case 'r':
                    out += U'\r';
                    break;
                case 't':
                    out += U'\t';
                    break;
                case '"':
                case '\'':
                case '\\':
                    out += c;
                    break;
                case 'u':
                case 'U': {
                    char32_t code = 0;
                    for (int i = 0; i < (c == 'u' ? 4 : 6); ++i) {
                        const int digit = at_ < text_.size() ? hex(text_[at_]) : -1;
                        if (digit < 0) return refusal("feel.bad_string", escape);
                        code = code * 16 + static_cast<char32_t>(digit);
                        step();
                    }
                    // Two escapes of a surrogate pair make one code point.
                    if (code >= 0xDC00 && code <= 0xDFFF && !out.empty() && out.back() >= 0xD800 &&
                        out.back() <= 0xDBFF) {
                        code = 0x10000 + ((out.back() - 0xD800) << 10) + (code - 0xDC00);
                        out.pop_back();
                    }
                    if (code > 0x10FFFF) return refusal("feel.bad_string", escape);
                    out += code;
                    break;
                }
                default:
                    out += U'\\';
                    if (c) out += c;
            }
        }
        if (at_ >= text_.size()) return refusal("feel.bad_string", opened);
        step();
        token.text = text::utf8(out);
        return {};
    }

    Result<void> symbol(Token& token) {
        static constexpr std::u32string_view pairs[] = {U"**", U"..", U"<=", U">=", U"!=", U"->"};
        for (const auto pair : pairs) {
            if (peek() != pair[0] || peek(1) != pair[1]) continue;
            token.text = text::utf8(pair);
            step(), step();
            return {};
        }
        const char32_t c = peek();
        switch (c) {
            case 0x2264:
                token.text = "<=";
                break;
            case 0x2265:
                token.text = ">=";
                break;
            case 0x2260:
                token.text = "!=";
                break;
            default: {
                static constexpr std::u32string_view known = U"+-*/=<>()[]{},:.;@'|^%&#$!";
                if (known.find(c) == std::u32string_view::npos)
                    return refusal("feel.syntax", place_)
                        .with("expected", "FEEL")
                        .with("found", text::utf8({&c, 1}));
                token.text = static_cast<char>(c);
            }
        }
        step();
        return {};
    }

    std::u32string text_;
    std::string source_;
    std::size_t at_ = 0;
    Place place_;
};

}  // namespace

Result<std::vector<Token>> tokens(std::string_view text, std::string_view source) {
    if (text.size() > 4 * longest_text)
        return invalid("feel.too_long")
            .with("source", std::string(source))
            .with("line", "1")
            .with("column", "1");
    return Lexer(text::code_points(text), source).run();
}

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> out;
    auto read = tokens(name, {});
    if (!read) return {std::string(name)};
    for (Token& token : *read)
        if (token.kind != Token::Kind::end) out.push_back(std::move(token.text));
    return out;
}

}  // namespace ballast::feel
