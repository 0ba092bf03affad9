// Writes the tables of tables.h from ICU (width, case, compatibility forms, readings) and OpenCC
// (traditional and regional forms). Runs when Ballast is built.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <opencc/SimpleConverter.hpp>
#include <string>

namespace {

constexpr UChar32 last_han = 0x323AF;

// The one character of a text, or 0 when it holds more or none.
UChar32 only_character(const icu::UnicodeString& s) { return s.countChar32() == 1 ? s.char32At(0) : 0; }

class Folding {
public:
    Folding() : normalizer_(icu::Normalizer2::getNFKCInstance(status_)) {}
    bool ready() const { return U_SUCCESS(status_); }

    UChar32 of(UChar32 c) const {
        UErrorCode status = U_ZERO_ERROR;
        const UChar32 compatible = only_character(normalizer_->normalize(icu::UnicodeString(c), status));
        if (U_FAILURE(status) || compatible == 0) return c;
        if (!u_hasBinaryProperty(compatible, UCHAR_IDEOGRAPHIC)) return u_toupper(compatible);
        // Hong Kong's and Taiwan's own forms first, then traditional to simplified; character by character,
        // so that a name comes out the same whatever stands beside it.
        return simplified(converted(hong_kong_, converted(taiwan_, compatible)));
    }

private:
    static UChar32 converted(const opencc::SimpleConverter& converter, UChar32 c) {
        std::string utf8;
        icu::UnicodeString(c).toUTF8String(utf8);
        const UChar32 out = only_character(icu::UnicodeString::fromUTF8(converter.Convert(utf8)));
        return out != 0 ? out : c;
    }
    UChar32 simplified(UChar32 c) const { return converted(simplify_, c); }

    UErrorCode status_ = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer_;
    opencc::SimpleConverter taiwan_{"tw2t.json"};
    opencc::SimpleConverter hong_kong_{"hk2t.json"};
    opencc::SimpleConverter simplify_{"t2s.json"};
};

std::string syllable_of(const icu::Transliterator& to_latin, const icu::Transliterator& to_ascii, UChar32 c) {
    icu::UnicodeString text(c);
    to_latin.transliterate(text);
    for (const char16_t u : {u'ü', u'ǖ', u'ǘ', u'ǚ', u'ǜ'}) text.findAndReplace(icu::UnicodeString(u), u"v");
    to_ascii.transliterate(text);
    std::string out;
    text.trim().toUTF8String(out);
    const bool letters = out.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    return letters ? out : std::string{};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: chinese_tables OUT.cpp\n";
        return 2;
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> to_latin(
        icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
    const std::unique_ptr<icu::Transliterator> to_ascii(
        icu::Transliterator::createInstance("Latin-ASCII; Lower", UTRANS_FORWARD, status));
    const Folding folding;
    if (U_FAILURE(status) || !folding.ready()) {
        std::cerr << "ICU has no data for Han-Latin: " << u_errorName(status) << "\n";
        return 1;
    }

    std::map<UChar32, UChar32> folds;
    std::map<UChar32, std::string> readings;
    std::map<std::string, std::size_t> syllables;
    for (UChar32 c = 0x20; c <= last_han; ++c) {
        if (!u_isdefined(c) || (c >= 0xD800 && c <= 0xF8FF)) continue;
        const UChar32 to = folding.of(c);
        if (to != c) folds[c] = to;
        if (!u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) continue;
        const std::string syllable = syllable_of(*to_latin, *to_ascii, c);
        if (syllable.empty()) continue;
        readings[c] = syllable;
        syllables[syllable] = 0;
    }

    std::ofstream out(argv[1], std::ios::binary);
    out << "#include \"chinese/tables.h\"\n\nnamespace ballast::chinese::tables {\nnamespace {\n";
    out << "constexpr std::string_view all_syllables[] = {\n";
    std::size_t index = 0;
    for (auto& [syllable, place] : syllables) {
        place = index++;
        out << "\"" << syllable << "\",\n";
    }
    out << "};\nconstexpr Fold all_folds[] = {\n";
    for (const auto& [from, to] : folds) out << "{" << from << "," << to << "},\n";
    out << "};\nconstexpr Reading all_readings[] = {\n";
    for (const auto& [character, syllable] : readings)
        out << "{" << character << "," << syllables[syllable] << "},\n";
    out << "};\n}  // namespace\n"
        << "std::span<const Fold> folds() { return all_folds; }\n"
        << "std::span<const Reading> readings() { return all_readings; }\n"
        << "std::span<const std::string_view> syllables() { return all_syllables; }\n"
        << "}  // namespace ballast::chinese::tables\n";
    out.close();
    if (!out) {
        std::cerr << "cannot write " << argv[1] << "\n";
        return 1;
    }
    return 0;
}
