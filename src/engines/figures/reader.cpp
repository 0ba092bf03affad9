#include "figures/reader.h"

#include "base/text.h"

namespace ballast::figures {

namespace {

/// The characters at which a mention or what is to be skipped may begin: most of a text is none of them.
std::vector<bool> opening_characters() {
    std::vector<bool> out(0x10000);
    for (char32_t c = 0; c < out.size(); ++c)
        out[c] = is_latin(c) || is_ascii_digit(c) || is_numeral(c) || lexicon().terms.may_start(c) ||
                 one_of(c, U"〔[(【﹝“‘\"'「『第上下首前") || (c >= 0x2460 && c <= 0x249B) ||
                 (c >= 0x3220 && c <= 0x3229);
    return out;
}

/// A guess at how many mentions there are, for their vector to grow once.
std::size_t runs_of_digits(Text text) {
    std::size_t runs = 0;
    bool within = false;
    for (const char32_t c : text) {
        const bool digit = is_ascii_digit(c);
        runs += digit && !within ? 1 : 0;
        within = digit;
    }
    return runs;
}

}  // namespace

std::vector<Found> Reader::read() {
    static const std::vector<bool> opening = opening_characters();
    found_.reserve(runs_of_digits(text_) + text_.size() / 64);
    while (pos_ < text_.size()) {
        const char32_t c = text_[pos_];
        if (c >= opening.size() || !opening[c]) {
            ++pos_;
            continue;
        }
        if (is_latin(c)         ? read_latin()
            : is_ascii_digit(c) ? read_arabic()
                                : read_document_number() || read_list_mark() || read_quoted() ||
                                      read_ordinal() || read_chinese() || read_term())
            continue;
        ++pos_;
    }
    return std::move(found_);
}

Found& Reader::add(std::size_t start, std::size_t end, Kind kind) {
    found_.emplace_back();
    Mention& m = found_.back().mention;
    m.span = m.digits = {start, end};
    m.surface = text::utf8(original_.substr(start, end - start));
    m.kind = kind;
    pos_ = std::max(pos_, end);
    return found_.back();
}

Found& Reader::add_number(const Numeral& numeral, std::size_t end, Kind kind, std::string unit) {
    Found& out = add(numeral.start, end, kind);
    out.mention.value = numeral.value;
    out.mention.scale = numeral.scale;
    out.mention.places = numeral.places;
    out.mention.digits = numeral.digits;
    out.mention.unit = std::move(unit);
    out.tight_more = numeral.more;
    return out;
}

// The runs of numeral characters of a word, each a mention; of a word without any, the word.
void Reader::add_numerals_of(std::size_t start, std::size_t end, Kind kind) {
    bool any = false;
    for (std::size_t i = start; i < end; ++i) {
        if (!is_numeral(text_[i]) && !is_ascii_digit(text_[i])) continue;
        const std::size_t first = i;
        while (i < end && (is_numeral(text_[i]) || is_ascii_digit(text_[i]))) ++i;
        const auto numeral =
            is_ascii_digit(text_[first]) ? arabic_at(text_, first) : chinese_at(text_, first);
        const bool whole = kind == Kind::fixed && at(i) == U'个' && i < end;
        Found& out = add(first, whole ? i + 1 : i, kind);
        if (whole) out.mention.unit = "个";
        if (kind != Kind::lexical && numeral && numeral->end == i) out.mention.value = numeral->value;
        any = true;
    }
    if (!any) add(start, end, kind);
    pos_ = end;
}

// 保险分两类: a set phrase of number and measure word counts behind a word of dividing.
bool Reader::divides_into(const std::optional<Numeral>& numeral, std::size_t term_length) const {
    if (!numeral || numeral->length() != 1 || numeral->vague) return false;
    const auto unit = unit_at(text_, numeral->end);
    return unit && unit->unit_class != UnitClass::body && unit->end == numeral->start + term_length &&
           ends_with_one_of(back(numeral->start, 2), {U"分", U"分为", U"分成"}) &&
           !text::is_han(at(unit->end));
}

bool Reader::read_term() {
    const auto match = lexicon().terms.longest(text_, pos_);
    if (!match) return false;
    const Term& term = lexicon().term[match.id];
    const std::size_t start = pos_, end = pos_ + match.length;
    if (term.kind == Kind::reltime && read_relative_date(end, term)) return true;
    if (term.kind == Kind::indefinite) {
        const bool noun_before = text_[start] == U'数' &&
                                 one_of(before(start), U"人户总次多少半参指系点份个件倍分款台头岁奇偶基尾度");
        if (noun_before) return false;
        const auto unit = unit_at(text_, end);
        add(start, unit && unit->unit_class != UnitClass::body ? unit->end : end, term.kind);
    } else if (term.kind == Kind::reltime) {
        Found& out = add(start, end, term.kind);
        out.step = term.step;
        out.away = term.away;
    } else {
        add_numerals_of(start, end, term.kind);
    }
    pos_ = std::max(pos_, end);
    return true;
}

// “四精”, “三个抓好”, “一二三四五”, “20字”: a numeral that opens a quotation.
bool Reader::read_quoted() {
    if (!one_of(text_[pos_], U"“‘\"'「『")) return false;
    const std::size_t start = pos_ + 1;
    const std::size_t close = text_.substr(start, 14).find_first_of(U"”’\"'」』，。；\n");
    if (close == Text::npos || !one_of(text_[start + close], U"”’\"'」』")) return false;
    const std::size_t end = start + close;
    const bool arabic = is_ascii_digit(at(start));
    const auto numeral = arabic ? arabic_at(text_, start) : chinese_at(text_, start);
    if (!numeral || numeral->end > end) return false;
    if (const auto term = lexicon().terms.longest(text_, start); term && term.length >= numeral->length())
        return false;
    const auto unit = unit_at(text_, numeral->end);
    if (numeral->positional || (numeral->chinese && numeral->end == end && numeral->length() > 1)) {
        if (char_at(text_, start) == U'十' && numeral->length() == 2) return false;
        add(start, numeral->end, Kind::fixed);
        return true;
    }
    if (unit && (unit->unit_class == UnitClass::time || unit->unit_class == UnitClass::rate ||
                 unit->unit_class == UnitClass::percent || unit->unit_class == UnitClass::physical))
        return false;
    if (arabic) {
        if (!unit && numeral->places == 0 && numeral->length() != 4 && text::is_han(at(numeral->end)) &&
            numeral->end < end && numeral->scale == Decimal{1})  // “832平台”
            return add(start, numeral->end, Kind::fixed), true;
        const bool digits_alone = numeral->end == end && numeral->places == 0 && numeral->length() > 1;
        if (!(unit && unit->end == end) && !digits_alone) return false;
        add_number(*numeral, end, Kind::fixed, unit ? unit->word : std::string{});
        return true;
    }
    if (numeral->length() > 1) return false;
    if (unit && unit->word == "个") {
        add_number(*numeral, unit->end, Kind::count, unit->word);
        return true;
    }
    for (std::size_t i = start; i < end;) {  // every numeral of it: “一镇三优”
        const auto one = is_numeral(text_[i]) ? chinese_at(text_, i) : std::nullopt;
        if (one && one->end <= end) add_number(*one, one->end, Kind::fixed);
        i = one ? one->end : i + 1;
    }
    pos_ = end;
    return true;
}

// 第二批, 第273场, 第三产业.
bool Reader::read_ordinal() {
    if (text_[pos_] != U'第') return false;
    DateParts parts;
    if (read_quarter(pos_, parts)) return true;
    if (const auto term = lexicon().terms.longest(text_, pos_); term && term.length > 2) return read_term();
    const std::size_t start = pos_, first = skip_blanks(text_, pos_ + 1);
    const auto numeral = is_ascii_digit(at(first)) ? arabic_at(text_, first) : chinese_at(text_, first);
    if (!numeral || numeral->more) return false;
    std::size_t end = numeral->end;
    std::string unit;
    for (const Text word : {Text(U"阶段"), Text(U"产业"), Text(U"季"), Text(U"号"), Text(U"章"),
                            Text(U"党支部"), Text(U"师"), Text(U"高峰")})
        if (const auto at_word = skip_blanks(text_, end); unit.empty() && starts(text_, at_word, word)) {
            end = at_word + word.size();
            unit = text::utf8(word);
        }
    if (unit.empty())
        if (const auto read = unit_at(text_, end)) end = read->end, unit = read->word;
    Found& out = add(start, end, Kind::ordinal);
    out.mention.value = numeral->value;
    out.mention.unit = unit;
    out.mention.digits = numeral->digits;
    return true;
}

std::optional<NounClass> noun_at(Text text, std::size_t at, std::size_t* end) {
    const auto match = lexicon().nouns.longest(text, at);
    if (!match) return std::nullopt;
    if (end != nullptr) *end = at + match.length;
    return lexicon().noun[match.id];
}

bool ends_with_one_of(Text text, std::initializer_list<Text> words) {
    return std::ranges::any_of(words, [&](Text word) { return text.ends_with(word); });
}

}  // namespace ballast::figures
