#include "words/words.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "embedded/words.h"

namespace ballast::words {
namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
using Sentences = std::unordered_map<std::string, std::array<std::string, 2>, Hash, std::equal_to<>>;

// The files are part of the program, so a broken one is a bug; tools/check_words.py finds it earlier.
Sentences read_all() {
    Sentences sentences;
    for (const auto& file : embedded::words()) {
        const auto language = file.name.ends_with(".en.json") ? Language::en : Language::zh;
        const auto parsed = nlohmann::json::parse(file.bytes, nullptr, /*allow_exceptions=*/false);
        INVARIANT(parsed.is_object());
        for (const auto& [id, sentence] : parsed.items()) {
            INVARIANT(sentence.is_string());
            sentences[id][static_cast<std::size_t>(language)] = sentence.get<std::string>();
        }
    }
    return sentences;
}

const Sentences& sentences() {
    static const Sentences all = read_all();
    return all;
}

std::string filled(std::string_view sentence, const Places& places, Language language) {
    std::string out;
    out.reserve(sentence.size() + 32);
    while (!sentence.empty()) {
        const auto open = sentence.find('{');
        const auto close = open == std::string_view::npos ? open : sentence.find('}', open);
        if (close == std::string_view::npos) break;
        const auto name = sentence.substr(open + 1, close - open - 1);
        auto place = places.end();
        if (language == Language::en)
            place = std::ranges::find(places, std::string(name) + ".en", &Places::value_type::first);
        if (place == places.end()) place = std::ranges::find(places, name, &Places::value_type::first);
        out.append(sentence.substr(0, open));
        out.append(place == places.end() ? sentence.substr(open, close + 1 - open) : place->second);
        sentence.remove_prefix(close + 1);
    }
    return out.append(sentence);
}

}  // namespace

std::string say(std::string_view id, Language language, const Places& places) {
    const auto found = sentences().find(id);
    if (found == sentences().end()) return std::string(id);
    const std::string& sentence = found->second[static_cast<std::size_t>(language)];
    return sentence.empty() ? std::string(id) : filled(sentence, places, language);
}

std::string say(const Error& error, Language language) { return say(error.id, language, error.args); }

bool known(std::string_view id) { return sentences().contains(id); }

std::optional<Language> parse_language(std::string_view tag) {
    const auto primary = tag.substr(0, tag.find_first_of("-_"));
    if (primary == "zh" || primary == "ZH") return Language::zh;
    if (primary == "en" || primary == "EN") return Language::en;
    return std::nullopt;
}

std::string_view tag(Language language) { return language == Language::zh ? "zh" : "en"; }

}  // namespace ballast::words
