// What is written with digits and is no figure: web addresses, telephone numbers, codes with letters, numbers
// of documents, list marks.
#include "base/text.h"
#include "figures/reader.h"

namespace ballast::figures {
namespace {

bool is_ascii_code(char32_t c) { return is_latin(c) || is_ascii_digit(c) || one_of(c, U"._-@/:?=&%#~+"); }

std::size_t digits_end(Text text, std::size_t at) {
    while (is_ascii_digit(char_at(text, at))) ++at;
    return at;
}

}  // namespace

// Letters: skipped, and the digits tied to them named (G318, A4, PM2.5, info@163.com).
bool Reader::read_latin() {
    std::size_t end = pos_;
    while (end < text_.size() && is_ascii_code(text_[end]) && end - pos_ < 200) ++end;
    const Text token = text_.substr(pos_, end - pos_);
    const bool address =
        token.find(U'@') != Text::npos || token.find(U"://") != Text::npos || token.starts_with(U"www.");
    if (address) {
        const std::size_t start = pos_;
        if (std::ranges::any_of(token, is_ascii_digit)) add(start, end, Kind::address);
        pos_ = end;
        return true;
    }
    while (is_latin(at(pos_))) ++pos_;
    const std::size_t dash = one_of(at(pos_), U"-/") && is_ascii_digit(at(pos_ + 1)) ? 1 : 0;
    if (is_ascii_digit(at(pos_ + dash))) {
        std::size_t last = digits_end(text_, pos_ + dash);
        while (one_of(at(last), U".-/") && is_ascii_digit(at(last + 1))) last = digits_end(text_, last + 1);
        add(pos_ + dash, last, Kind::name);
    }
    if (at(pos_) == U'+') ++pos_;
    return true;
}

// At the bracket of 国办发〔2021〕15号; the words of the issuer before it belong to the name.
bool Reader::read_document_number() {
    constexpr Text open = U"〔[(【﹝", close = U"〕])】﹞";
    if (!one_of(text_[pos_], open)) return false;
    const std::size_t year_end = digits_end(text_, pos_ + 1);
    if (year_end - pos_ != 5 || !one_of(at(year_end), close)) return false;
    std::size_t end = skip_blanks(text_, year_end + 1);
    if (at(end) == U'第') end = skip_blanks(text_, end + 1);
    const std::size_t number_end = digits_end(text_, end);
    if (number_end == end) return false;
    end = skip_blanks(text_, number_end);
    if (at(end) != U'号') return false;
    const std::size_t floor = found_.empty() ? 0 : found_.back().mention.span.end;
    std::size_t start = pos_;
    while (start > floor && pos_ - start < 16 && text::is_han(text_[start - 1]) &&
           !one_of(text_[start - 1], U"的和与及按见是以为由据了《"))
        --start;
    for (const Text word : {Text(U"根据"), Text(U"依据"), Text(U"按照"), Text(U"印发"), Text(U"下发"),
                            Text(U"落实"), Text(U"执行"), Text(U"参照"), Text(U"文件"), Text(U"通知"),
                            Text(U"意见"), Text(U"关于"), Text(U"对照"), Text(U"传达"), Text(U"遵照")})
        if (const auto at_word = text_.substr(start, pos_ - start).rfind(word);
            at_word != Text::npos && start + at_word + word.size() < pos_)
            start += at_word + word.size();
    add(start, end + 1, Kind::name);
    return true;
}

// 一、 (二) 3. ① at the head of a line or sentence.
bool Reader::read_list_mark() {
    const char32_t c = text_[pos_];
    if ((c >= 0x2460 && c <= 0x249B) || (c >= 0x3220 && c <= 0x3229))
        return add(pos_, pos_ + 1, Kind::enumeration), true;
    if (c == U'[' && is_ascii_digit(at(pos_ + 1))) {  // a footnote's mark
        const std::size_t end = digits_end(text_, pos_ + 1);
        if (end - pos_ > 3 || at(end) != U']') return false;
        return add(pos_, end + 1, Kind::enumeration), true;
    }
    if (c == U'(') {
        const auto inner =
            is_ascii_digit(at(pos_ + 1)) ? arabic_at(text_, pos_ + 1) : chinese_at(text_, pos_ + 1);
        if (!inner || at(inner->end) != U')' || inner->length() > (inner->chinese ? 3 : 2)) return false;
        return add(pos_, inner->end + 1, Kind::enumeration), true;
    }
    const bool fresh = one_of(before(pos_), U"\n。；;：:，,！？、“ ");
    if (!fresh || !is_numeral(c)) return false;
    const auto numeral = chinese_at(text_, pos_);
    if (!numeral || numeral->bare_scale || numeral->length() > 3) return false;
    const char32_t after = at(numeral->end);
    const bool heads_line = one_of(before(pos_), U"\n ");
    if (heads_line && one_of(after, U"、.．") &&
        (pos_ == 0 || text_[pos_ - 1] == U'\n' || pos_ < 2 || one_of(text_[pos_ - 2], U"\n ")))
        return add(pos_, numeral->end + 1, Kind::enumeration), true;
    if ((after == U'是' || (after == U'要' && !one_of(at(numeral->end + 1), U"素点"))) &&
        numeral->length() <= 2)
        return add(pos_, numeral->end + 1, Kind::enumeration), true;
    return false;
}

// 1+X, 1+6+N; 5G, 4K, 3D.
bool Reader::read_formula(const Numeral& numeral) {
    const std::size_t start = pos_, plain = digits_end(text_, start);
    const auto joined = [&](std::size_t i) {
        return at(i) == U'+' && (is_latin(at(i + 1)) || is_ascii_digit(at(i + 1)));
    };
    if (is_latin(at(plain)) && !unit_at(text_, plain)) {
        add(start, plain, Kind::fixed);
        while (is_latin(at(pos_)) || is_ascii_digit(at(pos_))) ++pos_;
        return true;
    }
    if (!joined(plain)) return false;
    add(start, plain, Kind::fixed).mention.value = numeral.value;
    std::size_t end = plain;
    while (joined(end)) {
        const std::size_t first = end + 1;
        end = digits_end(text_, first);
        if (end > first) add(first, end, Kind::fixed).mention.value = arabic_at(text_, first)->value;
        while (is_latin(at(end))) ++end;
    }
    pos_ = end;
    return true;
}

// 1. 2、 (3) at the head of a line.
bool Reader::read_arabic_mark() {
    std::size_t line = pos_;
    while (line > 0 && pos_ - line < 4 && text_[line - 1] == U' ') --line;
    if (line > 0 && text_[line - 1] != U'\n') return false;
    const std::size_t end = digits_end(text_, pos_);
    if (end - pos_ > 2 || !one_of(at(end), U".、．") || is_ascii_digit(at(end + 1))) return false;
    if (at(end) == U'、' && is_ascii_digit(at(skip_blanks(text_, end + 1)))) return false;
    return add(pos_, end + 1, Kind::enumeration), true;
}

// Telephone numbers, postal codes, numbers in an address, codes.
bool Reader::read_code_of_digits() {
    const std::size_t start = pos_, end = digits_end(text_, start);
    const std::size_t length = end - start;
    const auto dashed = [&](std::size_t least, std::size_t most) {
        const std::size_t tail = digits_end(text_, end + 1);
        return at(end) == U'-' && tail - end - 1 >= least && tail - end - 1 <= most ? tail : 0;
    };
    if (text_[start] == U'0' && (length == 3 || length == 4))
        if (const std::size_t tail = dashed(7, 8)) return add(start, tail, Kind::address), true;
    if (length == 3 && (here(U"400-") || here(U"800-"))) {
        std::size_t tail = end;
        while (at(tail) == U'-' || is_ascii_digit(at(tail))) ++tail;
        return add(start, tail, Kind::address), true;
    }
    const Text lead = back(start, 6);
    const bool reach = lead.find(U"电话") != Text::npos || lead.find(U"邮编") != Text::npos ||
                       lead.find(U"传真") != Text::npos || lead.find(U"邮政编码") != Text::npos ||
                       lead.find(U"QQ") != Text::npos || lead.find(U"账号") != Text::npos ||
                       lead.find(U"手机") != Text::npos || lead.find(U"微信号") != Text::npos;
    if ((length == 11 && text_[start] == U'1') || (reach && length >= 5))
        return add(start, end, Kind::address), true;
    if (length >= 10 && !scale_or_unit_follows(end)) return add(start, end, Kind::name), true;
    if (length == 5 && (starts(text_, end, U"热线") || starts(text_, end, U"平台") ||
                        starts(text_, end, U"政务") || starts(text_, end, U"便民")))
        return add(start, end, Kind::name), true;
    const auto after = skip_blanks(text_, end);
    const bool numbered = at(after) == U'号' &&
                          (one_of(before(start), U"路街巷道村弄区") ||
                           (before(start) == U' ' && start > 1 && one_of(text_[start - 2], U"路街巷道村弄")));
    if (numbered) return add(start, after + 1, Kind::address), true;
    const char32_t lead_char = start > 1 && before(start) == U' ' ? text_[start - 2] : before(start);
    if (one_of(lead_char, U"座栋幢室") && length <= 5 && !scale_or_unit_follows(end))
        return add(start, end, Kind::address), true;
    if (at(end) == U'楼' && length <= 2 && !one_of(at(end + 1), U"房盘栋"))
        return add(start, end + 1, Kind::address), true;
    if (at(end) == U'室' && length >= 3 && length <= 4) return add(start, end + 1, Kind::address), true;
    return false;
}

bool Reader::scale_or_unit_follows(std::size_t at_end) const {
    return one_of(at(skip_blanks(text_, at_end)), U"万亿.余多") || unit_at(text_, at_end).has_value();
}

}  // namespace ballast::figures
