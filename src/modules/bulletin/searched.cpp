#include "bulletin/searched.h"

#include <algorithm>

#include "base/text.h"
#include "chinese/chinese.h"
#include "crypto/crypto.h"

namespace ballast::bulletin {
namespace {

bool letter(char32_t c) {
    return text::is_han(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c > 0x2FFFF || (c > 0xBF && c < 0x2000);
}

std::u32string letters_of(std::string_view body) {
    std::u32string out;
    for (const char32_t c : text::code_points(text::half_width(body)))
        if (letter(c)) out.push_back(c);
    return out;
}

std::string lower(std::string_view written) {
    std::string out = text::half_width(written);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return out;
}

/// An index of PostgreSQL takes no endless words.
std::string_view clipped(std::string_view term) { return term.substr(0, 64); }

std::int64_t hash_of(std::u32string_view stretch) {
    std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a, then mixed so that the smallest are a fair sample
    for (const char32_t c : stretch) hash = (hash ^ c) * 0x100000001b3U;
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdU;
    hash ^= hash >> 33;
    return static_cast<std::int64_t>(hash >> 1);
}

}  // namespace

std::string searched_form(std::string_view written) {
    std::u32string out;
    for (const char32_t c : text::code_points(lower(written)))
        if (c > ' ' && c != 0xA0) out.push_back(c);
    return text::utf8(out);
}

std::string searched_text(const Article& article) {
    // A mark between the parts, so that no word is found across two of them.
    return searched_form(article.place) + "|" + searched_form(article.headline) + "|" +
           searched_form(article.body());
}

std::set<std::string> terms_of(const Article& article) {
    std::set<std::string> out;
    const std::string terms =
        chinese::bigrams(lower(article.place + "\n" + article.headline + "\n" + article.body()));
    for (const auto term : text::split(terms, ' '))
        if (!term.empty()) out.emplace(clipped(term));
    return out;
}

std::vector<std::string> terms_of_query(std::string_view query) {
    auto terms = chinese::search_terms(lower(query));
    for (auto& term : terms) term = std::string(clipped(term));
    return terms;
}

std::string digest_of(const Article& article) {
    const auto letters = letters_of(article.body());
    if (letters.size() < 20) return "";
    const std::string bytes = text::utf8(letters);
    return crypto::digest_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::vector<std::int64_t> sketch_of(const Article& article) {
    constexpr std::size_t width = 8;
    const auto letters = letters_of(article.body());
    if (letters.size() < 40) return {};
    std::vector<std::int64_t> all;
    all.reserve(letters.size());
    for (std::size_t i = 0; i + width <= letters.size(); ++i)
        all.push_back(hash_of(std::u32string_view(letters).substr(i, width)));
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() > sketch_size) all.resize(sketch_size);
    return all;
}

}  // namespace ballast::bulletin
