/// The sentences people read, in Chinese and English. They lie in words/<component>.{zh,en}.json, inside the
/// program; the code knows only their ids. May be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ballast::words {

enum class Language : std::uint8_t { zh, en };

/// Fillings of the {places} of a sentence, shaped like Error::args. One named "title.en" stands for "title" in English, for
/// names that a pack gives in both languages.
using Places = std::vector<std::pair<std::string, std::string>>;

/// The sentence of `id` with its {places} filled. A place without a filling stays visible, and an id
/// without a sentence is its own sentence, so that nobody is left with an empty message.
std::string say(std::string_view id, Language language, const Places& places = {});
/// What the user is told. Never the detail, which is for logs.
std::string say(const Error& error, Language language);

bool known(std::string_view id);

/// "zh", "zh-CN", "en-GB", "en"; nullopt for what is not one of the two.
std::optional<Language> parse_language(std::string_view tag);
/// "zh" or "en".
std::string_view tag(Language language);

}  // namespace ballast::words
